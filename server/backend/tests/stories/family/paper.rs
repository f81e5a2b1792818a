//! The paper: it works once, not for ever, and for an adult.

use super::cast::Cast;
use super::{AGED_10, AGED_15, DAY, children, refused, wrong};
use backend::family::{self, NewGuardian, Wrong};
use backend::people::password::Weak;
use backend::people::session;
use backend::people::sign_in::{self, From};
use domain::family::code::MOST_OPEN;
use domain::family::{FamilyCode, Relation, Unfit};
use domain::people::Role;
use domain::policy::{Actor, Refusal, Strength, Wearer};

#[tokio::test]
async fn a_paper_works_once_and_does_not_say_that_it_was_used() {
    let cast = Cast::new().await;
    let maya = cast.student("Maya", AGED_10).await;
    let (database, clock) = (&cast.world.database, &cast.world.clock);
    let printed = family::make_code(database, clock, &cast.teacher, maya).await.unwrap();
    assert_eq!(printed.given_name, "Maya");
    let held = family::look_up(database, clock, printed.code).await.unwrap();
    assert_eq!((held.given_name.as_str(), held.expires_at), ("Maya", printed.expires_at));
    let (ana, eve) =
        (cast.somebody("Ana", "es", Role::Guardian).await, cast.somebody("Eve", "en", Role::Guardian).await);
    let typed: FamilyCode = printed.code.to_string().to_lowercase().replace('-', " ").parse().unwrap();
    let joined = family::join(database, clock, &ana, typed, Relation::Parent).await.unwrap();
    assert_eq!(joined, maya);
    assert_eq!(children(&cast, &ana).await, ["Maya"]);
    let used = family::join(database, clock, &eve, typed, Relation::Parent).await;
    let unknown: FamilyCode = "K7QX-3MDH-9FT5".parse().unwrap();
    let never = family::join(database, clock, &eve, unknown, Relation::Parent).await;
    assert_eq!((wrong(used), wrong(never)), (Wrong::Code, Wrong::Code));
    assert_eq!(wrong(family::look_up(database, clock, typed).await), Wrong::Code);
    assert_eq!(children(&cast, &eve).await, [""; 0]);
    cast.end().await;
}

#[tokio::test]
async fn a_paper_is_good_for_sixty_days() {
    let cast = Cast::new().await;
    let maya = cast.student("Maya", AGED_10).await;
    let code = cast.paper(maya).await;
    let (database, clock) = (&cast.world.database, &cast.world.clock);
    clock.advance(60 * DAY - 1);
    assert!(family::look_up(database, clock, code).await.is_ok());
    clock.advance(1);
    assert_eq!(wrong(family::look_up(database, clock, code).await), Wrong::Code);
    let ana = cast.somebody("Ana", "es", Role::Guardian).await;
    assert_eq!(wrong(family::join(database, clock, &ana, code, Relation::Parent).await), Wrong::Code);
    cast.end().await;
}

#[tokio::test]
async fn several_guardians_and_several_children() {
    let cast = Cast::new().await;
    let (maya, teo) = (cast.student("Maya", AGED_10).await, cast.student("Teo", AGED_15).await);
    let (ana, ben) = (cast.guardian("Ana", "es", maya).await, cast.guardian("Ben", "en", maya).await);
    cast.join(&ana, teo).await;
    assert_eq!(children(&cast, &ana).await, ["Maya", "Teo"]);
    assert_eq!(children(&cast, &ben).await, ["Maya"]);
    let family = super::seen(&cast, &ben, maya).await.unwrap();
    let names: Vec<_> = family.members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["Ana Soto", "Ben Soto"]);
    assert_eq!(refused(super::seen(&cast, &ben, teo).await), Refusal::NotYours);
    let own = cast.as_student(maya).await;
    assert_eq!(
        super::seen(&cast, &own, maya).await.unwrap().members.len(),
        2,
        "also while they wait for a yes"
    );
    assert_eq!(refused(super::seen(&cast, &own, teo).await), Refusal::NotYours);

    // A second paper for somebody who is in already is not used up.
    let code = cast.paper(maya).await;
    let (database, clock) = (&cast.world.database, &cast.world.clock);
    let again = family::join(database, clock, &ana, code, Relation::Parent).await;
    assert_eq!(wrong(again), Wrong::Unfit(Unfit::Already));
    assert!(family::look_up(database, clock, code).await.is_ok());
    // A guardian makes one for the other guardian.
    assert!(family::make_code(database, clock, &ben, maya).await.is_ok());
    assert_eq!(refused(family::make_code(database, clock, &ben, teo).await), Refusal::NotYours);
    cast.end().await;
}

#[tokio::test]
async fn who_made_a_paper_does_not_join_by_it() {
    let cast = Cast::new().await;
    let maya = cast.student("Maya", AGED_10).await;
    let (database, clock) = (&cast.world.database, &cast.world.clock);
    let own = cast.paper(maya).await;
    let answer = family::join(database, clock, &cast.teacher, own, Relation::Parent).await;
    assert_eq!(wrong(answer), Wrong::Unfit(Unfit::OwnPaper));
    assert!(family::look_up(database, clock, own).await.is_ok(), "it stays good for who it is meant for");
    let other = family::make_code(database, clock, &cast.staff, maya).await.unwrap().code;
    family::join(database, clock, &cast.teacher, other, Relation::Parent).await.unwrap();
    assert_eq!(
        children(&cast, &Cast::as_guardian(&cast.teacher)).await,
        ["Maya"],
        "teachers have children, too"
    );
    cast.end().await;
}

#[tokio::test]
async fn a_student_joins_nobodys_family() {
    let cast = Cast::new().await;
    let (maya, teo) = (cast.student("Maya", AGED_10).await, cast.student("Teo", AGED_15).await);
    let code = cast.paper(maya).await;
    let (database, clock) = (&cast.world.database, &cast.world.clock);
    for student in [maya, teo] {
        let actor = cast.as_student(student).await;
        let answer = family::join(database, clock, &actor, code, Relation::Relative).await;
        assert_eq!(wrong(answer), Wrong::Unfit(Unfit::NotAnAdult));
    }
    assert_eq!(
        refused(family::join(database, clock, &Actor::Machine, code, Relation::Other).await),
        Refusal::SignIn
    );
    let Actor::Person(wearer) = cast.somebody("Ana", "es", Role::Guardian).await else { unreachable!() };
    let half = Actor::Person(Wearer { strength: Strength::Half, ..wearer });
    let answer = family::join(database, clock, &half, code, Relation::Parent).await;
    assert_eq!(refused(answer), Refusal::SecondFactor);
    assert!(family::look_up(database, clock, code).await.is_ok(), "the paper is still good");
    cast.end().await;
}

#[tokio::test]
async fn papers_that_were_lost_are_ended_and_no_more_than_six_are_out() {
    let cast = Cast::new().await;
    let maya = cast.student("Maya", AGED_10).await;
    let (database, clock) = (&cast.world.database, &cast.world.clock);
    let mut codes = Vec::new();
    for _ in 0..MOST_OPEN {
        codes.push(cast.paper(maya).await);
    }
    let one_more = family::make_code(database, clock, &cast.teacher, maya).await;
    assert_eq!(wrong(one_more), Wrong::ManyPapers);
    assert_eq!(family::end_codes(database, clock, &cast.teacher, maya).await.unwrap(), 6);
    for code in codes {
        assert_eq!(wrong(family::look_up(database, clock, code).await), Wrong::Code);
    }
    assert!(family::make_code(database, clock, &cast.teacher, maya).await.is_ok());
    cast.end().await;
}

#[tokio::test]
async fn the_tables_hold_no_code_that_could_be_typed() {
    let cast = Cast::new().await;
    let maya = cast.student("Maya", AGED_10).await;
    let code = cast.paper(maya).await;
    let plain: String = code.symbols().iter().copied().map(char::from).collect();
    let text = format!("select code_hash || id || student_id from family_code where code_hash <> '{code}'");
    let kept = super::cast::texts(&cast.world.database, text).await;
    assert_eq!(kept.len(), 1);
    assert!(!kept[0].contains(&plain) && !kept[0].contains(&code.to_string()));
    cast.end().await;
}

fn rosa(email: &str) -> NewGuardian<'_> {
    NewGuardian {
        given_name: " Rosa ",
        family_name: "Díaz",
        tongue: "es",
        email,
        password: "una frase larga mía",
        relation: Relation::Relative,
        from: From { device: None, name: "Chrome", before: None },
    }
}

#[tokio::test]
async fn who_holds_a_paper_makes_an_account_and_is_in() {
    let cast = Cast::new().await;
    let maya = cast.student("Maya", AGED_10).await;
    let ben = cast.guardian("Ben", "en", maya).await;
    let code = cast.paper(maya).await;
    let (database, clock) = (&cast.world.database, &cast.world.clock);
    let make = async |code, new: NewGuardian<'_>| family::join_as_new(database, clock, code, &new).await;
    for (new, problem) in [
        (NewGuardian { given_name: " ", ..rosa("rosa@example.org") }, Wrong::Name),
        (NewGuardian { family_name: "D\nz", ..rosa("rosa@example.org") }, Wrong::Name),
        (NewGuardian { given_name: "\u{202E}asoR", ..rosa("rosa@example.org") }, Wrong::Name),
        (NewGuardian { family_name: "\u{200B}", ..rosa("rosa@example.org") }, Wrong::Name),
        (rosa("rosa"), Wrong::Email),
        (rosa("<script>@x.example"), Wrong::Email),
        (rosa("rosa@example.org eve@example.org"), Wrong::Email),
        (rosa("rosa@host"), Wrong::Email),
        (NewGuardian { password: "short", ..rosa("rosa@example.org") }, Wrong::Weak(Weak::Short)),
    ] {
        assert_eq!(wrong(make(code, new).await), problem);
    }
    let joined = make(code, rosa(" Rosa@Example.org ")).await.unwrap();
    let session = session::load(database, clock, &joined.token).await.unwrap().unwrap();
    assert_eq!((session.person.name().as_str(), session.wearer.role), ("Rosa Díaz", Some(Role::Guardian)));
    assert_eq!(children(&cast, &session.actor()).await, ["Maya"]);
    let family = super::seen(&cast, &ben, maya).await.unwrap();
    let member = family.members.iter().find(|member| member.id == session.person.id).unwrap();
    assert_eq!((member.name.as_str(), member.relation), ("Rosa Díaz", Relation::Relative));
    assert_eq!(cast.notices(&ben).await, [r#"guardian-joined en {"kind":"guardian-joined"}"#]);
    assert_eq!(
        cast.audit(maya).await.iter().filter(|line| *line == "guardian JoinFamily relative").count(),
        1
    );

    let from = From { device: Some(joined.device), name: "Chrome", before: None };
    let again =
        sign_in::with_password(database, clock, "rosa@example.org", "una frase larga mía", &from).await;
    assert_eq!(again.unwrap().person, session.person.id);
    let warned = cast.world.number("select count(*) from outbox where kind = 'new-device'").await;
    assert_eq!(warned, 0, "the browser with which they joined is theirs");

    // The address is told to be known only to who holds a good paper.
    assert_eq!(wrong(make(code, rosa("rosa@example.org")).await), Wrong::Code);
    let other = cast.paper(maya).await;
    assert_eq!(wrong(make(other, rosa("ROSA@example.org")).await), Wrong::EmailTaken);
    assert!(family::look_up(database, clock, other).await.is_ok());
    cast.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_ten_who_copied_a_paper_one_comes_in() {
    let cast = Cast::new().await;
    let maya = cast.student("Maya", AGED_10).await;
    let code = cast.paper(maya).await;
    let mut joining = Vec::new();
    for _ in 0..10 {
        let holder = cast.somebody("Ana", "es", Role::Guardian).await;
        let (database, clock) = (cast.world.database.clone(), cast.world.clock.clone());
        joining.push(tokio::spawn(async move {
            family::join(&database, &clock, &holder, code, Relation::Parent).await
        }));
    }
    let mut came_in = 0;
    for answer in joining {
        match answer.await.unwrap() {
            Ok(_) => came_in += 1,
            other => assert_eq!(wrong(other), Wrong::Code),
        }
    }
    assert_eq!(came_in, 1);
    assert_eq!(cast.world.number("select count(*) from family_link").await, 1);
    cast.end().await;
}
