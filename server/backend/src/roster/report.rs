//! What did a roster change, or what would it?

use super::Mode;
use super::item::{Part, Problem};
use super::link::Link;
use super::many::Ending;
use std::fmt;

/// The most rows that are told one by one, of each part and each kind of change.
const MOST_TOLD: usize = 10;

/// The most quarantined rows that a report carries; the database keeps more.
const MOST_PROBLEMS: usize = 200;

/// Rows of one part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// They were not known.
    pub added: u64,
    /// They say something else than before.
    pub changed: u64,
    /// They hold no longer.
    pub ended: u64,
    /// They say what is known.
    pub same: u64,
    /// They cannot be right, and wait.
    pub quarantined: u64,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not known.
    Added,
    /// It says something else: in these fields, where that is known.
    Changed(Vec<&'static str>),
    /// It holds no longer.
    Ended,
}

/// One change, told by their identifier: whoever reads a preview need not see names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Of what.
    pub part: Part,
    /// Their identifier.
    pub sourced_id: String,
    /// What.
    pub change: Change,
}

/// What a roster changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The run, by which quarantined rows are found again.
    pub run: String,
    /// Whether it was the whole truth.
    pub mode: Mode,
    counts: [Count; Part::ALL.len()],
    /// What ends although it is more than a quarter of what held.
    pub many: Vec<Ending>,
    /// Some of the changes: the first of each kind.
    pub differences: Vec<Difference>,
    /// The first quarantined rows.
    pub problems: Vec<Problem>,
    /// Parts of which nothing was ended, because rows could not be read so far as to know whose they are.
    pub unsure: Vec<Part>,
}

impl Report {
    pub(super) fn new(run: String, mode: Mode, many: Vec<Ending>) -> Report {
        Report {
            run,
            mode,
            counts: [Count::default(); Part::ALL.len()],
            many,
            differences: Vec::new(),
            problems: Vec::new(),
            unsure: Vec::new(),
        }
    }

    /// The rows of a part.
    pub const fn of(&self, part: Part) -> Count {
        self.counts[part as usize]
    }

    /// All rows.
    pub fn total(&self) -> Count {
        self.counts.iter().fold(Count::default(), |all, one| Count {
            added: all.added + one.added,
            changed: all.changed + one.changed,
            ended: all.ended + one.ended,
            same: all.same + one.same,
            quarantined: all.quarantined + one.quarantined,
        })
    }

    /// Whether nothing was written but the run itself.
    pub fn is_unchanged(&self) -> bool {
        let Count { added, changed, ended, .. } = self.total();
        added + changed + ended == 0
    }

    pub(super) const fn count(&mut self, part: Part) -> &mut Count {
        &mut self.counts[part as usize]
    }

    pub(super) fn quarantined(&self) -> u64 {
        self.total().quarantined
    }

    /// A row was written.
    pub(super) fn wrote(&mut self, part: Part, link: Link) {
        self.told(part, &link.sourced_id, link.changed, link.fields);
    }

    pub(super) fn told(&mut self, part: Part, sourced_id: &str, changed: bool, fields: Vec<&'static str>) {
        if changed {
            self.count(part).changed += 1;
            self.differ(part, sourced_id, Change::Changed(fields));
        } else {
            self.count(part).added += 1;
            self.differ(part, sourced_id, Change::Added);
        }
    }

    pub(super) fn ended(&mut self, part: Part, ids: impl Iterator<Item = String>) {
        for id in ids {
            self.count(part).ended += 1;
            self.differ(part, &id, Change::Ended);
        }
    }

    fn differ(&mut self, part: Part, sourced_id: &str, change: Change) {
        let same = |one: &&Difference| {
            one.part == part && std::mem::discriminant(&one.change) == std::mem::discriminant(&change)
        };
        if self.differences.iter().filter(same).count() < MOST_TOLD {
            self.differences.push(Difference { part, sourced_id: sourced_id.to_owned(), change });
        }
    }

    pub(super) fn refused(&mut self, part: Part, problems: Vec<Problem>, unreadable: bool) {
        self.count(part).quarantined += problems.len() as u64;
        let room = MOST_PROBLEMS.saturating_sub(self.problems.len());
        self.problems.extend(problems.into_iter().take(room));
        if unreadable && !self.unsure.contains(&part) {
            self.unsure.push(part);
        }
    }
}

impl fmt::Display for Report {
    /// A line for each part that the files told of.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.mode == Mode::Bulk { "the whole truth (bulk)" } else { "news only (delta)" };
        writeln!(f, "read as {what}, run {}", self.run)?;
        let head = ["", "new", "changed", "ended", "same", "quarantined"];
        let row = |f: &mut fmt::Formatter<'_>, cells: [&str; 6]| {
            let [name, new, changed, ended, same, quarantined] = cells;
            writeln!(f, "{name:<12}{new:>9}{changed:>9}{ended:>9}{same:>9}{quarantined:>13}")
        };
        row(f, head)?;
        for (name, count) in Part::ALL.map(|part| (part.slug(), self.of(part))) {
            let Count { added, changed, ended, same, quarantined } = count;
            let cells = [added, changed, ended, same, quarantined].map(|number| number.to_string());
            let [added, changed, ended, same, quarantined] = cells.each_ref().map(String::as_str);
            row(f, [name, added, changed, ended, same, quarantined])?;
        }
        for part in &self.unsure {
            writeln!(
                f,
                "nothing was ended for want of a line ({}): some lines could not be read",
                part.slug()
            )?;
        }
        Ok(())
    }
}

/// As the audit keeps it.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Count { added, changed, ended, same, quarantined } = self;
        write!(f, "{added} new, {changed} changed, {ended} ended, {same} same, {quarantined} put aside")
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match &self.change {
            Change::Added => "+",
            Change::Changed(_) => "~",
            Change::Ended => "-",
        };
        write!(f, "{sign} {} {}", self.part.slug(), self.sourced_id.replace('\t', " "))?;
        match &self.change {
            Change::Changed(fields) if !fields.is_empty() => write!(f, ": {}", fields.join(", ")),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}", self.file, self.line)?;
        if !self.field.is_empty() {
            write!(f, ", {}", self.field)?;
        }
        write!(f, ": {}", self.reason)
    }
}
