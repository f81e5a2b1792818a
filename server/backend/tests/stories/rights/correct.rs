//! Something in a record is wrong: who says so, who answers, what changes.

use super::town::{
    ANA, BEN, FARID, HUGO, MARTA, STELLA, TOM, actor, count, id, refused, texts, told, town, wrong,
};
use crate::world::World;
use backend::admin::rights::correction::{Open, Outcome, Wrong, answer, ask, queue};
use backend::admin::rights::review::review;
use backend::stop::Stop;
use domain::admin::rights::{Answer, Field, NotWanted, OPEN_MOST, Why};
use domain::people::{Band, Role};
use domain::policy::{Actor, Refusal};

async fn say(world: &World, actor: &Actor, field: Field, typed: &str) -> Result<Outcome, Stop<Wrong>> {
    ask(&world.database, &world.clock, actor, id(ANA), field, typed).await
}

async fn give(
    world: &World,
    actor: &Actor,
    open: &Open,
    given: Answer,
    seen: &str,
) -> Result<(), Stop<Wrong>> {
    answer(&world.database, &world.clock, actor, &open.id, given, seen).await
}

#[tokio::test]
async fn a_name_is_corrected_when_staff_say_so_and_what_was_typed_is_forgotten() {
    let world = town().await;
    let (marta, stella) = (actor(MARTA, Role::Guardian), actor(STELLA, Role::Staff));
    assert_eq!(say(&world, &marta, Field::GivenName, " Ana  Isabel ").await.unwrap(), Outcome::Waits);
    let open = queue(&world.database, &world.clock, &stella).await.unwrap();
    assert_eq!(
        (open[0].name.as_str(), open[0].wanted.as_deref()),
        ("Anabel Quintanilla", Some("Ana Isabel"))
    );
    assert!(
        queue(&world.database, &world.clock, &actor(FARID, Role::Staff)).await.unwrap().is_empty(),
        "not theirs"
    );
    assert_eq!(
        refused(queue(&world.database, &world.clock, &actor(TOM, Role::Teacher)).await),
        Refusal::NotThisRole
    );
    let elsewhere = give(&world, &actor(FARID, Role::Staff), &open[0], Answer::Done, "").await;
    assert_eq!(refused(elsewhere), Refusal::NotYours);

    give(&world, &stella, &open[0], Answer::Done, "").await.unwrap();
    let again = give(&world, &stella, &open[0], Answer::Refused(Why::Unclear), "").await;
    assert_eq!(wrong(again), Wrong::NotOpen);
    assert_eq!(
        texts(&world, format!("select given_name || '|' || sort_key from person where id = '{ANA}'")).await,
        ["Ana Isabel|quintanilla ana isabel"]
    );
    assert_eq!(count(&world, "select count(*) from correction where wanted <> ''").await, 0);
    let notices =
        format!("select count(*) from outbox where person_id = '{MARTA}' and kind = 'correction-answered'");
    assert_eq!(count(&world, notices).await, 1);
    assert_eq!(
        told(&world, ANA).await,
        ["AskCorrection given-name", "AnswerCorrection read", "AnswerCorrection given-name done"]
    );
    world.end().await;
}

#[tokio::test]
async fn a_birth_date_is_typed_twice_and_shown_to_nobody() {
    let world = town().await;
    let (ana, stella) = (actor(ANA, Role::Student), actor(STELLA, Role::Staff));
    say(&world, &ana, Field::BirthDate, "2012-05-28").await.unwrap();
    let open = queue(&world.database, &world.clock, &stella).await.unwrap();
    assert_eq!(open[0].wanted, None);
    for other in ["", "2013-06-30", "28 May 2012"] {
        assert_eq!(wrong(give(&world, &stella, &open[0], Answer::Done, other).await), Wrong::OtherDate);
    }
    let asked = review(&world.database, &world.clock, &ana, id(ANA)).await.unwrap();
    assert_eq!((asked.band, &asked.corrections[0].wanted), (Some(Band::Under13), &None), "it still waits");
    give(&world, &stella, &open[0], Answer::Done, " 2012-05-28 ").await.unwrap();
    let record = review(&world.database, &world.clock, &ana, id(ANA)).await.unwrap();
    assert_eq!(
        (record.band, record.corrections[0].answer),
        (Some(Band::Teen), Some((Answer::Done, world.clock.now())))
    );
    world.end().await;
}

#[tokio::test]
async fn a_refusal_has_a_reason_and_changes_nothing() {
    let world = town().await;
    let (marta, stella) = (actor(MARTA, Role::Guardian), actor(STELLA, Role::Staff));
    say(&world, &marta, Field::FamilyName, "Q").await.unwrap();
    say(&world, &marta, Field::Language, "es").await.unwrap();
    let open = queue(&world.database, &world.clock, &stella).await.unwrap();
    give(&world, &stella, &open[0], Answer::Refused(Why::SchoolRegister), "").await.unwrap();
    give(&world, &stella, &open[1], Answer::Done, "").await.unwrap();
    let record = review(&world.database, &world.clock, &marta, id(ANA)).await.unwrap();
    assert_eq!((record.person.family_name.as_str(), record.person.tongue.as_str()), ("Quintanilla", "es"));
    assert_eq!(record.corrections[1].answer.unwrap().0, Answer::Refused(Why::SchoolRegister));
    world.end().await;
}

#[tokio::test]
async fn nobody_answers_themselves_or_asks_for_others() {
    let world = town().await;
    for (who, role) in [(HUGO, Role::Guardian), (BEN, Role::Student), (STELLA, Role::Staff)] {
        assert_eq!(
            refused(say(&world, &actor(who, role), Field::Other, "no").await),
            Refusal::NotYours,
            "{who}"
        );
    }
    let (database, clock, stella) = (&world.database, &world.clock, actor(STELLA, Role::Staff));
    ask(database, clock, &stella, id(STELLA), Field::Other, "My place").await.unwrap();
    let open = queue(database, clock, &stella).await.unwrap();
    assert_eq!(refused(give(&world, &stella, &open[0], Answer::Done, "").await), Refusal::NotYours);
    give(&world, &Actor::Machine, &open[0], Answer::Done, "").await.unwrap();
    world.end().await;
}

#[tokio::test]
async fn an_adult_says_themselves_what_they_are_called() {
    let world = town().await;
    let (database, clock, marta) = (&world.database, &world.clock, actor(MARTA, Role::Guardian));
    let outcome = ask(database, clock, &marta, id(MARTA), Field::FamilyName, "Ruiz").await.unwrap();
    assert_eq!(outcome, Outcome::Done);
    let outcome = ask(database, clock, &marta, id(MARTA), Field::Other, "Something else").await.unwrap();
    assert_eq!(outcome, Outcome::Waits, "what is said in words is for somebody to read");
    assert_eq!(review(database, clock, &marta, id(MARTA)).await.unwrap().person.name(), "Marta Ruiz");
    let student = say(&world, &actor(ANA, Role::Student), Field::FamilyName, "Ruiz").await.unwrap();
    assert_eq!(student, Outcome::Waits);
    world.end().await;
}

#[tokio::test]
async fn what_cannot_stand_there_is_not_asked_for_and_six_may_wait() {
    let world = town().await;
    let ana = actor(ANA, Role::Student);
    let not = |not| Wrong::Wanted(not);
    assert_eq!(wrong(say(&world, &ana, Field::BirthDate, "soon").await), not(NotWanted::NoBirthDate));
    assert_eq!(wrong(say(&world, &ana, Field::Class, "  ").await), not(NotWanted::Empty));
    for _ in 0..OPEN_MOST {
        say(&world, &ana, Field::Other, "x").await.unwrap();
    }
    assert_eq!(wrong(say(&world, &ana, Field::Other, "x").await), Wrong::TooMany);
    world.end().await;
}
