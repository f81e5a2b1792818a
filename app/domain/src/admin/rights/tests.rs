//! Laws of asking, waiting and forgetting.

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn what_is_typed_is_read_for_its_field() {
    let today = day("2026-11-22");
    for (field, typed, read) in [
        (Field::GivenName, "  Ana   María ", Ok(Wanted::Name("Ana María".to_owned()))),
        (Field::FamilyName, "\t\n ", Err(NotWanted::Empty)),
        (Field::FamilyName, "O'Neil-Ruiz", Ok(Wanted::Name("O'Neil-Ruiz".to_owned()))),
        (Field::BirthDate, "2013-05-31", Ok(Wanted::Born(day("2013-05-31")))),
        (Field::BirthDate, "2013-02-30", Err(NotWanted::NoBirthDate)),
        (Field::BirthDate, "2026-11-22", Err(NotWanted::NoBirthDate)),
        (Field::BirthDate, "May 31", Err(NotWanted::NoBirthDate)),
        (Field::Language, "es", Ok(Wanted::Tongue("es"))),
        (Field::Language, "fr", Err(NotWanted::NoLanguage)),
        (Field::Other, "My school\u{7} is wrong", Ok(Wanted::Words("My school is wrong".to_owned()))),
    ] {
        assert_eq!(Wanted::read(field, typed, today), read, "{field:?} {typed:?}");
    }
    let long = "x".repeat(NAME_MOST + 1);
    assert_eq!(Wanted::read(Field::GivenName, &long, today), Err(NotWanted::TooLong));
    assert!(Wanted::read(Field::Class, &long, today).is_ok());
}

#[test]
fn only_students_and_mentors_wait_for_an_answer_about_their_own_name() {
    assert!(is_answered(&[Role::Student]) && is_answered(&[Role::Teacher, Role::Mentor]));
    assert!(!is_answered(&[]) && !is_answered(&[Role::Guardian, Role::Operator, Role::Teacher]));
}

#[test]
fn a_student_who_left_is_gone_sixty_days_later() {
    let left_at = 1_780_000_000_000;
    let asked_at = left_at + Class::LeftStudents.kept_for();
    assert_eq!(Class::LeftStudents.cut(asked_at), left_at, "asked on that day");
    assert_eq!(due_at(asked_at), left_at + 60 * DAY);
}

#[test]
fn the_audit_outlives_all_else_and_the_law_gives_sixty_days() {
    for class in Class::ALL {
        assert!(class.kept_for() <= Class::Audit.kept_for(), "{class:?}");
    }
    assert!(Class::Audit.kept_for() >= 7 * 365 * DAY);
    assert_eq!(Some(GONE_AFTER_LEAVING), Retention::Student.milliseconds());
}

#[test]
fn a_family_sees_every_reader_but_a_safety_officer() {
    let hidden: Vec<_> = Role::ALL.iter().filter(|role| !is_shown_to_family(**role)).collect();
    assert_eq!(hidden, [&Role::Safety]);
}

#[test]
fn until_18_an_adult_agrees_to_what_a_student_asks_for() {
    for (own, student, band, agreed) in [
        (true, true, None, false),
        (true, true, Some(Band::Under13), false),
        (true, true, Some(Band::Teen), false),
        (true, true, Some(Band::Adult), true),
        (true, false, None, true),
        (false, true, Some(Band::Teen), true),
    ] {
        assert_eq!(is_agreed(own, student, band), agreed, "{own} {student} {band:?}");
    }
}

proptest! {
    #[test]
    fn what_is_kept_until_it_is_answered_is_read_the_same(
        at in 0..Field::ALL.len(),
        typed in "[^\\p{Cc}]{0,90}|en|es|19[0-9]{2}-0[1-9]-1[0-9]",
    ) {
        let (field, today) = (Field::ALL[at], day("2026-11-22"));
        if let Ok(wanted) = Wanted::read(field, &typed, today) {
            prop_assert_eq!(Wanted::read(field, &wanted.to_string(), today), Ok(wanted));
        }
    }

    #[test]
    fn nothing_is_deleted_early_held_or_taken_back(
        asked_at in 0_i64..4_000_000_000_000,
        waited in 0_i64..100 * DAY,
        (wished, held) in any::<(bool, bool)>(),
        end in prop_oneof![Just(None), Just(Some(End::TakenBack)), Just(Some(End::Done))],
    ) {
        let deletion = Deletion { due_at: due_at(asked_at), wished, end, held };
        let stage = deletion.stage(asked_at + waited);
        if stage == Stage::Due {
            prop_assert!(waited >= COOLING_OFF && !wished && end.is_none() && !held);
        }
        prop_assert_eq!(stage == Stage::Done, end == Some(End::Done), "what is done stays done");
        let open = matches!(stage, Stage::Wished | Stage::CoolingOff | Stage::Held | Stage::Due);
        prop_assert_eq!(deletion.can_be_taken_back(), open);
        let released = Deletion { held: false, ..deletion };
        if stage == Stage::Held {
            prop_assert_eq!(released.stage(asked_at + waited), Stage::Due, "a hold that ends lets it go on");
        }
    }

    #[test]
    fn a_number_is_read_as_it_is_written_and_without_dashes(drawn: u64) {
        let number = Number::new(drawn);
        let written = number.to_string();
        prop_assert_eq!(written.len(), 14);
        prop_assert_eq!(written.parse(), Ok(number));
        prop_assert_eq!(written.replace('-', " ").parse(), Ok(number));
    }

    #[test]
    fn what_is_no_number_is_refused(text in "[0-9]{0,11}|[0-9]{13,20}|[a-z]{12}") {
        prop_assert_eq!(text.parse::<Number>(), Err(NoNumber));
    }
}
