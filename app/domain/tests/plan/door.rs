//! Is a way certain only where a person said so, and asked about where nobody knows?

use super::made::{LAUSD, LONG_BEACH, cds, charter, magnet, school, schools};
use domain::explorer::school::{Alternative, Only, School, Setting};
use domain::plan::door::{ListDoors, doors_of_list};
use domain::plan::{Chance, Door, Doors, Own, doors_of};
use proptest::prelude::*;

fn unasked(school: &School) -> Own<'_> {
    Own { school, asked: false }
}

fn said(school: &School, own: Option<Own<'_>>) -> String {
    let ways = doors_of(school, own).into_iter();
    let word = |chance| match chance {
        Chance::Certain => "certain",
        Chance::PointsThenDraw => "points",
        Chance::Draw => "draw",
        Chance::Ask => "ask",
    };
    ways.map(|way| format!("{} {}", way.door.slug(), word(way.chance))).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_ways_into_a_school_depend_on_the_school_and_on_the_pin() {
    let (own, other, far) = (school(LAUSD, 1, 0), school(LAUSD, 2, 0), school(LONG_BEACH, 3, 0));
    let (mag, chart) = (magnet(4, 0), charter(5, 0));
    let odd = School { alternative: Some(Alternative::Continuation), ..school(LAUSD, 6, 0) };
    let online = School { setting: Setting::Virtual, ..school(LAUSD, 7, 0) };
    let both = School { magnet: true, ..charter(8, 0) };
    let girls = School { name: "Girls' Academy of Science".into(), ..school(LAUSD, 10, 0) };
    let far_magnet = School { magnet: true, ..school(LONG_BEACH, 11, 0) };
    let far_charter = School { charter: true, ..school(LONG_BEACH, 9, 0) };
    let rest = "gifted ask, dual-language ask, zone-of-choice ask, permit-transport ask";
    for (school, pin, ways) in [
        (&other, None, format!("open-enrollment draw, resident ask, {rest}")),
        (&own, Some(&own), "resident certain, gifted ask, dual-language ask".into()),
        (&other, Some(&own), format!("open-enrollment draw, {rest}")),
        (&mag, None, format!("magnet points, open-enrollment draw, resident ask, {rest}")),
        (&mag, Some(&own), format!("magnet points, open-enrollment draw, {rest}")),
        (&mag, Some(&mag), format!("magnet points, open-enrollment draw, resident ask, {rest}")),
        (&girls, Some(&girls), format!("open-enrollment draw, resident ask, {rest}")),
        (&far_magnet, Some(&far_magnet), "resident ask, other ask".into()),
        (&mag, Some(&far), "dual-language ask, other ask".into()),
        (&chart, None, "independent-charter draw, affiliated-charter ask".into()),
        (&chart, Some(&chart), "independent-charter draw, affiliated-charter ask".into()),
        (&both, None, "independent-charter draw, magnet ask, affiliated-charter ask".into()),
        (&both, Some(&far), "independent-charter draw, affiliated-charter ask".into()),
        (&far_charter, None, "independent-charter draw".into()),
        (&far, None, "resident ask, other ask".into()),
        (&far, Some(&far), "resident certain".into()),
        (&far, Some(&own), "other ask".into()),
        (&odd, Some(&odd), "other ask".into()),
        (&online, None, "other ask".into()),
        // A pin that takes students from anywhere does not tell where a person lives.
        (&other, Some(&chart), format!("open-enrollment draw, resident ask, {rest}")),
    ] {
        assert_eq!(said(school, pin.map(unasked)), ways, "{} with {:?}", school.cds, pin.map(|pin| pin.cds));
    }
}

#[test]
fn a_pinned_magnet_is_certain_once_it_was_asked() {
    let (mag, far) = (magnet(4, 0), School { magnet: true, ..school(LONG_BEACH, 11, 0) });
    let asked = |school| Some(Own { school, asked: true });
    assert_eq!(said(&mag, asked(&mag)), "resident certain, magnet points, gifted ask, dual-language ask");
    assert_eq!(said(&far, asked(&far)), "resident certain");
    // A charter takes nobody because of their area alone, whatever was asked.
    let chart = charter(5, 0);
    assert_eq!(said(&chart, asked(&chart)), said(&chart, None));
}

#[test]
fn a_name_says_girls_or_boys_in_a_word_of_its_own() {
    for (name, only) in [
        (
            "Girls Academic Leadership Academy, Dr. Michelle King School for Sci, Tech, Eng and Math",
            Some(Only::Girls),
        ),
        ("Boys Academic Leadership Academy", Some(Only::Boys)),
        ("New Village Girls' Academy", Some(Only::Girls)),
        ("Boyle Heights Continuation", None),
        ("Whitney Young Continuation", None),
    ] {
        assert_eq!(School { name: name.into(), ..school(LAUSD, 1, 0) }.only(), only, "{name}");
    }
}

#[test]
fn the_doors_of_a_list_are_known_or_to_be_asked_about() {
    let (own, mag) = (school(LAUSD, 1, 0), magnet(2, 0));
    let found = doors_of_list(&[&own, &mag], Some(unasked(&own)));
    let known = [Door::Resident, Door::Magnet, Door::OpenEnrollment];
    let ask = [Door::Gifted, Door::DualLanguage, Door::ZoneOfChoice, Door::PermitTransport];
    assert_eq!(found.known.members().collect::<Vec<_>>(), known);
    assert_eq!(found.ask.members().collect::<Vec<_>>(), ask);
    assert_eq!(doors_of_list(&[], None), ListDoors::default());
    // A school outside the district has its own process: that one asks it is a step.
    let far = school(LONG_BEACH, 3, 0);
    assert_eq!(
        doors_of_list(&[&far], Some(unasked(&own))).known.members().collect::<Vec<_>>(),
        [Door::Other]
    );
}

#[test]
fn every_word_stands_for_one_door() {
    for (at, (door, word)) in Door::ALL.into_iter().enumerate() {
        assert_eq!((door as usize, door.slug(), Door::from_slug(word)), (at, word, Some(door)));
        assert!(Doors::ALL.has(door) && !Doors::NONE.has(door));
    }
    assert_eq!(Door::from_slug("window"), None);
    assert_eq!(Doors::ALL.members().count(), Door::ALL.len());
}

proptest! {
    #[test]
    fn only_the_pinned_school_of_a_district_is_certain(schools in schools(), pin in 0_usize..12, asked in any::<bool>()) {
        let pin = &schools[pin];
        let own = Some(Own { school: pin, asked });
        for school in &schools {
            let ways = doors_of(school, own);
            let certain = ways.iter().any(|way| way.chance == Chance::Certain);
            prop_assert_eq!(certain, school.cds == pin.cds && !school.charter && school.is_default() && (asked || !school.magnet));
            prop_assert!(!doors_of_list(&[school], own).known.is_empty(), "and something to do");
            prop_assert!(!ways.is_empty(), "there is always something to try");
            prop_assert!(ways.is_sorted_by_key(|way| way.chance), "the most certain first");
            let mut doors: Vec<Door> = ways.iter().map(|way| way.door).collect();
            doors.sort_unstable();
            doors.dedup();
            prop_assert_eq!(doors.len(), ways.len(), "each door once");
        }
        prop_assert!(doors_of(&school(LAUSD, 99, 0), None).iter().all(|way| way.chance != Chance::Certain));
        prop_assert_ne!(cds(LAUSD, 99), pin.cds);
    }
}
