//! A feed that cannot be right is refused with table, line, column and reason, and nothing of it is kept.

use super::{changed, feeds, import, refusal, tables, zipped};
use crate::world::{World, fixture_path};
use backend::import::gtfs;

/// A table, a change to it, and what the first problem must say: line, column, a part of the reason.
type Case = (&'static str, &'static str, &'static str, u64, &'static str, &'static str);

const CASES: [Case; 34] = [
    ("agency.txt", "agency_name", "agency_title", 1, "", "columns are missing: agency_name"),
    ("agency.txt", "\"Made Transit, Inc.\"", "", 2, "agency_name", "blank"),
    ("calendar.txt", "weekday,1,1", "weekday,1,x", 2, "tuesday", "0 to 1"),
    ("calendar.txt", "20260821", "20260631", 2, "end_date", "20260818"),
    ("calendar.txt", "20260821", "2026-08-21", 2, "end_date", "20260818"),
    ("calendar.txt", "20260821", "20260801", 2, "end_date", "before start_date"),
    ("calendar.txt", "works,", "weekday,", 3, "service_id", "line 2"),
    ("calendar_dates.txt", "20260811,2", "20260811,3", 2, "exception_type", "neither"),
    ("calendar_dates.txt", "20260812", "20260811", 3, "date", "already"),
    ("frequencies.txt", "1200", "0", 2, "headway_secs", "from 30"),
    ("frequencies.txt", "08:00:00", "06:00:00", 2, "end_time", "before start_time"),
    ("frequencies.txt", "7-all", "8-all", 2, "trip_id", "no run"),
    ("routes.txt", "\"0\"", "\"rail\"", 2, "route_type", "whole number"),
    ("routes.txt", "\"7\",\"7-13\"", "\"\",\"7-13\"", 3, "route_long_name", "neither"),
    ("routes.txt", "7-13", "801", 3, "route_id", "already"),
    ("stops.txt", "33.9500", "43.9500", 7, "stop_lat", "California"),
    ("stops.txt", "33.9500", "", 7, "stop_lat", "longitude"),
    ("stops.txt", "33.9500,-118.3000", ",", 7, "stop_lat", "blank"),
    ("stops.txt", "0,M\n", "0,Q\n", 5, "parent_station", "no station"),
    ("stops.txt", "0,M\n", "9,M\n", 5, "location_type", "0 to 4"),
    ("stops.txt", "N,North", "S,North", 9, "stop_id", "already"),
    ("stops.txt", "N,North", "N,\"North", 9, "stop_name", "quote"),
    ("trips.txt", "801,weekday,A-1", "802,weekday,A-1", 2, "route_id", "routes.txt"),
    ("trips.txt", "801,weekday,A-1", "801,sometimes,A-1", 2, "service_id", "calendar"),
    ("trips.txt", "A-2", "A-1", 3, "trip_id", "already"),
    ("stop_times.txt", "07:30:20", "7.30", 3, "arrival_time", "7:05:00"),
    ("stop_times.txt", "07:30:20", "07:60:00", 3, "arrival_time", "7:05:00"),
    ("stop_times.txt", "07:31:10", "07:30:10", 3, "departure_time", "before the arrival"),
    ("stop_times.txt", "07:40:00,07:40:00", "07:31:00,07:31:00", 4, "arrival_time", "before it left"),
    ("stop_times.txt", "A-2,7:35:00,7:35:00", "A-2,,", 6, "arrival_time", "first stop"),
    ("stop_times.txt", "A-2,7:55:00,7:55:00", "A-2,,", 5, "arrival_time", "last stop"),
    ("stop_times.txt", "M1,20", "M1,10", 3, "stop_sequence", "line 2"),
    ("stop_times.txt", "M1,20", "MX,20", 3, "stop_id", "where vehicles stop"),
    ("stop_times.txt", "A-1,07:20", "A-0,07:20", 2, "trip_id", "trips.txt"),
];

#[tokio::test]
async fn bad_rows_are_refused_and_leave_nothing() {
    let world = World::new().await;
    import(&world, &fixture_path("gtfs")).await.unwrap();
    let loaded = "select length(network) + imported_at from transit_feed";
    let before = world.number(loaded).await;
    for (table, from, to, line, column, reason) in CASES {
        let feed = changed(table, |text| Some(text.replacen(from, to, 1).into_bytes()));
        let (file, problems) = refusal(&world, &zipped(&world, "bad.zip", "", &feed)).await;
        let first = &problems[0];
        assert_eq!((file.as_str(), first.line, first.column.as_str()), (table, line, column), "{first}");
        assert!(first.reason.contains(reason), "{table}, {from:?} as {to:?}: {first}");
        assert_eq!((feeds(&world).await, world.number(loaded).await), (1, before));
    }
    let refused = world.number("select count(*) from import_run where outcome = 'refused'").await;
    assert_eq!(refused, i64::try_from(CASES.len()).unwrap(), "each refusal is on record");
    world.end().await;
}

#[tokio::test]
async fn a_feed_without_what_it_needs_is_refused() {
    let world = World::new().await;
    for table in ["agency.txt", "routes.txt", "stops.txt", "trips.txt", "stop_times.txt"] {
        let (file, problems) =
            refusal(&world, &zipped(&world, "part.zip", "", &changed(table, |_| None))).await;
        assert!(file == table && problems[0].reason.contains("the feed has no"), "{table}: {}", problems[0]);
    }
    let mut timeless = tables();
    timeless.retain(|(name, _)| !name.starts_with("calendar"));
    let (_, problems) = refusal(&world, &zipped(&world, "part.zip", "", &timeless)).await;
    assert!(problems[0].reason.contains("neither a calendar.txt nor"), "{}", problems[0]);
    let weekend =
        changed("calendar.txt", |text| Some(text.replace(",1,1,1,1,1,", ",1,0,0,0,1,").into_bytes()));
    let (_, problems) = refusal(&world, &zipped(&world, "part.zip", "", &weekend)).await;
    assert!(problems[0].reason.contains("no Tuesday, Wednesday or Thursday"), "{}", problems[0]);
    let night = changed("stop_times.txt", |text| {
        let later = |row: &str| row.replace("07:", "17:").replace(",7:", ",17:");
        Some(later(text).into_bytes())
    });
    let mut night = night;
    night.retain(|(name, _)| name != "frequencies.txt");
    let (_, problems) = refusal(&world, &zipped(&world, "part.zip", "", &night)).await;
    assert!(problems[0].reason.contains("in the morning"), "{}", problems[0]);
    let not_utf8 = changed("stops.txt", |text| {
        let mut bytes = text.replace("East", "~ast").into_bytes();
        bytes.iter_mut().filter(|byte| **byte == b'~').for_each(|byte| *byte = 0xC9);
        Some(bytes)
    });
    let (_, problems) = refusal(&world, &zipped(&world, "part.zip", "", &not_utf8)).await;
    assert!(problems[0].column == "stop_name" && problems[0].reason.contains("UTF-8"), "{}", problems[0]);
    let rubbish = import(&world, &world.file("rubbish.zip", "rubbish")).await.unwrap_err();
    assert!(rubbish.to_string().contains("neither a folder nor a zip file"), "{rubbish}");
    assert_eq!(feeds(&world).await, 0);
    world.end().await;
}

#[tokio::test]
async fn a_small_file_that_unpacks_without_end_is_refused() {
    let world = World::new().await;
    let bomb = changed("stops.txt", |text| Some([text.as_bytes(), b"Z,", &b"0".repeat(8 << 20)].concat()));
    let path = zipped(&world, "bomb.zip", "", &bomb);
    assert!(std::fs::metadata(&path).unwrap().len() < 32 << 10, "it is small");
    let (file, problems) = refusal(&world, &path).await;
    assert_eq!(file, "stops.txt");
    assert!(problems[0].reason.contains("64 KiB"), "{}", problems[0]);
    world.end().await;
}

#[tokio::test]
async fn no_spoiled_feed_makes_the_reader_panic() {
    use crate::hostile::{Dice, spoil};
    let world = World::new().await;
    let mut dice = Dice(0x6_7F5);
    let mut refused = 0;
    for _ in 0..400 {
        let mut feed = tables();
        let at = dice.below(feed.len());
        feed[at].1 = spoil(&feed[at].1, &mut dice);
        refused += usize::from(gtfs::read(&zipped(&world, "spoiled.zip", "", &feed)).is_err());
    }
    assert!(refused > 100, "only {refused} of 400 spoiled feeds were refused");
    world.end().await;
}
