//! What is wrong with a file, where, and why?

use std::fmt;

/// The most problems that are collected before a file is put aside.
pub const MOST_PROBLEMS: usize = 20;

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, counted from 1, as an editor shows it.
    pub line: u64,
    /// The column by its name in the header; empty when the whole line is meant.
    pub column: String,
    /// What stands there, shortened.
    pub value: String,
    /// Why it cannot be used.
    pub reason: String,
}

impl Problem {
    pub(crate) fn new(line: u64, column: &str, value: &str, reason: impl Into<String>) -> Problem {
        let value = if value.chars().count() > 60 {
            format!("{}…", value.chars().take(60).collect::<String>())
        } else {
            value.to_owned()
        };
        Problem { line, column: column.to_owned(), value, reason: reason.into() }
    }

    pub(crate) fn whole(line: u64, reason: impl Into<String>) -> Problem {
        Problem::new(line, "", "", reason)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.column.is_empty() {
            write!(f, ", column {:?}, value {:?}", self.column, self.value)?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// A file that failed its check. Nothing of it was kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Refused {
    /// The file as the operator named it.
    pub file: String,
    /// What is wrong, at most [`MOST_PROBLEMS`].
    pub problems: Vec<Problem>,
    /// There were more.
    pub more: bool,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was not loaded, and nothing of it was kept", self.file)?;
        for problem in &self.problems {
            write!(f, "\n  {problem}")?;
        }
        if self.more {
            write!(f, "\n  and more; correct these first")?;
        }
        Ok(())
    }
}
