//! How long does an answer take?
//!
//! Prints the p50 and p95 of `Explorer::ask` in microseconds, for the number of schools in the county and for 27,000,
//! over texts of one to eight characters with and without a start and filters. Run with
//! `cargo run --release -p domain --features synthetic --example ask_speed`.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "it measures and prints; it never runs in a browser"
)]

use domain::explorer::query::Query;
use domain::explorer::{Explorer, synthetic};
use std::hint::black_box;
use std::time::{Duration, Instant};

const TEXTS: [&str; 8] = ["", "s", "juniper", "synth", "00042", "heron me", "senior ma", "99042"];
const MISTYPED: [&str; 4] = ["junpier", "manzanta", "syntehti", "qqqqqqqq"];

fn measure(explorer: &Explorer, label: &str, query: &Query) {
    black_box(explorer.ask(query));
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..60 {
        let begun = Instant::now();
        black_box(explorer.ask(black_box(query)));
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let total = explorer.ask(query).total;
    println!(
        "{label:34} {total:6} results  p50 {:5} us  p95 {:5} us",
        times[30].as_micros(),
        times[57].as_micros()
    );
}

fn main() {
    for schools in [535, 27_000] {
        let catalogue = synthetic::catalogue(schools);
        let bytes = catalogue.encode();
        let begun = Instant::now();
        let decoded = domain::explorer::Catalogue::decode(&bytes);
        let reading = begun.elapsed();
        assert!(decoded.is_ok(), "what was written can be read");
        let begun = Instant::now();
        let explorer = Explorer::new(catalogue);
        println!("{schools} schools: decoded in {reading:?}, made ready in {:?}", begun.elapsed());
        for text in TEXTS.iter().chain(&MISTYPED) {
            for (from, filters) in
                [("", ""), ("mesa-park", ""), ("mesa-park", "&kind=charter&graduation=90&miles=10")]
            {
                let address = format!("q={}&from={from}{filters}", text.replace(' ', "+"));
                measure(&explorer, &address, &Query::parse(&address));
            }
        }
    }
}
