//! Which small networks could there be?

use domain::explorer::place::Point;
use domain::trip::draft::{Call, Draft, Run};
use domain::trip::{Day, Feed, Kind, Line, Service, Station};
use proptest::prelude::*;

/// A point of a square of about five miles, so that some places are within a walk and others are not.
pub fn point() -> impl Strategy<Value = Point> {
    (0_u8..50, 0_u8..50).prop_map(|(north, east)| Point {
        lat: 34.0 + f32::from(north) * 0.001_5,
        lon: -118.3 + f32::from(east) * 0.001_8,
    })
}

fn feed(name: String) -> Feed {
    let day = |day| Day { year: 2026, month: 8, day };
    let service = Some(Service { from: day(8), until: day(22), day: day(18) });
    Feed { name, agency: "Made".into(), service }
}

fn run(lines: usize, stations: usize) -> impl Strategy<Value = Run> {
    let call = (0..stations, 1_u16..9, 0_u16..3, 0_u8..8, 0_u8..8);
    (0..lines, 380_u16..480, prop::collection::vec(call, 2..7)).prop_map(|(line, start, calls)| {
        let mut minute = start;
        let calls = calls.into_iter().map(|(station, way, stay, board, alight)| {
            let arrive = minute + way;
            minute = arrive + stay;
            Call { station, arrive, depart: minute, board: board > 0, alight: alight > 0 }
        });
        Run { line, calls: calls.collect() }
    })
}

/// Some runs again, a few minutes later: patterns with several runs.
fn repeated((runs, later): (Vec<Run>, Vec<(prop::sample::Index, u16)>)) -> Vec<Run> {
    let again = later.into_iter().filter_map(|(which, by)| {
        let mut run = runs.get(which.index(runs.len().max(1)))?.clone();
        for call in &mut run.calls {
            (call.arrive, call.depart) = (call.arrive + by, call.depart + by);
        }
        Some(run)
    });
    let again: Vec<Run> = again.collect();
    [runs, again].concat()
}

/// A draft of a few stations and lines.
pub fn draft() -> impl Strategy<Value = Draft> {
    (1_usize..4, 2_usize..8).prop_flat_map(|(lines, stations)| {
        let runs = prop::collection::vec(run(lines, stations), 0..12);
        let later = prop::collection::vec((any::<prop::sample::Index>(), 1_u16..40), 0..24);
        let way = prop::collection::vec(prop::collection::vec(point(), 0..6), 0..3);
        let line = (any::<bool>(), "[A-C1-3]{1,2}", way);
        (
            prop::collection::vec(line, lines),
            prop::collection::vec(("[P-S]", point()), stations),
            (runs, later).prop_map(repeated),
        )
            .prop_map(|(lines, stations, runs)| Draft {
                feeds: vec![feed("one".into()), feed("two".into())],
                lines: (0..)
                    .zip(lines)
                    .map(|(at, (rail, name, drawn))| Line {
                        feed: at % 2,
                        kind: if rail { Kind::Rail } else { Kind::Bus },
                        name,
                        drawn,
                    })
                    .collect(),
                stations: stations.into_iter().map(|(name, point)| Station { name, point }).collect(),
                runs,
            })
    })
}

/// A draft, and two places, most of them within a walk of one of its stations.
pub fn asked() -> impl Strategy<Value = (Draft, Point, Point)> {
    let place = || (any::<prop::sample::Index>(), -12_i8..12, -12_i8..12);
    (draft(), place(), place()).prop_map(|(draft, from, to)| {
        let [from, to] = [from, to].map(|(station, north, east)| {
            let Point { lat, lon } = draft.stations[station.index(draft.stations.len())].point;
            Point { lat: lat + f32::from(north) * 0.000_7, lon: lon + f32::from(east) * 0.000_9 }
        });
        (draft, from, to)
    })
}
