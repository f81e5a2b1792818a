//! Laws of families: whose word counts, when, and for what.

use domain::family::{
    Closed, ConsentKind, Given, Link, Relation, Revoked, Signer, Unfit, joins, open, signs,
};
use domain::people::{Band, PersonId};
use domain::policy::Subject;
use proptest::prelude::*;
use uuid::Uuid;

const STUDENT: u128 = 1;
const ANA: u128 = 2;
const BEN: u128 = 3;
const GONE: u128 = 4;

fn person(n: u128) -> PersonId {
    PersonId::new(Uuid::from_u128(n))
}

/// A student with two guardians.
fn student(band: Option<Band>) -> Subject {
    Subject {
        id: person(STUDENT),
        student: true,
        band,
        places: vec![],
        guardians: vec![person(ANA), person(BEN)],
        mentors: vec![],
    }
}

fn yes(kind: &ConsentKind, giver: Option<u128>, at: i64) -> Given {
    let version = kind.wording().version.to_owned();
    Given { kind: kind.clone(), giver: giver.map(person), version, at, revoked: None }
}

fn taken_back(given: Given, by: u128, at: i64) -> Given {
    Given { revoked: Some(Revoked { by: Some(person(by)), at }), ..given }
}

/// What happened, to whom, what was said, and what comes of it.
type Case<'a> = (&'a str, &'a Subject, Vec<Given>, Result<(), Closed>);

#[test]
fn what_was_said_opens_and_closes() {
    use Closed::*;
    let (teen, adult) = (student(Some(Band::Teen)), student(Some(Band::Adult)));
    let video = ConsentKind::Video;
    let old = Given { version: "2019-01".into(), ..yes(&video, Some(ANA), 1) };
    let mine = yes(&video, Some(STUDENT), 1);
    let cases: Vec<Case<'_>> = vec![
        ("nothing", &teen, vec![], Err(NotAsked)),
        ("one yes", &teen, vec![yes(&video, Some(ANA), 1)], Ok(())),
        ("a paper", &teen, vec![yes(&video, None, 1)], Ok(())),
        ("one no", &teen, vec![taken_back(yes(&video, Some(ANA), 1), ANA, 2)], Err(TakenBack)),
        (
            "yes again by the one who said no",
            &teen,
            vec![taken_back(yes(&video, Some(ANA), 1), ANA, 2), yes(&video, Some(ANA), 3)],
            Ok(()),
        ),
        (
            "yes again by the other one",
            &teen,
            vec![taken_back(yes(&video, Some(ANA), 1), BEN, 2), yes(&video, Some(ANA), 3)],
            Err(Disputed),
        ),
        (
            "a paper does not answer a no",
            &teen,
            vec![taken_back(yes(&video, None, 1), BEN, 2), yes(&video, None, 3)],
            Err(Disputed),
        ),
        (
            "a no that staff wrote down is answered by any yes",
            &teen,
            vec![taken_back(yes(&video, None, 1), 77, 2), yes(&video, None, 3)],
            Ok(()),
        ),
        ("somebody who is gone", &teen, vec![yes(&video, Some(GONE), 1)], Err(NotAsked)),
        ("a student of 15", &teen, vec![mine.clone()], Err(NotAsked)),
        ("an older text", &teen, vec![old.clone()], Err(NewText)),
        ("an older text and today's", &teen, vec![old, yes(&video, Some(BEN), 2)], Ok(())),
        ("another thing", &teen, vec![yes(&ConsentKind::Photo, Some(ANA), 1)], Err(NotAsked)),
        ("of age, a guardian's yes", &adult, vec![yes(&video, Some(ANA), 1)], Err(OwnWord)),
        ("of age, own yes", &adult, vec![mine.clone()], Ok(())),
        ("of age, own no", &adult, vec![taken_back(mine.clone(), STUDENT, 2)], Err(TakenBack)),
        ("of age, nothing", &adult, vec![], Err(NotAsked)),
    ];
    for (case, subject, said, answer) in cases {
        assert_eq!(open(&video, subject, &said), answer, "{case}");
    }
}

#[test]
fn a_yes_to_one_survey_is_none_to_another() {
    let [first, second] = ["wave-1", "wave-2"].map(|name| ConsentKind::Survey(name.parse().unwrap()));
    let teen = student(Some(Band::Teen));
    let said = [yes(&first, Some(ANA), 1)];
    assert_eq!(open(&first, &teen, &said), Ok(()));
    assert_eq!(open(&second, &teen, &said), Err(Closed::NotAsked));
}

#[test]
fn taking_part_is_asked_of_the_youngest_only() {
    let take_part = ConsentKind::TakePart;
    for (band, answer) in [
        (None, Err(Closed::NotAsked)),
        (Some(Band::Under13), Err(Closed::NotAsked)),
        (Some(Band::Teen), Ok(())),
        (Some(Band::Adult), Ok(())),
    ] {
        assert_eq!(open(&take_part, &student(band), &[]), answer, "{band:?}");
    }
    // A no of a guardian does not make a student of 13 wait.
    let no = [taken_back(yes(&take_part, Some(ANA), 1), ANA, 2)];
    assert_eq!(open(&take_part, &student(Some(Band::Teen)), &no), Ok(()));
    assert_eq!(open(&take_part, &student(Some(Band::Under13)), &no), Err(Closed::TakenBack));
}

#[test]
fn only_another_adult_joins_and_a_restriction_stays() {
    let child = student(Some(Band::Under13));
    let grown = |student, band| Subject { id: person(50), student, band, guardians: vec![], ..child.clone() };
    for (case, holder, link, answer) in [
        ("an adult", grown(false, None), None, Ok(())),
        ("who left", grown(false, None), Some(Link::Ended), Ok(())),
        ("who is in", grown(false, None), Some(Link::Joined), Err(Unfit::Already)),
        ("who is restricted", grown(false, None), Some(Link::Restricted), Err(Unfit::Restricted)),
        ("a student of 15", grown(true, Some(Band::Teen)), None, Err(Unfit::NotAnAdult)),
        ("a student of no known age", grown(true, None), None, Err(Unfit::NotAnAdult)),
        ("a grown brother who was a student", grown(true, Some(Band::Adult)), None, Ok(())),
        ("the student", child.clone(), None, Err(Unfit::NotAnAdult)),
    ] {
        assert_eq!(joins(&child, &holder, link, None), answer, "{case}");
    }
    let of_age = student(Some(Band::Adult));
    assert_eq!(joins(&of_age, &grown(false, None), None, None), Err(Unfit::OfAge));
    let maker = grown(false, None);
    assert_eq!(joins(&child, &maker, None, Some(maker.id)), Err(Unfit::OwnPaper));
    assert_eq!(joins(&child, &maker, None, Some(child.id)), Ok(()), "another's paper");
}

#[test]
fn a_paper_is_signed_by_whose_word_counts() {
    let (child, adult) = (student(None), student(Some(Band::Adult)));
    let ana = |link| Signer::Guardian(person(ANA), link);
    assert_eq!(signs(&child, ana(Some(Link::Joined))), Ok(Some(person(ANA))));
    assert_eq!(signs(&child, Signer::Nameless), Ok(None));
    assert_eq!(signs(&child, ana(Some(Link::Restricted))), Err(Unfit::Restricted));
    assert_eq!(signs(&child, ana(Some(Link::Ended))), Err(Unfit::Stranger));
    assert_eq!(signs(&child, ana(None)), Err(Unfit::Stranger));
    assert_eq!(signs(&child, Signer::Student), Err(Unfit::NotOfAge));
    assert_eq!(signs(&adult, Signer::Student), Ok(Some(person(STUDENT))));
    assert_eq!(signs(&adult, ana(Some(Link::Joined))), Err(Unfit::OfAge));
    assert_eq!(signs(&adult, Signer::Nameless), Err(Unfit::OfAge));
}

#[test]
fn a_relation_is_read_by_the_word_it_is_kept_by() {
    for relation in Relation::ALL {
        assert_eq!(Relation::from_slug(relation.slug()), Some(relation));
    }
    assert_eq!(Relation::from_slug("boss"), None);
}

fn any_kind() -> impl Strategy<Value = ConsentKind> {
    let survey = ConsentKind::Survey("wave-1".parse().expect("it is a name"));
    prop::sample::select(ConsentKind::PLAIN.into_iter().chain([survey]).collect::<Vec<_>>())
}

fn any_given() -> impl Strategy<Value = Given> {
    let someone = || prop::option::of(prop::sample::select(vec![STUDENT, ANA, BEN, GONE]));
    let no = prop::option::of((someone(), 0..9_i64));
    (any_kind(), someone(), prop::bool::weighted(0.8), 0..9_i64, no).prop_map(|(kind, giver, new, at, no)| {
        let version = if new { kind.wording().version } else { "2019-01" }.to_owned();
        let revoked = no.map(|(by, later)| Revoked { by: by.map(person), at: at + later });
        Given { kind, giver: giver.map(person), version, at, revoked }
    })
}

fn any_band() -> impl Strategy<Value = Option<Band>> {
    prop::option::of(prop::sample::select(Band::ALL.to_vec()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// One guardian takes back everything of a kind that stands: it is closed, whatever the others say afterwards.
    #[test]
    fn a_no_of_one_guardian_closes_and_the_yes_of_another_does_not_open(
        kind in any_kind(), mut said in prop::collection::vec(any_given(), 0..8), again in 0..4_i64,
        band in prop::sample::select(vec![None, Some(Band::Under13), Some(Band::Teen)]),
    ) {
        let student = student(band);
        prop_assume!(kind != ConsentKind::TakePart || band != Some(Band::Teen));
        // Whatever was said before, both say yes.
        for giver in [ANA, BEN] {
            said.extend([yes(&ConsentKind::TakePart, Some(giver), 50), yes(&kind, Some(giver), 50)]);
        }
        prop_assert_eq!(open(&kind, &student, &said), Ok(()));
        for given in said.iter_mut().filter(|given| given.kind == kind && given.revoked.is_none()) {
            given.revoked = Some(Revoked { by: Some(person(BEN)), at: 100 });
        }
        prop_assert!(open(&kind, &student, &said).is_err());
        for at in 0..again {
            said.push(yes(&kind, if at % 2 == 0 { Some(ANA) } else { None }, 101 + at));
            prop_assert_eq!(open(&kind, &student, &said), Err(Closed::Disputed));
        }
        said.push(yes(&kind, Some(BEN), 200));
        prop_assert_eq!(open(&kind, &student, &said), Ok(()), "until the same guardian says yes");
    }

    /// What somebody said who is no guardian (restricted, gone, never one) changes nothing before 18.
    #[test]
    fn the_word_of_who_is_no_guardian_counts_for_nothing(
        kind in any_kind(), said in prop::collection::vec(any_given(), 0..8), band in any_band(),
    ) {
        prop_assume!(band != Some(Band::Adult));
        let student = student(band);
        let counts = |given: &Given| given.giver.is_none_or(|giver| student.guardians.contains(&giver));
        // What they said is left out; what guardians took back of it stays said.
        let heard: Vec<Given> = said.iter().filter(|given| counts(given) || given.revoked.is_some()).cloned().collect();
        let (all, some) = (open(&kind, &student, &said), open(&kind, &student, &heard));
        prop_assert_eq!(all, some);
    }

    /// To restrict a guardian is as if they had never been there: their yes opens nothing, from that moment on.
    #[test]
    fn restricting_the_only_one_who_said_yes_closes(kind in any_kind(), band in any_band(), at in 0..9_i64) {
        prop_assume!(band != Some(Band::Adult) && (kind != ConsentKind::TakePart || band != Some(Band::Teen)));
        let said = [yes(&ConsentKind::TakePart, Some(ANA), at), yes(&kind, Some(ANA), at)];
        let both = student(band);
        prop_assert_eq!(open(&kind, &both, &said), Ok(()));
        let one = Subject { guardians: vec![person(BEN)], ..both };
        prop_assert!(open(&kind, &one, &said).is_err());
    }

    /// From 18 on nothing that others say, or take back, opens or closes anything.
    #[test]
    fn of_age_only_the_own_word_counts(kind in any_kind(), said in prop::collection::vec(any_given(), 0..8)) {
        let adult = student(Some(Band::Adult));
        let own: Vec<Given> = said.iter().filter(|given| given.giver == Some(adult.id)).cloned().collect();
        prop_assert_eq!(open(&kind, &adult, &said).is_ok(), open(&kind, &adult, &own).is_ok());
    }

    /// Under 13 nothing is open before taking part is.
    #[test]
    fn the_youngest_wait_for_a_guardian(
        kind in any_kind(), said in prop::collection::vec(any_given(), 0..8),
        band in prop::sample::select(vec![None, Some(Band::Under13)]),
    ) {
        let student = student(band);
        let others: Vec<Given> = said.into_iter().filter(|given| given.kind != ConsentKind::TakePart).collect();
        prop_assert!(open(&kind, &student, &others).is_err());
    }

    /// The order in which rows are read does not matter, and a yes to something else opens nothing.
    #[test]
    fn each_thing_stands_by_itself(
        kind in any_kind(), said in prop::collection::vec(any_given(), 0..8), band in any_band(),
    ) {
        let student = student(band);
        let answer = open(&kind, &student, &said);
        let mut turned = said.clone();
        turned.reverse();
        prop_assert_eq!(open(&kind, &student, &turned), answer);
        let of_it: Vec<Given> =
            said.into_iter().filter(|given| given.kind == kind || given.kind == ConsentKind::TakePart).collect();
        prop_assert_eq!(open(&kind, &student, &of_it), answer);
    }
}
