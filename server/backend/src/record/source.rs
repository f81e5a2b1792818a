//! Which published files do the figures come from?

use super::Record;
use crate::database::Conn;
use crate::database::query::{fetch_all, insert_all};
use crate::fault::Fault;
use domain::explorer::figure::{Fact, SchoolYear};
use serde::{Deserialize, Serialize};

/// A published file.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, Serialize, Deserialize)]
pub(crate) struct SourceRow {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) publisher: String,
}

/// The data sets of the California Department of Education: what their identifiers begin with, and their names.
const CDE: [(&str, &str); 17] = [
    ("cde_acgr_", "Adjusted Cohort Graduation Rate and Outcome Data"),
    ("cde_chronic_absenteeism_", "Chronic Absenteeism Data"),
    ("cde_suspension_", "Suspension Data"),
    ("cde_cci_", "College/Career Indicator, California School Dashboard"),
    ("cde_college_going_12_month_", "College-Going Rate, 12 months"),
    ("cde_academic_indicator_ela_", "Academic Indicator, English Language Arts, California School Dashboard"),
    ("cde_academic_indicator_math_", "Academic Indicator, Mathematics, California School Dashboard"),
    ("cde_sarc_secondary_class_size_", "School Accountability Report Card, Average Class Size (Secondary)"),
    ("cde_sarc_elementary_class_size_", "School Accountability Report Card, Average Class Size (Elementary)"),
    ("cde_sarc_counselor_ratio_", "School Accountability Report Card, Pupils per Academic Counselor"),
    ("cde_sarc_support_staff_", "School Accountability Report Card, Support Staff"),
    ("cde_sarc_teacher_preparation_", "School Accountability Report Card, Teacher Preparation"),
    ("cde_staff_experience_", "Staff Experience Data"),
    ("cde_public_schools_", "California Public Schools"),
    ("cde_caaspp_grade_11_", "Smarter Balanced Summative Assessments (CAASPP), Grade 11"),
    ("cde_dashboard_colors_", "California School Dashboard, Performance Colors"),
    ("cde_calpads_upc_", "CALPADS Unduplicated Pupil Count, Grades 9 to 12"),
];

impl SourceRow {
    /// The data set of the state that an identifier such as `cde_acgr_2024_25` names; none if it is not known.
    pub(crate) fn cde(id: &str) -> Option<SourceRow> {
        let (start, name) = CDE.iter().find(|(start, _)| id.starts_with(start))?;
        let year: SchoolYear = id[start.len()..].replacen('_', "-", 1).parse().ok()?;
        Some(SourceRow {
            id: id.to_owned(),
            title: format!("CDE {name}, {year}"),
            publisher: "California Department of Education".to_owned(),
        })
    }

    /// A source that is not the state's, until the reviewed table of sources gives it its title.
    pub(crate) fn other(id: &str) -> SourceRow {
        let (title, publisher) = match id {
            METRO_GOPASS => ("LA Metro GoPass participating schools", "LA Metro"),
            METRO_RAIL => ("LA Metro rail stations (GTFS)", "LA Metro"),
            ZIPCODES => ("ZIP code centroids", "Python package zipcodes"),
            LINKED_LEARNING => ("Gold certified pathways", "Linked Learning Alliance"),
            UC_SOURCE_SCHOOLS => ("Admissions by source school", "University of California"),
            AG_BY_YEAR => (
                "CDE A-G completion by year, 2016-17 to 2024-25, as uc-high-school-admissions republishes it",
                "California Department of Education",
            ),
            AG_REVIEW => ("Review of impossible A-G values", "Hart-Hornor-Jones, uc-high-school-admissions"),
            _ => (id, ""),
        };
        SourceRow { id: id.to_owned(), title: title.to_owned(), publisher: publisher.to_owned() }
    }
}

/// LA Metro's listing of GoPass schools.
pub(crate) const METRO_GOPASS: &str = "metro_gopass";
/// The stations of LA Metro's rail timetable.
pub(crate) const METRO_RAIL: &str = "metro_gtfs_rail";
/// Centres of ZIP codes.
pub(crate) const ZIPCODES: &str = "zipcodes";
/// Linked Learning Alliance posts.
pub(crate) const LINKED_LEARNING: &str = "linked_learning_gold";
/// The University of California's counts of applicants by high school.
pub(crate) const UC_SOURCE_SCHOOLS: &str = "uc_source_schools";
/// A-G of many years, taken from the state's files by others.
pub(crate) const AG_BY_YEAR: &str = "hhj_ag_by_year";
/// The review that found impossible A-G values.
pub(crate) const AG_REVIEW: &str = "hhj_ag_review";

/// The identifier of the directory of a school year.
pub(crate) fn directory_source(year: SchoolYear) -> String {
    dataset("cde_public_schools", year)
}

/// The identifier of the data set in which the state publishes a fact for a year.
pub(crate) fn fact_source(fact: Fact, year: SchoolYear) -> String {
    let name = match fact {
        Fact::Graduation | Fact::AgReady | Fact::Dropout => "cde_acgr",
        Fact::Absence => "cde_chronic_absenteeism",
        Fact::CollegeGoing => "cde_college_going_12_month",
        Fact::CollegeCareer => "cde_cci",
        Fact::Suspension => "cde_suspension",
        Fact::English => "cde_academic_indicator_ela",
        Fact::Math => "cde_academic_indicator_math",
    };
    dataset(name, year)
}

/// The identifier of a data set of the state for a year: `cde_acgr_2024_25`.
pub(crate) fn dataset(name: &str, year: SchoolYear) -> String {
    format!("{name}_{}_{:02}", year.0 - 1, year.0 % 100)
}

impl Record for SourceRow {
    const WORD: &'static str = "source";

    fn key(&self) -> String {
        self.id.clone()
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![("title", self.title.clone()), ("publisher", self.publisher.clone())]
    }

    async fn all(conn: &mut Conn<'_>) -> Result<Vec<Self>, Fault> {
        fetch_all!(conn, SourceRow, "select id, title, publisher from source order by id")
    }

    async fn save(conn: &mut Conn<'_>, rows: &[Self]) -> Result<(), Fault> {
        insert_all!(
            conn,
            "insert into source (id, title, publisher)",
            rows,
            |row| [&row.id, &row.title, &row.publisher],
            "on conflict (id) do update set title = excluded.title, publisher = excluded.publisher"
        )
        .map(drop)
    }
}
