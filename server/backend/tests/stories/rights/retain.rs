//! What goes by itself, when its time is over and not a day before.

use super::town::{ANA, BEN, DAY, MARTA, NOW, ROOM, SCHOOL, SOL, TOM, actor, count, id, run, texts, town};
use crate::world::World;
use backend::admin::rights::deletion::{ask, delete_due, take_back};
use backend::admin::rights::hold::{hold, release};
use backend::admin::rights::retention::{Retained, retain};
use domain::admin::rights::{Class, Hold};
use domain::people::Role;

async fn retained(world: &World) -> Retained {
    retain(&world.database, &world.clock).await.unwrap()
}

#[tokio::test]
async fn what_was_used_or_ran_out_goes_after_ninety_days() {
    let world = town().await;
    let later = NOW + 200 * DAY;
    run(&world, format!("insert into invitation (id, token_hash, role, email, tongue, made_at, expires_at, used_at, used_by) values
        ('used', '1', 'teacher', 'x@example.org', 'en', {NOW}, {later}, {NOW}, '{TOM}'),
        ('ran-out', '2', 'teacher', 'x@example.org', 'en', 1, {NOW}, null, null),
        ('open', '3', 'teacher', 'x@example.org', 'en', {NOW}, {later}, null, null)")).await;
    run(&world, format!("insert into family_code (id, student_id, code_hash, made_at, expires_at, used_at) values
        ('used', '{ANA}', '1', {NOW}, {later}, {NOW}), ('ran-out', '{BEN}', '2', 1, {NOW}, null), ('open', '{ANA}', '3', {NOW}, {later}, null)")).await;
    run(&world, format!("insert into roster_source values ('s', '{SCHOOL}', 'District', {NOW})")).await;
    for (run_id, began, ended) in [("old", NOW, NOW.to_string()), ("new", NOW + 2 * DAY, "null".to_owned())] {
        run(&world, format!("insert into roster_run values ('{run_id}', 's', null, 'bulk', {began}, {ended}, 0, 0, 0, 0, 1)")).await;
        run(&world, format!("insert into roster_problem values ('{run_id}', '{run_id}', 'users.csv', 2, 'grade', 'unknown')")).await;
    }
    run(&world, format!("insert into outbox (id, person_id, tongue, kind, body, made_at, due_at, tries, sent_at, given_up_at) values
        ('sent', '{MARTA}', 'es', 'suspended', '{{}}', {NOW}, {NOW}, 1, {NOW}, null),
        ('given-up', '{MARTA}', 'es', 'suspended', '{{}}', {NOW}, {NOW}, 9, null, {NOW}),
        ('held', '{ANA}', 'es', 'suspended', '{{}}', {NOW}, {NOW}, 9, {NOW}, null),
        ('waits', '{MARTA}', 'es', 'suspended', '{{}}', {NOW}, {NOW}, 0, null, null)")).await;
    let sol = actor(SOL, Role::Safety);
    hold(&world.database, &world.clock, &sol, id(ANA), Hold::Court).await.unwrap();

    world.clock.advance(90 * DAY - 1);
    assert!(retained(&world).await.0.iter().all(|(_, rows)| *rows == 0), "not a day before");
    world.clock.advance(1);
    let first = retained(&world).await;
    let rows = |done: &Retained| {
        [Class::Invitations, Class::FamilyCodes, Class::RosterProblems, Class::Notices]
            .map(|class| done.of(class))
    };
    assert_eq!(rows(&first), [2, 1, 1, 2]);
    assert_eq!(texts(&world, "select id from invitation").await, ["open"]);
    assert_eq!(
        texts(&world, "select id from family_code order by id").await,
        ["open", "used"],
        "Ana's are held"
    );
    assert_eq!(texts(&world, "select id from roster_problem").await, ["new"]);
    assert_eq!(texts(&world, "select id from outbox order by id").await, ["held", "waits"]);

    release(&world.database, &world.clock, &sol, id(ANA)).await.unwrap();
    assert_eq!(rows(&retained(&world).await), [0, 1, 0, 1], "a hold that ends lets it proceed");
    world.end().await;
}

#[tokio::test]
async fn a_student_who_left_is_gone_on_the_sixtieth_day() {
    let world = town().await;
    run(&world, format!("update role_grant set ended_at = {NOW} where person_id in ('{ANA}', '{MARTA}')"))
        .await;
    world.clock.advance(53 * DAY - 1);
    assert_eq!(retained(&world).await.of(Class::LeftStudents), 0);
    world.clock.advance(1);
    assert_eq!(retained(&world).await.of(Class::LeftStudents), 1, "Ben is here, and Marta is no student");
    assert_eq!(retained(&world).await.of(Class::LeftStudents), 0, "once is enough");
    assert_eq!(texts(&world, "select person_id || cause from deletion").await, [format!("{ANA}left")]);
    world.clock.advance(7 * DAY - 1);
    assert_eq!(delete_due(&world.database, &world.clock).await.unwrap(), 0);
    world.clock.advance(1);
    assert_eq!(delete_due(&world.database, &world.clock).await.unwrap(), 1);
    assert_eq!(
        count(&world, "select count(*) from person where deleted_at is not null and email is null").await,
        1
    );
    assert_eq!(
        count(&world, "select count(*) from audit where action = 'Delete' and actor_id is null").await,
        1
    );
    world.end().await;
}

#[tokio::test]
async fn a_wish_nobody_agreed_to_does_not_keep_a_student_who_left() {
    let world = town().await;
    ask(&world.database, &world.clock, &actor(BEN, Role::Student), id(BEN)).await.unwrap();
    run(&world, format!("update role_grant set ended_at = {NOW} where person_id = '{BEN}'")).await;
    world.clock.advance(53 * DAY);
    assert_eq!(retained(&world).await.of(Class::LeftStudents), 1);
    assert_eq!(retained(&world).await.of(Class::LeftStudents), 0);
    world.clock.advance(7 * DAY);
    assert_eq!(delete_due(&world.database, &world.clock).await.unwrap(), 1);
    world.end().await;
}

#[tokio::test]
async fn a_student_who_comes_back_or_asks_to_stay_stays() {
    let world = town().await;
    run(&world, format!("update role_grant set ended_at = {NOW} where role = 'student'")).await;
    world.clock.advance(53 * DAY);
    assert_eq!(retained(&world).await.of(Class::LeftStudents), 2);
    let grant = format!(
        "insert into role_grant (id, person_id, role, organisation_id, made_at) values ('again', '{BEN}', 'student', '{ROOM}', {NOW})"
    );
    run(&world, grant).await;
    take_back(&world.database, &world.clock, &actor(MARTA, Role::Guardian), id(ANA)).await.unwrap();
    world.clock.advance(8 * DAY);
    assert_eq!(
        delete_due(&world.database, &world.clock).await.unwrap(),
        0,
        "even before the retention looked"
    );
    assert_eq!(retained(&world).await.of(Class::LeftStudents), 0);
    assert_eq!(count(&world, "select count(*) from deletion where taken_back_at is null").await, 0);
    world.clock.advance(45 * DAY);
    assert_eq!(
        retained(&world).await.of(Class::LeftStudents),
        1,
        "Ana is asked for again, as long after she said no"
    );
    world.end().await;
}
