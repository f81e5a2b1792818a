//! Which files does an export have, and is each the whole truth or news only?

use super::{CLASSES, DEMOGRAPHICS, ENROLLMENTS, ORGS, ROLES, USERS, open, unreadable};
use crate::import::archive::Archive;
use crate::roster::item::Part;
use crate::roster::reading::{Broken, Columns, Form, LONGEST_NAME, Shape, each};
use crate::roster::table::Table;
use crate::roster::{Mode, Wrong};
use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use std::path::Path;

/// The files that a part is read from.
const FILES: [(Part, (&str, Columns)); 6] = [
    (Part::Org, ORGS),
    (Part::User, USERS),
    (Part::Role, ROLES),
    (Part::Birth, DEMOGRAPHICS),
    (Part::Class, CLASSES),
    (Part::Enrollment, ENROLLMENTS),
];

/// The longest manifest, in bytes.
const LONGEST_MANIFEST: u64 = 64 << 10;

/// Looks at the headers of all files and at the manifest.
pub(in crate::roster) fn shape(path: &Path) -> Result<Shape, Wrong> {
    let mut archive = open(path)?;
    let declared = manifest(&mut archive)?;
    let mut parts = BTreeMap::new();
    let mut with_role = false;
    for (part, (file, columns)) in FILES {
        // What the manifest calls absent is not read, even if it lies there from another time.
        let mode = declared.get(file.trim_end_matches(".csv")).copied();
        if mode == Some(Declared::Absent) {
            continue;
        }
        let Some(input) = archive.table(file).map_err(|cause| unreadable(file, cause))? else { continue };
        let table = Table::open(input, columns.required, columns.other).map_err(|bad| bad.of(file))?;
        if part == Part::User {
            with_role = table.has("role");
            if with_role && !table.has("orgSourcedIds") {
                return Err(Wrong::Columns { file: file.to_owned(), columns: vec!["orgSourcedIds"] });
            }
        }
        if part == Part::Birth && !table.has("sourcedId") && !table.has("userSourcedId") {
            return Err(Wrong::Columns { file: file.to_owned(), columns: vec!["userSourcedId"] });
        }
        // What nobody calls the whole truth is taken for news: then nothing ends that it does not name.
        parts.insert(part, if mode == Some(Declared::Bulk) { Mode::Bulk } else { Mode::Delta });
    }
    if parts.is_empty() {
        return Err(Wrong::NoRoster);
    }
    let form = if with_role { Form::One } else { Form::Two };
    if form == Form::One {
        parts.remove(&Part::Role);
    }
    let terms = declared.get("academicSessions") != Some(&Declared::Absent);
    let mut shape = Shape { path: path.to_owned(), form, parts, terms, district: None };
    shape.district = district(&shape, &mut archive)?;
    Ok(shape)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Declared {
    Bulk,
    Delta,
    Absent,
}

/// What the manifest says of each file, by its name without the end.
fn manifest(archive: &mut Archive) -> Result<HashMap<String, Declared>, Wrong> {
    const FILE: &str = "manifest.csv";
    let Some(input) = archive.table(FILE).map_err(|cause| unreadable(FILE, cause))? else {
        return Ok(HashMap::new());
    };
    let columns: &[&str] = &["propertyName", "value"];
    let mut table = Table::open(input.take(LONGEST_MANIFEST), columns, &[]).map_err(|bad| bad.of(FILE))?;
    let mut declared = HashMap::new();
    while let Some(row) = table.next().map_err(|cause| unreadable(FILE, cause))? {
        let Ok(row) = row else { continue };
        let (Ok(name), Ok(value)) = (row.text("propertyName"), row.text("value")) else { continue };
        let Some(file) = name.strip_prefix("file.") else { continue };
        let said = match value.to_ascii_lowercase().as_str() {
            "bulk" => Declared::Bulk,
            "absent" => Declared::Absent,
            _ => Declared::Delta,
        };
        declared.insert(file.to_owned(), said);
    }
    Ok(declared)
}

/// What the district is called, if the files name exactly one.
fn district(shape: &Shape, archive: &mut Archive) -> Result<Option<String>, Wrong> {
    let mut names = Vec::new();
    if shape.parts.contains_key(&Part::Org) {
        let read = each(archive, ORGS.0, ORGS.1, |cells| {
            if let Ok(cells) = cells
                && cells.text("type").is_ok_and(|kind| kind.eq_ignore_ascii_case("district"))
                && let Ok(name) = cells.name("name", LONGEST_NAME)
                && names.len() < 2
            {
                names.push(name.to_owned());
            }
            Ok(())
        });
        if let Err(Broken::Wrong(wrong)) = read {
            return Err(wrong);
        }
    }
    Ok(if names.len() == 1 { names.pop() } else { None })
}
