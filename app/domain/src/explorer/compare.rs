//! Is another school better, about the same or worse than the pinned one?
//!
//! Only where that can be said: of figures of one year which nothing casts doubt on, and of a difference larger than
//! schools have with themselves from one year to the next.

use super::figure::{Care, Fact, Figure};

/// How a school stands against the pinned one in one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Better by this many whole percent or points (above [`Fact::moves`]).
    Better(i16),
    /// No farther apart than [`Fact::moves`].
    AboutSame,
    /// Worse by this many whole percent or points (above [`Fact::moves`]).
    Worse(i16),
    /// The two are of different school years, so neither is called better.
    OtherYear,
    /// One of the two rests on few students or is doubted, so neither is called better.
    Unsure,
    /// One of the two is not known, so nothing is said.
    Unknown,
}

impl Fact {
    /// How far a school's own figure moves from one year to the next, in whole percent or points: half of all moves are
    /// no larger. Two schools that are no farther apart could stand the other way round next year.
    ///
    /// Medians of the published values of the 367 schools that an 8th grader can choose, 2022-23 to 2023-24 and 2023-24
    /// to 2024-25, where both figures rest on 30 students or more and no review doubts them (655 to 724 moves of each fact). Of
    /// [`Fact::CollegeGoing`] only one year is at hand; it counts the graduates of one year, as [`Fact::AgReady`] does,
    /// and has its bound.
    pub const fn moves(self) -> i16 {
        match self {
            Fact::Suspension | Fact::Dropout => 1,
            Fact::Graduation | Fact::Absence => 2,
            Fact::AgReady | Fact::CollegeGoing => 4,
            Fact::CollegeCareer => 6,
            Fact::English | Fact::Math => 12,
        }
    }
}

/// Compares two figures of one fact in the rounded wholes that the cards show, so that a reader who subtracts one
/// card from the other finds the same amount.
pub fn compare(fact: Fact, school: Figure, pinned: Figure) -> Verdict {
    let (
        Figure::Known { year, care, .. },
        Figure::Known { year: other_year, care: other_care, .. },
        Some(school),
        Some(pinned),
    ) = (school, pinned, school.whole(), pinned.whole())
    else {
        return Verdict::Unknown;
    };
    if year != other_year {
        return Verdict::OtherYear;
    }
    if (care, other_care) != (Care::Plain, Care::Plain) {
        return Verdict::Unsure;
    }
    // Wholes lie within 3,277 of zero, so neither difference can overflow.
    let gain = if fact.more_is_better() { school - pinned } else { pinned - school };
    if gain.abs() <= fact.moves() {
        Verdict::AboutSame
    } else if gain > 0 {
        Verdict::Better(gain)
    } else {
        Verdict::Worse(-gain)
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, compare};
    use crate::explorer::figure::{Care, Fact, Figure, SchoolYear};
    use proptest::prelude::*;

    fn known(tenths: i16, year: u16) -> Figure {
        with_care(tenths, year, Care::Plain)
    }

    fn with_care(tenths: i16, year: u16, care: Care) -> Figure {
        Figure::Known { tenths, year: SchoolYear(year), care }
    }

    #[test]
    fn the_amount_is_what_a_reader_of_two_cards_finds() {
        for (fact, school, pinned, verdict) in [
            (Fact::Graduation, known(944, 2025), known(905, 2025), Verdict::Better(3)),
            (Fact::Graduation, known(944, 2025), known(935, 2025), Verdict::AboutSame),
            (Fact::Graduation, known(990, 2025), known(1_000, 2025), Verdict::AboutSame),
            (Fact::Graduation, known(980, 2025), known(1_000, 2025), Verdict::AboutSame),
            (Fact::Graduation, known(974, 2025), known(1_000, 2025), Verdict::Worse(3)),
            (Fact::Graduation, known(944, 2025), known(944, 2024), Verdict::OtherYear),
            (Fact::Graduation, known(800, 2024), known(900, 2025), Verdict::OtherYear),
            (Fact::Graduation, known(800, 2025), known(900, 2025), Verdict::Worse(10)),
            (Fact::Absence, known(100, 2025), known(250, 2025), Verdict::Better(15)),
            (Fact::Dropout, known(55, 2025), known(44, 2025), Verdict::Worse(2)),
            (Fact::Dropout, known(55, 2025), known(46, 2025), Verdict::AboutSame),
            (Fact::Math, known(-1_205, 2025), known(35, 2025), Verdict::Worse(125)),
            (Fact::Math, known(i16::MAX, 2025), known(i16::MIN, 2025), Verdict::Better(6_554)),
            (Fact::Graduation, Figure::Suppressed, known(900, 2025), Verdict::Unknown),
            (Fact::Graduation, known(900, 2025), Figure::NotReported, Verdict::Unknown),
            (Fact::Graduation, Figure::NotPublished, Figure::NotPublished, Verdict::Unknown),
        ] {
            assert_eq!(compare(fact, school, pinned), verdict, "{fact:?} {school:?} {pinned:?}");
        }
    }

    proptest! {
        #[test]
        fn what_asks_for_care_on_either_side_is_called_neither_better_nor_worse(
            fact in prop::sample::select(&Fact::ALL[..]),
            a: i16,
            b: i16,
            cared in prop::sample::select(&Care::ALL[..]),
            other in prop::sample::select(&Care::ALL[..]),
        ) {
            let (school, pinned) = (with_care(a, 2025, cared), with_care(b, 2025, other));
            let unsure = (cared, other) != (Care::Plain, Care::Plain);
            prop_assert_eq!(compare(fact, school, pinned) == Verdict::Unsure, unsure);
        }

        #[test]
        fn what_is_better_from_one_side_is_worse_by_as_much_from_the_other(
            fact in prop::sample::select(&Fact::ALL[..]),
            a: i16,
            b: i16,
        ) {
            let (school, pinned) = (known(a, 2025), known(b, 2025));
            let turned = match compare(fact, pinned, school) {
                Verdict::Better(by) => Verdict::Worse(by),
                Verdict::Worse(by) => Verdict::Better(by),
                other => other,
            };
            prop_assert_eq!(compare(fact, school, pinned), turned);
            if let Verdict::Better(by) | Verdict::Worse(by) = turned {
                prop_assert!(by > fact.moves());
            }
        }
    }
}
