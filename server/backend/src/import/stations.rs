//! Which rail stations does a map file name?

use super::item::Item;
use super::problem::Problem;
use super::sheet::unreadable;
use crate::record::place::StationRow;
use crate::record::source::METRO_RAIL;
use serde::Deserialize;

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    stop_id: String,
    name: String,
    lines: Vec<String>,
}

#[derive(Deserialize)]
struct Geometry {
    coordinates: (f64, f64),
}

/// Reads `GeoJSON` points with `stop_id`, `name` and `lines`.
pub(crate) fn read(text: &[u8]) -> Result<Vec<Item>, Problem> {
    let collection: Collection = serde_json::from_slice(text).map_err(|cause| {
        let reason = format!(
            "not the GeoJSON of rail stations (stop_id, name, lines, a point), the only map that is read here; ways of \
             bus lines go with `import gtfs --lines`: {cause}"
        );
        Problem::whole(cause.line() as u64, reason)
    })?;
    collection.features.into_iter().map(station).collect()
}

fn station(feature: Feature) -> Result<Item, Problem> {
    let (lon, lat) = feature.geometry.coordinates;
    let Properties { stop_id, name, lines } = feature.properties;
    for text in [&stop_id, &name].into_iter().chain(&lines) {
        if let Some(reason) = unreadable(text) {
            return Err(Problem::new(1, "properties", text, reason));
        }
    }
    if !((32.5..=42.05).contains(&lat) && (-124.5..=-114.1).contains(&lon)) {
        return Err(Problem::new(
            1,
            "coordinates",
            &format!("{lon}, {lat}"),
            format!("{name} is not in California"),
        ));
    }
    Ok(Item::Station(StationRow {
        id: stop_id,
        name: name.strip_suffix(" Station").unwrap_or(&name).to_owned(),
        lines: lines.concat(),
        lat,
        lon,
        source: METRO_RAIL.to_owned(),
    }))
}
