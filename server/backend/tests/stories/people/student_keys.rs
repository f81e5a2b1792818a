//! A student's only key is the card, and a new card is the only one that opens.

use super::town::Town;
use crate::authenticator::Authenticator;
use backend::Stop;
use backend::people::passkey::{self, Answered, Site};
use backend::people::sign_in::{self, From};
use backend::people::{account, card, factors, recovery, totp};
use domain::people::{PersonId, Role};
use domain::policy::{Actor, Refusal, Strength, Wearer};

const ORIGIN: &str = "https://pathways.example.org";

impl Town {
    /// Somebody who came in with two factors and wears no role, as one whose other role just ended.
    fn bare(person: PersonId) -> Wearer {
        Wearer {
            person,
            role: None,
            at: None,
            strength: Strength::Two,
            proved: true,
            band: None,
            allowed: false,
            cleared: false,
        }
    }

    /// A passkey, and recovery codes, of somebody.
    async fn with_keys(&self, person: PersonId) -> Authenticator {
        let (database, clock, site) = (&self.world.database, &self.world.clock, &Site::at(ORIGIN).unwrap());
        let actor = &Actor::Person(Town::bare(person));
        let asked = passkey::begin_make(database, clock, actor, site).await.unwrap();
        let mut key = Authenticator::at(ORIGIN);
        let answered = Answered { token: &asked.token, json: &key.make(&asked.options) };
        let session = self.world.signed_in(person, Role::Student).await;
        passkey::finish_make(database, clock, actor, &session, site, &answered, "Phone").await.unwrap();
        recovery::renew(database, clock, actor).await.unwrap();
        key
    }

    async fn keys(&self, person: PersonId) -> (u32, u32) {
        let has = factors::of(&mut self.world.database.lease().await.unwrap().conn(), person).await.unwrap();
        (has.passkeys, has.recovery)
    }
}

#[tokio::test]
async fn a_student_has_no_keys_to_change() {
    let town = Town::new().await.with_students(1).await;
    let (database, clock, teacher) = (&town.world.database, &town.world.clock, town.teacher().await);
    let made = card::make(database, clock, &teacher, town.class).await.unwrap().remove(0);
    let entered = town.enter(&made.code, &made.pin.to_string(), None).await.unwrap();
    let session = town.session(&entered.token).await;
    let by_card = session.actor();
    let in_the_role = |strength| Wearer { role: Some(Role::Student), strength, ..Town::bare(made.person) };
    let without_it = Wearer { strength: Strength::Pin, ..Town::bare(made.person) };
    for actor in [
        by_card,
        Actor::Person(in_the_role(Strength::Two)),
        Actor::Person(in_the_role(Strength::Sso)),
        Actor::Person(without_it),
    ] {
        let site = &Site::at(ORIGIN).unwrap();
        let refusals = [
            passkey::begin_make(database, clock, &actor, site).await.map(drop).map_err(refusal),
            totp::begin(database, clock, &town.world.key, &actor).await.map(drop).map_err(refusal),
            recovery::renew(database, clock, &actor).await.map(drop).map_err(refusal),
        ];
        assert_eq!(refusals, [Err(Refusal::NotThisRole); 3], "{actor:?}");
    }
    let changed = account::change_password(database, clock, &session, "", "a new long password").await;
    assert!(matches!(changed, Err(Stop::Wrong(account::Wrong::Old))), "there is none to change");
    assert_eq!(town.keys(made.person).await, (0, 0));
    town.end().await;
}

fn refusal<W: std::error::Error>(stop: Stop<W>) -> Refusal {
    match stop {
        Stop::Refused(refusal) => refusal,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_new_card_ends_every_other_key_of_the_student() {
    let town = Town::new().await.with_students(3).await;
    let (database, clock, teacher) = (&town.world.database, &town.world.clock, town.teacher().await);
    let cards = card::make(database, clock, &teacher, town.class).await.unwrap();
    let [one, two, grown] = [0, 1, 2].map(|at: usize| cards[at].person);
    let mut key = town.with_keys(one).await;
    town.with_keys(two).await;
    town.with_keys(grown).await;
    town.world.role(grown, Role::Guardian, None).await;
    assert_eq!(town.keys(one).await, (1, 10));

    card::reset(database, clock, &teacher, one, town.class).await.unwrap().unwrap();
    assert_eq!((town.keys(one).await, town.keys(two).await), ((0, 0), (1, 10)));
    let site = &Site::at(ORIGIN).unwrap();
    let asked = passkey::begin_use(database, clock, site, None).await.unwrap();
    let answered = Answered { token: &asked.token, json: &key.show(&asked.options) };
    let shown = passkey::finish_use(database, clock, site, &answered, None, &super::from(None)).await;
    assert!(matches!(shown, Err(Stop::Wrong(passkey::Wrong::NoKey))));

    card::make_again(database, clock, &teacher, town.class).await.unwrap();
    assert_eq!(town.keys(two).await, (0, 0));
    assert_eq!(town.keys(grown).await, (1, 10), "those of a parent are no teacher's to end");
    town.end().await;
}

#[tokio::test]
async fn the_next_student_at_a_chromebook_ends_the_session_of_the_one_before() {
    let town = Town::new().await.with_students(3).await;
    let (database, clock, teacher) = (&town.world.database, &town.world.clock, town.teacher().await);
    let cards = card::make(database, clock, &teacher, town.class).await.unwrap();
    let class = cards[0].code.parse().unwrap();
    let first = town.enter(&cards[0].code, &cards[0].pin.to_string(), None).await.unwrap().token;
    let from = From { before: Some(first.clone()), ..super::from(None) };
    let second = sign_in::with_card(database, clock, class, &cards[1].pin, &from).await.unwrap().token;
    assert!(!town.world.is_in(&first).await && town.world.is_in(&second).await);
    let from = From { before: Some(second.clone()), ..from };
    let backup = &cards[2].backup;
    let third = sign_in::with_backup_code(database, clock, class, backup, &from).await.unwrap().token;
    assert!(!town.world.is_in(&second).await && town.world.is_in(&third).await);
    town.end().await;
}
