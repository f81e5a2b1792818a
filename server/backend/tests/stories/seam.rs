//! One query text, two databases: migrations, transactions and writers that come at the same time.

use super::world::{World, fixture_path};
use backend::catalogue::{self, SHIPPED};
use backend::import::{self, Options};
use backend::{Database, Fault, check, explorer};

#[tokio::test]
async fn migrations_can_be_applied_again_and_again() {
    let world = World::bare().await;
    let findings = check::run(&world.database).await.unwrap();
    assert!(findings.problems[0].contains("pathways migrate"), "{findings}");
    world.database.migrate().await.unwrap();
    world.database.migrate().await.unwrap();
    let findings = check::run(&world.database).await.unwrap();
    assert!(findings.problems[0].contains("no school is loaded"), "{findings}");
    world.end().await;
}

#[tokio::test]
async fn what_a_transaction_wrote_is_gone_when_it_is_taken_back() {
    let world = World::new().await;
    for commit in [false, true] {
        let mut transaction = world.database.begin().await.unwrap();
        insert_source(&mut transaction.conn()).await;
        if commit {
            transaction.commit().await.unwrap();
        } else {
            transaction.rollback().await.unwrap();
        }
        assert_eq!(world.number("select count(*) from source").await, i64::from(commit));
    }
    let mut dropped = world.database.begin().await.unwrap();
    delete_sources(&mut dropped.conn()).await;
    drop(dropped);
    assert_eq!(world.number("select count(*) from source").await, 1, "dropping takes back, too");
    world.end().await;
}

async fn insert_source(conn: &mut backend::database::Conn<'_>) {
    run(conn, "insert into source (id, title, publisher) values ('a', 'b', 'c')").await;
}

async fn delete_sources(conn: &mut backend::database::Conn<'_>) {
    run(conn, "delete from source").await;
}

async fn run(conn: &mut backend::database::Conn<'_>, text: &'static str) {
    use backend::database::Conn;
    match conn {
        Conn::Sqlite(conn) => drop(sqlx::query(text).execute(&mut **conn).await.unwrap()),
        Conn::Postgres(conn) => drop(sqlx::query(text).execute(&mut **conn).await.unwrap()),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readings_that_come_at_the_same_time_take_turns() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv"), &fixture_path("directory_middle.csv")]).await.unwrap();
    let names = [
        "outcomes_long.csv",
        "outcomes_wide.csv",
        "enrollment.csv",
        "staffing.csv",
        "outcomes_long.csv",
        "reference.csv",
    ];
    let readings: Vec<_> = names
        .iter()
        .map(|name| {
            let (database, clock, path) = (world.database.clone(), world.clock.clone(), fixture_path(name));
            let options = Options { school_year: Some("2025-26".parse().unwrap()), ..Options::default() };
            tokio::spawn(async move { import::files(&database, &clock, &[&path], options, |_| ()).await })
        })
        .collect();
    for reading in readings {
        reading.await.unwrap().unwrap();
    }
    let wide_first = world.import(&[&fixture_path("outcomes_long.csv")]).await.unwrap().remove(0);
    assert!(wide_first.is_unchanged(), "{wide_first}{}", wide_first.listed());
    assert_eq!(check::run(&world.database).await.unwrap().problems, Vec::<String>::new());
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_start_together_load_the_catalogue_once() {
    let world = World::new().await;
    let starting: Vec<_> = (0..3)
        .map(|_| {
            let (database, clock) = (world.database.clone(), world.clock.clone());
            tokio::spawn(async move {
                database.migrate().await?;
                catalogue::ensure(&database, &clock, "shipped", SHIPPED).await
            })
        })
        .collect();
    for started in starting {
        started.await.unwrap().unwrap();
    }
    assert_eq!(explorer::catalogue_version(&world.database).await.unwrap(), 1);
    world.end().await;
}

#[tokio::test]
async fn an_address_that_is_no_database_says_what_is() {
    let fault = Database::open("mysql://someone:secret@example.org/x").await.unwrap_err();
    assert!(matches!(fault, Fault::Address(_)));
    let away = Database::open("postgres://someone:secret@127.0.0.1:1/x").await.unwrap_err().to_string();
    assert!(away.contains("cannot be reached") && away.contains("--database-url"), "{away}");
    assert!(!away.contains("secret"), "{away}");
    assert!(fault.to_string().contains("sqlite:PATH") && !fault.to_string().contains("secret"), "{fault}");
}

#[tokio::test]
async fn looking_at_a_database_that_is_not_there_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new").join("pathways.db");
    let fault = Database::open_existing(&format!("sqlite:{}", file.display())).await.unwrap_err();
    assert!(matches!(fault, Fault::NoDatabase(_)), "{fault}");
    assert!(fault.to_string().contains("there is no database at"), "{fault}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "neither file nor folder");
}
