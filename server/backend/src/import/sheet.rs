//! How is a table in a text file read, whatever its separator, quotes, line ends and order of columns?

use super::problem::Problem;
use std::io::BufRead;

/// A table, read row by row.
pub(crate) struct Sheet<R> {
    reader: csv::Reader<R>,
    header: Vec<String>,
    record: csv::ByteRecord,
    tabs: bool,
    /// Lines end as Windows ends them. The reader takes the second of the two bytes for the beginning of the next
    /// line, so it counts one line too few.
    windows: bool,
}

/// One row of a table.
pub(crate) struct Row<'a> {
    header: &'a [String],
    cells: csv::StringRecord,
    /// The line it begins on, from 1.
    pub(crate) line: u64,
    tabs: bool,
}

/// The longest cell, in letters: a web address can have two hundred, the longest name of a school has 87.
const LONGEST: usize = 400;

/// What the data write where nothing is known.
const BLANKS: [&str; 5] = ["", "No Data", "No data", "*", "N/A"];

impl<R: BufRead> Sheet<R> {
    /// Reads the header. The separator is the one that the first line uses: comma or tab.
    pub(crate) fn open(mut input: R) -> Result<Sheet<R>, Problem> {
        let start = input.fill_buf().map_err(|cause| Problem::whole(1, cause.to_string()))?;
        if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
            return Err(Problem::whole(1, "the file is UTF-16; save it as UTF-8"));
        }
        let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |separator: u8| line.split(|byte| *byte == separator).count();
        let (commas, tabs, semicolons) = (count(b','), count(b'\t'), count(b';'));
        if start.iter().all(u8::is_ascii_whitespace) {
            return Err(Problem::whole(1, "the file is empty"));
        }
        if semicolons > commas.max(tabs) {
            return Err(Problem::whole(
                1,
                "columns are separated by semicolons; save the file with commas or tabs",
            ));
        }
        let (tabs, windows) = (tabs > commas, line.ends_with(b"\r"));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(if tabs { b'\t' } else { b',' })
            // The state's tab layout does not escape: a quote in it is a quote.
            .quoting(!tabs)
            .from_reader(input);
        let mut record = csv::ByteRecord::new();
        reader.read_byte_record(&mut record).map_err(|cause| Problem::whole(1, cause.to_string()))?;
        let header = utf8(&record, &[], 1)?;
        let clean =
            |name: &str| name.trim().trim_start_matches('\u{feff}').trim_matches('"').trim().to_owned();
        let header: Vec<String> = header.iter().map(clean).collect();
        for (at, name) in header.iter().enumerate() {
            if !name.is_empty() && header[..at].contains(name) {
                return Err(Problem::new(1, name, name, "this column stands twice in the header"));
            }
        }
        Ok(Sheet { reader, header, record, tabs, windows })
    }

    /// The names of the columns.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// The next row; none at the end.
    pub(crate) fn next(&mut self) -> Option<Result<Row<'_>, Problem>> {
        let line = self.reader.position().line();
        match self.reader.read_byte_record(&mut self.record) {
            Err(cause) => return Some(Err(Problem::whole(line, cause.to_string()))),
            Ok(false) => return None,
            Ok(true) => {}
        }
        let line = self.record.position().map_or(line, csv::Position::line);
        Some(self.row(line + u64::from(self.windows)))
    }

    fn row(&self, line: u64) -> Result<Row<'_>, Problem> {
        let cells = utf8(&self.record, &self.header, line)?;
        // No public layout has a line break inside a cell, so one means that a quote was never closed.
        if let Some(at) = cells.iter().position(|cell| cell.contains('\n')) {
            let column = self.header.get(at).map_or("", String::as_str);
            let first = cells[at].lines().next().unwrap_or_default();
            return Err(Problem::new(
                line,
                column,
                first,
                "a quote opens here and is not closed on this line",
            ));
        }
        for (at, cell) in cells.iter().enumerate() {
            if let Some(reason) = unreadable(cell) {
                let column = self.header.get(at).map_or("", String::as_str);
                return Err(Problem::new(line, column, cell, reason));
            }
        }
        if cells.len() != self.header.len() {
            let (has, should) = (cells.len(), self.header.len());
            let hint =
                if has < should { "; a separator is missing, or the file is cut short here" } else { "" };
            return Err(Problem::whole(line, format!("{has} cells where the header has {should}{hint}")));
        }
        Ok(Row { header: &self.header, cells, line, tabs: self.tabs })
    }
}

/// Why a text is nothing that a page could show: it is far too long, or holds what no reader sees.
pub(crate) fn unreadable(text: &str) -> Option<String> {
    if text.len() > LONGEST && text.chars().count() > LONGEST {
        return Some(format!("longer than {LONGEST} letters"));
    }
    let unseen = text.trim().chars().find(|letter| is_unseen(*letter))?;
    Some(format!("holds the character U+{:04X}, which cannot be shown", u32::from(unseen)))
}

/// Controls, and letters without a width that can turn a line around or hide in a name.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

fn utf8(record: &csv::ByteRecord, header: &[String], line: u64) -> Result<csv::StringRecord, Problem> {
    csv::StringRecord::from_byte_record(record.clone()).map_err(|cause| {
        let at = cause.utf8_error().field();
        let value = record.get(at).map(String::from_utf8_lossy).unwrap_or_default();
        let column = header.get(at).map_or("", String::as_str);
        Problem::new(line, column, &value, "not UTF-8; save the file as UTF-8 (it may be Windows-1252 now)")
    })
}

impl Row<'_> {
    /// What stands in a column, trimmed; blank when the file has no such column.
    pub(crate) fn cell(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name.eq_ignore_ascii_case(column));
        let cell = at.and_then(|at| self.cells.get(at)).unwrap_or_default().trim();
        match cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')) {
            Some(inner) if self.tabs => inner.trim(),
            _ => cell,
        }
    }

    /// What stands in a column, unless it says that nothing is known.
    pub(crate) fn known(&self, column: &str) -> Option<&str> {
        let cell = self.cell(column);
        (!BLANKS.contains(&cell)).then_some(cell)
    }

    /// The problem with what stands in a column.
    pub(crate) fn problem(&self, column: &str, reason: impl Into<String>) -> Problem {
        Problem::new(self.line, column, self.cell(column), reason)
    }

    /// What stands in a column that may not be blank.
    pub(crate) fn required(&self, column: &str) -> Result<&str, Problem> {
        self.known(column).ok_or_else(|| self.problem(column, "may not be blank"))
    }
}
