//! Which places can a person start from?

use super::point;
use super::snapshot::Snapshot;
use crate::record::place::ZipRow;
use crate::record::school::{SchoolRow, name_key};
use domain::explorer::place::{Point, Start, StartKind};
use std::collections::{BTreeMap, BTreeSet};

/// ZIP codes, then places, then schools with an 8th grade, each by key.
pub(super) fn starts(snapshot: &Snapshot) -> Vec<Start> {
    let mut starts: Vec<Start> = snapshot.zips.iter().map(zip).collect();
    starts.extend(zips_of_schools(snapshot));
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

/// A ZIP code of which no centre is published, such as Avalon's, is where its schools are.
fn zips_of_schools(snapshot: &Snapshot) -> Vec<Start> {
    let known: BTreeSet<&str> = snapshot.zips.iter().map(|row| row.zip.as_str()).collect();
    let key = |row: &SchoolRow| (!known.contains(row.zip.as_str())).then(|| row.zip.clone());
    let start = |(zip, (place, point)): (String, (&str, Point))| Start {
        name: zip.clone(),
        key: zip,
        kind: StartKind::Zip,
        point,
        place: place.to_owned(),
    };
    means(snapshot, key).into_iter().map(start).collect()
}

/// A place is where its schools are on average; their own boundaries are not published with the directory.
fn places(snapshot: &Snapshot) -> Vec<Start> {
    let start = |(key, (name, point)): (String, (&str, Point))| Start {
        key,
        name: name.to_owned(),
        kind: StartKind::Place,
        point,
        place: String::new(),
    };
    means(snapshot, |row| Some(slug(&row.place))).into_iter().map(start).collect()
}

/// The mean position of the schools of the county with the same key, and the place of the first of them.
fn means(snapshot: &Snapshot, key: impl Fn(&SchoolRow) -> Option<String>) -> BTreeMap<String, (&str, Point)> {
    let mut sums: BTreeMap<String, (&str, f64, f64, f64)> = BTreeMap::new();
    for row in snapshot.schools.iter().filter(|row| row.in_county && !row.place.is_empty()) {
        if let (Some(lat), Some(lon), Some(key)) = (row.lat, row.lon, key(row)) {
            let sum = sums.entry(key).or_insert((&row.place, 0.0, 0.0, 0.0));
            sum.1 += lat;
            sum.2 += lon;
            sum.3 += 1.0;
        }
    }
    #[allow(clippy::cast_possible_truncation)]
    let mean =
        |(name, lat, lon, count)| (name, Point { lat: (lat / count) as f32, lon: (lon / count) as f32 });
    sums.into_iter().map(|(key, sum)| (key, mean(sum))).collect()
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
