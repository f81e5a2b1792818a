//! Which published value is a figure, and which is the newest?

use super::small;
use crate::fault::Fault;
use crate::record::fact::{FactRow, status};
use domain::explorer::detail::Series;
use domain::explorer::figure::{Fact, Figure, SchoolYear};

/// A value on fewer students than this moves a lot by chance.
const FEW: i64 = 30;

/// The years that a school page shows.
const YEARS: usize = 3;

/// What one row says.
pub(super) fn figure(row: &FactRow) -> Result<Figure, Fault> {
    Ok(match (row.tenths, row.status.as_str()) {
        (Some(tenths), status::RELIABLE | status::SMALL | status::METHOD_BREAK) => Figure::Known {
            tenths: small(tenths, "a figure")?,
            year: year(row)?,
            small: row.status == status::SMALL || row.denominator.is_some_and(|students| students < FEW),
        },
        (_, status::SUPPRESSED) => Figure::Suppressed,
        (_, status::NOT_REPORTED) => Figure::NotReported,
        _ => Figure::NotPublished,
    })
}

pub(super) fn year(row: &FactRow) -> Result<SchoolYear, Fault> {
    small(row.school_year, "a school year").map(SchoolYear)
}

/// The newest value of each fact; where no year has one, why the newest year has none.
pub(super) fn newest(rows: &[FactRow]) -> Result<[Figure; Fact::ALL.len()], Fault> {
    let mut figures = [Figure::NotPublished; Fact::ALL.len()];
    for (slot, fact) in figures.iter_mut().zip(Fact::ALL) {
        let mut years: Vec<&FactRow> = rows.iter().filter(|row| row.metric == fact.slug()).collect();
        years.sort_by_key(|row| std::cmp::Reverse(row.school_year));
        let known = years.iter().find(|row| row.tenths.is_some());
        if let Some(row) = known.or(years.first()) {
            *slot = figure(row)?;
        }
    }
    Ok(figures)
}

/// The last three years of each fact of which anything was published, oldest first.
pub(super) fn series(rows: &[FactRow]) -> Result<Vec<Series>, Fault> {
    let mut all = Vec::new();
    for fact in Fact::ALL {
        let mut years: Vec<&FactRow> = rows.iter().filter(|row| row.metric == fact.slug()).collect();
        years.sort_by_key(|row| row.school_year);
        let newest = &years[years.len().saturating_sub(YEARS)..];
        let point = |row: &&FactRow| {
            let students = row.denominator.map(|count| small(count, "a number of students")).transpose()?;
            Ok::<_, Fault>((year(row)?, figure(row)?, students))
        };
        let points: Vec<_> = newest.iter().map(point).collect::<Result<_, _>>()?;
        if !points.is_empty() {
            all.push(Series { fact, points });
        }
    }
    Ok(all)
}
