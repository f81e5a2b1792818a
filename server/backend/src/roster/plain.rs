//! What does a plain table of students say, one line for each student and class?
//!
//! It is news, never the whole truth: a school may send a class at a time, so only a line with the status
//! `tobedeleted` ends something. A line tells everything about its student, so who moves to another class leaves the
//! first.

use super::item::{Birth, Class, Family, Grant, Org, Part, Reason, Rows, User};
use super::reading::{Batches, Broken, Columns, Form, LONGEST_ID, LONGEST_NAME, Out, Shape, short};
use super::table::{Bad, Cells, Table};
use super::{Mode, Wrong};
use crate::import::archive::Guarded;
use crate::people::organisation::sort_key;
use crate::people::person::email_key;
use domain::explorer::school::Cds;
use domain::people::name::is_visible;
use domain::plan::Day;
use domain::roster::Word;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::path::Path;

/// A table to fill in: its header and two lines of an invented family.
pub const TEMPLATE: &str = "\
school,school_code,class,student_number,given_name,family_name,birth_date,language,status,\
guardian_given_name,guardian_family_name,guardian_email,guardian_relation,guardian_language,\
guardian_2_given_name,guardian_2_family_name,guardian_2_email,guardian_2_relation,guardian_2_language\n\
Example Middle School,,Period 1 Advisory,100001,Ana,Example,2013-05-31,es,active,\
Rosa,Example,rosa@example.org,parent,es,Luis,Example,,parent,es\n\
Example Middle School,,Period 1 Advisory,100002,Leo,Example,2014-01-15,en,active,\
Rosa,Example,rosa@example.org,parent,es,,,,,\n";

const COLUMNS: Columns = Columns {
    required: &["school", "student_number", "given_name", "family_name"],
    other: &[
        "school_code",
        "class",
        "birth_date",
        "language",
        "status",
        "guardian_given_name",
        "guardian_family_name",
        "guardian_email",
        "guardian_relation",
        "guardian_language",
        "guardian_2_given_name",
        "guardian_2_family_name",
        "guardian_2_email",
        "guardian_2_relation",
        "guardian_2_language",
    ],
};

/// The columns of each guardian: given name, family name, e-mail address, relation, language.
const GUARDIANS: [[&str; 5]; 2] = [
    [
        "guardian_given_name",
        "guardian_family_name",
        "guardian_email",
        "guardian_relation",
        "guardian_language",
    ],
    [
        "guardian_2_given_name",
        "guardian_2_family_name",
        "guardian_2_email",
        "guardian_2_relation",
        "guardian_2_language",
    ],
];

/// Looks at the header.
pub(super) fn shape(path: &Path) -> Result<Shape, Wrong> {
    let broken = |cause| Wrong::Unreadable { file: path.display().to_string(), cause };
    let input = File::open(path).map_err(broken)?;
    let name = name(path);
    match Table::open(Guarded::new(input), COLUMNS.required, COLUMNS.other) {
        Ok(_) => {}
        // Not one column is there: it is some other file.
        Err(super::table::BadTable::Missing(missing)) if missing.len() == COLUMNS.required.len() => {
            return Err(Wrong::NoRoster);
        }
        Err(bad) => return Err(bad.of(&name)),
    }
    let parts: BTreeMap<Part, Mode> = Part::ALL.into_iter().map(|part| (part, Mode::Delta)).collect();
    Ok(Shape { path: path.to_owned(), form: Form::Plain, parts, terms: false, district: None })
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Reads all parts in their order, each from the beginning.
pub(super) fn read(shape: &Shape, today: Day, out: Out<'_>) -> Result<(), Broken> {
    let (path, file) = (shape.path.as_path(), name(&shape.path));
    let mut once = HashSet::new();
    let mut orgs = Batches::new(Part::Org, &file, Rows::Orgs, &mut *out).quiet();
    students(path, today, &mut orgs, |to, line, student| {
        let org = Org { name: student.school.clone(), school: true, cds: student.cds.clone() };
        let id = student.school_id();
        if once.insert(short(&id)) { to.row(line, id, Some(org)) } else { Ok(()) }
    })?;
    orgs.send()?;

    once.clear();
    let mut users = Batches::new(Part::User, &file, Rows::Users, &mut *out);
    students(path, today, &mut users, |to, line, student| {
        let user = User {
            given_name: student.given_name.clone(),
            family_name: student.family_name.clone(),
            word: Some(Word::Student),
            tongue: student.tongue,
            email: None,
        };
        if once.insert(short(&student.number)) {
            to.row(line, student.number.clone(), student.holds.then_some(user))?;
        }
        for guardian in student.guardians {
            if once.insert(short(&guardian.id)) {
                to.row(line, guardian.id, Some(guardian.user))?;
            }
        }
        Ok(())
    })?;
    users.send()?;

    once.clear();
    let mut roles = Batches::new(Part::Role, &file, Rows::Roles, &mut *out).quiet();
    students(path, today, &mut roles, |to, line, student| {
        let mut grant = |user: &str, word: Word, at: Option<String>| {
            let key = format!("{user}\t{}\t{}", word.slug(), at.as_deref().unwrap_or_default());
            if !once.insert(short(&key)) {
                return Ok(());
            }
            to.row(line, key, Some(Grant { user: user.to_owned(), word, at, sole: true }))
        };
        if student.holds {
            grant(&student.number, Word::Student, Some(student.school_id()))?;
        }
        student
            .guardians
            .iter()
            .try_for_each(|guardian| grant(&guardian.id, guardian.user.word.unwrap_or(Word::Guardian), None))
    })?;
    roles.send()?;

    once.clear();
    let mut births = Batches::new(Part::Birth, &file, Rows::Births, &mut *out).quiet();
    students(path, today, &mut births, |to, line, student| match student.born {
        Some(born) if student.holds && once.insert(short(&student.number)) => {
            to.row(line, student.number, Some(Birth { born }))
        }
        _ => Ok(()),
    })?;
    births.send()?;

    once.clear();
    let mut families = Batches::new(Part::Guardian, &file, Rows::Families, &mut *out).quiet();
    students(path, today, &mut families, |to, line, student| {
        for guardian in student.guardians {
            let key = format!("{}\t{}", student.number, guardian.id);
            if once.insert(short(&key)) {
                let family = Family { user: student.number.clone(), agent: guardian.id };
                to.row(line, key, Some(family))?;
            }
        }
        Ok(())
    })?;
    families.send()?;

    once.clear();
    let mut classes = Batches::new(Part::Class, &file, Rows::Classes, &mut *out).quiet();
    students(path, today, &mut classes, |to, line, student| match student.class_id() {
        Some(id) if student.holds && once.insert(short(&id)) => {
            let class = Class { title: student.class.clone(), school: student.school_id() };
            to.row(line, id, Some(class))
        }
        _ => Ok(()),
    })?;
    classes.send()?;

    once.clear();
    let mut enrollments = Batches::new(Part::Enrollment, &file, Rows::Enrollments, &mut *out).quiet();
    students(path, today, &mut enrollments, |to, line, student| match student.class_id() {
        Some(class) if student.holds => {
            let key = format!("{}\t{class}", student.number);
            if !once.insert(short(&key)) {
                return Ok(());
            }
            let grant = Grant { user: student.number, word: Word::Student, at: Some(class), sole: true };
            to.row(line, key, Some(grant))
        }
        _ => Ok(()),
    })?;
    enrollments.send()
}

/// A line of the table.
struct Student {
    holds: bool,
    school: String,
    cds: Option<String>,
    /// Blank when the line names no class.
    class: String,
    number: String,
    given_name: String,
    family_name: String,
    born: Option<Day>,
    tongue: Option<&'static str>,
    guardians: Vec<Guardian>,
}

struct Guardian {
    id: String,
    user: User,
}

impl Student {
    /// Schools have no identifiers of their own here: the state's code, or the name however it is written.
    fn school_id(&self) -> String {
        self.cds.clone().unwrap_or_else(|| sort_key(&self.school))
    }

    fn class_id(&self) -> Option<String> {
        let class = sort_key(&self.class);
        (!class.is_empty()).then(|| format!("{}\t{class}", self.school_id()))
    }

    /// What must be the same in every line of a student.
    fn essence(&self) -> u64 {
        short(&format!("{}\t{}\t{:?}\t{}", self.given_name, self.family_name, self.born, self.holds))
    }
}

/// Reads every line that can be right. What is wrong in the others is told once, with the people.
fn students<T>(
    path: &Path,
    today: Day,
    to: &mut Batches<'_, T>,
    mut take: impl FnMut(&mut Batches<'_, T>, u64, Student) -> Result<(), Broken>,
) -> Result<(), Broken> {
    let file = name(path);
    let broken = |cause| Wrong::Unreadable { file: file.clone(), cause };
    let input = Guarded::new(File::open(path).map_err(broken)?);
    let mut table = Table::open(input, COLUMNS.required, COLUMNS.other).map_err(|bad| bad.of(&file))?;
    let mut essences = HashMap::new();
    while let Some(cells) = table.next().map_err(broken)? {
        let cells = match cells {
            Ok(cells) => cells,
            Err((line, reason)) => {
                to.problem(line, Bad { field: "", reason }, None)?;
                continue;
            }
        };
        let line = cells.line;
        match student(&cells, today) {
            Err(bad) => {
                let id = cells.name("student_number", LONGEST_ID).ok().map(str::to_owned);
                to.problem(line, bad, id)?;
            }
            Ok(student) => {
                let essence = student.essence();
                if *essences.entry(short(&student.number)).or_insert(essence) == essence {
                    take(to, line, student)?;
                } else {
                    let bad = Bad { field: "student_number", reason: Reason::Contradiction };
                    to.problem(line, bad, Some(student.number))?;
                }
            }
        }
    }
    Ok(())
}

fn student(cells: &Cells<'_>, today: Day) -> Result<Student, Bad> {
    let number = cells.name("student_number", LONGEST_ID)?.to_owned();
    let code = cells.text("school_code")?;
    let cds = if code.is_empty() {
        None
    } else {
        let cds = code.parse::<Cds>().map_err(|()| Bad { field: "school_code", reason: Reason::NoPlace })?;
        Some(cds.to_string())
    };
    let school = cells.name("school", LONGEST_NAME)?.to_owned();
    if sort_key(&school).is_empty() {
        return Err(Bad { field: "school", reason: Reason::Text });
    }
    let holds = cells.holds(today)?;
    let mut guardians = Vec::new();
    for columns in GUARDIANS {
        guardians.extend(guardian(cells, columns, &number)?.filter(|_| holds));
    }
    Ok(Student {
        holds,
        school,
        cds,
        class: cells.shown("class", LONGEST_NAME)?.to_owned(),
        given_name: cells.name("given_name", LONGEST_NAME)?.to_owned(),
        family_name: cells.name("family_name", LONGEST_NAME)?.to_owned(),
        born: cells.born("birth_date", today)?,
        tongue: tongue(cells, "language")?,
        guardians,
        number,
    })
}

/// A guardian, if the columns name one. Two students have the same guardian when the e-mail address is the same.
fn guardian(
    cells: &Cells<'_>,
    [given, family, email, relation, language]: [&'static str; 5],
    student: &str,
) -> Result<Option<Guardian>, Bad> {
    let (given_name, family_name) = (cells.shown(given, LONGEST_NAME)?, cells.shown(family, LONGEST_NAME)?);
    let email = cells.email(email)?;
    let word = match cells.text(relation)? {
        "" => Some(Word::Guardian),
        text => Word::read(text).filter(|word| word.is_family()),
    };
    let word = word.ok_or(Bad { field: relation, reason: Reason::Role })?;
    let tongue = tongue(cells, language)?;
    if !is_visible(given_name) && !is_visible(family_name) {
        // An address alone is no person.
        return if email.is_none() { Ok(None) } else { Err(Bad { field: given, reason: Reason::Blank }) };
    }
    let id = match &email {
        Some(email) => format!("guardian\t{}", email_key(email)),
        None => format!("guardian\t{student}\t{}", sort_key(&format!("{given_name} {family_name}"))),
    };
    let (given_name, family_name) = (given_name.to_owned(), family_name.to_owned());
    Ok(Some(Guardian { id, user: User { given_name, family_name, word: Some(word), tongue, email } }))
}

fn tongue(cells: &Cells<'_>, column: &'static str) -> Result<Option<&'static str>, Bad> {
    match cells.text(column)?.to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "en" | "english" => Ok(Some("en")),
        "es" | "spanish" | "español" => Ok(Some("es")),
        _ => Err(Bad { field: column, reason: Reason::Language }),
    }
}
