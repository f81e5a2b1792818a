//! Which rows are there, and how are they read and written?
//!
//! A row type stands beside its SQL. The same types travel through the importers and the catalogue file, so a fact
//! has one shape from the file to the page.

pub(crate) mod fact;
pub(crate) mod listing;
pub(crate) mod place;
pub(crate) mod run;
pub(crate) mod school;
pub(crate) mod source;

use crate::database::Conn;
use crate::fault::Fault;

/// How many rows go into one statement. SQLite allows 32,766 bound values; the widest row has 23.
pub(crate) const BATCH: usize = 200;

/// A row that a file can bring: compared with what is loaded, and written when it differs.
pub(crate) trait Record: Clone + PartialEq {
    /// What a report calls it.
    const WORD: &'static str;

    /// By what it is told from the others of its kind.
    fn key(&self) -> String;

    /// What a report calls this one.
    fn title(&self) -> String {
        self.key()
    }

    /// What a person compares: name and value.
    fn fields(&self) -> Vec<(&'static str, String)>;

    /// Takes over from the loaded row what this kind of file does not speak of.
    fn inherit(&mut self, _loaded: &Self, _partial: bool) {}

    /// All rows that are loaded.
    async fn all(conn: &mut Conn<'_>) -> Result<Vec<Self>, Fault>;

    /// Writes rows, new or changed; at most [`BATCH`].
    async fn save(conn: &mut Conn<'_>, rows: &[Self]) -> Result<(), Fault>;

    /// Removes a row that a complete list no longer has.
    async fn remove(&self, _conn: &mut Conn<'_>) -> Result<(), Fault> {
        Ok(())
    }
}

/// An optional value in a report: a blank is a blank, not a zero.
pub(crate) fn shown<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(|| "-".to_owned(), ToString::to_string)
}

/// Tenths as the state writes them: 938 is `93.8`.
pub(crate) fn decimal(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}
