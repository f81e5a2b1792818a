//! How far is each school from where a person starts?

use super::words::{foot_words, rail_words};
use crate::explorer::words::miles_number;
use crate::room::RoomSite;
use domain::explorer::place::Start;
use domain::explorer::school::School;
use domain::explorer::{Explorer, StartAnswer};
use domain::trip::{Kind, Leg, Morning, Network, Trip, reach};
use maud::{Markup, html};
use text::RoomText;
use text::day::month_words;

/// Where a page asks for the start, if nobody said it.
pub const ASK_START: &str = "#start";

/// The way from one start to every school.
pub struct Ways<'a> {
    text: RoomText,
    explorer: &'a Explorer,
    network: &'a Network,
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
        Ways { text: site.text, explorer: &site.explorer, network: site.network(), start, trips }
    }

    /// Miles in a straight line.
    fn miles(&self, school: &School) -> Option<String> {
        let thousandths = self.explorer.thousandths_to(self.start?.point, self.explorer.find(school.cds)?)?;
        Some(self.text.miles_short(&miles_number(thousandths)))
    }

    fn trip(&self, school: &School) -> Option<&Trip> {
        let at = self.explorer.find(school.cds)?;
        self.trips.get(at as usize)?.as_ref()
    }

    /// Minutes by rail and on foot.
    pub fn minutes(&self, school: &School) -> Option<u16> {
        self.trip(school).map(|trip| trip.minutes)
    }

    /// The best way, part by part, with the lines near both ends and what the timetable does not hold.
    pub fn told(&self, school: &School) -> Markup {
        let (text, network) = (self.text, self.network);
        let Some(start) = self.start else {
            return html! { p { a href=(ASK_START) { (text.way_no_start()) } } };
        };
        let Some(point) = school.point else { return html! { p { (text.trip_unknown()) "." } } };
        let lines: Vec<_> =
            network.lines_near_both(start.point, point).iter().map(|line| line.name.clone()).collect();
        let service = network.feeds().iter().find_map(|feed| feed.service.as_ref());
        html! {
            @match self.trip(school) {
                None => p { (text.trip_none()) "." },
                Some(trip) => {
                    p { (text.way_leave(&clock_words(trip.arrive), &clock_words(trip.leave))) }
                    ol.legs { @for leg in &trip.legs { li { (self.leg(*leg)) } } }
                },
            }
            @if !lines.is_empty() { p { (text.way_lines(&lines.join(", "))) } }
            @if let Some(service) = service.filter(|_| !network.has_times_of(Kind::Bus)) {
                p.quiet { (text.way_rail_only(month_words(*text, service.day.month.into()), &service.day.year.to_string())) }
            }
        }
    }

    fn leg(&self, leg: Leg) -> String {
        let (text, network) = (self.text, self.network);
        match leg {
            Leg::Walk { minutes, .. } => text.way_walk(usize::from(minutes)),
            Leg::Ride { line, from, to, .. } => {
                let station = |at: u16| network.stations()[usize::from(at)].name.as_str();
                text.way_ride(station(from), &network.lines()[usize::from(line)].name, station(to))
            }
        }
    }

    /// The same in few words, for a table whose head says how one travels.
    pub fn short(&self, school: &School) -> [String; 2] {
        let minutes = self.minutes(school).map(|minutes| self.text.trip_short(usize::from(minutes)));
        [
            self.miles(school).unwrap_or_else(|| self.text.unknown_short().to_owned()),
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
        vec![miles, by_rail]
    }
}

/// A minute of the day as a clock shows it: 7:05.
fn clock_words(minute: u16) -> String {
    let (hours, minutes) = (minute / 60, minute % 60);
    let zero = if minutes < 10 { "0" } else { "" };
    [hours.to_string().as_str(), ":", zero, &minutes.to_string()].concat()
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
