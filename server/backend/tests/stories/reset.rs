//! A forgotten password: who gets a link, what it opens, and what it leaves closed.

use super::cast::wearing;
use super::factors::{NEW, half, has, somebody, with_app, worth, wrong};
use super::world::World;
use backend::Stop;
use backend::people::password::Weak;
use backend::people::reset::{self, WAITS, WAITS_LONGER, Wrong};
use backend::people::{session, sign_in, suspension};
use backend::secret::Token;
use domain::people::suspension::{Why, Wrong as Untouched};
use domain::people::{Kind, Role};
use domain::policy::{Actor, Refusal, Strength};

const FRESH: &str = "violin under the bridge";

const LETTERS: &str = "select count(*) from outbox where kind = 'new-password'";

async fn ask(world: &World, email: &str) {
    reset::ask(&world.database, &world.clock, email).await.unwrap();
}

/// The link of the newest letter.
async fn link(world: &World) -> Token {
    let body = world
        .text("select body from outbox where kind = 'new-password' order by made_at desc, id desc limit 1")
        .await;
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    body["token"].as_str().unwrap().parse().unwrap()
}

async fn choose(world: &World, token: &Token) -> Result<(), Stop<Wrong>> {
    reset::choose(&world.database, &world.clock, token, FRESH).await
}

async fn enters(world: &World, password: &str) -> bool {
    let email = "rosa@example.org";
    sign_in::with_password(&world.database, &world.clock, email, password, &NEW).await.is_ok()
}

#[tokio::test]
async fn who_forgot_a_password_chooses_another_once_and_is_signed_out_everywhere() {
    let world = World::new().await;
    somebody(&world, "rosa", Role::Teacher).await;
    let open = half(&world, "rosa").await;
    ask(&world, " ROSA@example.org ").await;
    let link = link(&world).await;
    assert_eq!(
        reset::look(&world.database, &world.clock, &link).await.unwrap().email,
        "rosa@example.org",
        "and looking uses nothing up"
    );
    let weak = reset::choose(&world.database, &world.clock, &link, "rosa").await;
    assert_eq!(wrong(weak), Wrong::Weak(Weak::Short));
    assert!(enters(&world, "correct horse battery").await, "until it is chosen the old one holds");
    choose(&world, &link).await.unwrap();
    assert_eq!(worth(&world, &open).await, None, "every session is over");
    assert!(!enters(&world, "correct horse battery").await);
    assert!(enters(&world, FRESH).await);
    assert_eq!(wrong(choose(&world, &link).await), Wrong::Link, "once");
    assert_eq!(world.number("select count(*) from outbox where kind = 'keys-changed'").await, 1);
    assert_eq!(
        world.words("select action from audit where action like '%Reset%' order by at, action").await,
        ["AskReset", "ResetPassword"]
    );
    assert!(!world.text("select token_hash from password_reset").await.contains(&link.to_string()));
    world.end().await;
}

#[tokio::test]
async fn a_link_is_too_old_after_an_hour_and_all_others_go_with_the_first_that_is_used() {
    let world = World::new().await;
    somebody(&world, "rosa", Role::Teacher).await;
    ask(&world, "rosa@example.org").await;
    let first = link(&world).await;
    world.clock.advance(WAITS);
    assert_eq!(wrong(choose(&world, &first).await), Wrong::Link);
    for _ in 0..6 {
        world.clock.advance(1);
        ask(&world, "rosa@example.org").await;
    }
    assert_eq!(world.number(LETTERS).await, 1 + 3, "a mailbox is not flooded");
    let newest = link(&world).await;
    choose(&world, &newest).await.unwrap();
    let waiting = "select count(*) from password_reset where used_at is null and expires_at > made_at + 1";
    assert_eq!(world.number(waiting).await, 0);
    world.end().await;
}

#[tokio::test]
async fn nobody_else_gets_a_letter() {
    let world = World::new().await;
    let school = world.organisation(Kind::School, "North", None).await;
    ask(&world, "nobody@example.org").await;
    // Without a password: a guardian who signs in through the district, a student with a card.
    let person = world.somebody("Dina District", Role::Teacher, Some(school)).await;
    world
        .put(format!(
            "update person set email = 'd@example.org', email_key = 'd@example.org' where id = '{person}'"
        ))
        .await;
    ask(&world, "d@example.org").await;
    let rosa = somebody(&world, "rosa", Role::Teacher).await.person;
    suspension::suspend(&world.database, &world.clock, &Actor::Machine, rosa, Why::Left).await.unwrap();
    ask(&world, "rosa@example.org").await;
    assert_eq!(world.number(LETTERS).await, 0);
    assert_eq!(world.number("select count(*) from password_reset").await, 0);
    world.end().await;
}

#[tokio::test]
async fn a_link_of_somebody_suspended_since_opens_nothing() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Teacher).await.person;
    ask(&world, "rosa@example.org").await;
    let link = link(&world).await;
    suspension::suspend(&world.database, &world.clock, &Actor::Machine, rosa, Why::Keys).await.unwrap();
    assert_eq!(wrong(choose(&world, &link).await), Wrong::Link);
    world.end().await;
}

#[tokio::test]
async fn the_second_step_stays_unless_somebody_with_a_say_in_it_wanted_it_anew() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Mentor).await;
    with_app(&world, &rosa).await;
    ask(&world, "rosa@example.org").await;
    choose(&world, &link(&world).await).await.unwrap();
    assert!(has(&world, &rosa).await.app, "mail alone is no second step");

    let token = reset::renew(&world.database, &world.clock, &Actor::Machine, rosa.person).await.unwrap();
    assert_eq!(token, link(&world).await, "the letter has the same link");
    assert!(has(&world, &rosa).await.app, "nothing changes before it is followed");
    world.clock.advance(WAITS_LONGER - 1);
    choose(&world, &token).await.unwrap();
    assert!(!has(&world, &rosa).await.is_set_up());
    let email = "rosa@example.org";
    let entered = sign_in::with_password(&world.database, &world.clock, email, FRESH, &NEW).await.unwrap();
    let session = session::load(&world.database, &world.clock, &entered.token).await.unwrap().unwrap();
    assert_eq!(
        session.wearer.strength,
        Strength::Password,
        "a mentor now sets up another before anything else"
    );
    world.end().await;
}

#[tokio::test]
async fn keys_are_renewed_by_who_invites_such_people_and_never_ones_own() {
    let world = World::new().await;
    let north = world.organisation(Kind::Programme, "North", None).await;
    let south = world.organisation(Kind::Programme, "South", None).await;
    let rosa = somebody(&world, "rosa", Role::Mentor).await.person;
    world.role(rosa, Role::Mentor, Some(north)).await;
    let renew = async |actor: &Actor, person| {
        reset::renew(&world.database, &world.clock, actor, person).await.map(drop)
    };
    let refused = |answer| match answer {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    let wear = async |name: &str, role, at| {
        let person = world.somebody(name, role, Some(at)).await;
        (person, wearing(person, role, Some(at)))
    };
    let (own, staff) = wear("Sam Staff", Role::Staff, north).await;
    let (_, foreign) = wear("Uma Staff", Role::Staff, south).await;
    let (_, safety) = wear("Grace Safety", Role::Safety, north).await;
    assert_eq!(refused(renew(&foreign, rosa).await), Refusal::NotYours);
    assert_eq!(refused(renew(&safety, rosa).await), Refusal::NotThisRole);
    assert_eq!(wrong(renew(&staff, own).await), Untouched::Own);
    let (student, _) = wear("Sol Student", Role::Student, north).await;
    assert_eq!(wrong(renew(&staff, student).await), Untouched::Student);
    let (plain, _) = wear("Pia Passkey", Role::Mentor, north).await;
    assert_eq!(wrong(renew(&staff, plain).await), Untouched::NoPassword);
    renew(&staff, rosa).await.unwrap();
    assert_eq!(world.number(LETTERS).await, 1);
    let noted =
        "select count(*) from audit where action = 'RenewKeys' and detail = 'password and second step'";
    assert_eq!(world.number(noted).await, 1);
    world.end().await;
}
