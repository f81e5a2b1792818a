//! What was published is shown; what was not is said to be unknown, never 0.

use super::world::{World, fixture, fixture_path};
use backend::{check, explorer};
use domain::explorer::catalogue::{Catalogue, Details};
use domain::explorer::detail::{Group, Level, Subject};
use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
use domain::explorer::place::StartKind;
use domain::explorer::school::{Cds, Setting};

async fn loaded() -> (World, Catalogue, Details) {
    let world = World::new().await;
    world.import_all().await;
    let (catalogue, details) = explorer::load_catalogue(&world.database).await.unwrap();
    (world, catalogue, details)
}

fn cds(text: &str) -> Cds {
    text.parse().unwrap()
}

const fn known(tenths: i16, year: u16) -> Figure {
    Figure::Known { tenths, year: SchoolYear(year), care: Care::Plain }
}

#[tokio::test]
async fn a_card_shows_the_newest_published_values() {
    let (world, catalogue, details) = loaded().await;
    let roosevelt = catalogue.school(cds("19647331937424")).unwrap();
    assert_eq!(roosevelt.figure(Fact::Graduation), known(938, 2025));
    assert_eq!(roosevelt.figure(Fact::AgReady), known(673, 2025));
    assert_eq!(roosevelt.figure(Fact::CollegeGoing), known(576, 2023), "the state's newest is older");
    assert_eq!(roosevelt.figure(Fact::Math), known(-750, 2025));
    assert_eq!((roosevelt.gopass, roosevelt.setting), (Some(true), Setting::Classroom));
    assert_eq!((roosevelt.place.as_str(), roosevelt.students), ("Boyle Heights", Some(1703)));
    let rail = roosevelt.rail.as_ref().unwrap();
    assert_eq!((rail.station.as_str(), rail.lines.as_str()), ("Soto", "E"));
    assert!(rail.hundredths <= 60);

    let detail = details.school(roosevelt.cds).unwrap();
    assert_eq!(detail.address, "2530 East 4th St., Los Angeles");
    assert_eq!(detail.phone, "323-780-6500");
    let graduation = &detail.years[0];
    let years: Vec<_> = graduation.points.iter().map(|(year, figure, _)| (year.0, figure.tenths())).collect();
    assert_eq!(years, [(2023, Some(892)), (2024, Some(959)), (2025, Some(938))]);
    assert_eq!(detail.classes[0].subject, Subject::English);
    assert_eq!(detail.classes.len(), 4);
    assert!(detail.counselor.is_some() && detail.teachers.is_some());
    assert!(detail.groups.iter().any(|(group, share)| *group == Group::Hispanic && *share > 900));
    assert_eq!(detail.pathways, [("Medical and Health Sciences pathway".to_owned(), 2019)]);
    world.end().await;
}

#[tokio::test]
async fn a_school_that_did_not_report_its_courses_is_not_shown_as_almost_zero() {
    let (world, catalogue, details) = loaded().await;
    let vista = cds("19647741935428");
    assert_eq!(catalogue.school(vista).unwrap().figure(Fact::AgReady), Figure::NotReported);
    let series =
        details.school(vista).unwrap().years.iter().find(|series| series.fact == Fact::AgReady).unwrap();
    assert!(series.points.iter().all(|(_, figure, _)| *figure == Figure::NotReported));
    world.end().await;
}

#[tokio::test]
async fn a_doubt_survives_a_new_reading_of_the_figures() {
    let (world, ..) = loaded().await;
    world.import(&[&fixture_path("outcomes_long.csv")]).await.unwrap();
    let (catalogue, _) = explorer::load_catalogue(&world.database).await.unwrap();
    assert_eq!(catalogue.school(cds("19647741935428")).unwrap().figure(Fact::AgReady), Figure::NotReported);
    world.end().await;
}

/// Rows of A-G of Downtown Magnets, and its figure after they and a review were read.
async fn ag_ready(rows: &[&str], flags: &[&str]) -> (Figure, Vec<Figure>) {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv")]).await.unwrap();
    let header = fixture("outcomes_long.csv").lines().next().unwrap().to_owned();
    let line = |row: &&str| format!("{DOWNTOWN},{row}\n");
    let rows: String = rows.iter().map(line).collect();
    world.import_text(format!("{header}\n{rows}")).await.unwrap();
    let header = fixture("flags.csv").lines().next().unwrap().to_owned();
    if !flags.is_empty() {
        let flags: Vec<_> = flags.iter().map(|flag| format!("{DOWNTOWN},,{flag}")).collect();
        world.import_text(format!("{header}\n{}\n", flags.join("\n"))).await.unwrap();
    }
    let (catalogue, details) = explorer::load_catalogue(&world.database).await.unwrap();
    let downtown = cds(DOWNTOWN);
    let years = details.school(downtown).unwrap().years.iter().find(|series| series.fact == Fact::AgReady);
    let years = years.unwrap().points.iter().map(|(_, figure, _)| *figure).collect();
    let shown = catalogue.school(downtown).unwrap().figure(Fact::AgReady);
    world.end().await;
    (shown, years)
}

const DOWNTOWN: &str = "19647331932888";

#[tokio::test]
async fn a_share_of_nobody_is_not_published() {
    let nobody = "2024-25,a_g_completion_rate,0,0,0,reliable,cde_acgr_2024_25";
    assert_eq!(ag_ready(&[nobody], &[]).await, (Figure::NotPublished, vec![Figure::NotPublished]));
    let before = "2023-24,a_g_completion_rate,40,20,50,reliable,cde_acgr_2023_24";
    let (shown, years) = ag_ready(&[before, nobody], &[]).await;
    assert_eq!((shown, years.as_slice()), (known(400, 2024), &[known(400, 2024), Figure::NotPublished][..]));
    let someone = "2024-25,a_g_completion_rate,0,0,50,reliable,cde_acgr_2024_25";
    assert_eq!(ag_ready(&[someone], &[]).await.0, known(0, 2025), "a published 0 is a 0");
}

#[tokio::test]
async fn a_zero_after_a_year_that_was_not_reported_is_doubted_too() {
    let year = |year: u16, met: u16| {
        let long = format!("{}-{}", year - 1, year % 100);
        format!(
            "{long},a_g_completion_rate,{},{met},50,reliable,cde_acgr_{}",
            met * 2,
            long.replace('-', "_")
        )
    };
    let (fine, bad, zero, low) = (year(2023, 40), year(2024, 0), year(2025, 0), year(2025, 1));
    let collapse = "2024,50,96.0,0,0.0,ONE_YEAR_COLLAPSE,near-certain error,SUPPRESS_RATE,LOW,21,,1,crater";
    let tiny = "2025,50,96.0,0,0.0,TINY_DENOMINATOR,reliability,FLOOR,,,0,1,only 0 eligible";
    let none = Figure::NotReported;
    let (_, years) = ag_ready(&[&fine, &bad, &zero], &[collapse, tiny]).await;
    assert_eq!(years, [known(800, 2023), none, none]);
    let (_, years) = ag_ready(&[&fine, &bad, &low], &[collapse, tiny]).await;
    assert_eq!(years, [known(800, 2023), none, known(20, 2025)], "it reported again");
    let dropped = collapse.replace("ONE_YEAR_COLLAPSE", "MODERATE_DROP").replace("SUPPRESS_RATE", "REVIEW");
    let (shown, _) = ag_ready(&[&fine, &bad, &zero], &[&dropped, tiny]).await;
    assert_eq!(shown, known(0, 2025), "a year that may be true says nothing of the next");
}

#[tokio::test]
async fn a_share_of_which_the_whole_is_shown_is_rounded_once() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv")]).await.unwrap();
    let header = fixture("grade11.csv").lines().next().unwrap().to_owned();
    let rows = "19647331932888,2025,61.47,61.5,2500,2500,100,100\n";
    assert_eq!(header, "cds14,year,ela_pct_met,math_pct_met,ela_mean,math_mean,ela_n,math_n");
    world.import_text(format!("{header}\n{rows}")).await.unwrap();
    let (_, details) = explorer::load_catalogue(&world.database).await.unwrap();
    let met = details.school(cds(DOWNTOWN)).unwrap().met.iter().map(|met| (met.tenths + 5) / 10);
    assert_eq!(met.collect::<Vec<_>>(), [61, 62]);
    world.end().await;
}

#[tokio::test]
async fn hidden_blank_and_small_are_told_apart() {
    let (world, catalogue, details) = loaded().await;
    let nidorf = cds("19101990121822");
    let school = catalogue.school(nidorf).unwrap();
    let small = Figure::Known { tenths: 0, year: SchoolYear(2025), care: Care::Few };
    assert_eq!(school.figure(Fact::AgReady), small, "a published 0 on 13 students is a 0");
    let english =
        details.school(nidorf).unwrap().years.iter().find(|series| series.fact == Fact::English).unwrap();
    let year = english.points.iter().find(|(year, ..)| year.0 == 2024).unwrap();
    assert_eq!(
        (year.1, year.2),
        (Figure::Suppressed, Some(5)),
        "a hidden year stays in the line, without a value"
    );

    let header = fixture("outcomes_long.csv").lines().next().unwrap().to_owned();
    let rows = "19647331932888,2025-26,suspension_rate,,,,not-available,cde_suspension_2025_26\n\
                19645841996305,2025-26,four_year_dropout_rate,,,8,suppressed,cde_acgr_2025_26\n";
    world.import_text(format!("{header}\n{rows}")).await.unwrap();
    let (catalogue, _) = explorer::load_catalogue(&world.database).await.unwrap();
    let downtown = catalogue.school(cds("19647331932888")).unwrap();
    assert_eq!(
        downtown.figure(Fact::Suspension).year(),
        Some(SchoolYear(2025)),
        "the newest that was published"
    );
    assert_eq!(
        world
            .number("select count(*) from fact where tenths = 0 and status not in ('reliable', 'small')")
            .await,
        0
    );
    world.end().await;
}

#[tokio::test]
async fn a_school_of_which_only_hidden_values_exist_says_so() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv")]).await.unwrap();
    let header = fixture("outcomes_long.csv").lines().next().unwrap().to_owned();
    let row = "19647331932888,2024-25,suspension_rate,,,5,suppressed,cde_suspension_2024_25\n";
    world.import_text(format!("{header}\n{row}")).await.unwrap();
    let (catalogue, _) = explorer::load_catalogue(&world.database).await.unwrap();
    let downtown = catalogue.school(cds("19647331932888")).unwrap();
    assert_eq!(downtown.figure(Fact::Suspension), Figure::Suppressed);
    assert_eq!(downtown.figure(Fact::Graduation), Figure::NotPublished);
    world.end().await;
}

#[tokio::test]
async fn impossible_ratios_are_not_shown() {
    let (world, ..) = loaded().await;
    let header = fixture("staffing.csv").lines().next().unwrap().to_owned();
    let rows = "19647331937424,2025-26,pupils_per_academic_counselor,all_students,0,,,cde_sarc_counselor_ratio_2025_26\n\
                19647331937424,2025-26,average_class_size,subject_science,115,,,cde_sarc_secondary_class_size_2025_26\n";
    world.import_text(format!("{header}\n{rows}")).await.unwrap();
    let (_, details) = explorer::load_catalogue(&world.database).await.unwrap();
    let detail = details.school(cds("19647331937424")).unwrap();
    assert_eq!(detail.counselor, None);
    assert!(detail.classes.iter().all(|class| class.subject != Subject::Science));
    world.end().await;
}

#[tokio::test]
async fn references_are_official_and_sources_say_what_they_cover() {
    let (world, catalogue, details) = loaded().await;
    let county = |fact| {
        details
            .references
            .iter()
            .find(|line| line.level == Level::County && line.fact == fact && line.year.0 == 2025)
    };
    assert_eq!(county(Fact::Graduation).unwrap().tenths, 876);
    assert!(county(Fact::CollegeCareer).is_none(), "computed by someone else from districts");
    let source = details.sources.iter().find(|source| source.id == "cde_acgr_2024_25").unwrap();
    assert_eq!(source.title, "CDE Adjusted Cohort Graduation Rate and Outcome Data, 2024-25");
    assert_eq!(source.covers.len(), 3);
    assert_eq!(catalogue.year, 2026);
    world.end().await;
}

#[tokio::test]
async fn a_person_can_start_from_a_zip_a_place_or_a_middle_school() {
    let (world, catalogue, _) = loaded().await;
    let find = |key: &str| catalogue.starts.iter().find(|start| start.key == key);
    assert_eq!(
        find("90033").map(|start| (start.kind, start.place.as_str())),
        Some((StartKind::Zip, "Boyle Heights"))
    );
    let place = find("boyle-heights").unwrap();
    assert_eq!((place.kind, place.name.as_str()), (StartKind::Place, "Boyle Heights"));
    assert!((place.point.lat - 34.045).abs() < 0.02, "the mean of its schools");
    assert_eq!(find("19647336058051").unwrap().name, "Hollenbeck Middle");
    assert!(find("19645841996305").is_none(), "no one starts from an office outside the county");
    world.end().await;
}

#[tokio::test]
async fn a_check_counts_what_is_there_and_finds_no_fault() {
    let (world, ..) = loaded().await;
    let findings = check::run(&world.database).await.unwrap();
    assert_eq!(findings.problems, Vec::<String>::new());
    assert!(findings.to_string().contains("8 schools in the explorer"), "{findings}");
    world.end().await;
}
