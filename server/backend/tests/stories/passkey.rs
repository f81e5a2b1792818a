//! Does a passkey open its owner's account, there and nowhere else, once for each time it is asked for?

use crate::authenticator::Authenticator;
use crate::factors::{NEW, half, has, run, somebody, sure, with_app, worth, wrong};
use crate::world::World;
use backend::Stop;
use backend::people::passkey::{self, Answered, Site};
use backend::people::{factors, session, totp};
use backend::secret::Token;
use domain::people::{PersonId, Role};
use domain::policy::{Actor, Strength};

const ORIGIN: &str = "https://pathways.example.org";

/// Adds a passkey as the account page does.
async fn add(
    world: &World,
    actor: &Actor,
    key: &mut Authenticator,
    name: &str,
) -> Result<(), Stop<passkey::Wrong>> {
    let (database, clock, site) = (&world.database, &world.clock, &Site::at(ORIGIN).unwrap());
    let asked = passkey::begin_make(database, clock, actor, site).await.unwrap();
    let json = &key.make(&asked.options);
    let Actor::Person(wearer) = actor else { unreachable!() };
    let session = world.signed_in(wearer.person, wearer.role.unwrap()).await;
    let answered = Answered { token: &asked.token, json };
    passkey::finish_make(database, clock, actor, &session, site, &answered, name).await.map(drop)
}

/// Shows a passkey as the sign-in page does, or the page of the second step after somebody's password.
async fn enter(
    world: &World,
    key: &mut Authenticator,
    after: Option<&str>,
) -> Result<PersonId, Stop<passkey::Wrong>> {
    let (database, clock, site) = (&world.database, &world.clock, &Site::at(ORIGIN).unwrap());
    let mut half_in = None;
    if let Some(name) = after {
        let token = half(world, name).await;
        half_in = Some((session::load(database, clock, &token).await.unwrap().unwrap(), token));
    }
    let whose = half_in.as_ref().map(|(session, _)| session.wearer.person);
    let asked = passkey::begin_use(database, clock, site, whose).await?;
    let json = &key.show(&asked.options);
    let half_in = half_in.as_ref().map(|(session, token)| (session, token));
    let answered = Answered { token: &asked.token, json };
    let entered = passkey::finish_use(database, clock, site, &answered, half_in, &NEW).await?;
    assert_eq!(worth(world, &entered.token).await, Some(Strength::Two));
    Ok(entered.person)
}

#[tokio::test]
async fn a_passkey_signs_its_owner_in() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let ana = somebody(&world, "ana", Role::Staff).await;
    let (database, clock, actor) = (&world.database, &world.clock, &sure(&rosa));
    let mut key = Authenticator::at(ORIGIN);
    assert_eq!(wrong(enter(&world, &mut key, None).await), passkey::Wrong::NoKey, "it was never added");
    assert_eq!(wrong(enter(&world, &mut key, Some("rosa")).await), passkey::Wrong::NoKey);
    add(&world, actor, &mut key, " Teléfono ").await.unwrap();
    assert_eq!(wrong(add(&world, actor, &mut key, "Again").await), passkey::Wrong::NotTaken, "there already");
    assert_eq!(wrong(add(&world, actor, &mut key, "  ").await), passkey::Wrong::Name);
    assert_eq!(wrong(add(&world, &sure(&ana), &mut key, "Mine").await), passkey::Wrong::Known);
    key.handle = asked_handle(&world, actor).await;

    assert_eq!(enter(&world, &mut key, None).await.unwrap(), rosa.person, "alone");
    assert_eq!(enter(&world, &mut key, Some("rosa")).await.unwrap(), rosa.person, "after a password");
    let kept = passkey::own(database, clock, actor).await.unwrap();
    assert_eq!((kept.len(), kept[0].name.as_str(), kept[0].used_at), (1, "Teléfono", Some(clock.now())));
    passkey::rename(database, clock, actor, &kept[0].id, "Phone").await.unwrap();
    passkey::rename(database, clock, &sure(&ana), &kept[0].id, "Stolen").await.unwrap();
    passkey::remove(database, clock, &sure(&ana), &kept[0].id).await.unwrap();
    let kept = passkey::own(database, clock, actor).await.unwrap();
    assert_eq!(kept[0].name, "Phone", "nobody else's hand reaches it");

    run(&world, "update person set suspended_at = 1 where given_name = 'rosa'").await;
    assert_eq!(wrong(enter(&world, &mut key, None).await), passkey::Wrong::NoKey);
    world.end().await;
}

/// What a passkey of this actor would be told to call its owner.
async fn asked_handle(world: &World, actor: &Actor) -> String {
    let site = Site::at(ORIGIN).unwrap();
    let asked = passkey::begin_make(&world.database, &world.clock, actor, &site).await.unwrap();
    let options: serde_json::Value = serde_json::from_str(&asked.options).unwrap();
    assert_eq!(options["authenticatorSelection"]["residentKey"], "preferred");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(options["rp"]["id"], "pathways.example.org");
    options["user"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_passkey_that_is_locked_copied_lured_or_anothers_opens_nothing() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let ana = somebody(&world, "ana", Role::Staff).await;
    let (mut key, mut other) = (Authenticator::at(ORIGIN), Authenticator::at(ORIGIN));
    add(&world, &sure(&rosa), &mut key, "Phone").await.unwrap();
    add(&world, &sure(&ana), &mut other, "Phone").await.unwrap();

    key.unlocked = false;
    assert_eq!(wrong(enter(&world, &mut key, None).await), passkey::Wrong::NoKey, "without finger or PIN");
    key.unlocked = true;
    key.counter = 7;
    enter(&world, &mut key, None).await.unwrap();
    assert_eq!(
        wrong(enter(&world, &mut key, None).await),
        passkey::Wrong::NoKey,
        "a copy that counts behind"
    );
    key.counter = 8;
    enter(&world, &mut key, None).await.unwrap();
    key.counter = 9;
    let mine = std::mem::replace(&mut key.handle, other.handle.clone());
    assert_eq!(wrong(enter(&world, &mut key, None).await), passkey::Wrong::NoKey, "says it is another's");
    key.handle = mine;
    assert_eq!(
        wrong(enter(&world, &mut other, Some("rosa")).await),
        passkey::Wrong::NoKey,
        "after Rosa's password only Rosa's key counts"
    );
    key.framed = true;
    assert_eq!(
        wrong(enter(&world, &mut key, None).await),
        passkey::Wrong::NoKey,
        "inside another site's page"
    );
    key.framed = false;
    key.counter = 10;
    enter(&world, &mut key, None).await.unwrap();
    let mut key = key.lured_to("https://pathways.example.net");
    assert_eq!(wrong(enter(&world, &mut key, None).await), passkey::Wrong::NoKey, "shown to another site");
    world.end().await;
}

#[tokio::test]
async fn an_answer_is_looked_at_once_in_time_and_from_the_browser_that_was_asked() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Teacher).await;
    let ana = somebody(&world, "ana", Role::Teacher).await;
    let (database, clock, site) = (&world.database, &world.clock, &Site::at(ORIGIN).unwrap());
    let (actor, other) = (&sure(&rosa), &sure(&ana));
    let mut key = Authenticator::at(ORIGIN);
    let make = async |actor, token: &Token, answer: &str| {
        let (answered, session) = (Answered { token, json: answer }, Token::new().unwrap());
        wrong(passkey::finish_make(database, clock, actor, &session, site, &answered, "Phone").await)
    };
    let asked = passkey::begin_make(database, clock, actor, site).await.unwrap();
    let answer = key.make(&asked.options);
    assert_eq!(
        make(actor, &Token::new().unwrap(), &answer).await,
        passkey::Wrong::Expired,
        "another browser"
    );
    assert_eq!(make(other, &asked.token, &answer).await, passkey::Wrong::Expired, "another person");
    assert_eq!(make(actor, &asked.token, &answer).await, passkey::Wrong::Expired, "it was spent by that");

    let asked = passkey::begin_make(database, clock, actor, site).await.unwrap();
    assert_eq!(
        make(actor, &asked.token, &answer).await,
        passkey::Wrong::NotTaken,
        "an answer to another question"
    );
    let asked = passkey::begin_make(database, clock, actor, site).await.unwrap();
    let answer = key.make(&asked.options);
    clock.advance(passkey::LIVES);
    assert_eq!(make(actor, &asked.token, &answer).await, passkey::Wrong::Expired, "too late");
    assert_eq!(make(actor, &asked.token, "{}").await, passkey::Wrong::Expired);
    add(&world, actor, &mut key, "Phone").await.unwrap();

    let asked = passkey::begin_use(database, clock, site, None).await.unwrap();
    let answer = key.show(&asked.options);
    let taken = async |token: &Token| {
        let answered = Answered { token, json: &answer };
        passkey::finish_use(database, clock, site, &answered, None, &NEW).await.map(|entered| entered.person)
    };
    assert_eq!(taken(&asked.token).await.unwrap(), rosa.person);
    assert_eq!(wrong(taken(&asked.token).await), passkey::Wrong::Expired, "a replay");
    let asked = passkey::begin_use(database, clock, site, None).await.unwrap();
    assert_eq!(wrong(taken(&asked.token).await), passkey::Wrong::NoKey, "an old answer");
    let asked = passkey::begin_use(database, clock, site, Some(rosa.person)).await.unwrap();
    assert_eq!(wrong(taken(&asked.token).await), passkey::Wrong::Expired, "asked of Rosa alone");
    let begun = passkey::begin_make(database, clock, actor, site).await.unwrap();
    assert_eq!(wrong(taken(&begun.token).await), passkey::Wrong::Expired, "asked for something else");
    passkey::begin_use(database, clock, site, None).await.unwrap();
    clock.advance(passkey::LIVES);
    passkey::begin_use(database, clock, site, None).await.unwrap();
    assert_eq!(world.number("select count(*) from challenge").await, 1, "what nobody answered is swept");
    world.end().await;
}

#[tokio::test]
async fn who_must_have_a_second_factor_keeps_the_last_one() {
    let world = World::new().await;
    let (database, clock) = (&world.database, &world.clock);
    let staff = somebody(&world, "rosa", Role::Staff).await;
    with_app(&world, &staff).await;
    let actor = sure(&staff);
    assert_eq!(wrong(totp::remove(database, clock, &actor).await), factors::Wrong::LastOne);
    assert!(has(&world, &staff).await.app);
    let mut key = Authenticator::at(ORIGIN);
    add(&world, &actor, &mut key, "Phone").await.unwrap();
    totp::remove(database, clock, &actor).await.unwrap();
    let phone = &passkey::own(database, clock, &actor).await.unwrap()[0];
    assert_eq!(wrong(passkey::remove(database, clock, &actor, &phone.id).await), passkey::Wrong::LastOne);
    assert_eq!(has(&world, &staff).await.passkeys, 1, "nothing was taken away");

    let teacher = somebody(&world, "ana", Role::Teacher).await;
    with_app(&world, &teacher).await;
    totp::remove(database, clock, &sure(&teacher)).await.unwrap();
    assert!(!has(&world, &teacher).await.is_set_up());
    world.end().await;
}
