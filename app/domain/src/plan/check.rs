//! Which traps does the list walk into, and what mends each?
//!
//! A trap is the list's, not one school's: each school can be a good choice and the list still leave a student
//! without a place. The rulebook says in which words and with which numbers; here stands only what each trap is.

mod remedy;
mod traps;

use super::date::Day;
use super::door::{Chance, Door, Own, Way, doors_of};
use super::rulebook::{Rule, Rulebook, Trap};
use super::short_list::{Mark, ShortList};
use crate::explorer::place::Point;
use crate::explorer::school::{Cds, School};
pub use remedy::Remedy;

/// What is asked: whose list, among which schools, from where, when.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The list with its marks and settings.
    pub list: &'a ShortList,
    /// All schools that are known, in any order.
    pub schools: &'a [School],
    /// Where the person starts, if they said so.
    pub home: Option<Point>,
    /// The day in Los Angeles.
    pub today: Day,
}

/// A trap that the list walks into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning<'r> {
    /// The rule that says so, with its year and source.
    pub rule: &'r Rule,
    /// The schools it is about, in the order of the list; empty when it is about the list as a whole.
    pub schools: Vec<Cds>,
    /// The door it is about, if it is about one.
    pub door: Option<Door>,
    /// The day it is about: the last one to apply by the door.
    pub day: Option<Day>,
    /// What mends it.
    pub remedy: Remedy,
}

impl Warning<'_> {
    /// What is so, with the rule's number in its place.
    pub fn says(&self) -> String {
        self.rule.filled(&self.rule.says)
    }

    /// What follows from it, with the rule's number in its place.
    pub fn why(&self) -> String {
        self.rule.filled(&self.rule.why)
    }
}

impl Rule {
    /// A sentence of this rule with its number in the place of `{n}`.
    pub fn filled(&self, sentence: &str) -> String {
        self.number.map_or_else(|| sentence.to_owned(), |n| sentence.replace("{n}", &n.to_string()))
    }
}

/// The traps that a list walks into, in the order of the rulebook. An empty list walks into none.
pub fn check<'r>(rulebook: &'r Rulebook, asked: &Asked<'_>) -> Vec<Warning<'r>> {
    let case = Case::of(rulebook, asked);
    if case.listed.is_empty() || !rulebook.speaks_on(asked.today) {
        return Vec::new();
    }
    rulebook.rules.iter().flat_map(|rule| traps::find(&case, rule)).collect()
}

/// A list with what there is to know of it.
struct Case<'a, 'r> {
    asked: &'a Asked<'a>,
    rulebook: &'r Rulebook,
    own: Option<Own<'a>>,
    listed: Vec<Listed<'a>>,
}

/// A school on the list.
struct Listed<'a> {
    school: &'a School,
    ways: Vec<Way>,
}

impl<'a, 'r> Case<'a, 'r> {
    fn of(rulebook: &'r Rulebook, asked: &'a Asked<'a>) -> Case<'a, 'r> {
        let find = |cds: Cds| asked.schools.iter().find(|school| school.cds == cds);
        let own = asked.list.pin.and_then(find);
        let own = own.map(|school| Own { school, asked: asked.list.is_marked(school.cds, Mark::Asked) });
        let listed = asked.list.codes().into_iter().filter_map(find);
        let listed = listed.map(|school| Listed { school, ways: doors_of(school, own) }).collect();
        Case { asked, rulebook, own, listed }
    }

    fn pin(&self) -> Option<&'a School> {
        self.own.map(|own| own.school)
    }

    fn codes(&self, which: impl Fn(&Listed<'a>) -> bool) -> Vec<Cds> {
        self.listed.iter().filter(|listed| which(listed)).map(|listed| listed.school.cds).collect()
    }

    /// The pinned school, where it is certain and not yet on the list.
    fn certain_to_add(&self) -> Option<Cds> {
        let pin = self.pin().filter(|pin| !self.asked.list.has(pin.cds))?;
        doors_of(pin, self.own).iter().any(|way| way.chance == Chance::Certain).then_some(pin.cds)
    }

    /// The schools that would be choices on the magnet form, in the order of the list: not one that is certain.
    fn choices(&self) -> Vec<Cds> {
        self.codes(Listed::is_choice)
    }

    /// Would one more choice be one too many on the form?
    fn is_full(&self) -> bool {
        let too_many = self.rulebook.rules.iter().find(|rule| rule.trap == Trap::TooManyChoices);
        too_many.and_then(|rule| rule.number).is_some_and(|most| self.choices().len() >= usize::from(most))
    }

    /// The nearest school that an eighth grader typically chooses, that is not on the list and that is `good`.
    /// It is no school of another district than the person's, and walks into no new trap: where the form is full, it
    /// is no further choice on it.
    fn nearest(&self, from: Point, good: &dyn Fn(&Listed<'_>, f32) -> bool) -> Option<Cds> {
        let mut best: Option<(u32, Cds)> = None;
        let full = self.is_full();
        for school in self.asked.schools.iter().filter(|school| school.is_default()) {
            let Some(miles) = school.point.map(|point| from.miles_to(point)) else { continue };
            // The bits of numbers that are not negative are ordered as the numbers are.
            let found = (miles.to_bits(), school.cds);
            if self.asked.list.has(school.cds) || best.is_some_and(|best| best < found) {
                continue;
            }
            let listed = Listed { school, ways: doors_of(school, self.own) };
            let fits = listed.main_door() != Some(Door::Other) && !(full && listed.is_choice());
            if fits && good(&listed, miles) {
                best = Some(found);
            }
        }
        best.map(|(_, cds)| cds)
    }
}

impl Listed<'_> {
    fn is_certain(&self) -> bool {
        self.ways.iter().any(|way| way.chance == Chance::Certain)
    }

    /// Would it be a choice on the magnet form?
    fn is_choice(&self) -> bool {
        !self.is_certain() && self.has(Door::Magnet)
    }

    /// Do the data tell of this way?
    fn has(&self, door: Door) -> bool {
        self.ways.iter().any(|way| way.door == door && way.chance != Chance::Ask)
    }

    /// Is a draw all there is, for this person?
    fn is_draw(&self) -> bool {
        let draw = |way: &Way| matches!(way.chance, Chance::Draw | Chance::PointsThenDraw);
        let could_be_certain = |way: &Way| matches!(way.door, Door::Resident | Door::Other);
        self.ways.iter().any(draw) && !self.ways.iter().any(could_be_certain)
    }

    /// The door by which a person would mostly try.
    fn main_door(&self) -> Option<Door> {
        let certain = self.ways.iter().find(|way| way.chance == Chance::Certain);
        let magnet = self.ways.iter().find(|way| way.door == Door::Magnet && way.chance != Chance::Ask);
        let resident = self.ways.iter().find(|way| way.door == Door::Resident);
        certain.or(magnet).or(resident).or(self.ways.first()).map(|way| way.door)
    }
}
