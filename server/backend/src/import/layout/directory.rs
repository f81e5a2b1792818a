//! What does the state's directory say of a school?

use super::super::item::Item;
use super::super::problem::Problem;
use super::super::sheet::Row;
use super::{Context, Layout, Scope, Year};
use crate::Millis;
use crate::record::school::SchoolRow;
use crate::record::source::directory_source;
use domain::explorer::figure::SchoolYear;
use domain::explorer::school::Alternative;

/// The geographic school file, with the neighbourhood, the county line and the reason why a school is not for a typical
/// 8th grader added.
pub(super) static GEOGRAPHIC: Layout = Layout {
    name: "directory of schools",
    columns: &[
        "CDSCode",
        "StatusType",
        "District",
        "School",
        "Street",
        "City",
        "Zip",
        "Charter",
        "GSserved",
        "Virtual",
        "Magnet",
        "EnrollTotal",
        "Latitude",
        "Longitude",
        "AlternativeFlag",
        "Place",
        "InLACounty",
    ],
    without: None,
    scope: Scope::Directory,
    partial: false,
    year: Year::Asked,
    read: geographic,
};

/// `pubschls.txt`, as the state publishes it: 39 columns, all counties, all grades, open and closed schools.
pub(super) static RAW: Layout = Layout {
    name: "directory of schools, the state's pubschls layout",
    columns: &[
        "CDSCode",
        "StatusType",
        "County",
        "District",
        "School",
        "Street",
        "City",
        "Zip",
        "Charter",
        "SOCType",
        "EdOpsName",
        "GSoffered",
        "GSserved",
        "Virtual",
        "Magnet",
        "Latitude",
        "Longitude",
    ],
    without: None,
    scope: Scope::Directory,
    partial: true,
    year: Year::Asked,
    read: raw,
};

fn geographic(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let mut school = common(row, context)?;
    if row.cell("StatusType") != "Active" {
        return left_out(row, out);
    }
    (school.grade_low, school.grade_high) = row.grades("GSserved")?;
    row.required("Street")?.clone_into(&mut school.street);
    school.in_county = row.flag("InLACounty")?;
    school.students = row.count("EnrollTotal")?;
    row.known("Place").unwrap_or_default().clone_into(&mut school.place);
    school.charter = row.flag("Charter")?;
    school.magnet = row.flag("Magnet")?;
    school.alternative = match row.known("AlternativeFlag") {
        None => None,
        Some(word) if Alternative::ALL.iter().any(|(_, known)| *known == word) => Some(word.to_owned()),
        Some(_) => {
            return Err(row.problem("AlternativeFlag", "not a kind of alternative school that is known"));
        }
    };
    out.push(Item::School(Box::new(school)));
    Ok(())
}

fn raw(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    // Most of the file is other counties, districts without a school and elementary schools.
    row.cds("CDSCode")?;
    if row.cell("County") != "Los Angeles" {
        out.push(Item::LeftOut("rows of other counties"));
        return Ok(());
    }
    let column = if row.known("GSserved").is_some() { "GSserved" } else { "GSoffered" };
    if row.known("School").is_none() || row.known(column).is_none() {
        out.push(Item::LeftOut("rows without a school or grades"));
        return Ok(());
    }
    let grades = row.grades(column)?;
    if !(grades.0 <= 9 && grades.1 >= 9) {
        out.push(Item::LeftOut("schools without a 9th grade"));
        return Ok(());
    }
    if row.cell("StatusType") != "Active" {
        return left_out(row, out);
    }
    let mut school = common(row, context)?;
    (school.grade_low, school.grade_high) = grades;
    row.known("StreetAbr").or(row.known("Street")).unwrap_or_default().clone_into(&mut school.street);
    school.place.clone_from(&school.city);
    school.charter = row.flag_or_no("Charter")?;
    school.magnet = row.flag_or_no("Magnet")?;
    school.alternative = alternative(row).map(str::to_owned);
    out.push(Item::School(Box::new(school)));
    Ok(())
}

/// A school that is closed, merged or not yet open; if it was open before, its absence closes it.
fn left_out(row: &Row<'_>, out: &mut Vec<Item>) -> Result<(), Problem> {
    match row.cell("StatusType") {
        "Closed" | "Merged" => out.push(Item::LeftOut("schools that are closed or merged")),
        "Pending" => out.push(Item::LeftOut("schools that are not open yet")),
        _ => return Err(row.problem("StatusType", "neither Active, Pending, Closed nor Merged")),
    }
    Ok(())
}

fn common(row: &Row<'_>, context: Context) -> Result<SchoolRow, Problem> {
    let year = context.school_year.unwrap_or(SchoolYear(0));
    let point = row.point("Latitude", "Longitude")?;
    Ok(SchoolRow {
        cds: row.cds("CDSCode")?,
        name: row.required("School")?.to_owned(),
        district: row.required("District")?.to_owned(),
        street: String::new(),
        city: row.known("City").unwrap_or_default().to_owned(),
        place: String::new(),
        zip: row.zip("Zip")?,
        lat: point.map(|(lat, _)| lat),
        lon: point.map(|(_, lon)| lon),
        grade_low: 0,
        grade_high: 0,
        charter: false,
        magnet: false,
        setting: setting(row)?.to_owned(),
        alternative: None,
        in_county: point.is_none_or(near_los_angeles),
        students: None,
        school_year: i64::from(year.0),
        source: directory_source(year),
        first_seen_at: Millis(0),
        closed_at: None,
    })
}

/// The state's type of a school, where it is one of the alternative kinds.
fn alternative(row: &Row<'_>) -> Option<&'static str> {
    let kinds = [row.cell("SOCType"), row.cell("EdOpsName")];
    let says = |word: &str| {
        kinds.iter().any(|kind| kind.starts_with(word) || kind.ends_with(&format!("{word} Schools")))
    };
    Alternative::ALL.into_iter().map(|(_, word)| word).find(|word| says(word))
}

fn setting(row: &Row<'_>) -> Result<&'static str, Problem> {
    match row.known("Virtual") {
        None | Some("N" | "C") => Ok("classroom"),
        Some("V") => Ok("mostly-virtual"),
        Some("F") => Ok("virtual"),
        Some(_) => Err(row.problem("Virtual", "neither N, C, V nor F")),
    }
}

/// A box around the county, for a layout that does not say whether a school only has its office elsewhere.
fn near_los_angeles((lat, lon): (f64, f64)) -> bool {
    (32.75..=34.83).contains(&lat) && (-118.95..=-117.64).contains(&lon)
}
