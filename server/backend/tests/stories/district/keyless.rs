//! How does somebody whom only a district knows come to a role elsewhere, and nobody else to their address?

use super::provider::Provider;
use super::town::{Town, rosa, wrong};
use crate::factors::{NEW, run};
use backend::people::invitation::{self, Accepting, Wanted};
use backend::people::sign_in::{self, From};
use backend::people::sso::{Came, Setting, Wrong};
use backend::secret::Token;
use domain::people::{OrganisationId, Role};
use domain::policy::{Actor, Strength, Wearer};
use serde_json::{Value, json};

const WORDS: &str = "some words in a row";
const GIVEN: Accepting<'_> =
    Accepting { given_name: "", family_name: "", password: WORDS, tongue: "es", from: NEW };

fn ana(job: &Value) -> Value {
    json!({"email": "ana@valley.example", "email_verified": true, "amr": ["mfa"], "job": job})
}

async fn invite(town: &Town, email: &str, role: Role, at: OrganisationId) -> Token {
    let wanted = Wanted { email, role, at: Some(at), tongue: "en", mailed: false };
    invitation::invite(&town.world.database, &town.world.clock, &Actor::Machine, &wanted).await.unwrap()
}

#[tokio::test]
async fn only_who_has_an_address_of_the_district_is_new_here() {
    let town = Town::new().await;
    let named = |email: &str| json!({"sub": email, "email": email, "email_verified": true, "job": "data"});
    for email in
        ["ceo@company.example", "a@not-valley.example", "a@sub.valley.example", "a@valley.example.org"]
    {
        assert_eq!(wrong(town.come(named(email)).await), Wrong::NotInvited, "{email}");
    }
    invite(&town, "ceo@company.example", Role::Staff, town.district).await;
    assert_eq!(wrong(town.come(named("ceo@company.example")).await), Wrong::NotInvited, "also when invited");
    assert_eq!(town.people().await, 0);
    town.enter(named("Ana@Post.Valley.example")).await.unwrap();
    town.set(&Setting { domains: Vec::new(), ..town.setting() }).await.unwrap();
    assert_eq!(wrong(town.come(named("ben@valley.example")).await), Wrong::NotInvited, "none is set");
    town.world.end().await;
}

#[tokio::test]
async fn who_came_by_a_district_accepts_there_as_who_they_are() {
    let town = Town::new().await;
    let (database, clock) = (&town.world.database, &town.world.clock);
    let (session, token) = town.session(ana(&json!("data"))).await.unwrap();
    let here = invite(&town, "Ana@valley.example", Role::Teacher, town.school).await;
    let far = invite(&town, "ana@valley.example", Role::Staff, town.elsewhere).await;
    let other = invite(&town, "ben@valley.example", Role::Teacher, town.school).await;
    for token in [&far, &other] {
        let refused = invitation::accept_as(database, clock, token, &session).await;
        assert_eq!(wrong(refused), invitation::Wrong::Password);
    }
    let shown = invitation::look(database, clock, &here).await.unwrap();
    assert!(invitation::is_theirs(database, &shown, &session).await.unwrap());
    invitation::accept_as(database, clock, &here, &session).await.unwrap();
    assert_eq!(town.open(&token).await.unwrap().roles.len(), 2);
    let again = invitation::accept_as(database, clock, &here, &session).await;
    assert_eq!(wrong(again), invitation::Wrong::Link, "once");
    town.enter(ana(&json!([]))).await.unwrap();
    assert_eq!(
        town.world.number("select count(*) from role_grant where ended_at is null").await,
        1,
        "it stays"
    );
    town.world.end().await;
}

#[tokio::test]
async fn who_reads_the_mail_of_an_address_owns_its_account() {
    let town = Town::new().await;
    let (database, clock) = (&town.world.database, &town.world.clock);
    let rival = Provider::start().await;
    let issuer = rival.issuer.clone();
    let setting = Setting {
        organisation: town.elsewhere,
        issuer: issuer.clone(),
        domains: vec!["harbor.example".to_owned()],
        ..town.setting()
    };
    town.set(&setting).await.unwrap();
    let (session, open) = town.session(ana(&json!("data"))).await.unwrap();
    let person = session.wearer.person;
    // Once upon a time another district answered for her address, too, and gave a role.
    run(&town.world, &format!("insert into sso_subject values ('{issuer}', 'x', '{person}')")).await;
    let grant = format!(
        "insert into role_grant (id, person_id, role, organisation_id, made_at, source)
         values ('far', '{person}', 'analyst', '{}', 0, 'district')",
        town.elsewhere
    );
    run(&town.world, &grant).await;
    let third = super::town::organisation(&town.world, "company", "Spark Works", &[]).await;
    let token = invite(&town, "ana@valley.example", Role::Ambassador, third).await;
    assert!(invitation::look(database, clock, &token).await.unwrap().keyless);
    let short = Accepting { password: "short", ..GIVEN };
    assert!(matches!(
        wrong(invitation::accept(database, clock, &token, &short).await),
        invitation::Wrong::Weak(_)
    ));
    let accepted = invitation::accept(database, clock, &token, &GIVEN).await.unwrap();
    let own = town.open(&accepted.session.unwrap()).await.unwrap();
    assert_eq!((own.wearer.person, own.vouched_by), (person, None));
    let mut roles: Vec<_> = own.roles.iter().map(|grant| (grant.role, grant.at)).collect();
    roles.sort_unstable();
    assert_eq!(roles, [(Role::Ambassador, Some(third)), (Role::Analyst, Some(town.district))]);
    assert!(town.open(&open).await.is_none(), "what was open without her password is over");
    sign_in::with_password(database, clock, "ana@valley.example", WORDS, &NEW).await.unwrap();
    let left = town.world.number("select count(*) from sso_subject").await;
    assert_eq!(left, 1, "the district of her address still answers for her, the other no longer");
    assert_eq!(town.enter(ana(&json!("data"))).await.unwrap(), person);
    town.world.end().await;
}

#[tokio::test]
async fn whoever_invites_gets_no_account_by_it() {
    let town = Town::new().await;
    let (database, clock) = (&town.world.database, &town.world.clock);
    let sam = Actor::Person(Wearer {
        person: town.person("sam@harbor.example", Role::Staff, Some(town.elsewhere)).await,
        role: Some(Role::Operator),
        at: None,
        strength: Strength::Two,
        band: None,
        proved: true,
        allowed: false,
        cleared: false,
    });
    let third = super::town::organisation(&town.world, "company", "Spark Works", &[]).await;
    let ask = async |email: &str| {
        let wanted = Wanted { email, role: Role::Ambassador, at: Some(third), tongue: "en", mailed: false };
        invitation::invite(database, clock, &sam, &wanted).await
    };
    assert_eq!(wrong(ask("Sam@harbor.example").await), invitation::Wrong::Role, "nobody invites themselves");

    // Before she came by her district, and after.
    let early = ask("ana@valley.example").await.unwrap();
    assert!(invitation::look(database, clock, &early).await.unwrap().shown);
    let (session, open) = town.session(ana(&json!("data"))).await.unwrap();
    let late = ask("ana@valley.example").await.unwrap();
    assert!(!invitation::look(database, clock, &late).await.unwrap().shown, "only her mail shows it");
    let refused = invitation::accept(database, clock, &early, &GIVEN).await;
    assert_eq!(wrong(refused), invitation::Wrong::Password, "a link that Sam saw makes no password of hers");
    assert!(town.open(&open).await.is_some());
    let accepted = invitation::accept(database, clock, &late, &GIVEN).await.unwrap();
    assert_eq!(town.open(&accepted.session.unwrap()).await.unwrap().wearer.person, session.wearer.person);
    town.world.end().await;
}

#[tokio::test]
async fn a_district_begins_a_session_in_the_place_of_the_browsers_own() {
    let town = Town::new().await;
    let (_, before) = town.session(ana(&json!("data"))).await.unwrap();
    let from = From { before: Some(before.clone()), ..NEW };
    assert!(matches!(town.come_from(ana(&json!("data")), &from).await.unwrap(), Came::In(..)));
    assert!(town.open(&before).await.is_none());
    town.world.end().await;
}

#[tokio::test]
async fn a_student_with_a_card_gets_no_password_by_an_invitation() {
    let town = Town::new().await;
    let (database, clock) = (&town.world.database, &town.world.clock);
    town.person("rosa@valley.example", Role::Student, Some(town.school)).await;
    town.enter(rosa()).await.unwrap();
    let token = invite(&town, "rosa@valley.example", Role::Teacher, town.school).await;
    assert!(!invitation::look(database, clock, &token).await.unwrap().keyless);
    let refused = invitation::accept(database, clock, &token, &GIVEN).await;
    assert_eq!(wrong(refused), invitation::Wrong::Password);
    town.world.end().await;
}
