//! Which classes does a student plan in which year?

use super::course::{Course, Year};

/// A plan of four years, with what middle school brings along.
///
/// The order of the classes in a year is the student's own; nothing that is counted depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearPlan {
    years: [Vec<Course>; 5],
    credits: u8,
    room: u8,
}

impl Default for YearPlan {
    fn default() -> YearPlan {
        YearPlan { years: Default::default(), credits: YearPlan::CREDITS, room: YearPlan::ROOM }
    }
}

impl YearPlan {
    /// Most classes in one year of a plan.
    pub const MOST: usize = 12;

    /// Credits of a year-long class, unless the student says otherwise. An assumption to be asked about.
    pub const CREDITS: u8 = 10;

    /// Most credits of a year-long class that a student can say.
    pub const CREDITS_MOST: u8 = 20;

    /// Classes that fit into a year at a time, unless the student says otherwise: the fewest with which 210 credits
    /// fit into four years at [`CREDITS`](YearPlan::CREDITS) each. An assumption to be asked about.
    pub const ROOM: u8 = 6;

    /// Fewest and most classes at a time that a student can say.
    pub const ROOMS: std::ops::RangeInclusive<u8> = 4..=10;

    /// The classes of a year, in the student's order.
    pub fn courses(&self, year: Year) -> &[Course] {
        &self.years[year as usize]
    }

    /// All classes with their year.
    pub fn all(&self) -> impl Iterator<Item = (Year, &Course)> {
        Year::ALL.into_iter().flat_map(|year| self.courses(year).iter().map(move |course| (year, course)))
    }

    /// Is no class in it?
    pub fn is_empty(&self) -> bool {
        self.years.iter().all(Vec::is_empty)
    }

    /// Credits of a year-long class; a half year gives half of them. Even, so that a half is whole.
    pub const fn credits(&self) -> u8 {
        self.credits
    }

    /// Sets the credits of a year-long class. `false`, and nothing changes, unless they are even and from 2 to
    /// [`CREDITS_MOST`](YearPlan::CREDITS_MOST).
    pub fn set_credits(&mut self, credits: u8) -> bool {
        let fits = (2..=YearPlan::CREDITS_MOST).contains(&credits) && credits.is_multiple_of(2);
        if fits {
            self.credits = credits;
        }
        fits
    }

    /// Classes that fit into a year at a time.
    pub const fn room(&self) -> u8 {
        self.room
    }

    /// Sets how many classes fit into a year at a time. `false`, and nothing changes, outside
    /// [`ROOMS`](YearPlan::ROOMS).
    pub fn set_room(&mut self, room: u8) -> bool {
        let fits = YearPlan::ROOMS.contains(&room);
        if fits {
            self.room = room;
        }
        fits
    }

    /// Adds a class at the end of a year. `false`, and nothing changes, when the year is full or cannot take it.
    pub fn add(&mut self, year: Year, course: Course) -> bool {
        let courses = &mut self.years[year as usize];
        let fits = courses.len() < YearPlan::MOST && year.takes(course.class);
        if fits {
            courses.push(course);
        }
        fits
    }

    /// How much of a year's room its classes fill, in half years.
    pub fn filled(&self, year: Year) -> u16 {
        self.courses(year).iter().map(|course| course.length.halves()).sum()
    }

    /// By how many half years a high school year is fuller than it can be; 0 where it fits.
    pub fn overfull(&self, year: Year) -> u16 {
        if year == Year::Middle { 0 } else { self.filled(year).saturating_sub(2 * u16::from(self.room)) }
    }
}
