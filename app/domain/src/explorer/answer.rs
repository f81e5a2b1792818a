//! What does a list say in answer to a question?

use super::figure::Fact;
use super::near_miss::NearMiss;
use super::place::Start;
use super::query::{BOUNDS, Grades, Kind, MILES, Query, Size};

/// The answer to a [`Query`](super::query::Query): one page of schools, and what a person could change.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// How many schools answer, on all pages.
    pub total: usize,
    /// The schools of this page in order, at most [`PER_PAGE`](super::query::PER_PAGE).
    pub hits: Vec<Hit>,
    /// The page shown, from 1; the page asked for, or the last one there is.
    pub page: u16,
    /// How many pages there are, at least 1.
    pub pages: u16,
    /// How the typed text was taken.
    pub understood: Understood,
    /// Where distances are measured from, if one place was meant.
    pub start: Option<Start>,
    /// What each other choice would leave.
    pub counts: Counts,
    /// Single changes that would add schools, at most 3, the smallest change first.
    pub near_misses: Vec<NearMiss>,
    /// How many results have no value in the order and so stand last; 0 where the closest stand first.
    pub unknown_last: usize,
    /// Results that are closer to the typed text stand before others, which only an order by fit does.
    pub closest_first: bool,
    /// What the text says if it only names a kind of school.
    pub offer: Option<Offer>,
}

/// All schools of a kind, for a text that names no school but that kind: "magnet", "escuelas chárter".
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The kind; none for "high school", which all are.
    pub kind: Option<Kind>,
    /// The question that shows them: the filter in the place of the text.
    pub query: Query,
    /// How many it shows, more than the text finds.
    pub total: usize,
}

/// One school of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its index in [`Catalogue::schools`](super::catalogue::Catalogue::schools).
    pub school: u32,
    /// Miles in a straight line from the start; none without a start or where the school's position is not known.
    pub miles: Option<f32>,
}

/// How a typed text was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Understood {
    /// Nothing to search for was typed.
    Nothing,
    /// Words of names, or of several fields at once.
    Name,
    /// The neighbourhood or city with this name.
    Place(String),
    /// A ZIP code.
    Zip {
        /// The five digits.
        zip: u32,
        /// It has few schools or none, so those around it are shown too.
        nearby: bool,
    },
    /// Nothing is written like this; with a typing error forgiven, this was searched instead.
    Corrected(String),
    /// Nothing in the catalogue is like it.
    Nowhere,
}

/// What one tap on each choice does, with everything else as asked. For a choice that is off and narrows the list: how
/// many schools it leaves. For one that is off and widens it (a second kind beside the first, alternative schools): how
/// many it adds. For one that is on: how many of the results are of it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    pub(super) kinds: [usize; Kind::ALL.len()],
    pub(super) sizes: [usize; Size::ALL.len()],
    pub(super) grades: [usize; Grades::ALL.len()],
    /// In the order of [`BOUNDS`] and of the bounds on offer there.
    pub(super) bounds: [[usize; MOST_BOUNDS]; BOUNDS.len()],
    /// Bounds that were asked for, which may be others than those on offer.
    pub(super) asked: Vec<(Fact, u8, usize)>,
    pub(super) miles: [usize; MILES.len()],
    /// With GoPass schools only.
    pub gopass: usize,
    /// With rail within a walk only.
    pub rail: usize,
    /// Alternative schools: those it adds, or those in the results.
    pub alternative: usize,
    /// Virtual and out-of-county schools: those it adds, or those in the results.
    pub virtual_too: usize,
}

/// The most bounds on offer for one fact.
pub(super) const MOST_BOUNDS: usize = 5;

impl Counts {
    /// Schools of this kind: those left, or those added where another kind is on.
    pub const fn kind(&self, kind: Kind) -> usize {
        self.kinds[kind as usize]
    }

    /// Schools of this size, as [`kind`](Counts::kind).
    pub const fn size(&self, size: Size) -> usize {
        self.sizes[size as usize]
    }

    /// Schools that serve these grades, as [`kind`](Counts::kind).
    pub const fn grades(&self, grades: Grades) -> usize {
        self.grades[grades as usize]
    }

    /// Schools within a bound that is on offer in [`BOUNDS`] or was asked for; 0 for another.
    pub fn bound(&self, fact: Fact, bound: u8) -> usize {
        let asked = self.asked.iter().find(|(other, at, _)| (*other, *at) == (fact, bound));
        asked.map(|(.., count)| *count).or_else(|| self.offered(fact, bound)).unwrap_or(0)
    }

    fn offered(&self, fact: Fact, bound: u8) -> Option<usize> {
        let row = BOUNDS.iter().position(|(other, _)| *other == fact)?;
        let column = BOUNDS[row].1.iter().position(|other| *other == bound)?;
        Some(self.bounds[row][column])
    }

    /// Schools within a distance that is on offer in [`MILES`]; 0 for another. Without a start a distance has no
    /// effect, and neither has it here.
    pub fn miles(&self, miles: u8) -> usize {
        MILES.iter().position(|other| *other == miles).map_or(0, |at| self.miles[at])
    }
}

/// What a text typed for a start means.
#[derive(Clone, Debug, PartialEq)]
pub enum StartAnswer<'a> {
    /// Nothing was typed.
    None,
    /// This place.
    Found(&'a Start),
    /// One of these, best first, at most [`START_MOST`].
    Several(Vec<&'a Start>),
    /// No place we know.
    Unknown,
}

/// Most places offered when a typed start is not clear.
pub const START_MOST: usize = 8;
