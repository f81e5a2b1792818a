//! What is the best way, found without any cleverness?
//!
//! For each minute of the morning at which one could leave, in each of at most four rounds, every run is boarded
//! wherever it can be and left wherever it may be. No pattern, no order of the minutes, nothing remembered from one
//! minute to the next.

use domain::explorer::place::Point;
use domain::trip::draft::Draft;
use domain::trip::{CHANGE, MOST_RIDES, Morning, walk};

/// Minutes from door to door, rides, minute of leaving: the least minutes, then the fewest rides, then the last
/// minute of leaving.
pub fn best(draft: &Draft, from: Point, to: Point, morning: Morning) -> Option<(u16, usize, u16)> {
    let mut best: Option<(u16, usize, std::cmp::Reverse<u16>)> = None;
    let mut offer = |minutes, rides, leave| {
        let merit = (minutes, rides, std::cmp::Reverse(leave));
        best = Some(best.map_or(merit, |other| other.min(merit)));
    };
    let whole = foot(from, to);
    if whole <= walk::MOST_ALL_THE_WAY && morning.arrive_by >= morning.leave_from + whole {
        offer(whole, 0, morning.arrive_by - whole);
    }
    for leave in morning.leave_from..=morning.arrive_by {
        let reach = |station: usize| Some(foot(from, draft.stations[station].point)).filter(|far| *far <= 25);
        let mut ready: Vec<Option<u16>> =
            (0..draft.stations.len()).map(|station| Some(leave + reach(station)?)).collect();
        for rides in 1..=MOST_RIDES {
            let mut arrived: Vec<Option<u16>> = vec![None; ready.len()];
            for run in &draft.runs {
                for (on, board) in run.calls.iter().enumerate().filter(|(_, call)| call.board) {
                    if ready[board.station].is_none_or(|at| at > board.depart) {
                        continue;
                    }
                    for off in run.calls[on + 1..].iter().filter(|call| call.alight) {
                        let known = &mut arrived[off.station];
                        *known = Some(known.map_or(off.arrive, |other: u16| other.min(off.arrive)));
                    }
                }
            }
            let mut next = vec![None; ready.len()];
            for (station, at) in
                arrived.iter().enumerate().filter_map(|(station, at)| Some((station, (*at)?)))
            {
                let here = draft.stations[station].point;
                let last = foot(here, to);
                if last <= walk::MOST_TO_STATION && at + last <= morning.arrive_by {
                    offer((at + last).max(morning.gate) - leave, rides, leave);
                }
                for (other, ready) in next.iter_mut().enumerate() {
                    let between = if other == station { 0 } else { foot(here, draft.stations[other].point) };
                    if between <= walk::MOST_BETWEEN {
                        let at = at + CHANGE + between;
                        *ready = Some(ready.map_or(at, |known: u16| known.min(at)));
                    }
                }
            }
            ready = next;
        }
    }
    best.map(|(minutes, rides, leave)| (minutes, rides, leave.0))
}

/// Minutes on foot.
pub fn foot(from: Point, to: Point) -> u16 {
    walk::minutes(walk::straight(from, to))
}
