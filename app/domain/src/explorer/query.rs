//! What did a person ask, and how does it stand in the address?
//!
//! Everything chosen is in the address, so that it can be shared, bookmarked and used with Back. An address that a
//! person shortened, mistyped or made up is read as far as it makes sense; what does not is left out, never an error.

use super::figure::Fact;
use super::school::Cds;
use crate::address::{Address, add, pairs, short, words};

pub use crate::address::TEXT_MOST;

/// Schools on one page of the list.
pub const PER_PAGE: usize = 24;

/// Distances on offer, in miles.
pub const MILES: [u8; 7] = [2, 4, 6, 8, 10, 15, 25];

/// Most schools that can be compared side by side.
pub const COMPARE_MOST: usize = 4;

/// What a person asked of the list.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one switch of the page and one word of the address"
)]
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Query {
    /// `q`: the typed text, at most 80 characters.
    pub text: String,
    /// `from`: a start's key, or what a person typed for one (at most 80 characters).
    pub from: String,
    /// `miles`: the farthest that is fine, one of [`MILES`]. Without a start it has no effect.
    pub miles: Option<u8>,
    /// `kind`: any of these; empty is all.
    pub kinds: Vec<Kind>,
    /// `size`: any of these; empty is all.
    pub sizes: Vec<Size>,
    /// `grades`: any of these; empty is all.
    pub grades: Vec<Grades>,
    /// `graduation`, `a-g`, `absence`: the bound for the fact in whole percent, at least for facts where more is
    /// better, at most for the others. Ordered by fact, one bound each.
    pub bounds: Vec<(Fact, u8)>,
    /// `gopass=1`: only schools known to take part.
    pub gopass: bool,
    /// `rail=1`: only schools with rail within a walk.
    pub rail: bool,
    /// `alternative=1`: alternative schools too.
    pub alternative: bool,
    /// `virtual=1`: virtual schools, and those with only an office outside the county, too.
    pub virtual_too: bool,
    /// `sort`: the order of the list.
    pub sort: Sort,
    /// `pin`: the student's own school if they do nothing.
    pub pin: Option<Cds>,
    /// `s`: the schools picked for comparison, in the order in which they were; never the pinned one, and at most
    /// [`picks_most`](Query::picks_most). They change nothing in the answer.
    pub picked: Vec<Cds>,
    /// `page`: from 1.
    pub page: u16,
}

/// Kinds of school. A campus can be more than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Neither charter nor magnet.
    District,
    /// Charter.
    Charter,
    /// Magnet, or a campus with a magnet.
    Magnet,
}

/// How many students.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Size {
    /// Fewer than 600.
    Small,
    /// 600 to 1,499.
    Medium,
    /// 1,500 and more.
    Large,
}

/// Which grades a school serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grades {
    /// Starts at grade 9 or later: everyone is new.
    High,
    /// Starts at grade 5 to 8: a middle and high school in one.
    MiddleAndHigh,
    /// Starts before grade 5.
    All,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// Fit to what was asked.
    #[default]
    Fit,
    /// Nearest first.
    Distance,
    /// Best value of a fact first.
    Best(Fact),
    /// Fewest students first.
    Students,
    /// By name.
    Name,
}

words!(Kind { District = "district", Charter = "charter", Magnet = "magnet" });
words!(Size { Small = "small", Medium = "medium", Large = "large" });
words!(Grades { High = "9-12", MiddleAndHigh = "6-12", All = "k-12" });

impl Sort {
    /// Every order that is offered.
    pub fn all() -> impl Iterator<Item = Sort> {
        [Sort::Fit, Sort::Distance, Sort::Students, Sort::Name]
            .into_iter()
            .chain(Fact::ALL.into_iter().map(Sort::Best))
    }

    /// The word that stands for it in the address.
    pub const fn slug(self) -> &'static str {
        match self {
            Sort::Fit => "fit",
            Sort::Distance => "distance",
            Sort::Best(fact) => fact.slug(),
            Sort::Students => "students",
            Sort::Name => "name",
        }
    }

    /// What a word in the address stands for.
    pub fn from_slug(word: &str) -> Option<Sort> {
        Sort::all().find(|sort| sort.slug() == word)
    }
}

/// The facts a person can set a bound for, with the bounds on offer in whole percent.
pub const BOUNDS: [(Fact, &[u8]); 3] = [
    (Fact::Graduation, &[80, 85, 90, 95]),
    (Fact::AgReady, &[40, 50, 60, 70, 80]),
    (Fact::Absence, &[10, 15, 20, 30]),
];

impl Query {
    /// Reads the part of an address after `?`. Unknown names and senseless values are left out.
    pub fn parse(raw: &str) -> Query {
        let mut query = Query { page: 1, ..Query::default() };
        pairs(raw, &mut |name, value| query.set(name, value));
        query.keep_picks();
        query
    }

    fn set(&mut self, name: &str, value: &str) {
        match name {
            "q" => self.text = short(value),
            "from" => self.from = short(value),
            "miles" => self.miles = value.parse().ok().filter(|miles| MILES.contains(miles)),
            "kind" => value.split(',').for_each(|word| add(&mut self.kinds, Kind::from_slug(word))),
            "size" => value.split(',').for_each(|word| add(&mut self.sizes, Size::from_slug(word))),
            "grades" => value.split(',').for_each(|word| add(&mut self.grades, Grades::from_slug(word))),
            "gopass" => self.gopass = value == "1",
            "rail" => self.rail = value == "1",
            "alternative" => self.alternative = value == "1",
            "virtual" => self.virtual_too = value == "1",
            "sort" => self.sort = Sort::from_slug(value).unwrap_or_default(),
            "pin" => self.pin = value.parse().ok(),
            "s" => value.split(',').filter_map(|code| code.parse().ok()).for_each(|cds| self.pick(cds, true)),
            "page" => self.page = value.parse().ok().filter(|page| *page > 0).unwrap_or(1),
            _ => {
                if let Some((fact, _)) = BOUNDS.iter().find(|(fact, _)| fact.slug() == name) {
                    self.set_bound(*fact, value.parse().ok().filter(|bound| *bound <= 100));
                }
            }
        }
    }

    /// Sets the bound of a fact in whole percent, or takes it away; the bounds stay ordered by fact.
    pub fn set_bound(&mut self, fact: Fact, bound: Option<u8>) {
        self.bounds.retain(|(other, _)| *other != fact);
        add(&mut self.bounds, bound.map(|bound| (fact, bound)));
    }

    /// How many schools can be picked: the pinned one stands in every comparison and takes a place.
    pub const fn picks_most(&self) -> usize {
        COMPARE_MOST - self.pin.is_some() as usize
    }

    /// Picks a school for comparison, as long as there is a place, or takes it back.
    pub fn pick(&mut self, cds: Cds, on: bool) {
        let before = self.picked.iter().position(|other| *other == cds);
        match before {
            Some(at) if !on => _ = self.picked.remove(at),
            None if on && self.has_place() && Some(cds) != self.pin => self.picked.push(cds),
            _ => {}
        }
    }

    /// Can one more school be picked?
    pub const fn has_place(&self) -> bool {
        self.picked.len() < self.picks_most()
    }

    /// Leaves as many picks as have a place, the first ones, and not the pinned school, which has its own.
    fn keep_picks(&mut self) {
        self.picked.retain(|cds| Some(*cds) != self.pin);
        self.picked.truncate(self.picks_most());
    }

    /// The part of the address after `?`, always the same for the same question; empty for the plain list.
    pub fn to_address(&self) -> String {
        let mut out = Address::default();
        out.pair("q", &self.text);
        out.pair("from", &self.from);
        if let Some(miles) = self.miles {
            out.pair("miles", &miles.to_string());
        }
        out.words("kind", &self.kinds, Kind::slug);
        out.words("size", &self.sizes, Size::slug);
        out.words("grades", &self.grades, Grades::slug);
        for (fact, bound) in &self.bounds {
            out.pair(fact.slug(), &bound.to_string());
        }
        let switches = [
            ("gopass", self.gopass),
            ("rail", self.rail),
            ("alternative", self.alternative),
            ("virtual", self.virtual_too),
        ];
        for (name, on) in switches {
            out.pair(name, if on { "1" } else { "" });
        }
        if self.sort != Sort::Fit {
            out.pair("sort", self.sort.slug());
        }
        if let Some(pin) = self.pin {
            out.pair("pin", &pin.to_string());
        }
        let picked: Vec<String> = self.picked.iter().map(Cds::to_string).collect();
        out.pair("s", &picked.join(","));
        if self.page > 1 {
            out.pair("page", &self.page.to_string());
        }
        out.text()
    }

    /// The same question from its first page; for a link that changes something.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Query)) -> Query {
        let mut query = Query { page: 1, ..self.clone() };
        change(&mut query);
        query.keep_picks();
        query
    }

    /// The same without anything that narrows the list.
    #[must_use]
    pub fn plain(&self) -> Query {
        Query {
            from: self.from.clone(),
            sort: self.sort,
            pin: self.pin,
            picked: self.picked.clone(),
            page: 1,
            ..Query::default()
        }
    }

    /// Does it narrow the list in any way beyond the defaults?
    pub fn narrows(&self) -> bool {
        let plain = Query {
            from: String::new(),
            sort: Sort::Fit,
            pin: None,
            picked: Vec::new(),
            page: 0,
            alternative: false,
            virtual_too: false,
            miles: if self.from.is_empty() { None } else { self.miles },
            ..self.clone()
        };
        plain != Query::default()
    }
}
