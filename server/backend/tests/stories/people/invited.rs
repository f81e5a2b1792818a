//! Adults are asked to come.

use super::town::{PASSWORD, Town};
use backend::Stop;
use backend::people::invitation::{self, Accepted, Accepting, WAITS, Wanted, Wrong};
use backend::people::sign_in::From;
use backend::secret::Token;
use domain::people::Role;
use domain::policy::{Actor, Refusal};

const NEW: Accepting<'_> = Accepting {
    given_name: "Nadia",
    family_name: "Osman",
    password: "some words in a row",
    tongue: "es",
    from: From { device: None, name: "Safari · iPhone", before: None },
};

impl Town {
    async fn ask(&self, actor: &Actor, wanted: &Wanted<'_>) -> Result<Token, Stop<Wrong>> {
        invitation::invite(&self.world.database, &self.world.clock, actor, wanted).await
    }

    async fn accept(&self, token: &Token, given: &Accepting<'_>) -> Result<Accepted, Wrong> {
        match invitation::accept(&self.world.database, &self.world.clock, token, given).await {
            Ok(accepted) => Ok(accepted),
            Err(Stop::Wrong(wrong)) => Err(wrong),
            Err(other) => panic!("{other}"),
        }
    }
}

fn mentor(town: &Town) -> Wanted<'static> {
    Wanted { email: "nadia@example.org", role: Role::Mentor, at: Some(town.programme), tongue: "es" }
}

#[tokio::test]
async fn a_link_works_once_and_not_for_ever() {
    let town = Town::new().await;
    let token = town.ask(&Actor::Machine, &mentor(&town)).await.unwrap();
    let late =
        town.ask(&Actor::Machine, &Wanted { email: "late@example.org", ..mentor(&town) }).await.unwrap();
    for (given, wrong) in [
        (Accepting { given_name: " ", ..NEW }, Wrong::Name),
        (Accepting { given_name: "\u{200B}", ..NEW }, Wrong::Name),
        (Accepting { password: "short", ..NEW }, Wrong::Weak(backend::people::password::Weak::Short)),
    ] {
        assert_eq!(town.accept(&token, &given).await.unwrap_err(), wrong, "and the link still works");
    }
    let accepted = town.accept(&token, &NEW).await.unwrap();
    let session = town.session(&accepted.session.unwrap()).await;
    assert_eq!((session.wearer.role, session.wearer.at), (Some(Role::Mentor), Some(town.programme)));
    assert_eq!((session.person.name(), session.person.tongue), ("Nadia Osman".into(), "es".into()));
    town.world.sign_in("nadia@example.org", NEW.password, Some(&accepted.device)).await.unwrap();
    let warned = town.world.number("select count(*) from outbox where kind = 'new-device'").await;
    assert_eq!(warned, 0, "the browser with which they came is theirs");
    assert_eq!(town.accept(&token, &NEW).await.unwrap_err(), Wrong::Link, "a second time");
    assert_eq!(town.accept(&Token::new().unwrap(), &NEW).await.unwrap_err(), Wrong::Link, "a made-up one");
    town.world.clock.advance(WAITS);
    assert_eq!(town.accept(&late, &NEW).await.unwrap_err(), Wrong::Link, "after fourteen days");
    town.end().await;
}

#[tokio::test]
async fn two_browsers_that_follow_a_link_at_once_make_one_person() {
    let town = Town::new().await;
    let token = town.ask(&Actor::Machine, &mentor(&town)).await.unwrap();
    let follow = || {
        let (database, clock, token) = (town.world.database.clone(), town.world.clock.clone(), token.clone());
        tokio::spawn(async move { invitation::accept(&database, &clock, &token, &NEW).await.is_ok() })
    };
    let (one, two) = (follow(), follow());
    assert_eq!(usize::from(one.await.unwrap()) + usize::from(two.await.unwrap()), 1);
    assert_eq!(
        town.world.number("select count(*) from person where email_key = 'nadia@example.org'").await,
        1
    );
    town.end().await;
}

#[tokio::test]
async fn somebody_who_is_here_proves_it_and_gets_one_role_more() {
    let town = Town::new().await;
    let wanted = Wanted { email: "Teacher@Example.org", ..mentor(&town) };
    let token = town.ask(&Actor::Machine, &wanted).await.unwrap();
    assert_eq!(town.accept(&token, &NEW).await.unwrap_err(), Wrong::Password);
    let own = Accepting { password: PASSWORD, ..NEW };
    let accepted = town.accept(&token, &own).await.unwrap();
    assert!(accepted.session.is_none(), "they sign in the usual way");
    let entered = town.world.sign_in("teacher@example.org", PASSWORD, Some(&accepted.device)).await.unwrap();
    let warned = town.world.number("select count(*) from outbox where kind = 'new-device'").await;
    assert_eq!(warned, 1, "of one browser once");
    let session = town.session(&entered.token).await;
    let roles: Vec<Role> = session.roles.iter().map(|grant| grant.role).collect();
    assert_eq!(roles, [Role::Mentor, Role::Teacher]);
    assert_eq!(session.person.name(), "Alex Example", "the name stays");
    town.end().await;
}

#[tokio::test]
async fn nobody_invites_above_or_beside_their_reach() {
    let town = Town::new().await;
    let teacher = town.teacher().await;
    let answer = town.ask(&teacher, &mentor(&town)).await;
    assert!(matches!(answer, Err(Stop::Refused(Refusal::NotThisRole))), "{answer:?}");
    let staff = town.world.sign_in("staff@example.org", PASSWORD, None).await.unwrap().token;
    let staff = town.session(&staff).await;
    let answer = town.ask(&staff.actor(), &mentor(&town)).await;
    assert!(matches!(answer, Err(Stop::Refused(Refusal::SecondFactor))), "a password alone: {answer:?}");
    let mut wearer = staff.wearer;
    wearer.strength = domain::policy::Strength::Two;
    let staff = Actor::Person(wearer);
    assert!(town.ask(&staff, &mentor(&town)).await.is_ok());
    for (role, at) in
        [(Role::Operator, None), (Role::Safety, Some(town.programme)), (Role::Teacher, Some(town.school))]
    {
        let answer = town.ask(&staff, &Wanted { role, at, ..mentor(&town) }).await;
        assert!(matches!(answer, Err(Stop::Refused(_) | Stop::Wrong(Wrong::Role))), "{role:?} {answer:?}");
    }
    for (role, at) in
        [(Role::Student, Some(town.class)), (Role::Guardian, None), (Role::Mentor, Some(town.class))]
    {
        let answer = town.ask(&Actor::Machine, &Wanted { role, at, ..mentor(&town) }).await;
        assert!(matches!(answer, Err(Stop::Wrong(Wrong::Role))), "{role:?} {answer:?}");
    }
    for email in
        ["", "nadia", "nadia@", "@example.org", "a b@example.org", "nadia@example", "a@b.c\r\nBcc: x@y.z"]
    {
        let answer = town.ask(&Actor::Machine, &Wanted { email, ..mentor(&town) }).await;
        assert!(matches!(answer, Err(Stop::Wrong(Wrong::Email))), "{email:?}");
    }
    town.end().await;
}
