//! Laws of the table, and the table itself as it is read by people: `policy.txt`.

use domain::people::{Band, Kind, OrganisationId, PersonId, Role};
use domain::policy::table::{Consent, MakeCards, ResetCard, SeeStudent};
use domain::policy::{
    Action, Actor, Everything, Object, On, Place, Reach, Refusal, Scope, Strength, Subject, Wearer, absent,
    found, may, permit, scope,
};
use std::fmt::Write as _;
use uuid::Uuid;

fn person(n: u128) -> PersonId {
    PersonId::new(Uuid::from_u128(n))
}

fn organisation(n: u128) -> OrganisationId {
    OrganisationId::new(Uuid::from_u128(n))
}

const ME: u128 = 1;
const SCHOOL: u128 = 100;
const ELSEWHERE: u128 = 200;

/// Somebody in a role at the school, as surely and as cleared as can be.
fn wearer(role: Role) -> Wearer {
    Wearer {
        person: person(ME),
        role: Some(role),
        at: Some(organisation(SCHOOL)),
        strength: Strength::Two,
        band: Some(Band::Teen),
        allowed: true,
        cleared: true,
    }
}

/// A student of 15 at the school, of whom the wearer is guardian and mentor.
fn student() -> Subject {
    Subject {
        id: person(7),
        student: true,
        band: Some(Band::Teen),
        places: vec![organisation(SCHOOL)],
        guardians: vec![person(ME)],
        mentors: vec![person(ME)],
    }
}

/// The objects on which a role with this reach may act.
fn within(reach: Reach) -> Vec<Subject> {
    let own = Subject { id: person(ME), student: false, guardians: vec![], mentors: vec![], ..student() };
    let here = Subject { guardians: vec![], mentors: vec![], ..student() };
    let foreign = Subject { places: vec![organisation(ELSEWHERE)], ..here.clone() };
    match reach {
        Reach::No => vec![],
        Reach::Own => vec![own],
        Reach::Family | Reach::Mentees => vec![student()],
        Reach::Place => vec![student(), here],
        Reach::All => vec![student(), here, foreign],
    }
}

#[test]
fn the_table_is_the_one_that_was_read_and_agreed() {
    let mut table = format!("{:19}", "");
    for role in Role::ALL {
        _ = write!(table, " {:10}", role.slug());
    }
    table = table.trim_end().to_owned() + "\n";
    for action in Action::ALL {
        let mut line = format!("{:19}", action.name());
        for role in Role::ALL {
            _ = write!(line, " {:10}", action.reach(*role).slug());
        }
        _ = writeln!(table, "{}", line.trim_end());
    }
    assert_eq!(table, include_str!("policy.txt"), "the table is now:\n{table}");
}

#[test]
fn a_role_reaches_exactly_as_far_as_its_row_says() {
    for action in Action::ALL {
        for role in Role::ALL {
            let reach = if action.is_everybodys() { Reach::Own } else { action.reach(*role) };
            let actor = Actor::Person(wearer(*role));
            for subject in within(reach) {
                assert_eq!(may(&actor, *action, subject.on()), Ok(()), "{role:?} {action:?} {subject:?}");
            }
            let stranger = Subject {
                places: vec![organisation(ELSEWHERE)],
                guardians: vec![],
                mentors: vec![],
                ..student()
            };
            let answer = may(&actor, *action, stranger.on());
            let wanted = match reach {
                Reach::No => Err(Refusal::NotThisRole),
                Reach::All => Ok(()),
                _ => Err(Refusal::NotYours),
            };
            assert_eq!(answer, wanted, "{role:?} {action:?}");
        }
    }
}

/// Everybody there can be: each role, however they came in, with and without what lets them do more.
fn everybody() -> Vec<Wearer> {
    let mut all = Vec::new();
    for role in Role::ALL.iter().copied().map(Some).chain([None]) {
        for strength in Strength::ALL {
            for band in [None, Some(Band::Under13), Some(Band::Teen), Some(Band::Adult)] {
                for (allowed, cleared) in [(false, false), (true, false), (false, true), (true, true)] {
                    for at in [None, Some(organisation(SCHOOL))] {
                        all.push(Wearer { role, at, strength, band, allowed, cleared, person: person(ME) });
                    }
                }
            }
        }
    }
    all
}

/// A person and a place that have nothing to do with the wearer.
fn foreign() -> (Vec<Subject>, Place) {
    let places = vec![organisation(ELSEWHERE)];
    let student = Subject { places: places.clone(), guardians: vec![], mentors: vec![], ..student() };
    let grown = Subject { band: Some(Band::Adult), ..student.clone() };
    let unknown_age = Subject { band: None, ..student.clone() };
    let adult = Subject { student: false, band: None, ..student.clone() };
    let place = Place { id: organisation(ELSEWHERE), kind: Kind::Class, above: places };
    (vec![student, grown, unknown_age, adult], place)
}

#[test]
fn what_is_not_there_is_told_of_as_what_is_not_theirs() {
    let (people, place) = foreign();
    for wearer in everybody() {
        let actor = Actor::Person(wearer);
        for action in Action::ALL {
            let told = absent(&actor, &[*action]);
            let on = people.iter().map(Object::on).chain([place.on()]);
            for answer in on.map(|on| may(&actor, *action, on)) {
                let Err(refusal) = answer else {
                    let reach = wearer.role.map(|role| action.reach(role));
                    assert_eq!((reach, told), (Some(Reach::All), Refusal::NotYours), "{action:?} {wearer:?}");
                    continue;
                };
                assert_eq!(told, refusal, "{action:?} {wearer:?}");
            }
        }
    }
}

#[test]
fn who_reaches_nothing_of_the_kind_does_not_learn_whether_it_is_there() {
    let told = |role, subject| found::<ResetCard>(&Actor::Person(wearer(role)), subject).map(drop);
    let elsewhere = foreign().0.swap_remove(0);
    for role in Role::ALL {
        assert_eq!(told(*role, None), told(*role, Some(elsewhere.clone())), "{role:?}");
    }
    assert_eq!(told(Role::Ambassador, None), Err(Refusal::NotThisRole));
    assert_eq!(told(Role::Teacher, None), Err(Refusal::NotYours));
    assert_eq!(told(Role::Teacher, Some(student())), Ok(()));
    assert_eq!(absent(&Actor::Machine, &[Action::ResetCard]), Refusal::NotYours);
}

#[test]
fn of_several_rows_the_one_answers_that_the_role_has() {
    let rows = [Action::SeePeople, Action::SeeAdults, Action::SeeStudent];
    let told = |wearer| absent(&Actor::Person(wearer), &rows);
    assert_eq!(told(wearer(Role::Mentor)), Refusal::NotYours);
    assert_eq!(told(wearer(Role::Ambassador)), Refusal::NotThisRole);
    assert_eq!(told(Wearer { strength: Strength::Password, ..wearer(Role::Mentor) }), Refusal::SecondFactor);
}

#[test]
fn operators_and_companies_never_reach_a_students_record() {
    let records = Action::ALL.iter().filter(|action| !action.is_everybodys());
    for action in records {
        for role in [Role::Operator, Role::Ambassador] {
            let reach = action.reach(role);
            let about_students = !matches!(
                action,
                Action::MakeOrganisation
                    | Action::ExtendOrganisation
                    | Action::SeeAdults
                    | Action::Invite
                    | Action::Suspend
                    | Action::RenewKeys
                    | Action::ImportRoster
                    | Action::SeeRosters
                    | Action::SeeOperations
                    | Action::RetryNotices
            );
            if about_students {
                assert!(matches!(reach, Reach::No | Reach::Own), "{role:?} {action:?}");
            }
        }
    }
}

#[test]
fn half_a_sign_in_opens_nothing() {
    for action in Action::ALL {
        for role in Role::ALL {
            let actor = Actor::Person(Wearer { strength: Strength::Half, ..wearer(*role) });
            for on in [On::Everything, On::Person(&student())] {
                assert!(may(&actor, *action, on).is_err(), "{role:?} {action:?}");
            }
        }
    }
}

#[test]
fn a_password_alone_is_not_enough_for_roles_that_see_others() {
    for role in Role::ALL.iter().filter(|role| role.needs_second_factor()) {
        let actor = Actor::Person(Wearer { strength: Strength::Password, ..wearer(*role) });
        let answer = may(&actor, Action::SeeStudent, student().on());
        assert!(matches!(answer, Err(Refusal::SecondFactor | Refusal::NotThisRole)), "{role:?} {answer:?}");
    }
}

#[test]
fn a_guardian_who_is_restricted_sees_nothing_and_not_even_that_there_is_something() {
    let guardian = Actor::Person(Wearer { at: None, ..wearer(Role::Guardian) });
    assert!(permit::<SeeStudent>(&guardian, student()).is_ok());
    let restricted = Subject { guardians: vec![person(9)], ..student() };
    assert_eq!(permit::<SeeStudent>(&guardian, restricted).unwrap_err(), Refusal::NotYours);
}

#[test]
fn rights_move_to_the_student_at_eighteen() {
    let guardian = Actor::Person(Wearer { at: None, ..wearer(Role::Guardian) });
    let grown = Subject { band: Some(Band::Adult), ..student() };
    assert_eq!(permit::<SeeStudent>(&guardian, grown.clone()).unwrap_err(), Refusal::OfAge);
    let themselves = |band| {
        let student = Subject { id: person(ME), band, ..student() };
        permit::<Consent>(&Actor::Person(Wearer { band, ..wearer(Role::Student) }), student).map(|_| ())
    };
    assert_eq!(themselves(Some(Band::Adult)), Ok(()));
    assert_eq!(themselves(Some(Band::Teen)), Err(Refusal::NotOfAge));
}

#[test]
fn a_student_under_thirteen_waits_for_a_guardian() {
    let young = |band, allowed| {
        let subject = Subject { id: person(ME), band, ..student() };
        let actor = Actor::Person(Wearer { band, allowed, ..wearer(Role::Student) });
        [Action::KeepPlan, Action::SeeFamily].map(|action| may(&actor, action, subject.on()))
    };
    assert_eq!(young(Some(Band::Under13), false), [Err(Refusal::ConsentFirst), Ok(())]);
    assert_eq!(young(None, false), [Err(Refusal::ConsentFirst), Ok(())], "no birth date counts as youngest");
    assert_eq!(young(Some(Band::Under13), true), [Ok(()), Ok(())]);
    assert_eq!(young(Some(Band::Teen), false), [Ok(()), Ok(())]);
}

#[test]
fn a_mentor_who_is_not_cleared_finds_no_student() {
    let actor = Actor::Person(Wearer { cleared: false, ..wearer(Role::Mentor) });
    assert_eq!(permit::<SeeStudent>(&actor, student()).unwrap_err(), Refusal::NotCleared);
    assert_eq!(scope::<SeeStudent>(&actor), Err(Refusal::NotCleared));
}

#[test]
fn a_list_is_never_longer_than_the_role_reaches() {
    let ask = |role| scope::<SeeStudent>(&Actor::Person(wearer(role)));
    assert_eq!(ask(Role::Student), Ok(Scope::Own(person(ME))));
    assert_eq!(ask(Role::Guardian), Ok(Scope::Family(person(ME))));
    assert_eq!(ask(Role::Mentor), Ok(Scope::Mentees(person(ME))));
    assert_eq!(ask(Role::Teacher), Ok(Scope::Place(organisation(SCHOOL))));
    assert_eq!(ask(Role::Operator), Err(Refusal::NotThisRole));
    assert_eq!(scope::<SeeStudent>(&Actor::Machine), Ok(Scope::All));
    let nowhere = Actor::Person(Wearer { at: None, ..wearer(Role::Teacher) });
    assert_eq!(
        scope::<SeeStudent>(&nowhere),
        Err(Refusal::NotYours),
        "a role without its place reaches nothing"
    );
}

#[test]
fn a_place_reaches_down_and_never_up_or_across() {
    let teacher = Actor::Person(wearer(Role::Teacher));
    let class = |above: &[u128]| Place {
        id: organisation(101),
        kind: Kind::Class,
        above: above.iter().map(|n| organisation(*n)).collect(),
    };
    assert!(permit::<MakeCards>(&teacher, class(&[101, SCHOOL])).is_ok());
    assert_eq!(permit::<MakeCards>(&teacher, class(&[101, ELSEWHERE])).unwrap_err(), Refusal::NotYours);
    let district = Place { id: organisation(5), kind: Kind::District, above: vec![organisation(5)] };
    assert_eq!(permit::<MakeCards>(&teacher, district).unwrap_err(), Refusal::NotYours);
}

#[test]
fn a_permit_says_on_what_and_by_whom() {
    let teacher = Actor::Person(wearer(Role::Teacher));
    let permit = permit::<ResetCard>(&teacher, student()).unwrap();
    assert_eq!(permit.on().id, person(7));
    assert_eq!(permit.actor().person(), Some(person(ME)));
    assert_eq!(permit.action().name(), "ResetCard");
    assert_eq!(may(&Actor::Machine, Action::MakeOrganisation, Everything.on()), Ok(()));
}
