//! How do ZIP codes, places and middle schools stand in a file?
//!
//! Most of them are regular: a ZIP code is its own key and name, a place's key is its folded name, a middle school's
//! key is its code, and many are high schools of the catalogue too. What is not is written out.

use super::super::super::fold::fold;
use super::super::super::place::{Start, StartKind};
use super::super::super::school::{Cds, School};
use super::super::Catalogue;
use super::tables::Places;
use super::{Cell, read_codes, write_codes};
use crate::columns::{Reader, Writer};

/// How a start is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Zip,
    Place,
    /// A middle school with a name and position of its own.
    Middle,
    /// A middle school that is a school of the catalogue: name, place and position stand there.
    School,
    /// Anything else; its kind is added to this.
    Odd,
}

/// The key of a place, as far as it follows from its name.
fn place_key(name: &str) -> String {
    fold(name).replace(' ', "-")
}

/// The code that a key is, if it is written as one.
fn code(start: &Start) -> Option<Cds> {
    start.key.parse().ok()
}

fn form(start: &Start, schools: &[School], places: &Places) -> Form {
    let zip = || start.key.parse::<u32>().is_ok_and(|zip| format!("{zip:05}") == start.key);
    match start.kind {
        StartKind::Zip if start.name == start.key && zip() => Form::Zip,
        StartKind::Place
            if start.key == place_key(&start.name) && places.centre(&start.name) == Cell::of(start.point) =>
        {
            Form::Place
        }
        StartKind::Middle => match code(start) {
            Some(cds) if same(schools, cds).is_some_and(|school| is_it(school, start)) => Form::School,
            Some(_) => Form::Middle,
            None => Form::Odd,
        },
        _ => Form::Odd,
    }
}

fn same(schools: &[School], cds: Cds) -> Option<&School> {
    schools.binary_search_by_key(&cds, |school| school.cds).ok().map(|at| &schools[at])
}

fn is_it(school: &School, start: &Start) -> bool {
    school.name == start.name
        && school.place == start.place
        && school.point.map(Cell::of) == Some(Cell::of(start.point))
}

pub(super) fn write(catalogue: &Catalogue, places: &Places, to: &mut Writer) {
    let schools = &catalogue.schools;
    let starts: Vec<(Form, &Start)> =
        catalogue.starts.iter().map(|start| (form(start, schools, places), start)).collect();
    let of = |wanted: &[Form]| {
        starts
            .iter()
            .filter(|(form, _)| wanted.contains(form))
            .map(|(_, start)| *start)
            .collect::<Vec<&Start>>()
    };
    to.number(starts.len() as u64);
    let kind = |(form, start): &(Form, &Start)| match form {
        Form::Odd => *form as u64 + start.kind as u64,
        _ => *form as u64,
    };
    to.numbers(&starts.iter().map(kind).collect::<Vec<_>>());

    let mut last = 0;
    let mut steps = Vec::new();
    for zip in of(&[Form::Zip]).iter().filter_map(|start| start.key.parse::<u32>().ok()) {
        steps.push(super::zigzag(i64::from(zip) - i64::from(last)));
        last = zip;
    }
    to.numbers(&steps);
    to.numbers(&of(&[Form::Place]).iter().map(|start| places.names.at(&start.name)).collect::<Vec<_>>());
    write_codes(of(&[Form::Middle, Form::School]).into_iter().filter_map(code), to);
    let told = of(&[Form::Middle, Form::Odd]);
    to.texts(told.iter().map(|start| start.name.as_str()));
    to.texts(of(&[Form::Odd]).iter().map(|start| start.key.as_str()));
    let around = of(&[Form::Zip, Form::Place, Form::Middle, Form::Odd]);
    to.numbers(&around.iter().map(|start| places.names.at(&start.place)).collect::<Vec<_>>());
    let located = of(&[Form::Zip, Form::Middle, Form::Odd]);
    Cell::write(located.iter().map(|start| (Cell::of(start.point), places.centre(&start.place))), to);
}

pub(super) fn read(schools: &[School], places: &Places, from: &mut Reader) -> Option<Vec<Start>> {
    let many = from.length()?;
    let kinds = from.numbers(many)?;
    let forms: Vec<(Form, StartKind)> = kinds.into_iter().map(known_form).collect::<Option<_>>()?;
    let count = |wanted: &[Form]| forms.iter().filter(|(form, _)| wanted.contains(form)).count();

    let mut zips = from.numbers(count(&[Form::Zip]))?.into_iter();
    let mut names = from.numbers(count(&[Form::Place]))?.into_iter();
    let mut codes = read_codes(count(&[Form::Middle, Form::School]), from)?.into_iter();
    let mut told = from.texts(count(&[Form::Middle, Form::Odd]))?.into_iter();
    let mut keys = from.texts(count(&[Form::Odd]))?.into_iter();
    let around = from.numbers(count(&[Form::Zip, Form::Place, Form::Middle, Form::Odd]))?;
    let around = around.into_iter().map(|at| places.names.text(at)).collect::<Option<Vec<&str>>>()?;
    let mut bases = Vec::new();
    let mut next = around.iter();
    for (form, _) in forms.iter().filter(|(form, _)| *form != Form::School) {
        let place = next.next()?;
        if *form != Form::Place {
            bases.push(places.centre(place));
        }
    }
    let mut cells = Cell::read(&bases, from)?.into_iter();
    let mut around = around.into_iter();
    let mut zip = 0_u32;
    let mut starts = Vec::with_capacity(many);
    for (form, kind) in forms {
        starts.push(match form {
            Form::School => {
                let school = same(schools, codes.next()?)?;
                let (key, name) = (school.cds.to_string(), school.name.clone());
                Start { key, name, kind, point: school.point?, place: school.place.clone() }
            }
            Form::Zip => {
                let step = super::unzigzag(zips.next()?);
                zip = u32::try_from(i64::from(zip).checked_add(step)?).ok()?;
                let key = format!("{zip:05}");
                let point = cells.next()?.point();
                Start { name: key.clone(), key, kind, point, place: around.next()?.to_owned() }
            }
            Form::Place => {
                let name = places.names.text(names.next()?)?.to_owned();
                let point = places.centre(&name).point();
                Start { key: place_key(&name), name, kind, point, place: around.next()?.to_owned() }
            }
            Form::Middle | Form::Odd => {
                let key = if form == Form::Odd { keys.next()? } else { codes.next()?.to_string() };
                let (name, point) = (told.next()?, cells.next()?.point());
                Start { key, name, kind, point, place: around.next()?.to_owned() }
            }
        });
    }
    Some(starts)
}

fn known_form(kind: u64) -> Option<(Form, StartKind)> {
    Some(match kind {
        0 => (Form::Zip, StartKind::Zip),
        1 => (Form::Place, StartKind::Place),
        2 => (Form::Middle, StartKind::Middle),
        3 => (Form::School, StartKind::Middle),
        4 => (Form::Odd, StartKind::Zip),
        5 => (Form::Odd, StartKind::Place),
        6 => (Form::Odd, StartKind::Middle),
        _ => return None,
    })
}
