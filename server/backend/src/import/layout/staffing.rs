//! What is published about classes and staff?

use super::super::item::Item;
use super::super::problem::Problem;
use super::super::sheet::Row;
use super::outcomes::dataset_of;
use super::{Context, Layout, Scope, Year};
use crate::record::fact::{FactRow, metric, status};

/// One row for each school, year, metric and dimension.
pub(super) static LONG: Layout = Layout {
    name: "staffing and resources, long layout",
    columns: &[
        "CDSCode",
        "SchoolYear",
        "metric",
        "dimension",
        "value",
        "numerator",
        "denominator",
        "source_dataset",
    ],
    without: Some("subgroup"),
    scope: Scope::Some,
    partial: false,
    year: Year::Rows,
    read,
};

/// The rows the explorer uses: the file's metric and dimension, and ours.
const USED: [(&str, &str, &str, &str); 7] = [
    ("average_class_size", "subject_english", metric::CLASS_SIZE, "english"),
    ("average_class_size", "subject_mathematics", metric::CLASS_SIZE, "math"),
    ("average_class_size", "subject_science", metric::CLASS_SIZE, "science"),
    ("average_class_size", "subject_social_science", metric::CLASS_SIZE, "social-science"),
    ("pupils_per_academic_counselor", "all_students", metric::COUNSELOR, ""),
    ("teacher_experience_average", "total", metric::TEACHERS, "years"),
    ("teacher_experience_count", "inexperienced", metric::TEACHERS, "new"),
];

/// Metrics that are published and not used.
const UNUSED: [&str; 5] = [
    "average_class_size",
    "support_staff_fte",
    "teacher_assignment_percent",
    "teacher_experience_average",
    "teacher_experience_count",
];

fn read(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let cds = row.cds("CDSCode")?;
    let year = row.year("SchoolYear", context)?;
    let source = dataset_of(row)?;
    let value = row.tenths("value", 0.0, 100_000.0)?;
    let (name, dimension) = (row.required("metric")?, row.required("dimension")?);
    let Some((_, _, metric, dimension)) = USED.iter().find(|used| used.0 == name && used.1 == dimension)
    else {
        if UNUSED.contains(&name) {
            out.push(Item::LeftOut("figures the explorer does not use"));
            return Ok(());
        }
        return Err(row.problem("metric", "not a metric that is known"));
    };
    let status = if value.is_some() { status::RELIABLE } else { status::NOT_AVAILABLE };
    out.push(Item::Fact(FactRow {
        cds,
        metric: (*metric).to_owned(),
        dimension: (*dimension).to_owned(),
        school_year: i64::from(year.0),
        tenths: value,
        numerator: None,
        denominator: row.count("denominator")?,
        status: status.to_owned(),
        source,
    }));
    Ok(())
}
