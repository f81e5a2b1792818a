//! When does each vehicle of the school morning come to each of its stops?

use super::lines::Place;
use super::rows::{Said, Table};
use super::stops::Stops;
use crate::fault::Fault;
use crate::import::sheet::Row;
use crate::import::{Problem, Problems};
use domain::trip::draft::{Call, Run};
use std::collections::{BTreeMap, HashMap};

const STOP_TIMES: Table = Table {
    name: "stop_times.txt",
    columns: &["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"],
    required: true,
};

const FREQUENCIES: Table = Table {
    name: "frequencies.txt",
    columns: &["trip_id", "start_time", "end_time", "headway_secs"],
    required: false,
};

/// The most stops of vehicles that a morning may have.
const MOST_CALLS: usize = 4_000_000;

/// One row of `stop_times.txt`.
struct Visit {
    sequence: u32,
    line: u64,
    station: usize,
    arrive: Option<u32>,
    depart: Option<u32>,
    board: bool,
    alight: bool,
}

/// A visit with its times in seconds from midnight.
struct Timed {
    visit: Visit,
    arrive: u32,
    depart: u32,
}

/// All runs of the chosen day that are under way between two minutes of it.
pub(super) fn read(
    said: &mut Said<'_>,
    stops: &Stops,
    trips: &HashMap<String, Place>,
    hours: (u32, u32),
) -> Result<Vec<Run>, Fault> {
    let mut visits = visits(said, stops, trips)?;
    let repeats = repeats(said, trips)?;
    let mut runs = Vec::new();
    let mut problems = Problems::default();
    for (trip, visits) in &mut visits {
        let Some(Place::Runs(line)) = trips.get(trip) else { continue };
        match timed(visits) {
            Err(problem) => problems.add(problem),
            Ok(timed) if timed.len() < 2 => {}
            Ok(timed) => {
                let first = timed[0].depart;
                let starts = repeats.get(trip).map_or_else(|| vec![first], Clone::clone);
                for start in starts {
                    if let Some(calls) = calls(&timed, start, hours) {
                        runs.push(Run { line: *line, calls });
                    }
                }
            }
        }
        if problems.more {
            break;
        }
    }
    if !problems.found.is_empty() {
        return Err(said.refuse(STOP_TIMES.name, problems));
    }
    if runs.is_empty() {
        let reason = "no vehicle runs between 5:30 and 9:00 in the morning of the school day";
        return Err(said.refuse(STOP_TIMES.name, Problem::whole(1, reason).into()));
    }
    Ok(runs)
}

/// The visits of the runs of the chosen day, by `trip_id`.
fn visits(
    said: &mut Said<'_>,
    stops: &Stops,
    trips: &HashMap<String, Place>,
) -> Result<BTreeMap<String, Vec<Visit>>, Fault> {
    let mut visits: BTreeMap<String, Vec<Visit>> = BTreeMap::new();
    let mut many = 0;
    said.each(STOP_TIMES, |row| {
        let trip = row.required("trip_id")?;
        let Some(place) = trips.get(trip) else {
            return Err(row.problem("trip_id", "no run of trips.txt has this trip_id"));
        };
        let visit = visit(row, stops)?;
        if matches!(place, Place::Runs(_)) {
            many += 1;
            if many > MOST_CALLS {
                return Err(Problem::whole(row.line, "more than 4 million stops in one day"));
            }
            match visits.get_mut(trip) {
                Some(known) => known.push(visit),
                None => drop(visits.insert(trip.to_owned(), vec![visit])),
            }
        }
        Ok(())
    })?;
    Ok(visits)
}

fn visit(row: &Row<'_>, stops: &Stops) -> Result<Visit, Problem> {
    let Some(station) = stops.station(row.required("stop_id")?) else {
        return Err(row.problem("stop_id", "no stop of stops.txt where vehicles stop has this stop_id"));
    };
    let (arrive, depart) = (row.time("arrival_time")?, row.time("departure_time")?);
    if let (Some(arrive), Some(depart)) = (arrive, depart)
        && depart < arrive
    {
        return Err(row.problem("departure_time", "lies before the arrival"));
    }
    let sequence = row.required("stop_sequence")?.parse();
    let sequence = sequence.map_err(|_| row.problem("stop_sequence", "not a whole number"))?;
    // 1 means never; 2 and 3 mean that one asks for it.
    let board = row.one_of("pickup_type", Some(0), 3)? != 1;
    let alight = row.one_of("drop_off_type", Some(0), 3)? != 1;
    Ok(Visit { sequence, line: row.line, station, arrive, depart, board, alight })
}

/// When runs that repeat begin, in seconds from midnight, by `trip_id`.
fn repeats(said: &mut Said<'_>, trips: &HashMap<String, Place>) -> Result<HashMap<String, Vec<u32>>, Fault> {
    let mut repeats: HashMap<String, Vec<u32>> = HashMap::new();
    said.each(FREQUENCIES, |row| {
        let trip = row.required("trip_id")?;
        if !trips.contains_key(trip) {
            return Err(row.problem("trip_id", "no run of trips.txt has this trip_id"));
        }
        let blank = |column| row.problem(column, "may not be blank");
        let start = row.time("start_time")?.ok_or_else(|| blank("start_time"))?;
        let end = row.time("end_time")?.ok_or_else(|| blank("end_time"))?;
        let headway = row.required("headway_secs")?.parse::<u32>().ok().filter(|seconds| *seconds >= 30);
        let headway = headway.ok_or_else(|| row.problem("headway_secs", "not a whole number from 30 on"))?;
        if end < start {
            return Err(row.problem("end_time", "lies before start_time"));
        }
        let starts = (start..end).step_by(usize::try_from(headway).unwrap_or(usize::MAX));
        repeats.entry(trip.to_owned()).or_default().extend(starts);
        Ok(())
    })?;
    Ok(repeats)
}

/// Puts the visits of a run in order and fills in the times that the feed leaves to the reader, evenly from stop to
/// stop between two that it tells.
fn timed(visits: &mut Vec<Visit>) -> Result<Vec<Timed>, Problem> {
    visits.sort_by_key(|visit| (visit.sequence, visit.line));
    for pair in visits.windows(2) {
        if pair[0].sequence == pair[1].sequence {
            let (value, line) = (pair[1].sequence.to_string(), pair[0].line);
            let reason = format!("line {line} has this place in the run already");
            return Err(Problem::new(pair[1].line, "stop_sequence", &value, reason));
        }
    }
    let mut timed: Vec<Timed> = Vec::with_capacity(visits.len());
    let mut open: Vec<Visit> = Vec::new();
    for visit in visits.drain(..) {
        let Some(arrive) = visit.arrive.or(visit.depart) else {
            open.push(visit);
            continue;
        };
        let depart = visit.depart.unwrap_or(arrive);
        let before =
            timed.last().map_or(if open.is_empty() { Some(arrive) } else { None }, |last| Some(last.depart));
        let Some(before) = before else {
            return Err(Problem::new(
                open[0].line,
                "arrival_time",
                "",
                "the first stop of a run needs a time",
            ));
        };
        let Some(way) = arrive.checked_sub(before) else {
            let reason = "the vehicle would arrive before it left the stop before";
            return Err(Problem::new(visit.line, "arrival_time", &clock(arrive), reason));
        };
        let parts = u32::try_from(open.len()).unwrap_or(u32::MAX).saturating_add(1);
        for (open, part) in open.drain(..).zip(1..) {
            let at = before + way / parts * part;
            timed.push(Timed { visit: open, arrive: at, depart: at });
        }
        timed.push(Timed { visit, arrive, depart });
    }
    match open.last() {
        Some(visit) => {
            Err(Problem::new(visit.line, "arrival_time", "", "the last stop of a run needs a time"))
        }
        None => Ok(timed),
    }
}

/// Seconds from midnight as the feed writes them.
fn clock(seconds: u32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// The stops of a run that begins at a time, in minutes; none if it is not under way within the hours. A part of a
/// minute counts against the rider: one arrives at the end of it, and a vehicle leaves at its beginning.
fn calls(timed: &[Timed], start: u32, (from, until): (u32, u32)) -> Option<Vec<Call>> {
    let origin = timed.first()?.depart;
    let moved = |seconds: u32| (start + seconds).checked_sub(origin);
    let (first, last) = (moved(timed.first()?.depart)?, moved(timed.last()?.arrive)?);
    if first >= until * 60 || last < from * 60 {
        return None;
    }
    let call = |timed: &Timed| {
        Some(Call {
            station: timed.visit.station,
            arrive: u16::try_from(moved(timed.arrive).unwrap_or(start).div_ceil(60)).ok()?,
            depart: u16::try_from(moved(timed.depart)? / 60).ok()?,
            board: timed.visit.board,
            alight: timed.visit.alight,
        })
    };
    timed.iter().map(call).collect()
}
