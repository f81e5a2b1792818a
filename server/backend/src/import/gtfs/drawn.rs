//! Which way do bus lines run whose timetable is not known?

use super::Read;
use crate::fault::Fault;
use crate::import::{Problem, Problems, Report};
use domain::explorer::place::Point;
use domain::trip::draft::Draft;
use domain::trip::{Feed, Kind, Line};
use serde::Deserialize;
use std::path::Path;

/// What drawn lines are called among the feeds. A new file takes the place of the old one.
const NAME: &str = "drawn bus lines";

/// The largest file that is read.
const MOST_BYTES: u64 = 64 << 20;

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
    line: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    LineString(Vec<(f64, f64)>),
    MultiLineString(Vec<Vec<(f64, f64)>>),
}

/// Reads `GeoJSON` ways with the name of a `line` each.
pub(super) fn read(path: &Path) -> Result<Read, Fault> {
    let refused = |problem: Problem| Problems::from(problem).refuse(path);
    let size = std::fs::metadata(path).map_err(|cause| Fault::file(path, cause))?.len();
    if size > MOST_BYTES {
        return Err(refused(Problem::whole(1, "the file is larger than 64 MiB, so it is no map of lines")));
    }
    let text = std::fs::read(path).map_err(|cause| Fault::file(path, cause))?;
    let collection: Collection = serde_json::from_slice(&text).map_err(|cause| {
        let reason = format!("not the GeoJSON of lines (a line, a LineString): {cause}");
        refused(Problem::whole(cause.line() as u64, reason))
    })?;
    let rows = collection.features.len() as u64;
    let lines = collection.features.into_iter().map(line).collect::<Result<_, _>>().map_err(refused)?;
    let feeds = vec![Feed { name: NAME.to_owned(), agency: "Metro".to_owned(), service: None }];
    let network = Draft { feeds, lines, ..Draft::default() }
        .network()
        .map_err(|unfit| refused(Problem::whole(1, unfit.to_string())))?;
    let file = path.display().to_string();
    Ok(Read { network, report: Report { file, kind: "ways of bus lines", rows, ..Report::default() } })
}

fn line(feature: Feature) -> Result<Line, Problem> {
    let name = feature.properties.line;
    let ways = match feature.geometry {
        Geometry::LineString(way) => vec![way],
        Geometry::MultiLineString(ways) => ways,
    };
    if name.is_empty() || ways.iter().any(|way| way.len() < 2) {
        return Err(Problem::new(1, "line", &name, "a line needs a name, and a way at least two points"));
    }
    for (lon, lat) in ways.iter().flatten() {
        if !((32.5..=42.05).contains(lat) && (-124.5..=-114.1).contains(lon)) {
            let reason = format!("line {name} is not in California");
            return Err(Problem::new(1, "coordinates", &format!("{lon}, {lat}"), reason));
        }
    }
    #[allow(clippy::cast_possible_truncation)] // to a foot, as the browser has it
    let point = |(lon, lat): (f64, f64)| Point { lat: lat as f32, lon: lon as f32 };
    let drawn = ways.into_iter().map(|way| way.into_iter().map(point).collect()).collect();
    Ok(Line { feed: 0, kind: Kind::Bus, name, drawn })
}
