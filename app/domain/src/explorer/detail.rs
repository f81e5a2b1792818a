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
