//! What stands under the schools on the map?
//!
//! Draws `frontend/public/basemap.svg` from public map data: counties, bus and rail lines, stations, and the names of
//! places at the mean position of their schools. The map data are not part of the project; the picture is. Run as
//!
//! ```text
//! cargo run -p domain --example basemap -- FOLDER server/catalogue/los-angeles.jsonl > frontend/public/basemap.svg
//! ```
//!
//! FOLDER holds `counties_census.geojson` (US Census), `metro_bus_lines.geojson`, `metro_rail_lines.geojson` and
//! `metro_rail_stations.geojson` (LA Metro).
//!
//! The picture fills whatever box it is put into. Lines keep their width in pixels and names their size, however
//! large the box, and the larger it is, the more names there are: a page zooms by making the box larger.

#![allow(clippy::print_stdout, reason = "the picture goes to standard output")]
#![allow(clippy::disallowed_methods, reason = "an example is no part of the library and may read files")]

use domain::explorer::map::{FRAME, Spot};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

type Fault = Box<dyn std::error::Error>;

/// Box widths in pixels from which on more names are shown.
const LEVELS: [f64; 6] = [0.0, 700.0, 1_300.0, 2_400.0, 4_400.0, 8_000.0];
/// The width for which the names of the first level are written.
const SMALLEST: f64 = 400.0;
/// The size of a name and the mean width of its letters, in pixels.
const LETTER: (f64, f64) = (12.0, 6.4);

/// How many dots may lie on a name before it waits for a larger box, where they stand apart.
const ALLOWED: usize = 0;

/// Colours by day stand as attributes, so that they hold even where a policy forbids the style sheet.
const NIGHT: &str = "text{font:600 12px system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif;text-anchor:middle;\
paint-order:stroke}path{vector-effect:non-scaling-stroke}\
@media(prefers-color-scheme:dark){.sea{fill:#10141f}.land{fill:#1b1f2b;stroke:#3c4252}.home{fill:#20242f}\
.bus{stroke:#474e60}.rail{stroke:#c9803f}.inner{stroke:#20242f}.names{fill:#aab0bf;stroke:#1b1f2b}}";

fn main() -> Result<(), Fault> {
    let mut words = std::env::args().skip(1);
    let (Some(folder), Some(catalogue)) = (words.next(), words.next()) else {
        return Err("two arguments: the folder of the map data and the catalogue file".into());
    };
    let folder = Path::new(&folder);
    let counties = features(&folder.join("counties_census.geojson"))?;
    let (ours, others): (Vec<Value>, Vec<Value>) =
        counties.into_iter().partition(|county| county["properties"]["name"] == "Los Angeles");
    let bus = lines(&features(&folder.join("metro_bus_lines.geojson"))?);
    let rail = lines(&features(&folder.join("metro_rail_lines.geojson"))?);
    let stops = stations(&features(&folder.join("metro_rail_stations.geojson"))?);
    let names = names(&places(&std::fs::read_to_string(catalogue)?)?);
    let (others, ours) = (areas(&others), areas(&ours));
    let (width, height) = (FRAME.width, FRAME.height);
    let mut more = String::from("@media(max-width:1299.9px){.stop{display:none}}");
    for (level, from) in LEVELS.iter().enumerate().skip(1) {
        _ = write!(more, "@media(max-width:{}px){{.n{level}{{display:none}}}}", from - 0.1);
    }
    print!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><style>{NIGHT}{more}</style>\
         <rect class=\"sea\" width=\"100%\" height=\"100%\" fill=\"#e9ecf1\"/>\
         <svg width=\"100%\" height=\"100%\" viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"none\" fill=\"none\" \
         stroke-linejoin=\"round\" stroke-linecap=\"round\">\
         <path class=\"land\" fill=\"#f4f2ee\" stroke=\"#cfcdd0\" d=\"{others}\"/>\
         <path class=\"land home\" fill=\"#fdfcfa\" stroke=\"#cfcdd0\" d=\"{ours}\"/>\
         <path class=\"bus\" stroke=\"#c2bfca\" stroke-width=\".9\" d=\"{bus}\"/>\
         <path class=\"rail\" stroke=\"#d9732e\" stroke-width=\"2.2\" d=\"{rail}\"/>\
         <path class=\"rail stop\" stroke=\"#d9732e\" stroke-width=\"6\" d=\"{stops}\"/>\
         <path class=\"inner stop\" stroke=\"#fdfcfa\" stroke-width=\"2.6\" d=\"{stops}\"/></svg>\
         <g class=\"names\" fill=\"#5a5e6b\" stroke=\"#fdfcfa\" stroke-width=\"3\" stroke-linejoin=\"round\">{names}</g></svg>"
    );
    Ok(())
}

fn features(file: &Path) -> Result<Vec<Value>, Fault> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut json: Value = serde_json::from_str(&text)?;
    match json["features"].take() {
        Value::Array(features) => Ok(features),
        _ => Err(format!("{}: no features", file.display()).into()),
    }
}

/// Every line of positions inside a geometry, whatever its kind.
fn strings(coordinates: &Value, out: &mut Vec<Vec<Spot>>) {
    let Some(items) = coordinates.as_array() else { return };
    let spots: Option<Vec<Spot>> = items.iter().map(spot).collect();
    match spots {
        Some(spots) => out.push(spots),
        None => items.iter().for_each(|item| strings(item, out)),
    }
}

fn spot(position: &Value) -> Option<Spot> {
    Some(Spot::of_degrees(position.get(1)?.as_f64()?, position.get(0)?.as_f64()?))
}

fn drawn(features: &[Value], end: &str) -> String {
    let mut found = Vec::new();
    for feature in features {
        strings(&feature["geometry"]["coordinates"], &mut found);
    }
    let mut out = String::new();
    for line in &found {
        trace(&mut out, line, end);
    }
    out
}

fn lines(features: &[Value]) -> String {
    drawn(features, "")
}

fn areas(features: &[Value]) -> String {
    drawn(features, "z")
}

/// A dot for each station: a line of no length with round ends. Stations share stops of several lines.
fn stations(features: &[Value]) -> String {
    let mut out = String::new();
    let mut seen = std::collections::BTreeSet::new();
    for spot in features.iter().filter_map(|feature| spot(&feature["geometry"]["coordinates"])) {
        let (x, y) = tenths(spot);
        if seen.insert((x, y)) {
            _ = write!(out, "M{} {}h.01", short(x), short(y));
        }
    }
    out
}

#[allow(clippy::cast_possible_truncation, reason = "a map of thousands of units")]
fn tenths(spot: Spot) -> (i64, i64) {
    ((spot.x * 10.0).round() as i64, (spot.y * 10.0).round() as i64)
}

/// A number of tenths in its shortest form.
fn short(tenths: i64) -> String {
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.abs());
    match (size / 10, size % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, rest) => format!("{sign}.{rest}"),
        (whole, rest) => format!("{sign}{whole}.{rest}"),
    }
}

/// One line as relative steps, which are short numbers; steps of nothing are left out.
fn trace(out: &mut String, line: &[Spot], end: &str) {
    let Some(first) = line.first() else { return };
    let mut at = tenths(*first);
    _ = write!(out, "M{} {}", short(at.0), short(at.1));
    let mut command = 'l';
    for spot in &line[1..] {
        let next = tenths(*spot);
        let step = (next.0 - at.0, next.1 - at.1);
        if step == (0, 0) {
            continue;
        }
        for (number, is_first) in [(short(step.0), true), (short(step.1), false)] {
            if is_first && command == 'l' {
                out.push('l');
                command = ' ';
            } else if !number.starts_with('-') {
                out.push(' ');
            }
            out.push_str(&number);
        }
        at = next;
    }
    out.push_str(end);
}

/// A place, its mean position, and where its schools are.
struct Place {
    name: String,
    spot: Spot,
    schools: Vec<Spot>,
}

/// A name that was given its room, in pixels of the smallest box that shows it.
struct Label {
    place: usize,
    /// How far its middle lies from the middle of the place's schools, in pixels.
    aside: (f64, f64),
}

/// Places of the schools that a typical 8th grader can choose, the one with most schools first.
fn places(catalogue: &str) -> Result<Vec<Place>, Fault> {
    let mut found: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for line in catalogue.lines() {
        let mut row: Value = serde_json::from_str(line)?;
        let school = row["school"].take();
        let high = school["grade_high"].as_u64().is_some_and(|grade| grade > 8);
        let usual = school["alternative"].is_null()
            && school["in_county"] == true
            && school["setting"] == "classroom";
        let (Some(lat), Some(lon), Some(place)) =
            (school["lat"].as_f64(), school["lon"].as_f64(), school["place"].as_str())
        else {
            continue;
        };
        if high && usual && !place.is_empty() {
            found.entry(place.to_owned()).or_default().push((lat, lon));
        }
    }
    let mut places: Vec<Place> = found
        .into_iter()
        .map(|(name, points)| {
            let count = f64::from(u32::try_from(points.len()).unwrap_or(u32::MAX));
            let (lat, lon) = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
            let schools = points.iter().map(|(lat, lon)| Spot::of_degrees(*lat, *lon)).collect();
            Place { name, spot: Spot::of_degrees(lat / count, lon / count), schools }
        })
        .collect();
    places.sort_by(|a, b| b.schools.len().cmp(&a.schools.len()).then_with(|| a.name.cmp(&b.name)));
    Ok(places)
}

/// Names that touch neither each other nor a school's dot: on each level those that find room
/// between the ones already there.
fn names(places: &[Place]) -> String {
    let mut written: Vec<Label> = Vec::new();
    let mut out = String::new();
    for (level, from) in LEVELS.iter().enumerate() {
        let scale = from.max(SMALLEST) / FRAME.width;
        let last = level + 1 == LEVELS.len();
        _ = write!(out, "<g class=\"n{level}\">");
        for (at, place) in places.iter().enumerate() {
            if written.iter().any(|label| label.place == at) || !place.spot.is_in_frame() {
                continue;
            }
            let side = width(place) / 2.0 + 9.0;
            let sides =
                [(0.0, 15.0), (0.0, -15.0), (side, 0.0), (-side, 0.0), (0.0, 27.0), (0.0, -27.0), (0.0, 0.0)];
            let room = sides
                .into_iter()
                .map(|aside| Label { place: at, aside })
                .filter(|label| written.iter().all(|other| !touch(places, label, other, scale)))
                .map(|label| (covered(places, &label, scale), label))
                .min_by_key(|(schools, _)| *schools);
            let Some((schools, label)) = room else { continue };
            if schools > ALLOWED && !last {
                continue;
            }
            let (x, y) = (place.spot.x / FRAME.width * 100.0, place.spot.y / FRAME.height * 100.0);
            let (dx, dy) = (label.aside.0.round(), label.aside.1.round() + 4.0);
            let dx = if dx == 0.0 { String::new() } else { format!(" dx=\"{dx}\"") };
            let name = place.name.replace('&', "&amp;");
            _ = write!(out, "<text x=\"{x:.2}%\" y=\"{y:.2}%\"{dx} dy=\"{dy}\">{name}</text>");
            written.push(label);
        }
        out.push_str("</g>");
    }
    out
}

/// The width of a name in pixels.
fn width(place: &Place) -> f64 {
    f64::from(u32::try_from(place.name.chars().count()).unwrap_or(u32::MAX)) * LETTER.1
}

/// Do two names touch, with some room between them?
fn touch(places: &[Place], one: &Label, other: &Label, scale: f64) -> bool {
    let (here, there) = (&places[one.place], &places[other.place]);
    let dx = ((here.spot.x - there.spot.x) * scale + one.aside.0 - other.aside.0).abs();
    let dy = ((here.spot.y - there.spot.y) * scale + one.aside.1 - other.aside.1).abs();
    dx < f64::midpoint(width(here), width(there)) + 8.0 && dy < LETTER.0 * 1.5
}

/// How many schools' dots would a name lie under?
fn covered(places: &[Place], label: &Label, scale: f64) -> usize {
    let place = &places[label.place];
    let schools = places.iter().flat_map(|place| &place.schools);
    schools
        .filter(|school| {
            let dx = ((school.x - place.spot.x) * scale - label.aside.0).abs();
            let dy = ((school.y - place.spot.y) * scale - label.aside.1).abs();
            dx < width(place) / 2.0 + 5.0 && dy < LETTER.0 / 2.0 + 5.0
        })
        .count()
}
