//! How does a feed, in whatever order it came, become a network?
//!
//! Stops at one corner become one station, runs that stop alike become one pattern, and everything is put in an order
//! of its own, so that the order of a feed's rows changes nothing.

use super::Minute;
use super::lines::square_from_origin;
use super::network::{Feed, Line, Network, Pattern, Station, Stop, Timing};
use super::wire::Cell;
use super::{network, walk};
use crate::explorer::place::Point;

/// What feeds say, not yet in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Where it comes from.
    pub feeds: Vec<Feed>,
    /// All lines; two of one feed, kind and name are one.
    pub lines: Vec<Line>,
    /// All stations; two of one name and place are one. Those where nothing stops are left out.
    pub stations: Vec<Station>,
    /// Every run of the morning.
    pub runs: Vec<Run>,
}

/// One vehicle's way through a morning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Index of its line.
    pub line: usize,
    /// Its stops, in order; at least two.
    pub calls: Vec<Call>,
}

/// A vehicle at a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// Index of the station.
    pub station: usize,
    /// When it comes.
    pub arrive: Minute,
    /// When it goes.
    pub depart: Minute,
    /// May one get on?
    pub board: bool,
    /// May one get off?
    pub alight: bool,
}

/// A draft that cannot be a network: an index leads nowhere, a run goes back in time, a place is not on earth, or
/// there is more than 40,000 stations, 65,534 lines or 4 million stops of runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the timetable contradicts itself, or is too large")]
pub struct Unfit;

/// Stops of one name so many thousandths of a mile from each other are one corner (100 m).
const CORNER: u32 = 62;

/// A drawn way may be simplified by so many thousandths of a mile (32 m): a tenth of a walk to a bus.
const TOLERANCE: f64 = 20.0;

impl Draft {
    /// What a network says, as a draft.
    pub fn of(network: &Network) -> Draft {
        let mut runs = Vec::new();
        for pattern in &network.patterns {
            for run in 0..pattern.runs.len() {
                let call = |(stop, at): (&Stop, usize)| {
                    let Timing { arrive, depart } = pattern.at(run, at);
                    let Stop { station, board, alight } = *stop;
                    Call { station: usize::from(station), arrive, depart, board, alight }
                };
                let calls = pattern.stops.iter().zip(0..).map(call).collect();
                runs.push(Run { line: usize::from(pattern.line), calls });
            }
        }
        let (feeds, lines) = (network.feeds.clone(), network.lines.clone());
        Draft { feeds, lines, stations: network.stations.clone(), runs }
    }

    /// This and what `newer` says; a feed of the newer one takes the place of the feed of that name.
    #[must_use]
    pub fn with(mut self, newer: Draft) -> Draft {
        let gone: Vec<bool> =
            self.feeds.iter().map(|feed| newer.feeds.iter().any(|other| other.name == feed.name)).collect();
        let is_gone = |line: &Line| gone.get(usize::from(line.feed)).is_some_and(|gone| *gone);
        let lines = &self.lines;
        self.runs.retain(|run| lines.get(run.line).is_none_or(|line| !is_gone(line)));
        // Feeds and lines that are gone keep their places until the draft becomes a network; nothing of them is used.
        for line in &mut self.lines {
            if is_gone(line) {
                line.drawn.clear();
            }
        }
        for (feed, gone) in self.feeds.iter_mut().zip(&gone) {
            if *gone {
                feed.name.clear();
            }
        }
        let (feeds, lines, stations) = (self.feeds.len(), self.lines.len(), self.stations.len());
        self.feeds.extend(newer.feeds);
        self.lines.extend(newer.lines.into_iter().map(|line| Line {
            feed: line.feed.saturating_add(u16::try_from(feeds).unwrap_or(u16::MAX)),
            ..line
        }));
        self.stations.extend(newer.stations);
        self.runs.extend(newer.runs.into_iter().map(|run| Run {
            line: run.line + lines,
            calls:
                run.calls.into_iter().map(|call| Call { station: call.station + stations, ..call }).collect(),
        }));
        self
    }

    /// The network of what it says.
    ///
    /// # Errors
    /// [`Unfit`] when it contradicts itself or is too large.
    pub fn network(self) -> Result<Network, Unfit> {
        let on_earth = |point: &Point| point.lat.abs() <= 90.0 && point.lon.abs() <= 180.0;
        let mut points = self.stations.iter().map(|station| &station.point);
        let mut corners = self.lines.iter().flat_map(|line| line.drawn.iter().flatten());
        let known = |run: &Run| {
            run.line < self.lines.len()
                && run.calls.len() >= 2
                && run.calls.iter().all(|call| {
                    call.station < self.stations.len() && call.arrive.max(call.depart) <= network::LATEST
                })
        };
        let feeds = self.feeds.len();
        if !points.all(on_earth)
            || !corners.all(on_earth)
            || !self.runs.iter().all(known)
            || !self.lines.iter().all(|line| usize::from(line.feed) < feeds)
        {
            return Err(Unfit);
        }
        let (stations, place_of) = self.corners();
        let (feeds, lines, line_of) = self.named();
        let mut runs = self.runs;
        for run in &mut runs {
            run.line = line_of[run.line];
            for call in &mut run.calls {
                call.station = place_of[call.station];
            }
        }
        let patterns = patterns(runs).ok_or(Unfit)?;
        Network::whole(feeds, lines, stations, patterns).ok_or(Unfit)
    }

    /// The stations in order, and for each stop its station.
    fn corners(&self) -> (Vec<Station>, Vec<usize>) {
        let mut used = vec![false; self.stations.len()];
        for call in self.runs.iter().flat_map(|run| &run.calls) {
            used[call.station] = true;
        }
        let cells: Vec<Cell> = self.stations.iter().map(|station| Cell::of(station.point)).collect();
        let mut order: Vec<usize> = (0..cells.len()).filter(|at| used[*at]).collect();
        order.sort_by(|a, b| {
            cells[*a].cmp(&cells[*b]).then_with(|| self.stations[*a].name.cmp(&self.stations[*b].name))
        });
        let mut stations: Vec<Station> = Vec::new();
        let mut place_of = vec![0; cells.len()];
        for at in order {
            let (name, point) = (&self.stations[at].name, cells[at].point());
            let same = walk::near(&stations, point, CORNER).map(|(other, _)| other);
            let known = same.into_iter().find(|other| stations[*other].name == *name);
            place_of[at] = known.unwrap_or(stations.len());
            if known.is_none() {
                stations.push(Station { name: name.clone(), point });
            }
        }
        (stations, place_of)
    }

    /// The feeds and the lines in order, and for each line of the draft its place. Feeds without a name and lines
    /// that neither run nor are drawn are left out; a drawn line is, too, where a timetable has a line of its name.
    fn named(&self) -> (Vec<Feed>, Vec<Line>, Vec<usize>) {
        let mut order: Vec<usize> =
            (0..self.feeds.len()).filter(|at| !self.feeds[*at].name.is_empty()).collect();
        order.sort_by(|a, b| self.feeds[*a].name.cmp(&self.feeds[*b].name));
        let mut feed_of = vec![0; self.feeds.len()];
        for (to, at) in (0..).zip(&order) {
            feed_of[*at] = to;
        }
        let feeds = order.iter().map(|at| self.feeds[*at].clone()).collect();

        let mut runs = vec![false; self.lines.len()];
        for run in &self.runs {
            runs[run.line] = true;
        }
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&self.lines[*a], &self.lines[*b]);
            let place = |line: &Line| (line.kind, number(&line.name));
            place(a)
                .cmp(&place(b))
                .then_with(|| a.name.cmp(&b.name))
                .then_with(|| feed_of[usize::from(a.feed)].cmp(&feed_of[usize::from(b.feed)]))
        });
        let mut lines: Vec<Line> = Vec::new();
        let mut line_of = vec![0; self.lines.len()];
        for group in order.chunk_by(|a, b| {
            let (a, b) = (&self.lines[*a], &self.lines[*b]);
            (a.kind, &a.name) == (b.kind, &b.name)
        }) {
            let timed = group.iter().any(|at| runs[*at]);
            for at in group.iter().filter(|at| runs[**at] || !timed && !self.lines[**at].drawn.is_empty()) {
                let line = &self.lines[*at];
                let feed = feed_of[usize::from(line.feed)];
                let same = lines
                    .last()
                    .is_some_and(|last| (last.feed, last.kind, &last.name) == (feed, line.kind, &line.name));
                if !same {
                    lines.push(Line { feed, kind: line.kind, name: line.name.clone(), drawn: Vec::new() });
                }
                line_of[*at] = lines.len() - 1;
                if let (false, Some(last)) = (timed, lines.last_mut()) {
                    last.drawn.extend(line.drawn.iter().map(|way| simplified(way)));
                }
            }
        }
        for line in &mut lines {
            line.drawn.sort_by_key(|way| way.iter().map(|point| Cell::of(*point)).collect::<Vec<_>>());
            line.drawn.dedup();
        }
        (feeds, lines, line_of)
    }
}

/// The number that a name is, before all names that are none.
fn number(name: &str) -> u32 {
    name.parse().unwrap_or(u32::MAX)
}

/// Groups runs by line and stops, such that no run of a pattern overtakes another.
fn patterns(mut runs: Vec<Run>) -> Option<Vec<Pattern>> {
    runs.sort_by(|a, b| {
        a.line.cmp(&b.line).then_with(|| stops(a).cmp(stops(b))).then_with(|| times(a).cmp(times(b)))
    });
    runs.dedup();
    let mut patterns = Vec::new();
    for alike in runs.chunk_by(|a, b| a.line == b.line && stops(a).eq(stops(b))) {
        let mut lanes: Vec<Vec<&Run>> = Vec::new();
        for run in alike {
            let behind = |lane: &&mut Vec<&Run>| {
                lane.last().is_some_and(|last| {
                    last.calls
                        .iter()
                        .zip(&run.calls)
                        .all(|(a, b)| a.arrive <= b.arrive && a.depart <= b.depart)
                })
            };
            match lanes.iter_mut().find(behind) {
                Some(lane) => lane.push(run),
                None => lanes.push(vec![run]),
            }
        }
        for lane in lanes {
            patterns.push(pattern(&lane)?);
        }
    }
    Some(patterns)
}

fn stops(run: &Run) -> impl Iterator<Item = (usize, bool, bool)> + '_ {
    run.calls.iter().map(|call| (call.station, call.board, call.alight))
}

fn times(run: &Run) -> impl Iterator<Item = (Minute, Minute)> + '_ {
    run.calls.iter().map(|call| (call.depart, call.arrive))
}

fn pattern(lane: &[&Run]) -> Option<Pattern> {
    let first = lane.first()?;
    let stop = |(station, board, alight)| Some(Stop { station: u16::try_from(station).ok()?, board, alight });
    let stops = stops(first).map(stop).collect::<Option<Vec<_>>>()?;
    let mut pattern =
        Pattern { line: u16::try_from(first.line).ok()?, stops, timings: Vec::new(), runs: Vec::new() };
    for run in lane {
        let start = run.calls[0].arrive.min(run.calls[0].depart);
        let since = |minute: Minute| minute.checked_sub(start);
        let row = run
            .calls
            .iter()
            .map(|call| Some(Timing { arrive: since(call.arrive)?, depart: since(call.depart)? }));
        let row = row.collect::<Option<Vec<_>>>()?;
        let known = pattern.timings.chunks_exact(row.len()).position(|other| other == row);
        let timing = known.unwrap_or(pattern.timings.len() / row.len());
        if known.is_none() {
            pattern.timings.extend(row);
        }
        pattern.runs.push(network::Run { start, timing: u16::try_from(timing).ok()? });
    }
    Some(pattern)
}

/// A way with the corners that matter (Douglas and Peucker), on the grid.
fn simplified(way: &[Point]) -> Vec<Point> {
    let mut kept = vec![false; way.len()];
    let mut open = Vec::new();
    if let Some(last) = way.len().checked_sub(1) {
        (kept[0], kept[last]) = (true, true);
        open.push((0, last));
    }
    while let Some((first, last)) = open.pop() {
        let far = |at: &usize| square_between(way[first], way[last], way[*at]);
        let farthest = (first + 1..last).max_by(|a, b| far(a).total_cmp(&far(b)));
        if let Some(at) = farthest.filter(|at| far(at) > TOLERANCE * TOLERANCE) {
            kept[at] = true;
            open.extend([(first, at), (at, last)]);
        }
    }
    let mut points: Vec<Point> =
        way.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| Cell::of(*point).point()).collect();
    points.dedup();
    points
}

/// The square of the distance of a point from a straight piece, in thousandths of a mile.
fn square_between(a: Point, b: Point, point: Point) -> f64 {
    let shortened = f64::from(point.lat).to_radians().cos();
    let flat = |end: Point| {
        let (east, north) =
            (f64::from(end.lon) - f64::from(point.lon), f64::from(end.lat) - f64::from(point.lat));
        (east * shortened * super::lines::THOUSANDTHS, north * super::lines::THOUSANDTHS)
    };
    square_from_origin(flat(a), flat(b))
}
