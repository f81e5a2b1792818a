//! Does a list walk into each trap, and out of it by the remedy?

use super::made::{
    HOME, LAUSD, LONG_BEACH, any_day, cds, charter, day, list, magnet, rulebook, school, schools,
};
use domain::explorer::place::Point;
use domain::explorer::school::School;
use domain::plan::rulebook::{Rulebook, Trap};
use domain::plan::{Asked, Day, Door, Mark, Points, Remedy, ShortList, Warning, check};
use proptest::prelude::*;

/// A list and the schools that are known, on a day on which no door is about to close.
struct Case {
    schools: Vec<School>,
    list: ShortList,
    home: Option<Point>,
    today: Day,
}

impl Case {
    /// A list of these schools, in this order; schools that are known but not listed follow.
    fn of<'s>(
        listed: impl IntoIterator<Item = &'s School>,
        known: impl IntoIterator<Item = &'s School>,
    ) -> Case {
        let mut schools: Vec<School> = listed.into_iter().cloned().collect();
        let codes: Vec<_> = schools.iter().map(|school| school.cds).collect();
        schools.extend(known.into_iter().cloned());
        Case { schools, list: ShortList::of(&codes), home: None, today: day("2026-08-15") }
    }

    fn pin(mut self, number: u64) -> Case {
        let find = |school: &&School| school.cds.within_district() == number;
        self.list.pin = self.schools.iter().find(find).map(|school| school.cds);
        self
    }

    fn mark(mut self, number: u64, mark: Mark) -> Case {
        assert!(self.list.mark(cds(LAUSD, number), mark, true));
        self
    }

    fn home(mut self) -> Case {
        self.home = Some(HOME);
        self
    }

    fn on(mut self, today: &str) -> Case {
        self.today = day(today);
        self
    }

    fn asked(&self) -> Asked<'_> {
        Asked { list: &self.list, schools: &self.schools, home: self.home, today: self.today }
    }

    /// What the trap says, as `schools -> remedy`; empty when the list does not walk into it.
    fn says(&self, trap: Trap) -> String {
        let book = rulebook();
        let found = check(&book, &self.asked());
        let told = found.iter().filter(|warning| warning.rule.trap == trap).map(told);
        told.collect::<Vec<_>>().join(", ")
    }
}

fn told(warning: &Warning<'_>) -> String {
    let numbers = |codes: &[domain::explorer::school::Cds]| {
        codes.iter().map(|cds| cds.within_district().to_string()).collect::<Vec<_>>().join("+")
    };
    let remedy = match &warning.remedy {
        Remedy::AddPinned(cds) => format!("add pinned {}", cds.within_district()),
        Remedy::AddNearest(cds) => format!("add nearest {}", cds.within_district()),
        Remedy::MoveUp { school, above } => {
            format!("move {} above {}", school.within_district(), above.within_district())
        }
        Remedy::Remove(codes) => format!("remove {}", numbers(codes)),
        Remedy::OpenCalendar => "calendar".into(),
        Remedy::AskQuestion(codes) => format!("ask {}", numbers(codes)),
        Remedy::PinSchool => "pin".into(),
    };
    let about = numbers(&warning.schools);
    let door = warning.door.map_or(String::new(), |door| format!("{} ", door.slug()));
    format!("{door}{about}{}{remedy}", if about.is_empty() { "" } else { ": " })
}

#[test]
fn a_list_without_a_certain_school() {
    let (own, other, draw) = (school(LAUSD, 1, 0), school(LAUSD, 2, 0), charter(3, 0));
    let (far, mag) = (school(LONG_BEACH, 4, 0), magnet(5, 0));
    for (case, certain, draws) in [
        (Case::of([], []), "", ""),
        (Case::of([&other], []), "pin", ""),
        (Case::of([&draw], []), "", "pin"),
        (Case::of([&draw], [&own]).pin(1), "", "add pinned 1"),
        (Case::of([&draw], []).pin(3), "", "ask 3"),
        (Case::of([&draw, &other], [&own]).pin(1), "", "add pinned 1"),
        (Case::of([&draw, &own], []).pin(1), "", ""),
        // Another district decides for itself, so nobody can say that only a draw is left.
        (Case::of([&draw, &far], [&own]).pin(1), "add pinned 1", ""),
        // A magnet could have no area, which is a trap of its own on the list: it is certain once it was asked.
        (Case::of([&mag], []).pin(5), "", ""),
        (Case::of([&mag], []).pin(5).mark(5, Mark::Asked), "", ""),
        (Case::of([&draw], [&mag]).pin(5), "", "ask 5"),
        // A pin that no catalogue knows is no pin.
        (Case::of([&other], []).pin(77), "pin", ""),
    ] {
        assert_eq!(case.says(Trap::NoCertain), certain, "{}", case.list.to_address());
        assert_eq!(case.says(Trap::OnlyDraws), draws, "{}", case.list.to_address());
    }
}

#[test]
fn a_list_far_from_home() {
    // A hundredth of a degree is 0.57 miles here: 8 are 4.6 miles, 9 are 5.2.
    let (near, far, farther) = (school(LAUSD, 1, 8), school(LAUSD, 2, 9), school(LAUSD, 3, 30));
    let nowhere = School { point: None, ..school(LAUSD, 4, 0) };
    let closer = School { charter: true, ..school(LAUSD, 5, 2) };
    // The school next door takes the students of another district.
    let (own, foreign) = (school(LAUSD, 6, 30), school(LONG_BEACH, 7, 1));
    for (case, expected) in [
        (Case::of([&far, &farther], [&near]), ""),
        (Case::of([&far, &near], []).home(), ""),
        (Case::of([&nowhere], [&near]).home(), ""),
        (Case::of([&far, &nowhere], [&near]).home(), "add nearest 1"),
        (Case::of([&far], [&near, &closer]).home(), "add nearest 5"),
        (Case::of([&far], [&near, &closer]).home().pin(1), "add pinned 1"),
        (Case::of([&far, &farther], []).home(), "ask 2+3"),
        (Case::of([&far], [&farther]).home().pin(3), "ask 2"),
        (Case::of([&far], [&own, &foreign, &near]).home().pin(6), "add nearest 1"),
        (Case::of([&far], [&own, &foreign, &near]).home(), "add nearest 7"),
    ] {
        assert_eq!(case.says(Trap::AllFar), expected, "{}", case.list.to_address());
    }
}

#[test]
fn a_list_with_one_door() {
    let charters = [1, 2, 3].map(|number| charter(number, 0));
    let magnets = [4, 5, 6].map(|number| magnet(number, 0));
    let plain = [7, 8, 9].map(|number| school(LAUSD, number, 5));
    for (case, expected) in [
        (Case::of(&charters[..2], &plain), ""),
        (Case::of(&charters, &plain), "add nearest 7"),
        (Case::of(&charters, &plain).pin(9), "add pinned 9"),
        (Case::of(&charters, []), "ask 1+2+3"),
        (Case::of(&magnets, &charters), "add nearest 1"),
        (Case::of([&magnets[0], &charters[0], &magnets[1]], []), ""),
        // Without a pin each of them could be the own one.
        (Case::of(&plain, &charters), ""),
        (Case::of(&plain, [&charters[0], &school(LAUSD, 10, 0)]).pin(10), "add pinned 10"),
    ] {
        assert_eq!(case.says(Trap::OneDoor), expected, "{}", case.list.to_address());
    }
}

#[test]
fn magnet_choices_that_would_be_refused() {
    let magnets = [1, 2, 3, 4, 5].map(|number| magnet(number, 0));
    let listed = |many: usize| Case::of(&magnets[..many], []);
    for (case, refused, first, many) in [
        (listed(3), "", "", ""),
        (listed(3).mark(1, Mark::Refused), "", "1: move 2 above 1", ""),
        (listed(3).mark(1, Mark::Refused).mark(2, Mark::Refused), "2: remove 2", "1: move 3 above 1", ""),
        (listed(3).mark(2, Mark::Refused).mark(3, Mark::Refused), "2+3: remove 2+3", "", ""),
        (listed(1).mark(1, Mark::Refused), "", "", ""),
        (listed(3).mark(2, Mark::Asked), "", "", ""),
        (listed(4).mark(4, Mark::Refused), "", "", "4: remove 4"),
        (listed(5), "", "", "4+5: remove 4+5"),
        // A certain school is no choice on the form.
        (listed(4).pin(1).mark(1, Mark::Asked), "", "", ""),
    ] {
        let address = case.list.to_address();
        assert_eq!(case.says(Trap::RefusedChoice), refused, "{address}");
        assert_eq!(case.says(Trap::RefusedFirst), first, "{address}");
        assert_eq!(case.says(Trap::TooManyChoices), many, "{address}");
    }
}

#[test]
fn points_that_could_be_lost() {
    for (points, refused, expected) in [
        (Points::Known(8), true, "2: remove 2"),
        (Points::Known(8), false, ""),
        (Points::Known(0), true, ""),
        (Points::Off, true, ""),
        (Points::Unsaid, true, ""),
    ] {
        let mut case = Case::of([&magnet(1, 0), &magnet(2, 0)], []);
        case.list.points = points;
        case.list.mark(cds(LAUSD, 2), Mark::Refused, refused);
        assert_eq!(case.says(Trap::PointsAtRisk), expected, "{points:?} {refused}");
    }
}

#[test]
fn doors_that_close_and_that_closed() {
    let listed = [magnet(1, 0), school(LAUSD, 2, 0), charter(3, 0)];
    for (today, closed, closes) in [
        ("2026-09-30", "", ""),
        ("2026-10-29", "", ""),
        ("2026-10-30", "", "magnet 1: calendar"),
        ("2026-11-13", "", "magnet 1: calendar"),
        ("2026-11-14", "magnet 1: calendar", ""),
        ("2027-01-01", "magnet 1: calendar", ""),
        ("2027-05-07", "magnet 1: calendar", "open-enrollment 1+2: calendar"),
        ("2027-05-21", "magnet 1: calendar, open-enrollment 1+2: calendar", ""),
        ("2027-08-01", "", ""),
        ("2026-07-31", "", ""),
    ] {
        let case = Case::of(&listed, []).on(today);
        assert_eq!(case.says(Trap::DoorClosed), closed, "{today}");
        assert_eq!(case.says(Trap::DoorCloses), closes, "{today}");
    }
    // What is certain needs no other door.
    let case = Case::of([&magnet(1, 0)], []).pin(1).mark(1, Mark::Asked).on("2026-12-01");
    assert_eq!(case.says(Trap::DoorClosed), "");
    // A rule for some doors says nothing of others.
    let mut book = rulebook();
    book.rules.retain(|rule| rule.trap == Trap::DoorClosed);
    book.rules[0].doors = book.rules[0].doors.with(Door::OpenEnrollment);
    let case = Case::of(&listed, []).on("2027-05-21");
    let found = check(&book, &case.asked());
    assert_eq!(
        found.iter().map(|w| (w.door, w.day)).collect::<Vec<_>>(),
        [(Some(Door::OpenEnrollment), Some(day("2027-05-20")))]
    );
}

#[test]
fn magnets_for_who_lives_elsewhere_and_pins_that_may_have_no_area() {
    let (far, mag, own) = (school(LONG_BEACH, 1, 0), magnet(2, 0), school(LAUSD, 3, 0));
    let girls = School { name: "Academy for Girls".into(), ..school(LAUSD, 4, 0) };
    for (case, resident, pinned) in [
        (Case::of([&mag, &own], [&far]).pin(1), "2: ask 2", ""),
        (Case::of([&mag], [&far]).pin(1).mark(2, Mark::Asked), "", ""),
        (Case::of([&own], [&far]).pin(1), "", ""),
        (Case::of([&mag], [&own]).pin(3), "", ""),
        (Case::of([&mag], [&far]), "", ""),
        (Case::of([&mag], []).pin(2), "", "2: ask 2"),
        (Case::of([&mag], []).pin(2).mark(2, Mark::Asked), "", ""),
        (Case::of([&own], [&mag]).pin(2), "", ""),
        (Case::of([&girls], []).pin(4), "", "4: ask 4"),
    ] {
        let address = case.list.to_address();
        assert_eq!(case.says(Trap::NotResident), resident, "{address}");
        assert_eq!(case.says(Trap::PinnedMagnet), pinned, "{address}");
    }
}

#[test]
fn a_number_stands_in_the_sentence() {
    let book = rulebook();
    let case = Case::of(&[1, 2, 3, 4].map(|number| magnet(number, 0)), []);
    let found = check(&book, &case.asked());
    let many = found.iter().find(|warning| warning.rule.trap == Trap::TooManyChoices).unwrap();
    assert_eq!((many.says(), many.why()), ("So it is, 3.".into(), "That follows.".into()));
}

fn traps(book: &Rulebook, asked: &Asked<'_>) -> Vec<(Trap, Option<Door>)> {
    check(book, asked).into_iter().map(|warning| (warning.rule.trap, warning.door)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn warnings_do_not_depend_on_the_order_of_the_schools(
        schools in schools(), list in list(), home in any::<bool>(), today in any_day(), turn in 0_usize..12,
    ) {
        let book = rulebook();
        let home = home.then_some(HOME);
        let mut turned = schools.clone();
        turned.rotate_left(turn);
        turned[1..].reverse();
        let asked = Asked { list: &list, schools: &schools, home, today };
        let other = Asked { schools: &turned, ..asked };
        prop_assert_eq!(check(&book, &asked), check(&book, &other));
    }

    #[test]
    fn a_remedy_that_changes_the_list_removes_the_warning(
        schools in schools(), list in list(), home in any::<bool>(), today in any_day(),
    ) {
        let book = rulebook();
        let home = home.then_some(HOME);
        let asked = Asked { list: &list, schools: &schools, home, today };
        for warning in check(&book, &asked) {
            let Some(mended) = warning.remedy.apply(&list) else { continue };
            prop_assert_ne!(&mended, &list);
            let left = traps(&book, &Asked { list: &mended, ..asked });
            prop_assert!(!left.contains(&(warning.rule.trap, warning.door)), "{:?} by {:?}", warning.rule.trap, warning.remedy);
        }
    }

    #[test]
    fn mending_again_and_again_comes_to_an_end(schools in schools(), list in list(), today in any_day()) {
        let book = rulebook();
        let mut list = list;
        for _ in 0..20 {
            let asked = Asked { list: &list, schools: &schools, home: Some(HOME), today };
            let found = check(&book, &asked);
            let Some(mended) = found.iter().find_map(|warning| warning.remedy.apply(&list)) else { return Ok(()) };
            list = mended;
        }
        prop_assert!(false, "still not mended: {}", list.to_address());
    }

    #[test]
    fn a_warning_speaks_of_schools_of_the_list_and_a_remedy_of_known_ones(
        schools in schools(), list in list(), today in any_day(),
    ) {
        let book = rulebook();
        let asked = Asked { list: &list, schools: &schools, home: Some(HOME), today };
        for warning in check(&book, &asked) {
            prop_assert!(warning.schools.iter().all(|cds| list.has(*cds)));
            let named = match &warning.remedy {
                Remedy::AddPinned(cds) | Remedy::AddNearest(cds) => vec![*cds],
                Remedy::MoveUp { school, above } => vec![*school, *above],
                Remedy::Remove(codes) | Remedy::AskQuestion(codes) => codes.clone(),
                Remedy::OpenCalendar | Remedy::PinSchool => Vec::new(),
            };
            prop_assert!(named.iter().all(|cds| schools.iter().any(|school| school.cds == *cds)));
            prop_assert_eq!(warning.door.is_some(), warning.rule.trap.is_of_doors());
        }
    }
}
