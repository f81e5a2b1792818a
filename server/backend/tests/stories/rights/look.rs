//! Who sees what is kept, who takes a copy, and who sees that they did?

use super::town::{
    ANA, BEN, FARID, HUGO, MARTA, NOW, PLAN, SCHOOL, SOL, STELLA, TOM, actor, id, refused, run, told, town,
};
use crate::world::World;
use backend::admin::audit;
use backend::admin::rights::export::export;
use backend::admin::rights::reads::{Read, Reader, reads};
use backend::admin::rights::review::{Record, review};
use backend::people::{kept_plan, person};
use backend::stop::Stop;
use domain::people::{Band, Role};
use domain::policy::table::SeeStudent;
use domain::policy::{Actor, Refusal, Wearer, permit};

async fn seen(world: &World, actor: &Actor, whose: &str) -> Result<Record, Stop> {
    review(&world.database, &world.clock, actor, id(whose)).await
}

async fn copy(world: &World, actor: &Actor, whose: &str) -> Result<String, Stop> {
    let mut out = Vec::new();
    export(&world.database, &world.clock, actor, id(whose), &mut out).await?;
    Ok(String::from_utf8(out).unwrap())
}

/// Somebody at work reads Ana's record, as a page of theirs does.
async fn work_read(world: &World, who: &str, role: Role) {
    let mut transaction = world.database.begin().await.unwrap();
    let mut conn = transaction.conn();
    let subject = person::subject(&mut conn, &world.clock, id(ANA)).await.unwrap().unwrap();
    let permit = permit::<SeeStudent>(&actor(who, role), subject).unwrap();
    audit::note(&mut conn, world.clock.now(), &permit, "").await.unwrap();
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn a_student_and_a_guardian_see_all_that_is_kept() {
    let world = town().await;
    let ana = actor(ANA, Role::Student);
    kept_plan::keep(&world.database, &world.clock, &ana, PLAN).await.unwrap();
    run(&world, format!("insert into consent (id, student_id, kind, text_version, tongue, method, actor_id, given_at) values ('c1', '{ANA}', 'photo', '2', 'es', 'paper', '{MARTA}', {NOW})")).await;
    run(&world, format!("insert into session (id, token_hash, person_id, strength, device, made_at, used_at, proved_at, ends_at) values ('s1', 'h1', '{ANA}', 'pin', 'Chrome on ChromeOS', {NOW}, {NOW}, {NOW}, {}), ('s2', 'h2', '{ANA}', 'pin', 'gone', 1, 1, 1, 2)", NOW + 1)).await;
    let record = seen(&world, &ana, ANA).await.unwrap();
    assert_eq!((record.person.name().as_str(), record.band), ("Anabel Quintanilla", Some(Band::Under13)));
    assert_eq!(record.roles[0].place.as_deref(), Some("Room 8"));
    let family: Vec<_> = record.family.iter().map(|kin| (kin.name.as_str(), kin.child)).collect();
    assert_eq!(family, [("Marta Madrigal", false)], "not whom a court keeps away");
    assert_eq!((record.consents.len(), record.sessions.len()), (1, 1));
    assert_eq!(record.plan.as_ref().unwrap().list.to_address(), PLAN);
    assert!(!format!("{record:?}").contains("2013"), "a birth date is shown to nobody");

    let Actor::Person(wearer) = ana else { unreachable!() };
    let waiting = Actor::Person(Wearer { allowed: false, ..wearer });
    assert_eq!(seen(&world, &waiting, ANA).await.unwrap(), record, "also while nobody said yes");
    assert!(copy(&world, &waiting, ANA).await.is_ok());

    assert_eq!(seen(&world, &actor(MARTA, Role::Guardian), ANA).await.unwrap(), record);
    assert_eq!(
        told(&world, ANA).await,
        ["KeepPlan kept", "SeeStudent record", "SeeStudent record", "ExportRecord ", "SeeStudent record"]
    );
    let own = seen(&world, &actor(MARTA, Role::Guardian), MARTA).await.unwrap();
    assert!(own.family[0].child && own.family[0].name == "Anabel Quintanilla");
    assert_eq!(told(&world, MARTA).await, [""; 0], "one's own record is no student's");
    world.end().await;
}

#[tokio::test]
async fn nobody_else_sees_all_of_it_or_takes_a_copy() {
    let world = town().await;
    for (who, role, refusal) in [
        (HUGO, Role::Guardian, Refusal::NotYours),
        (BEN, Role::Student, Refusal::NotYours),
        (TOM, Role::Teacher, Refusal::NotYours),
        (STELLA, Role::Staff, Refusal::NotYours),
        (FARID, Role::Staff, Refusal::NotYours),
    ] {
        assert_eq!(refused(seen(&world, &actor(who, role), ANA).await), refusal, "{who}");
        assert_eq!(refused(copy(&world, &actor(who, role), ANA).await), refusal, "{who}");
    }
    assert_eq!(told(&world, ANA).await, [""; 0], "what was refused was not read");
    let nobody = "0198a5c2-0000-7000-8000-0000000000ff";
    assert_eq!(refused(seen(&world, &actor(TOM, Role::Teacher), nobody).await), Refusal::NotYours);

    run(&world, format!("update birth set born = '2005-01-01' where person_id = '{ANA}'")).await;
    assert_eq!(refused(seen(&world, &actor(MARTA, Role::Guardian), ANA).await), Refusal::OfAge);
    world.end().await;
}

#[tokio::test]
async fn a_copy_is_the_same_bytes_each_time_and_holds_no_secret() {
    let world = town().await;
    let ana = actor(ANA, Role::Student);
    kept_plan::keep(&world.database, &world.clock, &ana, PLAN).await.unwrap();
    run(&world, format!("insert into password values ('{ANA}', '$argon2id$secret', {NOW})")).await;
    run(
        &world,
        format!(
            "insert into pin_card (person_id, organisation_id, number, hash, backup_hash, made_at) values ('{ANA}', '{}', '123', '$argon2id$secret', 'backup$secret', {NOW})",
            super::town::ROOM
        ),
    )
    .await;
    let first = copy(&world, &ana, ANA).await.unwrap();
    assert_eq!(first, copy(&world, &actor(MARTA, Role::Guardian), ANA).await.unwrap());
    assert_eq!(first, include_str!("copy.json"));
    for hidden in ["argon2id", "backup$", "2013", "Hugo", "Verastegui", "Teller", "123\""] {
        assert!(!first.contains(hidden), "{hidden}");
    }
    assert_eq!(told(&world, ANA).await, ["KeepPlan kept", "ExportRecord ", "ExportRecord "]);
    world.end().await;
}

#[tokio::test]
async fn a_family_sees_who_read_their_childs_record() {
    let world = town().await;
    seen(&world, &actor(ANA, Role::Student), ANA).await.unwrap();
    work_read(&world, TOM, Role::Teacher).await;
    work_read(&world, SOL, Role::Safety).await;
    work_read(&world, STELLA, Role::Staff).await;
    copy(&world, &actor(MARTA, Role::Guardian), ANA).await.unwrap();
    let look = async |who: &str, role: Role, before: Option<i64>| {
        reads(&world.database, &world.clock, &actor(who, role), id(ANA), before).await
    };
    let who = |list: Vec<Read>| list.into_iter().map(|read| (read.reader, read.copied)).collect::<Vec<_>>();
    let named = |name: &str| (Reader::Named(name.to_owned()), false);

    let by_marta = look(MARTA, Role::Guardian, None).await.unwrap();
    let older = look(MARTA, Role::Guardian, Some(by_marta[1].seq)).await.unwrap();
    assert_eq!(who(older), [named("Tom Teller")], "a page goes on where the last one ended");
    assert_eq!(who(by_marta), [(Reader::You, true), named("Stella Stone"), named("Tom Teller")]);
    let by_ana = look(ANA, Role::Student, None).await.unwrap();
    assert_eq!(by_ana[0].reader, Reader::Guardian, "not which one");
    run(&world, format!("insert into role_grant (id, person_id, role, organisation_id, made_at, ended_at) values ('work', '{MARTA}', 'teacher', '{SCHOOL}', 1, 2)")).await;
    let by_ana = look(ANA, Role::Student, None).await.unwrap();
    assert_eq!(by_ana[0].reader, Reader::Named("Marta Madrigal".to_owned()), "who works here is named");
    let by_sol = who(look(SOL, Role::Safety, None).await.unwrap());
    assert_eq!(by_sol[2], (Reader::You, false), "a safety officer sees those of safety officers, too");
    for (other, role) in [(HUGO, Role::Guardian), (BEN, Role::Student)] {
        assert_eq!(refused(look(other, role, None).await), Refusal::NotYours);
    }
    assert_eq!(refused(look(TOM, Role::Teacher, None).await), Refusal::NotThisRole);
    run(
        &world,
        format!("update person set given_name = '', family_name = '', deleted_at = 1 where id = '{TOM}'"),
    )
    .await;
    let gone = look(MARTA, Role::Guardian, None).await.unwrap();
    assert_eq!((gone[2].role, &gone[2].reader), (Some(Role::Teacher), &Reader::Gone));
    world.end().await;
}
