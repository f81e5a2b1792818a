//! Does a list stand in the address whole, and does each deed do what it says?

use super::made::{LAUSD, cds, list};
use domain::explorer::query::Query;
use domain::plan::short_list::{SHOWN_MOST, codes_in, read_codes, write_codes};
use domain::plan::{Mark, Points, ShortList};
use proptest::prelude::*;

#[test]
fn an_address_is_read_as_far_as_it_makes_sense() {
    let (a, b) = ("19647330000001", "19647330000002");
    for (raw, address) in [
        (String::new(), String::new()),
        (format!("?s={a}"), format!("s={a}")),
        (format!("s={a}%2C{b}"), format!("s={a},{b}")),
        (format!("s={a}&s={b}"), format!("s={a},{b}")),
        (format!("s={a},{b},{a},12"), format!("s={a},{b}")),
        (format!("visited={b}&s={a},{b}"), format!("s={a},{b}&visited={b}")),
        (format!("s={a}&asked={b}"), format!("s={a}")),
        (format!("s={a}&refuse={a}&refuse={a}"), format!("s={a}&refuse={a}")),
        (format!("pin={a}&from=boyle-heights"), format!("from=boyle-heights&pin={a}")),
        ("points=off".into(), "points=off".into()),
        ("points=23".into(), "points=23".into()),
        ("points=24".into(), String::new()),
        ("points=-1&pin=7&utm=x".into(), String::new()),
        ("points=7&points=many".into(), String::new()),
    ] {
        assert_eq!(ShortList::parse(&raw).to_address(), address, "{raw}");
    }
}

#[test]
fn a_page_shows_twelve_and_says_how_many_it_leaves_out() {
    let codes: Vec<_> = (1..=15).map(|number| cds(LAUSD, number)).collect();
    let list = ShortList::of(&codes);
    assert_eq!((list.len(), list.shown(), list.left_out()), (15, codes[..SHOWN_MOST].to_vec(), 3));
    assert_eq!(ShortList::of(&codes[..2]).left_out(), 0);
    let mut shown = list.with(|list| _ = list.mark(codes[0], Mark::Visited, true));
    shown.keep_shown();
    assert_eq!((shown.codes(), shown.marked(Mark::Visited)), (codes[..SHOWN_MOST].to_vec(), vec![codes[0]]));
    shown.unmark();
    assert_eq!(shown, ShortList::of(&codes[..SHOWN_MOST]));
}

#[test]
fn schools_change_places_and_keep_their_marks() {
    let [a, b, c] = [1, 2, 3].map(|number| cds(LAUSD, number));
    let mut list = ShortList::of(&[a, b, c]);
    list.mark(c, Mark::Visited, true);
    assert!(list.move_up(c) && list.codes() == [a, c, b]);
    assert!(list.move_up(c) && !list.move_up(c) && list.codes() == [c, a, b]);
    assert!(list.move_down(c) && !list.move_down(b) && list.codes() == [a, c, b]);
    assert!(list.move_above(b, a) && !list.move_above(b, a) && list.codes() == [b, a, c]);
    assert_eq!(list.marked(Mark::Visited), [c]);
    assert!(list.remove(c) && !list.remove(c) && list.add(c) && !list.add(c));
    assert!(!list.is_marked(c, Mark::Visited), "a school that was taken off comes back unmarked");
    assert!(!list.mark(cds(LAUSD, 9), Mark::Asked, true) && !list.move_up(cds(LAUSD, 9)));
}

proptest! {
    #[test]
    fn a_list_reads_back_from_its_address(list in list()) {
        let address = list.to_address();
        prop_assert_eq!(&ShortList::parse(&address), &list);
        prop_assert_eq!(ShortList::parse(&format!("?{address}")).to_address(), address);
    }

    #[test]
    fn the_explorer_reads_the_same_start_and_pin(list in list()) {
        let query = Query::parse(&list.to_address());
        prop_assert_eq!((&query.from, query.pin), (&list.from, list.pin));
    }

    #[test]
    fn any_address_gives_a_list_that_stays(raw in "\\PC{0,60}|(s|points|pin|asked|from)=[0-9a-f%+,]{0,40}") {
        let list = ShortList::parse(&raw);
        prop_assert_eq!(&ShortList::parse(&list.to_address()), &list);
    }

    #[test]
    fn up_and_down_undo_each_other(list in list(), at in 0_usize..8) {
        let Some(cds) = list.codes().get(at).copied() else { return Ok(()) };
        let mut moved = list.clone();
        if moved.move_up(cds) {
            prop_assert!(moved.move_down(cds));
        }
        prop_assert_eq!(&moved, &list);
        if moved.move_down(cds) {
            prop_assert!(moved.move_up(cds));
        }
        prop_assert_eq!(moved, list);
    }

    #[test]
    fn codes_read_back(list in list()) {
        let codes = list.codes();
        prop_assert_eq!(&read_codes(&write_codes(&codes)), &codes);
        prop_assert_eq!(codes_in(&list.to_address()), codes);
    }

    #[test]
    fn points_are_off_or_possible(text in "off|[0-9]{0,3}|\\PC{0,4}") {
        let points = Points::parse(&text);
        prop_assert_eq!(Points::parse(&points.to_address()), points);
        prop_assert!(!matches!(points, Points::Known(24..)));
    }
}
