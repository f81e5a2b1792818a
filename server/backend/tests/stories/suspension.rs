//! Who loses the way in, at once, and who may take it.

use super::cast::wearing;
use super::world::World;
use backend::Stop;
use backend::people::{record, session, suspension};
use domain::people::suspension::{Why, Wrong};
use domain::people::{Kind, OrganisationId, PersonId, Role};
use domain::policy::{Actor, Refusal};

struct Town {
    world: World,
    school: OrganisationId,
    elsewhere: OrganisationId,
    staff: Actor,
    teacher: PersonId,
}

impl Town {
    async fn new() -> Town {
        let world = World::new().await;
        let school = world.organisation(Kind::School, "North", None).await;
        let elsewhere = world.organisation(Kind::School, "South", None).await;
        let staff = world.somebody("Sam Staff", Role::Staff, Some(school)).await;
        let teacher = world.somebody("Tia Teacher", Role::Teacher, Some(school)).await;
        Town { staff: wearing(staff, Role::Staff, Some(school)), world, school, elsewhere, teacher }
    }

    async fn suspend(&self, actor: &Actor, person: PersonId) -> Result<(), Stop<Wrong>> {
        suspension::suspend(&self.world.database, &self.world.clock, actor, person, Why::Concern).await
    }

    async fn reinstate(&self, actor: &Actor, person: PersonId) -> Result<(), Stop<Wrong>> {
        suspension::reinstate(&self.world.database, &self.world.clock, actor, person).await
    }

    async fn end_role(
        &self,
        person: PersonId,
        role: Role,
        at: Option<OrganisationId>,
    ) -> Result<(), Stop<Wrong>> {
        suspension::end_role(&self.world.database, &self.world.clock, &self.staff, person, role, at).await
    }

    async fn sessions(&self) -> i64 {
        self.world.number("select count(*) from session").await
    }
}

fn wrong(answer: Result<(), Stop<Wrong>>) -> Wrong {
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
async fn a_suspension_ends_every_session_in_the_same_moment_and_can_be_taken_back() {
    let story = Town::new().await;
    let token = story.world.signed_in(story.teacher, Role::Teacher).await;
    story.world.role(story.teacher, Role::Teacher, Some(story.elsewhere)).await;
    assert_eq!(story.sessions().await, 4);
    let signed_in =
        async || session::load(&story.world.database, &story.world.clock, &token).await.unwrap().is_some();
    assert!(signed_in().await);
    story.suspend(&story.staff, story.teacher).await.unwrap();
    assert!(!signed_in().await, "the very next request finds nobody");
    assert_eq!(story.sessions().await, 1, "the sessions of every role, and nobody else's");
    let told = "select count(*) from outbox where kind = 'suspended'";
    assert_eq!(story.world.number(told).await, 1);
    assert_eq!(wrong(story.suspend(&story.staff, story.teacher).await), Wrong::Suspended);
    let World { database, clock, .. } = &story.world;
    let seen = record::read(database, clock, &story.staff, story.teacher).await.unwrap();
    assert_eq!((seen.suspended, seen.person.suspended_at), (Some(Why::Concern), Some(clock.now())));

    assert!(!seen.may_suspend, "who suspended them for a concern does not say that it is settled");
    assert_eq!(wrong(story.reinstate(&story.staff, story.teacher).await), Wrong::Concern);
    let safety = story.world.somebody("Grace Safety", Role::Safety, Some(story.school)).await;
    let safety = wearing(safety, Role::Safety, Some(story.school));
    story.reinstate(&safety, story.teacher).await.unwrap();
    assert_eq!(story.world.number("select count(*) from outbox where kind = 'reinstated'").await, 1);
    assert_eq!(wrong(story.reinstate(&story.staff, story.teacher).await), Wrong::NotSuspended);
    let seen = record::read(database, clock, &story.staff, story.teacher).await.unwrap();
    assert_eq!((seen.suspended, seen.person.suspended_at), (None, None));
    let lines = "select count(*) from audit where action = 'Suspend'";
    assert_eq!(story.world.number(lines).await, 2, "what was refused left no line");
    story.world.end().await;
}

#[tokio::test]
async fn a_safety_officer_is_stopped_by_nobody_they_may_look_into() {
    let story = Town::new().await;
    let world = &story.world;
    let safety = world.somebody("Grace Safety", Role::Safety, Some(story.school)).await;
    assert_eq!(wrong(story.suspend(&story.staff, safety).await), Wrong::Safety);
    assert_eq!(wrong(story.end_role(safety, Role::Safety, Some(story.school)).await), Wrong::Safety);
    let other = world.somebody("Otis Safety", Role::Safety, Some(story.school)).await;
    story.suspend(&wearing(other, Role::Safety, Some(story.school)), safety).await.unwrap();
    story.world.end().await;
}

#[tokio::test]
async fn nobody_suspends_themselves_a_stranger_a_student_or_an_operator() {
    let story = Town::new().await;
    let world = &story.world;
    let staff = story.staff.person().unwrap();
    assert_eq!(wrong(story.suspend(&story.staff, staff).await), Wrong::Own);
    let foreign = world.somebody("Fay Foreign", Role::Teacher, Some(story.elsewhere)).await;
    assert_eq!(refusal(story.suspend(&story.staff, foreign).await), Refusal::NotYours);
    let student = world.somebody("Stu Dent", Role::Student, Some(story.school)).await;
    assert_eq!(wrong(story.suspend(&story.staff, student).await), Wrong::Student);
    let teacher = wearing(story.teacher, Role::Teacher, Some(story.school));
    assert_eq!(refusal(story.suspend(&teacher, foreign).await), Refusal::NotThisRole);

    let operator = world.somebody("Oda Operator", Role::Operator, None).await;
    world.role(operator, Role::Teacher, Some(story.school)).await;
    assert_eq!(wrong(story.suspend(&story.staff, operator).await), Wrong::Operator);
    let other = world.somebody("Ott Operator", Role::Operator, None).await;
    let before = story.sessions().await;
    story.suspend(&wearing(other, Role::Operator, None), operator).await.unwrap();
    assert_eq!(story.sessions().await, before - 2);
    story.suspend(&Actor::Machine, other).await.unwrap();
    story.world.end().await;
}

#[tokio::test]
async fn a_role_ends_at_one_place_only_and_only_where_the_actor_reaches() {
    let story = Town::new().await;
    let (teacher, role) = (story.teacher, Role::Teacher);
    story.world.role(teacher, role, Some(story.elsewhere)).await;
    assert_eq!(
        refusal(story.end_role(teacher, role, Some(story.elsewhere)).await),
        Refusal::NotYours,
        "they share the person and not the place"
    );
    assert_eq!(refusal(story.end_role(teacher, role, None).await), Refusal::NotYours);
    assert_eq!(wrong(story.end_role(teacher, Role::Mentor, Some(story.school)).await), Wrong::NoRole);
    let before = story.sessions().await;
    story.end_role(teacher, role, Some(story.school)).await.unwrap();
    assert_eq!(story.sessions().await, before - 1, "the session at the other school goes on");
    assert_eq!(refusal(story.end_role(teacher, role, Some(story.school)).await), Refusal::NotYours);
    let own = story.staff.person().unwrap();
    assert_eq!(wrong(story.end_role(own, Role::Staff, Some(story.school)).await), Wrong::Own);
    let student = story.world.somebody("Stu Dent", Role::Student, Some(story.school)).await;
    assert_eq!(wrong(story.end_role(student, Role::Student, Some(story.school)).await), Wrong::Student);
    story.world.end().await;
}
