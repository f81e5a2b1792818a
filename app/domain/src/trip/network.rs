//! Which lines stop where, and when, on one school morning?

use super::walk;
use super::{Minute, lines, wire};
use crate::explorer::place::Point;

/// A timetable of one school morning, and lines of which only the way is known. Made by
/// [`Draft::network`](super::draft::Draft::network) or read from bytes; the same stops and runs always give an equal
/// network, in whatever order they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    pub(super) feeds: Vec<Feed>,
    pub(super) lines: Vec<Line>,
    /// By ascending latitude.
    pub(super) stations: Vec<Station>,
    pub(super) patterns: Vec<Pattern>,
    /// For each station, which patterns stop there, and as which of their stops.
    pub(super) stops_at: Grouped<(u16, u16)>,
    /// For each station, those within [`walk::MOST_BETWEEN`] and the minutes to them.
    pub(super) footpaths: Grouped<(u16, Minute)>,
}

/// Where a part of a network comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// What it is told apart by: a newer feed of this name replaces an older one.
    pub name: String,
    /// Who runs the lines, as a person reads it.
    pub agency: String,
    /// The timetable it has; none if it only says which way lines run.
    pub service: Option<Service>,
}

/// The days of a timetable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// The first day it speaks of.
    pub from: Day,
    /// The last day it speaks of.
    pub until: Day,
    /// The school day whose morning is told: an ordinary Tuesday, Wednesday or Thursday.
    pub day: Day,
}

/// A day of the calendar.
#[allow(clippy::struct_field_names, reason = "a day of a month has no other name")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// The year: 2026.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

/// A line with the name that riders know.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Index of its feed.
    pub feed: u16,
    /// On rails or on a street.
    pub kind: Kind,
    /// `A`, `720`.
    pub name: String,
    /// The way it runs, where no timetable tells its stops: one or more chains of points.
    pub drawn: Vec<Vec<Point>>,
}

/// On rails or on a street.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Light rail, subway, commuter rail.
    Rail,
    /// Bus of any sort.
    Bus,
}

/// A place where vehicles stop: a station with all its platforms, or the stops at one corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// As a rider reads it, without the word "Station".
    pub name: String,
    /// Its middle, on a grid of 11 m.
    pub point: Point,
}

/// Runs of one line that stop at the same stations in the same order, none of which overtakes another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pattern {
    pub(super) line: u16,
    pub(super) stops: Vec<Stop>,
    /// Minutes after the start at each stop, one row of `stops.len()` after another; runs share rows.
    pub(super) timings: Vec<Timing>,
    /// By ascending time at every stop.
    pub(super) runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stop {
    pub(super) station: u16,
    pub(super) board: bool,
    pub(super) alight: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Timing {
    pub(super) arrive: Minute,
    pub(super) depart: Minute,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) start: Minute,
    /// Which row of the timings.
    pub(super) timing: u16,
}

impl Pattern {
    pub(super) fn at(&self, run: usize, stop: usize) -> Timing {
        let Run { start, timing } = self.runs[run];
        let row = self.timings[usize::from(timing) * self.stops.len() + stop];
        Timing { arrive: start + row.arrive, depart: start + row.depart }
    }

    /// The first run that leaves a stop at a minute or later.
    pub(super) fn first_from(&self, stop: usize, minute: Minute) -> Option<usize> {
        let (mut low, mut high) = (0, self.runs.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.at(middle, stop).depart < minute { low = middle + 1 } else { high = middle }
        }
        (low < self.runs.len()).then_some(low)
    }
}

/// Items of many owners in one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grouped<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> Grouped<T> {
    fn push(&mut self, of_one: impl Iterator<Item = T>) {
        self.items.extend(of_one);
        self.starts.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    pub(super) fn of(&self, owner: usize) -> &[T] {
        let first = if owner == 0 { 0 } else { self.starts[owner - 1] };
        &self.items[first as usize..self.starts[owner] as usize]
    }
}

/// These bytes are not a network that this version can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a network of this version")]
pub struct Unreadable;

/// The most stations of a network.
pub(super) const MOST_STATIONS: usize = 40_000;
/// The most stops at a station that all runs together may make.
pub(super) const MOST_CALLS: usize = 4_000_000;
/// The most pairs of stations with a walk between them.
const MOST_FOOTPATHS: usize = 1_000_000;
/// The latest minute of a timetable: it speaks of a morning, and some count past midnight.
pub(super) const LATEST: Minute = 48 * 60;

impl Network {
    /// Puts together what stands by itself and what follows from it; `None` when indexes lead nowhere, a run
    /// overtakes another or goes back in time, or there is too much of something.
    pub(super) fn whole(
        feeds: Vec<Feed>,
        lines: Vec<Line>,
        stations: Vec<Station>,
        patterns: Vec<Pattern>,
    ) -> Option<Network> {
        let counts = [feeds.len(), lines.len(), patterns.len()];
        let few = counts.into_iter().all(|count| count < usize::from(u16::MAX))
            && stations.len() <= MOST_STATIONS
            && stations.is_sorted_by(|a, b| a.point.lat <= b.point.lat);
        if !few || !lines.iter().all(|line| usize::from(line.feed) < feeds.len()) {
            return None;
        }
        let mut calls = 0;
        for pattern in &patterns {
            let sound = usize::from(pattern.line) < lines.len()
                && pattern.stops.iter().all(|stop| usize::from(stop.station) < stations.len());
            calls += pattern.stops.len().checked_mul(pattern.runs.len())?;
            if !sound || calls > MOST_CALLS || !in_time(pattern) {
                return None;
            }
        }
        let mut network = Network { feeds, lines, stations, patterns, ..Network::default() };
        network.stops_at = network.gather_stops();
        network.footpaths = network.measure_footpaths()?;
        Some(network)
    }

    fn gather_stops(&self) -> Grouped<(u16, u16)> {
        let mut all: Vec<(u16, u16, u16)> = Vec::new();
        for (pattern, at) in self.patterns.iter().zip(0..) {
            all.extend(pattern.stops.iter().zip(0..).map(|(stop, position)| (stop.station, at, position)));
        }
        all.sort_unstable();
        let mut grouped = Grouped { starts: Vec::new(), items: Vec::with_capacity(all.len()) };
        let mut rest = all.as_slice();
        for station in 0..self.stations.len() {
            let (here, others) = rest.split_at(rest.partition_point(|item| usize::from(item.0) <= station));
            grouped.push(here.iter().map(|(_, pattern, position)| (*pattern, *position)));
            rest = others;
        }
        grouped
    }

    fn measure_footpaths(&self) -> Option<Grouped<(u16, Minute)>> {
        let mut grouped = Grouped::default();
        for (from, station) in self.stations.iter().enumerate() {
            let near = walk::near(&self.stations, station.point, walk::within(walk::MOST_BETWEEN));
            let others = near.filter(|(to, _)| *to != from);
            grouped.push(others.filter_map(|(to, far)| Some((u16::try_from(to).ok()?, walk::minutes(far)))));
            if grouped.items.len() > MOST_FOOTPATHS {
                return None;
            }
        }
        Some(grouped)
    }

    /// Reads what [`encode`](Network::encode) wrote.
    ///
    /// # Errors
    /// [`Unreadable`] for any other bytes.
    pub fn decode(bytes: &[u8]) -> Result<Network, Unreadable> {
        wire::decode(bytes).ok_or(Unreadable)
    }

    /// The network in few bytes, of which a compressor takes off another half.
    pub fn encode(&self) -> Vec<u8> {
        wire::encode(self)
    }

    /// Where its parts come from, by name.
    pub fn feeds(&self) -> &[Feed] {
        &self.feeds
    }

    /// All lines: rail before bus, `2` before `10` before `102`.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// All stations that a timetable names, from south to north.
    pub fn stations(&self) -> &[Station] {
        &self.stations
    }

    /// Is there a timetable of this kind of lines? Where buses have none, a page says "rail and walking only".
    pub fn has_times_of(&self, kind: Kind) -> bool {
        self.patterns.iter().any(|pattern| self.lines[usize::from(pattern.line)].kind == kind)
    }

    /// The lines that a person at this point can walk to, as ascending indexes: with a stop within a walk, or, where
    /// only the way of a line is known, that way within a walk. See [`lines_near_both`](Network::lines_near_both).
    pub fn lines_near(&self, point: Point) -> Vec<u16> {
        lines::near(self, point)
    }

    /// The lines that pass within a walk of both points: 0.6 miles in a straight line for rail, 0.35 for a bus. That
    /// says nothing of when, how often or in which direction they run.
    pub fn lines_near_both(&self, a: Point, b: Point) -> Vec<&Line> {
        let other = self.lines_near(b);
        let both = self.lines_near(a).into_iter().filter(|line| other.binary_search(line).is_ok());
        both.map(|line| &self.lines[usize::from(line)]).collect()
    }
}

/// Does time only go forward, from stop to stop and from run to run, and stay within two days?
fn in_time(pattern: &Pattern) -> bool {
    let many = pattern.stops.len();
    let rows = if many < 2 { 0 } else { pattern.timings.len() / many };
    if rows == 0 || rows * many != pattern.timings.len() || many > usize::from(u16::MAX) {
        return false;
    }
    let forward = pattern.timings.chunks_exact(many).all(|row| {
        let later = |pair: &[Timing]| {
            pair[0].depart <= pair[1].arrive
                && pair[0].arrive <= pair[1].arrive
                && pair[0].depart <= pair[1].depart
        };
        row.windows(2).all(later) && row.iter().all(|at| at.arrive <= LATEST && at.depart <= LATEST)
    });
    let sound = |run: &Run| usize::from(run.timing) < rows && run.start <= LATEST;
    let in_turn = |run: usize| {
        (0..many).all(|stop| {
            let (before, after) = (pattern.at(run - 1, stop), pattern.at(run, stop));
            before.arrive <= after.arrive && before.depart <= after.depart
        })
    };
    forward && pattern.runs.iter().all(sound) && (1..pattern.runs.len()).all(in_turn)
}
