//! Where is something, and how far apart are two places?

use serde::{Deserialize, Serialize};

/// A point on the ground, WGS84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Degrees north.
    pub lat: f32,
    /// Degrees east (Los Angeles is about -118).
    pub lon: f32,
}

/// Mean radius of the earth in miles (6 371.0088 km, IUGG).
pub(super) const EARTH_MILES: f64 = 3_958.761_3;

impl Point {
    /// Great-circle distance in miles (haversine). Straight line, not along streets.
    pub fn miles_to(self, other: Point) -> f32 {
        let (lat1, lat2) = (f64::from(self.lat).to_radians(), f64::from(other.lat).to_radians());
        let dlat = (lat2 - lat1) / 2.0;
        let dlon = (f64::from(other.lon) - f64::from(self.lon)).to_radians() / 2.0;
        let h = dlat.sin().powi(2) + lat1.cos() * lat2.cos() * dlon.sin().powi(2);
        #[allow(clippy::cast_possible_truncation)]
        let miles = (2.0 * EARTH_MILES * h.sqrt().min(1.0).asin()) as f32;
        miles
    }
}

/// A place a person can start from: a ZIP code, a neighbourhood or city, or a middle school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// What stands in the address after `from=`: `90033`, `boyle-heights`, or a 14-digit CDS code.
    pub key: String,
    /// What a person reads: `90033`, `Boyle Heights`, `Hollenbeck Middle`.
    pub name: String,
    /// What kind of place it is.
    pub kind: StartKind,
    /// Its centre.
    pub point: Point,
    /// For a middle school or ZIP, the neighbourhood or city it is in.
    pub place: String,
}

/// The kinds of place to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StartKind {
    /// A five-digit ZIP code.
    Zip,
    /// A neighbourhood or city, at the mean position of its schools.
    Place,
    /// A school with an eighth grade.
    Middle,
}

#[cfg(test)]
mod tests {
    use super::Point;

    #[test]
    fn distances_agree_with_the_map() {
        // Expected miles: the great-circle distance of the two points on a sphere of IUGG's mean radius.
        for (from, to, miles) in [
            ((34.0, -118.0), (34.0, -118.0), 0.0),
            ((34.0, -118.0), (35.0, -118.0), 69.093),
            ((0.0, -118.0), (0.0, -117.0), 69.093),
            ((0.0, 0.0), (0.0, 180.0), 12_436.8),
            // Los Angeles City Hall to San Francisco City Hall.
            ((34.0537, -118.2427), (37.7793, -122.4193), 347.6),
        ] {
            let [from, to] = [from, to].map(|(lat, lon)| Point { lat, lon });
            let found = from.miles_to(to);
            assert!((found - miles).abs() <= 0.1_f32.max(miles * 1e-4), "{found} for {miles}");
            assert!((found - to.miles_to(from)).abs() < 1e-3);
        }
    }
}
