//! Which figures are published, of schools and of what they are read against?

use super::{Record, decimal, shown};
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, insert_all};
use crate::fault::Fault;

/// One published number of a school, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(crate) struct FactRow {
    pub(crate) cds: String,
    /// A fact's slug, or one of [`metric`].
    pub(crate) metric: String,
    /// A subject or a group; empty for all students.
    pub(crate) dimension: String,
    pub(crate) school_year: i64,
    pub(crate) tenths: Option<i64>,
    pub(crate) numerator: Option<i64>,
    pub(crate) denominator: Option<i64>,
    pub(crate) status: String,
    pub(crate) source: String,
}

/// Metrics besides the facts of the card.
pub(crate) mod metric {
    /// Average class size; the dimension is the subject.
    pub(crate) const CLASS_SIZE: &str = "class-size";
    /// Students for each academic counselor.
    pub(crate) const COUNSELOR: &str = "counselor-ratio";
    /// Teachers: `years` (mean experience), `new` (in their first two years).
    pub(crate) const TEACHERS: &str = "teachers";
    /// Share of students; the dimension is the group.
    pub(crate) const GROUP: &str = "group";
    /// Applications to the University of California and their rate; the dimension is the campus.
    pub(crate) const UC: &str = "uc";
    /// Met the standard in grade 11; the dimension is the subject.
    pub(crate) const GRADE_11: &str = "grade-11";
    /// A color of the Dashboard, 1 red to 5 blue; the dimension is the indicator.
    pub(crate) const COLOR: &str = "dashboard-color";
    /// Students in grades 9 to 12.
    pub(crate) const UPPER: &str = "students-9-12";
}

/// Why a review doubts a figure.
pub(crate) mod doubt {
    /// It fell far below the school's other years, which can be true: it is shown with a caution. A figure with any
    /// other reason is not shown. The query of [`FactRow::of_high_schools`](super::FactRow::of_high_schools) has this
    /// word too.
    pub(crate) const MODERATE_DROP: &str = "MODERATE_DROP";
}

/// What stands behind a figure.
pub(crate) mod status {
    /// A value on 30 students or more.
    pub(crate) const RELIABLE: &str = "reliable";
    /// A value on fewer than 30 students.
    pub(crate) const SMALL: &str = "small";
    /// A value that cannot be compared with the year before.
    pub(crate) const METHOD_BREAK: &str = "method-break";
    /// Hidden by the state.
    pub(crate) const SUPPRESSED: &str = "suppressed";
    /// Not published.
    pub(crate) const NOT_AVAILABLE: &str = "not-available";
    /// The school did not report; its published value is a known error.
    pub(crate) const NOT_REPORTED: &str = "not-reported";
}

impl FactRow {
    /// The figures of the open schools with a 9th grade, with the doubts already applied.
    ///
    /// A 0 in the year after one that the school did not report is doubted, too: the review judges a year by its
    /// neighbors, and cannot once they are missing. Then the groups of that year are no more certain than the whole.
    pub(crate) async fn of_high_schools(conn: &mut Conn<'_>) -> Result<Vec<FactRow>, Fault> {
        fetch_all!(
            conn,
            FactRow,
            "select f.cds, f.metric, f.dimension, f.school_year,
                    case when d.cds is null and b.cds is null then f.tenths end as tenths,
                    case when d.cds is null and b.cds is null then f.numerator end as numerator,
                    f.denominator,
                    case when d.cds is null and b.cds is null then f.status else 'not-reported' end as status,
                    f.source
             from fact f
             join school s on s.cds = f.cds
             left join doubt d on d.cds = f.cds and d.metric = f.metric and d.school_year = f.school_year
                  and d.reason <> 'MODERATE_DROP'
             left join fact w on w.cds = f.cds and w.metric = f.metric and w.school_year = f.school_year
                  and w.dimension = '' and w.tenths = 0
             left join doubt b on b.cds = w.cds and b.metric = w.metric and b.school_year = w.school_year - 1
                  and b.reason <> 'MODERATE_DROP'
             where s.closed_at is null and s.grade_low <= 9 and s.grade_high >= 9
             order by f.cds, f.source, f.metric, f.dimension, f.school_year"
        )
    }
}

impl Record for FactRow {
    const WORD: &'static str = "figure";

    fn key(&self) -> String {
        let stroke = if self.dimension.is_empty() { "" } else { "/" };
        format!("{} {}{stroke}{} {}", self.cds, self.metric, self.dimension, self.school_year)
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("value", self.tenths.map_or_else(|| "-".to_owned(), decimal)),
            ("numerator", shown(self.numerator.as_ref())),
            ("denominator", shown(self.denominator.as_ref())),
            ("status", self.status.clone()),
            ("source", self.source.clone()),
        ]
    }

    /// The wide layout has no numerators.
    fn inherit(&mut self, loaded: &Self, partial: bool) {
        if partial && self.tenths == loaded.tenths && self.denominator == loaded.denominator {
            self.numerator = loaded.numerator;
        }
    }

    async fn all(conn: &mut Conn<'_>) -> Result<Vec<Self>, Fault> {
        fetch_all!(
            conn,
            FactRow,
            "select cds, metric, dimension, school_year, tenths, numerator, denominator, status, source from fact"
        )
    }

    async fn save(conn: &mut Conn<'_>, rows: &[Self]) -> Result<(), Fault> {
        insert_all!(
            conn,
            "insert into fact (cds, metric, dimension, school_year, tenths, numerator, denominator, status, source)",
            rows,
            |row| [
                &row.cds,
                &row.metric,
                &row.dimension,
                row.school_year,
                row.tenths,
                row.numerator,
                row.denominator,
                &row.status,
                &row.source,
            ],
            "on conflict (cds, metric, dimension, school_year) do update set tenths = excluded.tenths,
                 numerator = excluded.numerator, denominator = excluded.denominator, status = excluded.status,
                 source = excluded.source"
        )
        .map(drop)
    }

    async fn remove(&self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        let text = "delete from fact where cds = $1 and metric = $2 and dimension = $3 and school_year = $4";
        execute!(conn, text, &self.cds, &self.metric, &self.dimension, self.school_year).map(drop)
    }
}

/// A published value that a review found to be impossible, or doubtful.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(crate) struct DoubtRow {
    pub(crate) cds: String,
    pub(crate) metric: String,
    pub(crate) school_year: i64,
    pub(crate) reason: String,
    pub(crate) source: String,
}

impl Record for DoubtRow {
    const WORD: &'static str = "doubt";

    fn key(&self) -> String {
        format!("{} {} {}", self.cds, self.metric, self.school_year)
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![("reason", self.reason.clone()), ("source", self.source.clone())]
    }

    async fn all(conn: &mut Conn<'_>) -> Result<Vec<Self>, Fault> {
        fetch_all!(
            conn,
            DoubtRow,
            "select cds, metric, school_year, reason, source from doubt order by cds, metric, school_year"
        )
    }

    async fn save(conn: &mut Conn<'_>, rows: &[Self]) -> Result<(), Fault> {
        insert_all!(
            conn,
            "insert into doubt (cds, metric, school_year, reason, source)",
            rows,
            |row| [&row.cds, &row.metric, row.school_year, &row.reason, &row.source],
            "on conflict (cds, metric, school_year) do update set reason = excluded.reason, source = excluded.source"
        )
        .map(drop)
    }

    async fn remove(&self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        let text = "delete from doubt where cds = $1 and metric = $2 and school_year = $3";
        execute!(conn, text, &self.cds, &self.metric, self.school_year).map(drop)
    }
}

/// A value of the state or the county.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub(crate) struct ReferenceRow {
    pub(crate) level: String,
    pub(crate) metric: String,
    pub(crate) school_year: i64,
    pub(crate) tenths: i64,
    /// `official-state`, `official-county`, or how someone else computed it.
    pub(crate) basis: String,
    pub(crate) source: String,
}

impl Record for ReferenceRow {
    const WORD: &'static str = "reference value";

    fn key(&self) -> String {
        format!("{} {} {}", self.level, self.metric, self.school_year)
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![("value", decimal(self.tenths)), ("basis", self.basis.clone()), ("source", self.source.clone())]
    }

    async fn all(conn: &mut Conn<'_>) -> Result<Vec<Self>, Fault> {
        fetch_all!(
            conn,
            ReferenceRow,
            "select level, metric, school_year, tenths, basis, source from reference_value
             order by level, metric, school_year"
        )
    }

    async fn save(conn: &mut Conn<'_>, rows: &[Self]) -> Result<(), Fault> {
        insert_all!(
            conn,
            "insert into reference_value (level, metric, school_year, tenths, basis, source)",
            rows,
            |row| [&row.level, &row.metric, row.school_year, row.tenths, &row.basis, &row.source],
            "on conflict (level, metric, school_year) do update set tenths = excluded.tenths, basis = excluded.basis,
                 source = excluded.source"
        )
        .map(drop)
    }

    async fn remove(&self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        let text = "delete from reference_value where level = $1 and metric = $2 and school_year = $3";
        execute!(conn, text, &self.level, &self.metric, self.school_year).map(drop)
    }
}
