//! Does each second factor open what it should, once, for its owner alone?

use crate::authenticator::Authenticator;
use crate::world::World;
use backend::people::factors::{self, Typed};
use backend::people::passkey::{self, Site};
use backend::people::{recovery, totp};
use backend::secret::Token;
use backend::{Database, Stop};
use domain::people::factor::Factors;
use domain::people::{PersonId, RecoveryCode, Role};
use domain::policy::{Actor, Refusal, Strength, Wearer};
use totp_rs::{Builder, Secret};
use uuid::Uuid;

const MINUTE: i64 = 60_000;
const ORIGIN: &str = "https://pathways.example.org";

/// Runs a statement that only prepares a story.
pub async fn run(world: &World, text: &str) {
    match &world.database {
        Database::Sqlite(pool) => drop(sqlx::query(sqlx::AssertSqlSafe(text)).execute(pool).await.unwrap()),
        Database::Postgres(pool) => drop(sqlx::query(sqlx::AssertSqlSafe(text)).execute(pool).await.unwrap()),
    }
}

/// Somebody with a role that is worn nowhere in particular, who showed their password.
async fn somebody(world: &World, name: &str, role: Role) -> Wearer {
    let id = Uuid::now_v7();
    run(
        world,
        &format!(
            "insert into person (id, given_name, family_name, sort_key, tongue, email, email_key, demo, made_at)
             values ('{id}', '{name}', 'Ruiz', 'ruiz', 'es', '{name}@example.org', '{name}@example.org', false, 0)"
        ),
    )
    .await;
    run(
        world,
        &format!(
            "insert into role_grant (id, person_id, role, made_at) values ('{}', '{id}', '{}', 0)",
            Uuid::now_v7(),
            role.slug()
        ),
    )
    .await;
    Wearer {
        person: PersonId::new(id),
        role: Some(role),
        at: None,
        strength: Strength::Password,
        band: None,
        allowed: false,
        cleared: false,
    }
}

/// The code that the app of this secret shows now.
fn code(world: &World, secret: &str) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let app = Builder::new().with_secret(secret).build_noncompliant();
    app.generate(u64::try_from(world.clock.now().0 / 1_000).unwrap()).to_string()
}

fn wrong<T: std::fmt::Debug, W: std::error::Error>(answer: Result<T, Stop<W>>) -> W {
    match answer {
        Err(Stop::Wrong(wrong)) => wrong,
        other => panic!("not wrong: {other:?}"),
    }
}

/// Sets up an app and gives its secret and the recovery codes that come with it.
async fn with_app(world: &World, who: &Wearer) -> (String, Vec<RecoveryCode>) {
    let actor = Actor::Person(*who);
    let set_up = totp::begin(&world.database, &world.clock, &actor).await.unwrap();
    let typed = code(world, &set_up.secret);
    let codes = totp::confirm(&world.database, &world.clock, &actor, &typed).await.unwrap();
    world.clock.advance(MINUTE);
    (set_up.secret, codes)
}

async fn show(world: &World, who: &Wearer, typed: Typed<'_>) -> Result<(), Stop<factors::Wrong>> {
    let half = Wearer { strength: Strength::Half, ..*who };
    factors::show(&world.database, &world.clock, &half, typed).await
}

async fn has(world: &World, who: &Wearer) -> Factors {
    factors::of(&mut world.database.lease().await.unwrap().conn(), who.person).await.unwrap()
}

#[tokio::test]
async fn an_app_counts_only_once_a_right_code_of_it_was_typed() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let (database, clock, actor) = (&world.database, &world.clock, &Actor::Person(rosa));
    assert_eq!(wrong(totp::confirm(database, clock, actor, "123456").await), factors::Wrong::NotBegun);
    let first = totp::begin(database, clock, actor).await.unwrap();
    let second = totp::begin(database, clock, actor).await.unwrap();
    assert_ne!(first, second, "beginning again gives another secret");
    assert_eq!(totp::begun(database, clock, actor).await.unwrap(), Some(second.clone()));
    let plain = second.secret.replace(' ', "");
    let address = format!("otpauth://totp/Pathways:rosa%40example.org?secret={plain}&issuer=Pathways");
    assert_eq!(second.address, address);
    assert!(!has(&world, &rosa).await.is_set_up());
    assert_eq!(
        wrong(show(&world, &rosa, Typed::App(&code(&world, &second.secret))).await),
        factors::Wrong::Code
    );

    let stale = code(&world, &first.secret);
    assert_eq!(wrong(totp::confirm(database, clock, actor, &stale).await), factors::Wrong::Code);
    let typed = code(&world, &second.secret);
    let codes = totp::confirm(database, clock, actor, &typed).await.unwrap();
    assert_eq!(codes.len(), 10, "recovery codes come with the first factor");
    assert_eq!(has(&world, &rosa).await, Factors { app: true, recovery: 10, passkeys: 0 });
    assert_eq!(wrong(totp::begin(database, clock, actor).await), factors::Wrong::HasApp);
    assert_eq!(totp::begun(database, clock, actor).await.unwrap(), None, "the secret is never shown again");
    assert_eq!(
        wrong(show(&world, &rosa, Typed::App(&typed)).await),
        factors::Wrong::Code,
        "the code that confirmed the app is used up"
    );
    let told = world.number("select count(*) from outbox where kind = 'keys-changed'").await;
    assert_eq!(told, 1, "the owner is told");
    world.end().await;
}

#[tokio::test]
async fn a_code_works_once_and_an_older_one_never_again() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let (secret, _) = with_app(&world, &rosa).await;
    let older = code(&world, &secret);
    world.clock.advance(MINUTE / 2);
    let now = code(&world, &secret);
    show(&world, &rosa, Typed::App(&format!(" {} {}", &now[..3], &now[3..]))).await.unwrap();
    assert_eq!(wrong(show(&world, &rosa, Typed::App(&now)).await), factors::Wrong::Code, "a replay");
    assert_eq!(wrong(show(&world, &rosa, Typed::App(&older)).await), factors::Wrong::Code, "one before it");
    world.clock.advance(MINUTE / 2);
    show(&world, &rosa, Typed::App(&code(&world, &secret))).await.unwrap();
    let ana = somebody(&world, "ana", Role::Staff).await;
    with_app(&world, &ana).await;
    world.clock.advance(MINUTE);
    let theirs = code(&world, &secret);
    assert_eq!(wrong(show(&world, &ana, Typed::App(&theirs)).await), factors::Wrong::Code, "another's");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_tabs_that_send_one_code_at_once_one_gets_in() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let (secret, codes) = with_app(&world, &rosa).await;
    let (app, paper) = (code(&world, &secret), codes[0].to_string());
    let rosa = Wearer { strength: Strength::Half, ..rosa };
    for on_paper in [false, true] {
        let trying: Vec<_> = (0..6)
            .map(|_| {
                let (database, clock) = (world.database.clone(), world.clock.clone());
                let (app, paper) = (app.clone(), paper.clone());
                tokio::spawn(async move {
                    let typed = if on_paper { Typed::Recovery(&paper) } else { Typed::App(&app) };
                    factors::show(&database, &clock, &rosa, typed).await
                })
            })
            .collect();
        let mut in_by = 0;
        for tried in trying {
            match tried.await.unwrap() {
                Ok(()) => in_by += 1,
                Err(Stop::Wrong(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(in_by, 1, "on paper: {on_paper}");
        run(&world, "delete from wrong_try").await;
    }
    world.end().await;
}

#[tokio::test]
async fn a_recovery_code_works_once_and_new_ones_end_the_old() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let (_, codes) = with_app(&world, &rosa).await;
    let typed = codes[3].to_string().to_lowercase().replace('-', " ");
    show(&world, &rosa, Typed::Recovery(&typed)).await.unwrap();
    assert_eq!(has(&world, &rosa).await.recovery, 9);
    assert_eq!(wrong(show(&world, &rosa, Typed::Recovery(&typed)).await), factors::Wrong::Code, "used");
    assert_eq!(wrong(show(&world, &rosa, Typed::Recovery("K7QX3")).await), factors::Wrong::Code, "no code");
    let ana = somebody(&world, "ana", Role::Staff).await;
    with_app(&world, &ana).await;
    let theirs = codes[4].to_string();
    assert_eq!(wrong(show(&world, &ana, Typed::Recovery(&theirs)).await), factors::Wrong::Code, "another's");

    let fresh = recovery::renew(&world.database, &world.clock, &Actor::Person(rosa)).await.unwrap();
    assert_eq!(fresh.len(), 10);
    assert_eq!(
        wrong(show(&world, &rosa, Typed::Recovery(&codes[5].to_string())).await),
        factors::Wrong::Code
    );
    show(&world, &rosa, Typed::Recovery(&fresh[0].to_string())).await.unwrap();
    let kept = texts(&world, "select string_agg(code_hash, ' ') from recovery_code").await;
    assert!(kept.len() > 64 && codes.iter().chain(&fresh).all(|code| !kept.contains(&code.to_string())));
    world.end().await;
}

/// The only text that a query gives.
async fn texts(world: &World, query: &'static str) -> String {
    match &world.database {
        Database::Sqlite(pool) => sqlx::query_scalar(query).fetch_one(pool).await.unwrap(),
        Database::Postgres(pool) => sqlx::query_scalar(query).fetch_one(pool).await.unwrap(),
    }
}

#[tokio::test]
async fn guessing_ends_soon_and_its_owner_gets_in_later() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let (secret, codes) = with_app(&world, &rosa).await;
    for at in 0..10 {
        let guess = format!("{at}{at}{at}{at}{at}{at}");
        let guess = if guess == code(&world, &secret) { "123450".to_owned() } else { guess };
        assert_eq!(wrong(show(&world, &rosa, Typed::App(&guess)).await), factors::Wrong::Code);
    }
    let right = code(&world, &secret);
    assert!(matches!(wrong(show(&world, &rosa, Typed::App(&right)).await), factors::Wrong::TooMany));
    let paper = codes[0].to_string();
    assert!(matches!(wrong(show(&world, &rosa, Typed::Recovery(&paper)).await), factors::Wrong::TooMany));
    world.clock.advance(24 * 60 * MINUTE);
    show(&world, &rosa, Typed::App(&code(&world, &secret))).await.unwrap();
    world.end().await;
}

#[tokio::test]
async fn who_must_have_a_second_factor_keeps_the_last_one() {
    let world = World::new().await;
    let (database, clock) = (&world.database, &world.clock);
    let staff = somebody(&world, "rosa", Role::Staff).await;
    with_app(&world, &staff).await;
    let actor = Actor::Person(staff);
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
    totp::remove(database, clock, &Actor::Person(teacher)).await.unwrap();
    assert!(!has(&world, &teacher).await.is_set_up());
    world.end().await;
}

#[tokio::test]
async fn half_a_sign_in_changes_no_keys() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let (database, clock) = (&world.database, &world.clock);
    let half = Actor::Person(Wearer { strength: Strength::Half, ..rosa });
    let refused = |stop: Result<(), Stop<factors::Wrong>>| match stop {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(totp::begin(database, clock, &half).await.map(drop)), Refusal::SecondFactor);
    assert_eq!(refused(recovery::renew(database, clock, &half).await.map(drop)), Refusal::SecondFactor);
    assert_eq!(refused(totp::remove(database, clock, &half).await), Refusal::SecondFactor);
    run(&world, "update person set suspended_at = 1").await;
    assert_eq!(refused(show(&world, &rosa, Typed::App("123456")).await), Refusal::SignIn);
    world.end().await;
}

/// Adds a passkey as the account page does.
async fn add(
    world: &World,
    actor: &Actor,
    key: &mut Authenticator,
    name: &str,
) -> Result<(), Stop<passkey::Wrong>> {
    let (database, clock, site) = (&world.database, &world.clock, &Site::at(ORIGIN).unwrap());
    let asked = passkey::begin_make(database, clock, actor, site).await.unwrap();
    let answer = key.make(&asked.options);
    passkey::finish_make(database, clock, actor, site, &asked.token, &answer, name).await
}

/// Shows a passkey as the sign-in page does.
async fn enter(
    world: &World,
    key: &mut Authenticator,
    whose: Option<PersonId>,
) -> Result<PersonId, Stop<passkey::Wrong>> {
    let (database, clock, site) = (&world.database, &world.clock, &Site::at(ORIGIN).unwrap());
    let asked = passkey::begin_use(database, clock, site, whose).await?;
    let answer = key.show(&asked.options);
    passkey::finish_use(database, clock, site, &asked.token, &answer, whose).await
}

#[tokio::test]
async fn a_passkey_signs_its_owner_in() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let ana = somebody(&world, "ana", Role::Staff).await;
    let (database, clock, actor) = (&world.database, &world.clock, &Actor::Person(rosa));
    let mut key = Authenticator::at(ORIGIN);
    assert_eq!(wrong(enter(&world, &mut key, None).await), passkey::Wrong::NoKey, "it was never added");
    assert_eq!(wrong(enter(&world, &mut key, Some(rosa.person)).await), passkey::Wrong::NoKey);
    add(&world, actor, &mut key, " Teléfono ").await.unwrap();
    assert_eq!(wrong(add(&world, actor, &mut key, "Again").await), passkey::Wrong::NotTaken, "there already");
    assert_eq!(wrong(add(&world, actor, &mut key, "  ").await), passkey::Wrong::Name);
    assert_eq!(wrong(add(&world, &Actor::Person(ana), &mut key, "Mine").await), passkey::Wrong::Known);
    key.handle = asked_handle(&world, actor).await;

    assert_eq!(enter(&world, &mut key, None).await.unwrap(), rosa.person, "alone");
    assert_eq!(enter(&world, &mut key, Some(rosa.person)).await.unwrap(), rosa.person, "after a password");
    let kept = passkey::own(database, clock, actor).await.unwrap();
    assert_eq!((kept.len(), kept[0].name.as_str(), kept[0].used_at), (1, "Teléfono", Some(clock.now())));
    passkey::rename(database, clock, actor, &kept[0].id, "Phone").await.unwrap();
    passkey::rename(database, clock, &Actor::Person(ana), &kept[0].id, "Stolen").await.unwrap();
    passkey::remove(database, clock, &Actor::Person(ana), &kept[0].id).await.unwrap();
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
    add(&world, &Actor::Person(rosa), &mut key, "Phone").await.unwrap();
    add(&world, &Actor::Person(ana), &mut other, "Phone").await.unwrap();

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
        wrong(enter(&world, &mut other, Some(rosa.person)).await),
        passkey::Wrong::NoKey,
        "after Rosa's password only Rosa's key counts"
    );
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
    let (actor, other) = (&Actor::Person(rosa), &Actor::Person(ana));
    let mut key = Authenticator::at(ORIGIN);
    let make = async |actor, token: &Token, answer: &str| {
        wrong(passkey::finish_make(database, clock, actor, site, token, answer, "Phone").await)
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
    let taken =
        async |token: &Token, whose| passkey::finish_use(database, clock, site, token, &answer, whose).await;
    assert_eq!(taken(&asked.token, None).await.unwrap(), rosa.person);
    assert_eq!(wrong(taken(&asked.token, None).await), passkey::Wrong::Expired, "a replay");
    let asked = passkey::begin_use(database, clock, site, None).await.unwrap();
    assert_eq!(wrong(taken(&asked.token, None).await), passkey::Wrong::NoKey, "an old answer");
    let asked = passkey::begin_use(database, clock, site, Some(rosa.person)).await.unwrap();
    assert_eq!(wrong(taken(&asked.token, None).await), passkey::Wrong::Expired, "asked of Rosa alone");
    let begun = passkey::begin_make(database, clock, actor, site).await.unwrap();
    assert_eq!(wrong(taken(&begun.token, None).await), passkey::Wrong::Expired, "asked for something else");
    passkey::begin_use(database, clock, site, None).await.unwrap();
    clock.advance(passkey::LIVES);
    passkey::begin_use(database, clock, site, None).await.unwrap();
    assert_eq!(world.number("select count(*) from challenge").await, 1, "what nobody answered is swept");
    world.end().await;
}
