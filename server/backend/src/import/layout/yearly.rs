//! What else did the state publish about a year at a school: groups of students, grade 11, colors, grades 9 to 12,
//! A-G of earlier years?

use super::super::item::Item;
use super::super::problem::Problem;
use super::super::sheet::Row;
use super::outcomes::{dataset_of, fact_of, of_somebody, parts, reliability, value};
use super::{Context, Layout, Scope, Year};
use crate::record::fact::{FactRow, metric, status};
use crate::record::source::{AG_BY_YEAR as AG_SOURCE, dataset};
use domain::explorer::figure::{Fact, SchoolYear};

/// One row for each school, metric and group of students.
pub(super) static SUBGROUPS: Layout = Layout {
    name: "outcomes of groups of students",
    columns: &[
        "CDSCode",
        "SchoolYear",
        "metric",
        "subgroup",
        "value",
        "numerator",
        "denominator",
        "reliability",
        "source_dataset",
    ],
    without: None,
    scope: Scope::Some,
    partial: false,
    year: Year::Rows,
    read: subgroups,
};

/// Grade 11 on the state's tests, percent that met the standard.
pub(super) static GRADE_11: Layout = Layout {
    name: "grade 11 tests",
    columns: &["cds14", "year", "ela_pct_met", "math_pct_met", "ela_n", "math_n"],
    without: None,
    scope: Scope::Some,
    partial: false,
    year: Year::Rows,
    read: grade_11,
};

/// The colors of the California School Dashboard, 1 red to 5 blue.
pub(super) static COLORS: Layout = Layout {
    name: "Dashboard colors",
    columns: &["CDSCode", "ela", "math", "chr", "su", "gr", "cc"],
    without: None,
    scope: Scope::Some,
    partial: false,
    year: Year::Name,
    read: colors,
};

/// How many students are in grades 9 to 12.
pub(super) static UPPER: Layout = Layout {
    name: "enrollment in grades 9 to 12",
    columns: &["cds14", "cupc_year", "enroll_9_12", "upp_pct"],
    without: None,
    scope: Scope::Some,
    partial: false,
    year: Year::Rows,
    read: upper,
};

/// A-G of all years since 2016-17, as others took it from the state's files. It is the same figure that the state's
/// outcomes give, without the number of graduates behind it: where both are loaded, the state's stands.
pub(super) static AG_BY_YEAR: Layout = Layout {
    name: "A-G by year",
    columns: &["cds14", "ag_year", "ag_cohort", "ag_met_uccsu_count", "ag_met_uccsu_rate"],
    without: None,
    scope: Scope::Some,
    partial: false,
    year: Year::Rows,
    read: ag_by_year,
};

/// The groups whose figures the explorer shows: those a school gives help to. Never a race, which would rank by it.
const SHOWN: [(&str, &str); 2] =
    [("english_learners", "english-learner"), ("students_with_disabilities", "disability")];

/// The groups that are published and not shown.
const NOT_SHOWN: [&str; 23] = [
    "african_american",
    "american_indian_alaska_native",
    "asian",
    "female",
    "filipino",
    "foster",
    "grades_1_3",
    "grades_4_6",
    "grades_7_8",
    "grades_9_12",
    "grades_tk_8",
    "grades_tk_k",
    "hispanic_latino",
    "homeless",
    "long_term_english_learners",
    "male",
    "migrant",
    "non_binary",
    "pacific_islander",
    "race_not_reported",
    "socioeconomically_disadvantaged",
    "two_or_more_races",
    "white",
];

/// The Dashboard's short words, and ours.
const INDICATORS: [(&str, &str); 6] = [
    ("gr", "graduation"),
    ("cc", "college-career"),
    ("chr", "absence"),
    ("su", "suspension"),
    ("ela", "english"),
    ("math", "math"),
];

fn subgroups(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let cds = row.cds("CDSCode")?;
    let year = row.year("SchoolYear", context)?;
    let fact = fact_of(row)?;
    let tenths = value(row, "value", fact)?;
    let (numerator, denominator) = parts(row)?;
    let status = reliability(row, "reliability", tenths.is_some())?;
    let (tenths, status) = of_somebody(fact, denominator, (tenths, status));
    let source = dataset_of(row)?;
    let group = row.required("subgroup")?;
    let Some((_, group)) = SHOWN.iter().find(|(name, _)| *name == group) else {
        if !NOT_SHOWN.contains(&group) {
            return Err(row.problem("subgroup", "not a group that is known"));
        }
        out.push(Item::LeftOut("figures of groups the explorer does not show"));
        return Ok(());
    };
    if !matches!(fact, Fact::Graduation | Fact::AgReady) {
        out.push(Item::LeftOut("figures of groups in facts the explorer does not show by group"));
        return Ok(());
    }
    out.push(Item::Fact(FactRow {
        cds,
        metric: fact.slug().to_owned(),
        dimension: (*group).to_owned(),
        school_year: i64::from(year.0),
        tenths,
        numerator,
        denominator,
        status: status.to_owned(),
        source,
    }));
    Ok(())
}

fn grade_11(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let cds = row.cds("cds14")?;
    let year = row.spring("year", context)?;
    for (percent, tested, subject) in
        [("ela_pct_met", "ela_n", "english"), ("math_pct_met", "math_n", "math")]
    {
        let (tenths, tested) = (row.percent_shown_whole(percent)?, row.count(tested)?);
        if tenths.is_none() || tested == Some(0) {
            out.push(Item::LeftOut("grade 11 results that are blank, or of nobody"));
            continue;
        }
        let small = tested.is_some_and(|tested| tested < FEW);
        out.push(Item::Fact(FactRow {
            cds: cds.clone(),
            metric: metric::GRADE_11.to_owned(),
            dimension: subject.to_owned(),
            school_year: i64::from(year.0),
            tenths,
            numerator: None,
            denominator: tested,
            status: if small { status::SMALL } else { status::RELIABLE }.to_owned(),
            source: dataset("cde_caaspp_grade_11", year),
        }));
    }
    Ok(())
}

/// A value on fewer students than this moves a lot by chance.
const FEW: i64 = 30;

fn colors(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let cds = row.cds("CDSCode")?;
    let year = context.named_year.unwrap_or(SchoolYear(1));
    for (column, word) in INDICATORS {
        let Some(color) = row.count(column)? else { continue };
        if !(1..=5).contains(&color) {
            return Err(row.problem(column, "a color is 1 (red) to 5 (blue)"));
        }
        out.push(Item::Fact(FactRow {
            cds: cds.clone(),
            metric: metric::COLOR.to_owned(),
            dimension: word.to_owned(),
            school_year: i64::from(year.0),
            tenths: Some(color * 10),
            numerator: None,
            denominator: None,
            status: status::RELIABLE.to_owned(),
            source: dataset("cde_dashboard_colors", year),
        }));
    }
    Ok(())
}

fn upper(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let cds = row.cds("cds14")?;
    let year = row.year("cupc_year", context)?;
    let students = row.count("enroll_9_12")?;
    row.percent("upp_pct")?;
    let status = if students.is_some() { status::RELIABLE } else { status::NOT_AVAILABLE };
    out.push(Item::Fact(FactRow {
        cds,
        metric: metric::UPPER.to_owned(),
        dimension: String::new(),
        school_year: i64::from(year.0),
        tenths: students.map(|students| students * 10),
        numerator: None,
        denominator: None,
        status: status.to_owned(),
        source: dataset("cde_calpads_upc", year),
    }));
    Ok(())
}

fn ag_by_year(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let cds = row.cds("cds14")?;
    let year = row.year("ag_year", context)?;
    let (Some(cohort), Some(met)) = (row.count("ag_cohort")?, row.count("ag_met_uccsu_count")?) else {
        out.push(Item::LeftOut("A-G years that are blank"));
        return Ok(());
    };
    if met > cohort {
        return Err(row.problem("ag_met_uccsu_count", format!("is larger than ag_cohort, {cohort}")));
    }
    // Of nobody, or not published.
    let Some(tenths) = row.percent("ag_met_uccsu_rate")?.filter(|_| cohort > 0) else {
        out.push(Item::LeftOut("A-G years that are blank"));
        return Ok(());
    };
    // The rate is of those who graduated, whom the file does not count: at most the cohort, and told by the rate.
    let graduates = if tenths > 0 { met * 1_000 / tenths } else { cohort };
    out.push(Item::Spare(FactRow {
        cds,
        metric: Fact::AgReady.slug().to_owned(),
        dimension: String::new(),
        school_year: i64::from(year.0),
        tenths: Some(tenths),
        numerator: Some(met),
        denominator: None,
        status: if graduates < FEW { status::SMALL } else { status::RELIABLE }.to_owned(),
        source: AG_SOURCE.to_owned(),
    }));
    Ok(())
}
