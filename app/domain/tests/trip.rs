//! Laws of a trip: whatever the network, the way that is found is the best one, and it can be travelled.

use domain::explorer::place::Point;
use domain::trip::draft::{Draft, Run};
use domain::trip::{CHANGE, Kind, Leg, Morning, Network, Trip, reach, walk};
use proptest::prelude::*;
use std::cmp::Reverse;

#[path = "trip/made.rs"]
mod made;
#[path = "trip/slowly.rs"]
mod slowly;

fn merit(trip: &Trip) -> (u16, usize, Reverse<u16>) {
    (trip.minutes, trip.rides(), Reverse(trip.leave))
}

/// Is there a run for each ride, is there time for each change, and do the parts lead from one door to the other?
fn can_be_travelled(trip: &Trip, network: &Network, from: Point, to: Point, morning: Morning) {
    let runs = Draft::of(network).runs;
    let (mut here, mut minute, mut walked, mut rode) = (from, trip.leave, false, false);
    for leg in &trip.legs {
        match *leg {
            Leg::Walk { minutes, .. } => {
                assert!(!walked, "two walks follow each other");
                (walked, minute) = (true, minute + minutes);
            }
            Leg::Ride { line, from, to, depart, arrive } => {
                let station = |at: u16| network.stations()[usize::from(at)].point;
                let way = slowly::foot(here, station(from));
                assert!(if walked { way > 0 } else { way == 0 });
                minute += if rode { CHANGE } else { 0 };
                assert!(minute <= depart, "{minute} is too late for {depart}");
                let rides = |run: &Run| {
                    let on = run.calls.iter().position(|call| {
                        call.board && call.station == usize::from(from) && call.depart == depart
                    });
                    run.line == usize::from(line)
                        && on.is_some_and(|on| {
                            run.calls[on + 1..].iter().any(|call| {
                                call.alight && call.station == usize::from(to) && call.arrive == arrive
                            })
                        })
                };
                assert!(runs.iter().any(rides), "no run makes this ride");
                (here, minute, walked, rode) = (station(to), arrive, false, true);
            }
        }
    }
    assert_eq!(minute, trip.arrive);
    assert_eq!(walked, slowly::foot(here, to) > 0, "the last walk leads to the door");
    assert!(trip.leave >= morning.leave_from && trip.arrive <= morning.arrive_by);
    let wait = if rode { trip.arrive.max(morning.gate) } else { trip.arrive };
    assert_eq!(trip.minutes, wait - trip.leave);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_way_that_is_found_is_the_best_one(
        (draft, from, to) in made::asked(), arrive_by in 440_u16..520,
    ) {
        let network = draft.network().unwrap();
        let morning = Morning { arrive_by, ..Morning::default() };
        let found = reach(&network, from, morning).to(to);
        let expected = slowly::best(&Draft::of(&network), from, to, morning);
        let said = found.as_ref().map(|trip| (trip.minutes, trip.rides(), trip.leave));
        prop_assert_eq!(said, expected);
        if let Some(trip) = found {
            can_be_travelled(&trip, &network, from, to, morning);
        }
    }

    #[test]
    fn more_time_makes_no_trip_longer_or_impossible(
        (draft, from, to) in made::asked(), arrive_by in 440_u16..520, more in 0_u16..60,
    ) {
        let network = draft.network().unwrap();
        let by = |arrive_by| reach(&network, from, Morning { arrive_by, ..Morning::default() }).to(to);
        if let Some(early) = by(arrive_by) {
            let late = by(arrive_by + more);
            prop_assert!(late.is_some_and(|late| late.minutes <= early.minutes));
        }
    }

    #[test]
    fn one_more_run_makes_no_trip_worse(
        (draft, from, to) in made::asked(),
    ) {
        // By way of a network, so that the corners are settled.
        let mut draft = Draft::of(&draft.network().unwrap());
        let Some(extra) = draft.runs.pop() else { return Ok(()) };
        let with = Draft { runs: [draft.runs.clone(), vec![extra]].concat(), ..draft.clone() };
        let trip = |draft: Draft| {
            let network = draft.network().unwrap();
            reach(&network, from, Morning::default()).to(to).map(|trip| merit(&trip))
        };
        if let Some(without) = trip(draft) {
            prop_assert!(trip(with).is_some_and(|with| with <= without));
        }
    }

    #[test]
    fn no_trip_is_faster_than_its_walks_and_the_fastest_vehicle(
        (draft, from, to) in made::asked(),
    ) {
        let network = draft.network().unwrap();
        let Some(trip) = reach(&network, from, Morning::default()).to(to) else { return Ok(()) };
        let parts: u16 = trip.legs.iter().map(Leg::minutes).sum();
        prop_assert!(parts <= trip.minutes);
        // A walk covers the straight line at walking speed at best, and a made vehicle crosses the square in a minute.
        let way = f64::from(walk::straight(from, to));
        let walked: u16 = trip.legs.iter().map(|leg| if let Leg::Walk { minutes, .. } = leg { *minutes } else { 0 }).sum();
        let ridden = trip.minutes - walked;
        prop_assert!(f64::from(walked) * 1_000.0 / 26.0 + f64::from(ridden) * 7_500.0 + 1.0 >= way);
        if trip.rides() == 0 {
            prop_assert_eq!(trip.minutes, slowly::foot(from, to));
        }
    }

    #[test]
    fn the_order_of_a_feed_changes_nothing(
        (draft, from, to) in made::asked(), turn in any::<prop::sample::Index>(),
    ) {
        let network = draft.clone().network().unwrap();
        let turned = turned(&draft, turn);
        let other = turned.network().unwrap();
        prop_assert_eq!(&other, &network);
        prop_assert_eq!(other.encode(), network.encode());
        let trip = |network: &Network| reach(network, from, Morning::default()).to(to);
        prop_assert_eq!(trip(&other), trip(&network));
    }

    #[test]
    fn a_network_comes_back_from_its_bytes_and_from_its_draft(draft in made::draft()) {
        let network = draft.network().unwrap();
        prop_assert_eq!(&Network::decode(&network.encode()).unwrap(), &network);
        prop_assert_eq!(Draft::of(&network).network().unwrap(), network);
    }

    #[test]
    fn a_feed_read_again_takes_the_place_of_the_old_one(old in made::draft(), new in made::draft()) {
        let (before, after) = (old.network().unwrap(), new.network().unwrap());
        let both = Draft::of(&before).with(Draft::of(&after)).network().unwrap();
        prop_assert_eq!(both, after);
    }

    #[test]
    fn two_feeds_together_make_no_trip_worse(
        (one, from, _) in made::asked(), (mut two, _, to) in made::asked(),
    ) {
        for (feed, name) in two.feeds.iter_mut().zip(["three", "four"]) {
            feed.name = name.into();
        }
        // No corner in common, so that no stop moves.
        two.stations.iter_mut().for_each(|station| station.name.push('2'));
        let trip = |draft: Draft| {
            let network = draft.network().unwrap();
            reach(&network, from, Morning::default()).to(to).map(|trip| trip.minutes)
        };
        let both = trip(one.clone().with(two.clone()));
        for alone in [trip(one), trip(two)].into_iter().flatten() {
            prop_assert!(both.is_some_and(|both| both <= alone));
        }
    }

    #[test]
    fn lines_near_both_are_the_same_from_either_end(draft in made::draft(), a in made::point(), b in made::point()) {
        let network = draft.network().unwrap();
        prop_assert_eq!(network.lines_near_both(a, b), network.lines_near_both(b, a));
        for line in network.lines_near_both(a, b) {
            prop_assert!(network.lines_near_both(a, a).contains(&line));
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(network) = Network::decode(&bytes) {
            prop_assert_eq!(Network::decode(&network.encode()), Ok(network));
        }
    }
}

#[test]
fn the_made_networks_put_the_search_to_the_test() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = made::asked();
    let mut rides = [0; 5];
    for _ in 0..600 {
        let (draft, from, to) = strategy.new_tree(&mut runner).unwrap().current();
        let network = draft.network().unwrap();
        if let Some(trip) = reach(&network, from, Morning::default()).to(to) {
            rides[trip.rides()] += 1;
        }
    }
    assert!(
        rides[0] > 50 && rides[1] > 50 && rides[2] > 20 && rides[3] > 0,
        "{rides:?} trips by their rides"
    );
}

/// Each item at another place.
fn arranged<T: Clone>(items: &[T], to: impl Fn(usize) -> usize) -> Vec<T> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|at| to(*at));
    order.into_iter().map(|at| items[at].clone()).collect()
}

/// The same feed with its rows in another order.
fn turned(draft: &Draft, by: prop::sample::Index) -> Draft {
    let turn = |many: usize| move |at: usize| (many - 1 - at + by.index(many)) % many;
    let (feed, line, station) =
        (turn(draft.feeds.len()), turn(draft.lines.len()), turn(draft.stations.len()));
    let mut other = Draft {
        feeds: arranged(&draft.feeds, feed),
        lines: arranged(&draft.lines, line),
        stations: arranged(&draft.stations, station),
        runs: draft.runs.iter().rev().cloned().collect(),
    };
    for line in &mut other.lines {
        line.feed = u16::try_from(feed(usize::from(line.feed))).expect("two feeds");
    }
    for run in &mut other.runs {
        run.line = line(run.line);
        for call in &mut run.calls {
            call.station = station(call.station);
        }
    }
    other
}

/// Two lines that cross: L from West to East at 7:40, M from South to North at 7:50.
fn crossing() -> Network {
    use domain::trip::draft::Call;
    use domain::trip::{Feed, Line, Station};
    let station = |name: &str, lat, lon| Station { name: name.into(), point: Point { lat, lon } };
    let run = |line, stations: [usize; 3], start: u16| Run {
        line,
        calls: (0..)
            .zip(stations)
            .map(|(at, station)| {
                let minute = start + 10 * at;
                Call { station, arrive: minute, depart: minute, board: true, alight: true }
            })
            .collect(),
    };
    let line = |name: &str, kind| Line { feed: 0, kind, name: name.into(), drawn: Vec::new() };
    Draft {
        feeds: vec![Feed { name: "made".into(), agency: "Made".into(), service: None }],
        lines: vec![line("L", Kind::Rail), line("7", Kind::Bus)],
        stations: vec![
            station("West", 34.0, -118.4),
            station("Middle", 34.0, -118.3),
            station("East", 34.0, -118.2),
            station("South", 33.9, -118.3),
            station("North", 34.1, -118.3),
        ],
        runs: vec![run(0, [0, 1, 2], 450), run(0, [0, 1, 2], 460), run(1, [3, 1, 4], 462)],
    }
    .network()
    .expect("two lines that cross")
}

#[test]
fn a_change_needs_two_minutes() {
    let network = crossing();
    let (west, north) = (Point { lat: 34.0, lon: -118.4 }, Point { lat: 34.1, lon: -118.3 });
    let trip = reach(&network, west, Morning::default()).to(north).unwrap();
    // The 7:40 train is at the crossing at 7:50, and the bus leaves there at 7:52.
    assert_eq!((trip.leave, trip.arrive, trip.minutes, trip.rides()), (460, 482, 22, 2));
    let names = trip.legs.iter().map(|leg| match leg {
        Leg::Ride { line, from, to, .. } => {
            let station = |at: u16| network.stations()[usize::from(at)].name.as_str();
            (network.lines()[usize::from(*line)].name.as_str(), station(*from), station(*to))
        }
        Leg::Walk { .. } => panic!("nobody has to walk"),
    });
    let names: Vec<_> = names.collect();
    assert_eq!(names, [("L", "West", "Middle"), ("7", "Middle", "North")]);
    let in_time = Morning { arrive_by: 481, ..Morning::default() };
    assert_eq!(reach(&network, west, in_time).to(north), None, "a minute too late");
}

#[test]
fn who_comes_before_the_gate_opens_waits_there() {
    let network = crossing();
    let (west, east) = (Point { lat: 34.0, lon: -118.4 }, Point { lat: 34.0, lon: -118.2 });
    let early = Morning { arrive_by: 475, ..Morning::default() };
    let trip = reach(&network, west, early).to(east).unwrap();
    assert_eq!((trip.leave, trip.arrive, trip.minutes), (450, 470, 20));
    let trip = reach(&network, west, Morning { gate: 475, ..early }).to(east).unwrap();
    assert_eq!((trip.leave, trip.arrive, trip.minutes), (450, 470, 25));
}

#[test]
fn near_doors_are_walked_between() {
    let network = crossing();
    let (a, b) = (Point { lat: 34.0, lon: -118.4 }, Point { lat: 34.007_236, lon: -118.4 });
    let trip = reach(&network, a, Morning::default()).to(b).unwrap();
    // Half a mile in a straight line.
    assert_eq!(trip.legs, [Leg::Walk { minutes: 13, hundredths_of_miles: 65 }]);
    assert_eq!((trip.leave, trip.arrive), (482, 495));
    let far = Point { lat: 34.05, lon: -118.4 };
    assert_eq!(reach(&network, a, Morning::default()).to(far), None);
}

#[test]
fn lines_near_both_need_a_stop_at_both_ends() {
    let network = crossing();
    let (west, east) = (Point { lat: 34.0, lon: -118.391 }, Point { lat: 34.0, lon: -118.2 });
    let names = |a, b| network.lines_near_both(a, b).iter().map(|line| line.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(west, east), ["L"]);
    // It passes, but does not stop there.
    assert!(names(Point { lat: 34.0, lon: -118.35 }, east).is_empty());
    assert_eq!(names(Point { lat: 34.0, lon: -118.3 }, Point { lat: 34.1, lon: -118.3 }), ["7"]);
}
