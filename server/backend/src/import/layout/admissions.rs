//! What became of applications from a school to the University of California?

use super::super::item::{Item, Matched};
use super::super::problem::Problem;
use super::super::sheet::Row;
use super::{Context, Layout, Scope, Year};
use crate::record::fact::{FactRow, metric, status};
use crate::record::source::UC_SOURCE_SCHOOLS;

/// Applicants and admits of each school and campus, pooled over years that only the name of the file tells. The codes
/// of the schools were matched to the university's names by others.
pub(super) static UC: Layout = Layout {
    name: "UC admissions by source school",
    columns: &[
        "cds_match_method",
        "campus",
        "cds14",
        "school_name",
        "city",
        "applicants",
        "admits",
        "admit_rate",
    ],
    without: None,
    scope: Scope::Some,
    partial: false,
    year: Year::Name,
    read,
};

/// The undergraduate campuses.
const CAMPUSES: [(&str, &str); 9] = [
    ("Berkeley", "berkeley"),
    ("Davis", "davis"),
    ("Irvine", "irvine"),
    ("Los Angeles", "los-angeles"),
    ("Merced", "merced"),
    ("Riverside", "riverside"),
    ("San Diego", "san-diego"),
    ("Santa Barbara", "santa-barbara"),
    ("Santa Cruz", "santa-cruz"),
];

fn read(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let cds = row.cds("cds14")?;
    let campus = row.required("campus")?;
    let campus = CAMPUSES.iter().find(|(name, _)| *name == campus).map(|(_, word)| *word);
    let campus = campus.ok_or_else(|| row.problem("campus", "not an undergraduate campus that is known"))?;
    let applicants = row.count("applicants")?.ok_or_else(|| row.problem("applicants", "may not be blank"))?;
    let admits = row.count("admits")?.unwrap_or(0);
    if admits > applicants {
        return Err(row.problem("admits", format!("is larger than applicants, {applicants}")));
    }
    // The university hides small numbers. The file has 0 and no rate there: that is not a school without admits.
    let rate = row.percent("admit_rate")?.filter(|_| admits > 0);
    // A match by similar names is believed when the names agree; any match only where the places do.
    let by_hand = ["gardiner_seed", "hand_verified", "corrected_2026_07"];
    let method = row.required("cds_match_method")?;
    let name = (!by_hand.contains(&method)).then(|| row.cell("school_name").to_owned());
    out.push(Item::Matched(Box::new(Matched {
        row: FactRow {
            cds,
            metric: metric::UC.to_owned(),
            dimension: campus.to_owned(),
            school_year: context.named_year.map_or(0, |year| i64::from(year.0)),
            tenths: rate,
            numerator: rate.map(|_| admits),
            denominator: Some(applicants),
            status: if rate.is_some() { status::RELIABLE } else { status::SUPPRESSED }.to_owned(),
            source: UC_SOURCE_SCHOOLS.to_owned(),
        },
        name,
        place: row.required("city")?.to_owned(),
    })));
    Ok(())
}
