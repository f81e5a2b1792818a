//! Laws of the six questions and the two voices, whatever the catalogue and the answers.

#[path = "fit/asked.rs"]
mod asked;
#[path = "fit/county.rs"]
mod county;
#[path = "laws/made.rs"]
mod made;
#[path = "fit/reasons.rs"]
mod reasons;
#[path = "fit/tables.rs"]
mod tables;

use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
use domain::explorer::place::Point;
use domain::explorer::school::School;
use domain::explorer::{Catalogue, Details, Explorer};
use domain::fit::measure::MIDDLE;
use domain::fit::suggest::{PICKS_LEAST, PICKS_MOST};
use domain::fit::{Card, Criterion, Measure, Need, Reach, Trip, Wishes, agree, suggest};
use proptest::prelude::*;

/// Minutes that depend on nothing but the school; of some schools they are not known.
pub(crate) fn minutes(school: &School) -> Option<u16> {
    let number = school.cds.within_district() / 10_000;
    (!number.is_multiple_of(4)).then_some(u16::try_from(number % 11 * 13).expect("small"))
}

fn known(tenths: i16) -> Figure {
    Figure::Known { tenths, year: SchoolYear(2_025), care: Care::Plain }
}

/// The score of a school and its place among the choosable ones, with the school changed.
fn changed(
    catalogue: &Catalogue,
    details: &Details,
    wishes: &Wishes,
    at: usize,
    change: impl FnOnce(&mut School),
) -> (i32, Option<usize>) {
    let mut catalogue = catalogue.clone();
    change(&mut catalogue.schools[at]);
    let explorer = Explorer::new(catalogue);
    let measure = Measure::new(&explorer, Some(details), wishes, Some(&minutes));
    let at = u32::try_from(at).expect("few");
    (measure.score(at), measure.ranked().iter().position(|other| *other == at))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn an_address_says_the_same_answers(wishes in asked::wishes()) {
        prop_assert_eq!(Wishes::parse(&wishes.to_address()), wishes);
    }

    #[test]
    fn any_address_is_read_the_same_the_second_time(
        raw in "((from|miles|minutes|likes|needs|after|matters|family|pin|x)=(trip|a-g|arts|small|[0-9]{1,3}|,|%2C|\\PC){0,6}&){0,9}",
    ) {
        let wishes = Wishes::parse(&raw);
        prop_assert_eq!(Wishes::parse(&wishes.to_address()), wishes);
    }

    #[test]
    fn an_address_of_the_list_means_the_same_here(query in made::query()) {
        let wishes = Wishes::parse(&query.to_address());
        prop_assert_eq!(wishes.reach, query.miles.map(Reach::Miles));
        prop_assert_eq!((wishes.from, wishes.pin), (query.from, query.pin));
    }

    #[test]
    fn a_suggestion_is_whole((catalogue, details) in asked::catalogue(40), wishes in asked::wishes()) {
        let explorer = Explorer::new(catalogue);
        let choosable = explorer.catalogue().schools.iter().filter(|school| school.is_default()).count();
        let found = suggest(&explorer, Some(&details), &wishes, Some(&minutes));
        prop_assert!(!found.weights.counts.is_empty());
        prop_assert!(!found.weights.is_default || found.weights.counts.iter().all(|(_, weight)| *weight == 1));
        prop_assert!(found.picks.len() <= PICKS_MOST && found.picks.len() >= PICKS_LEAST.min(choosable));
        let mut all: Vec<u32> = found.picks.iter().chain(&found.near).chain(&found.unexpected).map(|it| it.school).collect();
        prop_assert!(all.iter().all(|at| explorer.school(*at).is_default()));
        all.sort_unstable();
        prop_assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{:?}", all);
        // Schools beyond what is fine only where the others do not make eight.
        let measure = Measure::new(&explorer, Some(&details), &wishes, Some(&minutes));
        let ranked = measure.ranked();
        let within = |at: &&u32| {
            let it = wishes.with(|wishes| wishes.pin = Some(explorer.school(**at).cds));
            !suggest(&explorer, Some(&details), &it, Some(&minutes)).pinned.expect("pinned").pick.is_beyond
        };
        let many = ranked.iter().filter(within).count();
        prop_assert_eq!(found.within(), many.min(found.picks.len()));
        for (place, pick) in found.picks.iter().enumerate() {
            prop_assert_eq!(pick.is_beyond, place >= many);
            prop_assert!(!pick.is_beyond || place < PICKS_LEAST);
        }
        // And then the nearest of them first.
        let far: Vec<u32> = found.picks.iter().filter(|pick| pick.is_beyond).filter_map(|pick| match pick.trip {
            Some(Trip::Miles(hundredths)) => Some(hundredths),
            _ => None,
        }).collect();
        prop_assert!(far.is_sorted(), "{:?}", far);
        prop_assert!(found.picks.iter().map(|pick| pick.school).eq(ranked.into_iter().take(found.picks.len())));
        prop_assert_eq!(&found, &suggest(&explorer, Some(&details), &wishes, Some(&minutes)));
        if let Some(pinned) = found.pinned {
            prop_assert_eq!(Some(explorer.school(pinned.pick.school).cds), wishes.pin);
            prop_assert_eq!(pinned.place.is_some(), explorer.school(pinned.pick.school).is_default());
            prop_assert_eq!(pinned.of, choosable);
            prop_assert!(found.near.is_none_or(|near| near.school != pinned.pick.school));
            prop_assert!(found.unexpected.is_none_or(|other| other.school != pinned.pick.school));
        }
    }

    #[test]
    fn nothing_depends_on_the_order_of_rows((catalogue, details) in asked::catalogue(40), wishes in asked::wishes()) {
        let mut turned = catalogue.clone();
        turned.schools.reverse();
        let (one, other) = (Explorer::new(catalogue), Explorer::new(turned));
        prop_assert_eq!(
            suggest(&one, Some(&details), &wishes, Some(&minutes)),
            suggest(&other, Some(&details), &wishes, Some(&minutes))
        );
        prop_assert_eq!(
            agree(&one, Some(&details), &wishes, Some(&minutes)),
            agree(&other, Some(&details), &wishes, Some(&minutes))
        );
    }

    #[test]
    fn a_better_value_never_lowers_a_school(
        (catalogue, details) in asked::catalogue(20),
        wishes in asked::wishes(),
        at in any::<prop::sample::Index>(),
        fact in prop::sample::select(&Fact::ALL[..]),
        values in (0_i16..1_000, 0_i16..1_000),
    ) {
        prop_assume!(!catalogue.schools.is_empty());
        let at = at.index(catalogue.schools.len());
        let (low, high) = (values.0.min(values.1), values.0.max(values.1));
        let (worse, better) = if fact.more_is_better() { (low, high) } else { (high, low) };
        let with = |value: i16| changed(&catalogue, &details, &wishes, at, |school| school.figures[fact as usize] = known(value));
        let (before, after) = (with(worse), with(better));
        prop_assert!(before.0 <= after.0);
        prop_assert!(before.1 >= after.1, "{:?} {:?}", before, after);
        // GoPass where it is wanted; where it is not, it makes no difference.
        let with = |gopass| changed(&catalogue, &details, &wishes, at, |school| school.gopass = Some(gopass));
        let (before, after) = (with(false), with(true));
        prop_assert!(before.0 <= after.0 && before.1 >= after.1);
        prop_assert_eq!(before.0 == after.0, !wishes.needs(Need::Gopass));
        // Fewer students where only a small school is wanted.
        if !wishes.needs(Need::Large) {
            let with = |students: i16| changed(&catalogue, &details, &wishes, at, |school| school.students = Some(students.unsigned_abs().into()));
            let (before, after) = (with(high), with(low));
            prop_assert!(before.0 <= after.0 && before.1 >= after.1);
        }
    }

    #[test]
    fn a_nearer_school_never_stands_lower(
        (catalogue, details) in asked::catalogue(20),
        wishes in asked::wishes(),
        at in any::<prop::sample::Index>(),
        steps in (0_u8..90, 0_u8..90),
    ) {
        prop_assume!(!catalogue.schools.is_empty());
        let at = at.index(catalogue.schools.len());
        let with = |step: u8| changed(&catalogue, &details, &wishes, at, |school| {
            school.point = Some(Point { lat: 34.04 + f32::from(step) / 100.0, lon: -118.21 });
        });
        let (before, after) = (with(steps.0.max(steps.1)), with(steps.0.min(steps.1)));
        prop_assert!(before.0 <= after.0 && before.1 >= after.1);
    }

    #[test]
    fn what_is_not_known_of_a_school_counts_as_if_nobody_had_asked(
        (catalogue, details) in asked::catalogue(20),
        wishes in asked::wishes(),
        at in any::<prop::sample::Index>(),
        card in prop::sample::select(&Card::ALL[1..]),
    ) {
        let Some(fact) = card.fact() else { return Ok(()) };
        prop_assume!(!catalogue.schools.is_empty());
        let at = at.index(catalogue.schools.len());
        let part = |measure: &Measure, at: u32, skip: Criterion| -> i32 {
            let counts = measure.weights().counts.iter().filter(|(criterion, _)| *criterion != skip);
            counts.filter_map(|(criterion, weight)| {
                let value = measure.value(at, *criterion)?;
                Some(i32::from(*weight) * (i32::try_from(value).expect("a million at most") - 500_000))
            }).sum()
        };
        let explorer = Explorer::new(catalogue.clone());
        let before = Measure::new(&explorer, Some(&details), &wishes, Some(&minutes));
        let mut hidden = catalogue.clone();
        hidden.schools[at].figures[fact as usize] = Figure::Suppressed;
        let explorer = Explorer::new(hidden);
        let after = Measure::new(&explorer, Some(&details), &wishes, Some(&minutes));
        let at = u32::try_from(at).expect("few");
        let criterion = Criterion::Card(card);
        prop_assert_eq!(after.value(at, criterion), None);
        prop_assert_eq!(after.score(at), part(&before, at, criterion));
        // And two schools of which it is not known stand to each other as without it.
        let mut unknown: Vec<u32> = after.ranked();
        unknown.retain(|at| after.value(*at, criterion).is_none());
        for pair in unknown.windows(2) {
            let without = |at: u32| part(&after, at, criterion);
            prop_assert_eq!(after.score(pair[0]).cmp(&after.score(pair[1])), without(pair[0]).cmp(&without(pair[1])));
        }
    }

    #[test]
    fn the_middle_is_what_an_average_school_has((catalogue, details) in asked::catalogue(40)) {
        let explorer = Explorer::new(catalogue);
        let wishes = Wishes::parse("needs=counselor&matters=graduation,calm,college-going");
        let measure = Measure::new(&explorer, Some(&details), &wishes, None);
        let schools = (0_u32..).zip(&explorer.catalogue().schools).filter(|(_, school)| school.is_default());
        let schools: Vec<u32> = schools.map(|(at, _)| at).collect();
        for (criterion, _) in &measure.weights().counts {
            let known: Vec<u32> = schools.iter().filter_map(|at| measure.value(*at, *criterion)).collect();
            let many = u32::try_from(known.len()).expect("few");
            // A rank is cut to a whole number, which loses less than one for each school.
            prop_assert!((many * MIDDLE).abs_diff(known.iter().sum()) <= many, "{:?}", criterion);
        }
    }

    #[test]
    fn voices_are_exchangeable((catalogue, details) in asked::catalogue(60), wishes in asked::wishes()) {
        let explorer = Explorer::new(catalogue);
        let one = agree(&explorer, Some(&details), &wishes, Some(&minutes));
        let other = agree(&explorer, Some(&details), &wishes.of_family(), Some(&minutes));
        prop_assert_eq!(&one.both, &other.both);
        prop_assert_eq!((&one.student, &one.family), (&other.family, &other.student));
        let places = one.schools.iter().map(|it| (it.pick.school, it.student, it.family));
        prop_assert!(places.eq(other.schools.iter().map(|it| (it.pick.school, it.family, it.student))));
        for card in Card::ALL {
            let chosen = (wishes.matters.contains(card), wishes.family.contains(card));
            prop_assert_eq!(one.both.contains(card), chosen == (true, true));
            prop_assert_eq!(one.student.contains(card), chosen == (true, false));
            prop_assert_eq!(one.family.contains(card), chosen == (false, true));
        }
        let worse: Vec<usize> = one.schools.iter().map(|it| it.student.max(it.family)).collect();
        prop_assert!(worse.is_sorted() && worse.last().is_none_or(|last| *last <= 30));
    }

    #[test]
    fn one_voice_twice_is_that_voice((catalogue, details) in asked::catalogue(60), wishes in asked::wishes()) {
        let explorer = Explorer::new(catalogue);
        let wishes = wishes.with(|wishes| wishes.family = wishes.matters.clone());
        let found = suggest(&explorer, Some(&details), &wishes, Some(&minutes));
        let both = agree(&explorer, Some(&details), &wishes, Some(&minutes));
        prop_assert_eq!(&both.both, &wishes.matters);
        prop_assert!(both.student.is_empty() && both.family.is_empty());
        prop_assert!(found.picks.iter().eq(both.schools.iter().map(|it| &it.pick).take(found.picks.len())));
    }
}
