//! How far is each school from where a person starts?

use super::words::{foot_words, rail_words};
use crate::explorer::words::miles_words;
use crate::room::RoomSite;
use domain::explorer::StartAnswer;
use domain::explorer::place::Start;
use domain::explorer::school::School;
use domain::trip::{Morning, Reach, reach};
use text::RoomText;

/// The way from one start to every school.
pub struct Ways<'a> {
    text: RoomText,
    /// Where the person starts, if they said so and it is one place that we know.
    pub start: Option<&'a Start>,
    reach: Option<Reach<'a>>,
}

impl<'a> Ways<'a> {
    /// From what a person typed or an address says.
    pub fn new(site: &'a RoomSite, from: &str) -> Ways<'a> {
        let start = match site.explorer.start(from) {
            StartAnswer::Found(start) => Some(start),
            _ => None,
        };
        let reach = start.map(|start| reach(site.network(), start.point, Morning::default()));
        Ways { text: site.text, start, reach }
    }

    /// Miles in a straight line.
    pub fn miles(&self, school: &School) -> Option<f32> {
        Some(self.start?.point.miles_to(school.point?))
    }

    /// Minutes by rail and on foot.
    pub fn minutes(&self, school: &School) -> Option<u16> {
        Some(self.reach.as_ref()?.to(school.point?)?.minutes)
    }

    /// What there is to say of the trip: miles, then minutes by rail and on foot, or that there is no such way.
    pub fn words(&self, school: &School) -> Vec<String> {
        let mut words = Vec::new();
        if let Some(miles) = self.miles(school) {
            words.push(miles_words(*self.text, miles));
        }
        if let Some((reach, point)) = self.reach.as_ref().zip(school.point) {
            words.push(match reach.to(point) {
                None => self.text.trip_none().to_owned(),
                Some(trip) if trip.rides() == 0 => foot_words(self.text, usize::from(trip.minutes)),
                Some(trip) => rail_words(self.text, usize::from(trip.minutes)),
            });
        }
        words
    }
}
