//! How long do trips take to compute?
//!
//! Prints the least and the median time to find everything that is reached from a point, and then the trips to 400
//! schools, over many points, in microseconds; and the size of the network. Run with
//! `cargo run --release -p domain --example trip_speed -- server/catalogue/los-angeles.network`.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "it reads a file, measures and prints; it never runs in a browser"
)]

use domain::explorer::place::Point;
use domain::trip::{Kind, Leg, Morning, Network, reach};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Points of a grid over the basin, one after another in no order that a cache could like.
fn points(many: u32) -> impl Iterator<Item = Point> {
    (0..many).map(|at| {
        let (north, east) = (at * 7_919 % 101, at * 104_729 % 103);
        #[allow(clippy::cast_precision_loss, reason = "two digits")]
        Point { lat: 33.8 + north as f32 * 0.004, lon: -118.5 + east as f32 * 0.004 }
    })
}

fn print(label: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let (least, median, most) = (times[0], times[times.len() / 2], times[times.len() - 1]);
    println!(
        "{label:32} least {:6} us  median {:6} us  most {:6} us",
        least.as_micros(),
        median.as_micros(),
        most.as_micros()
    );
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which network?")?;
    let bytes = std::fs::read(path)?;
    let begun = Instant::now();
    let network = Network::decode(&bytes)?;
    println!("{} bytes, decoded in {:?}", bytes.len(), begun.elapsed());
    let (lines, stations) = (network.lines().len(), network.stations().len());
    println!("{lines} lines, {stations} stations, bus times: {}", network.has_times_of(Kind::Bus));
    let schools: Vec<Point> = points(400).collect();
    let (mut reaches, mut all, mut found, mut lines) = (Vec::new(), Vec::new(), 0, Vec::new());
    // A walk away from each station, since from anywhere else there is nothing to find.
    let starts = network.stations().iter().flat_map(|station| {
        let Point { lat, lon } = station.point;
        [(0.002, 0.001), (-0.004, 0.003), (0.001, -0.006), (0.0, 0.0)]
            .map(|(north, east)| Point { lat: lat + north, lon: lon + east })
    });
    let mut starts_many = 0;
    for from in starts {
        starts_many += 1;
        let begun = Instant::now();
        let reach = black_box(reach(&network, from, Morning::default()));
        reaches.push(begun.elapsed());
        found += schools.iter().filter(|school| black_box(reach.to(**school)).is_some()).count();
        all.push(begun.elapsed());
        let begun = Instant::now();
        let here = network.lines_near(from);
        for school in &schools {
            black_box(network.lines_near(*school).iter().filter(|line| here.contains(line)).count());
        }
        lines.push(begun.elapsed());
    }
    print("reach", reaches);
    print("reach and 400 schools", all);
    print("lines near both, 400 schools", lines);
    println!("{found} trips of {}", starts_many * schools.len());
    let arguments: Vec<f32> = std::env::args().skip(2).filter_map(|number| number.parse().ok()).collect();
    for ends in arguments.chunks_exact(4) {
        let point = |at: usize| Point { lat: ends[at], lon: ends[at + 1] };
        println!("\n{:?} to {:?}", point(0), point(2));
        show(&network, point(0), point(2));
    }
    Ok(())
}

/// One trip, leg by leg, to be compared with a timetable.
fn show(network: &Network, from: Point, to: Point) {
    let clock = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
    let Some(trip) = reach(network, from, Morning::default()).to(to) else {
        println!("  no trip");
        return;
    };
    println!("  {} minutes, {} to {}", trip.minutes, clock(trip.leave), clock(trip.arrive));
    for leg in &trip.legs {
        match *leg {
            Leg::Walk { minutes, hundredths_of_miles } => {
                println!("  walk {minutes} min, {hundredths_of_miles} hundredths of a mile");
            }
            Leg::Ride { line, from, to, depart, arrive } => {
                let station = |at: u16| network.stations()[usize::from(at)].name.as_str();
                let line = &network.lines()[usize::from(line)].name;
                println!("  {line} {} {} to {} {}", clock(depart), station(from), clock(arrive), station(to));
            }
        }
    }
    let near: Vec<&str> = network.lines_near_both(from, to).iter().map(|line| line.name.as_str()).collect();
    println!("  lines near both: {}", near.join(" "));
}
