//! A file that cannot be right is refused with line, column, value and reason, and nothing of it is kept.

use super::world::{World, fixture};
use backend::import::{MOST_PROBLEMS, Options};

/// A change to a good file, and what the first problem must say: line, column, a part of the reason.
type Case = (&'static str, fn(&str) -> Vec<u8>, u64, &'static str, &'static str);

fn swap(text: &str, from: &str, to: &str) -> Vec<u8> {
    assert!(text.contains(from), "the fixture has no {from:?}");
    text.replacen(from, to, 1).into_bytes()
}

const DIRECTORY: [Case; 20] = [
    ("empty file", |_| Vec::new(), 1, "", "empty"),
    ("only blank lines", |_| b"\n\n".to_vec(), 1, "", "empty"),
    ("header only", |text| text.lines().next().unwrap().into(), 2, "", "no rows"),
    ("semicolons", |text| text.replace(',', ";").into(), 1, "", "semicolons"),
    ("UTF-16", |text| [&[0xFF, 0xFE], text.as_bytes()].concat(), 1, "", "UTF-16"),
    ("missing column", |text| swap(text, "GSserved", "Grades"), 1, "", "columns are missing: GSserved"),
    ("column twice", |text| swap(text, "NCESDist", "District"), 1, "District", "twice"),
    ("13 digits", |text| swap(text, "19101990121822", "1910199012182"), 2, "CDSCode", "14 digits"),
    ("a letter in a code", |text| swap(text, "19101990121822", "1910199O121822"), 2, "CDSCode", "14 digits"),
    (
        "the same school twice",
        |text| [text, text.lines().nth(1).unwrap(), "\n"].concat().into(),
        10,
        "",
        "line 2",
    ),
    ("outside California", |text| swap(text, "34.3161169", "43.3161169"), 2, "Latitude", "California"),
    ("west is positive", |text| swap(text, "-118.4836293", "118.4836293"), 2, "Longitude", "California"),
    ("half a position", |text| swap(text, "-118.4836293", ""), 2, "Longitude", "without"),
    ("letters in a number", |text| swap(text, ",62,18", ",6Z,18"), 2, "EnrollTotal", "whole number"),
    ("unknown status", |text| swap(text, "Active", "Asleep"), 2, "StatusType", "neither"),
    ("grades backwards", |text| swap(text, "6-12", "12-6"), 2, "GSserved", "9-12"),
    ("NUL in a name", |text| swap(text, "Nidorf,", "Nid\0orf,"), 2, "School", "U+0000"),
    ("a bell in a name", |text| swap(text, "Nidorf,", "Nid\x07orf,"), 2, "School", "U+0007"),
    ("a name turned around", |text| swap(text, "Nidorf,", "Nid\u{202E}orf,"), 2, "School", "U+202E"),
    ("an endless name", |text| swap(text, "Nidorf,", &"N".repeat(70_000)), 2, "School", "longer than 400"),
];

const OUTCOMES: [Case; 18] = [
    (
        "percent 101",
        |text| swap(text, "0,0,21,reliable", "101,0,21,reliable"),
        2,
        "value",
        "outside 0 to 100",
    ),
    ("negative percent", |text| swap(text, "0,0,21,reliable", "-1,0,21,reliable"), 2, "value", "outside"),
    ("letters", |text| swap(text, "0,0,21,reliable", "zero,0,21,reliable"), 2, "value", "not a number"),
    ("not a number", |text| swap(text, "0,0,21,reliable", "NaN,0,21,reliable"), 2, "value", "not a number"),
    ("exponent", |text| swap(text, "0,0,21,reliable", "1e1,0,21,reliable"), 2, "value", "not a number"),
    ("year 2024-26", |text| swap(text, "2022-23", "2024-26"), 2, "SchoolYear", "follow each other"),
    ("a year to come", |text| swap(text, "2022-23", "2029-30"), 2, "SchoolYear", "2029-30 has not begun"),
    ("year 2023", |text| swap(text, "2022-23", "2023"), 2, "SchoolYear", "2024-25"),
    ("unknown metric", |text| swap(text, "a_g_completion_rate", "smiles"), 2, "metric", "not a metric"),
    ("unknown reliability", |text| swap(text, "reliable", "perhaps"), 2, "reliability", "neither"),
    ("value missing", |text| swap(text, "0,0,21,reliable", ",0,21,reliable"), 2, "reliability", "blank"),
    (
        "suppressed value",
        |text| swap(text, "0,0,21,reliable", "7,0,21,suppressed"),
        2,
        "reliability",
        "no value",
    ),
    ("part over whole", |text| swap(text, "0,0,21,reliable", "0,22,21,reliable"), 2, "numerator", "larger"),
    (
        "unknown data set",
        |text| swap(text, "cde_acgr_2022_23", "hearsay"),
        2,
        "source_dataset",
        "not a data set",
    ),
    (
        "short row",
        |text| swap(text, ",reliable,cde_acgr_2022_23", ""),
        2,
        "",
        "6 cells where the header has 8",
    ),
    ("long row", |text| swap(text, "cde_acgr_2022_23", "cde_acgr_2022_23,1"), 2, "", "9 cells"),
    ("cut short", |text| text[..text.len() - 40].into(), 201, "", "cut short"),
    ("open quote", |text| swap(text, "a_g_completion_rate", "\"a_g_completion_rate"), 2, "metric", "quote"),
];

#[tokio::test]
async fn bad_directories_are_refused_and_leave_nothing() {
    let world = World::new().await;
    refused_all(&world, &fixture("directory.csv"), &DIRECTORY).await;
    world.end().await;
}

#[tokio::test]
async fn bad_outcomes_are_refused_and_leave_nothing() {
    let world = World::new().await;
    world.import(&[&super::world::fixture_path("directory.csv")]).await.unwrap();
    refused_all(&world, &fixture("outcomes_long.csv"), &OUTCOMES).await;
    world.end().await;
}

async fn refused_all(world: &World, good: &str, cases: &[Case]) {
    let before = world.rows().await;
    for (name, spoil, line, column, reason) in cases {
        let problems = world.refusal(spoil(good)).await;
        let first = &problems[0];
        assert_eq!((first.line, first.column.as_str()), (*line, *column), "{name}: {first}");
        assert!(first.reason.contains(reason), "{name}: {first}");
        assert_eq!(world.rows().await, before, "{name} left rows behind");
    }
    let refused = world.number("select count(*) from import_run where outcome = 'refused'").await;
    assert_eq!(refused, i64::try_from(cases.len()).unwrap(), "each refusal is on record");
}

#[tokio::test]
async fn a_file_that_goes_bad_at_its_end_leaves_nothing_of_its_beginning() {
    let world = World::new().await;
    world.import(&[&super::world::fixture_path("directory.csv")]).await.unwrap();
    let before = world.rows().await;
    let text = format!(
        "{}19101990121822,2024-25,suspension_rate,x,1,2,reliable,cde_suspension_2024_25\n",
        fixture("outcomes_long.csv")
    );
    let problems = world.refusal(text).await;
    assert_eq!((problems.len(), problems[0].line), (1, 202));
    assert_eq!(world.rows().await, before);
    world.end().await;
}

#[tokio::test]
async fn bytes_that_are_not_utf_8_are_named_with_their_line_and_column() {
    let world = World::new().await;
    let mut bytes = fixture("directory.csv").replacen("Downtown Business", "Caf~", 1).into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'~').unwrap();
    bytes[at] = 0xE9; // é in Windows-1252
    let problems = world.refusal(bytes).await;
    assert_eq!((problems[0].line, problems[0].column.as_str()), (5, "School"));
    assert!(problems[0].reason.contains("UTF-8"), "{}", problems[0]);
    world.end().await;
}

#[tokio::test]
async fn at_most_twenty_problems_are_listed() {
    let world = World::new().await;
    world.import(&[&super::world::fixture_path("directory.csv")]).await.unwrap();
    let problems = world.refusal(fixture("outcomes_long.csv").replace("20", "x")).await;
    assert_eq!(problems.len(), MOST_PROBLEMS);
    world.end().await;
}

#[tokio::test]
async fn no_year_to_come_is_taken_from_an_operator_or_the_name_of_a_file() {
    let world = World::new().await;
    let path = world.file("directory.csv", fixture("directory.csv"));
    let options = Options { school_year: "2026-27".parse().ok(), ..Options::default() };
    let told = async |path: &std::path::Path| {
        let read = backend::import::files(&world.database, &world.clock, &[path], options, |_| ()).await;
        read.unwrap_err().to_string()
    };
    assert!(told(&path).await.contains("the school year 2026-27 has not begun"), "it is May 2026");
    world.import(&[&path]).await.unwrap();
    let colors = world.file("colors_2027.csv", fixture("colors_2025.csv"));
    assert!(told(&colors).await.contains("the school year 2026-27 has not begun"));
    world.clock.advance(40 * 86_400_000);
    world.import(&[&colors]).await.unwrap();
    world.end().await;
}

#[tokio::test]
async fn a_file_that_does_not_say_its_year_needs_to_be_told() {
    let world = World::new().await;
    let path = world.file("directory.csv", fixture("directory.csv"));
    let paths = [path.as_path()];
    let told =
        backend::import::files(&world.database, &world.clock, &paths, Options::default(), |_| ()).await;
    assert!(told.unwrap_err().to_string().contains("--school-year"));
    world.end().await;
}
