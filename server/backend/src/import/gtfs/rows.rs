//! How are the rows of one table of a feed read, and what is said when one of them cannot be right?

use crate::fault::Fault;
use crate::import::archive::Archive;
use crate::import::sheet::{Row, Sheet};
use crate::import::{Problem, Problems, Report};
use std::io::BufReader;
use std::path::Path;

/// A feed that is being read.
pub(super) struct Said<'a> {
    pub(super) archive: &'a mut Archive,
    pub(super) path: &'a Path,
    pub(super) report: &'a mut Report,
}

/// A table that a feed must have, with the columns it must have; or one that it may have.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
    pub(super) required: bool,
}

impl Said<'_> {
    /// Reads a table row by row. Says whether the feed has it.
    pub(super) fn each(
        &mut self,
        table: Table,
        mut take: impl FnMut(&Row<'_>) -> Result<(), Problem>,
    ) -> Result<bool, Fault> {
        let path = self.path.join(table.name);
        let mut problems = Problems::default();
        let mut rows = 0;
        {
            let input = match self.archive.table(table.name) {
                Ok(Some(input)) => BufReader::with_capacity(64 << 10, input),
                Ok(None) if !table.required => return Ok(false),
                Ok(None) => {
                    let reason = format!("the feed has no {}", table.name);
                    return Err(Problems::from(Problem::whole(1, reason)).refuse(&path));
                }
                Err(cause) => return Err(Fault::file(&path, cause)),
            };
            match Sheet::open(input)
                .and_then(|sheet| has_columns(&sheet.header().join(","), table).map(|()| sheet))
            {
                Err(problem) => problems.add(problem),
                Ok(mut sheet) => {
                    while let Some(row) = sheet.next() {
                        rows += 1;
                        let broken = row.is_err();
                        if let Err(problem) = row.and_then(|row| take(&row)) {
                            problems.add(problem);
                        }
                        // What cannot even be split into cells may go on without end.
                        if problems.more || broken && problems.found.len() > 1 {
                            break;
                        }
                    }
                }
            }
        }
        if !problems.found.is_empty() {
            return Err(problems.refuse(&path));
        }
        self.report.rows += rows;
        Ok(true)
    }

    /// The feed is refused for what is wrong in one of its tables.
    pub(super) fn refuse(&self, table: &str, problems: Problems) -> Fault {
        problems.refuse(&self.path.join(table))
    }
}

fn has_columns(header: &str, table: Table) -> Result<(), Problem> {
    let has = |column: &&&str| header.split(',').any(|name| name.eq_ignore_ascii_case(column));
    let missing: Vec<&str> = table.columns.iter().filter(|column| !has(column)).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Problem::whole(1, format!("columns are missing: {}", missing.join(", "))))
}

impl Row<'_> {
    /// A whole number of the specification's small sets, with what blank stands for.
    pub(super) fn one_of(&self, column: &str, blank: Option<u16>, most: u16) -> Result<u16, Problem> {
        match (self.cell(column), blank) {
            ("", Some(number)) => Ok(number),
            (cell, _) => cell
                .parse()
                .ok()
                .filter(|number| *number <= most)
                .ok_or_else(|| self.problem(column, format!("not a whole number from 0 to {most}"))),
        }
    }

    /// A time as seconds from midnight; hours may go beyond 24. None if blank.
    pub(super) fn time(&self, column: &str) -> Result<Option<u32>, Problem> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let part = |text: &str, most: u32| {
            let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|part: &u32| digits && *part < most)
        };
        let mut parts = cell.split(':');
        let seconds = match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(hours), Some(minutes), Some(seconds), None) if minutes.len() == 2 && seconds.len() == 2 => {
                part(hours, 48)
                    .zip(part(minutes, 60))
                    .zip(part(seconds, 60))
                    .map(|((hours, minutes), seconds)| hours * 3_600 + minutes * 60 + seconds)
            }
            _ => None,
        };
        let reason = "a time is written 7:05:00, with hours up to 47";
        seconds.map(Some).ok_or_else(|| self.problem(column, reason))
    }
}
