//! Are steps in the order of time, whatever today is?

use super::made::{any_day, day, rulebook};
use domain::plan::calendar::{gate, is_late, open_doors, steps};
use domain::plan::rulebook::Status;
use domain::plan::{Day, Door, Doors, Gate, State, When};
use proptest::prelude::*;

fn told(today: &str) -> String {
    let book = rulebook();
    let steps = steps(&book, Doors::ALL, day(today));
    let word = |state| match state {
        State::Past => "past",
        State::Now => "now",
        State::Next => "next",
        State::Later => "later",
    };
    let told = steps.iter().map(|dated| {
        let days = dated.days.map_or(String::new(), |days| format!(" {days}"));
        format!("{} {}{days}", dated.step.id, word(dated.state))
    });
    told.collect::<Vec<_>>().join(", ")
}

#[test]
fn steps_stand_in_the_order_of_time_from_today() {
    for (today, expected) in [
        (
            "2026-09-15",
            "charter now, resident now, window next 16, letter later, late later, answer later 206, left later",
        ),
        (
            "2026-10-01",
            "window now 43, charter now, resident now, letter next, late later, answer later 190, left later",
        ),
        (
            "2026-11-13",
            "window now 0, charter now, resident now, letter next, late later, answer later 147, left later",
        ),
        (
            "2026-11-22",
            "window past, charter now, resident now, letter next, late later, answer later 138, left later",
        ),
        (
            "2026-12-31",
            "window past, letter past, charter now, resident now, late next, answer later 99, left later",
        ),
        (
            "2027-01-01",
            "window past, letter past, charter now, resident now, late next, answer later 98, left later",
        ),
        (
            "2027-05-20",
            "window past, letter past, late now, answer past, left now, charter now, resident now",
        ),
        (
            "2027-08-01",
            "window past, letter past, late past, answer past, left past, charter past, resident past",
        ),
    ] {
        assert_eq!(told(today), expected, "{today}");
    }
}

#[test]
fn days_are_counted_to_a_published_day_and_to_no_other() {
    let mut book = rulebook();
    for step in &mut book.steps {
        step.ground.status = Status::Expected;
    }
    assert!(steps(&book, Doors::ALL, day("2026-11-22")).iter().all(|dated| dated.days.is_none()));
    let mut told = |when, days| {
        book.steps[0].when = when;
        book.steps[0].ground.status = Status::Confirmed;
        let steps = steps(&book, Doors::ALL, day("2026-11-22"));
        assert_eq!(steps.iter().find(|dated| dated.step.id == "late").unwrap().days, days, "{when:?}");
    };
    told(When::On(day("2026-12-01")), Some(9));
    told(When::About("2026-12 early".parse().unwrap()), None);
    told(When::ByOrder("2026-12 early".parse().unwrap()), None);
}

#[test]
fn a_door_is_open_opens_or_is_closed() {
    let book = rulebook();
    for (door, today, expected) in [
        (Door::Magnet, "2026-09-30", "opens window"),
        (Door::Magnet, "2026-10-01", "open window"),
        (Door::Magnet, "2026-11-13", "open window"),
        (Door::Magnet, "2026-11-14", "opens late"),
        (Door::Magnet, "2027-02-01", "open late"),
        (Door::Magnet, "2027-08-01", "closed"),
        (Door::OpenEnrollment, "2027-05-21", "closed"),
        (Door::IndependentCharter, "2026-11-22", "ask charter"),
        (Door::Resident, "2027-07-31", "open resident"),
        (Door::ZoneOfChoice, "2026-10-02", "untold"),
    ] {
        let found = match gate(&book, door, day(today)) {
            Gate::Open(step) => format!("open {}", step.id),
            Gate::Opens(step) => format!("opens {}", step.id),
            Gate::Ask(step) => format!("ask {}", step.id),
            Gate::Closed => "closed".into(),
            Gate::Untold => "untold".into(),
        };
        assert_eq!(found, expected, "{door:?} on {today}");
    }
}

#[test]
fn the_season_is_late_once_a_window_is_over_and_until_the_rulebook_ends() {
    let book = rulebook();
    for (today, late) in [
        ("2026-07-31", false),
        ("2026-10-05", false),
        ("2026-11-13", false),
        ("2026-11-14", true),
        ("2027-07-31", true),
        ("2027-08-01", false),
    ] {
        assert_eq!(is_late(&book, day(today)), late, "{today}");
    }
}

fn set(bits: u16) -> Doors {
    Door::ALL
        .into_iter()
        .filter(|(door, _)| bits >> *door as u16 & 1 == 1)
        .fold(Doors::NONE, |s, (d, _)| s.with(d))
}

proptest! {
    #[test]
    fn every_step_of_the_doors_stands_there_once(today in any_day(), doors in any::<u16>().prop_map(set)) {
        let book = rulebook();
        let seen = steps(&book, doors, today);
        let mut expected: Vec<&str> =
            book.steps.iter().filter(|step| step.doors.meets(doors)).map(|step| step.id.as_str()).collect();
        let mut found: Vec<&str> = seen.iter().map(|dated| dated.step.id.as_str()).collect();
        expected.sort_unstable();
        found.sort_unstable();
        prop_assert_eq!(found, expected);
        let first = |at: usize| seen[at].step.when.first().unwrap_or(today);
        for at in 1..seen.len() {
            prop_assert!(first(at - 1) <= first(at));
        }
        for dated in &seen {
            let when = dated.step.when;
            prop_assert!(dated.days.is_none_or(|days| days >= 0));
            let holds = match dated.state {
                State::Past => when.last().unwrap_or(book.last) < today,
                State::Now => when.first().is_none_or(|first| first <= today) && when.last().is_none_or(|last| today <= last),
                State::Next | State::Later => when.first().is_some_and(|first| today < first),
            };
            prop_assert!(holds, "{:?} on {}", dated, today);
        }
        let nexts: Vec<Option<Day>> =
            seen.iter().filter(|dated| dated.state == State::Next).map(|dated| dated.step.when.first()).collect();
        let laters = || seen.iter().filter(|dated| dated.state == State::Later);
        prop_assert!(nexts.iter().all(|first| *first == nexts[0]));
        prop_assert!(laters().all(|later| nexts.first().is_some_and(|next| *next < later.step.when.first())));
    }

    #[test]
    fn time_only_goes_forward(one in any_day(), other in any_day()) {
        let (before, after) = if one < other { (one, other) } else { (other, one) };
        let book = rulebook();
        let rank = |today: Day, id: &str| {
            let state = steps(&book, Doors::ALL, today).iter().find(|dated| dated.step.id == id).unwrap().state;
            match state { State::Next | State::Later => 0, State::Now => 1, State::Past => 2 }
        };
        for step in &book.steps {
            prop_assert!(rank(before, &step.id) <= rank(after, &step.id), "{}", step.id);
        }
        let open = |today| open_doors(&book, today).into_iter().map(|(door, _)| door).collect::<Vec<_>>();
        let (early, late) = (open(before), open(after));
        prop_assert!(late.iter().all(|door| early.contains(door)), "a door that is closed stays closed");
    }
}
