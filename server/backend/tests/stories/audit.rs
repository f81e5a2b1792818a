//! The audit is a chain: what is changed, left out or put in is found, and writers that come together keep it whole.

use super::world::World;
use backend::admin::audit::{self, Line, Mark, Verdict, Why};
use backend::{Database, Millis};
use domain::people::{PersonId, Role};
use domain::policy::{Actor, Strength, Wearer};

const DAY: i64 = 86_400_000;

fn id(number: u8) -> PersonId {
    format!("0198a5c2-0000-7000-8000-0000000000{number:02x}").parse().unwrap()
}

fn teacher(number: u8) -> Actor {
    Actor::Person(Wearer {
        person: id(number),
        role: Some(Role::Teacher),
        at: None,
        strength: Strength::Two,
        proved: true,
        band: None,
        allowed: false,
        cleared: false,
    })
}

fn line<'a>(actor: &'a Actor, at: i64, action: &'a str) -> Line<'a> {
    Line { at: Millis(at), actor, action, subject: Some(id(9)), detail: "class 7" }
}

async fn add(database: &Database, lines: &[Line<'_>]) {
    let mut transaction = database.begin().await.unwrap();
    audit::add_all(&mut transaction.conn(), lines).await.unwrap();
    transaction.commit().await.unwrap();
}

async fn run(database: &Database, text: &'static str) {
    match database {
        Database::Sqlite(pool) => drop(sqlx::raw_sql(text).execute(pool).await.unwrap()),
        Database::Postgres(pool) => drop(sqlx::raw_sql(text).execute(pool).await.unwrap()),
    }
}

/// A chain of six lines.
async fn six() -> World {
    let world = World::new().await;
    let (one, two) = (teacher(1), Actor::Machine);
    add(
        &world.database,
        &[line(&one, 1, "SeeStudent"), line(&two, 2, "SignIn"), line(&one, 3, "SeeStudent")],
    )
    .await;
    for at in 4..=6 {
        add(&world.database, &[line(&one, at, "ResetCard")]).await;
    }
    world
}

#[tokio::test]
async fn a_chain_without_lines_and_one_with_lines_are_whole() {
    let world = World::new().await;
    let nothing = Mark { seq: 0, hash: String::new() };
    let verdict = audit::verify(&world.database, None).await.unwrap();
    assert_eq!(verdict, Verdict::Whole { lines: 0, newest: nothing.clone() });
    let one = teacher(1);
    // More than one page, and more than one statement.
    let lines: Vec<Line> = (0..2_345).map(|at| line(&one, at, "SeeStudent")).collect();
    add(&world.database, &lines).await;
    let verdict = audit::verify(&world.database, Some(&nothing)).await.unwrap();
    let Verdict::Whole { lines, newest } = verdict else { panic!("{verdict}") };
    assert_eq!((lines, newest.seq, newest.hash.len()), (2_345, 2_345, 64));
    assert_eq!(world.number("select cast(count(distinct hash) as bigint) from audit").await, 2_345);
    world.end().await;
}

#[tokio::test]
async fn whatever_is_done_to_a_line_is_found() {
    let cases: [(&str, i64, Why); 18] = [
        ("update audit set at = 99 where seq = 3", 3, Why::Changed),
        ("update audit set actor_id = 'x' where seq = 3", 3, Why::Changed),
        ("update audit set actor_id = null where seq = 3", 3, Why::Changed),
        ("update audit set actor_id = '' where seq = 2", 2, Why::Changed),
        ("update audit set role = 'staff' where seq = 3", 3, Why::Changed),
        ("update audit set action = 'SeePeople' where seq = 1", 1, Why::Changed),
        ("update audit set subject_id = null where seq = 3", 3, Why::Changed),
        ("update audit set detail = 'class 8' where seq = 6", 6, Why::Changed),
        ("update audit set previous_hash = 'x' where seq = 3", 3, Why::Unchained),
        ("update audit set hash = 'x' where seq = 3", 3, Why::Changed),
        ("update audit set action = subject_id, subject_id = action where seq = 4", 4, Why::Changed),
        ("delete from audit where seq = 3", 3, Why::Missing),
        ("delete from audit where seq = 1", 1, Why::Missing),
        ("delete from audit where seq = 6", 6, Why::Missing),
        (
            "update audit set seq = -1 where seq = 3; update audit set seq = 3 where seq = 4;
             update audit set seq = 4 where seq = -1",
            3,
            Why::Unchained,
        ),
        (
            "update audit set seq = seq + 100 where seq > 3; update audit set seq = seq - 99 where seq > 100;
             insert into audit (seq, at, action, detail, previous_hash, hash)
                select 4, at, action, detail, hash, hash from audit where seq = 3",
            4,
            Why::Changed,
        ),
        (
            "insert into audit (seq, at, action, detail, previous_hash, hash)
                select 7, at, action, detail, hash, hash from audit where seq = 6",
            7,
            Why::Extra,
        ),
        ("update audit_head set seq = 5 where id = 1", 6, Why::Extra),
    ];
    for (deed, seq, why) in cases {
        let world = six().await;
        run(&world.database, deed).await;
        assert_eq!(
            audit::verify(&world.database, None).await.unwrap(),
            Verdict::Broken { seq, why },
            "{deed}"
        );
        world.end().await;
    }
    let world = six().await;
    run(&world.database, "update audit_head set hash = 'x' where id = 1").await;
    let verdict = audit::verify(&world.database, None).await.unwrap();
    assert_eq!(verdict, Verdict::Broken { seq: 6, why: Why::Head });
    assert!(verdict.to_string().contains("line 6"), "{verdict}");
    world.end().await;
}

#[tokio::test]
async fn a_chain_that_was_written_anew_does_not_pass_through_the_mark() {
    let (world, other) = (six().await, World::new().await);
    let Verdict::Whole { newest, .. } = audit::verify(&world.database, None).await.unwrap() else { panic!() };
    let one = teacher(1);
    add(&world.database, &[line(&one, 7, "SeeStudent")]).await;
    assert!(matches!(
        audit::verify(&world.database, Some(&newest)).await.unwrap(),
        Verdict::Whole { lines: 7, .. }
    ));
    // Another story of as many lines, each of them well chained.
    for at in 1..=7 {
        add(&other.database, &[line(&one, at, "SeeStudent")]).await;
    }
    let anew = audit::verify(&other.database, Some(&newest)).await.unwrap();
    assert_eq!(anew, Verdict::Broken { seq: 6, why: Why::Mark });
    // And one that is shorter than it was.
    let far = Mark { seq: 8, ..newest };
    let short = audit::verify(&other.database, Some(&far)).await.unwrap();
    assert_eq!(short, Verdict::Broken { seq: 8, why: Why::Missing });
    world.end().await;
    other.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_that_come_together_keep_the_chain_whole() {
    let world = World::new().await;
    let writers: Vec<_> = (0..50_u8)
        .map(|number| {
            let database = world.database.clone();
            tokio::spawn(async move {
                let actor = teacher(number);
                let mut transaction = database.begin().await.unwrap();
                audit::add(&mut transaction.conn(), &line(&actor, 1, "SeeStudent")).await.unwrap();
                audit::add(&mut transaction.conn(), &line(&actor, 2, "ResetCard")).await.unwrap();
                // One in five thinks better of it.
                if number % 5 == 0 {
                    transaction.rollback().await.unwrap();
                } else {
                    transaction.commit().await.unwrap();
                }
            })
        })
        .collect();
    // Looking at it meanwhile always finds a whole chain.
    for _ in 0..10 {
        let verdict = audit::verify(&world.database, None).await.unwrap();
        assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict}");
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let verdict = audit::verify(&world.database, None).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { lines: 80, .. }), "{verdict}");
    world.end().await;
}

#[tokio::test]
async fn lines_whose_time_is_over_go_and_the_rest_is_whole() {
    let world = World::new().await;
    let one = teacher(1);
    let years = |years: i64| years * 366 * DAY;
    // The third is old, too, but stands after one that is not.
    add(
        &world.database,
        &[
            line(&one, 0, "SeeStudent"),
            line(&one, DAY, "SeeStudent"),
            line(&one, years(5), "SeeStudent"),
            line(&one, 2 * DAY, "SeeStudent"),
        ],
    )
    .await;
    let mut transaction = world.database.begin().await.unwrap();
    assert_eq!(audit::forget(&mut transaction.conn(), Millis(-1)).await.unwrap(), 0);
    assert_eq!(audit::forget(&mut transaction.conn(), Millis(years(1))).await.unwrap(), 2);
    assert_eq!(audit::forget(&mut transaction.conn(), Millis(years(1))).await.unwrap(), 0);
    transaction.commit().await.unwrap();
    let verdict = audit::verify(&world.database, None).await.unwrap();
    assert!(matches!(&verdict, Verdict::Whole { lines: 2, newest } if newest.seq == 4), "{verdict}");
    run(&world.database, "delete from audit where seq = 3").await;
    let verdict = audit::verify(&world.database, None).await.unwrap();
    assert_eq!(verdict, Verdict::Broken { seq: 3, why: Why::Missing });
    // All of them, and writing goes on.
    let mut transaction = world.database.begin().await.unwrap();
    assert_eq!(audit::forget(&mut transaction.conn(), Millis(years(13))).await.unwrap(), 1);
    transaction.commit().await.unwrap();
    add(&world.database, &[line(&one, years(20), "SeeStudent")]).await;
    let verdict = audit::verify(&world.database, None).await.unwrap();
    assert!(matches!(&verdict, Verdict::Whole { lines: 1, newest } if newest.seq == 5), "{verdict}");
    world.end().await;
}
