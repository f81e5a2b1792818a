//! How do nine figures of each school stand in a file?
//!
//! First what kind each is, school by school, since what is hidden in one fact mostly is in the next; then the
//! values, fact by fact, each as the step from what another fact of the school leads one to expect.

use super::super::super::figure::{Care, Fact, Figure, SchoolYear};
use super::super::super::school::School;
use crate::columns::{Reader, Writer, unzigzag, zigzag};

type Figures = [Figure; Fact::ALL.len()];

const SUPPRESSED: u64 = 0;
const NOT_REPORTED: u64 = 1;
const NOT_PUBLISHED: u64 = 2;
/// From here on: known; for each of the years, what to keep in mind.
const KNOWN: u64 = 3;
const CARES: u64 = Care::ALL.len() as u64;

/// What an earlier fact of the same school leads one to expect, in tenths.
fn expected(fact: Fact, of: &Figures) -> i64 {
    let known = |fact: Fact| of[fact as usize].tenths().map(i64::from);
    match fact {
        Fact::Dropout => known(Fact::Graduation).map(|graduated| 1_000 - graduated),
        Fact::Math => known(Fact::English),
        Fact::CollegeCareer => known(Fact::AgReady),
        Fact::Graduation => Some(950),
        _ => None,
    }
    .unwrap_or(0)
}

pub(super) fn write(schools: &[School], to: &mut Writer) {
    let mut years: Vec<u64> = schools
        .iter()
        .flat_map(|school| &school.figures)
        .filter_map(|f| Some(u64::from(f.year()?.0)))
        .collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    to.number(years.len() as u64);
    to.numbers(&years);
    let kind = |figure: &Figure| match figure {
        Figure::Suppressed => SUPPRESSED,
        Figure::NotReported => NOT_REPORTED,
        Figure::NotPublished => NOT_PUBLISHED,
        Figure::Known { year, care, .. } => {
            let at = years.iter().position(|other| *other == u64::from(year.0)).unwrap_or(0);
            KNOWN + CARES * at as u64 + *care as u64
        }
    };
    to.numbers(&schools.iter().flat_map(|school| &school.figures).map(kind).collect::<Vec<_>>());
    for fact in Fact::ALL {
        let value = |school: &School| {
            Some(zigzag(i64::from(school.figure(fact).tenths()?) - expected(fact, &school.figures)))
        };
        to.numbers(&schools.iter().filter_map(value).collect::<Vec<_>>());
    }
}

pub(super) fn read(schools: usize, from: &mut Reader) -> Option<Vec<Figures>> {
    let many = from.length()?;
    let years = from.numbers(many)?;
    let kinds = from.numbers(schools.checked_mul(Fact::ALL.len())?)?;
    let mut rows = vec![Figures::default(); schools];
    for fact in Fact::ALL {
        let at = fact as usize;
        let kinds = || kinds.iter().skip(at).step_by(Fact::ALL.len());
        let values = from.numbers(kinds().filter(|kind| **kind >= KNOWN).count())?;
        let mut values = values.into_iter();
        for (row, kind) in rows.iter_mut().zip(kinds()) {
            row[at] = match *kind {
                SUPPRESSED => Figure::Suppressed,
                NOT_REPORTED => Figure::NotReported,
                NOT_PUBLISHED => Figure::NotPublished,
                kind => {
                    let year = *years.get(usize::try_from((kind - KNOWN) / CARES).ok()?)?;
                    let tenths = expected(fact, row).checked_add(unzigzag(values.next()?))?;
                    Figure::Known {
                        tenths: i16::try_from(tenths).ok()?,
                        year: SchoolYear(u16::try_from(year).ok()?),
                        care: Care::ALL[usize::try_from((kind - KNOWN) % CARES).ok()?],
                    }
                }
            };
        }
    }
    Some(rows)
}
