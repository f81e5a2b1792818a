//! What should be said about a plan?

use super::BEFORE_SENIOR;
use super::course::{Grade, Standing, Subject, Year};
use super::plan::YearPlan;

/// Something to say about a plan as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// No class is in it yet.
    Empty,
    /// How far it leads toward A-G.
    College(Reach),
    /// How far it leads toward the diploma; what is left is in credits.
    Diploma(Reach),
    /// How many A-G classes lie before grade 12.
    BeforeSenior {
        /// In half years, done or planned.
        halves: u16,
        /// Are these as many as UC and CSU ask for?
        enough: bool,
    },
    /// More classes than fit into a year.
    Overfull {
        /// The year.
        year: Year,
        /// Half years too many.
        halves: u16,
    },
}

/// How far a plan leads toward a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of it is done.
    Done,
    /// All of it is done or planned.
    Planned,
    /// This much is neither: half years of A-G, credits of the diploma.
    Left(u16),
}

impl Reach {
    fn new(planned: u16, left: u16) -> Reach {
        match (planned, left) {
            (_, 1..) => Reach::Left(left),
            (1.., 0) => Reach::Planned,
            (0, 0) => Reach::Done,
        }
    }
}

/// Something to say about one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CourseNote {
    /// A D: it counts for the diploma, but not for UC and CSU. `again` when the same class stands in the plan with a
    /// grade that counts, or without one yet. A class without a level is never known to be the same.
    BelowC {
        /// Is it in the plan again?
        again: bool,
    },
    /// An F: it counts for nothing.
    Failed {
        /// Is it in the plan again?
        again: bool,
    },
    /// A pass: it counts for the diploma; whether UC and CSU take it is a question to ask.
    Pass,
    /// The same class stands in the plan more than once, and counts once.
    Twice,
    /// From middle school: it can count toward A-G.
    Middle,
}

impl YearPlan {
    /// What to say about the plan as a whole, what matters most first.
    pub fn remarks(&self) -> Vec<Remark> {
        if self.is_empty() {
            return vec![Remark::Empty];
        }
        let tally = self.tally();
        let (college, credits) = (tally.college(), tally.credits);
        let planned = super::DIPLOMA.saturating_sub(credits.earned + credits.left);
        let before = self.before_senior();
        let mut remarks = vec![
            Remark::College(Reach::new(college.planned, college.left)),
            Remark::Diploma(Reach::new(planned, credits.left)),
            Remark::BeforeSenior { halves: before, enough: before >= 2 * BEFORE_SENIOR },
        ];
        remarks.extend(Year::ALL.into_iter().filter_map(|year| {
            let halves = self.overfull(year);
            (halves > 0).then_some(Remark::Overfull { year, halves })
        }));
        remarks
    }

    /// A-G classes before grade 12, done or planned, in half years; no more of a subject than is asked for.
    pub fn before_senior(&self) -> u16 {
        let before = self.tally_through(Year::Eleventh).college();
        before.done + before.planned
    }

    /// What to say about a class of a year, if anything.
    pub fn note(&self, year: Year, at: usize) -> Option<CourseNote> {
        let course = self.courses(year).get(at)?;
        let listed = course.class.subject() != Subject::Other;
        let counting: u16 = self
            .all()
            .filter(|(_, other)| other.class == course.class && other.grade.for_college() != Standing::Not)
            .map(|(_, other)| other.length.halves())
            .sum();
        let again = course.class.level().is_some() && counting > 0;
        match course.grade {
            Grade::F => Some(CourseNote::Failed { again }),
            Grade::D if listed => Some(CourseNote::BelowC { again }),
            Grade::Pass if listed => Some(CourseNote::Pass),
            _ if counting > course.class.most() => Some(CourseNote::Twice),
            _ if year == Year::Middle => Some(CourseNote::Middle),
            _ => None,
        }
    }
}
