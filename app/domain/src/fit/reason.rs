//! What speaks for a school, what against it, and what of what was asked is not known?
//!
//! Every reason is a known fact. What the person asked for comes first, in the order of its weight; what nobody asked
//! for fills up what is left. The share of students who learn English or have a disability is no reason: it tells who
//! is there, not how well they are helped, and would send children to where such children already are.

use super::measure::{Measure, Trip, Way};
use super::sector::{Known, Sector};
use super::weights::{Criterion, Idle};
use super::wishes::{Card, Need, Reach};
use crate::explorer::figure::{Fact, SchoolYear};
use crate::explorer::near::miles;
use crate::explorer::query::{Grades, Size};
use crate::explorer::reason::{FAR_MILES, FOR_MOST, HIGH, LOW, NEAR_MILES};
use crate::explorer::school::Only;
use std::cmp::Reverse;

/// "Near" reaches this far, in minutes.
pub const NEAR_MINUTES: u16 = 30;

/// From here on a trip speaks against a school, in minutes.
pub const FAR_MINUTES: u16 = 60;

/// Most things told not to be known of one school.
pub const UNKNOWN_MOST: usize = 2;

/// One thing that speaks for a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The trip is at most [`NEAR_MILES`] or [`NEAR_MINUTES`].
    Near(Trip),
    /// The trip is longer than that, but not longer than what the person said is fine, in what they said it in.
    Within(Trip),
    /// It is among the best quarter of the choosable schools in this fact; for absence and suspension the lowest.
    High(Fact),
    /// Its name, or one that students use, says this folded word.
    NameSays {
        /// What the person likes.
        sector: Sector,
        /// The word.
        word: &'static str,
    },
    /// It has a certified Linked Learning pathway.
    Pathway {
        /// What the person likes.
        sector: Sector,
        /// The pathway's name.
        name: String,
        /// The year of the certificate.
        year: u16,
    },
    /// It has the size that was asked for.
    Size {
        /// Small or large.
        size: Size,
        /// All its students.
        students: u32,
    },
    /// It takes part in GoPass.
    Gopass,
    /// Everyone starts there in ninth grade.
    Ninth,
    /// A counselor has few students: the best quarter of the choosable schools.
    Counselor {
        /// Students for each academic counselor.
        students: u16,
        /// Its year.
        year: SchoolYear,
    },
    /// A rail station is within a walk.
    Rail,
}

/// One thing that speaks against a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// Its name says girls or boys: ask who may go.
    Only(Only),
    /// It is a school of another district than the person's, whose own students usually go first.
    OtherDistrict,
    /// The trip is longer than the person said is fine, in what they said it in.
    BeyondLimit(Trip),
    /// The trip is longer than [`FAR_MILES`] or [`FAR_MINUTES`]. Where minutes were asked and are not known: the straight
    /// line is longer than what those minutes count for.
    Far(Trip),
    /// It is in the last quarter of the choosable schools in this fact; for absence and suspension the highest.
    Low(Fact),
    /// It is not of a size that was asked for.
    SizeNotAsked {
        /// Its size.
        size: Size,
        /// All its students.
        students: u32,
    },
    /// GoPass was asked for; it does not take part.
    NoGopass,
    /// Some start there before ninth grade, from this grade on (kindergarten is 0).
    NotNinth(u8),
    /// A counselor has many students: the last quarter of the choosable schools.
    Counselor {
        /// Students for each academic counselor.
        students: u16,
        /// Its year.
        year: SchoolYear,
    },
    /// A charter or magnet admits by draw or points, so a place is not certain.
    Draw,
}

/// Something that was asked and is not known of a school; the page makes a question of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unknown {
    /// How English is taught to those who learn it.
    English,
    /// What help there is with a disability.
    Disability,
    /// Whether there are classes in two languages.
    DualLanguage,
    /// Whether there are courses of the first sector that the person likes.
    Interest(Sector),
    /// This fact.
    Fact(Fact),
    /// How far it is.
    Trip,
    /// How many students there are.
    Size,
    /// Whether it takes part in GoPass.
    Gopass,
    /// How many students a counselor has.
    Counselor,
}

/// At most three reasons for a school, what was asked for first.
pub(super) fn pros(measure: &Measure, at: u32) -> Vec<Reason> {
    let school = measure.explorer.school(at);
    let asked = measure.weights().counts.iter().filter_map(|(criterion, _)| pro(measure, at, *criterion));
    let facts = [Fact::Graduation, Fact::AgReady, Fact::Absence, Fact::CollegeGoing];
    let others = facts.into_iter().filter_map(|fact| high(measure, at, fact)).chain(
        [(school.gopass == Some(true), Reason::Gopass), (school.rail.is_some(), Reason::Rail)]
            .into_iter()
            .filter_map(|(is, reason)| is.then_some(reason)),
    );
    let mut found: Vec<Reason> = Vec::with_capacity(FOR_MOST);
    for reason in asked.chain(others) {
        if found.len() < FOR_MOST && !found.contains(&reason) {
            found.push(reason);
        }
    }
    found
}

fn high(measure: &Measure, at: u32, fact: Fact) -> Option<Reason> {
    measure.rank(at, fact).filter(|rank| *rank >= HIGH).map(|_| Reason::High(fact))
}

fn low(measure: &Measure, at: u32, fact: Fact) -> Option<Against> {
    measure.rank(at, fact).filter(|rank| *rank <= LOW).map(|_| Against::Low(fact))
}

fn pro(measure: &Measure, at: u32, criterion: Criterion) -> Option<Reason> {
    let school = measure.explorer.school(at);
    let value = || measure.value(at, criterion);
    match criterion {
        Criterion::Card(Card::Trip) => {
            let trip = measure.way(at)?.trip()?;
            if compared(measure, at, NEAR_MILES, NEAR_MINUTES)? {
                return Some(Reason::Near(trip));
            }
            (is_as_asked(measure, trip) && !measure.is_beyond(at)).then_some(Reason::Within(trip))
        }
        Criterion::Card(Card::Interest) => interest(measure, at),
        Criterion::Card(Card::Size) => {
            let size = Size::of(school.students?);
            (asked_size(measure, size)).then_some(Reason::Size { size, students: school.students? })
        }
        Criterion::Card(card) => high(measure, at, card.fact()?),
        Criterion::Need(Need::Gopass) => (school.gopass == Some(true)).then_some(Reason::Gopass),
        Criterion::Need(Need::Ninth) => {
            (Grades::from_lowest(school.grades.0) == Grades::High).then_some(Reason::Ninth)
        }
        Criterion::Need(Need::Counselor) => {
            let (students, year) = measure.counselor(at)?;
            (value()? >= HIGH).then_some(Reason::Counselor { students, year })
        }
        Criterion::Need(_) => None,
    }
}

/// The first liked sector with a certified pathway; else the first that a name says.
fn interest(measure: &Measure, at: u32) -> Option<Reason> {
    let mut named = None;
    for sector in measure.wishes.likes.iter().copied() {
        match measure.known(at, sector) {
            Some(Known::Pathway(name, year)) => return Some(Reason::Pathway { sector, name, year }),
            Some(Known::Name(word)) if named.is_none() => named = Some(Reason::NameSays { sector, word }),
            _ => {}
        }
    }
    named
}

fn asked_size(measure: &Measure, size: Size) -> bool {
    match size {
        Size::Small => measure.wishes.needs(Need::Small),
        Size::Medium => false,
        Size::Large => measure.wishes.needs(Need::Large),
    }
}

/// Is the trip at most this long? None where it is not known.
fn compared(measure: &Measure, at: u32, most: f32, minutes: u16) -> Option<bool> {
    let way = measure.way(at)?;
    match way.minutes {
        Some(known) => Some(known <= minutes),
        None => miles(way.thousandths).map(|miles| miles <= most),
    }
}

/// What speaks against a school, at most two: that it may not take this person, and what weighs most. That is first a
/// trip that is too long, then what was asked for in the order of its weight, then what nobody asked for.
pub(super) fn cons(measure: &Measure, at: u32) -> Vec<Against> {
    let school = measure.explorer.school(at);
    let own = measure.wishes.pin.and_then(|pin| measure.explorer.catalogue().school(pin));
    let elsewhere = || school.is_of_other_district(own).then_some(Against::OtherDistrict);
    let may_not = school.only().map(Against::Only).or_else(elsewhere);
    let trip = measure.way(at).and_then(Way::trip);
    let beyond = trip
        .filter(|_| measure.is_beyond(at))
        .map(|trip| if is_as_asked(measure, trip) { Against::BeyondLimit(trip) } else { Against::Far(trip) });
    let asked =
        || measure.weights().counts.iter().find_map(|(criterion, _)| against(measure, at, *criterion));
    let far = || {
        let far = compared(measure, at, FAR_MILES, FAR_MINUTES) == Some(false) && measure.limit().is_none();
        trip.filter(|_| far).map(Against::Far)
    };
    let others = || {
        let facts = [Fact::Absence, Fact::Graduation, Fact::AgReady];
        facts.into_iter().find_map(|fact| low(measure, at, fact))
    };
    let draw = || (school.charter || school.magnet).then_some(Against::Draw);
    let most = beyond.or_else(asked).or_else(far).or_else(others).or_else(draw);
    may_not.into_iter().chain(most).collect()
}

/// Is the trip told in what the person said how far is fine in? Where minutes are not known, miles are.
fn is_as_asked(measure: &Measure, trip: Trip) -> bool {
    matches!(
        (measure.wishes.reach, trip),
        (Some(Reach::Miles(_)), Trip::Miles(_)) | (Some(Reach::Minutes(_)), Trip::Minutes(_))
    )
}

fn against(measure: &Measure, at: u32, criterion: Criterion) -> Option<Against> {
    let school = measure.explorer.school(at);
    match criterion {
        Criterion::Card(Card::Trip | Card::Interest) => None,
        Criterion::Card(Card::Size) => {
            let size = Size::of(school.students?);
            (!asked_size(measure, size)).then_some(Against::SizeNotAsked { size, students: school.students? })
        }
        Criterion::Card(card) => low(measure, at, card.fact()?),
        Criterion::Need(Need::Gopass) => (school.gopass == Some(false)).then_some(Against::NoGopass),
        Criterion::Need(Need::Ninth) => (Grades::from_lowest(school.grades.0) != Grades::High)
            .then_some(Against::NotNinth(school.grades.0)),
        Criterion::Need(Need::Counselor) => {
            let (students, year) = measure.counselor(at)?;
            (measure.value(at, criterion)? <= LOW).then_some(Against::Counselor { students, year })
        }
        Criterion::Need(_) => None,
    }
}

/// At most two things that were asked and are not known: what counts most first; of what counts the same, needs of
/// which nothing is published come first.
pub(super) fn unknown(measure: &Measure, at: u32) -> Vec<Unknown> {
    let weights = measure.weights();
    // What the person can mend is no question to a school.
    let never = weights.idle.iter().filter(|(_, why)| *why == Idle::Unpublished).map(|(it, _)| (*it, 1));
    let here = weights.counts.iter().copied().filter(|(it, _)| measure.value(at, *it).is_none());
    let mut asked: Vec<(Criterion, u8)> = never.chain(here).collect();
    asked.sort_by_key(|(_, weight)| Reverse(*weight));
    asked.into_iter().filter_map(|(it, _)| asked_of(measure, it)).take(UNKNOWN_MOST).collect()
}

fn asked_of(measure: &Measure, criterion: Criterion) -> Option<Unknown> {
    match criterion {
        Criterion::Card(Card::Trip) => Some(Unknown::Trip),
        Criterion::Card(Card::Interest) => {
            measure.wishes.likes.first().map(|sector| Unknown::Interest(*sector))
        }
        Criterion::Card(Card::Size) => Some(Unknown::Size),
        Criterion::Card(card) => card.fact().map(Unknown::Fact),
        Criterion::Need(Need::English) => Some(Unknown::English),
        Criterion::Need(Need::Disability) => Some(Unknown::Disability),
        Criterion::Need(Need::DualLanguage) => Some(Unknown::DualLanguage),
        Criterion::Need(Need::Gopass) => Some(Unknown::Gopass),
        Criterion::Need(Need::Counselor) => Some(Unknown::Counselor),
        Criterion::Need(Need::Small | Need::Large | Need::Ninth) => None,
    }
}
