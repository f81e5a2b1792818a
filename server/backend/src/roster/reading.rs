//! How is a roster read while another part of the program writes it down?
//!
//! A thread of its own reads and checks rows and hands on a few batches ahead, so a roster of any size needs the memory
//! of a few batches. [`Shape`] is what is known of a roster after a look at its headers.

use super::item::{Batch, Part, Problem, Reason, Row, Rows};
use super::table::{Bad, BadTable, Cells, Table};
use super::{Mode, Wrong, oneroster, plain};
use crate::import::archive::Archive;
use domain::plan::Day;
use domain::roster;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::mpsc;

/// How many rows are written in one transaction.
pub(super) const BATCH: usize = 500;

/// The longest identifier, in bytes; the standard's own are of 36.
pub(super) const LONGEST_ID: usize = 255;

/// The longest name of somebody or something, in bytes.
pub(super) const LONGEST_NAME: usize = 200;

/// Which layout a roster has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// OneRoster with the role of a person in `users.csv`, as in 1.1.
    One,
    /// OneRoster with roles in a file of their own, as in 1.2.
    Two,
    /// One plain table of students.
    Plain,
}

/// A roster after a look at its headers.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) path: PathBuf,
    pub(super) form: Form,
    /// The parts that have a file, and whether the file is the whole truth or news only.
    pub(super) parts: BTreeMap<Part, Mode>,
    /// The last days of terms are told.
    pub(super) terms: bool,
    /// What the one organisation of the kind district is called.
    pub(super) district: Option<String>,
}

impl Shape {
    /// Looks at a file or folder.
    pub(super) fn of(path: &Path) -> Result<Shape, Wrong> {
        let broken = |cause| Wrong::Unreadable { file: path.display().to_string(), cause };
        if path.is_dir() || starts_as_zip(path).map_err(broken)? {
            return oneroster::shape(path);
        }
        plain::shape(path)
    }

    /// Whether what is missing in the files of a part has ended.
    pub(super) fn is_whole(&self, part: Part) -> bool {
        !self.is_told_by_person(part) && self.parts.get(&part) == Some(&Mode::Bulk)
    }

    /// Whether rows of a part are told by the row of a person, so that they end when that row tells them no longer.
    pub(super) fn is_told_by_person(&self, part: Part) -> bool {
        match part {
            Part::Guardian => true,
            Part::Role => self.form != Form::Two,
            Part::Enrollment => self.form == Form::Plain,
            Part::Org | Part::User | Part::Birth | Part::Class => false,
        }
    }

    /// Whether the roster as a whole is the whole truth.
    pub(super) fn mode(&self) -> Mode {
        self.parts.get(&Part::User).copied().unwrap_or(Mode::Delta)
    }
}

fn starts_as_zip(path: &Path) -> io::Result<bool> {
    let mut start = [0; 2];
    let read = std::fs::File::open(path)?.read(&mut start)?;
    Ok(read == 2 && start == *b"PK")
}

/// A roster that is being read by a thread.
pub(super) struct Reading {
    receiver: mpsc::Receiver<Result<Option<Batch>, Wrong>>,
}

impl Reading {
    /// Begins to read.
    pub(super) fn begin(shape: Arc<Shape>, today: Day) -> Reading {
        let (sender, receiver) = mpsc::channel(2);
        tokio::task::spawn_blocking(move || {
            let mut out = |batch| sender.blocking_send(Ok(Some(batch))).is_ok();
            let read = match shape.form {
                Form::One | Form::Two => oneroster::read(&shape, today, &mut out),
                Form::Plain => plain::read(&shape, today, &mut out),
            };
            // Nobody listens any more when the other side has stopped.
            let _ = sender.blocking_send(match read {
                Ok(()) => Ok(None),
                Err(Broken::Wrong(wrong)) => Err(wrong),
                Err(Broken::Left) => return,
            });
        });
        Reading { receiver }
    }

    /// The next rows; none at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Batch>, Wrong> {
        // A thread that is gone without a word has not read all.
        let gone = || io::Error::new(io::ErrorKind::UnexpectedEof, "reading stopped in the middle");
        let said = self.receiver.recv().await;
        said.unwrap_or_else(|| Err(Wrong::Unreadable { file: String::new(), cause: gone() }))
    }
}

/// Why reading ends before the end.
pub(super) enum Broken {
    Wrong(Wrong),
    /// Nobody takes rows any more.
    Left,
}

impl From<Wrong> for Broken {
    fn from(wrong: Wrong) -> Broken {
        Broken::Wrong(wrong)
    }
}

/// Takes rows, and says whether it wants more.
pub(super) type Out<'a> = &'a mut dyn FnMut(Batch) -> bool;

/// The columns that a table must have, and others that are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    pub(super) required: &'static [&'static str],
    pub(super) other: &'static [&'static str],
}

/// Rows of one part and one file on their way into batches.
pub(super) struct Batches<'a, T> {
    part: Part,
    file: Arc<str>,
    rows: Vec<Row<T>>,
    wrap: fn(Vec<Row<T>>) -> Rows,
    problems: Vec<Problem>,
    unreadable: bool,
    /// Problems of these rows are told by another part.
    quiet: bool,
    out: Out<'a>,
}

impl<'a, T> Batches<'a, T> {
    pub(super) fn new(part: Part, file: &str, wrap: fn(Vec<Row<T>>) -> Rows, out: Out<'a>) -> Batches<'a, T> {
        let (rows, problems) = (Vec::with_capacity(BATCH), Vec::new());
        Batches { part, file: file.into(), rows, wrap, problems, unreadable: false, quiet: false, out }
    }

    /// Leaves problems to the part that told them already.
    pub(super) fn quiet(mut self) -> Batches<'a, T> {
        self.quiet = true;
        self
    }

    /// Takes a row.
    pub(super) fn row(&mut self, line: u64, sourced_id: String, item: Option<T>) -> Result<(), Broken> {
        self.rows.push(Row { line, sourced_id, item });
        if self.rows.len() >= BATCH { self.send() } else { Ok(()) }
    }

    /// Takes a row that cannot be right.
    pub(super) fn problem(&mut self, line: u64, bad: Bad, sourced_id: Option<String>) -> Result<(), Broken> {
        if self.quiet {
            return Ok(());
        }
        let Bad { field, reason } = bad;
        self.unreadable |= sourced_id.is_none();
        self.problems.push(Problem { file: Arc::clone(&self.file), line, field, reason, sourced_id });
        if self.problems.len() >= BATCH { self.send() } else { Ok(()) }
    }

    /// Hands on what waits.
    pub(super) fn send(&mut self) -> Result<(), Broken> {
        if self.rows.is_empty() && self.problems.is_empty() {
            return Ok(());
        }
        let rows = std::mem::replace(&mut self.rows, Vec::with_capacity(BATCH));
        let wanted = (self.out)(Batch {
            part: self.part,
            file: Arc::clone(&self.file),
            rows: (self.wrap)(rows),
            problems: std::mem::take(&mut self.problems),
            unreadable: std::mem::take(&mut self.unreadable),
            by_person: self.quiet,
        });
        if wanted { Ok(()) } else { Err(Broken::Left) }
    }
}

/// Reads every row of a table, if the roster has it.
pub(super) fn each(
    archive: &mut Archive,
    file: &str,
    columns: Columns,
    mut row: impl FnMut(Result<Cells<'_>, (u64, Bad)>) -> Result<(), Broken>,
) -> Result<(), Broken> {
    let broken = |cause| Wrong::Unreadable { file: file.to_owned(), cause };
    let Some(input) = archive.table(file).map_err(broken)? else { return Ok(()) };
    let mut table = Table::open(input, columns.required, columns.other).map_err(|bad| bad.of(file))?;
    while let Some(cells) = table.next().map_err(broken)? {
        row(cells.map_err(|(line, reason)| (line, Bad { field: "", reason })))?;
    }
    Ok(())
}

impl BadTable {
    /// What is wrong with the roster whose file this is.
    pub(super) fn of(self, file: &str) -> Wrong {
        let file = file.to_owned();
        match self {
            BadTable::Io(cause) => Wrong::Unreadable { file, cause },
            BadTable::Missing(columns) => Wrong::Columns { file, columns },
            BadTable::Twice(column) => Wrong::Twice { file, column },
            BadTable::Encoding => Wrong::Encoding { file },
        }
    }
}

impl Cells<'_> {
    /// Their identifier in a column.
    pub(super) fn id(&self, column: &'static str) -> Result<&str, Bad> {
        self.name(column, LONGEST_ID)
    }

    /// Whether the row holds today.
    pub(super) fn holds(&self, today: Day) -> Result<bool, Bad> {
        let last = self.day("endDate")?;
        let bad = Bad { field: "status", reason: Reason::Status };
        roster::holds(self.text("status")?, last, today).ok_or(bad)
    }

    /// The day in a column; none when it is blank.
    pub(super) fn day(&self, column: &'static str) -> Result<Option<Day>, Bad> {
        match self.text(column)? {
            "" => Ok(None),
            text => roster::day(text).map(Some).ok_or(Bad { field: column, reason: Reason::Date }),
        }
    }

    /// The birth date in a column; none when it is blank.
    pub(super) fn born(&self, column: &'static str, today: Day) -> Result<Option<Day>, Bad> {
        let born = self.day(column)?;
        if born.is_some_and(|born| born > today) {
            return Err(Bad { field: column, reason: Reason::Date });
        }
        Ok(born)
    }

    /// The e-mail address in a column; none when it is blank.
    pub(super) fn email(&self, column: &'static str) -> Result<Option<String>, Bad> {
        let text = self.shown(column, 254)?;
        let whole = text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@') && !host.starts_with('.')
        });
        match text {
            "" => Ok(None),
            _ if whole && !text.contains(char::is_whitespace) => Ok(Some(text.to_owned())),
            _ => Err(Bad { field: column, reason: Reason::Email }),
        }
    }
}

/// A text as a number, to remember many of them in little memory.
pub(super) fn short(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
