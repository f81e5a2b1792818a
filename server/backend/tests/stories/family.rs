//! A family, from the paper that goes home to the birthday after which it has no more say.

mod cast;
mod paper;

use backend::family::{self, Decision, Family, Paper, PaperSigner, Read, Standing, Wrong};
use backend::people::session;
use backend::{Fault, Stop};
use cast::Cast;
use domain::family::{Closed, ConsentKind, Method, Relation, Unfit};
use domain::people::{PersonId, Role};
use domain::policy::{Actor, Refusal};

const DAY: i64 = 24 * 3_600_000;

// The clock of the stories stands on 2026-05-28.
const AGED_10: Option<&str> = Some("2016-01-15");
const AGED_15: Option<&str> = Some("2011-01-15");
/// 18 on the fourth day of the story.
const SOON_18: Option<&str> = Some("2008-05-31");

fn today<'a>(kind: &ConsentKind) -> Read<'a> {
    Read { version: kind.wording().version, tongue: "es" }
}

async fn give(cast: &Cast, actor: &Actor, student: PersonId, kind: &ConsentKind) -> Result<(), Stop<Wrong>> {
    decide(cast, actor, student, &[Decision { kind: kind.clone(), yes: Some(today(kind)) }]).await
}

async fn take_back(
    cast: &Cast,
    actor: &Actor,
    student: PersonId,
    kind: &ConsentKind,
) -> Result<(), Stop<Wrong>> {
    decide(cast, actor, student, &[Decision { kind: kind.clone(), yes: None }]).await
}

async fn decide(
    cast: &Cast,
    actor: &Actor,
    student: PersonId,
    decisions: &[Decision<'_>],
) -> Result<(), Stop<Wrong>> {
    family::decide(&cast.world.database, &cast.world.clock, actor, student, decisions).await
}

async fn open(cast: &Cast, student: PersonId, kind: &ConsentKind) -> Result<(), Closed> {
    let mut lease = cast.world.database.lease().await.unwrap();
    family::room_open(&mut lease.conn(), &cast.world.clock, student, kind).await.unwrap()
}

async fn seen(cast: &Cast, actor: &Actor, student: PersonId) -> Result<Family, Stop<Wrong>> {
    family::of_student(&cast.world.database, &cast.world.clock, actor, student).await
}

async fn restrict(
    cast: &Cast,
    actor: &Actor,
    student: PersonId,
    guardian: &Actor,
    on: bool,
) -> Result<(), Stop<Wrong>> {
    let guardian = guardian.person().unwrap();
    family::restrict(&cast.world.database, &cast.world.clock, actor, student, guardian, on).await
}

async fn children(cast: &Cast, actor: &Actor) -> Vec<String> {
    let children = family::children(&cast.world.database, &cast.world.clock, actor).await.unwrap();
    children.into_iter().map(|child| child.given_name).collect()
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Stop<Wrong>>) -> Refusal {
    match answer {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn wrong<T: std::fmt::Debug>(answer: Result<T, Stop<Wrong>>) -> Wrong {
    match answer {
        Err(Stop::Wrong(wrong)) => wrong,
        other => panic!("not wrong: {other:?}"),
    }
}

fn standing<'a>(family: &'a Family, kind: &ConsentKind) -> &'a Standing {
    family.standings.iter().find(|standing| standing.kind == *kind).unwrap()
}

#[tokio::test]
async fn a_child_waits_until_a_guardian_says_yes_and_again_once_they_say_no() {
    let cast = Cast::new().await;
    let maya = cast.student("Maya", AGED_10).await;
    let ana = cast.guardian("Ana", "es", maya).await;
    let (part, messages) = (ConsentKind::TakePart, ConsentKind::Messages);
    assert_eq!(open(&cast, maya, &part).await, Err(Closed::NotAsked));
    give(&cast, &ana, maya, &messages).await.unwrap();
    assert_eq!(open(&cast, maya, &messages).await, Err(Closed::TakePartFirst), "one thing does not open all");
    give(&cast, &ana, maya, &part).await.unwrap();
    assert_eq!(open(&cast, maya, &part).await, Ok(()));
    assert_eq!(open(&cast, maya, &messages).await, Ok(()));
    assert_eq!(open(&cast, maya, &ConsentKind::Video).await, Err(Closed::NotAsked));
    cast.world.clock.advance(DAY);
    take_back(&cast, &ana, maya, &part).await.unwrap();
    assert_eq!(open(&cast, maya, &part).await, Err(Closed::TakenBack));
    assert_eq!(open(&cast, maya, &messages).await, Err(Closed::TakePartFirst));
    cast.world.clock.advance(DAY);
    give(&cast, &ana, maya, &part).await.unwrap();
    assert_eq!(open(&cast, maya, &messages).await, Ok(()), "what was not taken back stood all the time");
    let unknown = cast.student("Nobody knows when", None).await;
    assert_eq!(open(&cast, unknown, &part).await, Err(Closed::NotAsked));
    let teen = cast.student("Teo", AGED_15).await;
    assert_eq!(open(&cast, teen, &part).await, Ok(()));
    cast.end().await;
}

#[tokio::test]
async fn a_yes_is_kept_with_all_that_was_true_of_it() {
    let cast = Cast::new().await;
    let teo = cast.student("Teo", AGED_15).await;
    let ana = cast.guardian("Ana", "es", teo).await;
    let video = ConsentKind::Video;
    let at = cast.world.clock.now();
    give(&cast, &ana, teo, &video).await.unwrap();
    give(&cast, &ana, teo, &video).await.unwrap();
    cast.world.clock.advance(DAY);
    take_back(&cast, &ana, teo, &video).await.unwrap();
    take_back(&cast, &ana, teo, &video).await.unwrap();
    let family = seen(&cast, &cast.staff, teo).await.unwrap();
    let [said] = &standing(&family, &video).said[..] else { panic!("twice is once") };
    assert_eq!(
        (said.method, said.tongue.as_str(), said.who.as_deref()),
        (Method::Online, "es", Some("Ana Soto"))
    );
    assert_eq!((said.given.version.as_str(), said.given.at), ("2026-11", at.0));
    let no = said.given.revoked.unwrap();
    assert_eq!((no.by, no.at), (ana.person(), at.0 + DAY));
    let old = Read { version: "2019-01", tongue: "en" };
    let photo = ConsentKind::Photo;
    let both = [
        Decision { yes: Some(today(&photo)), kind: photo.clone() },
        Decision { kind: video.clone(), yes: Some(old) },
    ];
    assert_eq!(wrong(decide(&cast, &ana, teo, &both).await), Wrong::TextChanged);
    assert_eq!(open(&cast, teo, &photo).await, Err(Closed::NotAsked), "all answers are taken, or none");
    cast.end().await;
}

#[tokio::test]
async fn a_no_of_one_guardian_stands_until_the_same_one_says_yes() {
    let cast = Cast::new().await;
    let teo = cast.student("Teo", AGED_15).await;
    let (ana, ben) = (cast.guardian("Ana", "es", teo).await, cast.guardian("Ben", "en", teo).await);
    let photo = ConsentKind::Photo;
    give(&cast, &ana, teo, &photo).await.unwrap();
    cast.world.clock.advance(1);
    take_back(&cast, &ben, teo, &photo).await.unwrap();
    assert_eq!(open(&cast, teo, &photo).await, Err(Closed::TakenBack));
    cast.world.clock.advance(1);
    give(&cast, &ana, teo, &photo).await.unwrap();
    assert_eq!(open(&cast, teo, &photo).await, Err(Closed::Disputed));
    give(&cast, &ben, teo, &photo).await.unwrap();
    assert_eq!(open(&cast, teo, &photo).await, Ok(()));
    cast.end().await;
}

#[tokio::test]
async fn a_guardian_who_is_restricted_finds_nothing_from_that_moment_on() {
    let cast = Cast::new().await;
    let (maya, teo) = (cast.student("Maya", AGED_10).await, cast.student("Teo", AGED_15).await);
    let (ana, ben) = (cast.guardian("Ana", "es", maya).await, cast.guardian("Ben", "en", maya).await);
    cast.join(&ben, teo).await;
    let part = ConsentKind::TakePart;
    give(&cast, &ben, maya, &part).await.unwrap();
    assert_eq!(refused(restrict(&cast, &cast.teacher, maya, &ben, true).await), Refusal::NotThisRole);
    let paper = cast.paper(maya).await;
    let token = cast.world.signed_in(maya, Role::Student).await;
    let allowed = async || {
        let session = session::load(&cast.world.database, &cast.world.clock, &token).await;
        session.unwrap().unwrap().wearer.allowed
    };
    assert!(allowed().await);
    restrict(&cast, &cast.staff, maya, &ben, true).await.unwrap();
    assert!(!allowed().await, "the child who is signed in waits from the next page on");

    assert_eq!(refused(seen(&cast, &ben, maya).await), Refusal::NotYours);
    assert_eq!(refused(give(&cast, &ben, maya, &part).await), Refusal::NotYours);
    assert_eq!(refused(take_back(&cast, &ben, maya, &part).await), Refusal::NotYours);
    assert_eq!(children(&cast, &ben).await, ["Teo"], "the other child is still there");
    assert_eq!(open(&cast, maya, &part).await, Err(Closed::NotAsked), "their yes counts no more");
    let (database, clock) = (&cast.world.database, &cast.world.clock);
    assert_eq!(
        wrong(family::look_up(database, clock, paper).await),
        Wrong::Code,
        "a paper may be in their hands"
    );
    let new = cast.paper(maya).await;
    let again = family::join(database, clock, &ben, new, Relation::default()).await;
    assert_eq!(wrong(again), Wrong::Code, "no paper lifts a restriction");
    assert!(family::look_up(database, clock, new).await.is_ok(), "and the paper is good for somebody else");

    let family = seen(&cast, &ana, maya).await.unwrap();
    let names: Vec<_> = family.members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["Ana Soto"], "the other guardian does not read of it");
    assert_eq!(standing(&family, &part).said[0].who, None);
    let family = seen(&cast, &cast.teacher, maya).await.unwrap();
    assert!(family.members.iter().any(|member| member.restricted && member.name == "Ben Soto"));

    restrict(&cast, &cast.staff, maya, &ben, false).await.unwrap();
    assert_eq!(open(&cast, maya, &part).await, Ok(()));
    assert_eq!(children(&cast, &ben).await, ["Maya", "Teo"]);
    let stranger = cast.somebody("Zoe", "en", Role::Guardian).await;
    let answer = restrict(&cast, &cast.staff, maya, &stranger, true).await;
    assert_eq!(wrong(answer), Wrong::Unfit(Unfit::Stranger));
    cast.end().await;
}

#[tokio::test]
async fn at_eighteen_the_say_moves_to_the_student() {
    let cast = Cast::new().await;
    let lu = cast.student("Lu", SOON_18).await;
    let ana = cast.guardian("Ana", "es", lu).await;
    let messages = ConsentKind::Messages;
    give(&cast, &ana, lu, &messages).await.unwrap();
    let before = cast.as_student(lu).await;
    assert_eq!(refused(give(&cast, &before, lu, &messages).await), Refusal::NotOfAge);
    assert_eq!(open(&cast, lu, &messages).await, Ok(()));
    let paper = cast.paper(lu).await;
    let told = cast.notices(&ana).await.len();

    cast.world.clock.advance(4 * DAY);
    assert_eq!(
        open(&cast, lu, &messages).await,
        Err(Closed::OwnWord),
        "what was allowed before counts no more"
    );
    assert_eq!(refused(take_back(&cast, &ana, lu, &messages).await), Refusal::OfAge);
    assert_eq!(refused(seen(&cast, &ana, lu).await), Refusal::OfAge);
    let (database, clock) = (&cast.world.database, &cast.world.clock);
    let found = family::children(database, clock, &ana).await.unwrap();
    assert!(found[0].of_age);
    let zoe = cast.somebody("Zoe", "en", Role::Guardian).await;
    assert_eq!(wrong(family::look_up(database, clock, paper).await), Wrong::Code);
    assert_eq!(wrong(family::join(database, clock, &zoe, paper, Relation::default()).await), Wrong::Code);
    let made = family::make_code(database, clock, &cast.teacher, lu).await;
    assert_eq!(wrong(made), Wrong::Unfit(Unfit::OfAge));

    let lu_now = cast.as_student(lu).await;
    give(&cast, &lu_now, lu, &messages).await.unwrap();
    assert_eq!(open(&cast, lu, &messages).await, Ok(()));
    take_back(&cast, &lu_now, lu, &messages).await.unwrap();
    assert_eq!(open(&cast, lu, &messages).await, Err(Closed::TakenBack));
    assert_eq!(cast.notices(&ana).await.len(), told, "it is not theirs to know any more");
    cast.end().await;
}

#[tokio::test]
async fn a_family_without_an_account_says_yes_and_no_on_paper() {
    let cast = Cast::new().await;
    let maya = cast.student("Maya", AGED_10).await;
    let part = ConsentKind::TakePart;
    let (database, clock) = (&cast.world.database, &cast.world.clock);
    let ticked = [(part.clone(), "2026-11"), (ConsentKind::Photo, "2026-11")];
    let signed = |signer| Paper { ticked: &ticked, tongue: "es", signer };
    let record = async |actor: &Actor, signer| {
        family::record_paper(database, clock, actor, maya, signed(signer)).await
    };
    record(&cast.teacher, PaperSigner::Named("  Rosa Díaz ")).await.unwrap();
    assert_eq!(open(&cast, maya, &part).await, Ok(()));
    assert_eq!(open(&cast, maya, &ConsentKind::Photo).await, Ok(()), "one paper, two yeses");
    let empty = Paper { ticked: &[], tongue: "es", signer: PaperSigner::Named("Rosa Díaz") };
    let nothing = family::record_paper(database, clock, &cast.teacher, maya, empty).await;
    assert_eq!(wrong(nothing), Wrong::Nothing);
    let family = seen(&cast, &cast.teacher, maya).await.unwrap();
    let said = &standing(&family, &part).said[0];
    assert_eq!(
        (said.method, said.who.as_deref(), said.given.giver),
        (Method::Paper, Some("Rosa Díaz"), None)
    );
    family::record_taken_back(database, clock, &cast.staff, maya, &part).await.unwrap();
    assert_eq!(open(&cast, maya, &part).await, Err(Closed::TakenBack));
    cast.world.clock.advance(1);
    record(&cast.staff, PaperSigner::Named("Rosa Díaz")).await.unwrap();
    assert_eq!(open(&cast, maya, &part).await, Ok(()));

    let ben = cast.guardian("Ben", "en", maya).await;
    restrict(&cast, &cast.staff, maya, &ben, true).await.unwrap();
    let restricted = Wrong::Unfit(Unfit::Restricted);
    assert_eq!(wrong(record(&cast.teacher, PaperSigner::Guardian(ben.person().unwrap())).await), restricted);
    assert_eq!(wrong(record(&cast.teacher, PaperSigner::Named("bén SOTO")).await), restricted);
    assert_eq!(wrong(record(&cast.teacher, PaperSigner::Named(" ")).await), Wrong::Name);
    assert_eq!(wrong(record(&cast.teacher, PaperSigner::Student).await), Wrong::Unfit(Unfit::NotOfAge));
    let mentor = cast.somebody("Mo", "en", Role::Mentor).await;
    assert_eq!(refused(record(&mentor, PaperSigner::Named("Rosa Díaz")).await), Refusal::NotThisRole);
    assert_eq!(refused(record(&ben, PaperSigner::Named("Rosa Díaz")).await), Refusal::NotThisRole);

    let ana = cast.guardian("Ana", "es", maya).await;
    let mine = PaperSigner::Guardian(ana.person().unwrap());
    record(&cast.teacher, mine).await.unwrap();
    cast.world.clock.advance(1);
    take_back(&cast, &ana, maya, &part).await.unwrap();
    cast.world.clock.advance(1);
    assert_eq!(open(&cast, maya, &part).await, Err(Closed::TakenBack), "a guardian takes back papers, too");
    record(&cast.teacher, mine).await.unwrap();
    assert_eq!(open(&cast, maya, &part).await, Ok(()), "and says yes again on paper");
    cast.end().await;
}

#[tokio::test]
async fn what_changes_is_told_to_the_guardians_in_their_language_and_stands_in_the_audit() {
    let cast = Cast::new().await;
    let maya = cast.student("Maya", AGED_10).await;
    let (ana, ben) = (cast.guardian("Ana", "es", maya).await, cast.guardian("Ben", "en", maya).await);
    let part = ConsentKind::TakePart;
    give(&cast, &ana, maya, &part).await.unwrap();
    restrict(&cast, &cast.staff, maya, &ben, true).await.unwrap();
    take_back(&cast, &ana, maya, &part).await.unwrap();
    let yes = r#"consent-changed es {"consent":"take-part","given":true,"kind":"consent-changed"}"#;
    let no = r#"consent-changed es {"consent":"take-part","given":false,"kind":"consent-changed"}"#;
    let joined = r#"guardian-joined es {"kind":"guardian-joined"}"#;
    assert_eq!(cast.notices(&ana).await, [joined, yes, no]);
    assert_eq!(cast.notices(&ben).await, [yes.replace(" es ", " en ")], "nothing after the restriction");
    let ben = ben.person().unwrap();
    assert_eq!(
        cast.audit(maya).await,
        [
            "teacher MakeFamilyCode made a family code",
            "guardian JoinFamily parent",
            "teacher MakeFamilyCode made a family code",
            "guardian JoinFamily parent",
            "guardian Consent yes take-part 2026-11 online",
            &format!("staff RestrictGuardian restricted {ben}"),
            "guardian Consent no take-part online",
        ]
    );
    seen(&cast, &ana, maya).await.unwrap();
    assert_eq!(cast.audit(maya).await.last().unwrap(), "guardian SeeFamily ", "to read is noted");
    cast.end().await;
}

#[tokio::test]
async fn a_teacher_sees_who_waits_for_a_yes() {
    let cast = Cast::new().await;
    let maya = cast.student("Maya", AGED_10).await;
    let teo = cast.student("Teo", AGED_15).await;
    let ana = cast.guardian("Ana", "es", maya).await;
    let (database, clock) = (&cast.world.database, &cast.world.clock);
    let list = async |search: &str| {
        let students = family::students(database, clock, &cast.teacher, search).await.unwrap();
        students.into_iter().map(|one| (one.name, one.guardians, one.waits)).collect::<Vec<_>>()
    };
    let (maya_waits, teo_takes_part) =
        (("Soto, Maya".to_owned(), 1, true), ("Soto, Teo".to_owned(), 0, false));
    assert_eq!(list("").await, [maya_waits.clone(), teo_takes_part.clone()]);
    assert_eq!(list("MÁYA").await, [maya_waits]);
    assert_eq!(list("100%").await, []);
    let waiting = async |actor: &Actor| family::waiting(database, clock, actor).await;
    let (own, mentor) = (cast.as_student(maya).await, cast.somebody("Mo", "en", Role::Mentor).await);
    for actor in [&cast.teacher, &ana, &own] {
        assert_eq!(waiting(actor).await.unwrap(), 1);
    }
    assert_eq!(refused(waiting(&mentor).await), Refusal::NotThisRole);
    give(&cast, &ana, maya, &ConsentKind::TakePart).await.unwrap();
    for actor in [&cast.teacher, &ana, &own] {
        assert_eq!(waiting(actor).await.unwrap(), 0);
    }
    assert!(!list("maya").await[0].2);
    assert_eq!(refused(family::students(database, clock, &ana, "").await), Refusal::NotThisRole);
    let Actor::Person(wearer) = cast.teacher else { unreachable!() };
    let elsewhere = Actor::Person(domain::policy::Wearer { at: Some(cast.elsewhere().await), ..wearer });
    assert_eq!(family::students(database, clock, &elsewhere, "").await.unwrap(), []);
    assert_eq!(refused(seen(&cast, &elsewhere, teo).await), Refusal::NotYours);
    cast.end().await;
}

#[tokio::test]
async fn only_a_students_record_has_a_family() {
    let cast = Cast::new().await;
    let teacher = cast.teacher.person().unwrap();
    assert_eq!(refused(seen(&cast, &cast.staff, teacher).await), Refusal::NotYours);
    let (database, clock) = (&cast.world.database, &cast.world.clock);
    assert_eq!(refused(family::make_code(database, clock, &cast.staff, teacher).await), Refusal::NotYours);
    assert_eq!(refused(family::children(database, clock, &cast.staff).await), Refusal::NotThisRole);
    cast.end().await;
}

#[tokio::test]
async fn a_row_that_makes_no_sense_is_a_fault_and_not_a_guess() {
    let cast = Cast::new().await;
    let teo = cast.student("Teo", AGED_15).await;
    let ana = cast.guardian("Ana", "es", teo).await;
    give(&cast, &ana, teo, &ConsentKind::Video).await.unwrap();
    cast::run(&cast.world.database, "update consent set object = 'which'".to_owned()).await;
    let mut lease = cast.world.database.lease().await.unwrap();
    let answer = family::room_open(&mut lease.conn(), &cast.world.clock, teo, &ConsentKind::Video).await;
    assert!(matches!(answer, Err(Fault::Stored { what: "a consent", .. })));
    drop(lease);
    cast.end().await;
}
