//! Finding somebody at a place, and reading their record.

use super::cast::wearing;
use super::world::World;
use backend::Stop;
use backend::people::list::{Ask, PER_PAGE, Page, people};
use backend::people::record;
use domain::people::{Kind, OrganisationId, PersonId, Role};
use domain::policy::{Actor, Refusal};
use std::collections::BTreeSet;

struct District {
    world: World,
    school: OrganisationId,
    class: OrganisationId,
    other: OrganisationId,
    teacher: Actor,
    staff: Actor,
    operator: Actor,
}

impl District {
    async fn new() -> District {
        let world = World::new().await;
        let district = world.organisation(Kind::District, "Unified", None).await;
        let school = world.organisation(Kind::School, "North", Some(district)).await;
        let other = world.organisation(Kind::School, "South", Some(district)).await;
        let class = world.organisation(Kind::Class, "8B", Some(school)).await;
        let teacher = world.somebody("Tia Teacher", Role::Teacher, Some(class)).await;
        let staff = world.somebody("Sam Staff", Role::Staff, Some(school)).await;
        let operator = world.somebody("Oda Operator", Role::Operator, None).await;
        District {
            teacher: wearing(teacher, Role::Teacher, Some(class)),
            staff: wearing(staff, Role::Staff, Some(school)),
            operator: wearing(operator, Role::Operator, None),
            world,
            school,
            class,
            other,
        }
    }

    async fn ask(&self, actor: &Actor, ask: Ask) -> Page {
        people(&self.world.database, &self.world.clock, actor, &ask).await.unwrap()
    }

    async fn names(&self, actor: &Actor, ask: Ask) -> Vec<String> {
        self.ask(actor, ask).await.people.into_iter().map(|listed| listed.name).collect()
    }

    async fn refusal(&self, actor: &Actor, ask: Ask) -> Refusal {
        match people(&self.world.database, &self.world.clock, actor, &ask).await {
            Err(Stop::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    }
}

fn words(words: &str) -> Ask {
    Ask { words: words.to_owned(), ..Ask::default() }
}

#[tokio::test]
async fn somebody_is_found_by_the_beginnings_of_their_names_in_any_order() {
    let story = District::new().await;
    for name in ["José Muñoz", "Ana Munoz-Diaz", "Mara Jones", "Ann O-Neil"] {
        story.world.somebody(name, Role::Student, Some(story.class)).await;
    }
    let found = async |typed: &str| story.names(&story.teacher, words(typed)).await;
    assert_eq!(found("munoz").await, ["Munoz-Diaz, Ana", "Muñoz, José"]);
    assert_eq!(found("  JOSE  mu ").await, ["Muñoz, José"]);
    assert_eq!(found("diaz ana").await, ["Munoz-Diaz, Ana"]);
    assert_eq!(found("unoz").await, Vec::<String>::new(), "the middle of a name is no beginning");
    assert_eq!(found("%").await.len(), 5, "a sign that means something to the database means nothing");
    assert_eq!(found("an_").await.len(), 2);
    assert_eq!(found("nobody").await, Vec::<String>::new());
    let teachers = Ask { role: Some(Role::Teacher), ..Ask::default() };
    assert_eq!(story.names(&story.teacher, teachers).await, ["Teacher, Tia"]);
    story.world.end().await;
}

#[tokio::test]
async fn a_list_reaches_down_from_the_place_and_never_across() {
    let story = District::new().await;
    story.world.somebody("Nora North", Role::Student, Some(story.class)).await;
    let both = story.world.somebody("Bo Both", Role::Teacher, Some(story.school)).await;
    story.world.role(both, Role::Mentor, Some(story.other)).await;
    story.world.somebody("Sia South", Role::Student, Some(story.other)).await;
    let own = Ask::default;
    assert_eq!(story.names(&story.teacher, own()).await, ["North, Nora", "Teacher, Tia"]);
    let all = story.ask(&story.staff, own()).await;
    assert_eq!((all.total, all.next), (4, None));
    assert_eq!(all.places.iter().map(|place| place.id).collect::<Vec<_>>(), [story.class], "to narrow it by");
    assert_eq!(all.people[0].name, "Both, Bo");
    let here = vec![(Role::Teacher, Some("North".to_owned()))];
    assert_eq!(all.people[0].roles, here, "what they are elsewhere is not told");

    let at = |id| Ask { at: Some(id), ..Ask::default() };
    assert_eq!(story.names(&story.staff, at(story.class)).await, ["North, Nora", "Teacher, Tia"]);
    assert_eq!(story.refusal(&story.staff, at(story.other)).await, Refusal::NotYours);
    assert_eq!(story.refusal(&story.teacher, at(story.school)).await, Refusal::NotYours, "nor up");
    let nowhere = OrganisationId::new(uuid::Uuid::from_u128(1));
    assert_eq!(story.refusal(&story.staff, at(nowhere)).await, Refusal::NotYours);
    story.world.end().await;
}

#[tokio::test]
async fn an_operator_finds_adults_only_and_a_mentor_nobody() {
    let story = District::new().await;
    story.world.somebody("Nora North", Role::Student, Some(story.class)).await;
    let grown = story.world.somebody("Gus Grown", Role::Mentor, Some(story.school)).await;
    story.world.role(grown, Role::Student, Some(story.school)).await;
    story
        .world
        .put(format!("update role_grant set ended_at = 1 where person_id = '{grown}' and role = 'student'"))
        .await;
    let adults = ["Operator, Oda", "Staff, Sam", "Teacher, Tia"];
    assert_eq!(
        story.names(&story.operator, Ask::default()).await,
        adults,
        "who ever was a student is left out"
    );
    let at = Ask { at: Some(story.class), ..Ask::default() };
    assert_eq!(story.names(&story.operator, at.clone()).await, ["Teacher, Tia"]);
    for role in [Role::Student, Role::Guardian, Role::Mentor, Role::Ambassador] {
        let actor = wearing(grown, role, Some(story.school));
        assert_eq!(story.refusal(&actor, Ask::default()).await, Refusal::NotThisRole, "{role:?}");
        assert_eq!(story.refusal(&actor, at.clone()).await, Refusal::NotThisRole, "{role:?}");
    }
    story.world.end().await;
}

#[tokio::test]
async fn pages_together_hold_everybody_once_even_when_somebody_joins_in_between() {
    let story = District::new().await;
    let mut all = BTreeSet::new();
    // Many of the same name: the order is total all the same.
    for at in 0..2 * PER_PAGE + 7 {
        let name = if at % 3 == 0 { "Ana Garcia".to_owned() } else { format!("P{at} Núñez") };
        all.insert(story.world.somebody(&name, Role::Student, Some(story.class)).await);
    }
    let ask = |after| Ask { role: Some(Role::Student), after, ..Ask::default() };
    let (mut seen, mut after): (Vec<PersonId>, _) = (Vec::new(), None);
    loop {
        let page = story.ask(&story.staff, ask(after)).await;
        assert!(page.people.len() <= PER_PAGE);
        seen.extend(page.people.iter().map(|listed| listed.id));
        if after.is_none() {
            assert_eq!(page.total, all.len());
            story.world.somebody("Aaron Aardvark", Role::Student, Some(story.class)).await;
        }
        let Some(next) = page.next else { break };
        after = Some(next);
    }
    assert_eq!(seen.len(), all.len(), "nobody twice");
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), all, "nobody left out");
    story.world.end().await;
}

#[tokio::test]
async fn a_students_record_is_read_with_a_line_in_the_audit_and_an_adults_without() {
    let story = District::new().await;
    let World { database, clock, .. } = &story.world;
    let student = story.world.somebody("Nora North", Role::Student, Some(story.class)).await;
    story.world.put(format!("insert into birth (person_id, born) values ('{student}', '2013-01-31')")).await;
    let seen = record::read(database, clock, &story.teacher, student).await.unwrap();
    assert_eq!(
        (seen.person.name().as_str(), seen.band.map(domain::people::Band::slug)),
        ("Nora North", Some("13-17"))
    );
    assert_eq!((seen.roles.len(), seen.may_suspend), (1, false));
    assert_eq!(
        seen.classes.iter().map(|class| class.id).collect::<Vec<_>>(),
        [story.class],
        "their card is there"
    );
    assert!(!seen.keys.password && !seen.keys.second && !seen.keys.card);
    assert_eq!(seen.keys.seen_at, Some(clock.now()));
    let lines = "select count(*) from audit where action = 'SeeStudent'";
    assert_eq!(story.world.number(lines).await, 1);

    let teacher = story.teacher.person().unwrap();
    let seen = record::read(database, clock, &story.staff, teacher).await.unwrap();
    assert!(seen.may_suspend && seen.band.is_none());
    assert_eq!(story.world.number("select count(*) from audit").await, 1);

    let refused = async |actor: &Actor, person| match record::read(database, clock, actor, person).await {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    // Whom somebody does not reach they are told alike of: a student, an adult, nobody.
    let nobody = domain::people::PersonId::new(uuid::Uuid::now_v7());
    for person in [student, nobody] {
        assert_eq!(refused(&story.operator, person).await, Refusal::NotYours);
    }
    let foreign = wearing(teacher, Role::Teacher, Some(story.other));
    assert_eq!(refused(&foreign, student).await, Refusal::NotYours);
    let mentor = wearing(teacher, Role::Mentor, Some(story.school));
    let ambassador = wearing(teacher, Role::Ambassador, Some(story.school));
    for person in [story.staff.person().unwrap(), student, nobody] {
        assert_eq!(refused(&mentor, person).await, Refusal::NotYours);
        assert_eq!(refused(&ambassador, person).await, Refusal::NotThisRole);
    }
    story.world.end().await;
}
