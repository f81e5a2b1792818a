//! How far is each school from a start?
//!
//! Measured along the chord between points on the unit sphere: three multiplications for each school instead of
//! haversine's five trigonometric functions, so that 27,000 distances take a fraction of a millisecond. Distances are
//! whole thousandths of a mile, so that the browser and the server, whose sines differ in the last bit, order alike.

use super::bits::Bits;
use super::place::{EARTH_MILES, Point};
use super::school::School;

/// The distance of a school whose position is not known.
pub(crate) const UNPLACED: u32 = u32::MAX;

/// Up to this chord the first terms of the arcsine's series are exact to a thousandth of a mile; it is 400 miles.
const SHORT_CHORD: f64 = 0.1;

/// Where the schools are, as unit vectors; not a number for a school without a position.
pub(super) struct Globe(Vec<[f64; 3]>);

fn unit(point: Point) -> [f64; 3] {
    let (lat, lon) = (f64::from(point.lat).to_radians(), f64::from(point.lon).to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

fn thousandths([x, y, z]: [f64; 3], at: [f64; 3]) -> u32 {
    let (dx, dy, dz) = (at[0] - x, at[1] - y, at[2] - z);
    let square = dx * dx + dy * dy + dz * dz;
    // A school without a position; asked here, since `min` below would take the 1 instead.
    if square.is_nan() {
        return UNPLACED;
    }
    let chord = square.sqrt();
    let angle = if chord < SHORT_CHORD {
        chord * (1.0 + square / 24.0 + square * square * (3.0 / 640.0))
    } else {
        2.0 * (chord / 2.0).min(1.0).asin()
    };
    whole(angle * EARTH_MILES * 1_000.0 + 0.5)
}

impl Globe {
    pub(super) fn new(schools: &[School]) -> Globe {
        Globe(schools.iter().map(|school| school.point.map_or([f64::NAN; 3], unit)).collect())
    }

    /// Thousandths of a mile from a point to each school, or [`UNPLACED`].
    pub(super) fn from(&self, point: Point) -> Vec<u32> {
        let start = unit(point);
        self.0.iter().map(|at| thousandths(start, *at)).collect()
    }

    /// Thousandths of a mile from a point to one school, as [`from`](Globe::from) has them.
    pub(super) fn to(&self, point: Point, school: usize) -> u32 {
        thousandths(unit(point), self.0[school])
    }

    /// The schools within a distance of a point.
    pub(super) fn within(&self, point: Point, miles: u16) -> Bits {
        let mut near = Bits::none(self.0.len());
        for (at, distance) in (0_u32..).zip(self.from(point)) {
            if distance <= u32::from(miles) * 1_000 {
                near.add(at);
            }
        }
        near
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "half the earth is 12.4 million thousandths"
)]
fn whole(value: f64) -> u32 {
    value as u32
}

/// Thousandths of a mile as miles; none for [`UNPLACED`].
#[allow(clippy::cast_precision_loss, reason = "a distance on earth needs 24 bits, which an f32 has")]
pub(crate) fn miles(thousandths: u32) -> Option<f32> {
    (thousandths != UNPLACED).then_some(thousandths as f32 / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::{Globe, UNPLACED, miles};
    use crate::explorer::place::Point;

    #[test]
    fn the_chord_gives_the_distance_of_the_great_circle() {
        let start = Point { lat: 34.0537, lon: -118.2427 };
        let ends = [(34.0537, -118.2427), (34.0, -118.3), (34.7, -117.6), (37.8, -122.4), (-34.0, 61.7)];
        let ends = ends.map(|(lat, lon)| Point { lat, lon });
        let found = Globe(ends.iter().map(|end| super::unit(*end)).collect()).from(start);
        for (end, found) in ends.into_iter().zip(found) {
            let expected = start.miles_to(end);
            assert!(
                (miles(found).unwrap() - expected).abs() <= 0.0006 + expected * 1e-6,
                "{found} {expected}"
            );
            let globe = Globe(vec![super::unit(end)]);
            assert_eq!(globe.to(start, 0), found, "one distance, however it is asked for");
        }
    }

    #[test]
    fn a_school_without_a_position_has_no_distance() {
        let globe = Globe(vec![[f64::NAN; 3]]);
        assert_eq!(globe.from(Point { lat: 34.0, lon: -118.0 }), [UNPLACED]);
        assert_eq!(miles(UNPLACED), None);
        assert_eq!(globe.within(Point { lat: 34.0, lon: -118.0 }, 25_000).count(), 0);
    }
}
