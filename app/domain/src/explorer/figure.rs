//! What is one published number, and when is it unknown?

use crate::plan::Day;
use serde::{Deserialize, Serialize};

/// A fact the state publishes for a school each year. The order is the order in which a card shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fact {
    /// Students of the cohort who graduated in four years, percent (CDE adjusted cohort graduation rate).
    Graduation,
    /// Graduates who met the UC and CSU course requirements, percent of diploma graduates (CDE).
    AgReady,
    /// Students who missed at least a tenth of their school days, percent (CDE).
    Absence,
    /// Completers who enrolled in any college within twelve months, percent (CDE; newest year is older).
    CollegeGoing,
    /// Students "prepared" on the state's College/Career Indicator, percent (California School Dashboard).
    CollegeCareer,
    /// Students suspended at least once, percent (CDE).
    Suspension,
    /// Students of the cohort who dropped out, percent (CDE).
    Dropout,
    /// Mean distance from the standard in English, points (California School Dashboard; in schools that also have
    /// middle grades it includes them).
    English,
    /// Mean distance from the standard in mathematics, points (as [`Fact::English`]).
    Math,
}

impl Fact {
    /// All facts, in card order. `Fact::ALL[f as usize] == f`.
    pub const ALL: [Fact; 9] = [
        Fact::Graduation,
        Fact::AgReady,
        Fact::Absence,
        Fact::CollegeGoing,
        Fact::CollegeCareer,
        Fact::Suspension,
        Fact::Dropout,
        Fact::English,
        Fact::Math,
    ];

    /// The word that stands for this fact in addresses, files and the database.
    pub const fn slug(self) -> &'static str {
        match self {
            Fact::Graduation => "graduation",
            Fact::AgReady => "a-g",
            Fact::Absence => "absence",
            Fact::CollegeGoing => "college-going",
            Fact::CollegeCareer => "college-career",
            Fact::Suspension => "suspension",
            Fact::Dropout => "dropout",
            Fact::English => "english",
            Fact::Math => "math",
        }
    }

    /// The fact that a [`slug`](Fact::slug) names.
    pub fn from_slug(slug: &str) -> Option<Fact> {
        Fact::ALL.into_iter().find(|fact| fact.slug() == slug)
    }

    /// Is a larger value the better one?
    pub const fn more_is_better(self) -> bool {
        !matches!(self, Fact::Absence | Fact::Suspension | Fact::Dropout)
    }

    /// Is the value a share of students (percent), rather than points?
    pub const fn is_share(self) -> bool {
        !matches!(self, Fact::English | Fact::Math)
    }
}

/// A school year, named by the calendar year it ends in: 2025 is 2024-25.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SchoolYear(pub u16);

impl SchoolYear {
    /// The school year of a day. One begins on July 1 (California Education Code, section 37200).
    pub fn of(day: Day) -> SchoolYear {
        SchoolYear(day.year().unsigned_abs() + u16::from(day.month() >= 7))
    }
}

impl std::fmt::Display for SchoolYear {
    /// Writes `2024-25`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:02}", self.0.saturating_sub(1), self.0 % 100)
    }
}

impl std::str::FromStr for SchoolYear {
    type Err = ();

    /// Reads `2024-25` and `2024-2025`; the two years must follow each other.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (start, end) = text.split_once('-').ok_or(())?;
        let start: u16 = start.parse().map_err(|_| ())?;
        let next = start.checked_add(1).ok_or(())?;
        let full = match end.len() {
            2 => end.parse::<u16>().map_err(|_| ())? == next % 100,
            4 => end.parse::<u16>().map_err(|_| ())? == next,
            _ => false,
        };
        if full && (1900..2200).contains(&start) { Ok(SchoolYear(next)) } else { Err(()) }
    }
}

/// What to keep in mind when reading a published value: the one thing that matters most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub enum Care {
    /// Nothing in particular.
    #[default]
    Plain,
    /// It rests on fewer than 30 students, so it moves a lot by chance.
    Few,
    /// A review of the published values found that it changed much in a year and may be a mistake.
    Doubted,
    /// It is not of the newest year: that one is hidden because too few students stand behind it.
    NewerHidden,
    /// It is not of the newest year, which the school did not report.
    NewerUnreported,
}

impl Care {
    /// All of them, mildest first. `Care::ALL[c as usize] == c`.
    pub const ALL: [Care; 5] =
        [Care::Plain, Care::Few, Care::Doubted, Care::NewerHidden, Care::NewerUnreported];
}

/// One number as published, or the reason why there is none. Never a made-up zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
pub enum Figure {
    /// A published value, in tenths (938 is 93.8), with the year it speaks of.
    Known {
        /// The value in tenths of a percent or of a point.
        tenths: i16,
        /// The school year it describes.
        year: SchoolYear,
        /// What to keep in mind when reading it.
        care: Care,
    },
    /// The state hides it because too few students stand behind it.
    Suppressed,
    /// The school did not report the data (its published value is a known error).
    NotReported,
    /// Nothing was published for this school.
    #[default]
    NotPublished,
}

impl Figure {
    /// The value in tenths, where it is known.
    pub const fn tenths(self) -> Option<i16> {
        match self {
            Figure::Known { tenths, .. } => Some(tenths),
            _ => None,
        }
    }

    /// The year, where the value is known.
    pub const fn year(self) -> Option<SchoolYear> {
        match self {
            Figure::Known { year, .. } => Some(year),
            _ => None,
        }
    }

    /// The value as a whole number, halves away from zero: "94 of 100".
    pub const fn whole(self) -> Option<i16> {
        match self {
            // Dividing first, since five more than the largest value would not fit.
            Figure::Known { tenths, .. } => Some(tenths / 10 + (tenths % 10) / 5),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Care, Fact, Figure, SchoolYear};
    use crate::plan::Day;

    #[test]
    fn a_school_year_begins_in_july() {
        for (day, year) in
            [((2026, 6, 30), 2026), ((2026, 7, 1), 2027), ((2026, 12, 31), 2027), ((2027, 1, 1), 2027)]
        {
            let day = Day::new(day.0, day.1, day.2).expect("a day of the calendar");
            assert_eq!(SchoolYear::of(day), SchoolYear(year), "{day:?}");
        }
    }

    #[test]
    fn what_to_keep_in_mind_stands_at_its_number() {
        for (at, care) in Care::ALL.into_iter().enumerate() {
            assert_eq!(care as usize, at);
        }
    }

    #[test]
    fn a_slug_names_its_fact_and_the_place_in_the_row() {
        for (at, fact) in Fact::ALL.into_iter().enumerate() {
            assert_eq!(fact as usize, at);
            assert_eq!(Fact::from_slug(fact.slug()), Some(fact));
        }
        assert_eq!(Fact::from_slug("stars"), None);
    }

    #[test]
    fn school_years_are_read_in_both_forms_and_only_when_they_follow_each_other() {
        for (text, year) in [
            ("2024-25", Some(2025)),
            ("2024-2025", Some(2025)),
            ("1999-00", Some(2000)),
            ("2024-26", None),
            ("2024-2026", None),
            ("2024-5", None),
            ("2024", None),
            ("24-25", None),
            ("65535-36", None),
            ("", None),
        ] {
            assert_eq!(text.parse().ok(), year.map(SchoolYear), "{text}");
        }
        assert_eq!(SchoolYear(2025).to_string(), "2024-25");
        assert_eq!(SchoolYear(2000).to_string(), "1999-00");
        assert_eq!(SchoolYear(0).to_string(), "0-00");
    }

    #[test]
    fn a_whole_rounds_halves_away_from_zero() {
        for (tenths, whole) in [
            (0, 0),
            (4, 0),
            (5, 1),
            (938, 94),
            (945, 95),
            (944, 94),
            (-4, 0),
            (-5, -1),
            (-75, -8),
            (-913, -91),
            (i16::MAX, 3_277),
            (i16::MIN, -3_277),
        ] {
            let figure = Figure::Known { tenths, year: SchoolYear(2025), care: Care::Plain };
            assert_eq!(figure.whole(), Some(whole), "{tenths}");
        }
        assert_eq!(Figure::Suppressed.whole(), None);
        assert_eq!(Figure::NotReported.tenths(), None);
        assert_eq!(Figure::default().year(), None);
    }
}
