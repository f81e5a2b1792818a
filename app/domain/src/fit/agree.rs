//! Where do a student and a guardian agree?

use super::measure::{Measure, Minutes};
use super::suggest::{Pick, pick};
use super::wishes::{CARDS_MOST, Card, Wishes};
use crate::explorer::Explorer;
use crate::explorer::catalogue::Details;
use crate::explorer::sorted::in_order;
use std::cmp::Ordering;

/// A school is high on a list among this many first.
pub const HIGH_ON_LIST: usize = 30;

/// What two voices have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Cards that both chose: the one that neither put low first.
    pub both: Vec<Card>,
    /// Cards that only the student chose, in the student's order.
    pub student: Vec<Card>,
    /// Cards that only the guardian chose, in the guardian's order.
    pub family: Vec<Card>,
    /// Schools within the first [`HIGH_ON_LIST`] of both lists, by the worse of the two places, then by the sum of
    /// them, then by code.
    pub schools: Vec<Shared>,
}

/// A school that is high on both lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The school, with the student's reasons.
    pub pick: Pick,
    /// Its place on the student's list, from 1.
    pub student: usize,
    /// Its place on the guardian's list, from 1.
    pub family: usize,
}

/// Compares the student's cards ([`Wishes::matters`]) with the guardian's ([`Wishes::family`]); all other answers are
/// shared. A voice without cards has the default weights. Both voices weigh the same: exchanging them exchanges
/// nothing but their names and whose reasons are given.
pub fn agree(
    explorer: &Explorer,
    details: Option<&Details>,
    wishes: &Wishes,
    minutes: Option<Minutes>,
) -> Agreement {
    let family_wishes = wishes.of_family();
    let student = Measure::new(explorer, details, wishes, minutes);
    let family = Measure::new(explorer, details, &family_wishes, minutes);
    let [of_student, of_family] = [&student, &family].map(|voice| {
        let mut ranked = voice.ranked();
        ranked.truncate(HIGH_ON_LIST);
        ranked
    });
    let shared: Vec<(usize, usize, u32)> = (1..)
        .zip(&of_student)
        .filter_map(|(place, school)| {
            let other = of_family.iter().position(|other| other == school)? + 1;
            Some((place, other, *school))
        })
        .collect();
    let head = |at: usize| {
        let (one, other, school) = shared[at];
        // Places are at most thirty.
        (one.max(other) as u64) << 48 | ((one + other) as u64) << 32 | u64::from(school)
    };
    let order = in_order(shared.len(), head, &|_, _| Ordering::Equal);
    let schools = order.into_iter().map(|at| {
        let (one, other, school) = shared[at];
        Shared { pick: pick(&student, school), student: one, family: other }
    });
    Agreement {
        both: both(&wishes.matters, &wishes.family),
        student: without(&wishes.matters, &wishes.family),
        family: without(&wishes.family, &wishes.matters),
        schools: schools.collect(),
    }
}

/// By the worse of the two places, then by their sum, then as on the page.
fn both(one: &[Card], other: &[Card]) -> Vec<Card> {
    let place = |list: &[Card], card: Card| list.iter().take(CARDS_MOST).position(|it| *it == card);
    let mut places: Vec<(usize, usize, Card)> = Vec::with_capacity(CARDS_MOST);
    for card in Card::ALL.iter().copied() {
        if let (Some(one), Some(other)) = (place(one, card), place(other, card)) {
            let entry = (one.max(other), one + other, card);
            places.insert(places.partition_point(|before| *before < entry), entry);
        }
    }
    places.into_iter().map(|(_, _, card)| card).collect()
}

fn without(one: &[Card], other: &[Card]) -> Vec<Card> {
    one.iter().copied().filter(|card| !other.contains(card)).collect()
}
