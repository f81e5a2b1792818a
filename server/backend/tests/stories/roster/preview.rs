//! What a preview tells, leaves alone, and leaves behind.

use super::*;
use backend::database::Conn;

#[tokio::test]
async fn a_preview_tells_the_same_and_writes_nothing() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    let asked = Asked { dry_run: true, ..ASKED };
    let preview = import_with(&world, &files.folder, asked).await.unwrap();
    assert_eq!(rows(&world).await, 0);
    assert_eq!(world.number("select count(*) from roster_run").await, 0);
    let report = import(&world, &files).await;
    assert_eq!(Part::ALL.map(|part| preview.of(part)), Part::ALL.map(|part| report.of(part)));
    assert_eq!(preview.differences, report.differences);

    files.change("users.csv", "Leo,Ibarra", "León,Ibarra");
    files.change("enrollments.csv", "e3,,", "e3,tobedeleted,");
    let preview = import_with(&world, &files.folder, asked).await.unwrap();
    let told: Vec<String> = preview.differences.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["~ user st2: givenName", "- enrollment e3"]);
    assert_eq!(preview.differences[0].change, Change::Changed(vec!["givenName"]));
    assert_eq!(world.number("select count(*) from person where given_name = 'Leo'").await, 1);
    world.end().await;
}

#[tokio::test]
async fn the_audit_keeps_who_looked_at_what_a_roster_would_change() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    let look = Asked { dry_run: true, ..ASKED };
    let line =
        "select coalesce(actor_id, '-') || ' ' || coalesce(role, '-') || ' ' || action || ': ' || detail
                from audit order by seq desc limit 1";
    let zipped = files.zipped();
    let preview = import_with(&world, &zipped, look).await.unwrap();
    let told = world.text(line).await;
    let mark = told.split_once("preview of file ").unwrap().1.split(',').next().unwrap().to_owned();
    assert!(mark.len() == 16 && mark.bytes().all(|byte| byte.is_ascii_hexdigit()), "{told}");
    let counts = "31 new, 0 changed, 0 ended, 2 same, 0 put aside";
    assert_eq!(preview.total().to_string(), counts);
    let whose = "a new source of a new district";
    assert_eq!(told, format!("- - ImportRoster: preview of file {mark}, {whose}: {counts}"));

    // The import of the same file is known again by its mark.
    import_with(&world, &zipped, ASKED).await.unwrap();
    assert!(world.text(line).await.ends_with(&format!(", file {mark}")));
    files.change("users.csv", "Leo,Ibarra", "León,Ibarra");
    let district = world.text("select id from organisation where kind = 'district'").await;
    let source = world.text("select id from roster_source").await;
    let person = world.text("select min(id) from person").await.parse().unwrap();
    let analyst = Actor::Person(Wearer {
        person,
        role: Some(Role::Analyst),
        at: Some(district.parse().unwrap()),
        strength: Strength::Two,
        band: None,
        allowed: false,
        cleared: false,
    });
    let preview =
        roster::import(&world.database, &world.clock, &analyst, &files.folder, &look).await.unwrap();
    let told = world.text(line).await;
    let counts = preview.total();
    assert_eq!((counts.added, counts.changed, counts.ended), (0, 1, 0));
    let ends = format!(", source {source} of district {district}: {counts}");
    assert!(told.starts_with(&format!("{person} analyst ImportRoster: preview of file ")), "{told}");
    assert!(told.ends_with(&ends) && !told.contains(&mark), "{told}");
    assert_eq!(world.number("select count(*) from audit where action = 'ImportRoster'").await, 3);
    world.end().await;
}

#[tokio::test]
async fn only_its_line_in_the_audit_makes_a_preview_wait_for_another_writer() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    import(&world, &files).await;
    files.change("users.csv", "Leo,Ibarra", "León,Ibarra");
    files.change("enrollments.csv", "e3,,", "e3,tobedeleted,");
    files.add("users.csv", "st9,,,true,s1,student,,,New,Child,,,,,,,,");
    // Another process writes from before the preview until after it: on SQLite it holds the one write lock.
    let other = world.another_process().await;
    let mut writing = other.begin().await.unwrap();
    let text = "update person set family_name = 'Elsewhere' where given_name = 'Rosa'";
    match writing.conn() {
        Conn::Sqlite(conn) => drop(sqlx::query(text).execute(conn).await.unwrap()),
        Conn::Postgres(conn) => drop(sqlx::query(text).execute(conn).await.unwrap()),
    }
    let before = rows(&world).await;
    let mut copies = world.database.rehearse(&["organisation"]).await.unwrap();
    let closed = "update organisation set closed_at = 1";
    match copies.conn() {
        Conn::Sqlite(conn) => drop(sqlx::query(closed).execute(conn).await.unwrap()),
        Conn::Postgres(conn) => drop(sqlx::query(closed).execute(conn).await.unwrap()),
    }
    drop(copies);
    let asked = Asked { dry_run: true, ..ASKED };
    let looking = import_with(&world, &files.folder, asked);
    let ending = async {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        assert_eq!(rows(&world).await, before);
        writing.commit().await.unwrap();
    };
    let (preview, ()) = tokio::join!(looking, ending);
    let preview = preview.unwrap();
    assert_eq!(preview.differences.len(), 4, "{:?}", preview.differences);
    assert_eq!(rows(&world).await, before);
    assert_eq!(world.number("select count(*) from organisation where closed_at is not null").await, 0);
    other.close().await;
    assert_eq!(world.number("select count(*) from person where family_name = 'Elsewhere'").await, 1);
    assert_eq!(world.number("select count(*) from audit where detail like 'preview of %'").await, 1);
    assert_eq!(world.number("select count(*) from roster_run").await, 1);
    let again = import_with(&world, &files.folder, asked).await.unwrap();
    assert_eq!(again.differences, preview.differences);
    world.end().await;
}
