//! People come, get in, and are kept out.

mod backup_code;
mod cards;
mod invited;
mod student_keys;
mod town;

use crate::world::World;
use backend::Stop;
use backend::people::session;
use backend::people::sign_in::{self, Entered, From, Wrong};
use backend::secret::Token;
use town::{PASSWORD, Town};

const MINUTE: i64 = 60_000;

fn from(device: Option<&Token>) -> From<'static> {
    From { device: device.cloned(), name: "Chrome · ChromeOS", before: None }
}

impl World {
    async fn sign_in(&self, email: &str, password: &str, device: Option<&Token>) -> Result<Entered, Wrong> {
        match sign_in::with_password(&self.database, &self.clock, email, password, &from(device)).await {
            Ok(entered) => Ok(entered),
            Err(Stop::Wrong(wrong)) => Err(wrong),
            Err(other) => panic!("{other}"),
        }
    }

    async fn is_in(&self, token: &Token) -> bool {
        session::load(&self.database, &self.clock, token).await.unwrap().is_some()
    }
}

#[tokio::test]
async fn who_is_unknown_wrong_or_suspended_hears_the_same() {
    let town = Town::new().await;
    let world = &town.world;
    assert!(
        world.sign_in("TEACHER@example.org ", PASSWORD, None).await.is_ok(),
        "however the address is written"
    );
    assert_eq!(
        world.sign_in("teacher@example.org", "not the password", None).await.unwrap_err(),
        Wrong::NoMatch
    );
    assert_eq!(world.sign_in("nobody@example.org", PASSWORD, None).await.unwrap_err(), Wrong::NoMatch);
    world.run("update person set suspended_at = 1 where email_key = 'teacher@example.org'").await;
    assert_eq!(world.sign_in("teacher@example.org", PASSWORD, None).await.unwrap_err(), Wrong::NoMatch);
    let noticed = world.number("select count(*) from outbox where kind = 'new-device'").await;
    assert_eq!(noticed, 1, "only the sign-in that worked is told");
    town.end().await;
}

#[tokio::test]
async fn guessing_ends_and_does_not_lock_the_owner_out() {
    let town = Town::new().await;
    let world = &town.world;
    let known = world.sign_in("teacher@example.org", PASSWORD, None).await.unwrap().device;
    for email in ["teacher@example.org", "nobody@example.org"] {
        for _ in 0..10 {
            assert_eq!(world.sign_in(email, "a wrong password", None).await.unwrap_err(), Wrong::NoMatch);
        }
        // Told alike whether there is such a person or not, and even with the right password.
        assert_eq!(world.sign_in(email, PASSWORD, None).await.unwrap_err(), Wrong::Wait { minutes: 15 });
    }
    assert!(world.sign_in("teacher@example.org", PASSWORD, Some(&known)).await.is_ok());
    world.clock.advance(15 * MINUTE);
    assert!(world.sign_in("teacher@example.org", PASSWORD, None).await.is_ok());
    town.end().await;
}

#[tokio::test]
async fn tries_at_the_same_moment_do_not_slip_through_together() {
    let town = Town::new().await;
    let world = &town.world;
    let tries = (0..24).map(|_| {
        let (database, clock) = (world.database.clone(), world.clock.clone());
        tokio::spawn(async move {
            let answer =
                sign_in::with_password(&database, &clock, "teacher@example.org", "wrong", &from(None)).await;
            matches!(answer, Err(Stop::Wrong(Wrong::NoMatch)))
        })
    });
    let mut looked_at = 0;
    for attempt in tries.collect::<Vec<_>>() {
        looked_at += usize::from(attempt.await.unwrap());
    }
    assert!(looked_at <= 10, "{looked_at} of 24 were looked at; ten are allowed");
    town.end().await;
}

#[tokio::test]
async fn a_session_ends_unused_at_the_latest_and_when_it_is_ended() {
    let town = Town::new().await;
    let world = &town.world;
    let enter = || async { world.sign_in("teacher@example.org", PASSWORD, None).await.unwrap().token };
    let idle = enter().await;
    world.clock.advance(2 * 60 * MINUTE + 1);
    assert!(!world.is_in(&idle).await, "unused for two hours");

    let busy = enter().await;
    for _ in 0..11 {
        world.clock.advance(60 * MINUTE);
        assert!(world.is_in(&busy).await);
    }
    world.clock.advance(60 * MINUTE);
    assert!(!world.is_in(&busy).await, "whatever happens, after twelve hours");

    let (here, there) = (enter().await, enter().await);
    let session = session::load(&world.database, &world.clock, &here).await.unwrap().unwrap();
    session::end_others(&world.database, &session).await.unwrap();
    assert!(world.is_in(&here).await && !world.is_in(&there).await);
    session::end(&world.database, &here).await.unwrap();
    assert!(!world.is_in(&here).await);
    assert!(!world.is_in(&Token::new().unwrap()).await, "a number that was never given out");
    town.end().await;
}

#[tokio::test]
async fn another_role_is_another_session_and_only_ones_own() {
    let town = Town::new().await;
    let world = &town.world;
    let token = world.sign_in("teacher@example.org", PASSWORD, None).await.unwrap().token;
    let session = session::load(&world.database, &world.clock, &token).await.unwrap().unwrap();
    assert_eq!(session.roles.len(), 1);
    let foreign = town.grant_of("staff@example.org").await;
    assert!(session::wear(&world.database, &world.clock, &token, foreign).await.unwrap().is_none());
    let own = session.roles[0].id;
    let new = session::wear(&world.database, &world.clock, &token, own).await.unwrap().unwrap();
    assert!(world.is_in(&new).await && !world.is_in(&token).await, "the old number opens nothing");
    town.end().await;
}

#[tokio::test]
async fn a_role_that_ended_is_worn_no_more_and_a_suspended_person_is_out_at_once() {
    let town = Town::new().await;
    let world = &town.world;
    let token = world.sign_in("teacher@example.org", PASSWORD, None).await.unwrap().token;
    world.run("update role_grant set ended_at = 1 where role = 'teacher'").await;
    let session = session::load(&world.database, &world.clock, &token).await.unwrap().unwrap();
    assert_eq!((session.wearer.role, session.wearer.at), (None, None));
    world.run("update person set suspended_at = 1 where email_key = 'teacher@example.org'").await;
    assert!(!world.is_in(&token).await);
    town.end().await;
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    use backend::people::account::{self, Wrong};
    let town = Town::new().await;
    let world = &town.world;
    let enter = || async { world.sign_in("teacher@example.org", PASSWORD, None).await.unwrap().token };
    let (here, there) = (enter().await, enter().await);
    let session = session::load(&world.database, &world.clock, &here).await.unwrap().unwrap();
    let change = |old: &'static str, new: &'static str| {
        account::change_password(&world.database, &world.clock, &session, old, new)
    };
    assert!(matches!(change("wrong", "a very new password").await, Err(Stop::Wrong(Wrong::Old))));
    assert!(matches!(change(PASSWORD, "short").await, Err(Stop::Wrong(Wrong::Weak(_)))));
    change(PASSWORD, "quite another one").await.unwrap();
    assert!(world.is_in(&here).await && !world.is_in(&there).await);
    assert_eq!(
        world.sign_in("teacher@example.org", PASSWORD, None).await.unwrap_err(),
        sign_in::Wrong::NoMatch
    );
    assert!(world.sign_in("teacher@example.org", "quite another one", None).await.is_ok());
    town.end().await;
}

#[tokio::test]
async fn nothing_that_opens_anything_stands_in_the_database() {
    let town = Town::new().await;
    let world = &town.world;
    let entered = world.sign_in("teacher@example.org", PASSWORD, None).await.unwrap();
    let hashes =
        world.words("select token_hash from session union all select device_hash from known_device").await;
    assert_eq!(hashes.len(), 8, "three who accepted and their browsers, one who signed in and one browser");
    for secret in [entered.token.to_string(), entered.device.to_string()] {
        assert!(!hashes.contains(&secret));
    }
    let kept = world.words("select hash from password").await;
    assert!(kept.iter().all(|hash| hash.starts_with("$argon2id$") && !hash.contains(PASSWORD)));
    town.end().await;
}
