//! At which stations do the vehicles of a feed stop?

use super::rows::{Said, Table};
use crate::fault::Fault;
use crate::import::Problem;
use domain::explorer::place::Point;
use domain::trip::Station;
use std::collections::HashMap;

const STOPS: Table =
    Table { name: "stops.txt", columns: &["stop_id", "stop_lat", "stop_lon"], required: true };

/// The stations, and where each stop stands among them.
pub(super) struct Stops {
    pub(super) stations: Vec<Station>,
    by_id: HashMap<String, Stop>,
}

/// A row of `stops.txt`.
enum Stop {
    /// A station, or a platform that belongs to none.
    Station(usize),
    /// A platform: the `stop_id` of its station.
    Platform { parent: String, line: u64 },
    /// An entrance or a passage, where no vehicle stops.
    Passage,
}

pub(super) fn read(said: &mut Said<'_>) -> Result<Stops, Fault> {
    let mut stops = Stops { stations: Vec::new(), by_id: HashMap::new() };
    said.each(STOPS, |row| {
        let id = row.required("stop_id")?.to_owned();
        let parent = row.cell("parent_station");
        let stop = match row.one_of("location_type", Some(0), 4)? {
            0 if !parent.is_empty() => Stop::Platform { parent: parent.to_owned(), line: row.line },
            0 | 1 => {
                let Some((north, east)) = row.point("stop_lat", "stop_lon")? else {
                    return Err(row.problem("stop_lat", "may not be blank"));
                };
                #[allow(clippy::cast_possible_truncation)] // to a foot, as the browser has it
                let point = Point { lat: north as f32, lon: east as f32 };
                let name = row.required("stop_name")?;
                let name = name.strip_suffix(" Station").unwrap_or(name).to_owned();
                stops.stations.push(Station { name, point });
                Stop::Station(stops.stations.len() - 1)
            }
            _ => Stop::Passage,
        };
        if stops.by_id.insert(id, stop).is_some() {
            return Err(row.problem("stop_id", "this stop stands in the table already"));
        }
        Ok(())
    })?;
    for stop in stops.by_id.values() {
        if let Stop::Platform { parent, line } = stop
            && !matches!(stops.by_id.get(parent), Some(Stop::Station(_)))
        {
            let problem = Problem::new(*line, "parent_station", parent, "no station has this stop_id");
            return Err(said.refuse(STOPS.name, problem.into()));
        }
    }
    Ok(stops)
}

impl Stops {
    /// The station of a stop; none where there is no such stop, or no vehicle can stop there.
    pub(super) fn station(&self, id: &str) -> Option<usize> {
        match self.by_id.get(id)? {
            Stop::Station(at) => Some(*at),
            Stop::Platform { parent, .. } => match self.by_id.get(parent)? {
                Stop::Station(at) => Some(*at),
                _ => None,
            },
            Stop::Passage => None,
        }
    }
}
