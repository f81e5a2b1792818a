//! Is a date a day of the calendar, and nothing else?

use super::made::{any_day, day};
use domain::plan::{Around, Day, When};
use proptest::prelude::*;

#[test]
fn only_days_of_the_calendar_are_read() {
    for (text, good) in [
        ("2026-11-13", true),
        ("2028-02-29", true),
        ("2026-02-29", false),
        ("2026-02-30", false),
        ("2026-13-01", false),
        ("2026-00-10", false),
        ("2026-11-00", false),
        ("2026-11-31", false),
        ("26-11-13", false),
        ("2026-11-3", false),
        ("2026-11-13 ", false),
        ("2026-11-13-1", false),
        ("+026-11-13", false),
        ("1899-12-31", false),
        ("2200-01-01", false),
        ("", false),
    ] {
        assert_eq!(text.parse::<Day>().is_ok(), good, "{text:?}");
    }
}

#[test]
fn a_part_of_a_month_ends_with_the_month() {
    for (text, first, last) in [
        ("2027-02 early", "2027-02-01", "2027-02-10"),
        ("2027-02 mid", "2027-02-11", "2027-02-20"),
        ("2027-02 late", "2027-02-21", "2027-02-28"),
        ("2028-02 late", "2028-02-21", "2028-02-29"),
        ("2026-12 late", "2026-12-21", "2026-12-31"),
    ] {
        let around: Around = text.parse().unwrap();
        assert_eq!((around.first(), around.last()), (day(first), day(last)), "{text}");
        assert_eq!(Around::try_from(u32::from(around)), Ok(around));
    }
    for wrong in ["2027-02", "2027-02 end", "2027-13 mid", "2027-2 mid", "2027-02  mid", "late"] {
        assert!(wrong.parse::<Around>().is_err(), "{wrong}");
    }
}

#[test]
fn weekdays_are_those_of_the_calendar() {
    // The Fridays that explorer facts name.
    for friday in ["2025-11-14", "2024-11-15", "2023-11-17", "2026-11-13", "2025-04-11"] {
        assert_eq!(day(friday).weekday(), 4, "{friday}");
    }
}

#[test]
fn a_range_that_ends_before_it_begins_is_reversed() {
    let (a, b) = (day("2026-12-31"), day("2027-01-01"));
    assert!(!When::Between(a, b).is_reversed() && !When::Between(a, a).is_reversed());
    assert!(When::Between(b, a).is_reversed());
    let (early, late) = ("2027-04 early".parse().unwrap(), "2027-04 late".parse().unwrap());
    assert!(When::AboutBetween(late, early).is_reversed() && !When::AboutBetween(early, late).is_reversed());
    assert!(!When::ByOrder(early).is_reversed() && !When::AnyTime.is_reversed());
}

proptest! {
    #[test]
    fn a_day_reads_back_as_it_was_written(day in any_day()) {
        prop_assert_eq!(day.to_string().parse(), Ok(day));
        prop_assert_eq!(Day::try_from(u32::from(day)), Ok(day));
    }

    #[test]
    fn days_are_counted_alike_in_both_directions_and_across_years(a in any_day(), b in any_day()) {
        prop_assert_eq!(a.days_until(b), -b.days_until(a));
        prop_assert_eq!(a.days_until(b).signum(), if a < b { 1 } else { i32::from(a == b) - 1 });
        let tomorrow = a.tomorrow().unwrap();
        prop_assert_eq!(a.days_until(tomorrow), 1);
        prop_assert_eq!((a.weekday() + 1) % 7, tomorrow.weekday());
        prop_assert_eq!(a.days_until(b) - 1, tomorrow.days_until(b));
    }

    #[test]
    fn no_number_makes_a_day_that_is_none(packed in any::<u32>()) {
        if let Ok(day) = Day::try_from(packed) {
            prop_assert_eq!(u32::from(day), packed);
        }
        if let Ok(around) = Around::try_from(packed) {
            prop_assert_eq!(u32::from(around), packed);
        }
    }
}
