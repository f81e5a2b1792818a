//! Which schools did this person put on the list, in which order, and how does the list stand in the address?
//!
//! The address holds schools and settings only: nothing that tells who a person is. Points are a number that the
//! family types, because one kind of them depends on race, which is never asked.

mod change;

use crate::address::{Address, pairs, short};
use crate::explorer::school::Cds;
pub use change::Change;

/// Schools that one page shows with reasons and questions.
pub const SHOWN_MOST: usize = 12;

/// Most magnet points a student can have, by the rules published up to 2025.
pub const POINTS_MOST: u8 = 23;

/// The list of one person.
///
/// Addresses: `s` the schools in their order, `from` a start, `pin` the school if they do nothing, `points` a number
/// or `off`; `visited`, `asked` and `refuse` name schools of the list. So `s=A,B&pin=A&visited=B`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ShortList {
    entries: Vec<(Cds, u8)>,
    /// `from`: where the person starts, as typed or as a start's key; at most 80 characters.
    pub from: String,
    /// `pin`: the student's own school if they do nothing.
    pub pin: Option<Cds>,
    /// `points`: what the family knows of their magnet points.
    pub points: Points,
}

/// What a family knows of their magnet points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Points {
    /// They said nothing.
    #[default]
    Unsaid,
    /// They do not want to hear of points.
    Off,
    /// As their letter says, 0 to [`POINTS_MOST`].
    Known(u8),
}

/// What a person noted of a school on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// They were there.
    Visited,
    /// They asked the school what is not known.
    Asked,
    /// They would say no to a place there.
    Refused,
}

impl Mark {
    /// All of them, with their names in the address.
    pub const ALL: [(Mark, &'static str); 3] =
        [(Mark::Visited, "visited"), (Mark::Asked, "asked"), (Mark::Refused, "refuse")];

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl Points {
    /// Reads `off` or a number that is possible; anything else says nothing.
    pub fn parse(text: &str) -> Points {
        match text {
            "off" => Points::Off,
            _ => text
                .parse()
                .ok()
                .filter(|points| *points <= POINTS_MOST)
                .map_or(Points::Unsaid, Points::Known),
        }
    }

    /// What stands in the address; empty for [`Unsaid`](Points::Unsaid).
    pub fn to_address(self) -> String {
        match self {
            Points::Unsaid => String::new(),
            Points::Off => "off".to_owned(),
            Points::Known(points) => points.to_string(),
        }
    }
}

impl ShortList {
    /// A list of these schools in this order, without settings; a second appearance is left out.
    pub fn of(codes: &[Cds]) -> ShortList {
        let mut list = ShortList::default();
        for cds in codes {
            list.add(*cds);
        }
        list
    }

    /// Reads the part of an address after `?`. What makes no sense is left out, as are marks of schools that are not
    /// on the list.
    pub fn parse(raw: &str) -> ShortList {
        let mut list = ShortList::of(&codes_in(raw));
        pairs(raw, &mut |name, value| match name {
            "from" => list.from = short(value),
            "pin" => list.pin = value.parse().ok(),
            "points" => list.points = Points::parse(value),
            _ => {
                if let Some((mark, _)) = Mark::ALL.iter().find(|(_, word)| *word == name) {
                    for cds in read_codes(value) {
                        list.mark(cds, *mark, true);
                    }
                }
            }
        });
        list
    }

    /// The part of the address after `?`, always the same for the same list; empty for an empty one.
    pub fn to_address(&self) -> String {
        let mut out = Address::default();
        out.pair("s", &write_codes(&self.codes()));
        out.pair("from", &self.from);
        if let Some(pin) = self.pin {
            out.pair("pin", &pin.to_string());
        }
        out.pair("points", &self.points.to_address());
        for (mark, name) in Mark::ALL {
            out.pair(name, &write_codes(&self.marked(mark)));
        }
        out.text()
    }

    /// The schools, in the person's order.
    pub fn codes(&self) -> Vec<Cds> {
        self.entries.iter().map(|(cds, _)| *cds).collect()
    }

    /// The schools that one page shows: the first [`SHOWN_MOST`].
    pub fn shown(&self) -> Vec<Cds> {
        self.entries.iter().take(SHOWN_MOST).map(|(cds, _)| *cds).collect()
    }

    /// How many schools one page leaves out.
    pub const fn left_out(&self) -> usize {
        self.entries.len().saturating_sub(SHOWN_MOST)
    }

    /// Keeps the schools that one page shows.
    pub fn keep_shown(&mut self) {
        self.entries.truncate(SHOWN_MOST);
    }

    /// Takes all marks away.
    pub fn unmark(&mut self) {
        for (_, marks) in &mut self.entries {
            *marks = 0;
        }
    }

    /// How many schools it holds.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Holds it none?
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Where a school stands, from 0.
    pub fn position(&self, cds: Cds) -> Option<usize> {
        self.entries.iter().position(|(other, _)| *other == cds)
    }

    /// Is a school on it?
    pub fn has(&self, cds: Cds) -> bool {
        self.position(cds).is_some()
    }

    /// Puts a school behind the others; false when it was there.
    pub fn add(&mut self, cds: Cds) -> bool {
        let new = !self.has(cds);
        if new {
            self.entries.push((cds, 0));
        }
        new
    }

    /// Takes a school off, with its marks; false when it was not there.
    pub fn remove(&mut self, cds: Cds) -> bool {
        let Some(at) = self.position(cds) else { return false };
        self.entries.remove(at);
        true
    }

    /// Changes places with the school before it; false when there is none.
    pub fn move_up(&mut self, cds: Cds) -> bool {
        let Some(at) = self.position(cds).filter(|at| *at > 0) else { return false };
        self.entries.swap(at - 1, at);
        true
    }

    /// Changes places with the school after it; false when there is none.
    pub fn move_down(&mut self, cds: Cds) -> bool {
        let Some(at) = self.position(cds).filter(|at| at + 1 < self.len()) else { return false };
        self.entries.swap(at, at + 1);
        true
    }

    /// Moves a school up until it stands just before another; false when it stands before it already.
    pub fn move_above(&mut self, cds: Cds, above: Cds) -> bool {
        let (Some(from), Some(to)) = (self.position(cds), self.position(above)) else { return false };
        if from <= to {
            return false;
        }
        let entry = self.entries.remove(from);
        self.entries.insert(to, entry);
        true
    }

    /// Sets a mark or takes it away; false when the school is not on the list.
    pub fn mark(&mut self, cds: Cds, mark: Mark, on: bool) -> bool {
        let Some(at) = self.position(cds) else { return false };
        let marks = &mut self.entries[at].1;
        *marks = if on { *marks | mark.bit() } else { *marks & !mark.bit() };
        true
    }

    /// Says it nothing but schools, a start and a pin?
    pub fn is_bare(&self) -> bool {
        self.points == Points::Unsaid && self.entries.iter().all(|(_, marks)| *marks == 0)
    }

    /// Takes over the points, and the marks of schools that are on both lists.
    pub fn take_marks(&mut self, other: &ShortList) {
        self.points = other.points;
        for (cds, marks) in &mut self.entries {
            *marks = other.position(*cds).map_or(*marks, |at| other.entries[at].1);
        }
    }

    /// The same list with a change; for a link that changes something.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut ShortList)) -> ShortList {
        let mut list = self.clone();
        change(&mut list);
        list
    }

    /// Has a school this mark?
    pub fn is_marked(&self, cds: Cds, mark: Mark) -> bool {
        self.position(cds).is_some_and(|at| self.entries[at].1 & mark.bit() != 0)
    }

    /// The schools with this mark, in the person's order.
    pub fn marked(&self, mark: Mark) -> Vec<Cds> {
        self.entries.iter().filter(|(_, marks)| marks & mark.bit() != 0).map(|(cds, _)| *cds).collect()
    }
}

/// Codes as they stand in an address: `19647331932888,19647331937424`.
pub fn write_codes(codes: &[Cds]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// Reads [`write_codes`]; what is no code is left out, and so is a code's second appearance.
pub fn read_codes(text: &str) -> Vec<Cds> {
    let mut codes = Vec::new();
    for code in text.split([',', ' ']).filter_map(|code| code.parse().ok()) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// The codes in an address's query: `s=a,b` and `s=a&s=b` are the same.
pub fn codes_in(search: &str) -> Vec<Cds> {
    let mut values = Vec::new();
    pairs(search, &mut |name, value| {
        if name == "s" {
            values.push(value.to_owned());
        }
    });
    read_codes(&values.join(","))
}
