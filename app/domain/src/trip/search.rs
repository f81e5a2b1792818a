//! When does one get where, leaving at any minute of the morning?
//!
//! Range RAPTOR (Delling, Pajor and Werneck, "Round-Based Public Transit Routing", 2012): the minutes at which
//! leaving could matter are taken from the last to the first, and in each round one more ride is allowed. What a later
//! start has reached at a time, an earlier one need not reach at that time again, so nearly all the work is done once.

use super::network::{Network, Stop};
use super::{CHANGE, MOST_RIDES, Minute, Morning, walk};
use crate::explorer::place::Point;

/// Not reached.
const NEVER: Minute = Minute::MAX;
/// Not to be scanned in this round.
const NOWHERE: u16 = u16::MAX;

/// How somebody came to a station, on the way of one journey.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// Where it led.
    pub(super) station: u16,
    /// When one is there.
    pub(super) at: Minute,
    /// When the journey began.
    pub(super) leave: Minute,
    /// Rides so far.
    pub(super) rides: u8,
    pub(super) by: By,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    /// On foot from where the journey began.
    Start,
    /// On foot from another station, where one had come by this step.
    Foot { before: u32 },
    /// A ride, boarded after this step.
    Ride { before: u32, pattern: u16, run: u16, board: u16, alight: u16 },
}

/// The best time at a station after at most so many rides, and by which step.
#[derive(Clone, Copy)]
struct Best {
    at: [Minute; MOST_RIDES + 1],
    by: [u32; MOST_RIDES + 1],
}

impl Best {
    const NONE: Best = Best { at: [NEVER; MOST_RIDES + 1], by: [0; MOST_RIDES + 1] };

    fn improve(&mut self, rides: usize, at: Minute, by: u32) {
        for more in rides..=MOST_RIDES {
            if at < self.at[more] {
                (self.at[more], self.by[more]) = (at, by);
            }
        }
    }
}

pub(super) struct Search<'n> {
    network: &'n Network,
    last: Minute,
    /// Getting off a vehicle.
    arrived: Vec<Best>,
    /// Standing at the platform, ready for the next one.
    ready: Vec<Best>,
    /// Stations that became ready in this round.
    marked: Vec<u16>,
    is_marked: Vec<bool>,
    /// From which of its stops each pattern has to be scanned.
    scan_from: Vec<u16>,
    steps: Vec<Step>,
    /// For each station, the steps that got off there, of which none is as good as another in every way.
    ends: Vec<Vec<u32>>,
}

/// All steps, and for each station those that got off there.
pub(super) struct Found {
    pub(super) steps: Vec<Step>,
    pub(super) ends: Vec<Vec<u32>>,
}

/// Finds every journey from a point that is not worse than another in its start, its end and its rides.
pub(super) fn search(network: &Network, from: Point, morning: Morning) -> Found {
    let stations = network.stations.len();
    let mut search = Search {
        network,
        last: morning.arrive_by,
        arrived: vec![Best::NONE; stations],
        ready: vec![Best::NONE; stations],
        marked: Vec::new(),
        is_marked: vec![false; stations],
        scan_from: vec![NOWHERE; network.patterns.len()],
        steps: Vec::new(),
        ends: vec![Vec::new(); stations],
    };
    let near = walk::near(&network.stations, from, walk::within(walk::MOST_TO_STATION));
    let access: Vec<(usize, Minute)> = near.map(|(at, far)| (at, walk::minutes(far))).collect();
    for leave in starts(network, &access, morning).into_iter().rev() {
        search.leave(leave, &access);
    }
    Found { steps: search.steps, ends: search.ends }
}

/// The minutes at which one can leave and catch a vehicle just in time, ascending.
fn starts(network: &Network, access: &[(usize, Minute)], morning: Morning) -> Vec<Minute> {
    let mut starts = Vec::new();
    for (station, walk) in access {
        for (pattern, position) in network.stops_at.of(*station) {
            let (pattern, position) = (&network.patterns[usize::from(*pattern)], usize::from(*position));
            let first = pattern.first_from(position, morning.leave_from.saturating_add(*walk));
            if !pattern.stops[position].board {
                continue;
            }
            for run in first.unwrap_or(pattern.runs.len())..pattern.runs.len() {
                let depart = pattern.at(run, position).depart;
                if depart > morning.arrive_by {
                    break;
                }
                starts.push(depart - walk);
            }
        }
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

impl Search<'_> {
    /// Adds all journeys that begin at this minute. Called with ever earlier minutes.
    fn leave(&mut self, leave: Minute, access: &[(usize, Minute)]) {
        for (station, walk) in access {
            let at = leave + walk;
            if at < self.ready[*station].at[0] {
                self.get_ready(
                    *station,
                    0,
                    Step { station: index(*station), at, leave, rides: 0, by: By::Start },
                );
            }
        }
        for ride in 1..=MOST_RIDES {
            let patterns = self.patterns_to_scan();
            if patterns.is_empty() {
                return;
            }
            for pattern in patterns {
                self.scan(pattern, ride);
            }
        }
        self.unmark();
    }

    /// A step that ends ready to board.
    fn get_ready(&mut self, station: usize, rides: usize, step: Step) {
        let by = index_of(self.steps.len());
        self.steps.push(step);
        self.be_ready(station, rides, step.at, by);
    }

    fn be_ready(&mut self, station: usize, rides: usize, at: Minute, by: u32) {
        self.ready[station].improve(rides, at, by);
        if !self.is_marked[station] {
            self.is_marked[station] = true;
            self.marked.push(index(station));
        }
    }

    fn unmark(&mut self) {
        for station in self.marked.drain(..) {
            self.is_marked[usize::from(station)] = false;
        }
    }

    /// The patterns that stop where somebody became ready, each with the first such stop in `scan_from`.
    fn patterns_to_scan(&mut self) -> Vec<u16> {
        let mut patterns = Vec::new();
        for station in &self.marked {
            for (pattern, position) in self.network.stops_at.of(usize::from(*station)) {
                let from = &mut self.scan_from[usize::from(*pattern)];
                if *from == NOWHERE {
                    patterns.push(*pattern);
                }
                *from = (*from).min(*position);
            }
        }
        self.unmark();
        // In their own order, so that of two ways that are equally good always the same is found.
        patterns.sort_unstable();
        patterns
    }

    /// Rides along one pattern, each time with the first run that can be caught.
    fn scan(&mut self, at: u16, ride: usize) {
        let network = self.network;
        let pattern = &network.patterns[usize::from(at)];
        let from = std::mem::replace(&mut self.scan_from[usize::from(at)], NOWHERE);
        let mut riding: Option<(usize, u16, u32)> = None;
        for (stop, position) in pattern.stops.iter().zip(0_u16..).skip(usize::from(from)) {
            let here = usize::from(position);
            if let Some((run, board, before)) = riding {
                let arrive = pattern.at(run, here).arrive;
                if arrive <= self.last {
                    let by = By::Ride { before, pattern: at, run: index(run), board, alight: position };
                    self.alight(*stop, ride, arrive, by, before);
                } else {
                    // It comes too late from here on; a run before it, boarded here or later, may still be in time.
                    riding = None;
                }
            }
            let ready = self.ready[usize::from(stop.station)];
            let minute = ready.at[ride - 1];
            let earlier = |(run, ..): &(usize, u16, u32)| minute <= pattern.at(*run, here).depart;
            if stop.board && minute != NEVER && riding.as_ref().is_none_or(earlier) {
                let caught = pattern.first_from(here, minute);
                if let Some(run) = caught.filter(|run| riding.is_none_or(|(other, ..)| *run < other)) {
                    riding = Some((run, position, ready.by[ride - 1]));
                }
            }
        }
    }

    fn alight(&mut self, at: Stop, ride: usize, arrive: Minute, by: By, before: u32) {
        let station = usize::from(at.station);
        if !at.alight || arrive >= self.arrived[station].at[ride] {
            return;
        }
        let leave = self.steps[before as usize].leave;
        let off = Step { station: at.station, at: arrive, leave, rides: small(ride), by };
        let this = index_of(self.steps.len());
        self.steps.push(off);
        self.ends[station].push(this);
        self.arrived[station].improve(ride, arrive, this);
        let changed = arrive + CHANGE;
        if changed < self.ready[station].at[ride] {
            self.be_ready(station, ride, changed, this);
        }
        for (other, minutes) in self.network.footpaths.of(station) {
            let at = changed + minutes;
            if at < self.ready[usize::from(*other)].at[ride] && at <= self.last {
                let by = By::Foot { before: this };
                self.get_ready(usize::from(*other), ride, Step { station: *other, at, by, ..off });
            }
        }
    }
}

/// Stations and runs were counted when the network was made; both are below 65,535.
fn index(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn index_of(step: usize) -> u32 {
    u32::try_from(step).unwrap_or(u32::MAX)
}

fn small(rides: usize) -> u8 {
    u8::try_from(rides).unwrap_or(u8::MAX)
}
