//! What does a district take back, and what not?

use super::town::{Town, organisation, rosa, wrong};
use crate::factors::run;
use backend::people::sso::{self, Wrong};
use domain::people::Role;
use domain::policy::{Actor, Strength};
use serde_json::{Value, json};
use uuid::Uuid;

fn ana(job: &Value) -> Value {
    json!({"email": "ana@valley.example", "email_verified": true, "amr": ["mfa"], "job": job})
}

const OPEN: &str = "select count(*) from role_grant where ended_at is null";
const TAKEN: &str =
    "select count(*) from audit where action = 'DistrictSignIn' and detail like 'the district took%'";

#[tokio::test]
async fn the_last_role_of_somebody_is_taken_for_good_and_what_was_open_closes() {
    let town = Town::new().await;
    let (before, token) = town.session(ana(&json!(["lead"]))).await.unwrap();
    assert_eq!(before.wearer.role, Some(Role::Staff));
    assert_eq!(wrong(town.come(ana(&json!([]))).await), Wrong::NotInvited);
    assert_eq!(town.world.number(OPEN).await, 0, "the refusal does not undo what the district said");
    assert_eq!(town.world.number(TAKEN).await, 1);
    assert!(town.open(&token).await.is_none(), "who is in already is out now");
    town.world.end().await;
}

#[tokio::test]
async fn a_role_is_taken_also_from_who_must_come_with_their_own_keys_by_now() {
    let town = Town::new().await;
    let (before, token) = town.session(ana(&json!(["lead"]))).await.unwrap();
    town.give(before.wearer.person, Role::Operator, None).await;
    assert_eq!(wrong(town.come(ana(&json!(["lead"]))).await), Wrong::OwnKeys);
    assert_eq!(town.world.number(OPEN).await, 2);
    assert_eq!(wrong(town.come(ana(&json!([]))).await), Wrong::NotInvited);
    assert_eq!((town.world.number(OPEN).await, town.world.number(TAKEN).await), (1, 1), "the operator stays");
    assert!(town.open(&token).await.is_none());
    town.world.end().await;
}

#[tokio::test]
async fn a_role_is_taken_also_from_who_is_suspended_and_none_is_given() {
    let town = Town::new().await;
    town.session(ana(&json!(["lead"]))).await.unwrap();
    run(&town.world, "update person set suspended_at = 1").await;
    assert_eq!(wrong(town.come(ana(&json!(["data"]))).await), Wrong::NotInvited);
    assert_eq!((town.world.number(OPEN).await, town.world.number(TAKEN).await), (0, 1));
    town.world.end().await;
}

#[tokio::test]
async fn with_a_districts_sign_in_go_those_for_whom_it_answered() {
    let town = Town::new().await;
    let (_, token) = town.session(ana(&json!(["lead"]))).await.unwrap();
    sso::unset(&town.world.database, &town.world.clock, &Actor::Machine, town.district).await.unwrap();
    assert!(town.open(&token).await.is_none());
    town.set(&town.setting()).await.unwrap();
    let (_, token) = town.session(ana(&json!(["lead"]))).await.unwrap();
    town.set(&town.setting()).await.unwrap();
    assert!(town.open(&token).await.is_some(), "the same provider answers");
    let other = sso::Setting { issuer: "https://login.new.example".to_owned(), ..town.setting() };
    town.set(&other).await.unwrap();
    assert!(town.open(&token).await.is_none(), "another one does");
    town.world.end().await;
}

#[tokio::test]
async fn who_is_in_by_a_word_that_counts_for_less_now_is_out() {
    let town = Town::new().await;
    let world = &town.world;
    let rich = sso::Setting { vouches_second_factor: true, ..town.setting() };
    let says = json!({"email": "ana@valley.example", "email_verified": true, "job": ["lead"]});
    let bystander = town.person("sam@valley.example", Role::Teacher, Some(town.elsewhere)).await;
    let other = format!(
        "insert into session (id, token_hash, person_id, strength, device, made_at, used_at, proved_at, ends_at)
         values ('s', 's', '{bystander}', 'two', '', 0, 0, 0, 9000000000000)"
    );
    run(world, &other).await;
    let narrowed = |change: fn(&mut sso::Setting)| {
        let mut setting = rich.clone();
        change(&mut setting);
        setting
    };
    let less = [
        ("second factor", narrowed(|it| it.vouches_second_factor = false)),
        ("client", narrowed(|it| it.client_id = "another".to_owned())),
        ("domains", narrowed(|it| drop(it.domains.pop()))),
        ("roles", narrowed(|it| _ = it.role_map.remove("data"))),
        ("another role", narrowed(|it| _ = it.role_map.insert("lead".to_owned(), Role::Analyst))),
        ("claim", narrowed(|it| it.role_claim = "work".to_owned())),
        ("issuer", narrowed(|it| it.issuer = "https://login.new.example".to_owned())),
    ];
    for (what, less) in less {
        town.set(&rich).await.unwrap();
        let (session, token) = town.session(says.clone()).await.unwrap();
        assert_eq!(session.wearer.strength, Strength::Sso, "{what}");
        town.set(&less).await.unwrap();
        assert!(town.open(&token).await.is_none(), "{what}");
    }
    let lines =
        "select count(*) from audit where action = 'DistrictSignIn' and detail like '%set, 1 sessions ended'";
    assert_eq!(world.number(lines).await, 7, "and the audit says so");

    town.set(&rich).await.unwrap();
    let (_, token) = town.session(says).await.unwrap();
    let mut more = rich.clone();
    let widen: [fn(&mut sso::Setting); 3] = [
        |it| it.domains.push("new.valley.example".to_owned()),
        |it| it.client_secret = "a newer one".to_owned(),
        |it| _ = it.role_map.insert("desk".to_owned(), Role::Analyst),
    ];
    for widen in widen {
        widen(&mut more);
        town.set(&more).await.unwrap();
        assert!(town.open(&token).await.is_some(), "nothing was taken back");
    }
    assert_eq!(world.number("select count(*) from session where id = 's'").await, 1, "own keys stay");
    town.world.end().await;
}

#[tokio::test]
async fn an_answer_that_comes_while_the_setting_changes_lets_nobody_in_by_the_old_one() {
    let town = Town::new().await;
    town.set(&sso::Setting { vouches_second_factor: true, ..town.setting() }).await.unwrap();
    let says = || json!({"email": "ana@valley.example", "email_verified": true, "job": ["lead"]});
    town.session(says()).await.unwrap();
    // While the provider is asked, the operator takes the second factor back.
    let (database, clock) = (town.world.database.clone(), town.world.clock.clone());
    let less = town.setting();
    town.provider.says.lock().unwrap().meanwhile = Some(Box::pin(async move {
        sso::set(&database, &clock, &Actor::Machine, &less).await.unwrap();
    }));
    assert_eq!(wrong(town.come(says()).await), Wrong::Expired);
    assert_eq!(town.world.number("select count(*) from session").await, 0);
    let (session, _) = town.session(says()).await.unwrap();
    assert_eq!(session.wearer.strength, Strength::District);
    town.world.end().await;
}

#[tokio::test]
async fn what_an_invitation_or_a_roster_gave_is_not_the_districts_to_take() {
    let town = Town::new().await;
    let later = town.world.clock.now().0 + 60_000;
    let invite = |role: &str| {
        format!(
            "insert into invitation (id, token_hash, role, organisation_id, email, tongue, made_at, expires_at)
             values ('{0}', '{0}', '{role}', '{1}', 'ana@valley.example', 'en', 0, {later})",
            Uuid::now_v7(),
            town.district
        )
    };
    run(&town.world, &invite("staff")).await;
    let (session, _) = town.session(ana(&json!([]))).await.unwrap();
    assert_eq!(session.wearer.role, Some(Role::Staff), "invited there, comes in");
    town.session(ana(&json!(["data", "lead"]))).await.unwrap();
    assert_eq!(town.world.number(OPEN).await, 2);
    town.session(ana(&json!(["data"]))).await.unwrap();
    assert_eq!(town.world.number(OPEN).await, 2, "the invitation gave that one");
    town.session(ana(&json!([]))).await.unwrap();
    assert_eq!((town.world.number(OPEN).await, town.world.number(TAKEN).await), (1, 1));

    let elsewhere = organisation(&town.world, "district", "Third Unified", &[]).await;
    let person = town.person("rosa@valley.example", Role::Analyst, Some(town.district)).await;
    town.give(person, Role::Teacher, Some(elsewhere)).await;
    town.enter(rosa()).await.unwrap();
    assert_eq!(town.world.number(OPEN).await, 3, "somebody here gave those");
    town.world.end().await;
}

#[tokio::test]
async fn silence_of_a_provider_takes_nothing() {
    let town = Town::new().await;
    town.session(ana(&json!(["lead"]))).await.unwrap();
    town.provider.says.lock().unwrap().beside = Value::Null;
    let silent = json!({"email": "ana@valley.example", "email_verified": true});
    assert_eq!(wrong(town.come(silent).await), Wrong::Away, "try again");
    assert_eq!((town.world.number(OPEN).await, town.world.number(TAKEN).await), (1, 0));
    let known = json!({"job": ["lead"]});
    town.enter(known).await.unwrap();
    town.world.end().await;
}
