//! What do the words of a district's roster mean here?
//!
//! The words are those of 1EdTech OneRoster 1.1 and 1.2, CSV binding.

use crate::people::Role;
use crate::plan::Day;
use serde::{Deserialize, Serialize};

/// What somebody is, by the first of their roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Word {
    /// A student: whoever also is something else stays one.
    Student,
    /// A mother or father.
    Parent,
    /// A guardian.
    Guardian,
    /// Another relative.
    Relative,
    /// Whoever works at a school with students.
    Teacher,
}

impl Word {
    /// All of them; what stands first is told first of somebody who is several.
    pub const ALL: [Word; 5] = [Word::Student, Word::Parent, Word::Guardian, Word::Relative, Word::Teacher];

    /// What a roster's word for a role stands for; none for roles that open nothing here (aide, proctor) and for those
    /// of a whole district, whose people are invited.
    pub fn read(role: &str) -> Option<Word> {
        Some(match role.to_ascii_lowercase().as_str() {
            "student" => Word::Student,
            "parent" => Word::Parent,
            "guardian" => Word::Guardian,
            "relative" => Word::Relative,
            "teacher" | "counselor" | "administrator" | "principal" | "siteadministrator" => Word::Teacher,
            _ => return None,
        })
    }

    /// The word it is kept by. Of a member of a family it is also the word of the family link.
    pub const fn slug(self) -> &'static str {
        match self {
            Word::Student => "student",
            Word::Parent => "parent",
            Word::Guardian => "guardian",
            Word::Relative => "relative",
            Word::Teacher => "teacher",
        }
    }

    /// The one that is kept by this word.
    pub fn from_slug(slug: &str) -> Option<Word> {
        Word::ALL.into_iter().find(|word| word.slug() == slug)
    }

    /// The role it gives.
    pub const fn role(self) -> Role {
        match self {
            Word::Student => Role::Student,
            Word::Parent | Word::Guardian | Word::Relative => Role::Guardian,
            Word::Teacher => Role::Teacher,
        }
    }

    /// Whether it makes somebody a guardian of a student who names them.
    pub const fn is_family(self) -> bool {
        matches!(self, Word::Parent | Word::Guardian | Word::Relative)
    }
}

/// Whether a row still holds, by its status and its last day; none when the status is no word of the standard. A row
/// that begins later holds already: rosters are sent so that classes can be prepared.
pub fn holds(status: &str, last: Option<Day>, today: Day) -> Option<bool> {
    match status.to_ascii_lowercase().as_str() {
        "" | "active" => Some(last.is_none_or(|last| today <= last)),
        "tobedeleted" | "inactive" => Some(false),
        _ => None,
    }
}

/// A day as rosters write it, `2013-05-31`, or as a spreadsheet in the United States turns it around, `5/31/2013`.
pub fn day(text: &str) -> Option<Day> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let mut parts = text.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if parts.next().is_some() || year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// How many rows end without a question, however many there are: a small class that moves away.
const FEW: u64 = 10;

/// Would so many of all end that the roster is rather cut short, or of another district?
pub const fn too_many_end(ends: u64, of: u64) -> bool {
    ends > FEW && ends > of / 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_of_the_standard_gives_a_role_or_none() {
        for (text, word, role) in [
            ("student", Word::Student, Role::Student),
            ("Teacher", Word::Teacher, Role::Teacher),
            ("administrator", Word::Teacher, Role::Teacher),
            ("siteAdministrator", Word::Teacher, Role::Teacher),
            ("principal", Word::Teacher, Role::Teacher),
            ("counselor", Word::Teacher, Role::Teacher),
            ("parent", Word::Parent, Role::Guardian),
            ("guardian", Word::Guardian, Role::Guardian),
            ("relative", Word::Relative, Role::Guardian),
        ] {
            assert_eq!(Word::read(text), Some(word), "{text}");
            assert_eq!(word.role(), role);
            assert_eq!(Word::from_slug(word.slug()), Some(word));
            assert_eq!(word.is_family(), role == Role::Guardian);
        }
        for text in
            ["", "aide", "proctor", "districtAdministrator", "systemAdministrator", "operator", "staff"]
        {
            assert_eq!(Word::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_row_holds_until_its_last_day_is_over_or_it_is_taken_back() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let today = day("2026-11-22");
        for (status, last, answer) in [
            ("", None, Some(true)),
            ("active", None, Some(true)),
            ("Active", Some("2026-11-22"), Some(true)),
            ("active", Some("2026-11-21"), Some(false)),
            ("tobedeleted", None, Some(false)),
            ("toBeDeleted", Some("2027-06-01"), Some(false)),
            ("inactive", None, Some(false)),
            ("deleted?", None, None),
        ] {
            assert_eq!(holds(status, last.map(day), today), answer, "{status} {last:?}");
        }
    }

    #[test]
    fn a_day_is_read_as_the_standard_or_an_american_spreadsheet_writes_it() {
        for text in ["2013-05-09", "5/9/2013", "05/09/2013"] {
            assert_eq!(day(text).unwrap().to_string(), "2013-05-09", "{text}");
        }
        for text in
            ["", "2013-13-01", "31/5/2013", "5/9/13", "5/9/2013/1", "+5/9/2013", "9 May 2013", "5/9/0213"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_quarter_may_end_and_so_may_a_few() {
        for (ends, of, many) in
            [(0, 0, false), (10, 10, false), (11, 11, true), (25, 100, false), (26, 100, true)]
        {
            assert_eq!(too_many_end(ends, of), many, "{ends} of {of}");
        }
    }
}
