//! What is one class of a plan, and what does its grade count for?

use super::GRADUATION;
use crate::explorer::figure::SchoolYear;

/// When a class is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Year {
    /// Grades 7 and 8.
    Middle,
    /// Grade 9.
    Ninth,
    /// Grade 10.
    Tenth,
    /// Grade 11.
    Eleventh,
    /// Grade 12, the senior year.
    Twelfth,
}

impl Year {
    /// All of them, in order. `Year::ALL[y as usize] == y`.
    pub const ALL: [Year; 5] = [Year::Middle, Year::Ninth, Year::Tenth, Year::Eleventh, Year::Twelfth];

    /// The word that stands for it in the address.
    pub const fn slug(self) -> &'static str {
        match self {
            Year::Middle => "m",
            Year::Ninth => "9",
            Year::Tenth => "10",
            Year::Eleventh => "11",
            Year::Twelfth => "12",
        }
    }

    /// The year that a [`slug`](Year::slug) names.
    pub fn from_slug(slug: &str) -> Option<Year> {
        Year::ALL.into_iter().find(|year| year.slug() == slug)
    }

    /// The school year of a high school grade, for an 8th grader of 2026-27.
    pub const fn school_year(self) -> Option<SchoolYear> {
        match self {
            Year::Middle => None,
            Year::Ninth => Some(SchoolYear(GRADUATION - 3)),
            Year::Tenth => Some(SchoolYear(GRADUATION - 2)),
            Year::Eleventh => Some(SchoolYear(GRADUATION - 1)),
            Year::Twelfth => Some(SchoolYear(GRADUATION)),
        }
    }

    /// Can this class count when it is taken in this year? From middle school only math and a language can.
    pub const fn takes(self, class: Class) -> bool {
        !matches!(self, Year::Middle) || matches!(class.subject, Subject::Math | Subject::Language)
    }
}

/// The seven subjects of the A-G list, and everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A: history.
    History,
    /// B: English.
    English,
    /// C: math.
    Math,
    /// D: science with a lab.
    Science,
    /// E: a language other than English.
    Language,
    /// F: arts.
    Arts,
    /// G: an elective of the list.
    Elective,
    /// Not on the list; it counts for the diploma only.
    Other,
}

impl Subject {
    /// A to G. `Subject::LIST[s as usize] == s`.
    pub const LIST: [Subject; 7] = [
        Subject::History,
        Subject::English,
        Subject::Math,
        Subject::Science,
        Subject::Language,
        Subject::Arts,
        Subject::Elective,
    ];

    /// Its letter in the address: `a` to `g`, and `o` for what is not on the list.
    pub const fn letter(self) -> u8 {
        match self {
            Subject::Other => b'o',
            listed => b'a' + listed as u8,
        }
    }

    /// How much of it UC and CSU ask for, in half years.
    pub const fn need(self) -> u16 {
        2 * match self {
            Subject::English => 4,
            Subject::Math => 3,
            Subject::History | Subject::Science | Subject::Language => 2,
            Subject::Arts | Subject::Elective => 1,
            Subject::Other => 0,
        }
    }

    /// Do its classes follow each other, so that it matters which one is taken?
    pub const fn has_levels(self) -> bool {
        matches!(self, Subject::Math | Subject::Language)
    }
}

/// Which class: a subject and, for math and languages, where it stands in the row that follows each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    subject: Subject,
    level: u8,
}

impl Class {
    /// The highest level: the fourth class in a row.
    pub const TOP: u8 = 4;

    /// A class of a subject without a level.
    pub const fn of(subject: Subject) -> Class {
        Class { subject, level: 0 }
    }

    /// A class of a subject at a level from 1 to [`TOP`](Class::TOP): Algebra 1 is the first of math. None where the
    /// subject has no levels or not this one.
    pub const fn at_level(subject: Subject, level: u8) -> Option<Class> {
        if subject.has_levels() && level >= 1 && level <= Class::TOP {
            Some(Class { subject, level })
        } else {
            None
        }
    }

    /// Every class, in the order of the list.
    pub fn all() -> impl Iterator<Item = Class> {
        Subject::LIST.into_iter().chain([Subject::Other]).flat_map(|subject| {
            let levels = (1..=Class::TOP).filter_map(move |level| Class::at_level(subject, level));
            levels.chain([Class::of(subject)])
        })
    }

    /// Its subject.
    pub const fn subject(self) -> Subject {
        self.subject
    }

    /// Where it stands among the classes that follow each other, from 1.
    pub const fn level(self) -> Option<u8> {
        if self.level == 0 { None } else { Some(self.level) }
    }

    /// How it stands in an address: `b`, `c2`.
    pub fn slug(self) -> String {
        let mut out = String::from(char::from(self.subject.letter()));
        if self.level > 0 {
            out.push(char::from(b'0' + self.level));
        }
        out
    }

    /// The class that a [`slug`](Class::slug) names.
    pub fn from_slug(slug: &str) -> Option<Class> {
        Class::all().find(|class| class.slug() == slug)
    }

    /// Most half years of it that count: a class with a level counts once, however often it is taken.
    pub(super) const fn most(self) -> u16 {
        if self.level > 0 { 2 } else { u16::MAX }
    }
}

/// How long a class lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Length {
    /// The whole year.
    #[default]
    Year,
    /// One semester.
    Half,
}

impl Length {
    /// Both.
    pub const ALL: [Length; 2] = [Length::Year, Length::Half];

    /// In half years.
    pub const fn halves(self) -> u16 {
        match self {
            Length::Year => 2,
            Length::Half => 1,
        }
    }

    /// How it stands in a form: `y` or `h`.
    pub const fn slug(self) -> &'static str {
        match self {
            Length::Year => "y",
            Length::Half => "h",
        }
    }
}

/// What a class counts for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Done,
    /// It will, if it goes well.
    Planned,
    /// It does not.
    Not,
}

/// The grade of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Grade {
    /// None yet.
    #[default]
    Planned,
    /// Not passed.
    F,
    /// Passed for the diploma, not for UC and CSU.
    D,
    /// Passed without a letter. Counted like a D: the rule asks for a C, and a pass does not say that it was one.
    Pass,
    /// The least that counts for UC and CSU.
    C,
    /// B.
    B,
    /// A.
    A,
}

impl Grade {
    /// All of them, in the order of a form.
    pub const ALL: [Grade; 7] =
        [Grade::Planned, Grade::A, Grade::B, Grade::C, Grade::D, Grade::F, Grade::Pass];

    /// How it stands in an address; empty while planned.
    pub const fn slug(self) -> &'static str {
        match self {
            Grade::Planned => "",
            Grade::A => "A",
            Grade::B => "B",
            Grade::C => "C",
            Grade::D => "D",
            Grade::F => "F",
            Grade::Pass => "P",
        }
    }

    /// The grade that a [`slug`](Grade::slug) names.
    pub fn from_slug(slug: &str) -> Option<Grade> {
        Grade::ALL.into_iter().find(|grade| grade.slug() == slug)
    }

    /// What it counts for the diploma, where a D passes.
    pub const fn for_diploma(self) -> Standing {
        match self {
            Grade::Planned => Standing::Planned,
            Grade::F => Standing::Not,
            _ => Standing::Done,
        }
    }

    /// What it counts for UC and CSU, which ask for a C or better.
    pub const fn for_college(self) -> Standing {
        match self {
            Grade::Planned => Standing::Planned,
            Grade::F | Grade::D | Grade::Pass => Standing::Not,
            Grade::C | Grade::B | Grade::A => Standing::Done,
        }
    }
}

/// One class of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// Which class.
    pub class: Class,
    /// How long it lasts.
    pub length: Length,
    /// Its grade.
    pub grade: Grade,
}

impl Course {
    /// A class that is planned for a whole year.
    pub const fn planned(class: Class) -> Course {
        Course { class, length: Length::Year, grade: Grade::Planned }
    }
}
