//! How does a plan stand in an address?
//!
//! Short, for links and bookmarks: a name for each year and its classes in a row, each a letter for the subject, a
//! digit for the level, `h` for half a year and a capital for the grade: `m=c1A&9=bc2De1fh`. And long, as the form of
//! the page sends it without script: `c9=b&l9=y&g9=&c9=c2&l9=y&g9=D`, the first `c9` with the first `l9` and `g9`.
//! Both are read; what makes no sense is left out.

use super::course::{Class, Course, Grade, Length, Year};
use super::plan::YearPlan;

/// The fields of a year as a form sends them, in order.
#[derive(Default)]
struct Sent<'a> {
    classes: Vec<&'a str>,
    lengths: Vec<&'a str>,
    grades: Vec<&'a str>,
}

impl YearPlan {
    /// Reads the part of an address after `?`. Other names and senseless values are left out.
    pub fn parse(raw: &str) -> YearPlan {
        let mut plan = YearPlan::default();
        let mut sent: [Sent<'_>; 5] = Default::default();
        for pair in raw.trim_start_matches('?').split('&') {
            let Some((name, value)) = pair.split_once('=') else { continue };
            if let Some(year) = Year::from_slug(name) {
                read_row(value, |course| _ = plan.add(year, course));
                continue;
            }
            let (field, year) = name.split_at_checked(1).unwrap_or_default();
            match (name, field, Year::from_slug(year)) {
                ("credits", ..) => _ = value.parse().is_ok_and(|credits| plan.set_credits(credits)),
                ("room", ..) => _ = value.parse().is_ok_and(|room| plan.set_room(room)),
                (_, "c", Some(year)) => sent[year as usize].classes.push(value),
                (_, "l", Some(year)) => sent[year as usize].lengths.push(value),
                (_, "g", Some(year)) => sent[year as usize].grades.push(value),
                _ => {}
            }
        }
        for (year, sent) in Year::ALL.into_iter().zip(sent) {
            for (at, class) in sent.classes.iter().enumerate() {
                let Some(class) = Class::from_slug(class) else { continue };
                let half = sent.lengths.get(at).is_some_and(|length| *length == Length::Half.slug());
                let length = if half { Length::Half } else { Length::Year };
                let grade = sent.grades.get(at).and_then(|grade| Grade::from_slug(grade)).unwrap_or_default();
                plan.add(year, Course { class, length, grade });
            }
        }
        plan
    }

    /// The part of the address after `?`, always the same for the same plan; empty for the empty plan.
    pub fn to_address(&self) -> String {
        let mut out = String::new();
        let mut pair = |name: &str, value: &str| {
            if !out.is_empty() {
                out.push('&');
            }
            out.push_str(name);
            out.push('=');
            out.push_str(value);
        };
        for year in Year::ALL.into_iter().filter(|year| !self.courses(*year).is_empty()) {
            let row: Vec<String> = self.courses(year).iter().map(|course| write(*course)).collect();
            pair(year.slug(), &row.concat());
        }
        if self.credits() != YearPlan::CREDITS {
            pair("credits", &self.credits().to_string());
        }
        if self.room() != YearPlan::ROOM {
            pair("room", &self.room().to_string());
        }
        out
    }
}

fn write(course: Course) -> String {
    let mut out = course.class.slug();
    if course.length == Length::Half {
        out.push_str(Length::Half.slug());
    }
    out.push_str(course.grade.slug());
    out
}

/// Reads the classes of a row. Each begins with the letter of its subject, so a senseless sign spoils only its own.
fn read_row(row: &str, mut add: impl FnMut(Course)) {
    let begins = |sign: u8| matches!(sign, b'a'..=b'g' | b'o');
    let bytes = row.as_bytes();
    let mut starts = (0..bytes.len()).filter(|at| begins(bytes[*at])).peekable();
    while let Some(start) = starts.next() {
        let end = starts.peek().copied().unwrap_or(bytes.len());
        // A sign that stands in more than one byte lies within a part, never across its ends.
        if let Some(course) = row.get(start..end).and_then(read) {
            add(course);
        }
    }
}

fn read(word: &str) -> Option<Course> {
    let level = word.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    let (class, rest) = word.split_at_checked(1 + usize::from(level))?;
    let (length, grade) = match rest.strip_prefix(Length::Half.slug()) {
        Some(grade) => (Length::Half, grade),
        None => (Length::Year, rest),
    };
    Some(Course { class: Class::from_slug(class)?, length, grade: Grade::from_slug(grade)? })
}
