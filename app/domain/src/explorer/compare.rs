//! Is another school better, the same or worse than the pinned one?

use super::figure::{Fact, Figure};

/// How a school stands against the pinned one in one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Better by this many whole percent or points (above 0).
    Better(i16),
    /// The same to the whole percent or point.
    Same,
    /// Worse by this many whole percent or points (above 0).
    Worse(i16),
    /// The two are of different school years, so neither is called better.
    OtherYear,
    /// One of the two is not known, so nothing is said.
    Unknown,
}

/// Compares two figures of one fact in the rounded wholes that the cards show, so that a reader who subtracts one
/// card from the other finds the same amount.
pub fn compare(fact: Fact, school: Figure, pinned: Figure) -> Verdict {
    if let (Some(year), Some(other)) = (school.year(), pinned.year())
        && year != other
    {
        return Verdict::OtherYear;
    }
    let (Some(school), Some(pinned)) = (school.whole(), pinned.whole()) else {
        return Verdict::Unknown;
    };
    // Wholes lie within 3,277 of zero, so neither difference can overflow.
    let gain = if fact.more_is_better() { school - pinned } else { pinned - school };
    match gain {
        0 => Verdict::Same,
        1.. => Verdict::Better(gain),
        _ => Verdict::Worse(-gain),
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, compare};
    use crate::explorer::figure::{Care, Fact, Figure, SchoolYear};

    fn known(tenths: i16, year: u16) -> Figure {
        Figure::Known { tenths, year: SchoolYear(year), care: Care::Plain }
    }

    #[test]
    fn the_amount_is_what_a_reader_of_two_cards_finds() {
        for (fact, school, pinned, verdict) in [
            (Fact::Graduation, known(944, 2025), known(905, 2025), Verdict::Better(3)),
            (Fact::Graduation, known(944, 2025), known(935, 2025), Verdict::Same),
            (Fact::Graduation, known(944, 2025), known(944, 2024), Verdict::OtherYear),
            (Fact::Graduation, known(800, 2024), known(900, 2025), Verdict::OtherYear),
            (Fact::Graduation, known(800, 2025), known(900, 2025), Verdict::Worse(10)),
            (Fact::Absence, known(100, 2025), known(250, 2025), Verdict::Better(15)),
            (Fact::Dropout, known(55, 2025), known(44, 2025), Verdict::Worse(2)),
            (Fact::Math, known(-1_205, 2025), known(35, 2025), Verdict::Worse(125)),
            (Fact::Math, known(i16::MAX, 2025), known(i16::MIN, 2025), Verdict::Better(6_554)),
            (Fact::Graduation, Figure::Suppressed, known(900, 2025), Verdict::Unknown),
            (Fact::Graduation, known(900, 2025), Figure::NotReported, Verdict::Unknown),
            (Fact::Graduation, Figure::NotPublished, Figure::NotPublished, Verdict::Unknown),
        ] {
            assert_eq!(compare(fact, school, pinned), verdict);
        }
    }
}
