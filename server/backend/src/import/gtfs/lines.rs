//! Which lines and which runs does a feed have, and whose are they?

use super::calendar::{Chosen, Services};
use super::rows::{Said, Table};
use crate::fault::Fault;
use crate::import::Problem;
use domain::trip::{Kind, Line};
use std::collections::HashMap;
use std::path::Path;

const AGENCY: Table = Table { name: "agency.txt", columns: &["agency_name"], required: true };
const INFO: Table = Table { name: "feed_info.txt", columns: &["feed_publisher_name"], required: false };
const ROUTES: Table = Table { name: "routes.txt", columns: &["route_id", "route_type"], required: true };
const TRIPS: Table =
    Table { name: "trips.txt", columns: &["route_id", "service_id", "trip_id"], required: true };

/// What the feed is called, and who runs it. Its name is its identifier where it has one (`feed_id`), else that of
/// its agency, else the name of its file.
pub(super) fn names(said: &mut Said<'_>, path: &Path) -> Result<(String, String), Fault> {
    let (mut name, mut agency) = (String::new(), String::new());
    said.each(INFO, |row| {
        row.cell("feed_id").clone_into(&mut name);
        Ok(())
    })?;
    said.each(AGENCY, |row| {
        let named = row.required("agency_name")?;
        if agency.is_empty() {
            named.clone_into(&mut agency);
        }
        if name.is_empty() {
            row.cell("agency_id").clone_into(&mut name);
        }
        Ok(())
    })?;
    if name.is_empty() {
        name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    }
    Ok((name, agency))
}

/// The lines of a feed.
pub(super) struct Lines {
    pub(super) all: Vec<Line>,
    /// Their places by `route_id`; none for a ferry or a cable car, of which a network has no kind.
    by_id: HashMap<String, Option<usize>>,
}

pub(super) fn read(said: &mut Said<'_>) -> Result<Lines, Fault> {
    let mut lines = Lines { all: Vec::new(), by_id: HashMap::new() };
    let mut other = 0;
    said.each(ROUTES, |row| {
        let id = row.required("route_id")?.to_owned();
        if lines.by_id.contains_key(&id) {
            return Err(row.problem("route_id", "this line stands in the table already"));
        }
        let number = row.one_of("route_type", None, 1_799)?;
        let place = if let Some(kind) = kind(number) {
            let (short, long) = (row.cell("route_short_name"), row.cell("route_long_name"));
            let name = if short.is_empty() { public_name(long) } else { short };
            if name.is_empty() {
                return Err(row.problem("route_long_name", "the line has neither a short nor a long name"));
            }
            lines.all.push(Line { feed: 0, kind, name: name.to_owned(), drawn: Vec::new() });
            Some(lines.all.len() - 1)
        } else {
            other += 1;
            None
        };
        lines.by_id.insert(id, place);
        Ok(())
    })?;
    if other > 0 {
        said.report.left_out.insert("lines that are neither rail nor bus", other);
    }
    Ok(lines)
}

/// The letter of a line whose feed has long names only: `Metro A Line` is `A`.
fn public_name(long: &str) -> &str {
    let name = long.strip_suffix(" Line").unwrap_or(long);
    name.strip_prefix("Metro ").unwrap_or(name)
}

/// The kind of a line by its `route_type`: the basic numbers, and the hundreds of the extended ones.
fn kind(number: u16) -> Option<Kind> {
    match number {
        0..=2 | 12 | 100..200 | 400..500 | 900..1_000 => Some(Kind::Rail),
        3 | 11 | 200..300 | 700..900 => Some(Kind::Bus),
        _ => None,
    }
}

/// The runs of a feed by `trip_id`.
pub(super) enum Place {
    /// One of the chosen day, with its line.
    Runs(usize),
    /// One of another day.
    Rests,
}

pub(super) fn trips(
    said: &mut Said<'_>,
    lines: &Lines,
    services: &Services,
    chosen: &Chosen,
) -> Result<HashMap<String, Place>, Fault> {
    let mut trips: HashMap<String, Place> = HashMap::new();
    let mut resting = 0;
    said.each(TRIPS, |row| {
        let Some(line) = lines.by_id.get(row.required("route_id")?) else {
            return Err(row.problem("route_id", "no line of routes.txt has this route_id"));
        };
        let service = row.required("service_id")?;
        if !services.known(service) {
            return Err(row.problem("service_id", "no service of the calendar has this service_id"));
        }
        let runs = services.runs(service, chosen);
        let place = match line {
            Some(line) if runs => Place::Runs(*line),
            _ => Place::Rests,
        };
        resting += u64::from(!runs);
        if trips.insert(row.required("trip_id")?.to_owned(), place).is_some() {
            return Err(row.problem("trip_id", "this run stands in the table already"));
        }
        Ok(())
    })?;
    if !trips.values().any(|place| matches!(place, Place::Runs(_))) {
        let problem = Problem::whole(1, "no rail or bus line runs on the school day of the calendar");
        return Err(said.refuse(TRIPS.name, problem.into()));
    }
    said.report.left_out.insert("runs of other days", resting);
    Ok(trips)
}
