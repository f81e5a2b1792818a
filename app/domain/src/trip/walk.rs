//! How long is a walk?
//!
//! Nothing is known of streets here, so a walk is the straight line, longer by a stated factor, at a stated speed.

use super::Minute;
use super::network::Station;
use crate::explorer::place::Point;

/// Tenths by which a way along streets is longer than the straight line: 1.3 times. A way along a grid of streets is
/// between 1 and 1.41 times the straight line, 1.27 times on average over all directions (4 divided by pi).
pub const DETOUR_TENTHS: u32 = 13;

/// How fast one walks, in miles an hour.
pub const MILES_PER_HOUR: u32 = 3;

/// The longest walk to the first or from the last station, in minutes (0.96 miles in a straight line).
pub const MOST_TO_STATION: Minute = 25;

/// The longest walk from one station to another, in minutes (0.30 miles in a straight line).
pub const MOST_BETWEEN: Minute = 8;

/// The longest walk all the way, in minutes (1.73 miles in a straight line).
pub const MOST_ALL_THE_WAY: Minute = 45;

/// Minutes for a mile in a straight line, in tenths of the detour.
const TENTHS_PER_MILE: u32 = DETOUR_TENTHS * 60 / MILES_PER_HOUR;

/// Thousandths of a mile in a straight line. Whole, so that the browser and the server, whose sines differ in the
/// last bit, agree. `u32::MAX` from or to what is no point.
pub fn straight(from: Point, to: Point) -> u32 {
    let miles = f64::from(from.miles_to(to));
    if miles.is_nan() {
        return u32::MAX;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // half the earth is 12.4 million
    let thousandths = (miles * 1_000.0 + 0.5) as u32;
    thousandths
}

/// The minutes of a walk of so many thousandths of a mile in a straight line, rounded up.
pub fn minutes(straight: u32) -> Minute {
    Minute::try_from(straight.saturating_mul(TENTHS_PER_MILE).div_ceil(10_000)).unwrap_or(Minute::MAX)
}

/// The thousandths of a mile in a straight line that one walks in so many minutes.
pub(super) const fn within(minutes: Minute) -> u32 {
    minutes as u32 * 10_000 / TENTHS_PER_MILE
}

/// Hundredths of a mile along streets, for so many thousandths in a straight line.
pub fn walked_hundredths(straight: u32) -> u16 {
    u16::try_from((straight.saturating_mul(DETOUR_TENTHS) + 50) / 100).unwrap_or(u16::MAX)
}

/// The degrees of latitude of a thousandth of a mile, and a little more.
const DEGREES: f32 = 0.000_014_6;

/// The stations within so many thousandths of a mile of a point in a straight line, each with its distance.
/// The stations stand by ascending latitude.
pub(super) fn near(
    stations: &[Station],
    point: Point,
    within: u32,
) -> impl Iterator<Item = (usize, u32)> + '_ {
    #[allow(clippy::cast_precision_loss, reason = "a walk is a few thousand thousandths")]
    let reach = within as f32 * DEGREES + 0.000_1;
    // North of 60 degrees the box would be too narrow; there is no Los Angeles.
    let (north, side) = (point.lat + reach, reach * 2.0);
    let first = stations.partition_point(|station| station.point.lat < point.lat - reach);
    stations[first..]
        .iter()
        .zip(first..)
        .take_while(move |(station, _)| station.point.lat <= north)
        .filter(move |(station, _)| (station.point.lon - point.lon).abs() <= side)
        .map(move |(station, at)| (at, straight(point, station.point)))
        .filter(move |(_, distance)| *distance <= within)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mile_takes_twenty_six_minutes_and_a_part_of_a_minute_counts_whole() {
        assert_eq!([0, 1, 38, 39, 500, 1_000].map(minutes), [0, 1, 1, 2, 13, 26]);
        assert_eq!(minutes(u32::MAX), Minute::MAX);
        assert_eq!(walked_hundredths(1_000), 130);
        for most in [MOST_TO_STATION, MOST_BETWEEN, MOST_ALL_THE_WAY] {
            assert_eq!(minutes(within(most)), most);
            assert_eq!(minutes(within(most) + 1), most + 1);
        }
    }
}
