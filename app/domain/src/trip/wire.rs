//! How does a network travel in few bytes?
//!
//! By columns, as the catalogue does: numbers of one kind lie together, and each tells only how it differs from the
//! one before. A position is a step of a grid; runs that take the same time from stop to stop share one row of times.

use super::network::{Day, Feed, Kind, Line, Network, Pattern, Run, Service, Station, Stop, Timing};
use crate::columns::{Reader, Writer, unzigzag, zigzag};
use crate::explorer::place::Point;

/// The first byte of the file; counted up when the layout changes.
const VERSION: u64 = 1;

/// Steps of the grid for a degree: a step is 11 m, so that a position moves by at most 8 m.
const STEPS: f64 = 10_000.0;

/// A point as whole steps of the grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    lat: i64,
    lon: i64,
}

impl Cell {
    pub(super) fn of(point: Point) -> Cell {
        #[allow(clippy::cast_possible_truncation)] // saturating, and 0 for what is not a number
        let steps = |degrees: f32| i64::from((f64::from(degrees) * STEPS).round() as i32);
        Cell { lat: steps(point.lat), lon: steps(point.lon) }
    }

    pub(super) fn point(self) -> Point {
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "within 180 degrees")]
        let degrees = |steps: i64| (steps as f64 / STEPS) as f32;
        Point { lat: degrees(self.lat), lon: degrees(self.lon) }
    }

    /// The cell so many steps on, if that is on earth.
    fn moved(self, lat: u64, lon: u64) -> Option<Cell> {
        let step = |from: i64, by: u64, most: i64| {
            from.checked_add(unzigzag(by)).filter(|steps| (-most..=most).contains(steps))
        };
        Some(Cell { lat: step(self.lat, lat, 900_000)?, lon: step(self.lon, lon, 1_800_000)? })
    }
}

/// Writes points as steps from one to the next.
fn write_points<'a>(points: impl Iterator<Item = &'a Point>, to: &mut Writer) {
    let mut before = Cell::default();
    let (mut lat, mut lon) = (Vec::new(), Vec::new());
    for cell in points.map(|point| Cell::of(*point)) {
        lat.push(zigzag(cell.lat - before.lat));
        lon.push(zigzag(cell.lon - before.lon));
        before = cell;
    }
    to.numbers(&lat);
    to.numbers(&lon);
}

fn read_points(many: usize, from: &mut Reader) -> Option<Vec<Point>> {
    let (lat, lon) = (from.numbers(many)?, from.numbers(many)?);
    let mut cell = Cell::default();
    let step = |(lat, lon): (&u64, &u64)| {
        cell = cell.moved(*lat, *lon)?;
        Some(cell.point())
    };
    lat.iter().zip(&lon).map(step).collect()
}

fn column<T>(items: &[T], value: impl Fn(&T) -> u64) -> Vec<u64> {
    items.iter().map(value).collect()
}

/// Reads a column of numbers of a smaller type.
fn small<T: TryFrom<u64>>(many: usize, from: &mut Reader) -> Option<Vec<T>> {
    from.numbers(many)?.into_iter().map(|number| T::try_from(number).ok()).collect()
}

/// The sum of lengths, if there is that much left to read.
fn sum(lengths: &[usize], from: &Reader) -> Option<usize> {
    let total = lengths.iter().try_fold(0_usize, |total, length| total.checked_add(*length))?;
    (total <= from.0.len()).then_some(total)
}

pub(super) fn encode(network: &Network) -> Vec<u8> {
    let mut to = Writer::default();
    to.number(VERSION);
    write_feeds(&network.feeds, &mut to);
    write_lines(&network.lines, &mut to);
    to.number(network.stations.len() as u64);
    to.texts(network.stations.iter().map(|station| station.name.as_str()));
    write_points(network.stations.iter().map(|station| &station.point), &mut to);
    write_patterns(&network.patterns, &mut to);
    to.0
}

pub(super) fn decode(bytes: &[u8]) -> Option<Network> {
    let from = &mut Reader(bytes);
    if from.number()? != VERSION {
        return None;
    }
    let feeds = read_feeds(from)?;
    let lines = read_lines(from)?;
    let many = from.length()?;
    let names = from.texts(many)?;
    let points = read_points(many, from)?;
    let stations = names.into_iter().zip(points).map(|(name, point)| Station { name, point }).collect();
    let patterns = read_patterns(from)?;
    if from.0.is_empty() { Network::whole(feeds, lines, stations, patterns) } else { None }
}

/// A day as eight digits; 0 for none.
fn digits(day: Day) -> u64 {
    u64::from(day.year) * 10_000 + u64::from(day.month) * 100 + u64::from(day.day)
}

fn day(digits: u64) -> Option<Day> {
    let year = u16::try_from(digits / 10_000).ok()?;
    let (month, day) = (u8::try_from(digits / 100 % 100).ok()?, u8::try_from(digits % 100).ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Day { year, month, day })
}

fn write_feeds(feeds: &[Feed], to: &mut Writer) {
    to.number(feeds.len() as u64);
    to.texts(feeds.iter().map(|feed| feed.name.as_str()));
    to.texts(feeds.iter().map(|feed| feed.agency.as_str()));
    for feed in feeds {
        match feed.service {
            None => to.number(0),
            Some(Service { from, until, day }) => {
                for day in [from, until, day] {
                    to.number(digits(day));
                }
            }
        }
    }
}

fn read_feeds(from: &mut Reader) -> Option<Vec<Feed>> {
    let many = from.length()?;
    let (names, agencies) = (from.texts(many)?, from.texts(many)?);
    let mut feeds = Vec::new();
    for (name, agency) in names.into_iter().zip(agencies) {
        let service = match from.number()? {
            0 => None,
            first => {
                Some(Service { from: day(first)?, until: day(from.number()?)?, day: day(from.number()?)? })
            }
        };
        feeds.push(Feed { name, agency, service });
    }
    Some(feeds)
}

fn write_lines(lines: &[Line], to: &mut Writer) {
    to.number(lines.len() as u64);
    to.texts(lines.iter().map(|line| line.name.as_str()));
    to.numbers(&column(lines, |line| u64::from(line.feed)));
    to.numbers(&column(lines, |line| line.kind as u64));
    to.numbers(&column(lines, |line| line.drawn.len() as u64));
    let ways: Vec<&Vec<Point>> = lines.iter().flat_map(|line| &line.drawn).collect();
    to.numbers(&column(&ways, |way| way.len() as u64));
    write_points(ways.into_iter().flatten(), to);
}

fn read_lines(from: &mut Reader) -> Option<Vec<Line>> {
    let many = from.length()?;
    let names = from.texts(many)?;
    let feeds: Vec<u16> = small(many, from)?;
    let kinds = from.numbers(many)?;
    let ways: Vec<usize> = small(many, from)?;
    let corners: Vec<usize> = small(sum(&ways, from)?, from)?;
    let points = read_points(sum(&corners, from)?, from)?;
    let (mut points, mut corners) = (points.into_iter(), corners.into_iter());
    let mut lines = Vec::new();
    for (name, ((feed, kind), ways)) in names.into_iter().zip(feeds.into_iter().zip(kinds).zip(ways)) {
        let kind = match kind {
            0 => Kind::Rail,
            1 => Kind::Bus,
            _ => return None,
        };
        let drawn = corners.by_ref().take(ways).map(|many| points.by_ref().take(many).collect()).collect();
        lines.push(Line { feed, kind, name, drawn });
    }
    Some(lines)
}

fn write_patterns(patterns: &[Pattern], to: &mut Writer) {
    to.number(patterns.len() as u64);
    to.numbers(&column(patterns, |pattern| u64::from(pattern.line)));
    to.numbers(&column(patterns, |pattern| pattern.stops.len() as u64));
    to.numbers(&column(patterns, |pattern| (pattern.timings.len() / pattern.stops.len()) as u64));
    to.numbers(&column(patterns, |pattern| pattern.runs.len() as u64));
    let (mut stations, mut doors, mut ways, mut stays) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut starts, mut rows) = (Vec::new(), Vec::new());
    let mut station = 0;
    for pattern in patterns {
        for stop in &pattern.stops {
            stations.push(zigzag(i64::from(stop.station) - station));
            station = i64::from(stop.station);
            doors.push(u64::from(!stop.board) | u64::from(!stop.alight) << 1);
        }
        for row in pattern.timings.chunks_exact(pattern.stops.len()) {
            let mut before = 0;
            for at in row {
                ways.push(zigzag(i64::from(at.arrive) - before));
                stays.push(zigzag(i64::from(at.depart) - i64::from(at.arrive)));
                before = i64::from(at.depart);
            }
        }
        let mut before = 0;
        for run in &pattern.runs {
            starts.push(zigzag(i64::from(run.start) - before));
            rows.push(u64::from(run.timing));
            before = i64::from(run.start);
        }
    }
    for column in [stations, doors, ways, stays, starts, rows] {
        to.numbers(&column);
    }
}

fn read_patterns(from: &mut Reader) -> Option<Vec<Pattern>> {
    let many = from.length()?;
    let lines: Vec<u16> = small(many, from)?;
    let lengths: Vec<usize> = small(many, from)?;
    let timings: Vec<usize> = small(many, from)?;
    let runs: Vec<usize> = small(many, from)?;
    let (stops, all_runs) = (sum(&lengths, from)?, sum(&runs, from)?);
    let (stations, doors) = (from.numbers(stops)?, from.numbers(stops)?);
    let cells: Option<Vec<usize>> = lengths.iter().zip(&timings).map(|(a, b)| a.checked_mul(*b)).collect();
    let cells = sum(&cells?, from)?;
    let (ways, stays) = (from.numbers(cells)?, from.numbers(cells)?);
    let (starts, rows) = (from.numbers(all_runs)?, small(all_runs, from)?);
    let mut stops = stations.into_iter().zip(doors);
    let mut times = ways.into_iter().zip(stays);
    let mut starts = starts.into_iter().zip(rows);
    let mut station = 0;
    let mut patterns = Vec::new();
    for (((line, length), timings), runs) in lines.into_iter().zip(lengths).zip(timings).zip(runs) {
        let mut pattern = Pattern { line, stops: Vec::new(), timings: Vec::new(), runs: Vec::new() };
        for (step, doors) in stops.by_ref().take(length) {
            station = forward(station, step)?;
            pattern.stops.push(Stop { station, board: doors & 1 == 0, alight: doors & 2 == 0 });
        }
        for _ in 0..timings {
            let mut depart = 0;
            for (way, stay) in times.by_ref().take(length) {
                let arrive = forward(depart, way)?;
                depart = forward(arrive, stay)?;
                pattern.timings.push(Timing { arrive, depart });
            }
        }
        let mut start = 0;
        for (step, timing) in starts.by_ref().take(runs) {
            start = forward(start, step)?;
            pattern.runs.push(Run { start, timing });
        }
        patterns.push(pattern);
    }
    Some(patterns)
}

/// A number that was told by its difference.
fn forward(before: u16, by: u64) -> Option<u16> {
    u16::try_from(i64::from(before).checked_add(unzigzag(by))?).ok()
}
