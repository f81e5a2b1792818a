//! Work that comes again, in one process or several, and what the operator sees of it.

use super::outbox;
use super::world::World;
use backend::admin::job::{CLAIM, Job, Turn};
use backend::admin::operations;
use backend::outbox::Notice;
use backend::{Fault, Stop};
use domain::outbox::Unsent;
use domain::people::{PersonId, Role};
use domain::policy::{Actor, Refusal, Strength, Wearer};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use uuid::Uuid;

const HOUR: i64 = 3_600_000;

/// A job of once an hour that counts how often it ran.
fn counting(runs: &Arc<AtomicUsize>) -> Job {
    let runs = Arc::clone(runs);
    Job::new("count", Duration::from_hours(1), move |_, _| {
        let runs = Arc::clone(&runs);
        async move {
            runs.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(50)).await;
            Ok(())
        }
    })
}

fn wearing(role: Role, strength: Strength) -> Actor {
    Actor::Person(Wearer {
        person: PersonId::new(Uuid::now_v7()),
        role: Some(role),
        at: None,
        strength,
        proved: true,
        band: None,
        allowed: true,
        cleared: true,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_processes_run_a_job_once() {
    let world = World::new().await;
    let runs = Arc::new(AtomicUsize::new(0));
    for round in 1..=3 {
        let mut processes = Vec::new();
        for _ in 0..4 {
            let (database, clock, job) =
                (world.another_process().await, world.clock.clone(), counting(&runs));
            processes.push(tokio::spawn(async move {
                let turn = job.turn(&database, &clock).await.unwrap();
                database.close().await;
                turn
            }));
        }
        let mut done = 0;
        for process in processes {
            done += usize::from(process.await.unwrap() == Turn::Done);
        }
        assert_eq!((done, runs.load(Ordering::SeqCst)), (1, round));
        world.clock.advance(HOUR - 1);
        let early = counting(&runs).turn(&world.database, &world.clock).await.unwrap();
        assert_eq!(early, Turn::NotMine, "not before its hour is over");
        world.clock.advance(1);
    }
    world.end().await;
}

#[tokio::test]
async fn a_job_that_fails_or_panics_is_noted_and_tried_again_soon() {
    let world = World::new().await;
    let failing = Job::new("fail", Duration::from_hours(24), |_, _| async {
        Err(Fault::Stored { what: "a role", value: "root".into() })
    });
    let panicking =
        Job::new("panic", Duration::from_hours(24), |_, _| async { panic!("as the story wants") });
    for job in [&failing, &panicking] {
        assert_eq!(job.turn(&world.database, &world.clock).await.unwrap(), Turn::Failed);
    }
    let seen = operations::look(&world.database, &world.clock, &Actor::Machine).await.unwrap();
    let problems: Vec<&str> = seen.jobs.iter().map(|job| job.problem.as_deref().unwrap()).collect();
    assert!(problems[0].contains("a role") && problems[1] == "it panicked", "{problems:?}");
    world.clock.advance(10 * 60_000 - 1);
    assert_eq!(failing.turn(&world.database, &world.clock).await.unwrap(), Turn::NotMine);
    world.clock.advance(1);
    let mended = Job::new("fail", Duration::from_hours(24), |_, _| async { Ok(()) });
    assert_eq!(mended.turn(&world.database, &world.clock).await.unwrap(), Turn::Done);
    assert_eq!(world.number("select count(*) from job where name = 'fail' and problem is null").await, 1);
    world.end().await;
}

#[tokio::test]
async fn a_job_whose_process_died_is_taken_over_and_a_slow_one_writes_nothing_any_more() {
    let world = World::new().await;
    let (begun, went_on) = (Arc::new(tokio::sync::Notify::new()), Arc::new(tokio::sync::Notify::new()));
    let slow = {
        let (begun, went_on) = (Arc::clone(&begun), Arc::clone(&went_on));
        Job::new("work", Duration::from_hours(1), move |_, _| {
            let (begun, went_on) = (Arc::clone(&begun), Arc::clone(&went_on));
            async move {
                begun.notify_one();
                went_on.notified().await;
                Err(Fault::Chance)
            }
        })
    };
    let (database, clock) = (world.another_process().await, world.clock.clone());
    let process = tokio::spawn(async move { slow.turn(&database, &clock).await.unwrap() });
    begun.notified().await;
    let quick = Job::new("work", Duration::from_hours(1), |_, _| async { Ok(()) });
    assert_eq!(quick.turn(&world.database, &world.clock).await.unwrap(), Turn::NotMine);
    world.clock.advance(i64::try_from(CLAIM.as_millis()).unwrap());
    assert_eq!(quick.turn(&world.database, &world.clock).await.unwrap(), Turn::Done);
    went_on.notify_one();
    assert_eq!(process.await.unwrap(), Turn::Failed);
    assert_eq!(
        world.number("select count(*) from job where problem is null and claimed_by is null").await,
        1
    );
    world.end().await;
}

#[tokio::test]
async fn a_process_that_stops_lets_a_job_end_or_gives_it_to_the_next_at_once() {
    let world = World::new().await;
    let due = Duration::from_hours(1);
    let short = Job::new("short", due, |_, _| async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        Ok(())
    });
    let ended = short.turn_until(&world.database, &world.clock, std::future::ready(())).await;
    assert_eq!(ended.unwrap(), Turn::Done);
    let long = Job::new("long", due, |_, _| std::future::pending());
    let cut = long.turn_until(&world.database, &world.clock, std::future::ready(())).await;
    assert_eq!(cut.unwrap(), Turn::GivenBack);
    // No time passes on the story's clock: the next process waits for nothing.
    let next = Job::new("long", due, |_, _| async { Ok(()) });
    assert_eq!(next.turn(&world.database, &world.clock).await.unwrap(), Turn::Done);
    world.end().await;
}

#[tokio::test]
async fn what_lets_people_in_is_swept_when_its_time_is_over() {
    let world = World::new().await;
    let ana = outbox::person(&world, "Ana", "en", "mentor").await;
    let now = world.clock.now().0;
    for (id, at) in [("old", now), ("new", now + 1)] {
        let (day, year) = (at - 24 * HOUR, at - 365 * 24 * HOUR);
        for row in [
            format!(
                "session (id, token_hash, person_id, strength, device, made_at, used_at, proved_at, ends_at)
                 values ('{id}', '{id}', '{ana}', 'two', 'x', 0, 0, 0, {at})"
            ),
            format!("challenge (id, purpose, state, expires_at) values ('{id}', 'sso', '', {at})"),
            format!("wrong_try (id, subject, at) values ('{id}', 'x', {day})"),
            format!("known_device (person_id, device_hash, used_at) values ('{ana}', '{id}', {year})"),
        ] {
            world.write(format!("insert into {row}")).await;
        }
    }
    let sweep = async || backend::people::sweep::sweep(&world.database, &world.clock).await.unwrap();
    assert_eq!((sweep().await, sweep().await), (4, 0));
    let left = "select (select count(*) from session where id = 'new') + (select count(*) from challenge where id = 'new')
                + (select count(*) from wrong_try where id = 'new') + (select count(*) from known_device where device_hash = 'new')";
    assert_eq!(world.number(left).await, 4);
    world.end().await;
}

#[tokio::test]
async fn only_an_operator_sees_the_machines_and_tries_again_what_was_given_up() {
    let world = World::new().await;
    let (database, clock) = (&world.database, &world.clock);
    for role in Role::ALL.iter().filter(|role| **role != Role::Operator) {
        let actor = wearing(*role, Strength::Two);
        let seen = operations::look(database, clock, &actor).await;
        assert!(matches!(seen, Err(Stop::Refused(Refusal::NotThisRole))), "{role:?}");
        let again = operations::retry_notices(database, clock, &actor).await;
        assert!(matches!(again, Err(Stop::Refused(Refusal::NotThisRole))), "{role:?}");
    }
    let half = operations::look(database, clock, &wearing(Role::Operator, Strength::Password)).await;
    assert!(matches!(half, Err(Stop::Refused(Refusal::SecondFactor))));

    let ana = outbox::person(&world, "Ana", "en", "mentor").await;
    let eva = outbox::person(&world, "Eva", "en", "mentor").await;
    outbox::told(&world, ana, &Notice::KeysChanged).await;
    outbox::told(&world, eva, &Notice::KeysChanged).await;
    world.write(format!("update person set suspended_at = 1 where id = '{eva}'")).await;
    world.write(format!("update outbox set body = '[]' where person_id = '{ana}'")).await;
    outbox::delivered(&world, &outbox::room(&world)).await;
    outbox::told(&world, ana, &Notice::KeysChanged).await;

    let operator = wearing(Role::Operator, Strength::Two);
    let seen = operations::look(database, clock, &operator).await.unwrap();
    assert_eq!(seen.outbox.given_up, [(Unsent::Suspended, 1), (Unsent::Unreadable, 1)]);
    assert_eq!((seen.outbox.waiting, seen.outbox.sent, seen.outbox.trying), (1, 0, 0));
    assert_eq!(seen.outbox.late_since, Some(clock.now()));
    assert_eq!(seen.migration_applied, seen.migration_carried);
    assert!(seen.storage.database > 0 && seen.storage.free != Some(0));
    assert_eq!(seen.engine, database.engine());

    world.write(format!("update outbox set body = '{{\"kind\":\"keys-changed\"}}' where problem = 'unreadable' and person_id = '{ana}'")).await;
    assert_eq!(
        operations::retry_notices(database, clock, &operator).await.unwrap(),
        1,
        "what went wrong, not what is as it should be"
    );
    assert_eq!(outbox::delivered(&world, &outbox::room(&world)).await.mails, 2);
    world.end().await;
}
