//! Which schools are there, and since when?

use super::{Record, shown};
use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, fetch_one, insert_all};
use crate::fault::Fault;
use serde::{Deserialize, Serialize};

/// A school of the directory.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, Serialize, Deserialize)]
pub(crate) struct SchoolRow {
    pub(crate) cds: String,
    pub(crate) name: String,
    pub(crate) district: String,
    pub(crate) street: String,
    pub(crate) city: String,
    pub(crate) place: String,
    pub(crate) zip: String,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
    pub(crate) grade_low: i64,
    pub(crate) grade_high: i64,
    pub(crate) charter: bool,
    pub(crate) magnet: bool,
    /// `classroom`, `mostly-virtual` or `virtual`.
    pub(crate) setting: String,
    /// The directory's word for why a typical 8th grader would not choose it.
    pub(crate) alternative: Option<String>,
    pub(crate) in_county: bool,
    pub(crate) students: Option<i64>,
    pub(crate) school_year: i64,
    pub(crate) source: String,
    #[serde(skip, default = "unset")]
    pub(crate) first_seen_at: Millis,
    #[serde(skip)]
    pub(crate) closed_at: Option<Millis>,
}

/// The time of a row that has not been written yet.
const fn unset() -> Millis {
    Millis(0)
}

impl SchoolRow {
    /// Does it have students in this grade (kindergarten is 0)?
    pub(crate) const fn serves(&self, grade: i64) -> bool {
        self.grade_low <= grade && grade <= self.grade_high
    }

    /// Closes the school: it stays, with the time it was first missing.
    pub(crate) async fn close(&self, conn: &mut Conn<'_>, at: Millis) -> Result<(), Fault> {
        execute!(conn, "update school set closed_at = $1 where cds = $2", at, &self.cds).map(drop)
    }

    /// The newest school year of a directory that is loaded; none without open schools.
    pub(crate) async fn newest_year(conn: &mut Conn<'_>) -> Result<Option<i64>, Fault> {
        let text = "select max(school_year) from school where closed_at is null";
        fetch_one!(conn, (Option<i64>,), text).map(|(year,)| year)
    }

    /// The schools the explorer speaks of: open, with an 8th or a 9th grade.
    pub(crate) async fn open(conn: &mut Conn<'_>) -> Result<Vec<SchoolRow>, Fault> {
        fetch_all!(
            conn,
            SchoolRow,
            "select cds, name, district, street, city, place, zip, lat, lon, grade_low, grade_high, charter, magnet,
                    setting, alternative, in_county, students, school_year, source, first_seen_at, closed_at
             from school
             where closed_at is null and grade_low <= 9 and grade_high >= 8
             order by cds"
        )
    }
}

impl Record for SchoolRow {
    const WORD: &'static str = "school";

    fn key(&self) -> String {
        self.cds.clone()
    }

    fn title(&self) -> String {
        format!("{} {}", self.cds, self.name)
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("name", self.name.clone()),
            ("district", self.district.clone()),
            ("street", self.street.clone()),
            ("city", self.city.clone()),
            ("place", self.place.clone()),
            ("zip", self.zip.clone()),
            ("latitude", shown(self.lat.as_ref())),
            ("longitude", shown(self.lon.as_ref())),
            ("grades", format!("{}-{}", self.grade_low, self.grade_high)),
            ("charter", self.charter.to_string()),
            ("magnet", self.magnet.to_string()),
            ("setting", self.setting.clone()),
            ("alternative", shown(self.alternative.as_ref())),
            ("in the county", self.in_county.to_string()),
            ("students", shown(self.students.as_ref())),
            ("school year", self.school_year.to_string()),
            ("closed", if self.closed_at.is_some() { "yes" } else { "no" }.to_owned()),
        ]
    }

    /// The state's raw directory knows no neighbourhood, enrollment, county line or DASS.
    fn inherit(&mut self, loaded: &Self, partial: bool) {
        self.first_seen_at = loaded.first_seen_at;
        if partial {
            self.place.clone_from(&loaded.place);
            self.in_county = loaded.in_county;
            self.students = loaded.students;
            if self.alternative.is_none() && loaded.alternative.as_deref() == Some("DASS alternative") {
                self.alternative.clone_from(&loaded.alternative);
            }
        }
    }

    async fn all(conn: &mut Conn<'_>) -> Result<Vec<Self>, Fault> {
        fetch_all!(
            conn,
            SchoolRow,
            "select cds, name, district, street, city, place, zip, lat, lon, grade_low, grade_high, charter, magnet,
                    setting, alternative, in_county, students, school_year, source, first_seen_at, closed_at
             from school"
        )
    }

    async fn save(conn: &mut Conn<'_>, rows: &[Self]) -> Result<(), Fault> {
        insert_all!(
            conn,
            "insert into school (cds, name, name_key, sort_key, district, street, city, place, zip, lat, lon,
                 grade_low, grade_high, charter, magnet, setting, alternative, in_county, students, school_year,
                 source, first_seen_at, closed_at)",
            rows,
            |row| [
                &row.cds,
                &row.name,
                name_key(&row.name),
                sort_key(&row.name),
                &row.district,
                &row.street,
                &row.city,
                &row.place,
                &row.zip,
                row.lat,
                row.lon,
                row.grade_low,
                row.grade_high,
                row.charter,
                row.magnet,
                &row.setting,
                &row.alternative,
                row.in_county,
                row.students,
                row.school_year,
                &row.source,
                row.first_seen_at,
                row.closed_at,
            ],
            "on conflict (cds) do update set name = excluded.name, name_key = excluded.name_key,
                 sort_key = excluded.sort_key, district = excluded.district, street = excluded.street,
                 city = excluded.city, place = excluded.place, zip = excluded.zip, lat = excluded.lat,
                 lon = excluded.lon, grade_low = excluded.grade_low, grade_high = excluded.grade_high,
                 charter = excluded.charter, magnet = excluded.magnet, setting = excluded.setting,
                 alternative = excluded.alternative, in_county = excluded.in_county, students = excluded.students,
                 school_year = excluded.school_year, source = excluded.source, closed_at = excluded.closed_at"
        )
        .map(drop)
    }
}

/// A name without case, accents and punctuation, for looking up: `La Cañada High` is `la canada high`.
pub(crate) fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match plain(letter) {
            letter if letter.is_alphanumeric() => key.push(letter),
            '\'' | '’' | '.' => {}
            _ if key.ends_with(' ') || key.is_empty() => {}
            _ => key.push(' '),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// A name for ordering: as [`name_key`], with numbers so that `High 2` comes before `High 10`.
pub(crate) fn sort_key(name: &str) -> String {
    let number =
        |word: &str| word.parse::<u32>().map_or_else(|_| word.to_owned(), |number| format!("{number:06}"));
    name_key(name).split(' ').map(number).collect::<Vec<_>>().join(" ")
}

/// The letter without its accent, for the languages that occur in names of California.
const fn plain(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_ignores_case_accents_and_punctuation() {
        assert_eq!(name_key("  La Cañada  High (No. 2) "), "la canada high no 2");
        assert_eq!(name_key("King/Drew Medical Magnet"), "king drew medical magnet");
        assert!(sort_key("High No. 2") < sort_key("High No. 10"));
    }
}
