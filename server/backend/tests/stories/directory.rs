//! A directory opens, changes, closes and reopens schools, and never deletes one.

use super::world::{World, fixture, fixture_path};
use backend::explorer;
use backend::import::{Change, Options};

const BRAVO: &str = "19647331995448";

fn without(text: &str, cds: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with(cds)).collect()
}

#[tokio::test]
async fn reading_everything_twice_changes_nothing() {
    let world = World::new().await;
    let first = world.import_all().await;
    assert!(first.iter().any(|report| report.new > 0));
    let version = explorer::catalogue_version(&world.database).await.unwrap();
    for report in world.import_all().await {
        assert!(report.is_unchanged(), "{report}{}", report.listed());
    }
    assert_eq!(explorer::catalogue_version(&world.database).await.unwrap(), version, "nothing to reload");
    world.end().await;
}

#[tokio::test]
async fn a_dry_run_tells_the_differences_and_writes_nothing() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv")]).await.unwrap();
    let before = (world.rows().await, explorer::catalogue_version(&world.database).await.unwrap());
    let text =
        without(&fixture("directory.csv"), BRAVO).replace("Downtown Business High", "Downtown Magnets High");
    let path = world.file("next.csv", text.replace(",791,", ",801,"));
    let options = Options { dry_run: true, ..Options::default() };
    let reports = world.import_with(&[&path, &fixture_path("outcomes_long.csv")], options).await.unwrap();
    let said = reports[0].listed();
    let wanted = "changed school 19647331932888 Downtown Business High: name Downtown Business High → Downtown Magnets High, students 791 → 801";
    assert!(said.contains(wanted), "{said}");
    assert!(said.contains("closed school 19647331995448 Francisco Bravo Medical Magnet High"), "{said}");
    assert_eq!((reports[0].changed, reports[0].closed, reports[1].new), (1, 1, 200));
    assert_eq!((world.rows().await, explorer::catalogue_version(&world.database).await.unwrap()), before);
    assert_eq!(world.number("select count(*) from school where closed_at is not null").await, 0);
    world.end().await;
}

#[tokio::test]
async fn a_school_that_disappears_is_closed_and_comes_back_with_its_figures() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv"), &fixture_path("outcomes_long.csv")]).await.unwrap();
    let facts = world.number("select count(*) from fact").await;
    world.clock.advance(86_400_000);
    let report = world.import_text(without(&fixture("directory.csv"), BRAVO)).await.unwrap();
    assert_eq!((report.closed, report.unchanged), (1, 7));
    assert_eq!(
        world.number("select closed_at from school where cds = '19647331995448'").await,
        1_780_086_400_000
    );
    assert_eq!(world.number("select count(*) from fact").await, facts, "its figures stay");
    let (catalogue, _) = explorer::load_catalogue(&world.database).await.unwrap();
    assert!(catalogue.school(BRAVO.parse().unwrap()).is_none(), "and are not shown");

    let again = world.import_text(without(&fixture("directory.csv"), BRAVO)).await.unwrap();
    assert!(again.is_unchanged(), "it is closed once");

    let back = world.import_text(fixture("directory.csv")).await.unwrap();
    assert_eq!((back.reopened, back.new, back.changed), (1, 0, 0));
    assert_eq!(back.differences[0].change, Change::Reopened);
    assert_eq!(
        world.number("select first_seen_at from school where cds = '19647331995448'").await,
        1_780_000_000_000
    );
    let (catalogue, _) = explorer::load_catalogue(&world.database).await.unwrap();
    assert!(catalogue.school(BRAVO.parse().unwrap()).unwrap().figures[0].tenths().is_some());
    world.end().await;
}

#[tokio::test]
async fn a_directory_of_middle_schools_closes_no_high_school() {
    let world = World::new().await;
    let reports =
        world.import(&[&fixture_path("directory.csv"), &fixture_path("directory_middle.csv")]).await.unwrap();
    assert_eq!((reports[1].new, reports[1].unchanged, reports[1].closed), (2, 3, 0));
    let report = world.import(&[&fixture_path("directory.csv")]).await.unwrap().remove(0);
    assert!(report.is_unchanged(), "and the other way round: {report}");
    world.end().await;
}

#[tokio::test]
async fn a_directory_that_would_close_many_schools_is_taken_to_be_cut_short() {
    let world = World::new().await;
    let row = fixture("directory.csv").lines().nth(6).unwrap().to_owned();
    let header = fixture("directory.csv").lines().next().unwrap().to_owned();
    let school = |number: u32| row.replacen("19647331937424", &format!("1964733{number:07}"), 1) + "\n";
    let many: String = (0..60).map(school).collect();
    let few: String = (0..20).map(school).collect();
    world.import_text(format!("{header}\n{many}")).await.unwrap();
    let problems = world.refusal(format!("{header}\n{few}")).await;
    assert!(problems[0].reason.contains("would close 40"), "{}", problems[0]);
    assert!(problems[0].reason.contains("in one command (--directory ONE TWO THREE)"), "{}", problems[0]);
    let path = world.file("few.csv", format!("{header}\n{few}"));
    let options = Options { many_may_close: true, ..Options::default() };
    assert_eq!(world.import_with(&[&path], options).await.unwrap()[0].closed, 40);
    world.end().await;
}

#[tokio::test]
async fn files_given_together_are_one_directory() {
    let world = World::new().await;
    let text = fixture("directory.csv");
    let (header, rows) = text.split_once('\n').unwrap();
    let school = |number: u32, grades: &str| {
        let row = rows.lines().nth(5).unwrap().replacen("19647331937424", &format!("1964733{number:07}"), 1);
        format!("{}\n", row.replacen("9-12", grades, 1))
    };
    let many = |from: u32, grades: &str| (from..from + 30).map(|at| school(at, grades)).collect::<String>();
    let file = |name: &str, rows: String| world.file(name, format!("{header}\n{rows}"));
    let (high, middle) = (file("high.csv", many(0, "9-12")), file("middle.csv", many(100, "6-8")));
    let (upper, mixed) =
        (file("upper.csv", many(200, "10-12")), file("mixed.csv", many(0, "9-12") + &school(200, "10-12")));
    for report in world.import(&[&high, &middle, &upper]).await.unwrap() {
        assert_eq!((report.new, report.closed), (30, 0), "{report}");
    }
    assert!(world.import(&[&upper]).await.unwrap()[0].is_unchanged(), "it speaks of no 8th or 9th grade");
    // A file with a school of the upper grades alone seems to be of all grades, and lacks the middle schools.
    assert!(world.import(&[&mixed]).await.unwrap_err().to_string().contains("would close 30"));
    for report in world.import(&[&mixed, &middle]).await.unwrap() {
        assert!(report.is_unchanged(), "{report}");
    }
    let fewer = file("fewer.csv", many(0, "9-12").split_inclusive('\n').skip(1).collect());
    let reports = world.import(&[&fewer, &middle, &upper]).await.unwrap();
    assert_eq!(reports.iter().map(|report| report.closed).sum::<u64>(), 1, "missing in all of them");
    let broken = file("broken.csv", many(100, "6-8") + &school(300, "8-6"));
    assert!(world.import(&[&high, &broken]).await.is_err());
    assert_eq!(
        world.number("select count(*) from school where closed_at is not null").await,
        1,
        "all or none"
    );
    world.end().await;
}

#[tokio::test]
async fn a_directory_of_an_earlier_year_is_taken_only_by_who_means_it() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv")]).await.unwrap();
    let old = world.file("old.csv", fixture("directory.csv").replace("Downtown Business", "Downtown Old"));
    let options =
        |may_be_older| Options { school_year: "2017-18".parse().ok(), may_be_older, ..Options::default() };
    let read =
        async |options| backend::import::files(&world.database, &world.clock, &[&old], options, |_| ()).await;
    let told = read(options(false)).await.unwrap_err().to_string();
    assert!(told.contains("is of 2017-18, and the schools that are loaded are of 2025-26"), "{told}");
    let told = read(Options { dry_run: true, ..options(false) }).await.unwrap_err().to_string();
    assert!(told.contains("--older-directory"), "{told}");
    assert_eq!(world.number("select count(*) from school where name like 'Downtown Old%'").await, 0);
    read(options(true)).await.unwrap();
    assert_eq!(world.number("select count(*) from school where name like 'Downtown Old%'").await, 1);
    world.end().await;
}

#[tokio::test]
async fn a_complete_list_takes_away_what_it_no_longer_has() {
    let world = World::new().await;
    world.import_all().await;
    let text = without(&fixture("gopass.csv"), BRAVO);
    assert_eq!(world.import_text(text).await.unwrap().removed, 1);
    let (catalogue, _) = explorer::load_catalogue(&world.database).await.unwrap();
    assert_eq!(catalogue.school(BRAVO.parse().unwrap()).unwrap().gopass, None, "not listed is not refused");
    world.end().await;
}

#[tokio::test]
async fn a_pass_of_another_school_at_the_same_address_is_not_taken() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv")]).await.unwrap();
    let listed = "CDSCode,School,GoPassListedName,Participating,Phone,MatchMethod\n\
        19647331995448,Francisco Bravo Medical Magnet High,Example Elementary (LAUSD),Y,,address+zip\n\
        19647331937424,Theodore Roosevelt Senior High,Theodore Roosevelt High School (LAUSD),Y,,address+zip\n";
    let report = world.import_text(listed).await.unwrap();
    assert_eq!(report.new, 1, "{report}");
    let counted = "1 left out: GoPass entries matched by address to a school of another name";
    assert!(report.to_string().contains(counted), "{report}");
    world.end().await;
}
