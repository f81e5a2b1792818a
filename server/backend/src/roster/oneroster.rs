//! What do the files of a OneRoster 1.1 or 1.2 export say?
//!
//! | file | read |
//! |---|---|
//! | `manifest.csv` | whether each file is the whole truth (bulk) or news only (delta) |
//! | `orgs.csv` | districts and schools |
//! | `users.csv` | names; role (1.1); e-mail address of adults; agents |
//! | `roles.csv` | roles (1.2) |
//! | `demographics.csv` | the birth date and nothing else |
//! | `academicSessions.csv` | last days of terms |
//! | `classes.csv`, `enrollments.csv` | classes and who is in them |
//!
//! Other files, such as `courses.csv` or `userProfiles.csv`, hold nothing that Pathways keeps and are not opened. Sex,
//! race, ethnicity, countries and cities of birth, telephone numbers, user names, passwords and further identifiers stand
//! in no list of columns here, so they are never read.

mod look;

pub(super) use look::shape;

use super::Wrong;
use super::item::{Birth, Class, Family, Grant, Org, Part, Reason, Rows, User};
use super::reading::{Batches, Broken, Columns, Form, LONGEST_NAME, Out, Shape, each, short};
use super::table::{Bad, Cells};
use crate::import::archive::Archive;
use domain::explorer::school::Cds;
use domain::people::name::is_visible;
use domain::plan::Day;
use domain::roster::Word;
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

const ORGS: (&str, Columns) =
    ("orgs.csv", Columns { required: &["sourcedId", "name", "type"], other: &["status", "identifier"] });
const USERS: (&str, Columns) = (
    "users.csv",
    Columns {
        required: &["sourcedId", "givenName", "familyName"],
        other: &["status", "role", "orgSourcedIds", "email", "agentSourcedIds"],
    },
);
const ROLES: (&str, Columns) = (
    "roles.csv",
    Columns {
        required: &["sourcedId", "userSourcedId", "role", "orgSourcedId"],
        other: &["status", "endDate"],
    },
);
const DEMOGRAPHICS: (&str, Columns) = (
    "demographics.csv",
    Columns { required: &["birthDate"], other: &["sourcedId", "userSourcedId", "status"] },
);
const SESSIONS: (&str, Columns) =
    ("academicSessions.csv", Columns { required: &["sourcedId", "endDate"], other: &["status"] });
const CLASSES: (&str, Columns) = (
    "classes.csv",
    Columns { required: &["sourcedId", "title", "schoolSourcedId"], other: &["status", "termSourcedIds"] },
);
const ENROLLMENTS: (&str, Columns) = (
    "enrollments.csv",
    Columns {
        required: &["sourcedId", "classSourcedId", "userSourcedId", "role"],
        other: &["status", "endDate"],
    },
);

/// The most terms: two dozen a year for decades.
const MOST_TERMS: usize = 10_000;

fn open(path: &Path) -> Result<Archive, Wrong> {
    // What it says names the file already.
    Archive::open(path)
        .map_err(|fault| unreadable("", io::Error::new(io::ErrorKind::InvalidData, fault.to_string())))
}

fn unreadable(file: &str, cause: io::Error) -> Wrong {
    Wrong::Unreadable { file: file.to_owned(), cause }
}

/// Reads all parts in their order.
pub(super) fn read(shape: &Shape, today: Day, out: Out<'_>) -> Result<(), Broken> {
    let mut archive = open(&shape.path)?;
    let has = |part| shape.parts.contains_key(&part);
    if has(Part::Org) {
        let mut to = Batches::new(Part::Org, ORGS.0, Rows::Orgs, out);
        table(&mut archive, ORGS, today, &mut to, |cells| org(cells).map(Some))?;
    }
    if has(Part::User) {
        users(shape, &mut archive, today, out)?;
    }
    if has(Part::Role) {
        let mut to = Batches::new(Part::Role, ROLES.0, Rows::Roles, out);
        table(&mut archive, ROLES, today, &mut to, |cells| role(cells).map(Some))?;
    }
    if has(Part::Birth) {
        births(&mut archive, today, out)?;
    }
    if has(Part::User) {
        let to = &mut Batches::new(Part::Guardian, USERS.0, Rows::Families, out).quiet();
        persons(shape, &mut archive, today, &HashMap::new(), to, |to, cells, id, _| {
            for agent in list(cells.text("agentSourcedIds")?) {
                let family = Family { user: id.to_owned(), agent: agent.to_owned() };
                to.row(cells.line, format!("{id}\t{agent}"), Some(family))?;
            }
            Ok(())
        })?;
        to.send()?;
    }
    if has(Part::Class) {
        let over = if shape.terms { terms_over(&mut archive, today)? } else { HashMap::new() };
        let mut to = Batches::new(Part::Class, CLASSES.0, Rows::Classes, out);
        table(&mut archive, CLASSES, today, &mut to, |cells| class(cells, &over))?;
    }
    if has(Part::Enrollment) {
        let mut to = Batches::new(Part::Enrollment, ENROLLMENTS.0, Rows::Enrollments, out);
        table(&mut archive, ENROLLMENTS, today, &mut to, |cells| enrollment(cells).map(Some))?;
    }
    Ok(())
}

/// Reads a table of which each row is a row of one part. What gives nothing holds no longer.
fn table<T>(
    archive: &mut Archive,
    (file, columns): (&str, Columns),
    today: Day,
    to: &mut Batches<'_, T>,
    mut item: impl FnMut(&Cells<'_>) -> Result<Option<T>, Bad>,
) -> Result<(), Broken> {
    each(archive, file, columns, |cells| {
        let cells = match cells {
            Ok(cells) => cells,
            Err((line, bad)) => return to.problem(line, bad, None),
        };
        let id = match cells.id("sourcedId") {
            Ok(id) => id.to_owned(),
            Err(bad) => return to.problem(cells.line, bad, None),
        };
        match cells.holds(today).and_then(|holds| if holds { item(&cells) } else { Ok(None) }) {
            Ok(item) => to.row(cells.line, id, item),
            Err(bad) => to.problem(cells.line, bad, Some(id)),
        }
    })?;
    to.send()
}

fn org(cells: &Cells<'_>) -> Result<Org, Bad> {
    let school = match cells.text("type")?.to_ascii_lowercase().as_str() {
        "school" => true,
        "department" | "district" | "local" | "state" | "national" => false,
        _ => return Err(Bad { field: "type", reason: Reason::Kind }),
    };
    let identifier = cells.text("identifier")?;
    let cds = identifier.parse::<Cds>().ok().filter(|_| school);
    Ok(Org {
        name: cells.name("name", LONGEST_NAME)?.to_owned(),
        school,
        cds: cds.map(|cds| cds.to_string()),
    })
}

/// A mistake in a cell, or the end of reading: what reading a person can come to.
enum Miss {
    Bad(Bad),
    Broken(Broken),
}

impl From<Bad> for Miss {
    fn from(bad: Bad) -> Miss {
        Miss::Bad(bad)
    }
}

impl From<Broken> for Miss {
    fn from(broken: Broken) -> Miss {
        Miss::Broken(broken)
    }
}

fn users(shape: &Shape, archive: &mut Archive, today: Day, out: Out<'_>) -> Result<(), Broken> {
    let words = if shape.parts.contains_key(&Part::Role) { words(archive, today)? } else { HashMap::new() };
    let to = &mut Batches::new(Part::User, USERS.0, Rows::Users, out);
    persons(shape, archive, today, &words, to, |to, cells, id, user| {
        Ok(to.row(cells.line, id.to_owned(), user)?)
    })?;
    to.send()?;
    drop(words);
    if shape.form == Form::Two {
        return Ok(());
    }
    let to = &mut Batches::new(Part::Role, USERS.0, Rows::Roles, out).quiet();
    persons(shape, archive, today, &HashMap::new(), to, |to, cells, id, user| {
        let Some(word) = user.and_then(|user| user.word) else { return Ok(()) };
        let grant =
            |at: Option<&str>, sole| Grant { user: id.to_owned(), word, at: at.map(str::to_owned), sole };
        if word.is_family() {
            return Ok(to.row(cells.line, format!("{id}\t{}", word.slug()), Some(grant(None, true)))?);
        }
        let orgs: Vec<&str> = list(cells.text("orgSourcedIds")?).collect();
        for org in &orgs {
            let key = format!("{id}\t{}\t{org}", word.slug());
            to.row(cells.line, key, Some(grant(Some(org), orgs.len() == 1)))?;
        }
        Ok(())
    })?;
    to.send()
}

/// Reads the people of `users.csv`, each once: the first line of an identifier counts.
fn persons<T>(
    shape: &Shape,
    archive: &mut Archive,
    today: Day,
    words: &HashMap<u64, Word>,
    to: &mut Batches<'_, T>,
    mut take: impl FnMut(&mut Batches<'_, T>, &Cells<'_>, &str, Option<User>) -> Result<(), Miss>,
) -> Result<(), Broken> {
    let mut seen = HashSet::new();
    each(archive, USERS.0, USERS.1, |cells| {
        let cells = match cells {
            Ok(cells) => cells,
            Err((line, bad)) => return to.problem(line, bad, None),
        };
        let id = match cells.id("sourcedId") {
            Ok(id) => id,
            Err(bad) => return to.problem(cells.line, bad, None),
        };
        if !seen.insert(short(id)) {
            let bad = Bad { field: "sourcedId", reason: Reason::Duplicate };
            return to.problem(cells.line, bad, Some(id.to_owned()));
        }
        let user = cells.holds(today).and_then(|holds| {
            if holds { user(&cells, shape.form, words.get(&short(id)).copied()).map(Some) } else { Ok(None) }
        });
        match user.map_err(Miss::Bad).and_then(|user| take(to, &cells, id, user)) {
            Ok(()) => Ok(()),
            Err(Miss::Bad(bad)) => to.problem(cells.line, bad, Some(id.to_owned())),
            Err(Miss::Broken(broken)) => Err(broken),
        }
    })
}

fn user(cells: &Cells<'_>, form: Form, told: Option<Word>) -> Result<User, Bad> {
    let word = match form {
        Form::One => {
            let role = cells.name("role", LONGEST_NAME)?;
            Some(Word::read(role).ok_or(Bad { field: "role", reason: Reason::Role })?)
        }
        Form::Two | Form::Plain => told,
    };
    let (given, family) = (cells.shown("givenName", LONGEST_NAME)?, cells.shown("familyName", LONGEST_NAME)?);
    if !is_visible(given) && !is_visible(family) {
        return Err(Bad { field: "givenName", reason: Reason::Blank });
    }
    // Checked in every pass, so that a row is taken in whole or not at all.
    cells.text("orgSourcedIds")?;
    cells.text("agentSourcedIds")?;
    let email = match word {
        None | Some(Word::Student) => None,
        Some(_) => cells.email("email")?,
    };
    Ok(User { given_name: given.to_owned(), family_name: family.to_owned(), word, tongue: None, email })
}

/// What each person is, of `roles.csv`: the first of their words.
fn words(archive: &mut Archive, today: Day) -> Result<HashMap<u64, Word>, Broken> {
    let mut words = HashMap::new();
    each(archive, ROLES.0, ROLES.1, |cells| {
        if let Ok(cells) = cells
            && cells.holds(today) == Ok(true)
            && let (Ok(user), Ok(role)) = (cells.id("userSourcedId"), cells.text("role"))
            && let Some(word) = Word::read(role)
        {
            words.entry(short(user)).and_modify(|known: &mut Word| *known = word.min(*known)).or_insert(word);
        }
        Ok(())
    })?;
    Ok(words)
}

fn role(cells: &Cells<'_>) -> Result<Grant, Bad> {
    let (user, word) = (cells.id("userSourcedId")?.to_owned(), Word::read(cells.text("role")?));
    let word = word.ok_or(Bad { field: "role", reason: Reason::Role })?;
    let at = if word.is_family() { None } else { Some(cells.id("orgSourcedId")?.to_owned()) };
    Ok(Grant { user, word, at, sole: true })
}

fn births(archive: &mut Archive, today: Day, out: Out<'_>) -> Result<(), Broken> {
    let mut to = Batches::new(Part::Birth, DEMOGRAPHICS.0, Rows::Births, out);
    each(archive, DEMOGRAPHICS.0, DEMOGRAPHICS.1, |cells| {
        let cells = match cells {
            Ok(cells) => cells,
            Err((line, bad)) => return to.problem(line, bad, None),
        };
        let id = match cells.text("userSourcedId") {
            Ok("") => cells.id("sourcedId"),
            _ => cells.id("userSourcedId"),
        };
        match id.and_then(|id| Ok((id.to_owned(), cells.holds(today)?, cells.born("birthDate", today)?))) {
            Ok((id, true, Some(born))) => to.row(cells.line, id, Some(Birth { born })),
            // Nothing is said: what is known stays.
            Ok(_) => Ok(()),
            Err(bad) => to.problem(cells.line, bad, None),
        }
    })?;
    to.send()
}

/// The terms whose last day is over.
fn terms_over(archive: &mut Archive, today: Day) -> Result<HashMap<String, bool>, Broken> {
    let mut over = HashMap::new();
    each(archive, SESSIONS.0, SESSIONS.1, |cells| {
        if let Ok(cells) = cells
            && let (Ok(id), Ok(Some(last))) = (cells.id("sourcedId"), cells.day("endDate"))
            && over.len() < MOST_TERMS
        {
            over.insert(id.to_owned(), last < today);
        }
        Ok(())
    })?;
    Ok(over)
}

/// A class, unless all of its terms are over.
fn class(cells: &Cells<'_>, over: &HashMap<String, bool>) -> Result<Option<Class>, Bad> {
    let mut terms = list(cells.text("termSourcedIds")?).peekable();
    if terms.peek().is_some() && terms.all(|term| over.get(term) == Some(&true)) {
        return Ok(None);
    }
    let title = cells.name("title", LONGEST_NAME)?.to_owned();
    Ok(Some(Class { title, school: cells.id("schoolSourcedId")?.to_owned() }))
}

fn enrollment(cells: &Cells<'_>) -> Result<Grant, Bad> {
    let (user, at) = (cells.id("userSourcedId")?.to_owned(), cells.id("classSourcedId")?.to_owned());
    match Word::read(cells.text("role")?) {
        Some(word) if !word.is_family() => Ok(Grant { user, word, at: Some(at), sole: true }),
        _ => Err(Bad { field: "role", reason: Reason::Role }),
    }
}

/// What stands in a cell that may hold several, with commas between them.
fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(',').map(str::trim).filter(|part| !part.is_empty())
}
