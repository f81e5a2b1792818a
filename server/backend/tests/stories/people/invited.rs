//! Adults are asked to come.

use super::town::{PASSWORD, Town};
use backend::Stop;
use backend::people::invitation::{self, Accepted, Accepting, WAITS, Wanted, Wrong};
use backend::people::sign_in::From;
use backend::secret::Token;
use domain::people::Role;
use domain::policy::{Actor, Refusal, Strength, Wearer};

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
    Wanted {
        email: "nadia@example.org",
        role: Role::Mentor,
        at: Some(town.programme),
        tongue: "es",
        mailed: false,
    }
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
    let staff = Actor::Person(Wearer { strength: Strength::Two, ..staff.wearer });
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

/// Staff with a second factor, who may invite.
async fn staff(town: &Town) -> Actor {
    let token = town.world.sign_in("staff@example.org", PASSWORD, None).await.unwrap().token;
    let wearer = town.session(&token).await.wearer;
    Actor::Person(Wearer { strength: Strength::Two, ..wearer })
}

#[tokio::test]
async fn where_mail_reaches_the_world_its_link_is_for_the_owner_of_the_address_alone() {
    let town = Town::new().await;
    let (database, clock) = (&town.world.database, &town.world.clock);
    let staff = staff(&town).await;
    let shown = async |token: &Token| invitation::look(database, clock, token).await.unwrap().shown;
    let here = town.ask(&staff, &mentor(&town)).await.unwrap();
    assert!(shown(&here).await, "tried out on this machine");
    let away = Wanted { email: "sara@example.org", mailed: true, ..mentor(&town) };
    let away = town.ask(&staff, &away).await.unwrap();
    assert!(!shown(&away).await);
    let waiting = invitation::waiting(database, clock, &staff).await.unwrap();
    let of = |email: &str| waiting.iter().find(|one| one.email == email).unwrap().id.clone();

    // The server has a mail server by now: what was shown once is shown no more.
    let again = invitation::again(database, clock, &staff, &of("nadia@example.org"), true).await.unwrap();
    assert!(again.token.is_none() && !again.known);
    assert_eq!(town.accept(&here, &NEW).await.unwrap_err(), Wrong::Link, "the link that was shown");
    let again = invitation::again(database, clock, &staff, &of("sara@example.org"), false).await.unwrap();
    assert_eq!(town.accept(&away, &NEW).await.unwrap_err(), Wrong::Link, "the first mail");
    town.world.clock.advance(WAITS - 1);
    town.accept(&again.token.unwrap(), &NEW).await.expect("for another fourteen days");
    let mails =
        town.world.number("select count(*) from outbox where address is not null and kind = 'invited'");
    assert_eq!(mails.await, 3 + 4, "of the town, and of these");
    town.end().await;
}

#[tokio::test]
async fn what_waits_is_withdrawn_by_who_could_have_sent_it() {
    let town = Town::new().await;
    let (database, clock) = (&town.world.database, &town.world.clock);
    let staff = staff(&town).await;
    let token = town.ask(&Actor::Machine, &mentor(&town)).await.unwrap();
    let at_school =
        Wanted { email: "ana@example.org", role: Role::Teacher, at: Some(town.school), ..mentor(&town) };
    let at_school = town.ask(&Actor::Machine, &at_school).await.unwrap();
    let above = Wanted { email: "safe@example.org", role: Role::Safety, ..mentor(&town) };
    let above = town.ask(&Actor::Machine, &above).await.unwrap();
    let all = invitation::waiting(database, clock, &Actor::Machine).await.unwrap();
    let of = |email: &str| all.iter().find(|one| one.email == email).unwrap().id.clone();
    let listed = invitation::waiting(database, clock, &staff).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.email.as_str()).collect::<Vec<_>>(), ["nadia@example.org"]);

    let teacher = town.teacher().await;
    let nadia = of("nadia@example.org");
    for (actor, id, refusal) in [
        (&staff, of("ana@example.org"), Refusal::NotYours),
        (&staff, of("safe@example.org"), Refusal::NotYours),
        (&staff, uuid::Uuid::nil().to_string(), Refusal::NotYours),
        (&teacher, nadia.clone(), Refusal::NotThisRole),
    ] {
        for answer in [
            invitation::withdraw(database, clock, actor, &id).await,
            invitation::again(database, clock, actor, &id, true).await.map(drop),
        ] {
            assert!(matches!(answer, Err(Stop::Refused(found)) if found == refusal), "{id} {answer:?}");
        }
    }
    invitation::withdraw(database, clock, &staff, &nadia).await.unwrap();
    assert_eq!(town.accept(&token, &NEW).await.unwrap_err(), Wrong::Link);
    let again = invitation::again(database, clock, &staff, &nadia, true).await;
    assert!(matches!(again, Err(Stop::Refused(Refusal::NotYours))), "{again:?}");
    for token in [&at_school, &above] {
        invitation::look(database, clock, token).await.expect("nobody touched it");
    }
    let told = "select count(*) from audit where action = 'Invite' and detail like 'mentor withdrawn at %'";
    assert_eq!(town.world.number(told).await, 1);
    town.end().await;
}
