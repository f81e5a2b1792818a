//! What is published beyond the facts of a card: applications, grade 11, groups of students, colors?

use super::detail::{GROUPS, newest};
use super::figures::{figure, year};
use super::small;
use super::snapshot::Snapshot;
use crate::fault::Fault;
use crate::record::fact::{DoubtRow, FactRow, metric, status};
use domain::explorer::detail::{Applications, Color, GroupFigure, Indicator, Met, Subject};
use domain::explorer::figure::{Fact, Figure, SchoolYear};

/// Of the applications that were sent, at least so many in a hundred must be of a campus and year whose answers are
/// published. The university hides small numbers, which are mostly of the campuses that accept few; without them a
/// share would be too high: with 80 of 100 by up to 9 points, with 97 by little more than one.
const COVERED_OF_100: i64 = 97;

/// Fewest applications of which a share is told.
const FEWEST: i64 = 30;

/// What became of applications to the University of California.
pub(super) fn applications(facts: &[FactRow]) -> Result<Option<Applications>, Fault> {
    let rows = || facts.iter().filter(|row| row.metric == metric::UC);
    let Some(last) = rows().max_by_key(|row| row.school_year) else { return Ok(None) };
    let (mut sent, mut told, mut accepted) = (0, 0, 0);
    for row in rows().filter(|row| row.school_year == last.school_year) {
        sent += row.denominator.unwrap_or(0);
        if let (Some(tenths @ 1..), Some(admits)) = (row.tenths, row.numerator) {
            // The rate is of the years whose admits are published; applicants are of all.
            told += (admits * 1_000 + tenths / 2) / tenths;
            accepted += admits;
        }
    }
    if told < FEWEST || told * 100 < sent * COVERED_OF_100 {
        return Ok(None);
    }
    Ok(Some(Applications {
        sent: small(told, "a number of applications")?,
        accepted: small(accepted.min(told), "a number of applications")?,
        year: year(last)?,
    }))
}

/// The newest years that any school has. Older ones are not shown: beside a newer one they would be compared.
pub(super) struct Latest {
    grade_11: Option<i64>,
    colors: Option<i64>,
}

impl Latest {
    pub(super) fn of(snapshot: &Snapshot) -> Latest {
        let newest = |metric: &str| {
            snapshot.facts.iter().filter(|row| row.metric == metric).map(|row| row.school_year).max()
        };
        Latest { grade_11: newest(metric::GRADE_11), colors: newest(metric::COLOR) }
    }

    /// The school year that the colors describe; 0 when there are none.
    pub(super) fn dashboard(&self) -> Result<u16, Fault> {
        small(self.colors.unwrap_or(0), "a school year")
    }
}

/// Grade 11.
pub(super) fn met(facts: &[FactRow], latest: &Latest) -> Result<Vec<Met>, Fault> {
    let mut met = Vec::new();
    for (word, subject) in [("english", Subject::English), ("math", Subject::Math)] {
        if let Some((row, tenths)) =
            newest(facts, metric::GRADE_11, word).filter(|(row, _)| Some(row.school_year) == latest.grade_11)
        {
            met.push(Met {
                subject,
                tenths: small(tenths, "a share of students")?,
                few: row.status == status::SMALL,
                year: year(row)?,
            });
        }
    }
    Ok(met)
}

/// Graduation and A-G of the groups that a school supports.
pub(super) fn of_groups(facts: &[FactRow], doubts: &[DoubtRow]) -> Result<Vec<GroupFigure>, Fault> {
    let mut all = Vec::new();
    for fact in [Fact::Graduation, Fact::AgReady] {
        for (word, group) in GROUPS {
            let rows = facts.iter().filter(|row| row.metric == fact.slug() && row.dimension == word);
            let Some(row) = rows.max_by_key(|row| row.school_year) else { continue };
            let figure = figure(row, doubts)?;
            if !matches!(figure, Figure::NotPublished) {
                all.push(GroupFigure { group, fact, figure });
            }
        }
    }
    Ok(all)
}

/// The Dashboard's words for its indicators, and ours.
const INDICATORS: [(&str, Indicator); 6] = [
    ("graduation", Indicator::Graduation),
    ("college-career", Indicator::CollegeCareer),
    ("absence", Indicator::Absence),
    ("suspension", Indicator::Suspension),
    ("english", Indicator::English),
    ("math", Indicator::Math),
];

/// The colors of the newest Dashboard.
pub(super) fn colors(facts: &[FactRow], latest: &Latest) -> Result<Vec<(Indicator, Color)>, Fault> {
    let mut colors = Vec::new();
    for (word, indicator) in INDICATORS {
        let row =
            newest(facts, metric::COLOR, word).filter(|(row, _)| Some(row.school_year) == latest.colors);
        if let Some((_, tenths)) = row {
            let at: usize = small(tenths / 10 - 1, "a color of the Dashboard")?;
            let color = Color::ALL.get(at).copied();
            let stored = || Fault::Stored { what: "a color of the Dashboard", value: tenths.to_string() };
            colors.push((indicator, color.ok_or_else(stored)?));
        }
    }
    Ok(colors)
}

/// Students in grades 9 to 12.
pub(super) fn upper(facts: &[FactRow]) -> Result<Option<(u32, SchoolYear)>, Fault> {
    let Some((row, tenths)) = newest(facts, metric::UPPER, "") else { return Ok(None) };
    Ok(Some((small(tenths / 10, "a number of students")?, year(row)?)))
}
