//! Which public layout is a file in, by its header?

mod admissions;
mod directory;
mod lists;
mod outcomes;
mod staffing;
mod yearly;

use super::item::Item;
use super::problem::Problem;
use super::sheet::Row;
use domain::explorer::figure::SchoolYear;

/// What a file does not say of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    /// The school year of a directory or an enrollment file, which do not name their own.
    pub(crate) school_year: Option<SchoolYear>,
    /// The last year in the name of the file, as the school year that ends in it.
    pub(crate) named_year: Option<SchoolYear>,
    /// The school year of today. Nothing can be published of a later one.
    pub(crate) newest: SchoolYear,
}

impl Context {
    /// The school year, unless it has not begun; then why it cannot be right.
    pub(crate) fn begun(self, year: SchoolYear) -> Result<SchoolYear, String> {
        if year <= self.newest { Ok(year) } else { Err(format!("the school year {year} has not begun")) }
    }
}

/// A layout that is known.
#[derive(Debug)]
pub(crate) struct Layout {
    /// What reports and runs call it.
    pub(crate) name: &'static str,
    /// The columns by which it is recognised, all needed.
    columns: &'static [&'static str],
    /// A column that another layout with the same columns has.
    without: Option<&'static str>,
    /// What a missing row means.
    pub(crate) scope: Scope,
    /// It does not speak of everything its rows can hold; the rest stays as loaded.
    pub(crate) partial: bool,
    /// What tells the year.
    pub(crate) year: Year,
    /// Reads one row into items.
    pub(crate) read: fn(&Row<'_>, Context, &mut Vec<Item>) -> Result<(), Problem>,
}

/// What tells the year of a file's figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    /// Its rows, or nothing in it depends on one.
    Rows,
    /// The operator, with `--school-year`.
    Asked,
    /// Its name: `dashboard_colors_2025.csv`.
    Name,
}

/// What it means that a loaded row is missing in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Nothing: the file is one of many.
    Some,
    /// The file is the whole list; what is missing is removed.
    Whole,
    /// The file is a directory; a school that is missing is closed.
    Directory,
    /// The file is everything the explorer knows.
    Everything,
}

/// All layouts that are known.
static LAYOUTS: [&Layout; 18] = [
    &directory::GEOGRAPHIC,
    &directory::RAW,
    &outcomes::LONG,
    &outcomes::WIDE,
    &outcomes::REFERENCE,
    &outcomes::DEMOGRAPHICS,
    &outcomes::FLAGS,
    &yearly::AG_BY_YEAR,
    &staffing::LONG,
    &yearly::SUBGROUPS,
    &yearly::GRADE_11,
    &yearly::COLORS,
    &yearly::UPPER,
    &admissions::UC,
    &lists::GOPASS,
    &lists::ZIPS,
    &lists::PATHWAYS,
    &lists::ALIASES,
];

/// The reviewed titles of sources.
static SOURCES: &Layout = &lists::SOURCES;

/// Public files that are known and not read: columns that tell them, and what to do instead.
static ELSEWHERE: [(&[&str], &str); 2] = [
    (
        &["stop_id", "stop_name", "stop_lat", "stop_lon"],
        "these are stops without times, and no trip comes of them; `pathways import gtfs` takes a whole timetable",
    ),
    (
        &["topic", "item", "fact", "as_of"],
        "these are facts about choice programs; rules and dates stand in a file of rules (`pathways rules check`)",
    ),
];

impl Layout {
    /// Checks that the year of a file is told, where its rows do not tell it, and has begun.
    pub(crate) fn year_of_file(&self, context: Context) -> Result<(), Problem> {
        let (year, what_to_do) = match self.year {
            Year::Rows => return Ok(()),
            Year::Asked => (context.school_year, "add --school-year, for example 2025-26"),
            Year::Name => (
                context.named_year,
                "let its name end in the year it was published for, for example colors_2025.csv",
            ),
        };
        let untold = || format!("{} does not say its school year; {what_to_do}", self.name);
        let year = year.ok_or_else(|| Problem::whole(1, untold()))?;
        context.begun(year).map(drop).map_err(|reason| Problem::whole(1, reason))
    }

    /// The layout that a header belongs to.
    pub(crate) fn of(header: &[String]) -> Result<&'static Layout, Problem> {
        let has = |column: &str| header.iter().any(|name| name.eq_ignore_ascii_case(column));
        let missing = |layout: &Layout| -> Vec<&str> {
            layout.columns.iter().filter(|column| !has(column)).copied().collect()
        };
        let all = || LAYOUTS.into_iter().chain([SOURCES]);
        let fits = all().filter(|layout| missing(layout).is_empty() && !layout.without.is_some_and(has));
        if let Some(layout) = fits.max_by_key(|layout| layout.columns.len()) {
            return Ok(layout);
        }
        if let Some(layout) = all().find(|layout| missing(layout).is_empty()) {
            let column = layout.without.unwrap_or_default();
            let reason =
                format!("a file with a column {column:?} is not read; give the file of all students");
            return Err(Problem::new(1, column, column, reason));
        }
        if let Some((_, instead)) = ELSEWHERE.iter().find(|(columns, _)| columns.iter().all(|name| has(name)))
        {
            return Err(Problem::whole(1, *instead));
        }
        // The layout of which the largest share is there is the one that was meant.
        let share = |layout: &&Layout| {
            let missing: Vec<&str> = missing(layout);
            (layout.columns.len() - missing.len()) * 1000 / layout.columns.len()
        };
        match all().max_by_key(share) {
            Some(nearest) if share(&nearest) >= 400 => {
                let missing: Vec<&str> = missing(nearest);
                let reason = format!(
                    "this looks like {}, but columns are missing: {}",
                    nearest.name,
                    missing.join(", ")
                );
                Err(Problem::whole(1, reason))
            }
            _ => {
                let known: Vec<&str> = all().map(|layout| layout.name).collect();
                let reason = format!(
                    "this header belongs to no layout that is known; known are: {}",
                    known.join("; ")
                );
                Err(Problem::whole(1, reason))
            }
        }
    }
}
