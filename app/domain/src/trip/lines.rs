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
    for (line, at) in network.lines.iter().zip(0..) {
        if line.drawn.iter().any(|way| passes(way, point, walk_to(line.kind))) {
            found.push(at);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Thousandths of a mile for a degree of latitude on a sphere of IUGG's mean radius.
pub(super) const THOUSANDTHS: f64 = 69_093.4;

/// Does a way come within so many thousandths of a mile of a point? On a plane around the point: within a walk the
/// earth is flat to less than a foot.
fn passes(way: &[Point], point: Point, within: u32) -> bool {
    let within = f64::from(within);
    let shortened = f64::from(point.lat).to_radians().cos() * THOUSANDTHS;
    let flat = |corner: &Point| {
        let (east, north) =
            (f64::from(corner.lon) - f64::from(point.lon), f64::from(corner.lat) - f64::from(point.lat));
        (east * shortened, north * THOUSANDTHS)
    };
    let mut corners = way.iter().map(flat);
    let Some(mut before) = corners.next() else { return false };
    for corner in corners {
        if square_from_origin(before, corner) <= within * within {
            return true;
        }
        before = corner;
    }
    false
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
            assert!(passes(&way, point, thousandths + 2), "{miles}");
            assert!(thousandths == 0 || !passes(&way, point, thousandths - 2), "{miles}");
        }
        assert!(!passes(&[], north(0.0), 1_000) && !passes(&way[..1], way[0], 1_000), "no way at all");
    }
}
