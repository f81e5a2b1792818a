//! Laws that the counts of a class keep, whatever its students send.

use domain::classroom::hide::{FEWEST, SMALLEST};
use domain::classroom::{Counts, Questions, Shown, Summary, Tongue, Worry, count};
use domain::explorer::school::Cds;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

fn summary() -> impl Strategy<Value = Summary> {
    let schools: Vec<Cds> = (1..=15).filter_map(|within| Cds::from_parts(1_964_733, within)).collect();
    (
        subsequence(schools, 0..=12).prop_shuffle(),
        any::<bool>(),
        select(Questions::ALL),
        subsequence(Worry::ALL.to_vec(), 0..=Worry::ALL.len()),
        select(Tongue::ALL),
    )
        .prop_map(|(schools, certain, questions, worries, tongue)| Summary {
            schools,
            certain,
            questions,
            worries,
            tongue,
        })
}

fn class() -> impl Strategy<Value = Vec<Summary>> {
    proptest::collection::vec(summary(), 0..=45)
}

/// How many have a list, know no certain school, asked no question.
fn answers(counts: &Counts) -> [Shown; 3] {
    [counts.shared.with_list, counts.shared.no_certain, counts.shared.no_question]
}

/// Every count that tells of persons and is shown as a number.
fn said(counts: &Counts) -> Vec<u32> {
    let all = counts.shared.worries.iter().map(|(_, shown)| *shown).chain(answers(counts));
    let all = all.chain(counts.shared.schools.iter().map(|(_, shown)| *shown));
    all.filter_map(|shown| if let Shown::Exact(count) = shown { Some(count) } else { None }).collect()
}

proptest! {
    #[test]
    fn no_count_of_persons_is_small_on_either_side(class in class()) {
        let counts = count(&class);
        for said in said(&counts) {
            prop_assert!(said >= SMALLEST && counts.shared.of - said >= SMALLEST);
        }
        if let Some((english, spanish)) = counts.shared.tongues {
            prop_assert_eq!(english + spanish, counts.shared.of);
            prop_assert!([english, spanish].iter().all(|cell| *cell == 0 || *cell >= SMALLEST));
        }
    }

    #[test]
    fn below_ten_devices_nothing_is_said_of_persons(class in proptest::collection::vec(summary(), 0..FEWEST as usize)) {
        let counts = count(&class);
        prop_assert!(counts.shared.schools.is_empty());
        prop_assert!(counts.shared.worries.iter().all(|(_, shown)| *shown == Shown::NotYet));
        prop_assert_eq!(answers(&counts), [Shown::NotYet; 3]);
    }

    /// Somebody watches the screen while one more student sends: either nothing moves, or five sent since it did.
    #[test]
    fn one_more_student_moves_nothing_alone(class in class(), next in summary()) {
        let before = count(&class);
        let mut more = class.clone();
        more.push(next);
        let after = count(&more);
        prop_assert_eq!(after.sent, before.sent + 1);
        if after.shared != before.shared {
            prop_assert_eq!(after.shared.of, before.shared.of + SMALLEST);
        }
    }

    /// A count that is shown is the count.
    #[test]
    fn what_is_shown_is_true(class in class()) {
        let counts = count(&class);
        let settled = &class[..counts.shared.of as usize];
        for (worry, shown) in &counts.shared.worries {
            let truth = settled.iter().filter(|summary| summary.worries.contains(worry)).count();
            if let Shown::Exact(count) = shown {
                prop_assert_eq!(*count as usize, truth);
            }
        }
        for (cds, shown) in &counts.shared.schools {
            let truth = settled.iter().filter(|summary| summary.schools.contains(cds)).count();
            match shown {
                Shown::Exact(count) => prop_assert_eq!(*count as usize, truth),
                _ => prop_assert!(settled.len() - truth < SMALLEST as usize),
            }
        }
        let how_many = |wanted: fn(&Summary) -> bool| settled.iter().filter(|summary| wanted(summary)).count();
        let truth = [
            how_many(|summary| !summary.schools.is_empty()),
            how_many(|summary| !summary.certain),
            how_many(|summary| summary.questions == Questions::None),
        ];
        for (shown, truth) in answers(&counts).into_iter().zip(truth) {
            match shown {
                Shown::Exact(count) => prop_assert_eq!(count as usize, truth),
                Shown::Few => prop_assert!(truth < SMALLEST as usize),
                Shown::NearlyAll => prop_assert!(settled.len() - truth < SMALLEST as usize),
                Shown::NotYet => prop_assert!(class.len() < FEWEST as usize),
            }
        }
    }

    /// Within what is settled the order of sending does not matter.
    #[test]
    fn who_was_first_does_not_show(class in class()) {
        let settled = class.len() / SMALLEST as usize * SMALLEST as usize;
        let (before, mut turned) = (count(&class), class);
        turned[..settled].reverse();
        prop_assert_eq!(count(&turned), before);
    }
}
