//! Which texts repeat, and what is known of a place before a school is read?

use super::super::super::place::StartKind;
use super::super::super::sorted::by_text;
use super::super::Catalogue;
use super::Cell;
use crate::columns::{Reader, Writer, unzigzag, zigzag};

/// About the middle of Los Angeles County and a ZIP code in it, so that steps from there are short.
const AROUND: Cell = Cell { lat: 567_000, lon: -1_970_000 };
const ZIP_AROUND: i64 = 90_600;

/// Distinct texts, told by their number.
pub(super) struct Table {
    texts: Vec<String>,
    /// Numbers of the texts in the order of the texts.
    sorted: Vec<usize>,
}

impl Table {
    fn new(texts: Vec<String>) -> Table {
        let sorted = by_text(texts.len(), &|at| &texts[at]);
        Table { texts, sorted }
    }

    /// In the order in which they first appear, so that neighbours have neighbouring numbers.
    pub(super) fn by_appearance<'a>(texts: impl Iterator<Item = &'a str>) -> Table {
        let mut seen: Vec<(&str, usize)> = Vec::new();
        for (at, text) in texts.enumerate() {
            if let Err(slot) = seen.binary_search_by_key(&text, |(text, _)| text) {
                seen.insert(slot, (text, at));
            }
        }
        seen.sort_by_key(|(_, at)| *at);
        Table::new(seen.into_iter().map(|(text, _)| text.to_owned()).collect())
    }

    /// In the order of the alphabet, which compresses best.
    fn by_alphabet<'a>(texts: impl Iterator<Item = &'a str>) -> Table {
        let mut texts: Vec<&str> = texts.collect();
        texts.sort_unstable();
        texts.dedup();
        Table::new(texts.into_iter().map(str::to_owned).collect())
    }

    /// The number of a text.
    pub(super) fn find(&self, text: &str) -> Option<u64> {
        let slot = self.sorted.binary_search_by(|at| self.texts[*at].as_str().cmp(text)).ok()?;
        Some(self.sorted[slot] as u64)
    }

    /// The number of a text that the table was made with.
    pub(super) fn at(&self, text: &str) -> u64 {
        self.find(text).unwrap_or(0)
    }

    /// The text with a number.
    pub(super) fn text(&self, at: u64) -> Option<&str> {
        self.texts.get(usize::try_from(at).ok()?).map(String::as_str)
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.number(self.texts.len() as u64);
        to.texts(self.texts.iter().map(String::as_str));
    }

    pub(super) fn read(from: &mut Reader) -> Option<Table> {
        let many = from.length()?;
        Some(Table::new(from.texts(many)?))
    }
}

/// All places, with a ZIP code and a position to tell those of their schools from.
pub(super) struct Places {
    pub(super) names: Table,
    /// For each place in the order of `names`.
    centres: Vec<Cell>,
    zips: Vec<i64>,
}

impl Places {
    pub(super) fn of(catalogue: &Catalogue) -> Places {
        let schools = catalogue.schools.iter().map(|school| school.place.as_str());
        let around = catalogue.starts.iter().map(|start| start.place.as_str());
        let own = catalogue.starts.iter().filter(|start| start.kind == StartKind::Place);
        let names =
            Table::by_alphabet(schools.chain(around).chain(own.clone().map(|start| start.name.as_str())));
        let mut centres = vec![Cell::default(); names.texts.len()];
        let mut zips = vec![0; names.texts.len()];
        let slot = |text: &str| usize::try_from(names.at(text)).unwrap_or(0);
        // Any of its schools will do for a place that has no centre of its own.
        for school in &catalogue.schools {
            let at = slot(&school.place);
            zips[at] = i64::from(school.zip);
            centres[at] = school.point.map_or(centres[at], Cell::of);
        }
        for start in own {
            centres[slot(&start.name)] = Cell::of(start.point);
        }
        Places { names, centres, zips }
    }

    fn slot(&self, place: &str) -> Option<usize> {
        usize::try_from(self.names.find(place)?).ok()
    }

    /// The position from which those of its schools are told.
    pub(super) fn centre(&self, place: &str) -> Cell {
        self.slot(place).map_or(Cell::default(), |at| self.centres[at])
    }

    /// The ZIP code from which those of its schools are told.
    pub(super) fn zip(&self, place: &str) -> i64 {
        self.slot(place).map_or(0, |at| self.zips[at])
    }

    pub(super) fn write(&self, to: &mut Writer) {
        self.names.write(to);
        Cell::write(self.centres.iter().map(|cell| (*cell, AROUND)), to);
        to.numbers(&self.zips.iter().map(|zip| zigzag(zip - ZIP_AROUND)).collect::<Vec<_>>());
    }

    pub(super) fn read(from: &mut Reader) -> Option<Places> {
        let names = Table::read(from)?;
        let many = names.texts.len();
        let centres = Cell::read(&vec![AROUND; many], from)?;
        let zips = from.numbers(many)?.into_iter().map(|step| unzigzag(step).checked_add(ZIP_AROUND));
        Some(Places { names, centres, zips: zips.collect::<Option<_>>()? })
    }
}
