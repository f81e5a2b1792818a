//! How well does a school fit what was asked?
//!
//! The fit orders the list; it is never shown as a number, only with its reasons. It is the mean of up to three
//! ranks among the schools a typical 8th grader can choose: graduation, A-G and attendance (few students who are
//! often absent). A rank is the share of those schools that a school is ahead of, ties counted half. Only what is
//! known counts; a school of which fewer than two of the three are known stands last, nearest first, since one number
//! alone could lift it over schools that are good in all. With a start, each mile takes something off, up to a limit. What was asked by filters has no weight here: every school in the list has it.

use super::super::figure::Fact;
use super::super::near::UNPLACED;
use super::super::school::School;

/// The facts that count, each with the same weight.
pub(in super::super) const FACTS: [Fact; 3] = [Fact::Graduation, Fact::AgReady, Fact::Absence];

/// Of fewer known facts no fit is told.
const KNOWN_LEAST: u32 = 2;

/// The best score; scores are in millionths.
pub(crate) const MOST: u32 = 1_000_000;

/// What a thousandth of a mile takes off, in millionths: a mile costs 0.03, as much as being ahead of three schools
/// fewer in a hundred.
const TRIP: u32 = 30;

/// The most that a trip takes off: 20 miles. Beyond, farther is not worse in a way that another order would mend.
const TRIP_MOST: u32 = 600_000;

/// Scores of all schools, and the distributions they come from.
pub(in super::super) struct Fit {
    scores: Vec<Option<u32>>,
    /// The choosable schools by each of [`FACTS`].
    spreads: [Spread; FACTS.len()],
}

/// What a trip takes off. A school whose place is not known is not counted as near.
pub(super) fn trip(thousandths: u32) -> u32 {
    if thousandths == UNPLACED { TRIP_MOST } else { thousandths.saturating_mul(TRIP).min(TRIP_MOST) }
}

/// The share of the most a trip takes off that it leaves, in millionths: all of it at the start, none from 20 miles on.
pub(crate) fn closeness(thousandths: u32) -> u32 {
    let left = u64::from(TRIP_MOST - trip(thousandths)) * u64::from(MOST) / u64::from(TRIP_MOST);
    u32::try_from(left).unwrap_or(MOST)
}

/// A school's value, counted up from the least that can be. 64 bits wide as the keys of the orders are, so that both
/// are sorted by the same compiled routine.
pub(crate) fn step(fact: Fact, school: &School) -> Option<u64> {
    Some(u64::from(school.figure(fact).tenths()?.abs_diff(i16::MIN)))
}

impl Fit {
    pub(super) fn new(schools: &[School]) -> Fit {
        let spreads =
            FACTS.map(|fact| Spread::of(choosable(schools).filter_map(|school| step(fact, school))));
        let mut fit = Fit { scores: Vec::new(), spreads };
        fit.scores = schools.iter().map(|school| fit.mean(school)).collect();
        fit
    }

    /// The score of a school without a trip, in millionths; none when too little is known.
    pub(super) fn score(&self, at: u32) -> Option<u32> {
        self.scores[at as usize]
    }

    fn mean(&self, school: &School) -> Option<u32> {
        let ranks = FACTS.iter().filter_map(|fact| self.rank(*fact, school));
        let (sum, many) = ranks.fold((0, 0), |(sum, many), rank| (sum + rank, many + 1));
        (many >= KNOWN_LEAST).then(|| sum / many)
    }

    /// The share of the choosable schools that a school is ahead of in one of [`FACTS`], ties counted half, in
    /// millionths. None where its value, or that of every choosable school, is not known.
    pub(in super::super) fn rank(&self, fact: Fact, school: &School) -> Option<u32> {
        let spread = &self.spreads[FACTS.iter().position(|other| *other == fact)?];
        spread.rank(step(fact, school)?, fact.more_is_better())
    }
}

/// How the schools a typical 8th grader can choose are spread over one measure.
pub(crate) struct Spread(Vec<u64>);

impl Spread {
    /// Of the known values, in any order.
    pub(crate) fn of(values: impl Iterator<Item = u64>) -> Spread {
        let mut values: Vec<u64> = values.collect();
        values.sort_unstable();
        Spread(values)
    }

    /// The share of the schools that one with this value is ahead of, ties counted half, in millionths. None where
    /// there is no school to be ahead of.
    pub(crate) fn rank(&self, value: u64, more_is_better: bool) -> Option<u32> {
        let below = self.0.partition_point(|other| *other < value);
        let upto = self.0.partition_point(|other| *other <= value);
        let twice = if more_is_better { below + upto } else { 2 * self.0.len() - below - upto };
        let share = (twice as u64 * u64::from(MOST) / 2).checked_div(self.0.len() as u64)?;
        u32::try_from(share).ok()
    }
}

/// The schools a typical 8th grader can choose.
fn choosable(schools: &[School]) -> impl Iterator<Item = &School> {
    schools.iter().filter(|school| school.is_default())
}
