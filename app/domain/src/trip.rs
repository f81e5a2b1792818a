//! How does a student get from home to a school by public transport on a school morning, and how long does it take?
//!
//! | module | question |
//! |---|---|
//! | [`network`] | which lines stop where, and when, on one school morning? |
//! | [`draft`] | how does a feed, in whatever order it came, become a network? |
//! | `wire` | how does a network travel in few bytes? |
//! | [`walk`] | how long is a walk? |
//! | `search` | when does one get where, leaving at any minute of the morning? (RAPTOR) |
//! | `journey` | which of all ways to a place is the best one? |
//! | `lines` | which lines pass within a walk of a place? |
//!
//! Everything is computed from a point, in the browser: home never leaves the device.

pub mod draft;
mod journey;
mod lines;
pub mod network;
mod search;
pub mod walk;
mod wire;

use crate::explorer::place::Point;

pub use journey::{Leg, Reach, Trip};
pub use network::{Day, Feed, Kind, Line, Network, Service, Station, Unreadable};

/// A minute of the day, from midnight: 8:15 in the morning is 495.
pub type Minute = u16;

/// The most rides in one trip, so at most three changes.
pub const MOST_RIDES: usize = 4;

/// Minutes to get from one vehicle to another at the same station; a walk to another station comes on top.
pub const CHANGE: Minute = 2;

/// When California's public high schools begin: 8:30 in the morning or later (Education Code 46148; rural districts
/// are excepted, Los Angeles is not).
pub const SCHOOL_BEGINS: Minute = 8 * 60 + 30;

/// The hours of a school morning within which a trip must lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Morning {
    /// Nobody leaves home before.
    pub leave_from: Minute,
    /// Before this a student has to wait at the gate, and the wait counts as a part of the trip.
    pub gate: Minute,
    /// Who arrives later is late.
    pub arrive_by: Minute,
}

impl Default for Morning {
    /// Leave at 6:00 or later, at the gate from 7:30 on, arrive by 8:15: a quarter of an hour before
    /// [`SCHOOL_BEGINS`].
    fn default() -> Self {
        Morning { leave_from: 6 * 60, gate: 7 * 60 + 30, arrive_by: SCHOOL_BEGINS - 15 }
    }
}

/// Everything about getting from one point to any other; asked once for a point, then for each school.
///
/// Takes a few milliseconds on a phone. What it finds holds for the day of the network's timetable.
pub fn reach(network: &Network, from: Point, morning: Morning) -> Reach<'_> {
    Reach::new(network, from, morning)
}
