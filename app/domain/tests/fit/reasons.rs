//! Is every reason true?

use super::{asked, minutes};
use domain::explorer::figure::Fact;
use domain::explorer::query::{Grades, Size};
use domain::explorer::school::School;
use domain::explorer::{Details, Explorer, StartAnswer, fold};
use domain::fit::{
    Against, Card, Criterion, Measure, Need, Pick, Reach, Reason, Trip, Unknown, Wishes, suggest,
};
use proptest::prelude::*;
use std::cmp::Reverse;

/// What the checks know, found without the code under test.
struct Truth<'a> {
    explorer: &'a Explorer,
    details: &'a Details,
    wishes: &'a Wishes,
}

impl Truth<'_> {
    fn miles(&self, school: &School) -> Option<f32> {
        let StartAnswer::Found(start) = self.explorer.start(&self.wishes.from) else { return None };
        Some(start.point.miles_to(school.point?))
    }

    fn minutes(&self, school: &School) -> Option<u16> {
        matches!(self.wishes.reach, Some(Reach::Minutes(_))).then(|| minutes(school)).flatten()
    }

    fn trip(&self, school: &School, trip: Trip) -> bool {
        match trip {
            Trip::Minutes(known) => self.minutes(school) == Some(known),
            #[allow(clippy::cast_precision_loss, reason = "a few thousand")]
            Trip::Miles(thousandths) => {
                self.minutes(school).is_none()
                    && self
                        .miles(school)
                        .is_some_and(|miles| (miles - thousandths as f32 / 1_000.0).abs() < 0.002)
            }
        }
    }

    /// Miles where miles were asked, minutes where minutes were.
    fn as_asked(&self, trip: Trip) -> bool {
        match self.wishes.reach {
            Some(Reach::Miles(_)) => matches!(trip, Trip::Miles(_)),
            Some(Reach::Minutes(_)) => matches!(trip, Trip::Minutes(_)),
            None => false,
        }
    }

    /// At most so many miles or minutes, with what is known.
    fn most(&self, school: &School, miles: f32, most: u16) -> bool {
        match self.minutes(school) {
            Some(known) => known <= most,
            None => self.miles(school).is_some_and(|far| far <= miles + 0.001),
        }
    }

    fn beyond(&self, school: &School) -> bool {
        let far = |miles: f32| self.miles(school).is_some_and(|far| far > miles - 0.001);
        match (self.wishes.reach, self.minutes(school)) {
            (Some(Reach::Minutes(most)), Some(known)) => known > u16::from(most),
            (Some(Reach::Minutes(most)), None) => far(f32::from(most) / 4.5),
            (Some(Reach::Miles(most)), _) => far(f32::from(most)),
            (None, _) => far(20.0),
        }
    }

    /// Choosable schools that are worse, and those that are better, in a published fact.
    fn sides(&self, school: &School, fact: Fact) -> (usize, usize, usize) {
        let schools = || self.explorer.catalogue().schools.iter().filter(|school| school.is_default());
        let value = school.figure(fact).tenths().expect("a reason speaks of what is known");
        let known: Vec<i16> = schools().filter_map(|school| school.figure(fact).tenths()).collect();
        let less = known.iter().filter(|other| **other < value).count();
        let more = known.iter().filter(|other| **other > value).count();
        if fact.more_is_better() { (less, more, known.len()) } else { (more, less, known.len()) }
    }

    fn counselor(&self, school: &School) -> Option<u16> {
        Some(self.details.school(school.cds)?.counselor?.0)
    }

    fn counselors(&self, school: &School) -> (usize, usize, usize) {
        let value = self.counselor(school).expect("known");
        let schools = self.explorer.catalogue().schools.iter().filter(|school| school.is_default());
        let known: Vec<u16> = schools.filter_map(|school| self.counselor(school)).collect();
        let worse = known.iter().filter(|other| **other > value).count();
        (worse, known.iter().filter(|other| **other < value).count(), known.len())
    }

    fn asked(&self, size: Size) -> bool {
        self.wishes.needs(Need::Small) && size == Size::Small
            || self.wishes.needs(Need::Large) && size == Size::Large
    }

    fn speaks_for(&self, school: &School, reason: &Reason) -> bool {
        // The rank is at least three quarters: worse plus half of the equal.
        let high =
            |(worse, better, all): (usize, usize, usize)| 2 * worse + (all - worse - better) >= all + all / 2;
        let says = |text: &str, word: &str| format!(" {} ", fold(text)).contains(&format!(" {word} "));
        match reason {
            Reason::Near(trip) => self.trip(school, *trip) && self.most(school, 4.0, 30),
            Reason::Within(trip) => {
                self.trip(school, *trip) && !self.most(school, 3.99, 30) && self.as_asked(*trip)
            }
            Reason::High(fact) => high(self.sides(school, *fact)),
            Reason::NameSays { sector, word } => {
                self.wishes.likes.contains(sector)
                    && std::iter::once(&school.name).chain(&school.aliases).any(|name| says(name, word))
            }
            Reason::Pathway { sector, name, year } => {
                self.wishes.likes.contains(sector)
                    && self
                        .details
                        .school(school.cds)
                        .is_some_and(|it| it.pathways.contains(&(name.clone(), *year)))
            }
            Reason::Size { size, students } => {
                school.students == Some(*students) && Size::of(*students) == *size && self.asked(*size)
            }
            Reason::Gopass => school.gopass == Some(true),
            Reason::Ninth => school.grades.0 >= 9 && self.wishes.needs(Need::Ninth),
            Reason::Counselor { students, .. } => {
                self.counselor(school) == Some(*students) && high(self.counselors(school))
            }
            Reason::Rail => school.rail.is_some(),
        }
    }

    fn speaks_against(&self, school: &School, against: Against) -> bool {
        let low = |(worse, better, all): (usize, usize, usize)| 2 * worse + (all - worse - better) <= all / 2;
        match against {
            Against::BeyondLimit(trip) => {
                self.trip(school, trip) && self.as_asked(trip) && self.beyond(school)
            }
            Against::Far(trip) => {
                let unlike = self.wishes.reach.is_some() && !self.as_asked(trip) && self.beyond(school);
                self.trip(school, trip) && (unlike || !self.most(school, 9.99, 60))
            }
            Against::Low(fact) => low(self.sides(school, fact)),
            Against::SizeNotAsked { size, students } => {
                school.students == Some(students) && Size::of(students) == size && !self.asked(size)
            }
            Against::NoGopass => school.gopass == Some(false) && self.wishes.needs(Need::Gopass),
            Against::NotNinth(grade) => {
                school.grades.0 == grade && Grades::from_lowest(grade) != Grades::High
            }
            Against::Counselor { students, .. } => {
                self.counselor(school) == Some(students) && low(self.counselors(school))
            }
            Against::Draw => school.charter || school.magnet,
            Against::Only(only) => school.only() == Some(only),
            Against::OtherDistrict => {
                let takes = |school: &&School| !school.charter && school.is_default();
                let own = self.wishes.pin.and_then(|pin| self.explorer.catalogue().school(pin)).filter(takes);
                let home = own.map_or(1_964_733, |own| own.cds.district());
                takes(&school) && school.cds.district() != home
            }
        }
    }

    fn is_unknown(&self, school: &School, unknown: Unknown) -> bool {
        match unknown {
            Unknown::English => self.wishes.needs(Need::English),
            Unknown::Disability => self.wishes.needs(Need::Disability),
            Unknown::DualLanguage => self.wishes.needs(Need::DualLanguage),
            Unknown::Interest(sector) => self.wishes.likes.contains(&sector),
            // Where no choosable school has a value, there is nothing to be ahead of.
            Unknown::Fact(fact) => school.figure(fact).tenths().is_none() || self.sides(school, fact).2 == 0,
            Unknown::Trip => self.minutes(school).is_none() && self.miles(school).is_none(),
            Unknown::Size => school.students.is_none(),
            Unknown::Gopass => school.gopass.is_none(),
            Unknown::Counselor => self.counselor(school).is_none() || self.counselors(school).2 == 0,
        }
    }

    fn check(&self, pick: &Pick) -> Result<(), TestCaseError> {
        let school = self.explorer.school(pick.school);
        prop_assert!(pick.reasons.len() <= 3 && pick.unknown.len() <= 2);
        prop_assert!(pick.trip.is_none_or(|trip| self.trip(school, trip)));
        prop_assert!(!pick.is_beyond || self.beyond(school));
        for reason in &pick.reasons {
            prop_assert!(self.speaks_for(school, reason), "{:?} of {:?}", reason, school);
        }
        for unknown in &pick.unknown {
            prop_assert!(self.is_unknown(school, *unknown), "{:?} of {:?}", unknown, school);
        }
        prop_assert!(pick.against.len() <= 2);
        for against in pick.against.iter().copied() {
            prop_assert!(self.speaks_against(school, against), "{:?} of {:?}", against, school);
            if let Against::Low(fact) = against {
                prop_assert!(!pick.reasons.contains(&Reason::High(fact)));
            }
        }
        Ok(())
    }
}

/// What a question is about.
fn about(unknown: Unknown) -> Criterion {
    match unknown {
        Unknown::English => Criterion::Need(Need::English),
        Unknown::Disability => Criterion::Need(Need::Disability),
        Unknown::DualLanguage => Criterion::Need(Need::DualLanguage),
        Unknown::Gopass => Criterion::Need(Need::Gopass),
        Unknown::Counselor => Criterion::Need(Need::Counselor),
        Unknown::Interest(_) => Criterion::Card(Card::Interest),
        Unknown::Trip => Criterion::Card(Card::Trip),
        Unknown::Size => Criterion::Card(Card::Size),
        Unknown::Fact(fact) => {
            let card = Card::ALL.iter().find(|card| card.fact() == Some(fact));
            Criterion::Card(*card.expect("only cards ask for a fact"))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn every_reason_is_true((catalogue, details) in asked::catalogue(30), wishes in asked::wishes()) {
        let explorer = Explorer::new(catalogue);
        let truth = Truth { explorer: &explorer, details: &details, wishes: &wishes };
        let found = suggest(&explorer, Some(&details), &wishes, Some(&minutes));
        let pinned = found.pinned.as_ref().map(|standing| &standing.pick);
        let weight = |unknown: Unknown| found.weights.counts.iter().find(|(it, _)| about(unknown) == *it).map_or(1, |(_, weight)| *weight);
        for pick in found.picks.iter().chain(&found.near).chain(&found.unexpected).chain(pinned) {
            prop_assert!(pick.unknown.is_sorted_by_key(|it| Reverse(weight(*it))), "{:?}", pick.unknown);
            // What counts most and is not known is said.
            let measure = Measure::new(&explorer, Some(&details), &wishes, Some(&minutes));
            let (most, heavy) = found.weights.counts[0];
            if heavy > 1 && measure.value(pick.school, most).is_none() {
                prop_assert!(pick.unknown.iter().any(|it| about(*it) == most), "{:?}", pick.unknown);
            }
        }
        for pick in found.picks.iter().chain(&found.near).chain(&found.unexpected).chain(pinned) {
            truth.check(pick)?;
        }
        // The nearest is the nearest.
        if let (Some(near), None) = (&found.near, wishes.reach) {
            let far = |at: u32| truth.miles(explorer.school(at)).expect("it has a distance");
            let others = (0_u32..).zip(&explorer.catalogue().schools).filter(|(at, school)| {
                school.is_default() && Some(school.cds) != wishes.pin && found.picks.iter().all(|pick| pick.school != *at)
            });
            for (at, school) in others {
                prop_assert!(school.point.is_none() || far(near.school) <= far(at) + 0.001);
            }
        }
        // What would not have been thought of is strong in what counts most after the trip.
        if let Some(other) = &found.unexpected {
            let lead = found.weights.counts.iter().find(|(criterion, _)| *criterion != Criterion::Card(Card::Trip));
            if let Some((Criterion::Card(card), _)) = lead
                && let Some(fact) = card.fact()
            {
                let (worse, better, all) = truth.sides(explorer.school(other.school), fact);
                prop_assert!(2 * worse + (all - worse - better) >= all + all / 2);
            }
        }
    }
}
