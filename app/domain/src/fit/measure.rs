//! How well does each school do by what counts for a person?

use super::sector::{self, Known, Sector};
use super::weights::{Criterion, Weights};
use super::wishes::{Card, MINUTES, Need, Reach, Wishes};
use crate::explorer::Explorer;
use crate::explorer::answer::StartAnswer;
use crate::explorer::catalogue::Details;
use crate::explorer::detail::Detail;
use crate::explorer::figure::{Fact, SchoolYear};
use crate::explorer::near::UNPLACED;
use crate::explorer::order::fit::{MOST, Spread, closeness, step};
use crate::explorer::query::{Grades, Size};
use crate::explorer::school::School;
use crate::explorer::sorted::in_order;
use std::cmp::Ordering;

/// The middle of the scale: what an average school has, and where nothing is known neither side.
pub const MIDDLE: u32 = MOST / 2;

/// What a caller can tell of the minutes to a school, with the trip data it holds.
pub type Minutes<'a> = &'a dyn Fn(&School) -> Option<u16>;

/// A trip to a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trip {
    /// In a straight line, in thousandths of a mile: who tells it rounds, and only once.
    Miles(u32),
    /// In minutes, as the caller measures them.
    Minutes(u16),
}

/// What is known of a trip.
#[derive(Clone, Copy)]
pub(super) struct Way {
    /// Thousandths of a mile in a straight line, or [`UNPLACED`].
    pub(super) thousandths: u32,
    /// Only where the person answered in minutes.
    pub(super) minutes: Option<u16>,
}

/// Where a trip stops making a difference, in thousandths of a mile, and how far is fine where nobody said.
pub(super) const FARTHEST: u32 = 20_000;

/// Minutes that count as much as [`FARTHEST`]: the longest trip on offer.
const LONGEST: u32 = MINUTES[MINUTES.len() - 1] as u32;

impl Way {
    /// Both kinds of trip on one scale, in thousandths of a mile.
    pub(super) fn effort(self) -> Option<u32> {
        match self.minutes {
            Some(minutes) => Some(effort_of(minutes)),
            None => (self.thousandths != UNPLACED).then_some(self.thousandths),
        }
    }

    /// As it is told.
    pub(super) fn trip(self) -> Option<Trip> {
        match self.minutes {
            Some(minutes) => Some(Trip::Minutes(minutes)),
            None => (self.thousandths != UNPLACED).then_some(Trip::Miles(self.thousandths)),
        }
    }
}

pub(super) fn effort_of(minutes: u16) -> u32 {
    u32::from(minutes) * FARTHEST / LONGEST
}

/// Everything about a catalogue and a person that scores come from.
pub struct Measure<'a> {
    pub(super) explorer: &'a Explorer,
    details: Option<&'a Details>,
    pub(super) wishes: &'a Wishes,
    weights: Weights,
    /// The choosable schools by each fact that a card has, and by students for each counselor.
    spreads: [(Fact, Spread); 5],
    counselors: Spread,
    /// For each school; none without a start and minutes.
    ways: Option<Vec<Way>>,
}

impl<'a> Measure<'a> {
    /// Prepares to score; `minutes` count only for a person who answered in minutes.
    pub fn new(
        explorer: &'a Explorer,
        details: Option<&'a Details>,
        wishes: &'a Wishes,
        minutes: Option<Minutes>,
    ) -> Measure<'a> {
        let choosable = || explorer.catalogue().schools.iter().filter(|school| school.is_default());
        let facts = [Fact::Graduation, Fact::AgReady, Fact::Absence, Fact::CollegeGoing, Fact::Suspension];
        let ways = ways(explorer, wishes, minutes);
        let counselors =
            choosable().filter_map(|school| Some(u64::from(details?.school(school.cds)?.counselor?.0)));
        Measure {
            weights: Weights::of(wishes, ways.is_some()),
            spreads: facts
                .map(|fact| (fact, Spread::of(choosable().filter_map(|school| step(fact, school))))),
            counselors: Spread::of(counselors),
            explorer,
            details,
            wishes,
            ways,
        }
    }

    /// What counts for this person.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// How a school does by one criterion, from known facts only: 0 is the worst, 1,000,000 the best, 500,000 the
    /// middle. None where it is not known.
    ///
    /// | criterion | value |
    /// |---|---|
    /// | cards of published facts, a counselor with time | share of the choosable schools it is ahead of, ties half |
    /// | trip | all at the start, evenly less to nothing at 20 miles or 90 minutes |
    /// | interest | all where a name or a certified pathway says it; otherwise it is not known |
    /// | size | all in the size that was asked for, half in the next one, nothing beyond |
    /// | other needs | all or nothing |
    ///
    /// # Panics
    /// When there is no school at this index.
    pub fn value(&self, at: u32, criterion: Criterion) -> Option<u32> {
        let school = self.explorer.school(at);
        let whole = |yes: bool| if yes { MOST } else { 0 };
        match criterion {
            Criterion::Card(Card::Trip) => Some(closeness(self.way(at)?.effort()?)),
            Criterion::Card(Card::Interest) => {
                self.wishes.likes.iter().any(|sector| self.known(at, *sector).is_some()).then_some(MOST)
            }
            Criterion::Card(Card::Size) => self.size(Size::of(school.students?)),
            Criterion::Card(card) => self.rank(at, card.fact()?),
            Criterion::Need(Need::Ninth) => Some(whole(Grades::from_lowest(school.grades.0) == Grades::High)),
            Criterion::Need(Need::Gopass) => school.gopass.map(whole),
            Criterion::Need(Need::Counselor) => self.counselors.rank(u64::from(self.counselor(at)?.0), false),
            Criterion::Need(_) => None,
        }
    }

    fn size(&self, size: Size) -> Option<u32> {
        let small = self.wishes.needs(Need::Small).then_some(Size::Large as u32 - size as u32);
        let large = self.wishes.needs(Need::Large).then_some(size as u32);
        Some(small.max(large)? * MIDDLE)
    }

    /// The share of the choosable schools that a school is ahead of in a fact that a card has, in millionths.
    pub(super) fn rank(&self, at: u32, fact: Fact) -> Option<u32> {
        let (_, spread) = self.spreads.iter().find(|(other, _)| *other == fact)?;
        spread.rank(step(fact, self.explorer.school(at))?, fact.more_is_better())
    }

    pub(super) fn detail(&self, at: u32) -> Option<&'a Detail> {
        self.details?.school(self.explorer.school(at).cds)
    }

    /// Students for each counselor, with the year.
    pub(super) fn counselor(&self, at: u32) -> Option<(u16, SchoolYear)> {
        self.detail(at)?.counselor
    }

    pub(super) fn known(&self, at: u32, sector: Sector) -> Option<Known> {
        sector::known(self.explorer.school(at), self.detail(at), sector)
    }

    pub(super) fn way(&self, at: u32) -> Option<Way> {
        Some(self.ways.as_ref()?[at as usize])
    }

    /// Is the trip known to be longer than is fine? Where minutes are not known for an answer in minutes, the straight
    /// line is taken, at the speed at which both count alike.
    pub(super) fn is_beyond(&self, at: u32) -> bool {
        let effort = self.way(at).and_then(Way::effort);
        effort.is_some_and(|effort| effort > self.limit().unwrap_or(FARTHEST))
    }

    /// How far the person said is fine, on the scale of [`Way::effort`].
    pub(super) fn limit(&self) -> Option<u32> {
        self.wishes.reach.map(|reach| match reach {
            Reach::Miles(miles) => u32::from(miles) * 1_000,
            Reach::Minutes(minutes) => effort_of(u16::from(minutes)),
        })
    }

    /// What counts, added up: for each criterion its weight times how far the school is above or below the middle.
    /// What is not known adds nothing and takes nothing. Above 0, more speaks for the school than against it.
    pub fn score(&self, at: u32) -> i32 {
        let part = |(criterion, weight): &(Criterion, u8)| {
            let value = self.value(at, *criterion).unwrap_or(MIDDLE);
            // Both are at most a million.
            i32::from(*weight) * (value.cast_signed() - MIDDLE.cast_signed())
        };
        self.weights.counts.iter().map(part).sum()
    }

    /// The choosable schools in order: those within what is fine by score, then those beyond it, the nearest first.
    /// Equal ones stand by score, then by code.
    pub fn ranked(&self) -> Vec<u32> {
        self.ranking().into_iter().map(|ranked| ranked.school).collect()
    }

    pub(super) fn ranking(&self) -> Vec<Ranked> {
        let schools = (0_u32..).zip(&self.explorer.catalogue().schools);
        let all: Vec<Ranked> = schools
            .filter(|(_, school)| school.is_default())
            .map(|(at, _)| {
                let beyond = self.way(at).and_then(Way::effort).filter(|_| self.is_beyond(at));
                Ranked { school: at, score: self.score(at), beyond }
            })
            .collect();
        // A school's index follows its code, so that what is equal stays in the order of the codes.
        let head = |at: usize| {
            let worse = i32::MAX.abs_diff(all[at].score);
            all[at].beyond.map_or(0, |effort| (u64::from(effort) + 1) << 32) | u64::from(worse)
        };
        in_order(all.len(), head, &|_, _| Ordering::Equal).into_iter().map(|at| all[at]).collect()
    }
}

/// A school in its place.
#[derive(Clone, Copy)]
pub(super) struct Ranked {
    pub(super) school: u32,
    pub(super) score: i32,
    /// How far it is, where that is farther than is fine.
    pub(super) beyond: Option<u32>,
}

fn ways(explorer: &Explorer, wishes: &Wishes, minutes: Option<Minutes>) -> Option<Vec<Way>> {
    let minutes = minutes.filter(|_| matches!(wishes.reach, Some(Reach::Minutes(_))));
    let far = match explorer.start(&wishes.from) {
        StartAnswer::Found(start) => Some(explorer.thousandths(start.point)),
        _ => None,
    };
    if far.is_none() && minutes.is_none() {
        return None;
    }
    let way = |(at, school)| Way {
        thousandths: far.as_ref().map_or(UNPLACED, |far: &Vec<u32>| far[at]),
        minutes: minutes.and_then(|minutes| minutes(school)),
    };
    Some(explorer.catalogue().schools.iter().enumerate().map(way).collect())
}
