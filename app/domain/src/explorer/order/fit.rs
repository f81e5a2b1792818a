//! How well does a school fit what was asked?
//!
//! The fit orders the list; it is never shown as a number, only with its reasons. It is the mean of up to three
//! ranks among the schools a typical 8th grader can choose: graduation, A-G and attendance (few students who are
//! often absent). A rank is the share of those schools that a school is ahead of, ties counted half. Only what is
//! known counts; a school of which none of the three is known stands last, nearest first. With a start, each mile
//! takes something off, up to a limit. What was asked by filters has no weight here: every school in the list has it.

use super::super::figure::Fact;
use super::super::near::UNPLACED;
use super::super::school::School;

/// The facts that count, each with the same weight.
pub(in super::super) const FACTS: [Fact; 3] = [Fact::Graduation, Fact::AgReady, Fact::Absence];

/// The best score; scores are in millionths.
pub(in super::super) const MOST: u32 = 1_000_000;

/// What a thousandth of a mile takes off, in millionths: a mile costs 0.03, as much as being ahead of three schools
/// fewer in a hundred.
const TRIP: u32 = 30;

/// The most that a trip takes off: 20 miles. Beyond, farther is not worse in a way that another order would mend.
const TRIP_MOST: u32 = 600_000;

/// Scores of all schools, and the distributions they come from.
pub(in super::super) struct Fit {
    scores: Vec<Option<u32>>,
    /// The [`step`]s of the choosable schools, ascending, for each of [`FACTS`].
    values: [Vec<u64>; FACTS.len()],
}

/// What a trip takes off. A school whose place is not known is not counted as near.
pub(super) fn trip(thousandths: u32) -> u32 {
    if thousandths == UNPLACED { TRIP_MOST } else { thousandths.saturating_mul(TRIP).min(TRIP_MOST) }
}

/// A school's value, counted up from the least that can be. 64 bits wide as the keys of the orders are, so that both
/// are sorted by the same compiled routine.
fn step(fact: Fact, school: &School) -> Option<u64> {
    Some(u64::from(school.figure(fact).tenths()?.abs_diff(i16::MIN)))
}

impl Fit {
    pub(super) fn new(schools: &[School]) -> Fit {
        let values = FACTS.map(|fact| {
            let choosable = schools.iter().filter(|school| school.is_default());
            let mut values: Vec<u64> = choosable.filter_map(|school| step(fact, school)).collect();
            values.sort_unstable();
            values
        });
        let mut fit = Fit { scores: Vec::new(), values };
        fit.scores = schools.iter().map(|school| fit.mean(school)).collect();
        fit
    }

    /// The score of a school without a trip, in millionths; none when nothing is known.
    pub(super) fn score(&self, at: u32) -> Option<u32> {
        self.scores[at as usize]
    }

    fn mean(&self, school: &School) -> Option<u32> {
        let ranks = FACTS.iter().filter_map(|fact| self.rank(*fact, school));
        let (sum, many) = ranks.fold((0, 0), |(sum, many), rank| (sum + rank, many + 1));
        (many > 0).then(|| sum / many)
    }

    /// The share of the choosable schools that a school is ahead of in one of [`FACTS`], ties counted half, in
    /// millionths. None where its value, or that of every choosable school, is not known.
    pub(in super::super) fn rank(&self, fact: Fact, school: &School) -> Option<u32> {
        let values = &self.values[FACTS.iter().position(|other| *other == fact)?];
        let value = step(fact, school)?;
        let below = values.partition_point(|other| *other < value);
        let upto = values.partition_point(|other| *other <= value);
        let twice = if fact.more_is_better() { below + upto } else { 2 * values.len() - below - upto };
        let share = (twice as u64 * u64::from(MOST) / 2).checked_div(values.len() as u64)?;
        u32::try_from(share).ok()
    }
}
