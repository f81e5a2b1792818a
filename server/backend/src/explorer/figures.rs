//! Which published value is a figure, and which is the newest?

use super::small;
use crate::fault::Fault;
use crate::record::fact::{DoubtRow, FactRow, doubt, status};
use domain::explorer::detail::Series;
use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};

/// A value on fewer students than this moves a lot by chance.
const FEW: i64 = 30;

/// The years that a school page shows.
const YEARS: usize = 3;

/// What one row says, by itself.
pub(super) fn figure(row: &FactRow, doubts: &[DoubtRow]) -> Result<Figure, Fault> {
    let doubted = |doubt: &DoubtRow| {
        doubt.reason == doubt::MODERATE_DROP
            && (&doubt.metric, doubt.school_year) == (&row.metric, row.school_year)
    };
    let few = row.status == status::SMALL || row.denominator.is_some_and(|students| students < FEW);
    let care = match (doubts.iter().any(doubted), few) {
        (true, _) => Care::Doubted,
        (false, true) => Care::Few,
        (false, false) => Care::Plain,
    };
    Ok(match (row.tenths, row.status.as_str()) {
        (Some(tenths), status::RELIABLE | status::SMALL | status::METHOD_BREAK) => {
            Figure::Known { tenths: small(tenths, "a figure")?, year: year(row)?, care }
        }
        (_, status::SUPPRESSED) => Figure::Suppressed,
        (_, status::NOT_REPORTED) => Figure::NotReported,
        _ => Figure::NotPublished,
    })
}

pub(super) fn year(row: &FactRow) -> Result<SchoolYear, Fault> {
    small(row.school_year, "a school year").map(SchoolYear)
}

/// The rows of a fact that speak of a school as a whole.
fn of_all_students(rows: &[FactRow], fact: Fact) -> Vec<&FactRow> {
    rows.iter().filter(|row| row.metric == fact.slug() && row.dimension.is_empty()).collect()
}

/// The newest value of each fact, which says so if it is older than the newest year; where none of the years that a
/// school page shows has one, why the newest has none. What was eight years ago is no figure of a school today.
pub(super) fn newest(rows: &[FactRow], doubts: &[DoubtRow]) -> Result<[Figure; Fact::ALL.len()], Fault> {
    let mut figures = [Figure::NotPublished; Fact::ALL.len()];
    for (slot, fact) in figures.iter_mut().zip(Fact::ALL) {
        let mut years = of_all_students(rows, fact);
        years.sort_by_key(|row| std::cmp::Reverse(row.school_year));
        years.truncate(YEARS);
        let known = years.iter().position(|row| row.tenths.is_some());
        let Some(row) = years.get(known.unwrap_or(0)) else { continue };
        *slot = figure(row, doubts)?;
        let newer = known.and_then(|at| years[..at].first()).map(|row| row.status.as_str());
        if let (Figure::Known { care, .. }, Some(status)) = (slot, newer) {
            match status {
                status::SUPPRESSED => *care = Care::NewerHidden,
                status::NOT_REPORTED => *care = Care::NewerUnreported,
                _ => {}
            }
        }
    }
    Ok(figures)
}

/// The last three years of each fact of which anything was published, oldest first.
pub(super) fn series(rows: &[FactRow], doubts: &[DoubtRow]) -> Result<Vec<Series>, Fault> {
    let mut all = Vec::new();
    for fact in Fact::ALL {
        let mut years = of_all_students(rows, fact);
        years.sort_by_key(|row| row.school_year);
        let newest = &years[years.len().saturating_sub(YEARS)..];
        let point = |row: &&FactRow| {
            let students = row.denominator.map(|count| small(count, "a number of students")).transpose()?;
            Ok::<_, Fault>((year(row)?, figure(row, doubts)?, students))
        };
        let points: Vec<_> = newest.iter().map(point).collect::<Result<_, _>>()?;
        if !points.is_empty() {
            all.push(Series { fact, points });
        }
    }
    Ok(all)
}
