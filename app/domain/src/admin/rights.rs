//! What may a person ask about their own record, and by when must it be done?
//!
//! Moments are milliseconds since 1970-01-01 UTC, as the server's clock gives them.

use super::Retention;
use crate::address::words;
use crate::people::{Band, Role, name};
use crate::plan::Day;
use crate::policy::Action;
use std::fmt;
use std::str::FromStr;

/// A day in milliseconds.
pub const DAY: i64 = 86_400_000;

/// How long a deletion can be taken back, by whoever may ask for it.
pub const COOLING_OFF: i64 = 7 * DAY;

/// Within this time after a student left, what is kept about them is gone (AB 801, Business and Professions Code
/// 22584).
pub const GONE_AFTER_LEAVING: i64 = 60 * DAY;

/// Most characters of what somebody says is wrong.
pub const WORDS_MOST: usize = 300;

/// Most characters of one name.
pub const NAME_MOST: usize = 80;

/// Corrections of one record that may wait for an answer at the same time.
pub const OPEN_MOST: usize = 6;

/// What can be said to be wrong in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// What they are called.
    GivenName,
    /// The name of the family.
    FamilyName,
    /// The birth date, which is shown to nobody.
    BirthDate,
    /// The language of letters and pages.
    Language,
    /// The class or school.
    Class,
    /// Anything else, in words.
    Other,
}

words! { Field {
    GivenName = "given-name", FamilyName = "family-name", BirthDate = "birth-date", Language = "language",
    Class = "class", Other = "other",
} }

/// What should stand there instead, once it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A name.
    Name(String),
    /// A birth date.
    Born(Day),
    /// `en` or `es`.
    Tongue(&'static str),
    /// Words for a person to read.
    Words(String),
}

/// Why what was typed cannot be wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NotWanted {
    /// Nothing was typed.
    #[error("nothing was typed")]
    Empty,
    /// More was typed than is read.
    #[error("that is too long")]
    TooLong,
    /// No day of the calendar, or one on which nobody here can have been born.
    #[error("that is no birth date")]
    NoBirthDate,
    /// No language that there is.
    #[error("there is no such language")]
    NoLanguage,
}

impl Wanted {
    /// Reads what was typed for a field.
    ///
    /// # Errors
    /// [`NotWanted`], for the person to mend it.
    pub fn read(field: Field, typed: &str, today: Day) -> Result<Wanted, NotWanted> {
        let typed = name::shown(typed);
        let most = if matches!(field, Field::GivenName | Field::FamilyName) { NAME_MOST } else { WORDS_MOST };
        match typed.chars().count() {
            0 => return Err(NotWanted::Empty),
            count if count > most => return Err(NotWanted::TooLong),
            _ => {}
        }
        match field {
            Field::GivenName | Field::FamilyName if !name::is_visible(&typed) => Err(NotWanted::Empty),
            Field::GivenName | Field::FamilyName => Ok(Wanted::Name(typed)),
            Field::Class | Field::Other => Ok(Wanted::Words(typed)),
            Field::Language => {
                let tongue = ["en", "es"].into_iter().find(|tongue| *tongue == typed);
                tongue.map(Wanted::Tongue).ok_or(NotWanted::NoLanguage)
            }
            Field::BirthDate => {
                let born = typed.parse().ok().filter(|born: &Day| *born < today);
                born.map(Wanted::Born).ok_or(NotWanted::NoBirthDate)
            }
        }
    }
}

impl fmt::Display for Wanted {
    /// As it is kept until it is answered, and as [`Wanted::read`] reads it again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wanted::Name(text) | Wanted::Words(text) => f.write_str(text),
            Wanted::Born(day) => day.fmt(f),
            Wanted::Tongue(tongue) => f.write_str(tongue),
        }
    }
}

/// Why a correction is refused: a closed list, so that no answer holds what does not belong there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// It stands there as asked.
    AlreadySo,
    /// It comes from the school's own register; the school changes it first.
    SchoolRegister,
    /// A paper is needed that shows it.
    PaperNeeded,
    /// It is not clear what should stand there.
    Unclear,
}

words! { Why {
    AlreadySo = "already-so", SchoolRegister = "school-register", PaperNeeded = "paper-needed", Unclear = "unclear",
} }

/// What came of a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// It stands there now.
    Done,
    /// It does not, and why.
    Refused(Why),
}

impl Answer {
    /// The word it is kept by; the reason is kept beside it.
    pub const fn slug(self) -> &'static str {
        match self {
            Answer::Done => "done",
            Answer::Refused(_) => "refused",
        }
    }
}

/// Must somebody else answer what this person says about themselves? The names of students and mentors are what a
/// school's register and a screening stand on; everybody else says what they are called.
pub fn is_answered(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::Student | Role::Mentor))
}

/// Why a record must not be deleted for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hold {
    /// A court asks for it.
    Court,
    /// A report about safety was made (Penal Code 11166).
    Report,
    /// A complaint is being looked into.
    Complaint,
    /// A public body asks for records.
    RecordsRequest,
}

words! { Hold {
    Court = "court", Report = "report", Complaint = "complaint", RecordsRequest = "records-request",
} }

/// Who set a deletion going.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The person or a guardian.
    Asked,
    /// Nobody: the student has left.
    Left,
}

words! { Cause { Asked = "asked", Left = "left" } }

/// Is a deletion as good as agreed to when it is asked for? Rights are the family's until 18: what a student asks for
/// before waits for an adult, since whoever holds the card could ask.
pub const fn is_agreed(own: bool, student: bool, band: Option<Band>) -> bool {
    !own || !student || matches!(band, Some(Band::Adult))
}

/// What is known of a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Deletion {
    /// From then on it may be done.
    pub due_at: i64,
    /// A student under 18 asked, and no adult of the family has agreed.
    pub wished: bool,
    /// How it ended, if it has.
    pub end: Option<End>,
    /// A legal hold is on the record.
    pub held: bool,
}

/// How a deletion ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Somebody took it back.
    TakenBack,
    /// It was done.
    Done,
}

/// How far a deletion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// An adult of the family has to agree.
    Wished,
    /// It can be taken back.
    CoolingOff,
    /// It would be done, but the law asks to keep the record.
    Held,
    /// The next run of the job does it.
    Due,
    /// It does not happen.
    TakenBack,
    /// It happened.
    Done,
}

impl Deletion {
    /// How far it is at a moment.
    pub const fn stage(self, now: i64) -> Stage {
        match self.end {
            Some(End::Done) => Stage::Done,
            Some(End::TakenBack) => Stage::TakenBack,
            None if self.wished => Stage::Wished,
            None if now < self.due_at => Stage::CoolingOff,
            None if self.held => Stage::Held,
            None => Stage::Due,
        }
    }

    /// Whether it can still be taken back: until it is done.
    pub const fn can_be_taken_back(self) -> bool {
        self.end.is_none()
    }
}

/// When a deletion that is asked for now is due.
pub const fn due_at(asked_at: i64) -> i64 {
    asked_at.saturating_add(COOLING_OFF)
}

/// The number of a deletion, by which its receipt is found: twelve digits, which say nothing about anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number(u64);

/// Not twelve digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the number of a receipt has twelve digits, such as 4821-0937-5526")]
pub struct NoNumber;

impl Number {
    /// How many there are.
    pub const COUNT: u64 = 1_000_000_000_000;

    /// Of a number that was drawn elsewhere: nothing here is random.
    pub const fn new(drawn: u64) -> Number {
        Number(drawn % Number::COUNT)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:04}-{:04}", self.0 / 100_000_000, self.0 / 10_000 % 10_000, self.0 % 10_000)
    }
}

impl FromStr for Number {
    type Err = NoNumber;

    /// Reads it with or without dashes and spaces.
    fn from_str(text: &str) -> Result<Number, NoNumber> {
        let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        if digits.len() != 12 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(NoNumber);
        }
        digits.parse().map(Number).map_err(|_| NoNumber)
    }
}

/// What is kept for a time only, by the clock that runs over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Invitations that were used or ran out.
    Invitations,
    /// Codes for guardians that were used or ran out.
    FamilyCodes,
    /// Rows of a roster that were not taken in.
    RosterProblems,
    /// Notices that were sent or given up.
    Notices,
    /// Students without any role.
    LeftStudents,
    /// What was done and read.
    Audit,
}

impl Class {
    /// All of them, in the order in which a run goes through them.
    pub const ALL: [Class; 6] = [
        Class::Invitations,
        Class::FamilyCodes,
        Class::RosterProblems,
        Class::Notices,
        Class::LeftStudents,
        Class::Audit,
    ];

    /// How long it is kept once it is of no more use, in milliseconds.
    ///
    /// Of a student who left, the time until the deletion is asked for, so that it is done in time.
    pub fn kept_for(self) -> i64 {
        let class = match self {
            Class::Invitations | Class::FamilyCodes => Retention::Link,
            Class::RosterProblems => Retention::Roster,
            Class::Notices => Retention::Notice,
            Class::LeftStudents => return GONE_AFTER_LEAVING - COOLING_OFF,
            Class::Audit => Retention::Audit,
        };
        i64::from(class.rule().days) * DAY
    }

    /// What came to its end at or before this moment goes now.
    pub fn cut(self, now: i64) -> i64 {
        now.saturating_sub(self.kept_for())
    }
}

/// What counts as reading a student's record, of all that the audit notes. Who answers a correction has read it.
pub const READS: [Action; 5] = [
    Action::SeeStudent,
    Action::SeeFamily,
    Action::SeeScreening,
    Action::AnswerCorrection,
    Action::ExportRecord,
];

/// Does a family see that somebody in this role read their child's record? A safety officer may have to look into
/// what happens at home, so those reads are seen by safety officers only.
pub const fn is_shown_to_family(reader: Role) -> bool {
    !matches!(reader, Role::Safety)
}

#[cfg(test)]
mod tests;
