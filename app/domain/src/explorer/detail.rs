//! What does the school page tell beyond the card?

use super::figure::{Fact, Figure, SchoolYear};
use super::school::Cds;
use serde::{Deserialize, Serialize};

/// Everything the school page shows that a card does not. All details travel in one file, fetched after the first view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Detail {
    /// The school it belongs to.
    pub cds: Cds,
    /// Street, city: "1500 East Fourth St., Los Angeles".
    pub address: String,
    /// Phone as Metro's GoPass listing has it (June 2026), or empty.
    pub phone: String,
    /// For each fact, up to three years, oldest first. A year that was hidden or not published stays in the list.
    pub years: Vec<Series>,
    /// Average class sizes (School Accountability Report Card).
    pub classes: Vec<ClassSize>,
    /// Students for each academic counselor, with its year.
    pub counselor: Option<(u16, SchoolYear)>,
    /// Teachers' mean years of experience in tenths, and the share of teachers in their first two years in percent.
    pub teachers: Option<Teachers>,
    /// Who studies there: share of students in tenths of a percent, 2025-26.
    pub groups: Vec<(Group, u16)>,
    /// Linked Learning Gold pathways, with the year of the certificate.
    pub pathways: Vec<(String, u16)>,
    /// Students in grades 9 to 12, of a school that has other grades too, with its year.
    pub upper: Option<(u32, SchoolYear)>,
    /// Applications from here to the University of California, where enough of them are published.
    pub applications: Option<Applications>,
    /// Students in grade 11 who met the state's standard, newest year; a subject that is missing was not published.
    pub met: Vec<Met>,
    /// Graduation and A-G of groups of students whom a school supports: English learners, students with disabilities.
    pub of_groups: Vec<GroupFigure>,
    /// The colors of the California School Dashboard, in the order of the page; its year is [`Details::dashboard`].
    ///
    /// [`Details::dashboard`]: super::catalogue::Details::dashboard
    pub colors: Vec<(Indicator, Color)>,
}

/// What became of applications to the nine undergraduate campuses of the University of California, pooled over three
/// years. One student can send several; who does not apply is not counted, so it says nothing of a school as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applications {
    /// Applications of which it is published what became of them.
    pub sent: u32,
    /// Those that were accepted.
    pub accepted: u32,
    /// The school year whose graduates are the last ones counted: 2025 for fall 2023 to fall 2025.
    pub year: SchoolYear,
}

impl Applications {
    /// Years that are pooled.
    pub const POOLED: u16 = 3;

    /// Accepted applications of every 100, halves up.
    pub const fn of_100(self) -> u32 {
        match self.sent {
            0 => 0,
            sent => (self.accepted * 200 + sent) / (sent * 2),
        }
    }
}

/// Students in grade 11 who met the state's standard in a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// English or mathematics.
    pub subject: Subject,
    /// Tenths of a percent of those who took the test.
    pub tenths: u16,
    /// Fewer than 30 took it.
    pub few: bool,
    /// Its year.
    pub year: SchoolYear,
}

/// A figure of one group of a school's students.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFigure {
    /// Whose.
    pub group: Group,
    /// Which fact.
    pub fact: Fact,
    /// The value.
    pub figure: Figure,
}

/// What the California School Dashboard colors. Order is the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Indicator {
    /// Graduation.
    Graduation,
    /// Prepared for college or a career.
    CollegeCareer,
    /// Chronic absence; only of schools that also have lower grades.
    Absence,
    /// Suspension.
    Suspension,
    /// English language arts.
    English,
    /// Mathematics.
    Math,
}

/// A color of the California School Dashboard, worst first. It joins the newest value with its change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Color {
    /// 1 of 5.
    Red,
    /// 2 of 5.
    Orange,
    /// 3 of 5.
    Yellow,
    /// 4 of 5.
    Green,
    /// 5 of 5.
    Blue,
}

impl Color {
    /// All of them, worst first.
    pub const ALL: [Color; 5] = [Color::Red, Color::Orange, Color::Yellow, Color::Green, Color::Blue];
}

/// One fact over the years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Which fact.
    pub fact: Fact,
    /// Year, figure and the number of students it rests on, oldest first.
    pub points: Vec<(SchoolYear, Figure, Option<u32>)>,
}

/// The average size of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassSize {
    /// Which classes.
    pub subject: Subject,
    /// Students in the average class.
    pub students: u16,
    /// Its year.
    pub year: SchoolYear,
}

impl ClassSize {
    /// Is it a class that a student would meet? An average of fewer than five students is mostly of support groups or
    /// online classes, or a mistake.
    pub const fn is_usual(self) -> bool {
        self.students >= 5
    }
}

/// Subjects of which class sizes are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Subject {
    /// English language arts.
    English,
    /// Mathematics.
    Math,
    /// Science.
    Science,
    /// History and social science.
    SocialScience,
}

/// How experienced the teachers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Teachers {
    /// Mean years of teaching, in tenths.
    pub tenths_of_years: u16,
    /// Teachers in their first or second year, of every 100.
    pub new_of_100: u8,
    /// Its year.
    pub year: SchoolYear,
}

/// Groups of students whose share is published. Order is the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Group {
    /// English learners.
    EnglishLearner,
    /// Students with disabilities.
    Disability,
    /// Eligible for free or reduced-price meals.
    Meals,
    /// In foster care.
    Foster,
    /// Without a stable home.
    Homeless,
    /// Hispanic or Latino.
    Hispanic,
    /// African American.
    AfricanAmerican,
    /// Asian.
    Asian,
    /// White.
    White,
    /// Filipino.
    Filipino,
    /// American Indian.
    AmericanIndian,
    /// Pacific Islander.
    PacificIslander,
    /// Two or more races.
    TwoOrMore,
}

/// A value of the state or the county, to read a school's figure against.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// State or county.
    pub level: Level,
    /// Which fact.
    pub fact: Fact,
    /// Which year.
    pub year: SchoolYear,
    /// The value in tenths.
    pub tenths: i16,
}

/// What a reference line speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// All of California.
    State,
    /// All of Los Angeles County.
    County,
}

/// A published file that figures come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The identifier the data files use: `cde_acgr_2024_25`.
    pub id: String,
    /// What a person can look up: "CDE Adjusted Cohort Graduation Rate, 2024-25".
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The facts and years it is the source of.
    pub covers: Vec<(Fact, SchoolYear)>,
}
