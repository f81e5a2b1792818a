//! The same table reads the same in any order of columns, with any line ends, quotes and separator.

use super::world::{World, fixture, fixture_path};
use backend::explorer;

/// A table as lines of cells; none of the fixtures used here has a comma inside a cell of these columns.
fn cells(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn joined(table: &[Vec<String>], separator: &str, end: &str) -> String {
    table.iter().map(|row| row.join(separator) + end).collect()
}

#[tokio::test]
async fn the_shape_of_a_file_does_not_matter() {
    let plain = fixture("outcomes_long.csv");
    let table = cells(&plain);
    let reversed: Vec<Vec<String>> = table.iter().map(|row| row.iter().rev().cloned().collect()).collect();
    let extra: Vec<Vec<String>> =
        table.iter().enumerate().map(|(at, row)| [row.clone(), vec![format!("note{at}")]].concat()).collect();
    let shouting = plain.replacen("CDSCode,SchoolYear", "cdscode , SCHOOLYEAR", 1);
    let quoted =
        table.iter().map(|row| row.iter().map(|cell| format!("\"{cell}\"")).collect()).collect::<Vec<_>>();
    let shapes = [
        ("byte order mark", format!("\u{feff}{plain}")),
        ("CRLF", joined(&table, ",", "\r\n")),
        ("quotes", joined(&quoted, ",", "\n")),
        ("columns reversed", joined(&reversed, ",", "\n")),
        ("one column more", joined(&extra, ",", "\n")),
        ("tabs", joined(&table, "\t", "\n")),
        ("no line end at the end", plain.trim_end().to_owned()),
        ("blank line at the end", format!("{plain}\n")),
        ("other case in the header", shouting),
        ("mark, quotes, CRLF and tabs", format!("\u{feff}{}", joined(&quoted, "\t", "\r\n"))),
    ];
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv")]).await.unwrap();
    assert_eq!(world.import_text(&plain).await.unwrap().new, 200);
    for (name, text) in shapes {
        let report = world.import_text(&text).await.unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!((report.rows, report.unchanged), (200, 200), "{name}: {report}");
        assert!(report.is_unchanged(), "{name}: {report}");
    }
    world.end().await;
}

#[tokio::test]
async fn the_wide_layout_says_nothing_that_the_long_one_did_not() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv"), &fixture_path("outcomes_long.csv")]).await.unwrap();
    let report = world.import(&[&fixture_path("outcomes_wide.csv")]).await.unwrap().remove(0);
    assert!(report.is_unchanged() && report.unchanged > 60, "{report}{}", report.listed());
    world.end().await;
}

#[tokio::test]
async fn the_states_raw_directory_is_read() {
    let world = World::new().await;
    let report = world.import(&[&fixture_path("pubschls.txt")]).await.unwrap().remove(0);
    assert_eq!((report.rows, report.new), (13, 8), "{report}");
    let left: Vec<u64> = report.left_out.values().copied().collect();
    assert_eq!(left, [1, 1, 1, 2], "other county, closed, pending, no 9th grade: {report}");
    let (catalogue, details) = explorer::load_catalogue(&world.database).await.unwrap();
    let roosevelt = catalogue.school("19647331937424".parse().unwrap()).unwrap();
    assert_eq!((roosevelt.zip, roosevelt.place.as_str(), roosevelt.students), (90033, "Los Angeles", None));
    assert_eq!(details.school(roosevelt.cds).unwrap().address, "456 South Mathews St., Los Angeles");
    let new = catalogue.school("19647330000004".parse().unwrap()).unwrap();
    assert_eq!((new.grades, new.charter, new.point, new.alternative.is_some()), ((9, 12), false, None, true));
    let office = catalogue.school("19645841996305".parse().unwrap()).unwrap();
    assert!(!office.in_county && office.point.is_none(), "its only address is in San Bernardino County");
    world.end().await;
}

#[tokio::test]
async fn the_raw_directory_keeps_what_it_does_not_speak_of() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv"), &fixture_path("pubschls.txt")]).await.unwrap();
    let (catalogue, _) = explorer::load_catalogue(&world.database).await.unwrap();
    let roosevelt = catalogue.school("19647331937424".parse().unwrap()).unwrap();
    assert_eq!((roosevelt.place.as_str(), roosevelt.students), ("Boyle Heights", Some(1703)));
    world.end().await;
}

#[tokio::test]
async fn files_of_other_kinds_are_told_what_is_known() {
    let world = World::new().await;
    let problems = world.refusal("apples,pears\n1,2\n").await;
    assert!(problems[0].reason.contains("outcomes, long layout"), "{}", problems[0]);
    let problems = world.refusal("{\"type\":\"FeatureCollection\",\"features\":[{}]}").await;
    assert!(problems[0].reason.contains("GeoJSON"), "{}", problems[0]);
    world.end().await;
}
