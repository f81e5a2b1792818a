//! Which rules, dates and texts does the rule file hold, and what is wrong with it?
//!
//! Staff write one file for a district and a season (`server/rules/los-angeles-2026-27.toml` says how). It is
//! loaded whole or not at all: a rule without a source, a sentence in one language only or a date that is none is
//! refused in words that name the file, the line and the key.

mod entry;
mod section;
mod sentence;
#[cfg(test)]
mod tests;

use crate::fault::Fault;
use domain::plan::rulebook::Rulebook;
use section::Reading;
use std::fmt;
use std::path::Path;
use std::sync::LazyLock;

/// The rule file of this version of Pathways: Los Angeles, the season 2026-27.
pub const SHIPPED: &str = include_str!("../../rules/los-angeles-2026-27.toml");

/// The most problems that are told at once.
pub const MOST_PROBLEMS: usize = 20;

/// One rule file in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editions {
    /// In English.
    pub en: Rulebook,
    /// In Spanish.
    pub es: Rulebook,
}

/// One thing that is wrong with a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, counted from 1, as an editor shows it.
    pub line: usize,
    /// The key, such as `rule.says.es`; empty when the whole file is meant.
    pub key: String,
    /// Why it cannot be used, and what to write instead.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.line)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.reason)
    }
}

/// A rule file that failed its check. Nothing of it is used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Refused {
    /// The file as the operator named it.
    pub file: String,
    /// What is wrong, at most [`MOST_PROBLEMS`], in the order of the file.
    pub problems: Vec<Problem>,
    /// There were more.
    pub more: bool,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was not loaded, and nothing of it is used", self.file)?;
        for problem in &self.problems {
            write!(f, "\n{}:{problem}", self.file)?;
        }
        if self.more {
            write!(f, "\nand more; correct these first")?;
        }
        Ok(())
    }
}

/// The shipped rules.
///
/// # Panics
/// Never in a build that passed its tests: they read the shipped file.
pub fn shipped() -> &'static Editions {
    static READ: LazyLock<Editions> = LazyLock::new(|| {
        read("the shipped rule file", SHIPPED).unwrap_or_else(|refused| panic!("{refused}"))
    });
    &READ
}

/// Reads a rule file from the disk.
///
/// # Errors
/// [`Fault::File`] when it cannot be read; [`Fault::Rules`] when it fails its check.
pub fn open(path: &Path) -> Result<Editions, Fault> {
    let text = std::fs::read_to_string(path).map_err(|cause| Fault::file(path, cause))?;
    read(&path.display().to_string(), &text).map_err(|refused| Fault::Rules(Box::new(refused)))
}

/// Reads the text of a rule file; `file` is what the messages call it.
///
/// # Errors
/// [`Refused`], with everything that is wrong.
pub fn read(file: &str, text: &str) -> Result<Editions, Refused> {
    let mut problems = Vec::new();
    if let Some(editions) =
        Reading::parse(text, &mut problems).and_then(|document| entry::read(&document, &mut problems))
    {
        return Ok(editions);
    }
    problems.sort_by(|a, b| a.line.cmp(&b.line).then_with(|| a.key.cmp(&b.key)));
    problems.dedup();
    let more = problems.len() > MOST_PROBLEMS;
    problems.truncate(MOST_PROBLEMS);
    Err(Refused { file: file.to_owned(), problems, more })
}
