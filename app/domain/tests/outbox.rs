//! When a notice comes: tables of the hours, and laws that hold for every minute.

#![expect(clippy::unwrap_used, reason = "a text of a test that cannot be read has failed")]

use domain::outbox::{
    Asked, DIGEST_HOUR, Fate, Local, MOST_TRIES, NoticeKind, Reader, Unsent, Way, due, fate, is_quiet,
    minutes_until_next_try,
};
use domain::plan::Day;
use proptest::prelude::*;
use proptest::sample::select;

/// Reads `2026-11-23 07:59`.
fn local(text: &str) -> Local {
    let (day, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    Local {
        day: day.parse().unwrap(),
        minute: hour.parse::<u16>().unwrap() * 60 + minute.parse::<u16>().unwrap(),
    }
}

fn comes(kind: NoticeKind, way: Way, is_student: bool, made: &str) -> Option<Local> {
    due(kind, way, is_student, local(made), local(made))
}

#[test]
fn a_student_hears_nothing_at_night_and_in_school() {
    // 2026-11-23 is a Monday, 2026-11-28 a Saturday, 2027-06-01 a Tuesday in the summer, 2027-08-31 one, too.
    for (made, wanted) in [
        ("2026-11-23 00:00", "2026-11-23 06:00"),
        ("2026-11-23 05:59", "2026-11-23 06:00"),
        ("2026-11-23 06:00", "2026-11-23 06:00"),
        ("2026-11-23 07:59", "2026-11-23 07:59"),
        ("2026-11-23 08:00", "2026-11-23 15:00"),
        ("2026-11-23 14:59", "2026-11-23 15:00"),
        ("2026-11-23 15:00", "2026-11-23 15:00"),
        ("2026-11-23 23:59", "2026-11-23 23:59"),
        ("2026-11-27 08:00", "2026-11-27 15:00"),
        ("2026-11-28 08:00", "2026-11-28 08:00"),
        ("2027-05-31 09:00", "2027-05-31 15:00"),
        ("2027-06-01 09:00", "2027-06-01 09:00"),
        ("2027-08-31 09:00", "2027-08-31 09:00"),
        ("2027-09-01 09:00", "2027-09-01 15:00"),
    ] {
        for kind in NoticeKind::ALL {
            assert_eq!(comes(*kind, Way::Now, true, made), Some(local(wanted)), "{kind:?} {made}");
        }
    }
}

#[test]
fn an_adult_is_woken_by_nothing_but_a_warning_or_an_invitation() {
    for (made, wanted) in [
        ("2026-11-23 06:59", "2026-11-23 07:00"),
        ("2026-11-23 07:00", "2026-11-23 07:00"),
        ("2026-11-23 20:59", "2026-11-23 20:59"),
        ("2026-11-23 21:00", "2026-11-24 07:00"),
        ("2026-12-31 23:59", "2027-01-01 07:00"),
    ] {
        assert_eq!(comes(NoticeKind::ConsentChanged, Way::Now, false, made), Some(local(wanted)), "{made}");
        for urgent in [
            NoticeKind::Invited,
            NoticeKind::NewPassword,
            NoticeKind::NewDevice,
            NoticeKind::KeysChanged,
            NoticeKind::Suspended,
        ] {
            assert_eq!(comes(urgent, Way::Now, false, made), Some(local(made)), "{urgent:?} {made}");
        }
    }
}

#[test]
fn the_digest_comes_at_four_and_what_missed_it_on_the_next_day() {
    let kind = NoticeKind::CorrectionAnswered;
    for (made, wanted) in [
        ("2026-11-23 03:00", "2026-11-23 16:00"),
        ("2026-11-23 15:59", "2026-11-23 16:00"),
        ("2026-11-23 16:00", "2026-11-24 16:00"),
        ("2026-11-23 22:00", "2026-11-24 16:00"),
    ] {
        for is_student in [false, true] {
            assert_eq!(comes(kind, Way::Digest, is_student, made), Some(local(wanted)), "{made}");
        }
    }
    let made = local("2026-11-23 10:00");
    let late = |now| due(kind, Way::Digest, false, made, local(now));
    assert_eq!(late("2026-11-23 16:05"), Some(local("2026-11-23 16:05")), "it is not put off again");
    assert_eq!(
        late("2026-11-23 22:00"),
        Some(local("2026-11-24 07:00")),
        "a server that was down wakes nobody"
    );
    assert_eq!(due(kind, Way::Never, false, made, made), None);
}

#[test]
fn what_protects_an_account_cannot_be_silenced() {
    for kind in NoticeKind::ALL {
        assert_eq!(NoticeKind::from_slug(kind.slug()), Some(*kind));
        assert_eq!(kind.way(None), kind.ways()[0], "the default is the first");
        for way in Way::ALL {
            let holds = kind.way(Some(*way));
            assert_eq!(holds == *way, kind.allows(*way), "{kind:?} {way:?}");
            assert!(kind.allows(holds), "{kind:?} {way:?}");
        }
    }
    for kind in [NoticeKind::NewDevice, NoticeKind::KeysChanged, NoticeKind::Suspended] {
        assert_eq!(kind.way(Some(Way::Never)), Way::Now, "{kind:?}");
        assert!(!kind.can_stop());
    }
    assert_eq!(
        NoticeKind::GuardianJoined.way(Some(Way::Never)),
        Way::Now,
        "a family always learns who joined"
    );
    assert!(NoticeKind::CorrectionAnswered.can_stop());
    assert_eq!(NoticeKind::from_slug("advertisement"), None);
}

#[test]
fn tries_grow_apart_and_end() {
    let waits: Vec<i64> = (1..).map_while(minutes_until_next_try).collect();
    assert_eq!(waits, [1, 5, 30, 120, 480, 1_440]);
    assert_eq!(minutes_until_next_try(MOST_TRIES), None);
    assert!(minutes_until_next_try(MOST_TRIES - 1).is_some());
    assert_eq!(minutes_until_next_try(0), None);
    assert_eq!(minutes_until_next_try(u32::MAX), None);
}

#[test]
fn nobody_is_told_who_should_not_be() {
    let now = local("2026-11-23 12:00");
    let told = |kind, chosen, reader, leaves| fate(Asked { kind, chosen, made: now }, reader, leaves, now);
    let reader = Reader { reachable: true, ..Reader::default() };
    let device = NoticeKind::NewDevice;
    for (kind, chosen, reader, leaves, wanted) in [
        (device, None, reader, true, Fate::Send),
        (device, None, Reader { deleted: true, ..reader }, true, Fate::Drop(Unsent::Deleted)),
        (device, None, Reader { suspended: true, ..reader }, true, Fate::Drop(Unsent::Suspended)),
        (NoticeKind::Suspended, None, Reader { suspended: true, ..reader }, true, Fate::Send),
        (NoticeKind::Suspended, None, Reader { deleted: true, ..reader }, true, Fate::Drop(Unsent::Deleted)),
        (device, None, Reader { reachable: false, ..reader }, true, Fate::Drop(Unsent::NoAddress)),
        (device, None, Reader { made_up: true, ..reader }, true, Fate::Drop(Unsent::MadeUp)),
        (device, None, Reader { made_up: true, ..reader }, false, Fate::Send),
        (NoticeKind::ScreeningEnds, Some(Way::Never), reader, true, Fate::Drop(Unsent::NotWanted)),
        (device, Some(Way::Never), reader, true, Fate::Send),
        (device, None, Reader { student: true, ..reader }, true, Fate::Wait(local("2026-11-23 15:00"))),
        (NoticeKind::ConsentChanged, None, reader, true, Fate::Wait(local("2026-11-23 16:00"))),
    ] {
        assert_eq!(told(kind, chosen, reader, leaves), wanted, "{kind:?} {chosen:?} {reader:?} {leaves}");
    }
    for unsent in Unsent::ALL {
        assert_eq!(Unsent::from_slug(unsent.slug()), Some(unsent));
    }
    let morning = Asked { kind: NoticeKind::ConsentChanged, chosen: None, made: local("2026-11-23 09:00") };
    assert_eq!(fate(morning, reader, true, local("2026-11-23 16:00")), Fate::Join);
}

fn any_local() -> impl Strategy<Value = Local> {
    let first: Day = "2026-01-01".parse().unwrap();
    (0..900_u32, 0..1_440_u16).prop_map(move |(days, minute)| {
        let day = (0..days).fold(first, |day, _| day.tomorrow().unwrap());
        Local { day, minute }
    })
}

proptest! {
    #[test]
    fn what_comes_comes_neither_early_nor_in_a_quiet_hour_nor_twice_put_off(
        kind in select(NoticeKind::ALL),
        way in select([Way::Now, Way::Digest].as_slice()),
        is_student: bool,
        made in any_local(),
        later in any_local(),
    ) {
        let now = made.max(later);
        let at = due(kind, way, is_student, made, now).unwrap();
        prop_assert!(at >= now);
        prop_assert!(!is_quiet(kind, is_student, at));
        prop_assert_eq!(due(kind, way, is_student, made, at), Some(at), "asked again when it comes, it comes");
        prop_assert!(now.day.days_until(at.day) <= 1, "no one waits for more than a day");
        if way == Way::Digest && at > now {
            let hours = [6, 7, 15, DIGEST_HOUR].map(|hour| Local::at(at.day, hour));
            prop_assert!(hours.contains(&at));
        }
        if way == Way::Digest {
            prop_assert!(at >= Local::at(made.day, DIGEST_HOUR), "the digest gathers a day");
        }
    }

    #[test]
    fn a_later_question_is_never_answered_with_an_earlier_time(
        kind in select(NoticeKind::ALL),
        way in select([Way::Now, Way::Digest].as_slice()),
        is_student: bool,
        made in any_local(),
        one in any_local(),
        other in any_local(),
    ) {
        let (sooner, later) = (one.min(other), one.max(other));
        prop_assert!(due(kind, way, is_student, made, sooner) <= due(kind, way, is_student, made, later));
    }
}
