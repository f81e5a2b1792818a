//! How are the wanted columns of a table read, and no others?
//!
//! Columns are found by the names in the header, in any order. Only cells of wanted columns are decoded or handed on, so
//! what must never be collected stays in the reader's buffer and is overwritten by the next row.

use super::item::Reason;
use domain::people::name::{is_plain, is_visible};
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// The longest row, in bytes. A quote that is never closed would make one of the rest of the file.
const LONGEST_ROW: u64 = 1 << 20;

/// Why a table cannot be read at all.
#[derive(Debug)]
pub(super) enum BadTable {
    /// It cannot be read from the disk, or unpacked.
    Io(io::Error),
    /// Its header lacks columns.
    Missing(Vec<&'static str>),
    /// A column stands twice in the header.
    Twice(&'static str),
    /// It is not UTF-8.
    Encoding,
}

/// A table that is being read.
pub(super) struct Table<R> {
    reader: csv::Reader<Metered<R>>,
    record: csv::ByteRecord,
    /// The wanted columns and where they are.
    columns: Vec<(&'static str, usize)>,
    width: usize,
    since: Rc<Cell<u64>>,
    /// Lines end as Windows ends them, of which the reader counts one too few.
    windows: bool,
}

/// What is wrong in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bad {
    pub(super) field: &'static str,
    pub(super) reason: Reason,
}

/// A row of the wanted columns.
pub(super) struct Cells<'a> {
    record: &'a csv::ByteRecord,
    columns: &'a [(&'static str, usize)],
    pub(super) line: u64,
}

impl<R: Read> Table<R> {
    /// Reads the header, which must name the required columns and may name the others.
    pub(super) fn open(
        input: R,
        required: &[&'static str],
        other: &[&'static str],
    ) -> Result<Table<R>, BadTable> {
        let since = Rc::new(Cell::new(0));
        let input = Metered { input, since: Rc::clone(&since), windows: None };
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(input);
        let mut record = csv::ByteRecord::new();
        reader.read_byte_record(&mut record).map_err(|cause| BadTable::Io(io_error(cause)))?;
        let first = record.get(0).unwrap_or_default();
        if first.starts_with(&[0xFF, 0xFE]) || first.starts_with(&[0xFE, 0xFF]) {
            return Err(BadTable::Encoding);
        }
        let names: Vec<String> =
            record.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let clean = |name: &str| name.trim_start_matches('\u{feff}').trim().to_owned();
        let names: Vec<String> = names.iter().map(|name| clean(name)).collect();
        let mut columns = Vec::new();
        for &wanted in required.iter().chain(other) {
            let mut found = names.iter().enumerate().filter(|(_, name)| name.eq_ignore_ascii_case(wanted));
            if let Some((at, _)) = found.next() {
                columns.push((wanted, at));
            }
            if found.next().is_some() {
                return Err(BadTable::Twice(wanted));
            }
        }
        let has = |wanted: &str| columns.iter().any(|(name, _)| *name == wanted);
        let missing: Vec<&'static str> = required.iter().copied().filter(|name| !has(name)).collect();
        if !missing.is_empty() {
            return Err(BadTable::Missing(missing));
        }
        let windows = reader.get_ref().windows.unwrap_or_default();
        Ok(Table { reader, record, columns, width: names.len(), since, windows })
    }

    /// Whether the header names a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|(name, _)| *name == column)
    }

    /// The next row; none at the end. A row of the wrong length is known by its line alone.
    pub(super) fn next(&mut self) -> io::Result<Option<Result<Cells<'_>, (u64, Reason)>>> {
        self.since.set(0);
        let before = self.reader.position().line();
        if !self.reader.read_byte_record(&mut self.record).map_err(io_error)? {
            return Ok(None);
        }
        let line = self.record.position().map_or(before, csv::Position::line) + u64::from(self.windows);
        Ok(Some(if self.record.len() == self.width {
            Ok(Cells { record: &self.record, columns: &self.columns, line })
        } else {
            Err((line, Reason::Cells))
        }))
    }
}

impl Cells<'_> {
    /// What stands in a column, trimmed; blank when the table has no such column.
    pub(super) fn text(&self, column: &'static str) -> Result<&str, Bad> {
        let at = self.columns.iter().find(|(name, _)| *name == column).map(|(_, at)| *at);
        let bytes = at.and_then(|at| self.record.get(at)).unwrap_or_default();
        let text = str::from_utf8(bytes).map_err(|_| Bad { field: column, reason: Reason::Encoding })?;
        Ok(text.trim())
    }

    /// What stands in a column that may not be blank: a name or an identifier of at most so many bytes.
    pub(super) fn name(&self, column: &'static str, most: usize) -> Result<&str, Bad> {
        match self.shown(column, most)? {
            "" => Err(Bad { field: column, reason: Reason::Blank }),
            text if !is_visible(text) => Err(Bad { field: column, reason: Reason::Text }),
            text => Ok(text),
        }
    }

    /// The same, but it may be blank.
    pub(super) fn shown(&self, column: &'static str, most: usize) -> Result<&str, Bad> {
        let text = self.text(column)?;
        if text.len() > most || !is_plain(text) {
            return Err(Bad { field: column, reason: Reason::Text });
        }
        Ok(text)
    }
}

/// Counts the bytes since the last row, and notes how the first line ends.
struct Metered<R> {
    input: R,
    since: Rc<Cell<u64>>,
    windows: Option<bool>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let many = self.input.read(buffer)?;
        self.since.set(self.since.get() + many as u64);
        if self.since.get() > LONGEST_ROW {
            let reason = "a row is longer than 1 MiB; a quote may be open that is never closed";
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        if self.windows.is_none()
            && let Some(end) = buffer[..many].iter().position(|byte| *byte == b'\n')
        {
            self.windows = Some(end > 0 && buffer[end - 1] == b'\r');
        }
        Ok(many)
    }
}

fn io_error(cause: csv::Error) -> io::Error {
    match cause.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        _ => io::Error::new(io::ErrorKind::InvalidData, "the table cannot be split into rows"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told = Result<(u64, String, String), (u64, Reason)>;

    fn rows(text: &[u8]) -> Vec<Told> {
        let mut table = Table::open(text, &["id"], &["name"]).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = table.next().unwrap() {
            rows.push(row.map(|row| {
                (row.line, row.text("id").unwrap().to_owned(), row.text("name").unwrap().to_owned())
            }));
        }
        rows
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_lines_are_counted_as_an_editor_does() {
        let expected = vec![
            Ok((2, "1".to_owned(), "A, \"B\"".to_owned())),
            Err((3, Reason::Cells)),
            Ok((4, "3".to_owned(), String::new())),
        ];
        let unix = "\u{feff}NAME , sex,Id\n\"A, \"\"B\"\"\",F,1\nx,2\n,M, 3 \n";
        assert_eq!(rows(unix.as_bytes()), expected);
        assert_eq!(rows(unix.replace('\n', "\r\n").as_bytes()), expected);
        assert_eq!(rows(b"id\n7\n"), vec![Ok((2, "7".to_owned(), String::new()))]);
    }

    #[test]
    fn a_header_that_lacks_a_column_or_has_it_twice_is_no_header() {
        let open =
            |text: &[u8]| Table::open(io::Cursor::new(text.to_vec()), &["id", "role"], &[]).err().unwrap();
        assert!(matches!(open(b"id,name\n"), BadTable::Missing(missing) if missing == ["role"]));
        assert!(matches!(open(b""), BadTable::Missing(missing) if missing == ["id", "role"]));
        assert!(matches!(open(b"id,role,ID\n"), BadTable::Twice("id")));
        assert!(matches!(open(b"\xFF\xFEi\0d\0\n\0"), BadTable::Encoding));
    }

    #[test]
    fn a_cell_that_cannot_be_right_is_named() {
        let mut table = Table::open(&b"id\n\xE9\n\"a\nb\"\n"[..], &["id"], &[]).unwrap();
        let bad = |reason| Bad { field: "id", reason };
        assert_eq!(table.next().unwrap().unwrap().unwrap().name("id", 9), Err(bad(Reason::Encoding)));
        assert_eq!(table.next().unwrap().unwrap().unwrap().name("id", 9), Err(bad(Reason::Text)));
        let mut table = Table::open(&b"id,x\n ,\nlonger,\n"[..], &["id"], &[]).unwrap();
        assert_eq!(table.next().unwrap().unwrap().unwrap().name("id", 5), Err(bad(Reason::Blank)));
        assert_eq!(table.next().unwrap().unwrap().unwrap().name("id", 5), Err(bad(Reason::Text)));
        let hidden = "id\nAna\u{202E}\n\u{200B}\n-\n";
        let mut table = Table::open(hidden.as_bytes(), &["id"], &[]).unwrap();
        for _ in 0..3 {
            assert_eq!(table.next().unwrap().unwrap().unwrap().name("id", 9), Err(bad(Reason::Text)));
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
        let text = [b"id\n\"".as_slice(), &b"x\n".repeat(1 << 20)].concat();
        let mut table = Table::open(text.as_slice(), &["id"], &[]).unwrap();
        assert!(table.next().is_err());
    }
}
