//! A backup makes the database again, row by row, on either database and from one to the other; a damaged one makes
//! nothing.

use super::cast::wearing;
use super::world::World;
use backend::admin::audit::{self, Line, Verdict};
use backend::admin::backup::{self, Manifest};
use backend::admin::rights::deletion;
use backend::admin::schema::TABLES;
use backend::{Database, Fault, Millis};
use domain::admin::rights::COOLING_OFF;
use domain::people::Role;
use domain::policy::Actor;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Rows of nearly every table, figures with fractions, and an audit.
async fn filled() -> World {
    let world = World::new().await;
    world.import_all().await;
    let text = include_str!("backup/rows.sql");
    match &world.database {
        Database::Sqlite(pool) => drop(sqlx::raw_sql(text).execute(pool).await.unwrap()),
        Database::Postgres(pool) => drop(sqlx::raw_sql(text).execute(pool).await.unwrap()),
    }
    audited(&world.database, 30).await;
    world
}

async fn audited(database: &Database, lines: i64) {
    let lines: Vec<Line> = (0..lines)
        .map(|at| Line {
            at: Millis(at),
            actor: &Actor::Machine,
            action: "SignIn",
            subject: None,
            detail: "of a story",
        })
        .collect();
    let mut transaction = database.begin().await.unwrap();
    audit::add_all(&mut transaction.conn(), &lines).await.unwrap();
    transaction.commit().await.unwrap();
}

/// An empty SQLite database beside the story's own, with its tables.
async fn sqlite(world: &World, name: &str) -> Database {
    let path = world.file(name, "");
    let database = Database::open(&format!("sqlite:{}", path.display())).await.unwrap();
    database.migrate().await.unwrap();
    database
}

async fn saved(world: &World, database: &Database, name: &str) -> (PathBuf, Manifest) {
    let path = world.file(name, "");
    std::fs::remove_file(&path).unwrap();
    backup::write(database, &world.clock, &path).await.unwrap()
}

/// How many rows of all tables are in one SQLite database and not in the other. Knows nothing of backups.
async fn differences(one: &Database, other: &Path) -> i64 {
    let Database::Sqlite(pool) = one else { panic!("only SQLite attaches another database") };
    let mut conn = pool.acquire().await.unwrap();
    let attach = format!("attach database '{}' as other", other.display());
    sqlx::raw_sql(sqlx::AssertSqlSafe(attach)).execute(&mut *conn).await.unwrap();
    let mut found = 0;
    for table in TABLES {
        let name = table.name;
        for (left, right) in [("main", "other"), ("other", "main")] {
            let text = format!(
                "select count(*) from (select * from {left}.{name} except select * from {right}.{name})"
            );
            let count: i64 =
                sqlx::query_scalar(sqlx::AssertSqlSafe(text)).fetch_one(&mut *conn).await.unwrap();
            found += count;
        }
    }
    sqlx::raw_sql("detach database other").execute(&mut *conn).await.unwrap();
    found
}

async fn is_untouched(database: &Database) {
    for text in ["select count(*) from person", "select count(*) from school", "select count(*) from audit"] {
        let count: i64 = match database {
            Database::Sqlite(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
            Database::Postgres(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
        };
        assert_eq!(count, 0, "{text}");
    }
}

#[tokio::test]
async fn a_restored_database_equals_its_source_row_by_row() {
    let (world, twin) = (filled().await, World::new().await);
    let (first, manifest) = saved(&world, &world.database, "first.zip").await;
    assert!(manifest.rows() > 100, "{manifest:?}");
    assert_eq!(manifest.engine, world.database.engine());
    // From the story's database to SQLite, from there to a new one of the story's kind, and once more to SQLite.
    let one = sqlite(&world, "one.db").await;
    let restored = backup::restore(&one, &first).await.unwrap();
    assert_eq!(restored.manifest, manifest);
    assert!(matches!(restored.audit, Verdict::Whole { lines: 30, .. }), "{}", restored.audit);
    let (second, again) = saved(&world, &one, "second.zip").await;
    assert_eq!(again.tables, manifest.tables, "the same rows give the same hashes on both databases");
    backup::restore(&twin.database, &second).await.unwrap();
    let (third, once_more) = saved(&world, &twin.database, "third.zip").await;
    assert_eq!(once_more.tables, manifest.tables);
    let other = sqlite(&world, "other.db").await;
    backup::restore(&other, &third).await.unwrap();
    assert_eq!(differences(&one, &third.with_file_name("other.db")).await, 0);
    if matches!(world.database, Database::Sqlite(_)) {
        assert_eq!(differences(&world.database, &third.with_file_name("one.db")).await, 0);
    }
    // What refers to a row of its own table does so again.
    assert_eq!(twin.number("select count(*) from organisation where parent_id is not null").await, 2);
    // Writing goes on where it was left.
    audited(&twin.database, 3).await;
    let verdict = audit::verify(&twin.database, Some(&manifest.audit.parse().unwrap())).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { lines: 33, .. }), "{verdict}");
    one.close().await;
    other.close().await;
    world.end().await;
    twin.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_while_others_write_is_of_one_moment() {
    let world = filled().await;
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let (database, stop) = (world.database.clone(), Arc::clone(&stop));
            tokio::spawn(async move {
                let mut turns = 0;
                while !stop.load(Ordering::SeqCst) {
                    // Each transaction writes as many lines as before, so one half of it would show.
                    audited(&database, 3).await;
                    turns += 1;
                }
                turns
            })
        })
        .collect();
    let mut seen = Vec::new();
    for turn in 0..5 {
        let (path, manifest) = saved(&world, &world.database, &format!("{turn}.zip")).await;
        let restored = backup::prove(&path).await.unwrap();
        let Verdict::Whole { lines, .. } = restored.audit else { panic!("{}", restored.audit) };
        assert_eq!(lines % 3, 0, "no half of a transaction");
        let rows = manifest.tables.iter().find(|table| table.name == "audit").unwrap().rows;
        assert_eq!(rows, lines);
        seen.push(lines);
    }
    stop.store(true, Ordering::SeqCst);
    for writer in writers {
        assert!(writer.await.unwrap() > 0, "nobody waited for the backup");
    }
    assert!(seen.is_sorted() && seen[0] < seen[4], "{seen:?}");
    world.end().await;
}

#[tokio::test]
async fn a_damaged_file_is_refused_and_nothing_is_written() {
    let (world, mut twin) = (filled().await, World::new().await);
    let (path, manifest) = saved(&world, &world.database, "whole.zip").await;
    let bytes = std::fs::read(&path).unwrap();
    let mut refused = 0;
    // One byte in many places, a file cut short, and a file that is something else.
    let mut damaged: Vec<Vec<u8>> = (0..40)
        .map(|part| {
            let mut copy = bytes.clone();
            let at = copy.len() * part / 40 + 17;
            copy[at] ^= 0x55;
            copy
        })
        .collect();
    damaged.extend([bytes[..bytes.len() / 2].to_vec(), bytes[..bytes.len() - 1].to_vec(), Vec::new()]);
    damaged.push(b"PK is what a zip file begins with".to_vec());
    for copy in damaged {
        let path = world.file("damaged.zip", copy);
        match backup::restore(&twin.database, &path).await {
            Err(Fault::Backup { .. }) => {
                refused += 1;
                is_untouched(&twin.database).await;
            }
            Err(other) => panic!("{other}"),
            // A bit that nothing hangs on, such as the time of a member: then every row came.
            Ok(_) => {
                let (copy, again) = saved(&world, &twin.database, "again.zip").await;
                assert_eq!(again.tables, manifest.tables);
                std::fs::remove_file(copy).unwrap();
                std::mem::replace(&mut twin, World::new().await).end().await;
            }
        }
    }
    assert!(refused >= 30, "{refused} of 44");
    world.end().await;
    twin.end().await;
}

/// Writes a backup again with other texts.
fn rewritten(world: &World, path: &Path, change: impl Fn(&str, String) -> String) -> PathBuf {
    let mut from = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut member = from.by_index(at).unwrap();
        let (name, mut text) = (member.name().to_owned(), String::new());
        member.read_to_string(&mut text).unwrap();
        to.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(change(&name, text).as_bytes()).unwrap();
    }
    world.file("rewritten.zip", to.finish().unwrap().into_inner())
}

#[tokio::test]
async fn a_file_that_was_tampered_with_is_refused() {
    let (world, twin) = (filled().await, World::new().await);
    let (path, manifest) = saved(&world, &world.database, "whole.zip").await;
    let edition = Database::edition();
    let changes: [(&str, &str, String, &str); 5] = [
        ("person.jsonl", "Ana", "Eva".to_owned(), "person.jsonl is damaged"),
        ("manifest.json", &edition, "another".to_owned(), "other tables"),
        ("manifest.json", "\"format\": 1", "\"format\": 2".to_owned(), "other tables"),
        (
            "manifest.json",
            "\"name\": \"person\"",
            "\"name\": \"nobody\"".to_owned(),
            "does not name the tables",
        ),
        ("manifest.json", "{", "[".to_owned(), "the manifest cannot be read"),
    ];
    for (name, from, to, why) in &changes {
        let path = rewritten(&world, &path, |member, text| {
            assert!(member != *name || text.contains(from), "{from}");
            if member == *name { text.replace(from, to) } else { text }
        });
        let told = backup::restore(&twin.database, &path).await.unwrap_err().to_string();
        assert!(told.contains(why) && told.contains("nothing was written"), "{told}");
        is_untouched(&twin.database).await;
    }
    // The same rows under another hash of the audit: the rows are restored as they are, and it is said.
    let mark = format!("30:{}", "0".repeat(64));
    let path = rewritten(&world, &path, |_, text| text.replace(&manifest.audit, &mark));
    let restored = backup::restore(&twin.database, &path).await.unwrap();
    assert!(matches!(restored.audit, Verdict::Broken { seq: 30, .. }), "{}", restored.audit);
    world.end().await;
    twin.end().await;
}

#[tokio::test]
async fn only_an_empty_database_is_restored_into_and_no_file_is_overwritten() {
    let world = filled().await;
    let (path, manifest) = saved(&world, &world.database, "whole.zip").await;
    let told = backup::restore(&world.database, &path).await.unwrap_err().to_string();
    assert!(told.contains("not empty") && told.contains("nothing was written"), "{told}");
    let told = backup::write(&world.database, &world.clock, &path).await.unwrap_err().to_string();
    assert!(told.contains("whole.zip"), "{told}");
    assert_eq!(backup::prove(&path).await.unwrap().manifest, manifest, "the file is as it was");
    // In a folder the name tells the time; nothing else is left there.
    let folder = path.with_file_name("backups");
    std::fs::create_dir(&folder).unwrap();
    let (path, _) = backup::write(&world.database, &world.clock, &folder).await.unwrap();
    assert_eq!(path.file_name().unwrap(), "pathways-20260528T202640Z.zip");
    backup::prove(&path).await.unwrap();
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    world.end().await;
}

#[tokio::test]
async fn who_asked_to_be_deleted_does_not_come_back_with_a_backup() {
    let (world, twin) = (World::new().await, World::new().await);
    let ben = world.somebody("Ben Bright", Role::Mentor, None).await;
    let actor = wearing(ben, Role::Mentor, None);
    deletion::ask(&world.database, &world.clock, &actor, ben).await.unwrap();
    let (backup, _) = saved(&world, &world.database, "waits.zip").await;
    world.clock.advance(COOLING_OFF);
    assert_eq!(deletion::delete_due(&world.database, &world.clock).await.unwrap(), 1);
    backup::restore(&twin.database, &backup).await.unwrap();
    assert_eq!(twin.number("select count(*) from person where family_name = 'Bright'").await, 1);
    assert_eq!(deletion::delete_due(&twin.database, &world.clock).await.unwrap(), 1);
    assert_eq!(twin.number("select count(*) from person where family_name = 'Bright'").await, 0);
    twin.end().await;
    world.end().await;
}
