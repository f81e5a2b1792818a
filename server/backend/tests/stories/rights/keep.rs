//! A plan that a student keeps on the server, because they chose to.

use super::town::{ANA, BEN, MARTA, PLAN, TOM, actor, count, refused, told, town, wrong};
use backend::people::kept_plan::{self, MOST, Wrong, keep, read, take_back};
use domain::people::Role;
use domain::policy::{Actor, Refusal};

#[tokio::test]
async fn a_plan_is_kept_replaced_and_taken_back() {
    let world = town().await;
    let (database, clock, ana) = (&world.database, &world.clock, &actor(ANA, Role::Student));
    assert_eq!(read(database, clock, ana).await.unwrap(), None);
    keep(database, clock, ana, "https://pathways.example/es/list?s=19647331932888&from=1200+Main+St")
        .await
        .unwrap();
    clock.advance(1);
    let kept = keep(database, clock, ana, PLAN).await.unwrap();
    assert_eq!(read(database, clock, ana).await.unwrap(), Some(kept.clone()));
    assert_eq!((kept.list.to_address().as_str(), kept.saved_at), (PLAN, clock.now()));
    assert_eq!(count(&world, "select count(*) from kept_plan").await, 1);
    assert_eq!(count(&world, "select count(*) from kept_plan where plan like '%Main%'").await, 0);
    assert_eq!(read(database, clock, &actor(BEN, Role::Student)).await.unwrap(), None, "it is Ana's alone");

    take_back(database, clock, ana).await.unwrap();
    take_back(database, clock, ana).await.unwrap();
    assert_eq!(read(database, clock, ana).await.unwrap(), None);
    assert_eq!(told(&world, ANA).await, ["KeepPlan kept", "KeepPlan kept", "KeepPlan taken back"]);
    world.end().await;
}

#[tokio::test]
async fn what_is_no_plan_is_not_kept_and_nobody_keeps_one_for_a_student() {
    let world = town().await;
    let (database, clock, ana) = (&world.database, &world.clock, actor(ANA, Role::Student));
    assert_eq!(wrong(keep(database, clock, &ana, "/list?pin=19647331932888").await), Wrong::Empty);
    assert_eq!(wrong(keep(database, clock, &ana, &"s".repeat(MOST + 1)).await), Wrong::TooLong);
    for (who, role) in [(MARTA, Role::Guardian), (TOM, Role::Teacher)] {
        assert_eq!(refused(keep(database, clock, &actor(who, role), PLAN).await), Refusal::NotThisRole);
    }
    let Actor::Person(mut wearer) = ana else { unreachable!() };
    wearer.allowed = false;
    let child = Actor::Person(wearer);
    assert_eq!(refused(kept_plan::keep(database, clock, &child, PLAN).await), Refusal::ConsentFirst);
    assert_eq!(refused(kept_plan::keep(database, clock, &Actor::Machine, PLAN).await), Refusal::SignIn);
    assert_eq!(count(&world, "select count(*) from kept_plan").await, 0);
    world.end().await;
}
