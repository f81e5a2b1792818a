//! A student gets in although somebody guesses at the cards.

use super::from;
use super::town::Town;
use backend::Stop;
use backend::people::card::{self, Card};
use backend::people::sign_in::{self, Entered, Wrong};
use domain::people::card::{BackupCode, Typed};
use domain::policy::Strength;

impl Town {
    /// On a browser that was never here.
    async fn back_up(&self, class: &str, backup: &BackupCode) -> Result<Entered, Wrong> {
        let (database, clock) = (&self.world.database, &self.world.clock);
        let class = class.parse().unwrap();
        match sign_in::with_backup_code(database, clock, class, backup, &from(None)).await {
            Ok(entered) => Ok(entered),
            Err(Stop::Wrong(wrong)) => Err(wrong),
            Err(other) => panic!("{other}"),
        }
    }

    async fn cards(&self) -> Vec<Card> {
        let (database, clock) = (&self.world.database, &self.world.clock);
        card::make(database, clock, &self.teacher().await, self.class).await.unwrap()
    }
}

fn code(typed: &str) -> BackupCode {
    let Ok(Typed::Backup(code)) = typed.parse() else { panic!("{typed} is no backup code") };
    code
}

#[tokio::test]
async fn a_class_whose_every_card_is_guessed_at_gets_in_with_the_backup_codes() {
    let town = Town::new().await.with_students(3).await;
    let cards = town.cards().await;
    for made in &cards {
        let secret = if made.pin.secret() == "000000" { "000001" } else { "000000" };
        let wrong = format!("{}{secret}", made.pin.number());
        for _ in 0..10 {
            assert_eq!(town.enter(&made.code, &wrong, None).await.unwrap_err(), Wrong::NoMatch);
        }
    }
    for made in &cards {
        let pin = town.enter(&made.code, &made.pin.to_string(), None).await;
        assert!(matches!(pin, Err(Wrong::Wait { .. })), "{pin:?}");
        let entered = town.back_up(&made.code, &made.backup).await.unwrap();
        assert_eq!((entered.person, entered.strength), (made.person, Strength::Pin));
        assert_eq!(town.session(&entered.token).await.wearer.person, made.person);
        let again = town.enter(&made.code, &made.pin.to_string(), Some(&entered.device)).await;
        assert!(again.is_ok(), "this browser is theirs from now on: its tries are counted apart");
    }
    let told = "select count(*) from audit where action = 'SignInWithBackupCode' and detail = 'pin'";
    assert_eq!(town.world.number(told).await, 3);
    town.end().await;
}

#[tokio::test]
async fn wrong_backup_codes_find_nothing_and_are_never_counted() {
    let town = Town::new().await.with_students(2).await;
    let cards = town.cards().await;
    let (class, nowhere) = (cards[0].code.clone(), "0000-0000");
    let elsewhere = town.world.words("select code from organisation where name = 'Period 1'").await.remove(0);
    for _ in 0..30 {
        assert_eq!(town.back_up(&class, &code("0000-0000-0000")).await.unwrap_err(), Wrong::NoMatch);
    }
    for class in [nowhere, &elsewhere] {
        let answer = town.back_up(class, &cards[0].backup).await;
        assert_eq!(answer.unwrap_err(), Wrong::NoMatch, "another class's code does not find the card");
    }
    assert_eq!(town.world.number("select count(*) from wrong_try").await, 0);
    assert!(town.back_up(&class, &cards[0].backup).await.is_ok(), "the right one still does");
    assert!(town.back_up(&class, &cards[0].backup).await.is_ok(), "again, whenever it is needed");
    let kept = town.world.words("select backup_hash from pin_card").await;
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().all(|kept| kept.len() == 64), "a hash, and not the code");
    town.end().await;
}

#[tokio::test]
async fn a_backup_code_ends_with_its_card() {
    let town = Town::new().await.with_students(2).await;
    let (database, clock, teacher) = (&town.world.database, &town.world.clock, town.teacher().await);
    let old = town.cards().await;
    let (class, found) = (old[0].code.clone(), &old[0].backup);
    let inside = town.back_up(&class, found).await.unwrap().token;
    let new = card::reset(database, clock, &teacher, old[0].person, town.class).await.unwrap().unwrap();
    assert!(!town.world.is_in(&inside).await, "who got in with the old card is out");
    assert_eq!(town.back_up(&class, found).await.unwrap_err(), Wrong::NoMatch);
    assert!(town.back_up(&class, &new.backup).await.is_ok());
    assert!(town.back_up(&class, &old[1].backup).await.is_ok(), "the other keeps theirs");

    let all_new = card::make_again(database, clock, &teacher, town.class).await.unwrap();
    for ended in [&new.backup, &old[1].backup] {
        assert_eq!(town.back_up(&class, ended).await.unwrap_err(), Wrong::NoMatch);
    }
    for made in &all_new {
        assert_eq!(town.back_up(&class, &made.backup).await.unwrap().person, made.person);
    }
    town.end().await;
}

#[tokio::test]
async fn who_may_not_come_in_does_not_with_a_backup_code_either() {
    let town = Town::new().await.with_students(3).await;
    let (world, cards) = (&town.world, town.cards().await);
    let answer = async |at: usize| town.back_up(&cards[at].code, &cards[at].backup).await;
    assert!(answer(0).await.is_ok());
    world.write(format!("update person set suspended_at = 1 where id = '{}'", cards[0].person)).await;
    assert_eq!(answer(0).await.unwrap_err(), Wrong::NoMatch);
    world.write(format!("update person set suspended_at = null where id = '{}'", cards[0].person)).await;
    assert!(answer(0).await.is_ok());

    assert!(answer(1).await.is_ok());
    world.write(format!("update person set deleted_at = 1 where id = '{}'", cards[1].person)).await;
    assert_eq!(answer(1).await.unwrap_err(), Wrong::NoMatch);

    assert!(answer(2).await.is_ok());
    world.write(format!("update organisation set closed_at = 1 where id = '{}'", town.class)).await;
    assert_eq!(answer(2).await.unwrap_err(), Wrong::NoMatch);
    town.end().await;
}
