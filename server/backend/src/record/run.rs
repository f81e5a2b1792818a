//! Which files were read, when, and with what outcome?

use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_one, fetch_optional};
use crate::fault::Fault;

/// The kind of a reading of a timetable.
pub(crate) const TIMETABLE: &str = "timetable";

/// One reading of one file.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(crate) struct RunRow {
    /// UUIDv7.
    pub(crate) id: String,
    /// The file's name without its folders, which may tell about the operator's machine.
    pub(crate) file: String,
    pub(crate) kind: String,
    /// SHA-256, hexadecimal.
    pub(crate) checksum: String,
    pub(crate) rows: i64,
    /// `loaded`, `unchanged` or `refused`.
    pub(crate) outcome: String,
    pub(crate) at: Millis,
}

/// Waits for its turn: until the transaction ends, no other reading of files compares or writes rows.
pub(crate) async fn take_turn(conn: &mut Conn<'_>, at: Millis) -> Result<(), Fault> {
    execute!(conn, "update import_turn set taken_at = $1 where id = 1", at).map(drop)
}

impl RunRow {
    pub(crate) async fn save(&self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        execute!(
            conn,
            "insert into import_run (id, file, kind, checksum, rows, outcome, at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            &self.id,
            &self.file,
            &self.kind,
            &self.checksum,
            self.rows,
            &self.outcome,
            self.at,
        )
        .map(drop)
    }

    /// The newest run of a kind that was not refused.
    pub(crate) async fn newest(conn: &mut Conn<'_>, kind: &str) -> Result<Option<RunRow>, Fault> {
        fetch_optional!(
            conn,
            RunRow,
            "select id, file, kind, checksum, rows, outcome, at from import_run
             where kind = $1 and outcome <> 'refused' order by at desc, id desc limit 1",
            kind,
        )
    }

    /// How many runs of other kinds than this one changed something that is known of schools. A timetable says
    /// nothing of them.
    pub(crate) async fn others(conn: &mut Conn<'_>, kind: &str) -> Result<i64, Fault> {
        let text = "select cast(count(*) as bigint) from import_run
                    where kind <> $1 and kind <> $2 and outcome = 'loaded'";
        fetch_one!(conn, (i64,), text, kind, TIMETABLE).map(|(count,)| count)
    }

    /// How many runs changed something: grows with each of them.
    pub(crate) async fn version(conn: &mut Conn<'_>) -> Result<i64, Fault> {
        let text = "select cast(count(*) as bigint) from import_run where outcome = 'loaded'";
        fetch_one!(conn, (i64,), text).map(|(count,)| count)
    }
}
