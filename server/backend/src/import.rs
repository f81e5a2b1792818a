//! What does a public file say, and what would it change?
//!
//! A file is recognised by its header, checked row by row while it streams, and written inside one transaction: all
//! of it or nothing. What is already loaded is compared, so reading a file twice changes nothing, and `--dry-run`
//! does everything but the commit.

pub(crate) mod archive;
mod cell;
pub mod gtfs;
pub(crate) mod item;
pub(crate) mod layout;
mod likeness;
pub(crate) mod loading;
mod problem;
mod report;
mod sheet;
mod shelf;
mod stations;
pub(crate) mod together;

pub use problem::{MOST_PROBLEMS, Problem, Refused};
pub use report::{Change, Difference, Report};

use crate::clock::Clock;
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::record::run::{RunRow, take_turn};
use crate::record::school::SchoolRow;
use domain::explorer::figure::SchoolYear;
use item::Item;
use layout::{Context, Layout, Scope};
use loading::Loading;
use sha2::{Digest, Sha256};
use sheet::Sheet;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use together::Together;

/// How files are to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Say what would change, and write nothing.
    pub dry_run: bool,
    /// The school year of files that do not name their own (directory, enrollment).
    pub school_year: Option<SchoolYear>,
    /// A directory may close more than a quarter of its schools.
    pub many_may_close: bool,
    /// A directory may be of an earlier school year than the schools that are loaded.
    pub may_be_older: bool,
}

/// What was found wrong, collected up to [`MOST_PROBLEMS`].
#[derive(Debug, Default)]
struct Problems {
    found: Vec<Problem>,
    more: bool,
}

impl Problems {
    fn add(&mut self, problem: Problem) {
        if self.found.len() < MOST_PROBLEMS { self.found.push(problem) } else { self.more = true }
    }

    fn refuse(self, path: &Path) -> Fault {
        let file = path.display().to_string();
        Fault::Refused(Box::new(Refused { file, problems: self.found, more: self.more }))
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Problems { found: vec![problem], more: false }
    }
}

/// Reads files in the order given and says what each of them changed. Stops at the first that is refused; the files
/// before it stay loaded. Directories that follow each other are one directory: all of them are loaded or none, and
/// only what is missing in all is closed.
///
/// # Errors
/// [`Fault::Refused`] with what is wrong in a file; [`Fault::File`] when one cannot be opened; [`Fault::Database`].
pub async fn files(
    database: &Database,
    clock: &Clock,
    paths: &[&Path],
    options: Options,
    mut said: impl FnMut(&Report),
) -> Result<(), Fault> {
    // What cannot be read is no directory here, and is refused in its turn.
    let directory = |path: &Path| is_directory(path).unwrap_or(false);
    let groups = paths.chunk_by(|one, next| directory(one) && directory(next));
    if options.dry_run {
        // One transaction for all, so that figures find the schools of a directory that is not loaded yet.
        let mut transaction = database.begin().await?;
        take_turn(&mut transaction.conn(), clock.now()).await?;
        for group in groups {
            let reports = together(&mut transaction.conn(), clock, group, options).await;
            reports.map_err(|(_, fault)| fault)?.iter().for_each(&mut said);
        }
        return transaction.rollback().await;
    }
    for group in groups {
        let mut transaction = database.begin().await?;
        take_turn(&mut transaction.conn(), clock.now()).await?;
        match together(&mut transaction.conn(), clock, group, options).await {
            Ok(reports) => {
                transaction.commit().await?;
                reports.iter().for_each(&mut said);
            }
            Err((path, fault)) => {
                transaction.rollback().await?;
                if let Fault::Refused(refused) = &fault {
                    note_refusal(database, clock, path, refused).await?;
                }
                return Err(fault);
            }
        }
    }
    Ok(())
}

/// Reads files that stand or fall together; the error names the one that fails.
async fn together<'p>(
    conn: &mut Conn<'_>,
    clock: &Clock,
    paths: &[&'p Path],
    options: Options,
) -> Result<Vec<Report>, (&'p Path, Fault)> {
    let mut together = Together::of(paths.len(), options.many_may_close);
    let mut reports = Vec::with_capacity(paths.len());
    for path in paths {
        let report = file(conn, clock, path, options, &mut together).await;
        reports.push(report.map_err(|fault| (*path, fault))?);
    }
    Ok(reports)
}

/// Does this file look like a directory of schools?
///
/// # Errors
/// [`Fault::File`] when it cannot be read, [`Fault::Refused`] when its header is of no layout that is known.
pub fn is_directory(path: &Path) -> Result<bool, Fault> {
    let (input, geojson) = open(path)?;
    if geojson {
        return Ok(false);
    }
    let layout = Sheet::open(input).and_then(|sheet| Layout::of(sheet.header()));
    layout
        .map(|layout| layout.scope == Scope::Directory)
        .map_err(|problem| Problems::from(problem).refuse(path))
}

/// Checks the text of a file as [`files`] would, without a database. Returns the number of rows.
///
/// # Errors
/// The first problem of the file.
pub fn inspect(text: &[u8], school_year: Option<SchoolYear>) -> Result<u64, Problem> {
    if is_json(text) {
        return stations::read(text).map(|items| items.len() as u64);
    }
    let mut sheet = Sheet::open(text)?;
    let layout = Layout::of(sheet.header())?;
    let (mut rows, mut items) = (0, Vec::new());
    while let Some(row) = sheet.next() {
        items.clear();
        let newest = SchoolYear(u16::MAX);
        (layout.read)(&row?, Context { school_year, named_year: school_year, newest }, &mut items)?;
        rows += 1;
    }
    Ok(rows)
}

async fn file(
    conn: &mut Conn<'_>,
    clock: &Clock,
    path: &Path,
    options: Options,
    together: &mut Together,
) -> Result<Report, Fault> {
    let checksum = checksum(path)?;
    let (input, geojson) = open(path)?;
    let named = Report { file: path.display().to_string(), ..Report::default() };
    let read = if geojson {
        map(conn, clock, input, named, path).await?
    } else {
        table(conn, clock, input, named, options, together).await?
    };
    let report = read.map_err(|problems| problems.refuse(path))?;
    let outcome = if report.is_unchanged() { "unchanged" } else { "loaded" };
    run(clock, path, report.kind, checksum, report.rows, outcome).save(conn).await?;
    Ok(report)
}

async fn table(
    conn: &mut Conn<'_>,
    clock: &Clock,
    input: impl BufRead,
    named: Report,
    options: Options,
    together: &mut Together,
) -> Result<Result<Report, Problems>, Fault> {
    let opened =
        Sheet::open(input).and_then(|sheet| Layout::of(sheet.header()).map(|layout| (sheet, layout)));
    let (mut sheet, layout) = match opened {
        Ok(opened) => opened,
        Err(problem) => return Ok(Err(problem.into())),
    };
    let context = Context {
        school_year: options.school_year,
        named_year: year_in(&named.file),
        newest: SchoolYear::of(clock.today()),
    };
    if let Err(problem) = layout.year_of_file(context) {
        return Ok(Err(problem.into()));
    }
    if layout.scope == Scope::Directory
        && !options.may_be_older
        && let Some(problem) = older(conn, context).await?
    {
        return Ok(Err(problem.into()));
    }
    let mut loading = Loading::new(Report { kind: layout.name, ..named }, layout.partial, clock.now());
    let mut problems = Problems::default();
    let mut lines: HashMap<String, u64> = HashMap::new();
    let mut items = Vec::new();
    while let Some(row) = sheet.next() {
        loading.report.rows += 1;
        items.clear();
        let read = row.and_then(|row| {
            (layout.read)(&row, context, &mut items)?;
            first_of_its_kind(&row, &items, &mut lines)
        });
        if let Err(problem) = read {
            problems.add(problem);
            if problems.more {
                break;
            }
        }
        // After the first problem the rest is only checked: nothing of the file will be kept.
        if problems.found.is_empty() {
            for item in items.drain(..) {
                loading.put(conn, item).await?;
            }
        }
    }
    if loading.report.rows == 0 {
        problems.add(Problem::whole(2, "the file has a header and no rows"));
    }
    if !problems.found.is_empty() {
        return Ok(Err(problems));
    }
    Ok(loading.finish(conn, layout.scope, together).await?.map_err(Problems::from))
}

/// A directory of an earlier year would give schools back the names, grades and places they had then.
async fn older(conn: &mut Conn<'_>, context: Context) -> Result<Option<Problem>, Fault> {
    let asked = context.school_year.map_or(0, |year| i64::from(year.0));
    let loaded = SchoolRow::newest_year(conn).await?.filter(|loaded| asked < *loaded);
    Ok(loaded.and_then(|loaded| u16::try_from(loaded).ok()).map(|loaded| {
        let (asked, loaded) = (context.school_year.unwrap_or(SchoolYear(0)), SchoolYear(loaded));
        let reason = format!(
            "this directory is of {asked}, and the schools that are loaded are of {loaded}: it would give them back \
             what was true then. Only if that is meant, add --older-directory"
        );
        Problem::whole(1, reason)
    }))
}

/// Two lines of one file may not speak of the same thing.
fn first_of_its_kind(
    row: &sheet::Row<'_>,
    items: &[Item],
    lines: &mut HashMap<String, u64>,
) -> Result<(), Problem> {
    for key in items.iter().filter_map(Item::key) {
        if let Some(before) = lines.insert(key.clone(), row.line) {
            let reason = format!("{key} stands in line {before} already");
            return Err(Problem::whole(row.line, reason));
        }
    }
    Ok(())
}

async fn map(
    conn: &mut Conn<'_>,
    clock: &Clock,
    mut input: impl BufRead,
    named: Report,
    path: &Path,
) -> Result<Result<Report, Problems>, Fault> {
    let mut text = Vec::new();
    input.read_to_end(&mut text).map_err(|cause| Fault::file(path, cause))?;
    let items = match stations::read(&text) {
        Ok(items) => items,
        Err(problem) => return Ok(Err(problem.into())),
    };
    let rows = items.len() as u64;
    let mut loading = Loading::new(Report { kind: "rail stations", rows, ..named }, false, clock.now());
    for item in items {
        loading.put(conn, item).await?;
    }
    Ok(loading.finish(conn, Scope::Whole, &mut Together::default()).await?.map_err(Problems::from))
}

/// The last year in the name of a file: 2025 of `dashboard_2025.csv` is 2024-25.
fn year_in(path: &str) -> Option<SchoolYear> {
    let name = Path::new(path).file_name()?.to_str()?;
    let numbers = name.split(|letter: char| !letter.is_ascii_digit()).filter(|number| number.len() == 4);
    let mut years =
        numbers.filter_map(|number| number.parse().ok()).filter(|year| (1900..2200).contains(year));
    years.next_back().map(SchoolYear)
}

fn is_json(start: &[u8]) -> bool {
    start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

/// Opens a file; is it JSON?
fn open(path: &Path) -> Result<(BufReader<File>, bool), Fault> {
    let file = File::open(path).map_err(|cause| Fault::file(path, cause))?;
    let mut input = BufReader::with_capacity(64 * 1024, file);
    let json = is_json(input.fill_buf().map_err(|cause| Fault::file(path, cause))?);
    Ok((input, json))
}

/// SHA-256 of a file, hexadecimal.
fn checksum(path: &Path) -> Result<String, Fault> {
    let mut file = File::open(path).map_err(|cause| Fault::file(path, cause))?;
    let (mut hash, mut part) = (Sha256::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut part).map_err(|cause| Fault::file(path, cause))? {
            0 => return Ok(format!("{:x}", hash.finalize())),
            read => hash.update(&part[..read]),
        }
    }
}

fn run(clock: &Clock, path: &Path, kind: &str, checksum: String, rows: u64, outcome: &str) -> RunRow {
    RunRow {
        id: uuid::Uuid::now_v7().to_string(),
        file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        kind: kind.to_owned(),
        checksum,
        rows: i64::try_from(rows).unwrap_or(i64::MAX),
        outcome: outcome.to_owned(),
        at: clock.now(),
    }
}

/// Remembers that a file was refused: the only trace it leaves.
async fn note_refusal(
    database: &Database,
    clock: &Clock,
    path: &Path,
    refused: &Refused,
) -> Result<(), Fault> {
    let mut transaction = database.begin().await?;
    let problems = refused.problems.len() as u64;
    run(clock, path, "unknown", checksum(path)?, problems, "refused").save(&mut transaction.conn()).await?;
    transaction.commit().await
}
