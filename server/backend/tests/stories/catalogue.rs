//! The file that ships holds everything the explorer shows, and goes through a database unchanged.

use super::world::{World, fixture_path};
use backend::catalogue::{self, Ensured, SHIPPED};
use backend::explorer;
use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
use domain::explorer::school::{Cds, WALK_MILES};

#[tokio::test]
async fn the_shipped_catalogue_goes_through_a_database_byte_for_byte() {
    let world = World::new().await;
    catalogue::load(&world.database, &world.clock, "shipped", SHIPPED).await.unwrap();
    let written = catalogue::write(&world.database).await.unwrap();
    same_lines(&written, SHIPPED);
    assert!(SHIPPED.len() < 3_000_000, "{} bytes", SHIPPED.len());
    world.end().await;
}

#[tokio::test]
async fn imported_files_and_the_catalogue_made_of_them_show_the_same() {
    let imported = World::new().await;
    imported.import_all().await;
    let text = catalogue::write(&imported.database).await.unwrap();
    let loaded = World::new().await;
    catalogue::load(&loaded.database, &loaded.clock, "made", &text).await.unwrap();
    same_lines(&catalogue::write(&loaded.database).await.unwrap(), &text);
    let (mut one, mut details) = explorer::load_catalogue(&imported.database).await.unwrap();
    let (other, more) = explorer::load_catalogue(&loaded.database).await.unwrap();
    one.starts.sort_by(|a, b| a.key.cmp(&b.key));
    details.sources.retain(|source| more.sources.contains(source));
    let mut starts = other.starts.clone();
    starts.sort_by(|a, b| a.key.cmp(&b.key));
    assert_eq!((one.schools, one.starts), (other.schools, starts));
    assert_eq!(details, more);
    imported.end().await;
    loaded.end().await;
}

#[tokio::test]
async fn the_shipped_catalogue_has_the_schools_of_the_county() {
    let world = World::new().await;
    catalogue::load(&world.database, &world.clock, "shipped", SHIPPED).await.unwrap();
    let (catalogue, details) = explorer::load_catalogue(&world.database).await.unwrap();
    assert_eq!(catalogue.schools.len(), 535);
    assert_eq!(catalogue.schools.iter().filter(|school| school.is_default()).count(), 367);
    assert_eq!(details.schools.len(), 535);
    let with = |fact, year| {
        catalogue.schools.iter().filter(|school| school.figure(fact).year() == Some(SchoolYear(year))).count()
    };
    // As counted in the notes on the sources, less the schools whose A-G value is a known error (10), comes right after
    // one (2), or is a share of nobody (2).
    let facts = [Fact::Graduation, Fact::AgReady, Fact::Absence, Fact::Suspension, Fact::English];
    assert_eq!(facts.map(|fact| with(fact, 2025)), [494, 494 - 14, 526, 531, 465]);
    assert_eq!(with(Fact::CollegeGoing, 2023), 477);

    let school = |cds: &str| catalogue.school(cds.parse().unwrap()).unwrap();
    let known = |tenths, year| Figure::Known { tenths, year: SchoolYear(year), care: Care::Plain };
    assert_eq!(school("19647331937424").figure(Fact::Graduation), known(938, 2025));
    assert_eq!(school("19647331937424").figure(Fact::AgReady), known(673, 2025));
    assert!(school("19647331932888").aliases.contains(&"Downtown Magnets".to_owned()));
    assert!(school("19647331932847").aliases.contains(&"LACES".to_owned()));
    assert!(school("19647331939479").aliases.contains(&"Westchester".to_owned()));
    let near = catalogue.schools.iter().filter_map(|school| school.rail.as_ref());
    assert!(near.clone().count() > 50);
    assert!(near.into_iter().all(|rail| f32::from(rail.hundredths) <= WALK_MILES * 100.0));
    world.end().await;
}

#[tokio::test]
async fn eleven_schools_did_not_report_their_courses() {
    let world = World::new().await;
    catalogue::load(&world.database, &world.clock, "shipped", SHIPPED).await.unwrap();
    let (catalogue, _) = explorer::load_catalogue(&world.database).await.unwrap();
    let silent: Vec<Cds> = catalogue
        .schools
        .iter()
        .filter(|school| school.figure(Fact::AgReady) == Figure::NotReported)
        .map(|school| school.cds)
        .collect();
    let wanted = [
        "19642791931765",
        "19642871936384",
        "19643371933332",
        "19644361931617",
        "19644511931625",
        "19645271932698",
        "19647331931336",
        "19647741935428",
        "19650601938083",
        "19650941938513",
        "19651361934421",
    ];
    assert_eq!(silent, wanted.map(|cds| cds.parse().unwrap()));
    world.end().await;
}

#[tokio::test]
async fn a_catalogue_is_loaded_once_and_does_not_overwrite_own_imports() {
    let world = World::new().await;
    let ensure = |text: String| {
        let world = &world;
        async move { catalogue::ensure(&world.database, &world.clock, "given", &text).await.unwrap() }
    };
    assert!(matches!(ensure(SHIPPED.to_owned()).await, Ensured::Loaded(_)));
    assert_eq!(ensure(SHIPPED.to_owned()).await, Ensured::Same);

    // A newer version ships another file: what it no longer has is closed or removed.
    let small = World::new().await;
    small.import_all().await;
    let newer = catalogue::write(&small.database).await.unwrap();
    small.end().await;
    world.clock.advance(1000);
    assert!(matches!(ensure(newer.clone()).await, Ensured::Loaded(_)));
    assert_eq!(explorer::load_catalogue(&world.database).await.unwrap().0.schools.len(), 8);
    same_lines(&catalogue::write(&world.database).await.unwrap(), &newer);

    world.clock.advance(1000);
    world.import_text("cds,alias,basis\n19647331995448,Bravo,Short form\n").await.unwrap();
    assert_eq!(ensure(SHIPPED.to_owned()).await, Ensured::OwnImports);
    world.end().await;
}

#[tokio::test]
async fn a_catalogue_that_is_cut_or_foreign_is_refused() {
    let world = World::new().await;
    let cut: String = SHIPPED.split_inclusive('\n').take(100).collect();
    let spoiled = SHIPPED.replacen("\"grade_low\":", "\"grade\":", 1);
    let newer = SHIPPED.replacen("\"version\":1", "\"version\":2", 1);
    for (text, reason) in [
        (cut, "cut short"),
        (spoiled, "not a line of a catalogue"),
        (newer, "reads pathways-catalogue 1"),
        (String::new(), "not a catalogue"),
        (std::fs::read_to_string(fixture_path("directory.csv")).unwrap(), "not a catalogue"),
    ] {
        let fault = catalogue::load(&world.database, &world.clock, "given", &text).await.unwrap_err();
        assert!(fault.to_string().contains(reason), "{fault}");
        assert_eq!(world.rows().await, 0);
    }
    world.end().await;
}

/// Byte for byte; a failure shows where the first differing line begins to differ, not two megabytes.
fn same_lines(one: &str, other: &str) {
    for (number, (one, other)) in one.lines().zip(other.lines()).enumerate() {
        let at = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
        let part = |line: &str| line.chars().skip(at.saturating_sub(40)).take(120).collect::<String>();
        assert!(one == other, "line {} differs:\n{}\n{}", number + 1, part(one), part(other));
    }
    assert!(one == other, "one is longer than the other");
}
