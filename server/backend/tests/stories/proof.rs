//! Who may give lasting access: only somebody who showed lately, and with all they have, who they are.

use super::authenticator::Authenticator;
use super::factors::{MINUTE, NEW, code, half, has, run, somebody, with_app, worth, wrong};
use super::world::World;
use backend::people::passkey::{self, Answered, Site};
use backend::people::proof::{self, Typed, Ways, Wrong};
use backend::people::session::{self, Session};
use backend::people::sign_in::{self, From};
use backend::people::{account, factors, invitation, recovery, reset, totp};
use backend::secret::Token;
use backend::{Fault, Stop};
use domain::people::Role;
use domain::people::factor::PROOF_HOLDS;
use domain::policy::{Actor, Refusal, Strength, Wearer};

const ORIGIN: &str = "https://pathways.example.org";
const PASSWORD: &str = "correct horse battery";
const FRESH: &str = "violin under the bridge";

async fn load(world: &World, token: &Token) -> Session {
    session::load(&world.database, &world.clock, token).await.unwrap().unwrap()
}

fn refused<T: std::fmt::Debug, W: std::error::Error>(answer: Result<T, Stop<W>>) -> Refusal {
    match answer {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// What somebody is told who tries each thing that changes their keys.
async fn refusals(world: &World, session: &Session) -> Vec<Refusal> {
    let (database, clock, actor) = (&world.database, &world.clock, &session.actor());
    let site = &Site::at(ORIGIN).unwrap();
    vec![
        refused(recovery::renew(database, clock, actor).await),
        refused(totp::begin(database, clock, &world.key, actor).await),
        refused(totp::begun(database, clock, &world.key, actor).await),
        refused(totp::remove(database, clock, actor).await),
        refused(passkey::begin_make(database, clock, actor, site).await),
        refused(passkey::own(database, clock, actor).await),
        refused(passkey::rename(database, clock, actor, "x", "Name").await),
        refused(passkey::remove(database, clock, actor, "x").await),
    ]
}

/// Adds a passkey in a session of somebody.
async fn add(
    world: &World,
    token: &Token,
    key: &mut Authenticator,
) -> Result<Option<Token>, Stop<passkey::Wrong>> {
    let (database, clock, site) = (&world.database, &world.clock, &Site::at(ORIGIN).unwrap());
    let actor = &load(world, token).await.actor();
    let asked = passkey::begin_make(database, clock, actor, site).await?;
    let answered = Answered { token: &asked.token, json: &key.make(&asked.options) };
    passkey::finish_make(database, clock, actor, token, site, &answered, "Phone").await
}

#[tokio::test]
async fn the_first_second_factor_ends_all_that_a_password_alone_had_opened() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Teacher).await;
    let (stolen, own) = (half(&world, "rosa").await, half(&world, "rosa").await);
    let before = load(&world, &stolen).await;
    let raised = add(&world, &own, &mut Authenticator::at(ORIGIN)).await.unwrap().unwrap();
    assert_eq!(worth(&world, &raised).await, Some(Strength::Two));
    assert_eq!((worth(&world, &own).await, worth(&world, &stolen).await), (None, None));

    // A request that was under way when the factor came, with what it had read before.
    assert_eq!(refusals(&world, &before).await, [Refusal::SecondFactor; 8]);
    let changed = account::change_password(&world.database, &world.clock, &before, PASSWORD, FRESH).await;
    assert_eq!(refused(changed), Refusal::SecondFactor);
    // A sign-in that was under way: its session is half of one.
    let late = world.signed_in(rosa.person, Role::Teacher).await;
    run(&world, "update session set strength = 'password' where device = 'Chrome'").await;
    assert_eq!(worth(&world, &late).await, Some(Strength::Half));

    let other = world.signed_in(rosa.person, Role::Teacher).await;
    assert!(add(&world, &raised, &mut Authenticator::at(ORIGIN)).await.unwrap().is_none());
    assert_eq!(worth(&world, &other).await, Some(Strength::Two), "a second one ends nothing");
    assert_eq!(has(&world, &rosa).await.passkeys, 2);
    world.end().await;
}

#[tokio::test]
async fn a_session_that_is_over_adds_no_first_factor() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Teacher).await;
    let (database, clock, site) = (&world.database, &world.clock, &Site::at(ORIGIN).unwrap());
    let token = half(&world, "rosa").await;
    let actor = &load(&world, &token).await.actor();
    let asked = passkey::begin_make(database, clock, actor, site).await.unwrap();
    session::end(database, &token).await.unwrap();
    let answered = Answered { token: &asked.token, json: &Authenticator::at(ORIGIN).make(&asked.options) };
    let made = passkey::finish_make(database, clock, actor, &token, site, &answered, "Phone").await;
    assert_eq!(refused(made), Refusal::SignIn);
    assert!(!has(&world, &rosa).await.is_set_up());
    world.end().await;
}

#[tokio::test]
async fn what_lasts_asks_for_a_new_proof_after_ten_minutes() {
    let world = World::new().await;
    somebody(&world, "rosa", Role::Teacher).await;
    let (database, clock) = (&world.database, &world.clock);
    let token = half(&world, "rosa").await;
    clock.advance(PROOF_HOLDS);
    recovery::renew(database, clock, &load(&world, &token).await.actor()).await.unwrap();
    clock.advance(1);
    assert_eq!(refusals(&world, &load(&world, &token).await).await, [Refusal::ProveFirst; 8]);
    let worn = load(&world, &token).await.worn.unwrap();
    let token = session::wear(database, clock, &token, worn).await.unwrap().unwrap();
    assert_eq!(refusals(&world, &load(&world, &token).await).await, [Refusal::ProveFirst; 8], "as before");

    let session = load(&world, &token).await;
    let show = async |typed: &str| {
        proof::show(database, clock, &world.key, &session, &token, Typed::Password(typed)).await
    };
    assert_eq!(wrong(show("not the password").await), Wrong::NoMatch);
    let ends = "select ends_at from session";
    let until = world.number(ends).await;
    let proved = show(PASSWORD).await.unwrap();
    assert_eq!(worth(&world, &token).await, None, "a copy of the old token proves nothing");
    assert_eq!(world.number(ends).await, until, "it lives no longer by it");
    let session = load(&world, &proved).await;
    assert_eq!((session.wearer.strength, session.worn), (Strength::Password, Some(worn)));
    recovery::renew(database, clock, &session.actor()).await.unwrap();
    let noted = "select detail from audit where action = 'ProveAgain'";
    assert_eq!(world.words(noted).await, ["password"]);
    assert_eq!(refused(show(PASSWORD).await), Refusal::SignIn, "that session is over");

    clock.advance(PROOF_HOLDS + 1);
    let session = load(&world, &proved).await;
    account::change_password(database, clock, &session, PASSWORD, FRESH).await.unwrap();
    world.end().await;
}

#[tokio::test]
async fn whatever_somebody_signs_in_with_is_a_proof_once() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let (secret, codes) = with_app(&world, &rosa).await;
    let (database, clock, site) = (&world.database, &world.clock, &Site::at(ORIGIN).unwrap());
    let mut key = Authenticator::at(ORIGIN);
    let mut token = world.signed_in(rosa.person, Role::Staff).await;
    add(&world, &token, &mut key).await.unwrap();
    let ways = proof::ways(database, rosa.person).await.unwrap();
    assert_eq!(ways, Ways { password: true, has: has(&world, &rosa).await });

    for on_paper in [false, true] {
        clock.advance(PROOF_HOLDS + 1);
        let typed = if on_paper { codes[0].to_string() } else { code(&world, &secret) };
        let typed = if on_paper { factors::Typed::Recovery(&typed) } else { factors::Typed::App(&typed) };
        let session = load(&world, &token).await;
        assert_eq!(refusals(&world, &session).await, [Refusal::ProveFirst; 8]);
        let show = async |token: &Token| {
            proof::show(database, clock, &world.key, &session, token, Typed::Code(typed)).await
        };
        token = show(&token).await.unwrap();
        assert!(load(&world, &token).await.wearer.proved);
        assert_eq!(wrong(show(&token).await), Wrong::NoMatch, "used up: {on_paper}");
    }

    clock.advance(PROOF_HOLDS + 1);
    key.counter = 1;
    let session = load(&world, &token).await;
    let asked = passkey::begin_prove(database, clock, site, &session).await.unwrap();
    let json = &key.show(&asked.options);
    let answered = Answered { token: &asked.token, json };
    let as_sign_in =
        passkey::finish_use(database, clock, site, &answered, Some((&session, &token)), &NEW).await;
    assert_eq!(wrong(as_sign_in), passkey::Wrong::Expired, "asked for something else");
    let ana = somebody(&world, "ana", Role::Staff).await;
    let anas = world.signed_in(ana.person, Role::Staff).await;
    let her = load(&world, &anas).await;
    assert_eq!(wrong(passkey::begin_prove(database, clock, site, &her).await), passkey::Wrong::NoKey);
    let as_her = passkey::finish_prove(database, clock, site, &answered, &her, &anas).await;
    assert_eq!(wrong(as_her), passkey::Wrong::Expired, "asked of Rosa alone");
    let asked = passkey::begin_prove(database, clock, site, &session).await.unwrap();
    let answered = Answered { token: &asked.token, json: &key.show(&asked.options) };
    let token = passkey::finish_prove(database, clock, site, &answered, &session, &token).await.unwrap();
    assert!(load(&world, &token).await.wearer.proved);
    assert_eq!(world.number("select count(*) from audit where action = 'ProveAgain'").await, 3);
    world.end().await;
}

#[tokio::test]
async fn wrong_tries_at_a_proof_are_counted() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let (secret, _) = with_app(&world, &rosa).await;
    let (database, clock) = (&world.database, &world.clock);
    let token = world.signed_in(rosa.person, Role::Staff).await;
    let session = load(&world, &token).await;
    let show = async |typed: Typed<'_>| {
        wrong(proof::show(database, clock, &world.key, &session, &token, typed).await)
    };
    for _ in 0..10 {
        assert_eq!(show(Typed::Password("not this one")).await, Wrong::NoMatch);
        assert_eq!(show(Typed::Code(factors::Typed::App("12345"))).await, Wrong::NoMatch);
    }
    assert_eq!(show(Typed::Password(PASSWORD)).await, Wrong::Wait { minutes: 15 });
    let right = code(&world, &secret);
    assert_eq!(show(Typed::Code(factors::Typed::App(&right))).await, Wrong::Wait { minutes: 15 });
    assert!(half(&world, "rosa").await != token, "and nobody is kept from signing in by it");
    clock.advance(15 * MINUTE);
    proof::show(database, clock, &world.key, &session, &token, Typed::Password(PASSWORD)).await.unwrap();
    world.end().await;
}

#[tokio::test]
async fn a_browser_that_was_left_open_invites_nobody() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Operator).await;
    let long_ago = Actor::Person(Wearer { strength: Strength::Two, proved: false, ..rosa });
    let wanted = invitation::Wanted {
        email: "new@example.org",
        role: Role::Operator,
        at: None,
        tongue: "en",
        mailed: false,
    };
    let invite =
        async |actor: &Actor| invitation::invite(&world.database, &world.clock, actor, &wanted).await;
    assert_eq!(refused(invite(&long_ago).await), Refusal::ProveFirst);
    assert!(!matches!(invite(&long_ago.having_proved()).await, Err(Stop::Refused(Refusal::ProveFirst))));
    world.end().await;
}

#[tokio::test]
async fn who_signs_in_ends_the_session_that_their_browser_had() {
    let world = World::new().await;
    somebody(&world, "rosa", Role::Teacher).await;
    somebody(&world, "ana", Role::Teacher).await;
    let enter = async |name: &str, password: &str, before: &Token| {
        let from = From { before: Some(before.clone()), ..NEW };
        let email = format!("{name}@example.org");
        sign_in::with_password(&world.database, &world.clock, &email, password, &from).await
    };
    let first = half(&world, "rosa").await;
    let elsewhere = half(&world, "rosa").await;
    assert!(enter("rosa", "not the password", &first).await.is_err());
    assert!(worth(&world, &first).await.is_some(), "whoever did not get in ended nothing");
    let again = enter("rosa", PASSWORD, &first).await.unwrap().token;
    assert_eq!(worth(&world, &first).await, None);
    assert!(worth(&world, &elsewhere).await.is_some(), "other browsers go on");
    enter("ana", PASSWORD, &again).await.unwrap();
    assert_eq!(worth(&world, &again).await, None, "also when somebody else comes");
    world.end().await;
}

#[tokio::test]
async fn a_new_password_ends_links_for_another_one() {
    let world = World::new().await;
    somebody(&world, "rosa", Role::Teacher).await;
    reset::ask(&world.database, &world.clock, "rosa@example.org").await.unwrap();
    let open = "select count(*) from password_reset where used_at is null";
    assert_eq!(world.number(open).await, 1);
    let session = load(&world, &half(&world, "rosa").await).await;
    account::change_password(&world.database, &world.clock, &session, PASSWORD, FRESH).await.unwrap();
    assert_eq!(world.number(open).await, 0);
    world.end().await;
}

#[tokio::test]
async fn only_sessions_that_still_open_something_are_listed() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Teacher).await;
    let listed = async || -> Result<usize, Fault> {
        Ok(session::own(&world.database, &world.clock, rosa.person).await?.len())
    };
    let old = half(&world, "rosa").await;
    world.clock.advance(2 * 60 * MINUTE);
    half(&world, "rosa").await;
    assert_eq!(listed().await.unwrap(), 2);
    world.clock.advance(1);
    assert_eq!(worth(&world, &old).await, None);
    assert_eq!(listed().await.unwrap(), 1);
    world.end().await;
}

#[tokio::test]
async fn asks_of_others_keep_nobody_from_a_link_to_their_own_address() {
    let world = World::new().await;
    somebody(&world, "rosa", Role::Teacher).await;
    let sent = "select count(*) from outbox where kind = 'new-password'";
    for _ in 0..12 {
        reset::ask(&world.database, &world.clock, "rosa@example.org").await.unwrap();
    }
    assert_eq!(world.number(sent).await, 3, "a mailbox is not flooded");
    world.clock.advance(reset::WAITS);
    reset::ask(&world.database, &world.clock, "rosa@example.org").await.unwrap();
    assert_eq!(world.number(sent).await, 4, "once those links are over");
    world.end().await;
}
