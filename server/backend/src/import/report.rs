//! What did a file change, or would it change?

use std::collections::BTreeMap;
use std::fmt;

/// The most differences that a report lists one by one.
const MOST_LISTED: usize = 100;

/// What happened to one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What kind of row: `school`, `figure` ...
    pub word: &'static str,
    /// Which one.
    pub key: String,
    /// What became of it.
    pub change: Change,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not there before.
    New,
    /// Fields that differ: name, loaded value, value of the file.
    Changed(Vec<(&'static str, String, String)>),
    /// A school that is missing in the directory.
    Closed,
    /// A closed school that is in the directory again.
    Reopened,
    /// No longer in a list that is complete.
    Removed,
}

/// What a file changed, or with `--dry-run` would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The file as the operator named it.
    pub file: String,
    /// The layout it is in.
    pub kind: &'static str,
    /// Rows read.
    pub rows: u64,
    /// Rows that are rightly not used, by reason.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Rows that were not there before.
    pub new: u64,
    /// Rows that differ.
    pub changed: u64,
    /// Rows that are as loaded.
    pub unchanged: u64,
    /// Schools that are missing now.
    pub closed: u64,
    /// Schools that came back.
    pub reopened: u64,
    /// Rows that a complete list no longer has.
    pub removed: u64,
    /// The first hundred differences.
    pub differences: Vec<Difference>,
}

impl Report {
    /// Does it change nothing?
    pub fn is_unchanged(&self) -> bool {
        self.total() == 0
    }

    fn total(&self) -> u64 {
        self.new + self.changed + self.closed + self.reopened + self.removed
    }

    pub(crate) fn note(&mut self, word: &'static str, key: String, change: Change) {
        match change {
            Change::New => self.new += 1,
            Change::Changed(_) => self.changed += 1,
            Change::Closed => self.closed += 1,
            Change::Reopened => self.reopened += 1,
            Change::Removed => self.removed += 1,
        }
        if self.differences.len() < MOST_LISTED {
            self.differences.push(Difference { word, key, change });
        }
    }

    pub(crate) fn leave_out(&mut self, reason: &'static str) {
        *self.left_out.entry(reason).or_default() += 1;
    }

    /// The differences, one a line, as `--dry-run` prints them.
    pub fn listed(&self) -> String {
        let mut lines: Vec<String> =
            self.differences.iter().map(|difference| format!("  {difference}")).collect();
        let more = self.total().saturating_sub(self.differences.len() as u64);
        if more > 0 {
            lines.push(format!("  and {more} more"));
        }
        lines.join("\n")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { file, kind, rows, new, changed, unchanged, closed, reopened, removed, .. } = self;
        write!(f, "{file} ({kind}): {rows} rows; {new} new, {changed} changed, {unchanged} as before")?;
        for (count, word) in [(closed, "closed"), (reopened, "reopened"), (removed, "removed")] {
            if *count > 0 {
                write!(f, ", {count} {word}")?;
            }
        }
        for (reason, count) in &self.left_out {
            write!(f, "; {count} left out: {reason}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { word, key, change } = self;
        match change {
            Change::New => write!(f, "new {word} {key}"),
            Change::Closed => write!(f, "closed {word} {key}"),
            Change::Reopened => write!(f, "reopened {word} {key}"),
            Change::Removed => write!(f, "removed {word} {key}"),
            Change::Changed(fields) => {
                write!(f, "changed {word} {key}:")?;
                for (at, (name, loaded, new)) in fields.iter().enumerate() {
                    write!(f, "{} {name} {loaded} → {new}", if at == 0 { "" } else { "," })?;
                }
                Ok(())
            }
        }
    }
}
