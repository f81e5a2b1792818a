//! Laws of the screening: nobody meets a student unless every step is there and holds.

#![expect(clippy::unwrap_used, reason = "a law that cannot be asked has failed")]

use domain::people::screening::{
    Entry, Step, Terms, WARNING_DAYS, Why, Wrong, cleared, counting, state, stop, take,
};
use domain::plan::Day;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn later(day: Day, days: u16) -> Day {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap())
}

fn done(step: Step, on: &str, ends_on: Option<&str>) -> Entry {
    Entry::Done { step, on: day(on), ends_on: ends_on.map(day) }
}

/// The first steps, all taken on one day.
fn steps(count: usize, on: Day) -> Vec<Entry> {
    let terms = Terms::DEFAULT;
    Step::ALL[..count]
        .iter()
        .map(|step| Entry::Done { step: *step, on, ends_on: terms.ends_on(*step, on) })
        .collect()
}

const BEGIN: &str = "2026-11-22";

#[test]
fn every_step_follows_the_one_before_and_no_other() {
    let today = day(BEGIN);
    for count in 0..=Step::ALL.len() {
        let history = steps(count, today);
        for (at, step) in Step::ALL.iter().enumerate() {
            let found = take(&history, today, *step, None, Terms::DEFAULT).map(|_| ());
            let wanted = match at {
                at if at == count => Ok(()),
                at if at > count => Err(Wrong::First(Step::ALL[count])),
                _ if step.runs_out() => Ok(()),
                _ => Err(Wrong::Taken),
            };
            assert_eq!(found, wanted, "{step:?} after {count} steps");
        }
        let now = state(&history, today);
        assert_eq!(now.step, count.checked_sub(1).map(|last| Step::ALL[last]));
        assert_eq!(now.next(), Step::ALL.get(count).copied());
        assert_eq!(now.cleared(), count == 8);
    }
}

#[test]
fn the_last_day_is_the_one_asked_for_within_the_terms() {
    let today = day(BEGIN);
    let try_it = |count: usize, ends_on: Option<&str>, terms: Terms| {
        let step = Step::ALL[count];
        match take(&steps(count, today), today, step, ends_on.map(day), terms) {
            Ok(Entry::Done { ends_on, .. }) => Ok(ends_on.map(|day| day.to_string())),
            Ok(Entry::Stopped { .. }) => panic!("a step is no stop"),
            Err(wrong) => Err(wrong),
        }
    };
    let kept = |text: &str| Ok(Some(text.to_owned()));
    let default = Terms::DEFAULT;
    assert_eq!(try_it(5, None, default), kept("2027-11-22"));
    assert_eq!(try_it(5, Some("2027-06-30"), default), kept("2027-06-30"));
    assert_eq!(try_it(5, Some(BEGIN), default), kept(BEGIN));
    assert_eq!(try_it(5, Some("2026-11-21"), default), Err(Wrong::Over));
    assert_eq!(try_it(5, Some("2027-11-23"), default), Err(Wrong::TooLate(day("2027-11-22"))));
    assert_eq!(try_it(4, None, default), Ok(None), "a clearance holds until something is heard");
    assert_eq!(try_it(4, Some("2028-11-22"), default), kept("2028-11-22"));
    assert_eq!(try_it(4, Some("2032-01-01"), default), Err(Wrong::TooLate(day("2031-11-22"))));
    assert_eq!(try_it(0, Some("2027-01-01"), default), Err(Wrong::NoEnd));
    assert_eq!(try_it(7, Some("2027-01-01"), default), Err(Wrong::NoEnd));
    let strict = Terms { cleared: Some(24), trained: Some(6), agreement: None };
    assert_eq!(try_it(4, None, strict), kept("2028-11-22"));
    assert_eq!(try_it(5, None, strict), kept("2027-05-22"));
    assert_eq!(try_it(6, None, strict), Ok(None));
}

#[test]
fn what_runs_out_holds_through_its_last_day_and_can_be_renewed_before() {
    let mut history = steps(8, day(BEGIN));
    history[5] = done(Step::Trained, BEGIN, Some("2027-06-30"));
    let on = |history: &[Entry], text: &str| state(history, day(text));
    assert!(on(&history, "2027-06-30").cleared());
    assert_eq!(on(&history, "2027-05-30").ends_soon(day("2027-05-30")), None, "31 days before");
    let soon = on(&history, "2027-05-31").ends_soon(day("2027-05-31"));
    assert_eq!((soon, WARNING_DAYS), (Some((Step::Trained, day("2027-06-30"))), 30));

    let over = on(&history, "2027-07-10");
    assert!(!over.cleared());
    assert_eq!((over.step, over.next()), (Some(Step::Cleared), Some(Step::Trained)));
    assert_eq!((over.missing.as_slice(), over.expired.as_slice()), (&[][..], &[Step::Trained][..]));
    assert_eq!(over.since, Some(day("2027-07-01")));
    assert_eq!(over.ends, Some((Step::AgreementSigned, day("2027-11-22"))), "the next thing that runs out");

    let again = take(&history, day("2027-06-01"), Step::Trained, None, Terms::DEFAULT).unwrap();
    history.push(again);
    assert!(on(&history, "2027-07-10").cleared(), "renewed in time, nothing stops");
    assert_eq!(counting(&history)[5], Some(8), "the newest counts");
}

#[test]
fn a_stop_takes_all_back_and_the_first_step_comes_again() {
    let today = day(BEGIN);
    let mut history = steps(8, today);
    history.push(stop(&history, today, Why::Review).unwrap());
    let now = state(&history, today);
    assert_eq!((now.stopped, now.step, now.next()), (Some(Why::Review), None, Some(Step::Applied)));
    assert_eq!((now.missing.len(), now.ends), (8, None), "nothing of it runs out any more");
    assert_eq!(stop(&history, today, Why::Decided), Err(Wrong::NotBegun), "stopped once is stopped");
    assert_eq!(stop(&[], today, Why::Decided), Err(Wrong::NotBegun));
    assert_eq!(
        take(&history, today, Step::Matchable, None, Terms::DEFAULT),
        Err(Wrong::First(Step::Applied))
    );
    history.push(take(&history, today, Step::Applied, None, Terms::DEFAULT).unwrap());
    assert_eq!(state(&history, today).stopped, None, "they started again");
}

/// Something that somebody tries: days pass, then a step with an end, or a stop.
#[derive(Clone, Debug)]
enum Try {
    Step(Step, Option<u16>),
    Next,
    Stop(Why),
}

fn tries() -> impl Strategy<Value = Vec<(u16, Try)>> {
    let step = (proptest::sample::select(Step::ALL), proptest::option::of(0u16..500))
        .prop_map(|(step, days)| Try::Step(step, days));
    let stopping = proptest::sample::select(Why::ALL).prop_map(Try::Stop);
    proptest::collection::vec((0u16..60, prop_oneof![3 => step, 12 => Just(Try::Next), 1 => stopping]), 0..40)
}

/// What comes of it, and the day on which it ends.
fn tried(tries: &[(u16, Try)]) -> (Vec<Entry>, Day) {
    let (mut history, mut today) = (Vec::new(), day(BEGIN));
    for (days, what) in tries {
        today = later(today, *days);
        let entry = match what {
            Try::Step(step, days) => {
                take(&history, today, *step, days.map(|days| later(today, days)), Terms::DEFAULT)
            }
            Try::Next => {
                let next = state(&history, today).next();
                next.map_or(Err(Wrong::Taken), |step| take(&history, today, step, None, Terms::DEFAULT))
            }
            Try::Stop(why) => stop(&history, today, *why),
        };
        history.extend(entry);
    }
    (history, today)
}

/// Whether every step stands in the history after the last stop, and its newest entry holds: said another way than
/// the code says it.
fn every_step_holds(history: &[Entry], today: Day) -> bool {
    let run: Vec<&Entry> =
        history.iter().rev().take_while(|entry| matches!(entry, Entry::Done { .. })).collect();
    Step::ALL.iter().all(|wanted| {
        let newest = run.iter().find_map(|entry| match entry {
            Entry::Done { step, ends_on, .. } if step == wanted => Some(ends_on),
            _ => None,
        });
        newest.is_some_and(|ends_on| ends_on.is_none_or(|day| today <= day))
    })
}

proptest! {
    #[test]
    fn nobody_is_cleared_unless_every_step_is_there_and_holds(tries in tries()) {
        let (history, today) = tried(&tries);
        prop_assert_eq!(cleared(&history, today), every_step_holds(&history, today));
    }

    #[test]
    fn time_alone_never_makes_more_possible(tries in tries(), days in 0u16..800) {
        let (history, today) = tried(&tries);
        let future = later(today, days);
        let (now, then) = (state(&history, today), state(&history, future));
        prop_assert!(!then.cleared() || now.cleared());
        prop_assert!(then.step <= now.step);
        prop_assert!(now.expired.iter().all(|step| then.expired.contains(step)));
        prop_assert_eq!(now.missing, then.missing);
    }

    #[test]
    fn leaving_out_any_entry_never_clears(tries in tries(), at in any::<proptest::sample::Index>()) {
        let (mut history, today) = tried(&tries);
        let was = cleared(&history, today);
        prop_assume!(!history.is_empty());
        let at = at.index(history.len());
        // A stop or a renewal with an earlier end is a later word: without it more may hold.
        prop_assume!(matches!(history[at], Entry::Done { ends_on: None, .. }));
        history.remove(at);
        prop_assert!(!cleared(&history, today) || was);
    }

    #[test]
    fn a_step_that_is_accepted_brings_exactly_itself(tries in tries()) {
        let (history, today) = tried(&tries);
        let before = state(&history, today);
        for step in Step::ALL {
            let Ok(entry) = take(&history, today, *step, None, Terms::DEFAULT) else { continue };
            let mut longer = history.clone();
            longer.push(entry);
            let after = state(&longer, today);
            prop_assert!(!after.missing.contains(step) && !after.expired.contains(step));
            let others = |steps: &[Step]| steps.iter().filter(|other| *other != step).copied().collect::<Vec<_>>();
            prop_assert_eq!(others(&before.missing), others(&after.missing));
            prop_assert_eq!(others(&before.expired), others(&after.expired));
        }
    }

    #[test]
    fn what_is_to_be_done_next_can_always_be_done(tries in tries()) {
        let (history, today) = tried(&tries);
        let now = state(&history, today);
        prop_assert_eq!(now.next().is_none(), now.cleared());
        if let Some(next) = now.next() {
            prop_assert!(take(&history, today, next, None, Terms::DEFAULT).is_ok());
        }
    }
}
