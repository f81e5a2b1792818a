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
