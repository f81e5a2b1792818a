//! What does a district's word open of somebody who has more than one place, or keys of their own?

use super::town::{Town, organisation, rosa, wrong};
use crate::factors::{NEW, code, run, somebody};
use backend::Stop;
use backend::people::factors::{self, Typed};
use backend::people::sso::{self, Came, Setting, Wrong};
use backend::people::{role, session, totp};
use backend::secret::Token;
use domain::people::{PersonId, Role};
use domain::policy::{Actor, Refusal, Strength, Wearer};
use serde_json::{Value, json};

const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

async fn app(town: &Town, person: PersonId) {
    let sealed = town.world.key.seal(&format!("totp {person}"), SECRET.as_bytes()).unwrap();
    run(&town.world, &format!("insert into totp values ('{person}', '{sealed}', 1, 0)")).await;
}

async fn proves(town: &Town, claims: Value) -> Token {
    match town.come(claims).await.unwrap() {
        Came::Proves(token) => token,
        other => panic!("came in without own keys: {other:?}"),
    }
}

fn with_own_keys(person: PersonId, strength: Strength) -> Actor {
    let (role, at, band) = (None, None, None);
    Actor::Person(Wearer { person, role, at, strength, band, proved: true, allowed: false, cleared: false })
}

#[tokio::test]
async fn a_district_opens_what_is_worn_there_and_nothing_else() {
    let town = Town::new().await;
    let world = &town.world;
    let (database, clock) = (&world.database, &world.clock);
    let person = town.person("rosa@valley.example", Role::Teacher, Some(town.elsewhere)).await;
    let far = organisation(world, "school", "Harbor High", &[town.elsewhere]).await;
    town.give(person, Role::Teacher, Some(far)).await;
    town.give(person, Role::Guardian, None).await;
    assert_eq!(wrong(town.come(rosa()).await), Wrong::NotInvited, "she is nobody there");
    town.give(person, Role::Teacher, Some(town.school)).await;

    let (session, token) = town.session(rosa()).await.unwrap();
    let worn: Vec<_> = session.roles.iter().map(|grant| (grant.role, grant.at)).collect();
    assert_eq!(
        worn,
        [(Role::Teacher, Some(town.school))],
        "no role elsewhere, and none that is worn nowhere"
    );
    assert_eq!((session.wearer.role, session.wearer.at), (Some(Role::Teacher), Some(town.school)));

    let all = role::of(&mut database.lease().await.unwrap().conn(), person).await.unwrap();
    assert_eq!(all.len(), 4);
    for grant in all.iter().filter(|grant| grant.at != Some(town.school)) {
        let worn = session::wear(database, clock, &token, grant.id).await.unwrap();
        assert!(worn.is_none(), "{grant:?} cannot be put on");
    }
    let again = session::wear(database, clock, &token, session.worn.unwrap()).await.unwrap().unwrap();
    assert_eq!(town.open(&again).await.unwrap().roles.len(), 1, "nor after another role was worn");
    town.world.end().await;
}

#[tokio::test]
async fn no_key_is_made_on_a_districts_word() {
    let town = Town::new().await;
    town.person("rosa@valley.example", Role::Teacher, Some(town.school)).await;
    let second = Setting { vouches_second_factor: true, ..town.setting() };
    for setting in [town.setting(), second] {
        town.set(&setting).await.unwrap();
        let (session, _) = town.session(rosa()).await.unwrap();
        let begun =
            totp::begin(&town.world.database, &town.world.clock, &town.world.key, &session.actor()).await;
        assert!(matches!(begun, Err(Stop::Refused(Refusal::OwnKeys))), "{begun:?}");
    }
    town.world.end().await;
}

#[tokio::test]
async fn an_account_with_keys_of_its_own_is_connected_by_its_owner() {
    let town = Town::new().await;
    let (database, clock) = (&town.world.database, &town.world.clock);
    let person = town.person("rosa@valley.example", Role::Teacher, Some(town.school)).await;
    run(&town.world, &format!("insert into password values ('{person}', 'x', 0)")).await;
    let links = "select count(*) from sso_subject";
    let token = proves(&town, rosa()).await;
    assert_eq!(town.world.number("select count(*) from session").await, 0, "an address opens nothing");
    let connect =
        async |actor: &Actor, token: &Token| sso::connect(database, clock, actor, town.district, token).await;

    let other = somebody(&town.world, "sam", Role::Guardian).await;
    let stranger = with_own_keys(other.person, Strength::Two);
    assert_eq!(wrong(connect(&stranger, &token).await), Wrong::Expired, "it waits for somebody else");
    let owner = with_own_keys(person, Strength::Password);
    assert_eq!(wrong(connect(&owner, &token).await), Wrong::Expired, "and was tried once");
    let token = proves(&town, rosa()).await;
    let elsewhere = sso::connect(database, clock, &owner, town.elsewhere, &token).await;
    assert_eq!(wrong(elsewhere), Wrong::Expired, "she was asked about another district");
    let token = proves(&town, rosa()).await;
    for strength in [Strength::Half, Strength::Pin, Strength::District, Strength::Sso] {
        let answer = connect(&with_own_keys(person, strength), &token).await;
        assert!(matches!(answer, Err(Stop::Refused(_))), "{strength:?}: {answer:?}");
    }
    let late = proves(&town, rosa()).await;
    clock.advance(sso::LIVES);
    assert_eq!(wrong(connect(&owner, &late).await), Wrong::Expired);
    assert_eq!(town.world.number(links).await, 0);

    let token = proves(&town, rosa()).await;
    let long_ago = match owner {
        Actor::Person(wearer) => Actor::Person(Wearer { proved: false, ..wearer }),
        Actor::Machine => owner,
    };
    assert!(matches!(connect(&long_ago, &token).await, Err(Stop::Refused(Refusal::ProveFirst))));
    connect(&owner, &token).await.expect("what waits is not used up by being refused");
    assert_eq!(town.enter(rosa()).await.unwrap(), person, "from then on the district answers for her");
    let told = town.world.number("select count(*) from outbox where kind = 'keys-changed'").await;
    assert_eq!((told, town.world.number(links).await), (1, 1), "and she is told");
    town.world.end().await;
}

#[tokio::test]
async fn where_a_second_factor_is_needed_somebody_saw_one() {
    let town = Town::new().await;
    let (database, clock) = (&town.world.database, &town.world.clock);
    let said = |amr: Value| json!({"email": "ana@valley.example", "email_verified": true, "job": "lead", "amr": amr, "acr": "0"});
    let strength = async |amr: Value| town.session(said(amr)).await.unwrap().0.wearer.strength;
    assert_eq!(strength(json!(["pwd"])).await, Strength::District);
    assert_eq!(strength(Value::Null).await, Strength::District);
    assert_eq!(strength(json!(["pwd", "otp"])).await, Strength::Sso);
    assert_eq!(strength(json!(["mfa"])).await, Strength::Sso);

    let (session, _) = town.session(said(json!(["pwd"]))).await.unwrap();
    app(&town, session.wearer.person).await;
    let (half, token) = town.session(said(json!(["pwd"]))).await.unwrap();
    assert_eq!(half.wearer.strength, Strength::Half, "she goes on with her own");
    let typed = code(&town.world, SECRET);
    let shown = factors::show(database, clock, &town.world.key, &half, &token, Typed::App(&typed), &NEW)
        .await
        .unwrap();
    let whole = town.open(&shown.token).await.unwrap();
    assert_eq!((whole.wearer.strength, whole.vouched_by), (Strength::Sso, Some(town.district)));
    assert_eq!(strength(json!(["mfa"])).await, Strength::Sso, "or with the district's");
    town.set(&Setting { vouches_second_factor: true, ..town.setting() }).await.unwrap();
    assert_eq!(strength(json!(["pwd"])).await, Strength::Sso, "or the operator answers for it");
    town.world.end().await;
}
