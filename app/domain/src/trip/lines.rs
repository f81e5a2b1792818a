//! Which lines pass within a walk of a place?

use super::network::{Kind, Network};
use super::walk;
use crate::explorer::map::between;
use crate::explorer::place::Point;

/// How far one walks to a line, in thousandths of a mile in a straight line: to a train as far as the explorer says
/// of a station near a school, to a bus a little less.
const fn walk_to(kind: Kind) -> u32 {
    match kind {
        Kind::Rail => 600,
        Kind::Bus => 350,
    }
}

/// Ascending indexes of the lines near a point.
pub(super) fn near(network: &Network, point: Point) -> Vec<u16> {
    let mut found = Vec::new();
    for (station, far) in walk::near(&network.stations, point, walk_to(Kind::Rail)) {
        for (pattern, _) in network.stops_at.of(station) {
            let line = network.patterns[usize::from(*pattern)].line;
            if far <= walk_to(network.lines[usize::from(line)].kind) {
                found.push(line);
            }
        }
    }
    let around = Around::new(point);
    for (line, at) in network.lines.iter().zip(0..) {
        if line.drawn.iter().any(|way| around.is_passed_by(way, walk_to(line.kind))) {
            found.push(at);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Thousandths of a mile for a degree of latitude on a sphere of IUGG's mean radius.
pub(super) const THOUSANDTHS: f64 = 69_093.4;

/// A plane around a point: within a walk the earth is flat to less than a foot.
struct Around {
    lat: f64,
    lon: f64,
    /// Thousandths of a mile for a degree of longitude.
    shortened: f64,
}

impl Around {
    fn new(point: Point) -> Around {
        let (lat, lon) = (f64::from(point.lat), f64::from(point.lon));
        Around { lat, lon, shortened: lat.to_radians().cos() * THOUSANDTHS }
    }

    fn flat(&self, corner: Point) -> (f64, f64) {
        let (east, north) = (f64::from(corner.lon) - self.lon, f64::from(corner.lat) - self.lat);
        (east * self.shortened, north * THOUSANDTHS)
    }

    /// Does a way come within so many thousandths of a mile?
    fn is_passed_by(&self, way: &[Point], within: u32) -> bool {
        let within = f64::from(within);
        let Some((first, rest)) = way.split_first() else { return false };
        let mut before = self.flat(*first);
        rest.iter().any(|corner| {
            let (from, to) = (before, self.flat(*corner));
            before = to;
            // Nearly all pieces lie to one side altogether.
            let beside = |a: f64, b: f64| a > within && b > within || a < -within && b < -within;
            !beside(from.0, to.0) && !beside(from.1, to.1) && square_from_origin(from, to) <= within * within
        })
    }
}

/// The square of the distance from the origin to a piece of a straight line.
pub(super) fn square_from_origin(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (x, y) = (b.0 - a.0, b.1 - a.1);
    let length = x * x + y * y;
    let along = if length > 0.0 { between(-(a.0 * x + a.1 * y) / length, 0.0, 1.0) } else { 0.0 };
    let (x, y) = (a.0 + along * x, a.1 + along * y);
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_as_near_as_its_nearest_point_between_two_corners_or_at_its_end() {
        // A mile of latitude is a 69.0934th of a degree.
        let north = |miles: f32| Point { lat: 34.0 + miles / 69.0934, lon: -118.25 };
        let east = |miles: f32| Point { lat: 34.0, lon: -118.25 + miles / (69.0934 * 0.829_037_6) };
        let way = [Point { lat: 34.0, lon: -118.3 }, Point { lat: 34.0, lon: -118.25 }];
        for (point, miles) in [(north(0.3), 0.3), (east(0.5), 0.5), (east(-1.0), 0.0)] {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let thousandths = (miles * 1_000.0) as u32;
            assert!(Around::new(point).is_passed_by(&way, thousandths + 2), "{miles}");
            assert!(thousandths == 0 || !Around::new(point).is_passed_by(&way, thousandths - 2), "{miles}");
        }
        for none in [&[], &way[..1]] {
            assert!(!Around::new(way[0]).is_passed_by(none, 1_000), "no way at all");
        }
    }
}
