//! What does the catalogue answer to a question?

use super::answer::{Answer, Hit, StartAnswer, Understood};
use super::bits::Bits;
use super::catalogue::Catalogue;
use super::filter::{Choices, Parts};
use super::kind_words;
use super::near::{self, Globe};
use super::near_miss;
use super::order::{Orders, Wanted};
use super::place::{Point, Start};
use super::query::{PER_PAGE, Query};
use super::reason::{self, Reason};
use super::school::{Cds, School};
use super::search::{Found, Index};
use super::sorted::{arranged, in_order};
use super::starts::Starts;

/// A catalogue made ready for questions. Made once; never changes.
pub struct Explorer {
    catalogue: Catalogue,
    index: Index,
    pub(super) choices: Choices,
    orders: Orders,
    globe: Globe,
    starts: Starts,
}

/// A question taken apart.
pub(super) struct Asked<'a> {
    pub(super) query: &'a Query,
    start: Option<&'a Start>,
    /// Thousandths of a mile from the start to each school.
    pub(super) distances: Option<Vec<u32>>,
    pub(super) found: Option<Found>,
    pub(super) parts: Parts,
    /// The results, on all pages.
    pub(super) all: Bits,
    /// The place of the pinned school, which stands above the results whether it is one or not.
    pub(super) pinned: Option<u32>,
}

impl Asked<'_> {
    fn wanted(&self) -> Wanted<'_> {
        Wanted::new(self.query.sort, self.distances.as_deref())
    }

    /// Do results that the text names better stand before others?
    fn closest_first(&self) -> bool {
        let tiers =
            self.found.as_ref().filter(|_| self.wanted().is_fit()).map_or(&[][..], |found| &found.tiers);
        tiers.iter().filter(|tier| tier.count_both(&self.all) > 0).nth(1).is_some()
    }
}

impl Explorer {
    /// Makes a catalogue ready. Its schools are put in ascending order of their codes if they are not.
    pub fn new(mut catalogue: Catalogue) -> Explorer {
        if !catalogue.schools.is_sorted_by_key(|school| school.cds) {
            let schools = catalogue.schools;
            let order = in_order(schools.len(), |_| 0, &|a, b| schools[a].cds.cmp(&schools[b].cds));
            catalogue.schools = arranged(schools, &order);
        }
        let index = Index::new(&catalogue);
        let orders = Orders::new(&catalogue.schools, index.by_name().collect());
        Explorer {
            choices: Choices::new(&catalogue.schools),
            globe: Globe::new(&catalogue.schools),
            starts: Starts::new(&catalogue.starts),
            index,
            orders,
            catalogue,
        }
    }

    /// What it was made of.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// One school, by its index in [`Catalogue::schools`].
    ///
    /// # Panics
    /// When there is no such index; those of an [`Answer`] always are.
    pub fn school(&self, at: u32) -> &School {
        &self.catalogue.schools[at as usize]
    }

    /// The index of the school with this code.
    pub fn find(&self, cds: Cds) -> Option<u32> {
        let at = self.catalogue.schools.binary_search_by_key(&cds, |school| school.cds).ok()?;
        u32::try_from(at).ok()
    }

    /// The place to start from that a text means: what stands after `from=` in an address, or what was typed.
    pub fn start(&self, typed: &str) -> StartAnswer<'_> {
        self.starts.mean(&self.catalogue.starts, typed)
    }

    /// Places to offer while somebody types one: names that begin so, then names with words that do, then with a
    /// typing error forgiven; ZIP codes before places before middle schools.
    pub fn suggest(&self, typed: &str, most: usize) -> Vec<&Start> {
        self.starts.suggest(&self.catalogue.starts, typed, most)
    }

    /// One page of the schools that answer a question, with all that stands around it. Any question has an answer.
    pub fn ask(&self, query: &Query) -> Answer {
        let asked = self.take_apart(query);
        let total = asked.all.count();
        let pages = total.div_ceil(PER_PAGE).clamp(1, usize::from(u16::MAX));
        let page = usize::from(query.page).clamp(1, pages);
        let distances = asked.distances.as_deref();
        let hit =
            |school: u32| Hit { school, miles: distances.and_then(|far| near::miles(far[school as usize])) };
        let closest_first = asked.closest_first();
        let understood = match &asked.found {
            Some(found) => found.understood.clone(),
            None => Understood::Nothing,
        };
        Answer {
            total,
            hits: self
                .slice(&asked, &asked.all, (page - 1) * PER_PAGE, PER_PAGE)
                .into_iter()
                .map(hit)
                .collect(),
            page: u16::try_from(page).unwrap_or(u16::MAX),
            pages: u16::try_from(pages).unwrap_or(u16::MAX),
            understood,
            start: asked.start.cloned(),
            counts: self.choices.counts(query, &asked.parts, &asked.all, distances),
            near_misses: near_miss::find(self, &asked),
            offer: kind_words::offer(self, &asked),
            unknown_last: if closest_first {
                0
            } else {
                self.orders.unknown(&self.catalogue.schools, &asked.all, asked.wanted())
            },
            closest_first,
        }
    }

    /// All schools that answer a question, in order; for the map.
    pub fn all_hits(&self, query: &Query) -> Vec<u32> {
        let asked = self.take_apart(query);
        self.slice(&asked, &asked.all, 0, usize::MAX)
    }

    /// Why a school could suit who asked, and what speaks against it: at most three reasons for it, then at most one
    /// against; what was asked for comes first, and only what is known is said. `start` is what the question's start
    /// means: whoever draws many schools looks it up once.
    pub fn fit_reasons(&self, at: u32, query: &Query, start: Option<&Start>) -> Vec<Reason> {
        let miles = start.and_then(|start| self.thousandths_to(start.point, at)).and_then(near::miles);
        let own = query.pin.and_then(|pin| self.catalogue.school(pin));
        reason::reasons(self.school(at), own, query, miles, &self.orders.fit)
    }

    /// Thousandths of a mile from a point to each school, in the order of the catalogue, or
    /// [`UNPLACED`](near::UNPLACED).
    pub(crate) fn thousandths(&self, from: Point) -> Vec<u32> {
        self.globe.from(from)
    }

    /// Thousandths of a mile from a point to one school; none for a school without a position. Every distance that a
    /// person reads comes from here, so that one page never tells two.
    pub fn thousandths_to(&self, from: Point, at: u32) -> Option<u32> {
        let thousandths = self.globe.to(from, at as usize);
        (thousandths != near::UNPLACED).then_some(thousandths)
    }

    fn take_apart<'a>(&'a self, query: &'a Query) -> Asked<'a> {
        let start = match self.start(&query.from) {
            StartAnswer::Found(start) => Some(start),
            _ => None,
        };
        let schools = &self.catalogue.schools;
        let distances = start.map(|start| self.globe.from(start.point));
        let found = self.index.find(&query.text, &self.catalogue, &self.globe);
        let text = found.as_ref().map(|found| found.all(schools.len()));
        let parts = self.choices.parts(schools, query, text, distances.as_deref());
        let all = parts.all();
        let pinned = query.pin.and_then(|pin| self.find(pin));
        Asked { query, start, distances, found, parts, all, pinned }
    }

    /// Members of a set in the order that was asked for: by fit, better matches of the text come first; an order that
    /// a person chose holds for all that was found.
    pub(super) fn slice(&self, asked: &Asked, set: &Bits, mut skip: usize, most: usize) -> Vec<u32> {
        let schools = &self.catalogue.schools;
        let Some(found) = asked.found.as_ref().filter(|_| asked.wanted().is_fit()) else {
            return self.orders.slice(schools, set, asked.wanted(), skip, most);
        };
        // What the text does not match comes last; only the examples of a near-miss reach so far.
        let mut rest = set.clone();
        found.tiers.iter().for_each(|tier| rest.remove(tier));
        let mut hits = Vec::new();
        for tier in found.tiers.iter().chain([&rest]) {
            if hits.len() >= most {
                break;
            }
            let tier = tier.both(set);
            let count = tier.count();
            if skip < count {
                hits.append(&mut self.orders.slice(schools, &tier, asked.wanted(), skip, most - hits.len()));
            }
            skip = skip.saturating_sub(count);
        }
        hits
    }
}
