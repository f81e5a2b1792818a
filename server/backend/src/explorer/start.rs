//! Which places can a person start from?

use super::point;
use super::snapshot::Snapshot;
use crate::record::place::ZipRow;
use crate::record::school::{SchoolRow, name_key};
use domain::explorer::place::{Point, Start, StartKind};
use std::collections::BTreeMap;

/// ZIP codes, then places, then schools with an 8th grade, each by key.
pub(super) fn starts(snapshot: &Snapshot) -> Vec<Start> {
    let mut starts: Vec<Start> = snapshot.zips.iter().map(zip).collect();
    starts.extend(places(snapshot));
    starts.extend(snapshot.schools.iter().filter_map(middle));
    starts
}

#[allow(clippy::cast_possible_truncation)]
fn zip(row: &ZipRow) -> Start {
    Start {
        key: row.zip.clone(),
        name: row.zip.clone(),
        kind: StartKind::Zip,
        point: Point { lat: row.lat as f32, lon: row.lon as f32 },
        place: if row.place.is_empty() { row.city.clone() } else { row.place.clone() },
    }
}

/// A place is where its schools are on average; their own boundaries are not published with the directory.
fn places(snapshot: &Snapshot) -> impl Iterator<Item = Start> {
    let mut sums: BTreeMap<String, (&str, f64, f64, f64)> = BTreeMap::new();
    for row in snapshot.schools.iter().filter(|row| row.in_county && !row.place.is_empty()) {
        if let (Some(lat), Some(lon)) = (row.lat, row.lon) {
            let sum = sums.entry(slug(&row.place)).or_insert((&row.place, 0.0, 0.0, 0.0));
            sum.1 += lat;
            sum.2 += lon;
            sum.3 += 1.0;
        }
    }
    #[allow(clippy::cast_possible_truncation)]
    let start = |(key, (name, lat, lon, count)): (String, (&str, f64, f64, f64))| Start {
        key,
        name: name.to_owned(),
        kind: StartKind::Place,
        point: Point { lat: (lat / count) as f32, lon: (lon / count) as f32 },
        place: String::new(),
    };
    sums.into_iter().map(start).collect::<Vec<_>>().into_iter()
}

/// The word for a place in an address: `boyle-heights`.
fn slug(place: &str) -> String {
    name_key(place).replace(' ', "-")
}

/// A school with an 8th grade that students go to: in the county and not online.
fn middle(row: &SchoolRow) -> Option<Start> {
    if !row.serves(8) || !row.in_county || row.setting != "classroom" {
        return None;
    }
    Some(Start {
        key: row.cds.clone(),
        name: row.name.clone(),
        kind: StartKind::Middle,
        point: point(row)?,
        place: row.place.clone(),
    })
}
