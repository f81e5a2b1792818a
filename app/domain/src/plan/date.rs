//! Which day is meant, and how surely?
//!
//! A date here is a day of the calendar in Los Angeles, never a moment: a deadline is the same day wherever the
//! device stands. Who has a moment turns it into such a day before asking.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A day of the calendar, between the years 1900 and 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Day(Date);

impl Day {
    /// The first day there is here.
    pub const FIRST: Day = Day(Date::constant(1900, 1, 1));

    /// The day of a year, month (1 to 12) and day of the month; none when the calendar has no such day.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Day> {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok().filter(|_| (1900..2200).contains(&year)).map(Day)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// The day of the week; 0 is Monday.
    pub fn weekday(self) -> u8 {
        self.0.weekday().to_monday_zero_offset().unsigned_abs()
    }

    /// How many days from this one to another; negative when the other is earlier.
    pub fn days_until(self, other: Day) -> i32 {
        i32::try_from(self.0.duration_until(other.0).as_hours() / 24).unwrap_or(0)
    }

    /// The next day; none at the end of 2199.
    pub fn tomorrow(self) -> Option<Day> {
        self.0.tomorrow().ok().filter(|next| next.year() < 2200).map(Day)
    }
}

impl fmt::Display for Day {
    /// As in `2026-11-13`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Day {
    type Err = ();

    /// Reads `2026-11-13`, and nothing else.
    fn from_str(text: &str) -> Result<Day, ()> {
        let [year, month, day] = numbers(text, [4, 2, 2]).ok_or(())?;
        i16::try_from(year).ok().and_then(|year| Day::new(year, low(month), low(day))).ok_or(())
    }
}

/// Numbers of fixed lengths with a hyphen between them.
fn numbers<const N: usize>(text: &str, lengths: [usize; N]) -> Option<[u16; N]> {
    let mut parts = text.split('-');
    let mut numbers = [0; N];
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let part = parts.next()?;
        if part.len() != length || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// A number of at most two digits; what is more becomes 255, which is no month and no day.
fn low(number: u16) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// Not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct NoDate;

impl TryFrom<u32> for Day {
    type Error = NoDate;

    fn try_from(packed: u32) -> Result<Day, NoDate> {
        let year = i16::try_from(packed / 10_000).map_err(|_| NoDate)?;
        let part = |number: u32| u8::try_from(number % 100).unwrap_or(u8::MAX);
        Day::new(year, part(packed / 100), part(packed)).ok_or(NoDate)
    }
}

impl From<Day> for u32 {
    fn from(day: Day) -> u32 {
        u32::from(day.year().unsigned_abs()) * 10_000 + u32::from(day.month()) * 100 + u32::from(day.day())
    }
}

/// A third of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The 1st to the 10th.
    Early,
    /// The 11th to the 20th.
    Mid,
    /// The 21st to the end.
    Late,
}

impl Part {
    /// All three, in order, with their words in the rule file.
    pub const ALL: [(Part, &'static str); 3] =
        [(Part::Early, "early"), (Part::Mid, "mid"), (Part::Late, "late")];
}

/// About when: a part of a month of which no exact day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Around {
    first: Day,
    part: Part,
}

impl Around {
    /// The part of a month; none when there is no such month.
    pub fn new(year: i16, month: u8, part: Part) -> Option<Around> {
        let first = match part {
            Part::Early => 1,
            Part::Mid => 11,
            Part::Late => 21,
        };
        Day::new(year, month, first).map(|first| Around { first, part })
    }

    /// Its year.
    pub fn year(self) -> i16 {
        self.first.year()
    }

    /// Its month, 1 to 12.
    pub fn month(self) -> u8 {
        self.first.month()
    }

    /// Its part of the month.
    pub const fn part(self) -> Part {
        self.part
    }

    /// The first day that could be meant.
    pub const fn first(self) -> Day {
        self.first
    }

    /// The last day that could be meant.
    pub fn last(self) -> Day {
        let day = match self.part {
            Part::Early => 10,
            Part::Mid => 20,
            Part::Late => self.first.0.days_in_month().unsigned_abs(),
        };
        Day::new(self.year(), self.month(), day).unwrap_or(self.first)
    }
}

impl FromStr for Around {
    type Err = ();

    /// Reads `2027-02 early`, and nothing else.
    fn from_str(text: &str) -> Result<Around, ()> {
        let (month, part) = text.split_once(' ').ok_or(())?;
        let (part, _) = *Part::ALL.iter().find(|(_, word)| *word == part).ok_or(())?;
        let [year, month] = numbers(month, [4, 2]).ok_or(())?;
        i16::try_from(year).ok().and_then(|year| Around::new(year, low(month), part)).ok_or(())
    }
}

impl TryFrom<u32> for Around {
    type Error = NoDate;

    fn try_from(packed: u32) -> Result<Around, NoDate> {
        let first = Day::try_from(packed)?;
        let part = match first.day() {
            1 => Part::Early,
            11 => Part::Mid,
            21 => Part::Late,
            _ => return Err(NoDate),
        };
        Ok(Around { first, part })
    }
}

impl From<Around> for u32 {
    fn from(around: Around) -> u32 {
        around.first.into()
    }
}

/// When something is to be done or happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum When {
    /// On this day.
    On(Day),
    /// From the first day to the last, both included.
    Between(Day, Day),
    /// About then.
    About(Around),
    /// From about then to about then.
    AboutBetween(Around, Around),
    /// From about then on, first come first served.
    ByOrder(Around),
    /// At any time.
    AnyTime,
    /// Each school sets its own date: ask it.
    EachSchool,
}

impl When {
    /// The first day that could be meant; none when no date is known.
    pub const fn first(self) -> Option<Day> {
        match self {
            When::On(day) | When::Between(day, _) => Some(day),
            When::About(around) | When::AboutBetween(around, _) | When::ByOrder(around) => {
                Some(around.first())
            }
            When::AnyTime | When::EachSchool => None,
        }
    }

    /// The last day that could be meant; none when there is no end, or none is known.
    pub fn last(self) -> Option<Day> {
        match self {
            When::On(day) | When::Between(_, day) => Some(day),
            When::About(around) | When::AboutBetween(_, around) => Some(around.last()),
            When::ByOrder(_) | When::AnyTime | When::EachSchool => None,
        }
    }

    /// Does it end before it begins?
    pub fn is_reversed(self) -> bool {
        matches!((self.first(), self.last()), (Some(first), Some(last)) if last < first)
    }
}
