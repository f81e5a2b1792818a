//! Does each second factor open what it should, once, for its owner alone?

use crate::world::World;
use backend::people::factors::{self, Typed};
use backend::people::sign_in::{self, From};
use backend::people::{password, recovery, session, totp};
use backend::secret::Token;
use backend::{Database, Stop};
use domain::people::factor::Factors;
use domain::people::{PersonId, RecoveryCode, Role};
use domain::policy::{Actor, Refusal, Strength, Wearer};
use totp_rs::{Builder, Secret};
use uuid::Uuid;

pub const MINUTE: i64 = 60_000;
const PASSWORD: &str = "correct horse battery";

/// Runs a statement that only prepares a story.
pub async fn run(world: &World, text: &str) {
    match &world.database {
        Database::Sqlite(pool) => drop(sqlx::query(sqlx::AssertSqlSafe(text)).execute(pool).await.unwrap()),
        Database::Postgres(pool) => drop(sqlx::query(sqlx::AssertSqlSafe(text)).execute(pool).await.unwrap()),
    }
}

/// Somebody with a role that is worn nowhere in particular, who showed their password.
pub async fn somebody(world: &World, name: &str, role: Role) -> Wearer {
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
    let hash = password::hash(PASSWORD.to_owned()).await.unwrap();
    run(world, &format!("insert into password (person_id, hash, changed_at) values ('{id}', '{hash}', 0)"))
        .await;
    Wearer {
        person: PersonId::new(id),
        role: Some(role),
        at: None,
        strength: Strength::Password,
        proved: true,
        band: None,
        allowed: false,
        cleared: false,
    }
}

/// Somebody who showed a second factor, too.
pub fn sure(who: &Wearer) -> Actor {
    Actor::Person(Wearer { strength: Strength::Two, ..*who })
}

/// A browser that nobody knows yet.
pub const NEW: From<'_> = From { device: None, name: "Chrome · ChromeOS", before: None };

/// Half a sign-in, or a whole one of somebody without a second factor.
pub async fn half(world: &World, name: &str) -> Token {
    let email = format!("{name}@example.org");
    let entered = sign_in::with_password(&world.database, &world.clock, &email, PASSWORD, &NEW).await;
    entered.unwrap().token
}

/// How much a session is worth; nothing when it is over.
pub async fn worth(world: &World, token: &Token) -> Option<Strength> {
    let session = session::load(&world.database, &world.clock, token).await.unwrap();
    session.map(|session| session.wearer.strength)
}

/// The code that the app of this secret shows now.
pub fn code(world: &World, secret: &str) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let app = Builder::new().with_secret(secret).build_noncompliant();
    app.generate(u64::try_from(world.clock.now().0 / 1_000).unwrap()).to_string()
}

pub fn wrong<T: std::fmt::Debug, W: std::error::Error>(answer: Result<T, Stop<W>>) -> W {
    match answer {
        Err(Stop::Wrong(wrong)) => wrong,
        other => panic!("not wrong: {other:?}"),
    }
}

/// Sets up an app and gives its secret and the recovery codes that come with it.
pub async fn with_app(world: &World, who: &Wearer) -> (String, Vec<RecoveryCode>) {
    let actor = Actor::Person(*who);
    let set_up = totp::begin(&world.database, &world.clock, &world.key, &actor).await.unwrap();
    let typed = code(world, &set_up.secret);
    let session = world.signed_in(who.person, who.role.unwrap()).await;
    let confirmed =
        totp::confirm(&world.database, &world.clock, &world.key, &actor, &session, &typed).await.unwrap();
    world.clock.advance(MINUTE);
    (set_up.secret, confirmed.codes)
}

/// Signs in with the password, and shows a code in the second step.
pub async fn show(world: &World, who: &str, typed: Typed<'_>) -> Result<Token, Stop<factors::Wrong>> {
    let token = half(world, who).await;
    assert_eq!(worth(world, &token).await, Some(Strength::Half));
    let session = session::load(&world.database, &world.clock, &token).await.unwrap().unwrap();
    let shown = factors::show(&world.database, &world.clock, &world.key, &session, &token, typed, &NEW).await;
    if shown.is_ok() {
        assert_eq!(worth(world, &token).await, None, "the half is over");
    }
    shown.map(|entered| entered.token)
}

pub async fn has(world: &World, who: &Wearer) -> Factors {
    factors::of(&mut world.database.lease().await.unwrap().conn(), who.person).await.unwrap()
}

#[tokio::test]
async fn an_app_counts_only_once_a_right_code_of_it_was_typed() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let (database, clock, actor) = (&world.database, &world.clock, &Actor::Person(rosa));
    let token = half(&world, "rosa").await;
    assert_eq!(worth(&world, &token).await, Some(Strength::Password));
    let confirm = async |typed: &str| totp::confirm(database, clock, &world.key, actor, &token, typed).await;
    assert_eq!(wrong(confirm("123456").await), factors::Wrong::NotBegun);
    let first = totp::begin(database, clock, &world.key, actor).await.unwrap();
    let second = totp::begin(database, clock, &world.key, actor).await.unwrap();
    assert_ne!(first, second, "beginning again gives another secret");
    assert_eq!(totp::begun(database, clock, &world.key, actor).await.unwrap(), Some(second.clone()));
    let plain = second.secret.replace(' ', "");
    let address = format!("otpauth://totp/Pathways:rosa%40example.org?secret={plain}&issuer=Pathways");
    assert_eq!(second.address, address);
    assert!(!has(&world, &rosa).await.is_set_up());
    let spare = half(&world, "rosa").await;
    assert_eq!(worth(&world, &spare).await, Some(Strength::Password), "nothing more is asked for yet");

    let stale = code(&world, &first.secret);
    assert_eq!(wrong(confirm(&stale).await), factors::Wrong::Code);
    let typed = code(&world, &second.secret);
    let confirmed = confirm(&typed).await.unwrap();
    assert_eq!(confirmed.codes.len(), 10, "recovery codes come with the first factor");
    assert_eq!(
        worth(&world, &confirmed.token.unwrap()).await,
        Some(Strength::Two),
        "it was shown, after all"
    );
    assert_eq!(worth(&world, &token).await, None);
    assert_eq!(has(&world, &rosa).await, Factors { app: true, recovery: 10, passkeys: 0 });
    assert_eq!(worth(&world, &spare).await, None, "what a password alone had opened is over");
    let actor = &sure(&rosa);
    assert_eq!(wrong(totp::begin(database, clock, &world.key, actor).await), factors::Wrong::HasApp);
    assert_eq!(
        totp::begun(database, clock, &world.key, actor).await.unwrap(),
        None,
        "the secret is never shown again"
    );
    assert_eq!(
        wrong(show(&world, "rosa", Typed::App(&typed)).await),
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
    show(&world, "rosa", Typed::App(&format!(" {} {}", &now[..3], &now[3..]))).await.unwrap();
    assert_eq!(wrong(show(&world, "rosa", Typed::App(&now)).await), factors::Wrong::Code, "a replay");
    assert_eq!(wrong(show(&world, "rosa", Typed::App(&older)).await), factors::Wrong::Code, "one before it");
    world.clock.advance(MINUTE / 2);
    show(&world, "rosa", Typed::App(&code(&world, &secret))).await.unwrap();
    let ana = somebody(&world, "ana", Role::Staff).await;
    with_app(&world, &ana).await;
    world.clock.advance(MINUTE);
    let theirs = code(&world, &secret);
    assert_eq!(wrong(show(&world, "ana", Typed::App(&theirs)).await), factors::Wrong::Code, "another's");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_tabs_that_send_one_code_at_once_one_gets_in() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let (secret, codes) = with_app(&world, &rosa).await;
    let (app, paper) = (code(&world, &secret), codes[0].to_string());
    for on_paper in [false, true] {
        let mut trying = Vec::new();
        for _ in 0..6 {
            let token = half(&world, "rosa").await;
            let session = session::load(&world.database, &world.clock, &token).await.unwrap().unwrap();
            trying.push((token, session));
        }
        let trying: Vec<_> = trying
            .into_iter()
            .map(|(token, session)| {
                let (database, clock, key) = (world.database.clone(), world.clock.clone(), world.key.clone());
                let (app, paper) = (app.clone(), paper.clone());
                tokio::spawn(async move {
                    let typed = if on_paper { Typed::Recovery(&paper) } else { Typed::App(&app) };
                    factors::show(&database, &clock, &key, &session, &token, typed, &NEW).await
                })
            })
            .collect();
        let mut came_in = 0;
        for tried in trying {
            match tried.await.unwrap() {
                Ok(_) => came_in += 1,
                Err(Stop::Wrong(factors::Wrong::Code)) => {}
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(came_in, 1, "on paper: {on_paper}");
        run(&world, "delete from wrong_try").await;
    }
    assert!(has(&world, &rosa).await.app);
    world.end().await;
}

#[tokio::test]
async fn a_recovery_code_works_once_and_new_ones_end_the_old() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let (_, codes) = with_app(&world, &rosa).await;
    let typed = codes[3].to_string().to_lowercase().replace('-', " ");
    show(&world, "rosa", Typed::Recovery(&typed)).await.unwrap();
    assert_eq!(has(&world, &rosa).await.recovery, 9);
    assert_eq!(wrong(show(&world, "rosa", Typed::Recovery(&typed)).await), factors::Wrong::Code, "used");
    assert_eq!(wrong(show(&world, "rosa", Typed::Recovery("K7QX3")).await), factors::Wrong::Code, "no code");
    let ana = somebody(&world, "ana", Role::Staff).await;
    with_app(&world, &ana).await;
    let theirs = codes[4].to_string();
    assert_eq!(wrong(show(&world, "ana", Typed::Recovery(&theirs)).await), factors::Wrong::Code, "another's");

    let fresh = recovery::renew(&world.database, &world.clock, &sure(&rosa)).await.unwrap();
    assert_eq!(fresh.len(), 10);
    assert_eq!(
        wrong(show(&world, "rosa", Typed::Recovery(&codes[5].to_string())).await),
        factors::Wrong::Code
    );
    show(&world, "rosa", Typed::Recovery(&fresh[0].to_string())).await.unwrap();
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
        assert_eq!(wrong(show(&world, "rosa", Typed::App(&guess)).await), factors::Wrong::Code);
    }
    let right = code(&world, &secret);
    let wait = factors::Wrong::Wait { minutes: 15 };
    assert_eq!(wrong(show(&world, "rosa", Typed::App(&right)).await), wait);
    let paper = codes[0].to_string();
    assert_eq!(wrong(show(&world, "rosa", Typed::Recovery(&paper)).await), wait);
    world.clock.advance(15 * MINUTE);
    show(&world, "rosa", Typed::App(&code(&world, &secret))).await.unwrap();
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
    assert_eq!(
        refused(totp::begin(database, clock, &world.key, &half).await.map(drop)),
        Refusal::SecondFactor
    );
    assert_eq!(refused(recovery::renew(database, clock, &half).await.map(drop)), Refusal::SecondFactor);
    assert_eq!(refused(totp::remove(database, clock, &half).await), Refusal::SecondFactor);
    with_app(&world, &rosa).await;
    let token = self::half(&world, "rosa").await;
    let session = session::load(database, clock, &token).await.unwrap().unwrap();
    session::end(database, &token).await.unwrap();
    let fresh = recovery::renew(database, clock, &sure(&rosa)).await.unwrap();
    let typed = fresh[0].to_string();
    let shown =
        factors::show(database, clock, &world.key, &session, &token, Typed::Recovery(&typed), &NEW).await;
    assert_eq!(refused(shown.map(drop)), Refusal::SignIn, "it was ended meanwhile");
    assert_eq!(has(&world, &rosa).await.recovery, 10, "and the code was not used up");
    world.end().await;
}
