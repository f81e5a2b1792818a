//! Which schools are suggested, and which two more should be looked at?

use super::measure::{FARTHEST, Measure, Minutes, Ranked, Trip, Way};
use super::reason::{self, Against, Reason, Unknown};
use super::weights::{Criterion, Weights};
use super::wishes::{Card, Wishes};
use crate::explorer::Explorer;
use crate::explorer::catalogue::Details;
use crate::explorer::reason::HIGH;
use crate::explorer::school::School;

/// Most schools suggested.
pub const PICKS_MOST: usize = 12;

/// As many are suggested, if the catalogue has them, even when they are farther than is fine or fit less.
pub const PICKS_LEAST: usize = 8;

/// What is suggested to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What counted.
    pub weights: Weights,
    /// The schools that fit, best first: [`PICKS_LEAST`] to [`PICKS_MOST`], fewer only when the catalogue has fewer.
    /// Those farther than is fine stand last, the nearest first, and only make up the eight. After the eighth, more
    /// of what counts must speak for a school than against it.
    pub picks: Vec<Pick>,
    /// Also look at: the nearest choosable school that is neither suggested nor pinned.
    pub near: Option<Pick>,
    /// Also look at: one the person would not have thought of. It is in the best quarter in what counts most after the
    /// trip, and it lies farther than every suggested school (up to twice as far as is fine, or 20 miles where nothing
    /// was said) or is of a kind (charter, magnet, both, neither) that at most a quarter of them are. The best in that
    /// one thing, then the better score, then the lower code.
    pub unexpected: Option<Pick>,
    /// The pinned school, wherever it stands.
    pub pinned: Option<Standing>,
}

impl Suggestion {
    /// How many of the picks are not farther than is fine. They stand first.
    pub fn within(&self) -> usize {
        self.picks.iter().filter(|pick| !pick.is_beyond).count()
    }
}

/// A school with what speaks for and against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Its index in the catalogue.
    pub school: u32,
    /// The trip, where it is known.
    pub trip: Option<Trip>,
    /// The trip is longer than the person said is fine; than 20 miles where the person did not say.
    pub is_beyond: bool,
    /// At most three.
    pub reasons: Vec<Reason>,
    /// At most two: that it may not take this person, and what weighs most.
    pub against: Vec<Against>,
    /// At most two things that were asked and are not known.
    pub unknown: Vec<Unknown>,
}

/// Where the pinned school stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The school.
    pub pick: Pick,
    /// Its place among the choosable schools, from 1; none for a school that is not one of them.
    pub place: Option<usize>,
    /// How many choosable schools there are.
    pub of: usize,
}

/// The schools that fit a person's answers. Depends on nothing but what is passed, and not on the order of any rows;
/// any answers have a suggestion. `minutes` count only for a person who answered in minutes.
pub fn suggest(
    explorer: &Explorer,
    details: Option<&Details>,
    wishes: &Wishes,
    minutes: Option<Minutes>,
) -> Suggestion {
    let measure = Measure::new(explorer, details, wishes, minutes);
    let ranking = measure.ranking();
    let fits = |(place, ranked): &(usize, &Ranked)| {
        *place < PICKS_LEAST || ranked.beyond.is_none() && ranked.score > 0
    };
    let picked: Vec<u32> = ranking
        .iter()
        .take(PICKS_MOST)
        .enumerate()
        .take_while(fits)
        .map(|(_, ranked)| ranked.school)
        .collect();
    let pinned = wishes.pin.and_then(|pin| explorer.find(pin));
    let left: Vec<Ranked> = ranking
        .iter()
        .copied()
        .filter(|ranked| !picked.contains(&ranked.school) && pinned != Some(ranked.school))
        .collect();
    let near = nearest(&measure, &left);
    let unexpected = unexpected(&measure, &picked, left.iter().filter(|ranked| Some(ranked.school) != near));
    let standing = |school: u32| Standing {
        pick: pick(&measure, school),
        place: ranking.iter().position(|ranked| ranked.school == school).map(|at| at + 1),
        of: ranking.len(),
    };
    Suggestion {
        picks: picked.iter().map(|school| pick(&measure, *school)).collect(),
        near: near.map(|school| pick(&measure, school)),
        unexpected: unexpected.map(|school| pick(&measure, school)),
        pinned: pinned.map(standing),
        weights: measure.weights().clone(),
    }
}

pub(super) fn pick(measure: &Measure, school: u32) -> Pick {
    Pick {
        school,
        trip: measure.way(school).and_then(Way::trip),
        is_beyond: measure.is_beyond(school),
        reasons: reason::pros(measure, school),
        against: reason::cons(measure, school),
        unknown: reason::unknown(measure, school),
    }
}

fn effort(measure: &Measure, school: u32) -> Option<u32> {
    measure.way(school).and_then(Way::effort)
}

/// The closest; of those equally close the one with the lowest code.
fn nearest(measure: &Measure, left: &[Ranked]) -> Option<u32> {
    left.iter()
        .filter_map(|ranked| Some((effort(measure, ranked.school)?, ranked.school)))
        .min()
        .map(|(_, school)| school)
}

fn unexpected<'r>(measure: &Measure, picked: &[u32], left: impl Iterator<Item = &'r Ranked>) -> Option<u32> {
    let counts = &measure.weights().counts;
    let lead =
        counts.iter().map(|(criterion, _)| *criterion).find(|it| *it != Criterion::Card(Card::Trip))?;
    let kind = |school: &School| (school.charter, school.magnet);
    let school = |at: u32| measure.explorer.school(at);
    let usual = picked.iter().filter_map(|at| effort(measure, *at)).max();
    let farthest = measure.limit().map_or(FARTHEST, |limit| limit * 2);
    let differs = |at: u32| {
        let trip = effort(measure, at);
        let alike = picked.iter().filter(|other| kind(school(**other)) == kind(school(at))).count();
        trip.is_none_or(|trip| trip <= farthest)
            && (trip > usual && usual.is_some() || alike * 4 <= picked.len())
    };
    // The list is in the order of the scores, and of equal ones the first is kept.
    let mut best: Option<(u32, Ranked)> = None;
    for ranked in left {
        let value = measure.value(ranked.school, lead).filter(|value| *value >= HIGH);
        if let Some(value) = value
            && best.is_none_or(|(other, found)| (value, ranked.score) > (other, found.score))
            && differs(ranked.school)
        {
            best = Some((value, *ranked));
        }
    }
    best.map(|(_, ranked)| ranked.school)
}
