//! A mentor from the first step to the day on which something runs out.

use super::cast::wearing;
use super::world::World;
use backend::Stop;
use backend::people::screening::{self, Told, Wrong};
use backend::people::session;
use domain::people::screening::{Screening, Step, Terms, Why, Wrong as StepWrong};
use domain::people::{Kind, OrganisationId, PersonId, Role};
use domain::plan::Day;
use domain::policy::{Actor, Refusal};

const DAY: i64 = 24 * 3_600_000;

/// A programme with a cohort, somebody of its staff, and a mentor who has taken no step.
struct Programme {
    world: World,
    cohort: OrganisationId,
    staff: Actor,
    mentor: PersonId,
}

impl Programme {
    async fn new() -> Programme {
        let world = World::new().await;
        let programme = world.organisation(Kind::Programme, "Spark", None).await;
        let cohort = world.organisation(Kind::Cohort, "Fall", Some(programme)).await;
        let staff = world.somebody("Sam Staff", Role::Staff, Some(programme)).await;
        let mentor = world.somebody("Mia Mentor", Role::Mentor, Some(cohort)).await;
        Programme { staff: wearing(staff, Role::Staff, Some(programme)), world, cohort, mentor }
    }

    async fn take(&self, step: Step, ends_on: Option<Day>) -> Result<Screening, Stop<Wrong>> {
        self.take_for(self.mentor, step, ends_on).await
    }

    async fn take_for(
        &self,
        person: PersonId,
        step: Step,
        ends_on: Option<Day>,
    ) -> Result<Screening, Stop<Wrong>> {
        let World { database, clock, .. } = &self.world;
        screening::move_on(database, clock, &self.staff, Terms::DEFAULT, person, step, ends_on).await
    }

    async fn stop(&self, why: Why) -> Result<Screening, Stop<Wrong>> {
        screening::stop(&self.world.database, &self.world.clock, &self.staff, self.mentor, why).await
    }

    /// Takes the first steps of somebody.
    async fn steps(&self, person: PersonId, count: usize) {
        for step in &Step::ALL[..count] {
            self.take_for(person, *step, None).await.unwrap();
        }
    }

    async fn cleared(&self) -> bool {
        let mut lease = self.world.database.lease().await.unwrap();
        screening::cleared(&mut lease.conn(), &self.world.clock, self.mentor).await.unwrap()
    }

    async fn expire(&self) -> (u32, u32) {
        let Told { soon, over } = screening::expire(&self.world.database, &self.world.clock).await.unwrap();
        (soon, over)
    }

    async fn sessions(&self) -> i64 {
        self.world.number("select count(*) from session").await
    }

    async fn notices(&self) -> i64 {
        let text = "select count(*) from outbox where kind in ('screening-ends', 'screening-board')";
        self.world.number(text).await
    }
}

fn wrong<T: std::fmt::Debug>(answer: Result<T, Stop<Wrong>>) -> Wrong {
    match answer {
        Err(Stop::Wrong(wrong)) => wrong,
        other => panic!("{other:?}"),
    }
}

fn refusal<T: std::fmt::Debug, W: std::error::Error>(answer: Result<T, Stop<W>>) -> Refusal {
    match answer {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn only_the_last_of_eight_steps_clears_and_none_is_skipped() {
    let story = Programme::new().await;
    for (at, step) in Step::ALL.iter().enumerate() {
        assert!(!story.cleared().await, "before {step:?}");
        for later in &Step::ALL[at + 1..] {
            let found = wrong(story.take(*later, None).await);
            assert_eq!(found, Wrong::Step(StepWrong::First(*step)), "{later:?} before {step:?}");
        }
        let now = story.take(*step, None).await.unwrap();
        assert_eq!((now.step, now.cleared()), (Some(*step), at == 7));
        if !step.runs_out() {
            assert_eq!(wrong(story.take(*step, None).await), Wrong::Step(StepWrong::Taken), "{step:?} twice");
        }
    }
    assert!(story.cleared().await);
    let (rows, lines) = (
        story.world.number("select count(*) from screening where actor_id is not null").await,
        story.world.number("select count(*) from audit where action = 'MoveScreening'").await,
    );
    assert_eq!((rows, lines), (8, 8), "every step has its actor and its line");

    let World { database, clock, .. } = &story.world;
    let file = screening::of(database, clock, &story.staff, story.mentor).await.unwrap();
    assert_eq!((file.history.len(), file.may_move), (8, true));
    assert_eq!(file.history[0].by.as_deref(), Some("Sam Staff"));
    assert_eq!(file.screening.ends, Some((Step::Trained, "2027-05-28".parse().unwrap())));
    story.world.end().await;
}

#[tokio::test]
async fn a_stop_ends_the_sessions_of_the_mentor_and_all_begins_again() {
    let story = Programme::new().await;
    assert_eq!(wrong(story.stop(Why::Decided).await), Wrong::Step(StepWrong::NotBegun));
    story.steps(story.mentor, 8).await;
    assert_eq!(story.sessions().await, 2);
    let stopped = story.stop(Why::Review).await.unwrap();
    assert_eq!((stopped.stopped, stopped.next()), (Some(Why::Review), Some(Step::Applied)));
    assert!(!story.cleared().await);
    assert_eq!(story.sessions().await, 1, "the staff's own is left");
    let told = story.world.words("select kind from outbox order by id").await;
    assert_eq!(told, ["screening-done", "screening-stopped"], "the mentor is told of both");
    let found = wrong(story.take(Step::Matchable, None).await);
    assert_eq!(found, Wrong::Step(StepWrong::First(Step::Applied)));
    story.steps(story.mentor, 8).await;
    assert!(story.cleared().await);
    story.world.end().await;
}

#[tokio::test]
async fn what_runs_out_suspends_by_itself_on_the_day_and_is_told_once() {
    let story = Programme::new().await;
    story.steps(story.mentor, 5).await;
    // The story begins on 28 May 2026.
    story.take(Step::Trained, Some("2026-08-31".parse().unwrap())).await.unwrap();
    story.take(Step::AgreementSigned, None).await.unwrap();
    story.take(Step::Matchable, None).await.unwrap();
    let clock = &story.world.clock;

    clock.advance(64 * DAY);
    assert_eq!((clock.today().to_string().as_str(), story.expire().await), ("2026-07-31", (0, 0)));
    clock.advance(DAY);
    assert_eq!((clock.today().to_string().as_str(), story.expire().await), ("2026-08-01", (1, 0)));
    assert_eq!((story.expire().await, story.notices().await), ((0, 0), 2), "the mentor and the staff, once");

    clock.advance(30 * DAY);
    assert_eq!((clock.today().to_string().as_str(), story.cleared().await), ("2026-08-31", true));
    assert_eq!((story.expire().await, story.sessions().await), ((0, 0), 2), "the last day is a day");
    clock.advance(DAY);
    assert!(!story.cleared().await, "before any job came by");
    assert_eq!((story.expire().await, story.sessions().await), ((0, 1), 1), "only the mentor's session ends");
    assert_eq!((story.expire().await, story.notices().await), ((0, 0), 4));
    let kinds = "select count(*) from outbox where kind = 'screening-board'";
    assert_eq!(story.world.number(kinds).await, 2, "staff is told apart, without a name");

    story.take(Step::Trained, None).await.unwrap();
    assert!(story.cleared().await, "renewed");
    assert_eq!(story.expire().await, (0, 0));
    story.world.end().await;
}

#[tokio::test]
async fn what_was_renewed_stopped_or_is_nobodys_any_more_is_not_told() {
    let story = Programme::new().await;
    let soon: Day = "2026-06-10".parse().unwrap();
    let renewed = story.mentor;
    let stopped = story.world.somebody("Saul Stopped", Role::Mentor, Some(story.cohort)).await;
    let gone = story.world.somebody("Gil Gone", Role::Mentor, Some(story.cohort)).await;
    for person in [renewed, stopped, gone] {
        story.steps(person, 5).await;
        story.take_for(person, Step::Trained, Some(soon)).await.unwrap();
    }
    story.take_for(renewed, Step::Trained, None).await.unwrap();
    let World { database, clock, .. } = &story.world;
    screening::stop(database, clock, &story.staff, stopped, Why::Withdrew).await.unwrap();
    story.world.put(format!("update role_grant set ended_at = 1 where person_id = '{gone}'")).await;
    assert_eq!((story.expire().await, story.notices().await), ((0, 0), 0));
    story.world.end().await;
}

#[tokio::test]
async fn two_processes_tell_once() {
    let story = Programme::new().await;
    for at in 0..7 {
        let person = story.world.somebody(&format!("M{at} Many"), Role::Mentor, Some(story.cohort)).await;
        story.steps(person, 5).await;
        story.take_for(person, Step::Trained, Some(story.world.clock.today())).await.unwrap();
    }
    let (one, other) = tokio::join!(story.expire(), story.expire());
    assert_eq!(one.0 + other.0, 7);
    let told = "select count(*) from outbox where kind = 'screening-ends'";
    assert_eq!(story.world.number(told).await, 7);
    story.world.end().await;
}

#[tokio::test]
async fn two_hands_on_one_step_write_it_once() {
    let story = Programme::new().await;
    let (one, other) = tokio::join!(story.take(Step::Applied, None), story.take(Step::Applied, None));
    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1);
    assert_eq!(story.world.number("select count(*) from screening").await, 1);
    story.world.end().await;
}

#[tokio::test]
async fn nobody_screens_themselves_a_stranger_or_who_is_no_mentor() {
    let story = Programme::new().await;
    let World { database, clock, .. } = &story.world;
    let elsewhere = story.world.organisation(Kind::Programme, "Elsewhere", None).await;
    let foreign = story.world.somebody("Fay Foreign", Role::Staff, Some(elsewhere)).await;
    let move_on = async |actor: &Actor, person| {
        screening::move_on(database, clock, actor, Terms::DEFAULT, person, Step::Applied, None).await
    };
    let theirs = wearing(foreign, Role::Staff, Some(elsewhere));
    assert_eq!(refusal(move_on(&theirs, story.mentor).await), Refusal::NotYours);
    assert_eq!(refusal(screening::of(database, clock, &theirs, story.mentor).await), Refusal::NotYours);
    let mentor = wearing(story.mentor, Role::Mentor, Some(story.cohort));
    assert_eq!(refusal(move_on(&mentor, story.mentor).await), Refusal::NotThisRole);
    let own = screening::of(database, clock, &mentor, story.mentor).await.unwrap();
    assert!(!own.may_move, "a mentor reads their own screening and writes nothing");

    let staff = story.staff.person().unwrap();
    assert_eq!(wrong(move_on(&story.staff, staff).await), Wrong::Own);
    let teacher = story.world.somebody("Ted Teacher", Role::Teacher, Some(story.cohort)).await;
    assert_eq!(wrong(move_on(&story.staff, teacher).await), Wrong::NoMentor);
    let page = screening::of(database, clock, &story.staff, teacher).await;
    assert_eq!(refusal(page), Refusal::NotYours, "nor is there a page with eight steps for them");
    let nobody = PersonId::new(uuid::Uuid::from_u128(1));
    assert_eq!(refusal(move_on(&story.staff, nobody).await), Refusal::NotYours);
    assert_eq!(story.world.number("select count(*) from screening").await, 0);
    story.world.end().await;
}

#[tokio::test]
async fn the_board_shows_who_waits_the_longest_and_what_runs_out_first() {
    let story = Programme::new().await;
    let World { database, clock, .. } = &story.world;
    let longer = story.world.somebody("Lou Longer", Role::Mentor, Some(story.cohort)).await;
    story.steps(longer, 2).await;
    clock.advance(3 * DAY);
    let shorter = story.world.somebody("Shae Shorter", Role::Mentor, Some(story.cohort)).await;
    story.steps(shorter, 2).await;
    let over = story.world.somebody("Ola Over", Role::Mentor, Some(story.cohort)).await;
    story.steps(over, 5).await;
    story.take_for(over, Step::Trained, Some(clock.today())).await.unwrap();
    let soon = story.world.somebody("Sol Soon", Role::Mentor, Some(story.cohort)).await;
    story.steps(soon, 5).await;
    story.take_for(soon, Step::Trained, Some("2026-06-20".parse().unwrap())).await.unwrap();
    let stopped = story.world.somebody("Stu Stopped", Role::Mentor, Some(story.cohort)).await;
    story.steps(stopped, 1).await;
    screening::stop(database, clock, &story.staff, stopped, Why::NoAnswer).await.unwrap();
    let elsewhere = story.world.organisation(Kind::Programme, "Elsewhere", None).await;
    let foreign = story.world.somebody("Fay Foreign", Role::Mentor, Some(elsewhere)).await;
    clock.advance(2 * DAY);

    let board = screening::board(database, clock, &story.staff).await.unwrap();
    let column = |step| {
        let column = board.columns.iter().find(|column| column.step == step).unwrap();
        column.cards.iter().map(|card| (card.name.as_str(), card.days)).collect::<Vec<_>>()
    };
    assert_eq!(column(None), [("Mia Mentor", 5)], "invited, and nothing else");
    assert_eq!(column(Some(Step::Interviewed)), [("Lou Longer", 5), ("Shae Shorter", 2)]);
    assert_eq!(column(Some(Step::Cleared)), [("Ola Over", 1)], "what ran out brings back");
    assert_eq!(column(Some(Step::Trained)), [("Sol Soon", 2)]);
    assert_eq!(board.stopped.iter().map(|card| card.name.as_str()).collect::<Vec<_>>(), ["Stu Stopped"]);
    let runs_out: Vec<_> = board.runs_out().iter().map(|card| card.person).collect();
    assert_eq!((runs_out, board.len()), (vec![over, soon], 6));
    let all = screening::board(database, clock, &Actor::Machine).await.unwrap();
    assert_eq!(all.len(), 7);

    let own = wearing(longer, Role::Mentor, Some(story.cohort));
    assert_eq!(
        screening::board(database, clock, &own).await.unwrap().len(),
        1,
        "a mentor's board is their own"
    );
    let theirs = wearing(foreign, Role::Staff, Some(elsewhere));
    assert_eq!(screening::board(database, clock, &theirs).await.unwrap().len(), 1);
    let teacher = wearing(foreign, Role::Teacher, Some(elsewhere));
    assert_eq!(refusal(screening::board(database, clock, &teacher).await), Refusal::NotThisRole);
    story.world.end().await;
}

#[tokio::test]
async fn a_session_is_cleared_from_the_last_step_to_the_last_day_and_no_longer() {
    let story = Programme::new().await;
    let World { database, clock, .. } = &story.world;
    let token = story.world.signed_in(story.mentor, Role::Mentor).await;
    let seen = async || session::load(database, clock, &token).await.unwrap().map(|seen| seen.wearer.cleared);
    story.steps(story.mentor, 7).await;
    assert_eq!(seen().await, Some(false));
    story.take(Step::Matchable, None).await.unwrap();
    assert_eq!(seen().await, Some(true));
    story.take(Step::Trained, Some(clock.today())).await.unwrap();
    assert_eq!(seen().await, Some(true), "today is the last day");
    // From the morning of one day to the first minute of the next, with a request each hour.
    for _ in 0..13 {
        assert!(seen().await.is_some());
        clock.advance(DAY / 24);
    }
    assert_eq!(seen().await, Some(false), "the same session, before any job came by");
    story.expire().await;
    assert_eq!(seen().await, None);
    story.world.end().await;
}
