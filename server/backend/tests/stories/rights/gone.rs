//! A record is to go: it waits, may be held, goes once, and leaves a receipt.

use super::town::{
    ANA, BEN, DAY, FARID, HUGO, MARTA, NOW, SOL, STELLA, TOM, actor, count, id, refused, run, told, town,
    wrong,
};
use crate::world::World;
use backend::admin::rights::deletion::{
    Asked, Wrong, agree, ask, delete_due, pending, receipt, take_back, waiting,
};
use backend::admin::rights::hold::{self, find, hold, holds, release};
use backend::stop::Stop;
use domain::admin::rights::{Hold, Number, Stage};
use domain::people::Role;
use domain::policy::{Actor, Refusal};

async fn ask_for(world: &World, who: &str, role: Role, whose: &str) -> Result<Asked, Stop<Wrong>> {
    ask(&world.database, &world.clock, &actor(who, role), id(whose)).await
}

async fn run_job(world: &World) -> u64 {
    delete_due(&world.database, &world.clock).await.unwrap()
}

async fn stage(world: &World, number: Number) -> Stage {
    receipt(&world.database, &world.clock, number).await.unwrap().unwrap().stage
}

async fn names(world: &World, person: &str) -> i64 {
    count(
        world,
        format!(
            "select count(*) from person where id = '{person}' and family_name <> '' and deleted_at is null"
        ),
    )
    .await
}

#[tokio::test]
async fn a_deletion_waits_a_week_happens_once_and_leaves_a_receipt() {
    let world = town().await;
    let asked = ask_for(&world, MARTA, Role::Guardian, ANA).await.unwrap();
    assert_eq!(asked.due_at.0, NOW + 7 * DAY);
    assert_eq!(wrong(ask_for(&world, ANA, Role::Student, ANA).await), Wrong::Already);
    let seen = pending(&world.database, &world.clock, &actor(ANA, Role::Student), id(ANA)).await.unwrap();
    assert_eq!(seen.as_ref(), Some(&asked));
    let told_of = "select person_id || ' ' || body from outbox where kind = 'deletion-asked' order by body";
    let on = r#"{"kind":"deletion-asked","on":"2026-06-04","own""#;
    let wanted = [format!("{MARTA} {on}:false}}"), format!("{ANA} {on}:true}}")];
    assert_eq!(world.words(told_of).await, wanted, "nobody's record goes behind their back");
    world.clock.advance(7 * DAY - 1);
    assert_eq!((run_job(&world).await, stage(&world, asked.number).await), (0, Stage::CoolingOff));
    world.clock.advance(1);
    assert_eq!(stage(&world, asked.number).await, Stage::Due);
    assert_eq!((run_job(&world).await, run_job(&world).await), (1, 0));

    let receipt = receipt(&world.database, &world.clock, asked.number).await.unwrap().unwrap();
    assert_eq!((receipt.stage, receipt.done_at), (Stage::Done, Some(world.clock.now())));
    let rows: Vec<_> = receipt.rows.iter().map(|(table, rows)| (table.as_str(), *rows)).collect();
    assert_eq!(rows, [("birth", 1), ("family_link", 2), ("outbox", 1), ("person", 1), ("role_grant", 1)]);
    assert_eq!(names(&world, ANA).await, 0);
    let guardian = format!("select count(*) from outbox where person_id = '{MARTA}' and kind = 'deleted'");
    assert_eq!(count(&world, guardian).await, 1);
    assert_eq!(count(&world, format!("select count(*) from outbox where person_id = '{HUGO}'")).await, 0);
    let number = asked.number.to_string();
    assert_eq!(told(&world, ANA).await, [format!("AskDeletion {number}"), format!("Delete {number}")]);
    assert_eq!(
        refused(ask_for(&world, MARTA, Role::Guardian, ANA).await),
        Refusal::NotYours,
        "nobody is there"
    );
    world.end().await;
}

#[tokio::test]
async fn a_deletion_is_taken_back_until_it_is_done() {
    let world = town().await;
    let (database, clock, ana) = (&world.database, &world.clock, actor(ANA, Role::Student));
    assert_eq!(wrong(take_back(database, clock, &ana, id(ANA)).await), Wrong::Nothing);
    let asked = ask_for(&world, ANA, Role::Student, ANA).await.unwrap();
    take_back(database, clock, &actor(MARTA, Role::Guardian), id(ANA)).await.unwrap();
    clock.advance(8 * DAY);
    assert_eq!((run_job(&world).await, stage(&world, asked.number).await), (0, Stage::TakenBack));
    let again = ask_for(&world, MARTA, Role::Guardian, ANA).await.unwrap();
    assert_ne!(again.number, asked.number);
    clock.advance(7 * DAY);
    assert_eq!(run_job(&world).await, 1);
    assert_eq!(refused(take_back(database, clock, &ana, id(ANA)).await), Refusal::NotYours);
    assert_eq!(receipt(database, clock, Number::new(7)).await.unwrap(), None);
    world.end().await;
}

#[tokio::test]
async fn what_a_student_asks_for_waits_for_an_adult_of_the_family() {
    let world = town().await;
    let (database, clock) = (&world.database, &world.clock);
    let asked = ask_for(&world, ANA, Role::Student, ANA).await.unwrap();
    ask_for(&world, BEN, Role::Student, BEN).await.unwrap();
    assert!(!asked.agreed);
    clock.advance(30 * DAY);
    assert_eq!((run_job(&world).await, stage(&world, asked.number).await), (0, Stage::Wished));

    let marta = actor(MARTA, Role::Guardian);
    let seen = waiting(database, &marta).await.unwrap();
    assert_eq!((seen.len(), seen[0].given_name.as_str(), seen[0].agreed), (1, "Anabel", false));
    let (stella, tom) = (actor(STELLA, Role::Staff), actor(TOM, Role::Teacher));
    for worker in [&stella, &tom] {
        let seen = waiting(database, worker).await.unwrap();
        let names: Vec<_> = seen.iter().map(|waiting| waiting.name.as_str()).collect();
        assert_eq!(names, ["Ben Bright"], "whose guardian is not here; Ana's is");
    }
    assert!(waiting(database, &actor(FARID, Role::Staff)).await.unwrap().is_empty());

    let agrees = async |actor: &Actor, whose| agree(database, clock, actor, id(whose)).await;
    assert_eq!(refused(agrees(&actor(ANA, Role::Student), ANA).await), Refusal::NotOfAge);
    assert_eq!(refused(agrees(&actor(HUGO, Role::Guardian), ANA).await), Refusal::NotYours);
    assert_eq!(refused(agrees(&actor(FARID, Role::Staff), BEN).await), Refusal::NotYours);
    assert_eq!(refused(agrees(&actor(SOL, Role::Safety), BEN).await), Refusal::NotThisRole);
    agrees(&marta, ANA).await.unwrap();
    assert_eq!(wrong(agrees(&marta, ANA).await), Wrong::Nothing);
    agrees(&tom, BEN).await.unwrap();
    assert_eq!(run_job(&world).await, 0, "and from then on it can be taken back for a week");
    take_back(database, clock, &actor(BEN, Role::Student), id(BEN)).await.unwrap();
    clock.advance(7 * DAY);
    assert_eq!(run_job(&world).await, 1);
    assert_eq!((names(&world, ANA).await, names(&world, BEN).await), (0, 1));
    world.end().await;
}

#[tokio::test]
async fn only_the_person_and_the_family_ask() {
    let world = town().await;
    for (who, role) in [
        (HUGO, Role::Guardian),
        (BEN, Role::Student),
        (TOM, Role::Teacher),
        (STELLA, Role::Staff),
        (SOL, Role::Safety),
    ] {
        assert_eq!(refused(ask_for(&world, who, role, ANA).await), Refusal::NotYours, "{who}");
    }
    ask_for(&world, TOM, Role::Teacher, TOM).await.unwrap();
    assert_eq!(count(&world, "select count(*) from deletion").await, 1);
    world.end().await;
}

#[tokio::test]
async fn a_hold_stops_a_deletion_until_it_ends_and_is_told_to_nobody_else() {
    let world = town().await;
    let (database, clock, sol) = (&world.database, &world.clock, actor(SOL, Role::Safety));
    let asked = ask_for(&world, MARTA, Role::Guardian, ANA).await.unwrap();
    for (who, role) in [(STELLA, Role::Staff), (TOM, Role::Teacher), (MARTA, Role::Guardian)] {
        let refusal = refused(hold(database, clock, &actor(who, role), id(ANA), Hold::Report).await);
        assert_eq!(refusal, Refusal::NotThisRole, "{who}");
    }
    assert_eq!(refused(hold(database, clock, &sol, id(FARID), Hold::Report).await), Refusal::NotYours);
    hold(database, clock, &sol, id(ANA), Hold::Report).await.unwrap();
    assert_eq!(wrong(hold(database, clock, &sol, id(ANA), Hold::Court).await), hold::Wrong::Already);
    assert_eq!(holds(database, clock, &sol).await.unwrap()[0].deletion, Some(Stage::CoolingOff));
    clock.advance(30 * DAY);
    assert_eq!((run_job(&world).await, names(&world, ANA).await), (0, 1));
    let held = holds(database, clock, &sol).await.unwrap();
    assert_eq!((held[0].name.as_str(), held[0].why), ("Anabel Quintanilla", Hold::Report));
    assert_eq!(held[0].deletion, Some(Stage::Held));
    assert_eq!(stage(&world, asked.number).await, Stage::Due, "whoever has the number is not told of a hold");

    release(database, clock, &sol, id(ANA)).await.unwrap();
    assert_eq!(wrong(release(database, clock, &sol, id(ANA)).await), hold::Wrong::Nothing);
    assert_eq!((run_job(&world).await, names(&world, ANA).await), (1, 0));
    assert_eq!(refused(hold(database, clock, &sol, id(ANA), Hold::Court).await), Refusal::NotYours);
    world.end().await;
}

#[tokio::test]
async fn a_record_of_somebody_who_left_can_be_found_and_held() {
    let world = town().await;
    let (database, clock, sol) = (&world.database, &world.clock, actor(SOL, Role::Safety));
    run(&world, format!("update role_grant set ended_at = {NOW} where person_id = '{BEN}'")).await;
    let found = find(database, &sol, "BRÍG").await.unwrap();
    assert_eq!((found[0].person, found[0].name.as_str(), found.len()), (id(BEN), "Ben Bright", 1));
    assert!(find(database, &sol, "far").await.unwrap().is_empty(), "not at another school");
    assert!(find(database, &sol, " % ").await.unwrap().is_empty());
    hold(database, clock, &sol, id(BEN), Hold::Complaint).await.unwrap();
    assert!(find(database, &sol, "bright").await.unwrap().is_empty(), "it is held already");
    assert_eq!(holds(database, clock, &sol).await.unwrap().len(), 1);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_servers_delete_each_person_once() {
    let world = town().await;
    for (who, role, whose) in
        [(MARTA, Role::Guardian, ANA), (STELLA, Role::Staff, STELLA), (TOM, Role::Teacher, TOM)]
    {
        ask_for(&world, who, role, whose).await.unwrap();
    }
    world.clock.advance(7 * DAY);
    let servers: Vec<_> = (0..4)
        .map(|_| {
            let (database, clock) = (world.database.clone(), world.clock.clone());
            tokio::spawn(async move { delete_due(&database, &clock).await.unwrap() })
        })
        .collect();
    let mut done = 0;
    for server in servers {
        done += server.await.unwrap();
    }
    assert_eq!(done, 3);
    assert_eq!(count(&world, "select count(*) from audit where action = 'Delete'").await, 3);
    world.end().await;
}

#[tokio::test]
async fn somebody_who_is_suspended_after_asking_waits_until_that_is_settled() {
    let world = town().await;
    ask_for(&world, TOM, Role::Teacher, TOM).await.unwrap();
    run(&world, format!("update person set suspended_at = {NOW} where id = '{TOM}'")).await;
    world.clock.advance(30 * DAY);
    assert_eq!(run_job(&world).await, 0);
    run(&world, format!("update person set suspended_at = null where id = '{TOM}'")).await;
    assert_eq!(run_job(&world).await, 1);
    world.end().await;
}
