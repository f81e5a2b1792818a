//! What is published beyond the card is told with care: suppressed is never 0, and a match is believed when it agrees.

use super::world::{World, fixture, fixture_path};
use backend::explorer;
use domain::explorer::catalogue::{Catalogue, Details};
use domain::explorer::detail::{Applications, Color, Group, Indicator, Subject};
use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
use domain::explorer::school::Cds;

const ROOSEVELT: &str = "19647331937424";

fn cds(text: &str) -> Cds {
    text.parse().unwrap()
}

async fn shown(world: &World) -> (Catalogue, Details) {
    explorer::load_catalogue(&world.database).await.unwrap()
}

const UC: &str = "cds_match_method,campus,cds14,school_name,city,applicants,admits,admit_rate\n";

/// Roosevelt's page after a list of the university was read.
async fn applications(rows: &str) -> (String, Option<Applications>) {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv")]).await.unwrap();
    let file = world.file("uc_2023_2025.csv", format!("{UC}{rows}"));
    let report = world.import(&[&file]).await.unwrap().remove(0).to_string();
    let (_, details) = shown(&world).await;
    world.end().await;
    (report, details.school(cds(ROOSEVELT)).unwrap().applications)
}

#[tokio::test]
async fn a_school_page_tells_applications_tests_groups_and_colors() {
    let world = World::new().await;
    world.import_all().await;
    let (_, details) = shown(&world).await;
    let roosevelt = details.school(cds(ROOSEVELT)).unwrap();
    let applications = roosevelt.applications.unwrap();
    assert_eq!(
        (applications.accepted, applications.of_100(), applications.year),
        (701, 41, SchoolYear(2025))
    );
    assert!(applications.sent.abs_diff(1_718) <= 5, "told from rates: {}", applications.sent);
    let met: Vec<_> = roosevelt.met.iter().map(|met| (met.subject, met.year)).collect();
    assert_eq!(met, [(Subject::English, SchoolYear(2025)), (Subject::Math, SchoolYear(2025))]);
    let groups: Vec<_> = roosevelt.of_groups.iter().map(|of| (of.fact, of.group)).collect();
    assert_eq!(
        groups,
        [
            (Fact::Graduation, Group::EnglishLearner),
            (Fact::Graduation, Group::Disability),
            (Fact::AgReady, Group::EnglishLearner),
            (Fact::AgReady, Group::Disability),
        ],
        "no race, ever"
    );
    assert_eq!(details.dashboard, 2025);
    assert!(roosevelt.colors.iter().any(|(indicator, _)| *indicator == Indicator::Graduation));
    assert_eq!(roosevelt.upper, None, "all its students are in grades 9 to 12");
    let laces = details.school(cds("19647331932847")).unwrap();
    assert!(laces.upper.is_some_and(|(students, year)| students > 500 && year == SchoolYear(2026)));
    let titles: Vec<_> = details.sources.iter().map(|source| source.id.as_str()).collect();
    for id in ["uc_source_schools", "cde_caaspp_grade_11_2024_25", "cde_dashboard_colors_2024_25"] {
        assert!(titles.contains(&id), "{id} in {titles:?}");
    }
    world.end().await;
}

#[tokio::test]
async fn a_group_says_nothing_about_the_whole_school() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv"), &fixture_path("subgroups.csv")]).await.unwrap();
    let (catalogue, details) = shown(&world).await;
    assert_eq!(catalogue.school(cds(ROOSEVELT)).unwrap().figure(Fact::Graduation), Figure::NotPublished);
    assert!(details.school(cds(ROOSEVELT)).unwrap().years.is_empty());
    world.end().await;
}

#[tokio::test]
async fn a_share_of_applications_is_told_only_when_most_answers_are_published() {
    let row = |campus: &str, numbers: &str| {
        format!("gardiner_seed,{campus},{ROOSEVELT},THEODORE ROOSEVELT SENIOR HIGH,Los Angeles,{numbers}\n")
    };
    let whole = applications(&(row("Irvine", "100,40,40.0") + &row("Davis", "50,20,40.0"))).await.1;
    assert_eq!(whole, Some(Applications { sent: 150, accepted: 60, year: SchoolYear(2025) }));
    // 0 without a rate is a number that the university hides.
    let hidden = applications(&(row("Irvine", "100,40,40.0") + &row("Davis", "50,0,"))).await.1;
    assert_eq!(hidden, None);
    let not_enough = applications(&(row("Irvine", "100,40,40.0") + &row("Davis", "4,0,"))).await.1;
    assert_eq!(not_enough, None, "the hidden ones are mostly of who was not accepted");
    let mostly = applications(&(row("Irvine", "100,40,40.0") + &row("Davis", "3,0,"))).await.1;
    assert_eq!(mostly, Some(Applications { sent: 100, accepted: 40, year: SchoolYear(2025) }));
    assert_eq!(applications(&row("Irvine", "20,10,50.0")).await.1, None, "too few to tell a share");
}

#[tokio::test]
async fn a_match_is_believed_when_name_and_place_agree() {
    let row = |method: &str, name: &str, city: &str| {
        format!("{method},Irvine,{ROOSEVELT},{name},{city},100,40,40.0\n")
    };
    for (method, name, city, taken) in [
        ("gardiner_seed", "THEODORE ROOSEVELT SENIOR HIGH", "Los Angeles", true),
        ("fuzzy_name_county", "T ROOSEVELT HIGH SCHOOL", "Los Angeles", false),
        ("fuzzy_name_county", "ROOSEVELT HIGH SCHOOL", "Los Angeles", true),
        ("fuzzy2_token", "FRANKLIN HIGH SCHOOL", "Los Angeles", false),
        ("hand_verified", "FRANKLIN HIGH SCHOOL", "Los Angeles", true),
        ("hand_verified", "ROOSEVELT HIGH SCHOOL", "San Francisco", false),
    ] {
        let (report, applications) = applications(&row(method, name, city)).await;
        assert_eq!(applications.is_some(), taken, "{method} {name} {city}: {report}");
        assert_eq!(report.contains("left out: figures matched to a school"), !taken, "{report}");
    }
}

#[tokio::test]
async fn bad_rows_are_refused_with_line_column_value_and_reason() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv")]).await.unwrap();
    for (name, good, from, to, column, reason) in [
        ("subgroups.csv", "subgroups.csv", "english_learners", "martians", "subgroup", "not a group"),
        ("grade11.csv", "grade11.csv", ",2023,", ",23,", "year", "four digits"),
        ("colors_2025.csv", "colors_2025.csv", ",3,", ",7,", "gr", "1 (red) to 5"),
        ("upper.csv", "upper.csv", "2022-2023", "2022-2024", "cupc_year", "follow each other"),
        ("uc_2025.csv", "uc_2023_2025.csv", "Berkeley", "Yale", "campus", "not an undergraduate campus"),
    ] {
        let text = fixture(good);
        assert!(text.contains(from), "{name}: {from}");
        let file = world.file(name, text.replacen(from, to, 1));
        let refused = world.import(&[&file]).await.unwrap_err().to_string();
        assert!(
            refused.contains(&format!("column {column:?}")) && refused.contains(reason),
            "{name}: {refused}"
        );
        assert!(refused.contains("nothing of it was kept"), "{refused}");
    }
    let nameless = world.import_text(fixture("colors_2025.csv")).await.unwrap_err().to_string();
    assert!(nameless.contains("does not say its school year"), "{nameless}");
    assert_eq!(world.number("select count(*) from fact").await, 0);
    world.end().await;
}

#[tokio::test]
async fn a_number_that_a_review_doubts_is_shown_with_a_caution() {
    let world = World::new().await;
    world.import_all().await;
    let flagged = fixture("flags.csv").replace(
        "19647331937424,THEODORE ROOSEVELT SENIOR HIGH,2025,420,93.8,265,0.631,NONE,,KEEP",
        "19647331937424,THEODORE ROOSEVELT SENIOR HIGH,2025,420,93.8,265,0.631,MODERATE_DROP,review,REVIEW",
    );
    world.import_text(flagged).await.unwrap();
    let (catalogue, details) = shown(&world).await;
    let doubted = Figure::Known { tenths: 673, year: SchoolYear(2025), care: Care::Doubted };
    assert_eq!(catalogue.school(cds(ROOSEVELT)).unwrap().figure(Fact::AgReady), doubted);
    let years = &details.school(cds(ROOSEVELT)).unwrap().years;
    let series = years.iter().find(|series| series.fact == Fact::AgReady).unwrap();
    assert_eq!(series.points.last().unwrap().1, doubted);
    world.end().await;
}

#[tokio::test]
async fn an_older_value_says_that_the_newest_year_is_hidden() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv")]).await.unwrap();
    let header = "CDSCode,SchoolYear,metric,value,numerator,denominator,reliability,source_dataset\n";
    let older = format!("{ROOSEVELT},2023-24,a_g_completion_rate,60,30,50,reliable,cde_acgr_2023_24\n");
    let newest = format!("{ROOSEVELT},2024-25,a_g_completion_rate,,,,suppressed,cde_acgr_2024_25\n");
    world.import_text(format!("{header}{older}{newest}")).await.unwrap();
    let (catalogue, _) = shown(&world).await;
    let hidden = Figure::Known { tenths: 600, year: SchoolYear(2024), care: Care::NewerHidden };
    assert_eq!(catalogue.school(cds(ROOSEVELT)).unwrap().figure(Fact::AgReady), hidden);
    world.end().await;
}

#[tokio::test]
async fn four_schools_that_ship_have_a_doubted_number() {
    let world = World::new().await;
    backend::catalogue::load(&world.database, &world.clock, "shipped", backend::catalogue::SHIPPED)
        .await
        .unwrap();
    let (catalogue, details) = shown(&world).await;
    let doubted = |fact: Fact| {
        let schools = catalogue
            .schools
            .iter()
            .filter(move |school| matches!(school.figure(fact), Figure::Known { care: Care::Doubted, .. }));
        schools.map(|school| school.name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(
        doubted(Fact::AgReady),
        ["Golden Valley High", "Castaic High", "Saugus High", "Valencia High"]
    );
    let told = details.schools.iter().filter(|detail| detail.applications.is_some()).count();
    assert!((150..165).contains(&told), "{told} schools with applications");
    let compton = details.school(cds("19734371996057")).unwrap();
    assert_eq!(compton.applications, None, "the university's row is a school in San Francisco");
    assert!(details.schools.iter().flat_map(|detail| &detail.colors).any(|(_, color)| *color == Color::Blue));
    world.end().await;
}
