//! Whom does a district's sign-in let in, and whom never?

mod again;
mod apart;
mod keyless;
mod own_keys;
mod provider;
mod taken;
mod town;
mod word;

use crate::factors::run;
use backend::people::sso::{self, Answer, BadSetting, Setting, Wrong};
use domain::people::{OrganisationId, Role};
use domain::policy::Actor;
use provider::{CLIENT, SECRET, Signed};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use town::{Town, rosa, wrong};
use uuid::Uuid;

const MINUTE: i64 = 60_000;

#[tokio::test]
async fn who_is_rostered_in_the_district_comes_in_and_is_known_from_then_on() {
    let town = Town::new().await;
    let person = town.person("rosa@valley.example", Role::Teacher, Some(town.school)).await;
    assert_eq!(town.enter(rosa()).await.unwrap(), person);
    {
        let says = town.provider.says.lock().unwrap();
        let verifier = &says.asked["code_verifier"];
        assert!(verifier.len() >= 43 && says.asked["grant_type"] == "authorization_code");
        assert!(
            says.proof.starts_with("Basic "),
            "the secret travels in the header that the provider asks for"
        );
    }
    let renamed = json!({"email": "rosa.ruiz@valley.example", "email_verified": true, "job": "teacher"});
    assert_eq!(town.enter(renamed).await.unwrap(), person, "by the provider's own name for her");
    assert_eq!(town.people().await, 1);
    assert_eq!(town.world.number("select count(*) from role_grant").await, 1, "no role was given");
    run(&town.world, "update person set suspended_at = 1").await;
    assert_eq!(wrong(town.enter(rosa()).await), Wrong::NotInvited);
    town.world.end().await;
}

#[tokio::test]
async fn the_code_is_bound_to_the_browser_that_began() {
    let town = Town::new().await;
    town.person("rosa@valley.example", Role::Teacher, Some(town.school)).await;
    let away = town.leave().await.unwrap();
    {
        let mut says = town.provider.says.lock().unwrap();
        says.token = rosa();
        says.token["nonce"] = json!(away.nonce);
    }
    town.back(
        &away,
        &Answer { organisation: town.district, code: Some("code"), state: Some(&away.state), issuer: None },
    )
    .await
    .unwrap();
    let verifier = town.provider.says.lock().unwrap().asked["code_verifier"].clone();
    let hashed = base64::Engine::encode(
        &base64::engine::general_purpose::URL_SAFE_NO_PAD,
        Sha256::digest(verifier.as_bytes()),
    );
    assert_eq!(hashed, away.challenge, "PKCE: only who began can end it");
    town.world.end().await;
}

#[tokio::test]
async fn a_role_that_the_district_names_is_given_and_taken() {
    let town = Town::new().await;
    let claims = |job: Value| json!({"email": "ana@valley.example", "email_verified": true, "given_name": "Ana", "family_name": "Paz", "job": job});
    let ana = town.enter(claims(json!(["data", "coach"]))).await.unwrap();
    let grants = async |role: &str| {
        let text = match role {
            "analyst" => "select count(*) from role_grant where role = 'analyst' and ended_at is null",
            _ => "select count(*) from role_grant where role = 'staff' and ended_at is null",
        };
        town.world.number(text).await
    };
    assert_eq!((grants("analyst").await, grants("staff").await), (1, 0));
    assert_eq!(town.world.number("select count(*) from person where family_name = 'Paz'").await, 1);
    assert_eq!(town.enter(claims(json!("lead"))).await.unwrap(), ana, "she has another job now");
    assert_eq!((grants("analyst").await, grants("staff").await), (0, 1));
    assert_eq!(wrong(town.enter(claims(json!("coach"))).await), Wrong::NotInvited, "and none here any more");
    town.world.end().await;
}

#[tokio::test]
async fn an_invitation_in_the_district_is_taken_up_by_its_sign_in() {
    let town = Town::new().await;
    let invite = |at: OrganisationId, expires: i64| {
        format!(
            "insert into invitation (id, token_hash, role, organisation_id, email, tongue, made_at, expires_at)
             values ('{0}', '{0}', 'teacher', '{at}', 'Rosa@Valley.example', 'en', 0, {expires})",
            Uuid::now_v7()
        )
    };
    let later = town.world.clock.now().0 + MINUTE;
    run(&town.world, &invite(town.elsewhere, later)).await;
    run(&town.world, &invite(town.school, later - MINUTE)).await;
    assert_eq!(wrong(town.enter(rosa()).await), Wrong::NotInvited, "elsewhere, and too late");
    run(&town.world, &invite(town.school, later)).await;
    town.enter(rosa()).await.unwrap();
    assert_eq!(town.world.number("select count(*) from role_grant where role = 'teacher'").await, 1);
    assert_eq!(town.world.number("select count(*) from invitation where used_at is not null").await, 1);
    town.world.end().await;
}

#[tokio::test]
async fn nobody_comes_out_of_nothing() {
    let town = Town::new().await;
    town.person("sam@harbor.example", Role::Teacher, Some(town.elsewhere)).await;
    for claims in [
        rosa(),
        json!({"job": "data"}),
        json!({"email": "rosa@valley.example", "job": "data"}),
        json!({"email": "rosa@valley.example", "email_verified": false, "job": "data"}),
        json!({"email": "rosa@valley.example", "email_verified": true, "job": "student"}),
        json!({"email": "sam@harbor.example", "email_verified": true, "job": "data"}),
    ] {
        assert_eq!(wrong(town.enter(claims.clone()).await), Wrong::NotInvited, "{claims}");
    }
    assert_eq!((town.people().await, town.world.number("select count(*) from sso_subject").await), (1, 0));
    town.world.end().await;
}

#[tokio::test]
async fn a_district_speaks_for_its_own_people_and_roles_only() {
    let town = Town::new().await;
    let claims = |name: &str, subject: &str| json!({"sub": subject, "email": format!("{name}@valley.example"), "email_verified": true, "job": "data"});
    let operator = town.person("op@valley.example", Role::Teacher, Some(town.school)).await;
    town.give(operator, Role::Operator, None).await;
    assert_eq!(wrong(town.enter(claims("op", "s-op")).await), Wrong::OwnKeys);

    let student = town.person("kid@valley.example", Role::Student, Some(town.school)).await;
    assert_eq!(town.enter(claims("kid", "s-kid")).await.unwrap(), student);
    let adult = town.world.number("select count(*) from role_grant where role = 'analyst'").await;
    assert_eq!(adult, 0, "a student is given no adult's role");

    let rosa = town.person("rosa@valley.example", Role::Teacher, Some(town.school)).await;
    assert_eq!(town.enter(claims("rosa", "s-rosa")).await.unwrap(), rosa);
    assert_eq!(
        wrong(town.enter(claims("rosa", "s-new")).await),
        Wrong::NotInvited,
        "her address went on to another"
    );
    town.give(rosa, Role::Mentor, Some(town.elsewhere)).await;
    assert_eq!(
        wrong(town.enter(claims("rosa", "s-rosa")).await),
        Wrong::OwnKeys,
        "she wears more elsewhere now"
    );
    town.world.end().await;
}

#[tokio::test]
async fn a_token_is_believed_only_when_all_of_it_is_right() {
    let town = Town::new().await;
    town.person("rosa@valley.example", Role::Teacher, Some(town.school)).await;
    let with = |name: &str, value: Value| {
        let mut claims = rosa();
        claims[name] = value;
        claims
    };
    for claims in [
        with("nonce", json!("of another browser")),
        with("nonce", Value::Null),
        with("iss", json!("https://login.elsewhere.example")),
        with("aud", json!("another-client")),
        with("aud", json!([CLIENT, "another-client"])),
        with("exp", json!(1)),
        with("at_hash", json!("of another token")),
        with("sub", Value::Null),
    ] {
        assert_eq!(wrong(town.enter(claims.clone()).await), Wrong::NotBelieved, "{claims}");
    }
    for signed in [Signed::ByAnother, Signed::ByNobody, Signed::BySecret] {
        town.provider.says.lock().unwrap().signed = signed;
        assert_eq!(wrong(town.enter(rosa()).await), Wrong::NotBelieved);
    }
    {
        let mut says = town.provider.says.lock().unwrap();
        (says.signed, says.lets_in) = (Signed::Well, false);
    }
    assert_eq!(wrong(town.enter(rosa()).await), Wrong::NotBelieved, "the code is spent or too old");
    town.provider.says.lock().unwrap().lets_in = true;
    town.enter(rosa()).await.unwrap();
    town.world.end().await;
}

#[tokio::test]
async fn what_the_token_leaves_out_is_asked_for() {
    let town = Town::new().await;
    let person = town.person("rosa@valley.example", Role::Teacher, Some(town.school)).await;
    let beside = |subject: &str| json!({"sub": subject, "email": "rosa@valley.example", "email_verified": true, "job": ["data"]});
    town.provider.says.lock().unwrap().beside = beside("s-2");
    assert_eq!(wrong(town.enter(json!({})).await), Wrong::NotBelieved, "that was about somebody else");
    town.provider.says.lock().unwrap().beside = beside("s-1");
    assert_eq!(town.enter(json!({})).await.unwrap(), person);
    assert_eq!(town.world.number("select count(*) from role_grant where role = 'analyst'").await, 1);
    town.world.end().await;
}

#[tokio::test]
async fn an_answer_comes_once_in_time_and_to_the_browser_that_asked() {
    let town = Town::new().await;
    town.person("rosa@valley.example", Role::Teacher, Some(town.school)).await;
    let honest = async || {
        let away = town.leave().await.unwrap();
        let mut says = town.provider.says.lock().unwrap();
        says.token = rosa();
        says.token["nonce"] = json!(away.nonce);
        drop(says);
        away
    };
    let (one, other) = (honest().await, honest().await);
    let code = Some("code");
    let crossed = Answer { organisation: town.district, code, state: Some(&one.state), issuer: None };
    assert_eq!(wrong(town.back(&other, &crossed).await), Wrong::Expired, "the state of another browser");
    let right = Answer { organisation: town.district, code, state: Some(&other.state), issuer: None };
    assert_eq!(wrong(town.back(&other, &right).await), Wrong::Expired, "and that was its one try");

    let away = honest().await;
    let stateless = Answer { organisation: town.district, code, state: None, issuer: None };
    assert_eq!(wrong(town.back(&away, &stateless).await), Wrong::Expired);
    let away = honest().await;
    let mixed = Answer {
        organisation: town.district,
        code,
        state: Some(&away.state),
        issuer: Some("https://login.elsewhere.example"),
    };
    assert_eq!(wrong(town.back(&away, &mixed).await), Wrong::NotBelieved, "another provider's answer");
    let away = honest().await;
    let sent_on = Answer { organisation: town.elsewhere, code, state: Some(&away.state), issuer: None };
    assert_eq!(wrong(town.back(&away, &sent_on).await), Wrong::NotBelieved, "at the address of another");
    let away = honest().await;
    let declined = Answer { organisation: town.district, code: None, state: Some(&away.state), issuer: None };
    assert_eq!(wrong(town.back(&away, &declined).await), Wrong::Declined);
    let away = honest().await;
    town.world.clock.advance(sso::LIVES);
    let late = Answer { organisation: town.district, code, state: Some(&away.state), issuer: None };
    assert_eq!(wrong(town.back(&away, &late).await), Wrong::Expired);

    let away = honest().await;
    let right = Answer {
        organisation: town.district,
        code,
        state: Some(&away.state),
        issuer: Some(&town.provider.issuer),
    };
    town.back(&away, &right).await.unwrap();
    assert_eq!(wrong(town.back(&away, &right).await), Wrong::Expired, "a replay");
    town.world.end().await;
}

#[tokio::test]
async fn a_provider_may_change_its_keys_but_not_its_name() {
    let town = Town::new().await;
    town.person("rosa@valley.example", Role::Teacher, Some(town.school)).await;
    town.enter(rosa()).await.unwrap();
    town.provider.new_key();
    assert_eq!(wrong(town.enter(rosa()).await), Wrong::NotBelieved, "nobody makes us ask again and again");
    town.world.clock.advance(MINUTE);
    town.enter(rosa()).await.unwrap();
    town.provider.says.lock().unwrap().issuer = Some("https://login.elsewhere.example".to_owned());
    town.world.clock.advance(60 * MINUTE);
    assert_eq!(wrong(town.enter(rosa()).await), Wrong::Away);
    let gone = Setting { issuer: "http://127.0.0.1:9".to_owned(), ..town.setting() };
    town.set(&gone).await.unwrap();
    assert_eq!(wrong(town.enter(rosa()).await), Wrong::Away, "nobody listens there");
    sso::unset(&town.world.database, &town.world.clock, &Actor::Machine, town.district).await.unwrap();
    assert_eq!(wrong(town.enter(rosa()).await), Wrong::NoDistrict);
    town.world.end().await;
}

#[tokio::test]
async fn only_a_sound_setting_is_taken() {
    let town = Town::new().await;
    let map = |role: Role| [("word".to_owned(), role)].into();
    for role in [Role::Student, Role::Guardian, Role::Operator, Role::Mentor, Role::Teacher, Role::Ambassador]
    {
        let setting = Setting { role_map: map(role), ..town.setting() };
        assert_eq!(wrong(town.set(&setting).await), BadSetting::Role { role, kind: "district" });
    }
    let at_school =
        Setting { organisation: town.school, issuer: "https://a.example".into(), ..town.setting() };
    town.set(&Setting { role_map: map(Role::Teacher), ..at_school.clone() }).await.unwrap();
    let elsewhere = Setting { organisation: town.elsewhere, ..town.setting() };
    assert_eq!(wrong(town.set(&elsewhere).await), BadSetting::Taken, "one issuer, one district");
    let open = Setting { issuer: "http://login.valley.example".into(), ..town.setting() };
    assert_eq!(wrong(town.set(&open).await), BadSetting::Issuer);
    let bare = Setting { client_secret: String::new(), ..town.setting() };
    assert_eq!(wrong(town.set(&bare).await), BadSetting::Missing);
    for domain in ["", "valley", "@valley.example", "Valley.example", "valley.example ", "a@b.example"] {
        let setting = Setting { domains: vec![domain.to_owned()], ..town.setting() };
        assert_eq!(wrong(town.set(&setting).await), BadSetting::Domain(domain.to_owned()));
    }
    assert!(!format!("{:?}", town.setting()).contains(SECRET), "no log tells the secret");

    let database = &town.world.database;
    let listed = sso::listed(database).await.unwrap();
    let names: Vec<&str> = listed.iter().map(|organisation| organisation.name.as_str()).collect();
    assert_eq!(names, ["North High", "Valley Unified"]);
    town.world.end().await;
}
