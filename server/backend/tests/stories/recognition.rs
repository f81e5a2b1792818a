//! The same table reads the same in any order of columns, with any line ends, quotes and separator.

use super::world::{World, fixture, fixture_path};
use backend::explorer;
use domain::explorer::figure::{Care, Fact, Figure};

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
    let problems = world.refusal("stop_id,stop_name,stop_lat,stop_lon\n1,Paramount,33.9,-118.1\n").await;
    assert!(problems[0].reason.contains("pathways import gtfs"), "{}", problems[0]);
    let problems = world.refusal("topic,item,fact,as_of,SourceURL\nzones,Belmont,a zone,2024-11,\n").await;
    assert!(problems[0].reason.contains("pathways rules check"), "{}", problems[0]);
    let problems = world.refusal("{\"type\":\"FeatureCollection\",\"features\":[{}]}").await;
    assert!(problems[0].reason.contains("GeoJSON"), "{}", problems[0]);
    world.end().await;
}

#[tokio::test]
async fn a_g_by_year_gives_way_to_the_states_own_file_whichever_is_read_first() {
    let world = World::new().await;
    let figures = "select cast(count(*) as bigint) from fact where metric = 'a-g'";
    let own = "select cast(count(*) as bigint) from fact where metric = 'a-g' and source = 'hhj_ag_by_year'";
    let [by_year, long] = ["ag_by_year.csv", "outcomes_long.csv"].map(fixture_path);
    world.import(&[&fixture_path("directory.csv"), &by_year]).await.unwrap();
    assert_eq!((world.number(figures).await, world.number(own).await), (45, 45));
    let states = world.import(&[&long]).await.unwrap().remove(0);
    assert_eq!(states.changed, 15, "the same value, with the number of graduates");
    for _ in 0..2 {
        let report = world.import(&[&by_year]).await.unwrap().remove(0);
        assert!(report.is_unchanged(), "{report}{}", report.listed());
        assert_eq!(report.left_out["figures that the state's own file gives, too"], 15, "{report}");
    }
    assert_eq!(world.number(own).await, 30);
    let text = fixture("ag_by_year.csv").replace(",265,67.3", ",275,69.8");
    let report = world.import_text(text).await.unwrap();
    assert_eq!(report.left_out["figures that differ from the state's own file, which stands"], 1, "{report}");
    assert!(report.is_unchanged());
    assert!(world.import(&[&long]).await.unwrap()[0].is_unchanged(), "and the other way round");
    world.end().await;
}

#[tokio::test]
async fn a_g_of_long_ago_is_kept_and_is_no_figure_of_today() {
    let world = World::new().await;
    let [directory, by_year, flags] = ["directory.csv", "ag_by_year.csv", "flags.csv"].map(fixture_path);
    world.import(&[&directory, &by_year, &flags]).await.unwrap();
    let (catalogue, details) = explorer::load_catalogue(&world.database).await.unwrap();
    let figure = |cds: &str| catalogue.school(cds.parse().unwrap()).unwrap().figure(Fact::AgReady);
    assert_eq!(figure("19647331937424").tenths(), Some(673));
    assert_eq!(figure("19647741935428"), Figure::NotReported, "the review speaks of these, too");
    let nidorf = figure("19101990121822");
    assert!(matches!(nidorf, Figure::Known { tenths: 0, care: Care::Few, .. }), "20 students: {nidorf:?}");
    let roosevelt = details.school("19647331937424".parse().unwrap()).unwrap();
    let years = roosevelt.years.iter().find(|series| series.fact == Fact::AgReady).unwrap();
    assert_eq!(years.points.iter().map(|(year, ..)| year.0).collect::<Vec<_>>(), [2023, 2024, 2025]);
    let header = fixture("outcomes_long.csv").lines().next().unwrap().to_owned();
    let hidden = (2023..=2025).fold(header, |text, year| {
        let (from, to) = (year - 1, year % 100);
        format!("{text}\n19647331937424,{from}-{to},a_g_completion_rate,,,,suppressed,cde_acgr_{from}_{to}")
    });
    world.import_text(hidden).await.unwrap();
    let (catalogue, _) = explorer::load_catalogue(&world.database).await.unwrap();
    let shown = catalogue.school("19647331937424".parse().unwrap()).unwrap().figure(Fact::AgReady);
    assert_eq!(shown, Figure::Suppressed, "2021-22 is no answer to what is hidden since");
    world.end().await;
}

#[tokio::test]
async fn a_g_of_more_than_the_cohort_is_refused() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv")]).await.unwrap();
    let problems = world.refusal(fixture("ag_by_year.csv").replacen(",132,0,", ",132,133,", 1)).await;
    assert_eq!((problems[0].line, problems[0].column.as_str()), (2, "ag_met_uccsu_count"), "{}", problems[0]);
    let report = world.import_text("cds14,ag_year,ag_cohort,ag_met_uccsu_count,ag_met_uccsu_rate\n19101990121822,2016-17,0,0,0\n19101990121822,2017-18,*,*,*\n").await.unwrap();
    assert_eq!((report.new, report.left_out["A-G years that are blank"]), (0, 2), "{report}");
    world.end().await;
}
