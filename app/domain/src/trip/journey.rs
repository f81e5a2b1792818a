//! Which of all ways to a place is the best one?
//!
//! The one that takes the fewest minutes from door to door and arrives in time; of those the one with the fewest
//! rides; of those the one that leaves last. A wait at the school's gate before it opens counts.

use super::network::Network;
use super::search::{By, Found, Step, search};
use super::{Minute, Morning, walk};
use crate::explorer::place::Point;
use std::cmp::Reverse;

/// Everything about getting from one point to any other in one morning. See [`reach`](super::reach).
pub struct Reach<'n> {
    network: &'n Network,
    from: Point,
    morning: Morning,
    found: Found,
}

/// A way from door to door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trip {
    /// From door to door, with every wait, also the one for the gate to open.
    pub minutes: u16,
    /// When one leaves.
    pub leave: Minute,
    /// When one arrives.
    pub arrive: Minute,
    /// The parts, in order; none for two doors at one place. Between them one changes or waits.
    pub legs: Vec<Leg>,
}

/// A part of a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leg {
    /// On foot.
    Walk {
        /// How long.
        minutes: u16,
        /// How far along streets: the straight line, longer by [`walk::DETOUR_TENTHS`].
        hundredths_of_miles: u16,
    },
    /// In one vehicle.
    Ride {
        /// Index in [`Network::lines`].
        line: u16,
        /// Index in [`Network::stations`].
        from: u16,
        /// Index in [`Network::stations`].
        to: u16,
        /// When it leaves.
        depart: Minute,
        /// When it arrives.
        arrive: Minute,
    },
}

impl Leg {
    /// How long it takes, without the wait before it.
    pub fn minutes(&self) -> u16 {
        match *self {
            Leg::Walk { minutes, .. } => minutes,
            Leg::Ride { depart, arrive, .. } => arrive.saturating_sub(depart),
        }
    }
}

impl Trip {
    /// How many vehicles one rides.
    pub fn rides(&self) -> usize {
        self.legs.iter().filter(|leg| matches!(leg, Leg::Ride { .. })).count()
    }
}

/// What speaks for a way: the least is the best.
type Merit = (Minute, u8, Reverse<Minute>);

impl<'n> Reach<'n> {
    pub(super) fn new(network: &'n Network, from: Point, morning: Morning) -> Reach<'n> {
        Reach { network, from, morning, found: search(network, from, morning) }
    }

    /// The best way to a point; none if there is none in time.
    pub fn to(&self, point: Point) -> Option<Trip> {
        let mut best: Option<(Merit, u32, u32)> = None;
        let last = self.morning.arrive_by;
        for (station, far) in walk::near(&self.network.stations, point, walk::within(walk::MOST_TO_STATION)) {
            let minutes = walk::minutes(far);
            for end in &self.found.ends[station] {
                let step = &self.found.steps[*end as usize];
                let arrive = step.at + minutes;
                let merit = (arrive.max(self.morning.gate) - step.leave, step.rides, Reverse(step.leave));
                if arrive <= last && best.is_none_or(|(other, ..)| merit < other) {
                    best = Some((merit, *end, far));
                }
            }
        }
        match (self.on_foot(point), best) {
            (Some(walk), Some((merit, ..))) if walk.minutes <= merit.0 => Some(walk),
            (_, Some((merit, end, far))) => Some(self.trip(merit.0, end, far)),
            (walk, None) => walk,
        }
    }

    /// On foot all the way, to be there just in time.
    fn on_foot(&self, point: Point) -> Option<Trip> {
        let far = walk::straight(self.from, point);
        let minutes = walk::minutes(far);
        let arrive = self.morning.arrive_by;
        let leave = arrive.checked_sub(minutes).filter(|leave| *leave >= self.morning.leave_from)?;
        let mut legs = Vec::new();
        push_walk(&mut legs, minutes, far);
        (minutes <= walk::MOST_ALL_THE_WAY).then_some(Trip { minutes, leave, arrive, legs })
    }

    fn trip(&self, minutes: u16, end: u32, far: u32) -> Trip {
        let Step { at, leave, .. } = self.found.steps[end as usize];
        let mut legs = Vec::new();
        let last = walk::minutes(far);
        push_walk(&mut legs, last, far);
        let mut next = Some(end);
        while let Some(step) = next.map(|step| self.found.steps[step as usize]) {
            let here = self.network.stations[usize::from(step.station)].point;
            next = match step.by {
                By::Start => {
                    push_walk(&mut legs, step.at - step.leave, walk::straight(self.from, here));
                    None
                }
                By::Foot { before } => {
                    let there = self.found.steps[before as usize].station;
                    let far = walk::straight(self.network.stations[usize::from(there)].point, here);
                    push_walk(&mut legs, walk::minutes(far), far);
                    Some(before)
                }
                By::Ride { before, pattern, run, board, alight } => {
                    let pattern = &self.network.patterns[usize::from(pattern)];
                    let at = |stop| pattern.at(usize::from(run), usize::from(stop));
                    legs.push(Leg::Ride {
                        line: pattern.line,
                        from: pattern.stops[usize::from(board)].station,
                        to: step.station,
                        depart: at(board).depart,
                        arrive: at(alight).arrive,
                    });
                    Some(before)
                }
            };
        }
        legs.reverse();
        Trip { minutes, leave, arrive: at + last, legs }
    }
}

/// A walk of no minutes is none.
fn push_walk(legs: &mut Vec<Leg>, minutes: u16, far: u32) {
    if minutes > 0 {
        legs.push(Leg::Walk { minutes, hundredths_of_miles: walk::walked_hundredths(far) });
    }
}
