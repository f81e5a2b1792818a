//! What is done, planned and left?

use super::course::{Class, Course, Grade, Standing, Subject, Year};
use super::plan::YearPlan;
use super::{A_TO_G, DIPLOMA};

/// What a plan amounts to, up to the end of some year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Toward the diploma.
    pub credits: Credits,
    /// Toward A-G: one for each of [`Subject::LIST`].
    pub subjects: [Share; 7],
}

/// Credits toward the diploma.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Credits {
    /// Of classes that are passed.
    pub earned: u16,
    /// Of classes that are planned.
    pub planned: u16,
    /// What is missing to [`DIPLOMA`] if all goes as planned.
    pub left: u16,
}

/// How much of one A-G subject, in half years. `done + planned + left == need`, always.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Share {
    /// What UC and CSU ask for.
    pub need: u16,
    /// Passed with a C or better, no more than is needed.
    pub done: u16,
    /// Planned, no more than is needed then.
    pub planned: u16,
    /// Neither.
    pub left: u16,
}

impl Share {
    fn new(need: u16, done: u16, planned: u16) -> Share {
        let done = done.min(need);
        let planned = planned.min(need - done);
        Share { need, done, planned, left: need - done - planned }
    }
}

impl Tally {
    /// The share of a subject; of what is not on the list, nothing.
    pub fn share(&self, subject: Subject) -> Share {
        self.subjects.get(subject as usize).copied().unwrap_or_default()
    }

    /// All of A-G together, in half years.
    pub fn college(&self) -> Share {
        let sum = |part: fn(&Share) -> u16| self.subjects.iter().map(part).sum();
        Share {
            need: 2 * A_TO_G,
            done: sum(|share| share.done),
            planned: sum(|share| share.planned),
            left: sum(|share| share.left),
        }
    }
}

impl YearPlan {
    /// What the plan amounts to as a whole.
    pub fn tally(&self) -> Tally {
        self.tally_through(Year::Twelfth)
    }

    /// What the plan amounts to at the end of a year.
    ///
    /// Classes of middle school count toward A-G but give no credits here: whether they do is a question to ask. A
    /// class with a level counts once.
    pub fn tally_through(&self, last: Year) -> Tally {
        let mut credits = (0_u16, 0_u16);
        let mut subjects = Subject::LIST.map(|subject| Share { need: subject.need(), ..Share::default() });
        let worth = u16::from(self.credits() / 2);
        for class in Class::all() {
            let of_class = |first: Year| {
                self.all()
                    .filter(move |(year, course)| (first..=last).contains(year) && course.class == class)
                    .map(|(_, course)| *course)
            };
            let (earned, planned) = count(of_class(Year::Ninth), class, Grade::for_diploma);
            credits.0 += earned * worth;
            credits.1 += planned * worth;
            if let Some(share) = subjects.get_mut(class.subject() as usize) {
                let (done, planned) = count(of_class(Year::Middle), class, Grade::for_college);
                share.done += done;
                share.planned += planned;
            }
        }
        Tally {
            credits: Credits {
                earned: credits.0,
                planned: credits.1,
                left: DIPLOMA.saturating_sub(credits.0 + credits.1),
            },
            subjects: subjects.map(|share| Share::new(share.need, share.done, share.planned)),
        }
    }
}

/// The half years of one class that are done, and those that are planned beyond, no more than the class can count.
fn count(courses: impl Iterator<Item = Course>, class: Class, standing: fn(Grade) -> Standing) -> (u16, u16) {
    let (mut done, mut planned) = (0, 0);
    for course in courses {
        match standing(course.grade) {
            Standing::Done => done += course.length.halves(),
            Standing::Planned => planned += course.length.halves(),
            Standing::Not => {}
        }
    }
    let done = done.min(class.most());
    (done, planned.min(class.most() - done))
}
