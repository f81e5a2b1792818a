//! A timetable is read whole or not at all, in whatever shape it comes, and trips follow from it.

use super::world::{World, fixture_path};
use backend::import::gtfs::{self, GtfsOptions};
use backend::import::{Change, Problem, Report};
use backend::{Fault, transit};
use domain::explorer::place::Point;
use domain::trip::{Day, Kind, Leg, Morning, Network, reach};
use std::io::Write;
use std::path::{Path, PathBuf};

mod bad;

const WEST: Point = Point { lat: 34.0, lon: -118.4 };
const NORTH: Point = Point { lat: 34.05, lon: -118.3 };

/// The tables of the made feed.
pub fn tables() -> Vec<(String, Vec<u8>)> {
    let folder = std::fs::read_dir(fixture_path("gtfs")).unwrap().map(|entry| entry.unwrap());
    let mut tables: Vec<_> = folder
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect();
    tables.sort();
    tables
}

/// The made feed with one table changed; `None` leaves it out.
pub fn changed(table: &str, change: impl Fn(&str) -> Option<Vec<u8>>) -> Vec<(String, Vec<u8>)> {
    let mut tables = tables();
    tables.retain_mut(|(name, bytes)| {
        if name != table {
            return true;
        }
        let text = String::from_utf8(bytes.clone()).unwrap();
        let changed = change(&text);
        assert_ne!(changed.as_ref(), Some(&*bytes), "{table} has nothing to change");
        changed.map(|changed| *bytes = changed).is_some()
    });
    tables
}

/// A zip file of tables, in a folder within it or not.
pub fn zipped(world: &World, name: &str, folder: &str, tables: &[(String, Vec<u8>)]) -> PathBuf {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in tables {
        zip.start_file(format!("{folder}{name}"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    world.file(name, zip.finish().unwrap().into_inner())
}

async fn import_with(world: &World, path: &Path, options: GtfsOptions<'_>) -> Result<Vec<Report>, Fault> {
    let mut reports = Vec::new();
    gtfs::feed(&world.database, &world.clock, path, options, |report| reports.push(report.clone())).await?;
    Ok(reports)
}

pub async fn import(world: &World, path: &Path) -> Result<Report, Fault> {
    Ok(import_with(world, path, GtfsOptions::default()).await?.remove(0))
}

async fn feeds(world: &World) -> i64 {
    world.number("select count(*) from transit_feed").await
}

fn north_from_west(network: &Network) -> Vec<String> {
    let trip = reach(network, WEST, Morning::default()).to(NORTH).unwrap();
    let clock = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
    let station = |at: u16| &network.stations()[usize::from(at)].name;
    let leg = |leg: &Leg| match *leg {
        Leg::Walk { minutes, .. } => format!("walk {minutes}"),
        Leg::Ride { line, from, to, depart, arrive } => {
            let line = &network.lines()[usize::from(line)].name;
            format!("{line} {} {} - {} {}", clock(depart), station(from), clock(arrive), station(to))
        }
    };
    let legs = trip.legs.iter().map(leg);
    [format!("{} minutes from {}", trip.minutes, clock(trip.leave))].into_iter().chain(legs).collect()
}

#[tokio::test]
async fn a_feed_becomes_the_morning_of_an_ordinary_school_day() {
    let world = World::new().await;
    assert_eq!(transit::imported(&world.database).await.unwrap(), None);
    let report = import(&world, &fixture_path("gtfs")).await.unwrap();
    assert_eq!((report.new, report.changed, report.rows), (1, 0, 43), "{report}");
    assert_eq!(report.left_out["lines that are neither rail nor bus"], 1);
    assert_eq!(report.left_out["runs of other days"], 2, "the works and the Saturday");

    let network = transit::imported(&world.database).await.unwrap().unwrap();
    let feed = &network.feeds()[0];
    assert_eq!((feed.name.as_str(), feed.agency.as_str()), ("MADE", "Made Transit, Inc."));
    let service = feed.service.unwrap();
    let day = |day| Day { year: 2026, month: 8, day };
    // 11 and 12 August have the works, so the first of the four ordinary days is the 13th, a Thursday.
    assert_eq!((service.from, service.until, service.day), (day(10), day(22), day(13)));
    let lines: Vec<_> = network.lines().iter().map(|line| (line.kind, line.name.as_str())).collect();
    assert_eq!(lines, [(Kind::Rail, "A"), (Kind::Bus, "7")]);
    let mut stations: Vec<_> = network.stations().iter().map(|station| station.name.as_str()).collect();
    stations.sort_unstable();
    assert_eq!(
        stations,
        ["East", "Middle", "Middle / 1st", "North", "South / 1st, North Side", "West"],
        "platforms belong to their stations"
    );
    assert!(network.has_times_of(Kind::Rail) && network.has_times_of(Kind::Bus));
    // The 7:35 is in the middle at 7:45, halfway between the two times that the feed gives; two minutes to change and
    // two to walk leave one before the bus, which repeats every 20 minutes.
    assert_eq!(
        north_from_west(&network),
        ["25 minutes from 7:35", "A 7:35 West - 7:45 Middle", "walk 2", "7 7:50 Middle / 1st - 8:00 North"]
    );
    world.end().await;
}

#[tokio::test]
async fn a_folder_a_zip_file_and_rows_in_another_order_are_the_same_feed() {
    let world = World::new().await;
    let folder = gtfs::read(&fixture_path("gtfs")).unwrap().network;
    let zip = gtfs::read(&zipped(&world, "feed.zip", "", &tables())).unwrap().network;
    assert_eq!(zip, folder);
    let mut copies = tables();
    copies.push(("__MACOSX/stops.txt".into(), b"rubbish".to_vec()));
    let inside = gtfs::read(&zipped(&world, "inside.zip", "made/", &copies)).unwrap().network;
    assert_eq!(inside, folder);
    let turned: Vec<_> = tables()
        .into_iter()
        .map(|(name, bytes)| {
            let text = String::from_utf8(bytes).unwrap();
            let (header, rows) = text.split_once('\n').unwrap();
            let rows: Vec<&str> = rows.lines().rev().collect();
            (name, format!("{header}\n{}", rows.join("\n")).into_bytes())
        })
        .collect();
    assert_eq!(gtfs::read(&zipped(&world, "turned.zip", "", &turned)).unwrap().network, folder);
    world.end().await;
}

#[tokio::test]
async fn a_feed_read_twice_changes_nothing_and_a_dry_run_writes_nothing() {
    let world = World::new().await;
    let path = fixture_path("gtfs");
    let dry = GtfsOptions { dry_run: true, ..GtfsOptions::default() };
    assert_eq!(import_with(&world, &path, dry).await.unwrap()[0].new, 1);
    assert_eq!(feeds(&world).await, 0);
    assert_eq!(world.number("select count(*) from import_run").await, 0);

    import(&world, &path).await.unwrap();
    world.clock.advance(60_000);
    let again = import(&world, &path).await.unwrap();
    assert!(again.is_unchanged() && again.unchanged == 1, "{again}");
    assert_eq!(feeds(&world).await, 1);
    assert_eq!(world.number("select imported_at from transit_feed").await, 1_780_000_000_000);
    assert_eq!(world.number("select count(*) from import_run where outcome = 'unchanged'").await, 1);
    world.end().await;
}

#[tokio::test]
async fn a_newer_feed_takes_the_place_of_the_one_of_its_name() {
    let world = World::new().await;
    import(&world, &fixture_path("gtfs")).await.unwrap();
    world.clock.advance(60_000);
    let later = changed("stop_times.txt", |text| Some(text.replace("7:35:00", "7:25:00").into_bytes()));
    let report = import(&world, &zipped(&world, "later.zip", "", &later)).await.unwrap();
    assert_eq!((report.new, report.changed), (0, 1));
    let Change::Changed(fields) = &report.differences[0].change else { panic!("{report}") };
    assert_eq!(fields.iter().map(|(name, ..)| *name).collect::<Vec<_>>(), ["checksum"]);
    let network = transit::imported(&world.database).await.unwrap().unwrap();
    assert_eq!(network.feeds().len(), 1);
    assert_eq!(north_from_west(&network)[1], "A 7:25 West - 7:40 Middle");
    world.end().await;
}

/// The part of the made feed that one agency could publish: its trips and their stops.
fn part(agency: &str, trips: &str, visits: &str) -> Vec<(String, Vec<u8>)> {
    let keep = |text: &str, start: &str| -> String {
        let kept = text.lines().skip(1).filter(|row| row.starts_with(start));
        text.lines().take(1).chain(kept).flat_map(|row| [row, "\n"]).collect()
    };
    let change = |(name, bytes): (String, Vec<u8>)| {
        let text = String::from_utf8(bytes).unwrap();
        let text = match name.as_str() {
            "agency.txt" => text.replace("MADE", agency),
            "trips.txt" => keep(&text, trips),
            "stop_times.txt" | "frequencies.txt" => keep(&text, visits),
            _ => text,
        };
        (name, text.into_bytes())
    };
    tables().into_iter().map(change).collect()
}

#[tokio::test]
async fn rail_and_buses_that_are_loaded_one_after_the_other_are_travelled_together() {
    let world = World::new().await;
    import(&world, &zipped(&world, "rail.zip", "", &part("RAIL", "801", "A-"))).await.unwrap();
    let rail = transit::imported(&world.database).await.unwrap().unwrap();
    assert!(rail.has_times_of(Kind::Rail) && !rail.has_times_of(Kind::Bus));
    assert_eq!(reach(&rail, WEST, Morning::default()).to(NORTH), None);
    import(&world, &zipped(&world, "bus.zip", "", &part("BUS", "7-13", "7-"))).await.unwrap();
    assert_eq!(feeds(&world).await, 2);
    let both = transit::imported(&world.database).await.unwrap().unwrap();
    assert_eq!(both.feeds().iter().map(|feed| feed.name.as_str()).collect::<Vec<_>>(), ["BUS", "RAIL"]);
    let whole = gtfs::read(&fixture_path("gtfs")).unwrap().network;
    assert_eq!(north_from_west(&both), north_from_west(&whole));
    world.end().await;
}

#[tokio::test]
async fn lines_of_which_only_the_way_is_known_give_way_to_a_timetable() {
    let world = World::new().await;
    let lines = fixture_path("lines.geojson");
    let options = GtfsOptions { lines: Some(&lines), dry_run: false };
    let reports = import_with(&world, &fixture_path("gtfs"), options).await.unwrap();
    assert_eq!((reports[1].kind, reports[1].rows, reports[1].new), ("ways of bus lines", 2, 1));
    let network = transit::imported(&world.database).await.unwrap().unwrap();
    let names: Vec<_> = network.lines().iter().map(|line| (line.name.as_str(), line.drawn.len())).collect();
    assert_eq!(names, [("A", 0), ("7", 0), ("108", 2)], "the 7 has a timetable");
    let near = |a, b| network.lines_near_both(a, b).iter().map(|line| line.name.clone()).collect::<Vec<_>>();
    assert_eq!(near(WEST, Point { lat: 34.0, lon: -118.2 }), ["A", "108"]);
    assert_eq!(near(WEST, Point { lat: 34.0, lon: -118.25 }), ["108"]);
    world.end().await;
}

#[tokio::test]
async fn a_timetable_does_not_keep_the_shipped_schools_from_being_loaded() {
    use backend::catalogue::{self, Ensured, SHIPPED};
    let world = World::new().await;
    import(&world, &fixture_path("gtfs")).await.unwrap();
    let ensured = catalogue::ensure(&world.database, &world.clock, "shipped", SHIPPED).await.unwrap();
    assert!(matches!(ensured, Ensured::Loaded(_)));
    world.end().await;
}

#[tokio::test]
async fn what_ships_is_the_rail_of_the_county_on_a_school_morning() {
    let world = World::new().await;
    let network = transit::network(&world.database).await.unwrap();
    assert!(network.has_times_of(Kind::Rail) && !network.has_times_of(Kind::Bus));
    let of = |kind| network.lines().iter().filter(|line| line.kind == kind).collect::<Vec<_>>();
    let rail: Vec<_> = of(Kind::Rail).iter().map(|line| line.name.as_str()).collect();
    assert_eq!(rail, ["A", "B", "C", "D", "E", "K"]);
    assert_eq!(of(Kind::Bus).len(), 108);
    assert!(of(Kind::Bus).iter().all(|line| !line.drawn.is_empty()));
    // Union Station to Hollywood/Highland, by the B Line.
    let union = Point { lat: 34.0562, lon: -118.2342 };
    let hollywood = Point { lat: 34.1016, lon: -118.3387 };
    let trip = reach(&network, union, Morning::default()).to(hollywood).unwrap();
    assert!((20..40).contains(&trip.minutes) && trip.rides() == 1, "{trip:?}");
    world.end().await;
}

/// What is wrong with a feed, and in which table.
pub async fn refusal(world: &World, path: &Path) -> (String, Vec<Problem>) {
    match import(world, path).await {
        Err(Fault::Refused(refused)) => {
            (refused.file.rsplit('/').next().unwrap().to_owned(), refused.problems)
        }
        Err(other) => panic!("not refused but failed: {other}"),
        Ok(report) => panic!("not refused but loaded: {report}"),
    }
}
