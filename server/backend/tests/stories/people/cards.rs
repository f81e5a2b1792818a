//! A class gets in with its cards.

use super::from;
use super::town::Town;
use backend::Stop;
use backend::people::card;
use backend::people::sign_in::{self, Entered, Wrong};
use backend::secret::Token;
use domain::classroom::Code;
use domain::people::card::Pin;
use domain::policy::{Refusal, Strength};

impl Town {
    pub(super) async fn enter(
        &self,
        code: &str,
        pin: &str,
        device: Option<&Token>,
    ) -> Result<Entered, Wrong> {
        let (code, pin) = (code.parse::<Code>().unwrap(), pin.parse::<Pin>().unwrap());
        let (database, clock) = (&self.world.database, &self.world.clock);
        match sign_in::with_card(database, clock, code, &pin, &from(device)).await {
            Ok(entered) => Ok(entered),
            Err(Stop::Wrong(wrong)) => Err(wrong),
            Err(other) => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn a_teacher_prints_cards_and_each_lets_its_own_student_in() {
    let town = Town::new().await.with_students(5).await;
    let (database, clock, teacher) = (&town.world.database, &town.world.clock, town.teacher().await);
    let cards = card::make(database, clock, &teacher, town.class).await.unwrap();
    assert_eq!(cards.len(), 5);
    assert!(
        card::make(database, clock, &teacher, town.class).await.unwrap().is_empty(),
        "nobody gets a second one"
    );
    for made in &cards {
        let entered = town.enter(&made.code, &made.pin.to_string(), None).await.unwrap();
        assert_eq!((entered.person, entered.strength), (made.person, Strength::Pin));
        let session = town.session(&entered.token).await;
        assert_eq!(session.wearer.person, made.person);
    }
    assert!(cards.iter().any(|card| card.tongue == "es"), "each card speaks the student's language");
    let foreign = card::make(database, clock, &teacher, town.other_class).await;
    assert!(matches!(foreign, Err(Stop::Refused(Refusal::NotYours))));
    town.end().await;
}

#[tokio::test]
async fn a_class_whose_cards_are_lost_gets_all_new_ones() {
    let town = Town::new().await.with_students(3).await;
    let (database, clock, teacher) = (&town.world.database, &town.world.clock, town.teacher().await);
    let old = card::make(database, clock, &teacher, town.class).await.unwrap();
    let code = old[0].code.clone();
    let inside = town.enter(&code, &old[0].pin.to_string(), None).await.unwrap().token;
    let foreign = card::make_again(database, clock, &teacher, town.other_class).await;
    assert!(matches!(foreign, Err(Stop::Refused(Refusal::NotYours))));
    assert!(town.world.is_in(&inside).await);

    let new = card::make_again(database, clock, &teacher, town.class).await.unwrap();
    assert_eq!(new.len(), 3);
    assert!(!town.world.is_in(&inside).await, "who got in with an old card is out");
    for (old, new) in old.iter().zip(&new) {
        assert_eq!(town.enter(&code, &old.pin.to_string(), None).await.unwrap_err(), Wrong::NoMatch);
        let entered = town.enter(&code, &new.pin.to_string(), None).await.unwrap();
        assert_eq!(entered.person, new.person);
    }
    let ended = "select count(*) from audit where action = 'MakeCards' and detail like 'ended 3 cards of %'";
    assert_eq!(town.world.number(ended).await, 1);
    town.end().await;
}

#[tokio::test]
async fn a_lost_card_is_worth_nothing_once_there_is_a_new_one() {
    let town = Town::new().await.with_students(2).await;
    let (database, clock, teacher) = (&town.world.database, &town.world.clock, town.teacher().await);
    let cards = card::make(database, clock, &teacher, town.class).await.unwrap();
    let (code, lost) = (cards[0].code.clone(), cards[0].pin.to_string());
    let found_by_somebody = town.enter(&code, &lost, None).await.unwrap().token;
    let new = card::reset(database, clock, &teacher, cards[0].person, town.class).await.unwrap().unwrap();
    assert!(!town.world.is_in(&found_by_somebody).await, "who got in with the old card is out");
    assert_eq!(town.enter(&code, &lost, None).await.unwrap_err(), Wrong::NoMatch);
    assert!(town.enter(&code, &new.pin.to_string(), None).await.is_ok());
    assert!(town.enter(&code, &cards[1].pin.to_string(), None).await.is_ok(), "the others keep theirs");
    let stranger = card::reset(database, clock, &teacher, cards[0].person, town.other_class).await;
    assert!(matches!(stranger, Err(Stop::Refused(Refusal::NotYours))));
    town.end().await;
}

#[tokio::test]
async fn a_vandal_with_the_code_of_the_class_locks_nobody_out() {
    let town = Town::new().await.with_students(12).await;
    let (database, clock, teacher) = (&town.world.database, &town.world.clock, town.teacher().await);
    let cards = card::make(database, clock, &teacher, town.class).await.unwrap();
    let code = cards[0].code.clone();
    // A hundred and fifty wrong PINs, as fast as a person and a script can, all over the numbers.
    for guess in 0..150_u32 {
        let pin = Pin::new(guess * 997 % 1_000, 123_456).unwrap();
        if cards.iter().all(|card| card.pin != pin) {
            assert_eq!(town.enter(&code, &pin.to_string(), None).await.unwrap_err(), Wrong::NoMatch);
        }
    }
    for made in &cards {
        assert!(town.enter(&code, &made.pin.to_string(), None).await.is_ok());
    }
    town.end().await;
}

#[tokio::test]
async fn who_knows_a_cards_number_can_lock_strange_browsers_only_until_the_teacher_acts() {
    let town = Town::new().await.with_students(1).await;
    let (database, clock, teacher) = (&town.world.database, &town.world.clock, town.teacher().await);
    let made = card::make(database, clock, &teacher, town.class).await.unwrap().remove(0);
    let own = town.enter(&made.code, &made.pin.to_string(), None).await.unwrap().device;
    let secret = if made.pin.secret() == "000000" { "000001" } else { "000000" };
    let wrong = format!("{}{secret}", made.pin.number());
    for _ in 0..10 {
        assert_eq!(town.enter(&made.code, &wrong, None).await.unwrap_err(), Wrong::NoMatch);
    }
    let right = made.pin.to_string();
    assert!(matches!(town.enter(&made.code, &right, None).await, Err(Wrong::Wait { .. })));
    assert!(town.enter(&made.code, &right, Some(&own)).await.is_ok(), "on the student's own Chromebook");
    card::let_in(database, clock, &teacher, town.class).await.unwrap();
    assert!(town.enter(&made.code, &right, None).await.is_ok(), "anywhere, once the teacher says so");
    let new = card::reset(database, clock, &teacher, made.person, town.class).await.unwrap().unwrap();
    assert!(
        town.enter(&new.code, &new.pin.to_string(), None).await.is_ok(),
        "a new card works anywhere at once"
    );
    town.end().await;
}
