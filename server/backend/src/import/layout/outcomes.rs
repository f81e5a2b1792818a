//! What did the state publish about a year at a school?

use super::super::cell::below_half;
use super::super::item::Item;
use super::super::problem::Problem;
use super::super::sheet::Row;
use super::{Context, Layout, Scope, Year};
use crate::record::fact::{DoubtRow, FactRow, ReferenceRow, doubt, metric, status};
use crate::record::source::{AG_REVIEW, SourceRow, dataset, fact_source};
use domain::explorer::figure::{Fact, SchoolYear};

/// One row for each school, year and metric.
pub(super) static LONG: Layout = Layout {
    name: "outcomes, long layout",
    columns: &[
        "CDSCode",
        "SchoolYear",
        "metric",
        "value",
        "numerator",
        "denominator",
        "reliability",
        "source_dataset",
    ],
    without: Some("subgroup"),
    scope: Scope::Some,
    partial: false,
    year: Year::Rows,
    read: long,
};

/// One row for each school, with the newest value of each metric.
pub(super) static WIDE: Layout = Layout {
    name: "outcomes, wide layout",
    columns: &[
        "CDSCode",
        "four_year_graduation_rate",
        "four_year_graduation_rate_year",
        "four_year_graduation_rate_denominator",
        "four_year_graduation_rate_reliability",
        "a_g_completion_rate",
        "a_g_completion_rate_year",
        "a_g_completion_rate_denominator",
        "a_g_completion_rate_reliability",
    ],
    without: None,
    scope: Scope::Some,
    partial: true,
    year: Year::Rows,
    read: wide,
};

/// Values of the state, the county and its districts.
pub(super) static REFERENCE: Layout = Layout {
    name: "reference values of state, county and districts",
    columns: &["level", "name", "SchoolYear", "metric", "value", "basis"],
    without: None,
    scope: Scope::Some,
    partial: false,
    year: Year::Rows,
    read: reference,
};

/// Shares of groups of students.
pub(super) static DEMOGRAPHICS: Layout = Layout {
    name: "enrollment by groups of students",
    columns: &[
        "CDSCode",
        "EnrollTotal",
        "English Learner",
        "English Learner (%)",
        "Hispanic",
        "Hispanic (%)",
    ],
    without: None,
    scope: Scope::Some,
    partial: false,
    year: Year::Asked,
    read: demographics,
};

/// The review of A-G values that cannot be true, or that changed so much that they may not be.
pub(super) static FLAGS: Layout = Layout {
    name: "A-G quality flags",
    columns: &["cds14", "year", "anomaly_class", "recommended_action"],
    without: None,
    scope: Scope::Whole,
    partial: false,
    year: Year::Rows,
    read: flags,
};

/// What the state's files call a fact.
const METRICS: [(&str, Fact); 9] = [
    ("four_year_graduation_rate", Fact::Graduation),
    ("a_g_completion_rate", Fact::AgReady),
    ("chronic_absenteeism_rate", Fact::Absence),
    ("college_going_rate_12_month", Fact::CollegeGoing),
    ("college_career_prepared_rate", Fact::CollegeCareer),
    ("suspension_rate", Fact::Suspension),
    ("four_year_dropout_rate", Fact::Dropout),
    ("ela_distance_from_standard", Fact::English),
    ("math_distance_from_standard", Fact::Math),
];

/// What the enrollment file calls a group, and our word for it.
pub(crate) const GROUPS: [(&str, &str); 13] = [
    ("English Learner", "english-learner"),
    ("Students with Disabilities", "disability"),
    ("Free/Reduced Meal Eligible", "meals"),
    ("Foster", "foster"),
    ("Homeless", "homeless"),
    ("Hispanic", "hispanic"),
    ("African American", "african-american"),
    ("Asian", "asian"),
    ("White", "white"),
    ("Filipino", "filipino"),
    ("American Indian", "american-indian"),
    ("Pacific Islander", "pacific-islander"),
    ("Two or More Races", "two-or-more"),
];

pub(super) fn fact_of(row: &Row<'_>) -> Result<Fact, Problem> {
    let cell = row.required("metric")?;
    let found = METRICS.iter().find(|(name, _)| *name == cell);
    found.map(|(_, fact)| *fact).ok_or_else(|| row.problem("metric", "not a metric that is known"))
}

/// A value within the bounds of its fact, in tenths. Points of distance stay within some hundreds of the standard.
pub(super) fn value(row: &Row<'_>, column: &str, fact: Fact) -> Result<Option<i64>, Problem> {
    if fact.is_share() { row.percent(column) } else { row.tenths(column, -500.0, 500.0) }
}

/// Our word for the state's reliability, checked against whether there is a value.
pub(super) fn reliability(row: &Row<'_>, column: &str, has_value: bool) -> Result<&'static str, Problem> {
    let (word, needs_value) = match row.required(column)? {
        "reliable" => (status::RELIABLE, true),
        "small-sample" => (status::SMALL, true),
        "method-break" => (status::METHOD_BREAK, true),
        "suppressed" => (status::SUPPRESSED, false),
        "not-available" => (status::NOT_AVAILABLE, false),
        _ => {
            let known = "neither reliable, small-sample, suppressed, not-available nor method-break";
            return Err(row.problem(column, known));
        }
    };
    match (needs_value, has_value) {
        (true, false) => Err(row.problem(column, "says that there is a value, but the value is blank")),
        (false, true) => Err(row.problem(column, "says that there is no value, but there is one")),
        _ => Ok(word),
    }
}

/// A part of a whole.
pub(super) fn parts(row: &Row<'_>) -> Result<(Option<i64>, Option<i64>), Problem> {
    let (numerator, denominator) = (row.count("numerator")?, row.count("denominator")?);
    if let (Some(part), Some(whole)) = (numerator, denominator)
        && part > whole
    {
        return Err(row.problem("numerator", format!("is larger than the denominator, {whole}")));
    }
    Ok((numerator, denominator))
}

/// A share of nobody is no share: the state's files say 0 of 0 where nobody graduated.
pub(super) fn of_somebody(
    fact: Fact,
    denominator: Option<i64>,
    (tenths, status): (Option<i64>, &'static str),
) -> (Option<i64>, &'static str) {
    let is_of_nobody = fact.is_share() && denominator == Some(0) && tenths.is_some();
    if is_of_nobody { (None, status::NOT_AVAILABLE) } else { (tenths, status) }
}

/// The identifier of a data set of the state that is known.
pub(super) fn dataset_of(row: &Row<'_>) -> Result<String, Problem> {
    let id = row.required("source_dataset")?;
    match SourceRow::cde(id) {
        Some(source) => Ok(source.id),
        None => Err(row.problem("source_dataset", "not a data set of the state that is known")),
    }
}

fn long(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let cds = row.cds("CDSCode")?;
    let year = row.year("SchoolYear", context)?;
    let fact = fact_of(row)?;
    let tenths = value(row, "value", fact)?;
    let (numerator, denominator) = parts(row)?;
    let status = reliability(row, "reliability", tenths.is_some())?;
    let (tenths, status) = of_somebody(fact, denominator, (tenths, status));
    out.push(Item::Fact(FactRow {
        cds,
        metric: fact.slug().to_owned(),
        dimension: String::new(),
        school_year: i64::from(year.0),
        tenths,
        numerator,
        denominator,
        status: status.to_owned(),
        source: dataset_of(row)?,
    }));
    Ok(())
}

fn wide(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let cds = row.cds("CDSCode")?;
    for (name, fact) in METRICS {
        let column = |end: &str| format!("{name}_{end}");
        if row.known(&column("reliability")).is_none() && row.known(name).is_none() {
            continue; // nothing was published
        }
        let year = row.year(&column("year"), context)?;
        let tenths = value(row, name, fact)?;
        let denominator = row.count(&column("denominator"))?;
        let status = reliability(row, &column("reliability"), tenths.is_some())?;
        let (tenths, status) = of_somebody(fact, denominator, (tenths, status));
        out.push(Item::Fact(FactRow {
            cds: cds.clone(),
            metric: fact.slug().to_owned(),
            dimension: String::new(),
            school_year: i64::from(year.0),
            tenths,
            numerator: None,
            denominator,
            status: status.to_owned(),
            source: fact_source(fact, year),
        }));
    }
    Ok(())
}

fn reference(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let year = row.year("SchoolYear", context)?;
    let fact = fact_of(row)?;
    let tenths = value(row, "value", fact)?;
    let level = match (row.cell("level"), row.cell("name")) {
        ("state", _) => "state",
        ("county", "Los Angeles") => "county",
        ("county", _) => {
            out.push(Item::LeftOut("values of other counties"));
            return Ok(());
        }
        ("district", _) => {
            out.push(Item::LeftOut("values of districts"));
            return Ok(());
        }
        _ => return Err(row.problem("level", "neither state, county nor district")),
    };
    let Some(tenths) = tenths else {
        out.push(Item::LeftOut("reference values that are blank"));
        return Ok(());
    };
    out.push(Item::Reference(ReferenceRow {
        level: level.to_owned(),
        metric: fact.slug().to_owned(),
        school_year: i64::from(year.0),
        tenths,
        basis: row.required("basis")?.to_owned(),
        source: fact_source(fact, year),
    }));
    Ok(())
}

fn demographics(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let cds = row.cds("CDSCode")?;
    let year = context.school_year.unwrap_or(SchoolYear(0));
    let denominator = row.count("EnrollTotal")?;
    for (column, group) in GROUPS {
        let numerator = row.count(column)?;
        let published = row.percent(&format!("{column} (%)"))?.filter(|_| denominator != Some(0));
        // The percentages are rounded, the counts are not; only the whole is ever shown.
        let tenths = published.map(|tenths| match numerator.zip(denominator) {
            Some((part, whole)) => below_half(tenths, part * 1_000 < tenths * whole),
            None => tenths,
        });
        if numerator > denominator {
            return Err(row.problem(column, "is larger than EnrollTotal"));
        }
        let status = if tenths.is_some() { status::RELIABLE } else { status::NOT_AVAILABLE };
        out.push(Item::Fact(FactRow {
            cds: cds.clone(),
            metric: metric::GROUP.to_owned(),
            dimension: group.to_owned(),
            school_year: i64::from(year.0),
            tenths,
            numerator,
            denominator,
            status: status.to_owned(),
            source: dataset("cde_public_schools", year),
        }));
    }
    Ok(())
}

fn flags(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let cds = row.cds("cds14")?;
    let school_year = i64::from(row.spring("year", context)?.0);
    let class = row.required("anomaly_class")?;
    let cannot_be = class == "CHRONIC_ZERO"
        || class.ends_with("COLLAPSE")
        || row.cell("recommended_action") == "SUPPRESS_RATE";
    if cannot_be || class == doubt::MODERATE_DROP {
        out.push(Item::Doubt(DoubtRow {
            cds,
            metric: Fact::AgReady.slug().to_owned(),
            school_year,
            reason: class.to_owned(),
            source: AG_REVIEW.to_owned(),
        }));
    } else {
        out.push(Item::LeftOut("values that the review lets stand"));
    }
    Ok(())
}
