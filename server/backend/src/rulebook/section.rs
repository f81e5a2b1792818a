//! What stands under which key of a rule file, on which line?
//!
//! Keys are taken one by one, so that what nobody took is a key that nobody knows: mostly a typing error.

use super::{Problem, sentence};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The languages of a text in the rule file, in the order of [`Said`].
const LANGUAGES: [&str; 2] = ["en", "es"];

/// A text in English and in Spanish.
pub(super) type Said = [String; 2];

/// A rule file whose syntax is sound.
pub(super) struct Reading<'t> {
    text: &'t str,
    table: DeTable<'t>,
}

impl<'t> Reading<'t> {
    /// Reads the syntax; a problem when it is no TOML.
    pub(super) fn parse(text: &'t str, problems: &mut Vec<Problem>) -> Option<Reading<'t>> {
        match DeTable::parse(text) {
            Ok(table) => Some(Reading { text, table: table.into_inner() }),
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(text, span.start));
                problems.push(Problem {
                    line,
                    key: String::new(),
                    reason: format!("this is not TOML: {}", error.message()),
                });
                None
            }
        }
    }

    /// The file itself as a section.
    pub(super) fn whole<'d>(&'d self, problems: &'d mut Vec<Problem>) -> Section<'d> {
        Section {
            text: self.text,
            table: &self.table,
            line: 1,
            path: String::new(),
            taken: Vec::new(),
            problems,
        }
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// A table of the file, and what was taken of it.
pub(super) struct Section<'d> {
    text: &'d str,
    table: &'d DeTable<'d>,
    line: usize,
    path: String,
    taken: Vec<&'d str>,
    problems: &'d mut Vec<Problem>,
}

impl<'d> Section<'d> {
    /// The line on which it begins.
    pub(super) const fn line(&self) -> usize {
        self.line
    }

    /// How many problems there are so far, in the whole file.
    pub(super) const fn problems(&self) -> usize {
        self.problems.len()
    }

    /// Notes a problem with the whole section or one of its keys.
    pub(super) fn problem(&mut self, key: &str, reason: impl Into<String>) {
        let line = self.table.get(key).map_or(self.line, |value| line_of(self.text, value.span().start));
        self.problem_on(line, key, reason);
    }

    /// Is there such a key?
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Notes a problem on a line.
    pub(super) fn problem_on(&mut self, line: usize, key: &str, reason: impl Into<String>) {
        let key = match (self.path.as_str(), key) {
            ("", key) => key.to_owned(),
            (path, "") => path.to_owned(),
            (path, key) => format!("{path}.{key}"),
        };
        self.problems.push(Problem { line, key, reason: reason.into() });
    }

    fn take(&mut self, key: &'d str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.taken.push(key);
        self.table.get(key)
    }

    /// A value that has to be there.
    fn need(&mut self, key: &'d str) -> Option<&'d Spanned<DeValue<'d>>> {
        let value = self.take(key);
        if value.is_none() {
            self.problem("", format!("{key} is missing"));
        }
        value
    }

    /// A piece of text that has to be there.
    pub(super) fn word(&mut self, key: &'d str) -> Option<&'d str> {
        if let DeValue::String(word) = self.need(key)?.get_ref() {
            return Some(word);
        }
        self.problem(key, "write a text in quotation marks");
        None
    }

    /// A piece of text that means something.
    pub(super) fn read<T>(&mut self, key: &'d str, how: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let word = self.word(key)?;
        let found = read(word);
        if found.is_none() {
            self.problem(key, format!("{word:?} is not known; {how}"));
        }
        found
    }

    /// One of several words.
    pub(super) fn one_of<T: Copy>(&mut self, key: &'d str, words: &[(T, &str)]) -> Option<T> {
        let how = list(words);
        self.read(key, &format!("write one of {how}"), |word| find(words, word))
    }

    /// Some of several words, at least one; none at all when the key is not there.
    pub(super) fn some_of<T: Copy>(&mut self, key: &'d str, words: &[(T, &str)]) -> Option<Vec<T>> {
        let value = self.take(key)?;
        let DeValue::Array(array) = value.get_ref() else {
            self.problem(key, "write a list, such as [\"magnet\"]");
            return None;
        };
        let mut found = Vec::new();
        for item in array {
            let word = if let DeValue::String(word) = item.get_ref() { find(words, word) } else { None };
            match word {
                Some(word) => found.push(word),
                None => self
                    .problem(key, format!("a word of the list is not known; write some of {}", list(words))),
            }
        }
        if array.is_empty() {
            self.problem(key, "the list is empty");
        }
        (!found.is_empty() && found.len() == array.len()).then_some(found)
    }

    /// A whole number within a range, if the key is there.
    pub(super) fn number(&mut self, key: &'d str, range: Range<u16>) -> Option<u16> {
        let value = self.take(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => u16::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            self.problem(key, format!("write a whole number from {} to {}", range.start, range.end - 1));
        }
        number
    }

    /// A text in both languages that has to be there. `{n}` may stand in it where there is a number.
    pub(super) fn said(&mut self, key: &'d str, number: bool) -> Option<Said> {
        if self.table.contains_key(key) {
            return self.perhaps_said(key, number);
        }
        self.need(key);
        None
    }

    /// A text in both languages, if the key is there.
    pub(super) fn perhaps_said(&mut self, key: &'d str, number: bool) -> Option<Said> {
        let mut both = self.section(key)?;
        let said = LANGUAGES.map(|language| {
            let text = both.word(language)?;
            if let Some(fault) = sentence::fault(text, number) {
                both.problem(language, fault);
                return None;
            }
            Some(text.to_owned())
        });
        both.close();
        let [en, es] = said;
        Some([en?, es?])
    }

    /// The table under a key, if the key is there.
    pub(super) fn section(&mut self, key: &'d str) -> Option<Section<'_>> {
        let value = self.take(key)?;
        if let DeValue::Table(table) = value.get_ref() {
            return Some(self.within(key, value.span(), table));
        }
        self.problem(key, "write a table, such as { en = \"..\", es = \"..\" }");
        None
    }

    fn within<'s>(&'s mut self, name: &str, span: Range<usize>, table: &'s DeTable<'s>) -> Section<'s> {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        let line = line_of(self.text, span.start);
        Section { text: self.text, table, line, path, taken: Vec::new(), problems: self.problems }
    }

    /// Reads each table of a list of tables (`[[rule]]`), those that can be read.
    pub(super) fn each<T>(&mut self, key: &'d str, read: impl Fn(&mut Section<'_>) -> Option<T>) -> Vec<T> {
        let Some(value) = self.need(key) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            self.problem(key, format!("write each one under [[{key}]]"));
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in array {
            if let DeValue::Table(table) = item.get_ref() {
                let mut section = self.within(key, item.span(), table);
                found.extend(read(&mut section));
                section.close();
            } else {
                self.problem(key, format!("write each one under [[{key}]]"));
            }
        }
        found
    }

    /// Reads each named table of a table (`[source.choices]`), those that can be read, by name.
    pub(super) fn named<T>(
        &mut self,
        key: &'d str,
        read: impl Fn(&str, &mut Section<'_>) -> Option<T>,
    ) -> Vec<T> {
        self.need(key);
        let Some(mut all) = self.section(key) else { return Vec::new() };
        let mut found = Vec::new();
        for name in all.table.keys() {
            let name: &str = name.get_ref();
            if let Some(mut section) = all.section(name) {
                found.extend(read(name, &mut section));
                section.close();
            }
        }
        found
    }

    /// Complains of keys that nobody took.
    pub(super) fn close(self) {
        let Section { text, table, path, taken, problems, .. } = self;
        for key in table.keys().filter(|key| !taken.contains(&key.get_ref().as_ref())) {
            let name: &str = key.get_ref();
            let key_path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            problems.push(Problem {
                line: line_of(text, key.span().start),
                key: key_path,
                reason: "nobody reads this key; is it written right?".to_owned(),
            });
        }
    }
}

fn find<T: Copy>(words: &[(T, &str)], word: &str) -> Option<T> {
    words.iter().find(|(_, known)| *known == word).map(|(found, _)| *found)
}

fn list<T>(words: &[(T, &str)]) -> String {
    words.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(", ")
}
