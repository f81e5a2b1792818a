//! How does a catalogue travel in few bytes?
//!
//! By columns, since a compressor finds more in a thousand names, then a thousand numbers of one kind, than in a
//! thousand rows. What can be told from the rest is left out: a middle school that is a high school too takes its
//! name from there, a position is told from the centre of its place, a dropout rate from the graduation rate.
//! Everything comes back as it was, except that positions lie on a grid ([`on_grid`]).

mod figures;
mod starts;
mod tables;

use super::super::place::Point;
use super::super::school::{Alternative, Cds, Rail, School, Setting};
use super::Catalogue;
use crate::columns::{Reader, Writer, unzigzag, zigzag};
use tables::{Places, Table};

/// The first byte of the file; counted up when the layout changes.
const VERSION: u64 = 2;

/// The grid of positions in degrees: about 6.7 m, so that a position moves by at most 5 m.
const GRID: f64 = 0.000_06;

/// Where a point comes back from a file: on a grid, at most 5 m away.
pub fn on_grid(point: Point) -> Point {
    Cell::of(point).point()
}

/// A point as whole steps of the grid.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Cell {
    lat: i64,
    lon: i64,
}

impl Cell {
    fn of(point: Point) -> Cell {
        // Saturating, and 0 for what is not a number; there is no such place.
        #[allow(clippy::cast_possible_truncation)]
        let steps = |degrees: f32| i64::from((f64::from(degrees) / GRID).round() as i32);
        Cell { lat: steps(point.lat), lon: steps(point.lon) }
    }

    fn point(self) -> Point {
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "steps fit 32 bits")]
        let degrees = |steps: i64| (steps as f64 * GRID) as f32;
        Point { lat: degrees(self.lat), lon: degrees(self.lon) }
    }

    fn write(cells: impl Iterator<Item = (Cell, Cell)>, to: &mut Writer) {
        let (lat, lon): (Vec<u64>, Vec<u64>) =
            cells.map(|(cell, base)| (zigzag(cell.lat - base.lat), zigzag(cell.lon - base.lon))).unzip();
        to.numbers(&lat);
        to.numbers(&lon);
    }

    fn read(bases: &[Cell], from: &mut Reader) -> Option<Vec<Cell>> {
        let lat = from.numbers(bases.len())?;
        let lon = from.numbers(bases.len())?;
        let step = |base: i64, by: u64| i32::try_from(base.checked_add(unzigzag(by))?).ok().map(i64::from);
        let cells = bases.iter().zip(lat.iter().zip(&lon));
        cells
            .map(|(base, (lat, lon))| Some(Cell { lat: step(base.lat, *lat)?, lon: step(base.lon, *lon)? }))
            .collect()
    }
}

pub(super) fn encode(catalogue: &Catalogue) -> Vec<u8> {
    let mut to = Writer::default();
    let schools = &catalogue.schools;
    to.number(VERSION);
    to.number(u64::from(catalogue.year));
    to.number(schools.len() as u64);
    write_codes(schools.iter().map(|school| school.cds), &mut to);
    to.texts(schools.iter().map(|school| school.name.as_str()));
    let places = Places::of(catalogue);
    places.write(&mut to);
    let column = |value: &dyn Fn(&School) -> u64| schools.iter().map(value).collect::<Vec<u64>>();
    to.numbers(&column(&|school| places.names.at(&school.place)));
    let districts = Table::by_appearance(schools.iter().map(|school| school.district.as_str()));
    districts.write(&mut to);
    to.numbers(&column(&|school| districts.at(&school.district)));
    to.numbers(&column(&|school| zigzag(i64::from(school.zip) - places.zip(&school.place))));
    to.numbers(&column(&flags));
    to.numbers(&column(&|school| u64::from(school.grades.0)));
    to.numbers(&column(&|school| u64::from(school.grades.1)));
    to.numbers(&column(&|school| school.alternative.map_or(0, |kind| kind as u64 + 1)));
    to.numbers(&column(&|school| school.students.map_or(0, |students| u64::from(students) + 1)));
    let located =
        schools.iter().filter_map(|school| Some((Cell::of(school.point?), places.centre(&school.place))));
    Cell::write(located, &mut to);
    write_aliases(schools, &mut to);
    write_rail(schools, &mut to);
    figures::write(schools, &mut to);
    starts::write(catalogue, &places, &mut to);
    to.0
}

pub(super) fn decode(bytes: &[u8]) -> Option<Catalogue> {
    let from = &mut Reader(bytes);
    if from.number()? != VERSION {
        return None;
    }
    let year = u16::try_from(from.number()?).ok()?;
    let many = from.length()?;
    let codes = read_codes(many, from)?;
    let names = from.texts(many)?;
    let places = Places::read(from)?;
    let place = from.numbers(many)?;
    let districts = Table::read(from)?;
    let district = from.numbers(many)?;
    let zips = from.numbers(many)?;
    let flags = from.numbers(many)?;
    let (lowest, highest) = (from.numbers(many)?, from.numbers(many)?);
    let alternatives = from.numbers(many)?;
    let students = from.numbers(many)?;
    let mut bases = Vec::new();
    for (place, flags) in place.iter().zip(&flags) {
        let centre = places.centre(places.names.text(*place)?);
        if flags & PLACED != 0 {
            bases.push(centre);
        }
    }
    let mut cells = Cell::read(&bases, from)?.into_iter();
    let mut aliases = read_aliases(many, from)?;
    let mut rail = read_rail(&flags, from)?.into_iter();
    let figures = figures::read(many, from)?;
    let mut schools = Vec::with_capacity(many);
    for (at, (cds, name)) in codes.into_iter().zip(names).enumerate() {
        let place = places.names.text(place[at])?;
        let on = |flag: u64| flags[at] & flag != 0;
        let alternative = match alternatives[at].checked_sub(1) {
            None => None,
            Some(kind) => Some(Alternative::ALL.get(usize::try_from(kind).ok()?)?.0),
        };
        schools.push(School {
            cds,
            name,
            aliases: std::mem::take(&mut aliases[at]),
            district: districts.text(district[at])?.to_owned(),
            place: place.to_owned(),
            zip: u32::try_from(places.zip(place).checked_add(unzigzag(zips[at]))?).ok()?,
            point: if on(PLACED) { Some(cells.next()?.point()) } else { None },
            grades: (u8::try_from(lowest[at]).ok()?, u8::try_from(highest[at]).ok()?),
            charter: on(CHARTER),
            magnet: on(MAGNET),
            setting: match (on(MOSTLY_VIRTUAL), on(VIRTUAL)) {
                (false, false) => Setting::Classroom,
                (true, false) => Setting::MostlyVirtual,
                (_, true) => Setting::Virtual,
            },
            alternative,
            in_county: !on(OUTSIDE),
            students: match students[at].checked_sub(1) {
                None => None,
                Some(students) => Some(u32::try_from(students).ok()?),
            },
            gopass: on(GOPASS_KNOWN).then(|| on(GOPASS)),
            rail: if on(RAIL) { Some(rail.next()?) } else { None },
            figures: figures[at],
        });
    }
    let starts = starts::read(&schools, &places, from)?;
    from.0.is_empty().then_some(Catalogue { schools, starts, year })
}

const CHARTER: u64 = 1;
const MAGNET: u64 = 2;
const MOSTLY_VIRTUAL: u64 = 4;
const VIRTUAL: u64 = 8;
const OUTSIDE: u64 = 16;
const GOPASS_KNOWN: u64 = 32;
const GOPASS: u64 = 64;
const RAIL: u64 = 128;
const PLACED: u64 = 256;

fn flags(school: &School) -> u64 {
    [
        (CHARTER, school.charter),
        (MAGNET, school.magnet),
        (MOSTLY_VIRTUAL, school.setting == Setting::MostlyVirtual),
        (VIRTUAL, school.setting == Setting::Virtual),
        (OUTSIDE, !school.in_county),
        (GOPASS_KNOWN, school.gopass.is_some()),
        (GOPASS, school.gopass == Some(true)),
        (RAIL, school.rail.is_some()),
        (PLACED, school.point.is_some()),
    ]
    .into_iter()
    .filter(|(_, on)| *on)
    .map(|(flag, _)| flag)
    .sum()
}

/// Codes as the step from one to the next: of the district, and of the school within it.
fn write_codes(codes: impl Iterator<Item = Cds>, to: &mut Writer) {
    let (mut districts, mut numbers) = (Vec::new(), Vec::new());
    let mut last = (0_u64, 0_u64);
    for cds in codes {
        let next = (cds.district(), cds.within_district());
        let base = if next.0 == last.0 { last.1 } else { 0 };
        districts.push(zigzag(next.0.cast_signed() - last.0.cast_signed()));
        numbers.push(zigzag(next.1.cast_signed() - base.cast_signed()));
        last = next;
    }
    to.numbers(&districts);
    to.numbers(&numbers);
}

fn read_codes(many: usize, from: &mut Reader) -> Option<Vec<Cds>> {
    let districts = from.numbers(many)?;
    let numbers = from.numbers(many)?;
    let mut codes = Vec::with_capacity(many);
    let mut last = (0_u64, 0_u64);
    for (district, number) in districts.into_iter().zip(numbers) {
        let district = last.0.checked_add_signed(unzigzag(district))?;
        let base = if district == last.0 { last.1 } else { 0 };
        last = (district, base.checked_add_signed(unzigzag(number))?);
        codes.push(Cds::from_parts(last.0, last.1)?);
    }
    Some(codes)
}

fn write_aliases(schools: &[School], to: &mut Writer) {
    to.numbers(&schools.iter().map(|school| school.aliases.len() as u64).collect::<Vec<_>>());
    to.texts(schools.iter().flat_map(|school| &school.aliases).map(String::as_str));
}

fn read_aliases(many: usize, from: &mut Reader) -> Option<Vec<Vec<String>>> {
    let lengths = from.numbers(many)?;
    // Each alias takes at least the end of its line, so their number is bounded before the texts are read.
    let left = from.0.len() as u64;
    let total =
        lengths.iter().try_fold(0, |sum: u64, length| sum.checked_add(*length)).filter(|sum| *sum <= left)?;
    let mut texts = from.texts(usize::try_from(total).ok()?)?.into_iter();
    lengths.iter().map(|length| Some(texts.by_ref().take(usize::try_from(*length).ok()?).collect())).collect()
}

fn write_rail(schools: &[School], to: &mut Writer) {
    let near: Vec<&Rail> = schools.iter().filter_map(|school| school.rail.as_ref()).collect();
    let stations = Table::by_appearance(near.iter().map(|rail| rail.station.as_str()));
    let lines = Table::by_appearance(near.iter().map(|rail| rail.lines.as_str()));
    stations.write(to);
    lines.write(to);
    to.numbers(&near.iter().map(|rail| stations.at(&rail.station)).collect::<Vec<_>>());
    to.numbers(&near.iter().map(|rail| lines.at(&rail.lines)).collect::<Vec<_>>());
    to.numbers(&near.iter().map(|rail| u64::from(rail.hundredths)).collect::<Vec<_>>());
}

fn read_rail(flags: &[u64], from: &mut Reader) -> Option<Vec<Rail>> {
    let many = flags.iter().filter(|flags| **flags & RAIL != 0).count();
    let stations = Table::read(from)?;
    let lines = Table::read(from)?;
    let (station, line, hundredths) = (from.numbers(many)?, from.numbers(many)?, from.numbers(many)?);
    let rail = |at: usize| {
        Some(Rail {
            station: stations.text(station[at])?.to_owned(),
            lines: lines.text(line[at])?.to_owned(),
            hundredths: u8::try_from(hundredths[at]).ok()?,
        })
    };
    (0..many).map(rail).collect()
}
