//! How far is each school from where a person starts?

use super::words::{foot_words, rail_words};
use crate::explorer::words::miles_words;
use crate::room::RoomSite;
use domain::explorer::place::Start;
use domain::explorer::school::School;
use domain::explorer::{Explorer, StartAnswer};
use domain::trip::{Morning, Trip, reach};
use text::RoomText;

/// The way from one start to every school.
pub struct Ways<'a> {
    text: RoomText,
    explorer: &'a Explorer,
    /// Where the person starts, if they said so and it is one place that we know.
    pub start: Option<&'a Start>,
    /// By rail and on foot, for each school of the catalogue; empty without a start.
    trips: Vec<Option<Trip>>,
}

impl<'a> Ways<'a> {
    /// From what a person typed or an address says.
    pub fn new(site: &'a RoomSite, from: &str) -> Ways<'a> {
        let start = match site.explorer.start(from) {
            StartAnswer::Found(start) => Some(start),
            _ => None,
        };
        let trips = start.map(|start| timed(|| trips(site, start))).unwrap_or_default();
        Ways { text: site.text, explorer: &site.explorer, start, trips }
    }

    /// Miles in a straight line.
    pub fn miles(&self, school: &School) -> Option<f32> {
        Some(self.start?.point.miles_to(school.point?))
    }

    fn trip(&self, school: &School) -> Option<&Trip> {
        let at = self.explorer.find(school.cds)?;
        self.trips.get(at as usize)?.as_ref()
    }

    /// Minutes by rail and on foot.
    pub fn minutes(&self, school: &School) -> Option<u16> {
        self.trip(school).map(|trip| trip.minutes)
    }

    /// The same in few words, for a table whose head says how one travels.
    pub fn short(&self, school: &School) -> [String; 2] {
        let miles = self.miles(school).map(|miles| miles_words(*self.text, miles));
        let minutes = self.minutes(school).map(|minutes| self.text.trip_short(usize::from(minutes)));
        [
            miles.unwrap_or_else(|| self.text.unknown_short().to_owned()),
            minutes.unwrap_or_else(|| self.text.trip_none_short().to_owned()),
        ]
    }

    /// What there is to say of the trip: miles, then minutes by rail and on foot, or that there is no such way.
    pub fn words(&self, school: &School) -> Vec<String> {
        let Some(miles) = self.miles(school) else { return Vec::new() };
        let by_rail = match self.trip(school) {
            None => self.text.trip_none().to_owned(),
            Some(trip) if trip.rides() == 0 => foot_words(self.text, usize::from(trip.minutes)),
            Some(trip) => rail_words(self.text, usize::from(trip.minutes)),
        };
        vec![miles_words(*self.text, miles), by_rail]
    }
}

/// The trip to every school of the catalogue.
fn trips(site: &RoomSite, start: &Start) -> Vec<Option<Trip>> {
    let reach = reach(site.network(), start.point, Morning::default());
    let schools = &site.explorer.catalogue().schools;
    schools.iter().map(|school| school.point.and_then(|point| reach.to(point))).collect()
}

/// Says in the browser's own performance timeline how long it took, so that a bench can read it.
#[cfg(target_arch = "wasm32")]
fn timed<T>(work: impl FnOnce() -> T) -> T {
    let clock = leptos::prelude::window().performance();
    if let Some(clock) = &clock {
        _ = clock.mark("trips");
    }
    let done = work();
    if let Some(clock) = &clock {
        _ = clock.measure_with_start_mark("trips", "trips");
    }
    done
}

#[cfg(not(target_arch = "wasm32"))]
fn timed<T>(work: impl FnOnce() -> T) -> T {
    work()
}
