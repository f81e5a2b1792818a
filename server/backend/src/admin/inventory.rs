//! What is kept, why, for how long, and who sees it?
//!
//! `inventory.csv` has a row for every column of every table (`*` for all columns of a table that tells of no person),
//! in both languages, and a title (`-`) for every table whose columns it lists. The build stops when a column has no
//! row, or a row no column.

use csv::StringRecord;
use domain::admin::{Basis, Purpose, Retention, Seer};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A row of the inventory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The table.
    pub table: String,
    /// The column; `*` for all of the table.
    pub column: String,
    /// What it is, in English.
    pub what: String,
    /// What it is, in Spanish.
    pub que: String,
    /// What it is kept for.
    pub purpose: Purpose,
    /// On what ground.
    pub basis: Basis,
    /// For how long.
    pub retention: Retention,
    /// Who sees it.
    pub seen_by: Vec<Seer>,
}

static TEXT: &str = include_str!("../../inventory.csv");

/// A table in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// In English.
    pub what: String,
    /// In Spanish.
    pub que: String,
}

static ROWS: LazyLock<Vec<Row>> =
    LazyLock::new(|| lines().filter(|line| !is_title(line)).filter_map(|line| read(&line)).collect());

static TITLES: LazyLock<HashMap<String, Title>> = LazyLock::new(|| {
    let title = |line: StringRecord| {
        Some((line.get(0)?.to_owned(), Title { what: line.get(2)?.to_owned(), que: line.get(3)?.to_owned() }))
    };
    lines().filter(is_title).filter_map(title).collect()
});

/// The inventory, in the order of the tables.
pub fn rows() -> &'static [Row] {
    &ROWS
}

/// A table in words; none if its only row says all of it.
pub fn title(table: &str) -> Option<&'static Title> {
    TITLES.get(table)
}

fn lines() -> impl Iterator<Item = StringRecord> {
    csv::Reader::from_reader(TEXT.as_bytes()).into_records().filter_map(Result::ok)
}

fn is_title(line: &StringRecord) -> bool {
    line.get(1) == Some("-")
}

fn read(row: &StringRecord) -> Option<Row> {
    let cell = |at: usize| row.get(at).filter(|cell| !cell.trim().is_empty());
    Some(Row {
        table: cell(0)?.to_owned(),
        column: cell(1)?.to_owned(),
        what: cell(2)?.to_owned(),
        que: cell(3)?.to_owned(),
        purpose: Purpose::from_slug(cell(4)?)?,
        basis: Basis::from_slug(cell(5)?)?,
        retention: Retention::from_slug(cell(6)?)?,
        seen_by: cell(7)?.split(' ').map(Seer::from_slug).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_can_be_read() {
        let mut lines = csv::Reader::from_reader(TEXT.as_bytes());
        for line in lines.records() {
            let line = line.unwrap();
            if is_title(&line) {
                assert!(line.iter().take(4).all(|cell| !cell.is_empty()), "a title is empty: {line:?}");
            } else {
                assert!(read(&line).is_some(), "a cell is empty or holds an unknown word: {line:?}");
            }
        }
    }

    #[test]
    fn only_what_tells_of_nobody_is_listed_as_a_whole_table() {
        for row in rows().iter().filter(|row| row.column == "*") {
            assert!(matches!(row.basis, Basis::PublicRecord | Basis::Nobody), "{}", row.table);
        }
    }

    #[test]
    fn what_the_program_alone_uses_is_shown_to_nobody_else() {
        for row in rows() {
            let alone = row.seen_by.contains(&Seer::Nobody);
            assert!(!alone || row.seen_by.len() == 1, "{}.{}", row.table, row.column);
            let secret = row.column.ends_with("hash") || matches!(row.column.as_str(), "secret" | "born");
            assert!(!secret || alone, "{}.{} is for the program alone", row.table, row.column);
        }
    }
}
