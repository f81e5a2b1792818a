//! Which facts does the project ship?
//!
//! One text file in a layout of our own, one line of JSON for each source, reference value, ZIP code, station and
//! school, so that a new year's figures read well as a difference. It holds facts only, each with its source and
//! school year, and is carried inside the program: a binary that was copied somewhere starts with real schools.

mod line;

use crate::clock::Clock;
use crate::database::{Conn, Database};
use crate::explorer::snapshot::Snapshot;
use crate::fault::Fault;
use crate::import::layout::Scope;
use crate::import::loading::Loading;
use crate::import::together::Together;
use crate::import::{Problem, Refused, Report};
use crate::record::run::{RunRow, take_turn};
use line::{Header, Line};
use sha2::{Digest, Sha256};

/// The catalogue of this version of Pathways: Los Angeles County.
pub const SHIPPED: &str = include_str!("../../catalogue/los-angeles.jsonl");

/// What a run of the catalogue is called.
const KIND: &str = "catalogue";

/// What [`ensure`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ensured {
    /// It was loaded, or brought the database up to date.
    Loaded(Box<Report>),
    /// It is the one that is loaded.
    Same,
    /// The operator imported files, and those are newer than what is shipped.
    OwnImports,
}

/// Makes sure that a database has a catalogue: loads `text` into an empty database, or over an older catalogue. A
/// database into which an operator imported files is left alone.
///
/// # Errors
/// As [`load`].
pub async fn ensure(database: &Database, clock: &Clock, name: &str, text: &str) -> Result<Ensured, Fault> {
    {
        let mut lease = database.lease().await?;
        let mut conn = lease.conn();
        if is_loaded(&mut conn, text).await? {
            return Ok(Ensured::Same);
        }
        if RunRow::others(&mut conn, KIND).await? > 0 {
            return Ok(Ensured::OwnImports);
        }
    }
    load(database, clock, name, text).await.map(|report| Ensured::Loaded(Box::new(report)))
}

/// Loads a catalogue, all of it or nothing. What it does not have any more is closed or removed.
///
/// # Errors
/// [`Fault::Refused`] when a line cannot be read; [`Fault::Database`].
pub async fn load(database: &Database, clock: &Clock, name: &str, text: &str) -> Result<Report, Fault> {
    let mut transaction = database.begin().await?;
    let refused = |problem: Problem| {
        Fault::Refused(Box::new(Refused { file: name.to_owned(), problems: vec![problem], more: false }))
    };
    let mut conn = transaction.conn();
    // Two servers that start together both come here; the second waits, and finds the work done.
    take_turn(&mut conn, clock.now()).await?;
    if is_loaded(&mut conn, text).await? {
        return Ok(Report { file: name.to_owned(), kind: KIND, ..Report::default() });
    }
    let report = read(&mut conn, clock, name, text).await?.map_err(refused)?;
    let run = RunRow {
        id: uuid::Uuid::now_v7().to_string(),
        file: name.to_owned(),
        kind: KIND.to_owned(),
        checksum: checksum(text),
        rows: i64::try_from(report.rows).unwrap_or(i64::MAX),
        outcome: if report.is_unchanged() { "unchanged" } else { "loaded" }.to_owned(),
        at: clock.now(),
    };
    run.save(&mut conn).await?;
    transaction.commit().await?;
    Ok(report)
}

/// Writes the catalogue of what is loaded. The same rows always give the same bytes.
///
/// # Errors
/// [`Fault::NoSchools`] when none is loaded; [`Fault::Database`].
pub async fn write(database: &Database) -> Result<String, Fault> {
    let snapshot = Snapshot::read(&mut database.lease().await?.conn()).await?;
    if snapshot.schools.is_empty() { Err(Fault::NoSchools) } else { Ok(line::write(&snapshot)) }
}

/// Checks the text of a catalogue as [`load`] would, without a database. Returns the number of lines after the first.
///
/// # Errors
/// The first problem of the text.
pub fn inspect(text: &str) -> Result<u64, Problem> {
    let mut lines = text.lines().zip(1..);
    Header::check(lines.next().map(|(line, _)| line).unwrap_or_default(), text)?;
    let mut rows = 0;
    for (text, number) in lines {
        rows += 1;
        let _ = Line::parse(text, number)?.items();
    }
    Ok(rows)
}

async fn is_loaded(conn: &mut Conn<'_>, text: &str) -> Result<bool, Fault> {
    let newest = RunRow::newest(conn, KIND).await?;
    Ok(newest.is_some_and(|run| run.checksum == checksum(text)))
}

async fn read(
    conn: &mut Conn<'_>,
    clock: &Clock,
    name: &str,
    text: &str,
) -> Result<Result<Report, Problem>, Fault> {
    let mut lines = text.lines().zip(1..);
    if let Err(problem) = Header::check(lines.next().map(|(line, _)| line).unwrap_or_default(), text) {
        return Ok(Err(problem));
    }
    let report = Report { file: name.to_owned(), kind: KIND, ..Report::default() };
    let mut loading = Loading::new(report, false, clock.now());
    for (text, number) in lines {
        let line = match Line::parse(text, number) {
            Ok(line) => line,
            Err(problem) => return Ok(Err(problem)),
        };
        loading.report.rows += 1;
        for item in line.items() {
            loading.put(conn, item).await?;
        }
    }
    loading.finish(conn, Scope::Everything, &mut Together::default()).await
}

fn checksum(text: &str) -> String {
    format!("{:x}", Sha256::digest(text))
}
