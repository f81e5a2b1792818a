//! What counts, and how much?
//!
//! The weights come from the person and are shown to the person: the cards put in order count 3, 2 and 1; whatever
//! else was answered counts 1. Without an order the three facts by which the list opens count 1 each.

use super::wishes::{After, CARDS_MOST, Card, Need, Wishes};

/// One thing that can count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Criterion {
    /// A card. [`Need::Small`] and [`Need::Large`] count as [`Card::Size`].
    Card(Card),
    /// A need that is no card.
    Need(Need),
}

/// What counts and how much, most first; what else was asked and why the order is as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Each criterion once, with its weight of 1 to 3. Never empty.
    pub counts: Vec<(Criterion, u8)>,
    /// What was asked but cannot count, each once, and why.
    pub idle: Vec<(Criterion, Idle)>,
    /// No card that can count was put in order, so [`DEFAULT`] counts, and everything that counts counts 1.
    pub is_default: bool,
}

/// Why something that was asked cannot count. All but the last are for the person to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Idle {
    /// The trip: nobody said where it starts.
    NoStart,
    /// The trip: what was typed for its start is no place, or more than one.
    NoPlace,
    /// What the person likes: nothing was chosen.
    NoLikes,
    /// The size: neither small nor large was chosen.
    NoSize,
    /// No public file tells it school by school.
    Unpublished,
}

/// What counts where nothing was put in order: the facts by which the list opens.
pub const DEFAULT: [Card; 3] = [Card::Graduation, Card::AgReady, Card::Attendance];

impl After {
    /// The cards that a plan for after high school makes count. Someone who is not sure keeps the doors open.
    pub const fn implies(self) -> &'static [Card] {
        match self {
            After::University => &[Card::AgReady, Card::CollegeGoing],
            After::CommunityCollege => &[Card::Graduation, Card::CollegeGoing],
            After::Training | After::Work => &[Card::Graduation, Card::Interest],
            After::NotSure => &[Card::Graduation, Card::AgReady],
        }
    }
}

impl Weights {
    /// The weights of these answers; `trip` says whether a trip can be measured.
    pub fn of(wishes: &Wishes, trip: bool) -> Weights {
        let sized = wishes.needs(Need::Small) || wishes.needs(Need::Large);
        let idle = |card: Card| match card {
            Card::Trip if !trip && wishes.from.is_empty() => Some(Idle::NoStart),
            Card::Trip if !trip => Some(Idle::NoPlace),
            Card::Interest if wishes.likes.is_empty() => Some(Idle::NoLikes),
            Card::Size if !sized => Some(Idle::NoSize),
            _ => None,
        };
        let mut weights = Weights { counts: Vec::new(), idle: Vec::new(), is_default: false };
        for (weight, card) in (1..=3).rev().zip(wishes.matters.iter().take(CARDS_MOST)) {
            weights.put(Criterion::Card(*card), weight, idle(*card));
        }
        weights.is_default = weights.counts.is_empty();
        // Whoever says how far is fine asked for the trip too.
        if !wishes.from.is_empty() || wishes.reach.is_some() || trip {
            weights.put(Criterion::Card(Card::Trip), 1, idle(Card::Trip));
        }
        if idle(Card::Interest).is_none() {
            weights.put(Criterion::Card(Card::Interest), 1, None);
        }
        for need in &wishes.needs {
            match need {
                Need::Small | Need::Large => weights.put(Criterion::Card(Card::Size), 1, None),
                Need::English | Need::Disability | Need::DualLanguage => {
                    weights.put(Criterion::Need(*need), 1, Some(Idle::Unpublished));
                }
                Need::Ninth | Need::Gopass | Need::Counselor => weights.put(Criterion::Need(*need), 1, None),
            }
        }
        for card in wishes.after.map_or(&[][..], After::implies) {
            // Work implies an interest, but whoever named none did not ask for one.
            if idle(*card).is_none() {
                weights.put(Criterion::Card(*card), 1, None);
            }
        }
        if weights.is_default {
            for card in DEFAULT {
                weights.put(Criterion::Card(card), 1, None);
            }
        }
        weights
    }

    /// Adds what is not there yet; what came first has the larger weight.
    fn put(&mut self, criterion: Criterion, weight: u8, idle: Option<Idle>) {
        if self.weight(criterion) == 0 && self.idle.iter().all(|(other, _)| *other != criterion) {
            match idle {
                None => self.counts.push((criterion, weight)),
                Some(why) => self.idle.push((criterion, why)),
            }
        }
    }

    /// How much something counts; 0 for what does not.
    pub fn weight(&self, criterion: Criterion) -> u8 {
        self.counts.iter().find(|(other, _)| *other == criterion).map_or(0, |(_, weight)| *weight)
    }
}
