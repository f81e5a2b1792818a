//! What does the browser receive?
//!
//! Everything is read once and kept in memory by the server; [`catalogue_version`] tells when to read it again.

mod college;
mod detail;
mod figures;
pub(crate) mod snapshot;
mod start;

use crate::database::Database;
use crate::fault::Fault;
use crate::record::run::RunRow;
use crate::record::school::SchoolRow;
use domain::explorer::catalogue::{Catalogue, Details};
use domain::explorer::place::Point;
use domain::explorer::school::{Alternative, Cds, Rail, School, Setting, WALK_MILES};
use snapshot::{Snapshot, Station};

/// Reads the catalogue and the details of all open schools with a 9th grade.
///
/// # Errors
/// [`Fault::Database`]; [`Fault::Stored`] when a row cannot be a school (made by another version, or by hand).
pub async fn load_catalogue(database: &Database) -> Result<(Catalogue, Details), Fault> {
    let snapshot = Snapshot::read(&mut database.lease().await?.conn()).await?;
    assemble(&snapshot)
}

/// A number that grows with every import that changed something, on every server that shares the database.
///
/// # Errors
/// [`Fault::Database`].
pub async fn catalogue_version(database: &Database) -> Result<i64, Fault> {
    RunRow::version(&mut database.lease().await?.conn()).await
}

fn assemble(snapshot: &Snapshot) -> Result<(Catalogue, Details), Fault> {
    let stations = snapshot.stations();
    let latest = college::Latest::of(snapshot);
    let (mut schools, mut details) = (Vec::new(), Vec::new());
    for row in snapshot.high_schools() {
        let cds = code(&row.cds)?;
        schools.push(school(cds, row, snapshot, &stations)?);
        details.push(detail::detail(cds, row, snapshot, &latest)?);
    }
    let newest = snapshot.schools.iter().map(|row| row.school_year).max().unwrap_or_default();
    let catalogue =
        Catalogue { schools, starts: start::starts(snapshot), year: small(newest, "a school year")? };
    let details = Details {
        schools: details,
        references: detail::references(snapshot)?,
        sources: detail::sources(snapshot)?,
        dashboard: latest.dashboard()?,
    };
    Ok((catalogue, details))
}

fn school(cds: Cds, row: &SchoolRow, snapshot: &Snapshot, stations: &[Station]) -> Result<School, Fault> {
    let point = point(row);
    Ok(School {
        cds,
        name: row.name.clone(),
        aliases: snapshot.aliases(&row.cds).map(|alias| alias.alias.clone()).collect(),
        district: row.district.clone(),
        place: row.place.clone(),
        zip: small(row.zip.parse().unwrap_or(-1), "a ZIP code")?,
        // A school whose only address is an office elsewhere is nowhere a student could go.
        point: point.filter(|_| row.in_county),
        grades: (small(row.grade_low, "a grade")?, small(row.grade_high, "a grade")?),
        charter: row.charter,
        magnet: row.magnet,
        setting: setting(row)?,
        alternative: alternative(row)?,
        in_county: row.in_county,
        students: row.students.map(|students| small(students, "a number of students")).transpose()?,
        gopass: snapshot.gopass(&row.cds).map(|listed| listed.participates),
        rail: point.filter(|_| row.in_county).and_then(|point| nearest(point, stations)),
        figures: figures::newest(snapshot.facts(&row.cds), snapshot.doubts(&row.cds))?,
    })
}

/// The nearest station within a walk.
fn nearest(from: Point, stations: &[Station]) -> Option<Rail> {
    let miles = |station: &&Station| from.miles_to(station.point);
    let station = stations.iter().min_by(|a, b| miles(a).total_cmp(&miles(b)))?;
    let distance = miles(&station);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most 60 hundredths of a mile
    (distance <= WALK_MILES).then(|| Rail {
        station: station.name.clone(),
        lines: station.lines.clone(),
        hundredths: (distance * 100.0).round() as u8,
    })
}

/// Where a school is, at the precision the browser needs (a foot).
#[allow(clippy::cast_possible_truncation)]
fn point(row: &SchoolRow) -> Option<Point> {
    Some(Point { lat: row.lat? as f32, lon: row.lon? as f32 })
}

fn setting(row: &SchoolRow) -> Result<Setting, Fault> {
    match row.setting.as_str() {
        "classroom" => Ok(Setting::Classroom),
        "mostly-virtual" => Ok(Setting::MostlyVirtual),
        "virtual" => Ok(Setting::Virtual),
        other => Err(Fault::Stored { what: "how much of a school is online", value: other.to_owned() }),
    }
}

fn alternative(row: &SchoolRow) -> Result<Option<Alternative>, Fault> {
    let Some(word) = &row.alternative else { return Ok(None) };
    let found = Alternative::ALL.into_iter().find(|(_, known)| known == word);
    let fault = || Fault::Stored { what: "a kind of alternative school", value: word.clone() };
    found.map(|(kind, _)| Some(kind)).ok_or_else(fault)
}

fn code(text: &str) -> Result<Cds, Fault> {
    text.parse().map_err(|()| Fault::Stored { what: "a CDS code", value: text.to_owned() })
}

/// A number of the database in the smaller type that the domain gives it.
fn small<T: TryFrom<i64>>(number: i64, what: &'static str) -> Result<T, Fault> {
    T::try_from(number).map_err(|_| Fault::Stored { what, value: number.to_string() })
}
