//! Which schools are suggested in a small county where everything is known?

use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
use domain::explorer::place::{Point, Start, StartKind};
use domain::explorer::school::{Cds, Only, School, Setting};
use domain::explorer::{Catalogue, Explorer};
use domain::fit::{Against, Reason, Suggestion, Trip, Wishes, suggest};

/// One mile to the north, in degrees.
const MILE: f32 = 1.0 / 69.093;

/// A district school so many miles north of the start, with these graduation, A-G and absence rates.
fn school(number: u64, miles: f32, [graduation, ready, absent]: [i16; 3]) -> School {
    let mut figures = [Figure::NotPublished; Fact::ALL.len()];
    for (fact, whole) in [(Fact::Graduation, graduation), (Fact::AgReady, ready), (Fact::Absence, absent)] {
        figures[fact as usize] =
            Figure::Known { tenths: whole * 10, year: SchoolYear(2_025), care: Care::Plain };
    }
    School {
        cds: Cds::from_parts(1, number).expect("short"),
        name: format!("Number {number}"),
        aliases: Vec::new(),
        district: String::new(),
        place: String::new(),
        zip: 90_000,
        point: Some(Point { lat: 34.0 + miles * MILE, lon: -118.0 }),
        grades: (9, 12),
        charter: false,
        magnet: false,
        setting: Setting::Classroom,
        alternative: None,
        in_county: true,
        students: None,
        gopass: None,
        rail: None,
        figures,
    }
}

fn county(schools: Vec<School>) -> Explorer {
    let start = Start {
        key: "home".into(),
        name: "Home".into(),
        kind: StartKind::Place,
        point: Point { lat: 34.0, lon: -118.0 },
        place: String::new(),
    };
    Explorer::new(Catalogue { schools, starts: vec![start], year: 2_026 })
}

/// Schools that differ in graduation only, the last one the best, all a mile away.
fn ladder(many: u64) -> Vec<School> {
    (0..many).map(|at| school(at, 1.0, [40 + i16::try_from(at).expect("few"), 50, 5])).collect()
}

fn numbers(explorer: &Explorer, found: &Suggestion) -> Vec<u64> {
    found.picks.iter().map(|pick| explorer.school(pick.school).cds.within_district()).collect()
}

fn ask(explorer: &Explorer, address: &str) -> Suggestion {
    suggest(explorer, None, &Wishes::parse(address), None)
}

#[test]
fn after_the_eighth_only_what_is_better_than_the_middle_is_suggested_and_never_more_than_twelve() {
    for (schools, picks) in [(3, 3), (8, 8), (14, 8), (19, 9), (20, 10), (24, 12), (40, 12)] {
        let explorer = county(ladder(schools));
        let best: Vec<u64> = (0..schools).rev().take(picks).collect();
        assert_eq!(numbers(&explorer, &ask(&explorer, "matters=graduation")), best, "{schools}");
    }
}

#[test]
fn the_pinned_school_has_its_place() {
    let mut schools = ladder(20);
    schools[3].in_county = false;
    let explorer = county(schools);
    for (pin, place) in [(19, Some(1)), (0, Some(19)), (4, Some(16)), (3, None)] {
        let pinned =
            ask(&explorer, &format!("matters=graduation&pin=0000001{pin:07}")).pinned.expect("it exists");
        assert_eq!((pinned.place, pinned.of), (place, 19), "{pin}");
    }
    assert_eq!(ask(&explorer, "pin=00000010000099").pinned, None);
}

#[test]
fn what_is_fine_includes_its_end() {
    let explorer = county(ladder(10));
    let wishes = Wishes::parse("minutes=30");
    for (minutes, reason, against) in [
        (30, Some(Reason::Near(Trip::Minutes(30))), None),
        (31, None, Some(Against::BeyondLimit(Trip::Minutes(31)))),
    ] {
        let found = suggest(&explorer, None, &wishes, Some(&|_| Some(minutes)));
        assert_eq!(found.picks.len(), 8);
        for pick in &found.picks {
            assert_eq!(pick.is_beyond, against.is_some());
            assert_eq!(
                pick.reasons.iter().find(|it| matches!(it, Reason::Near(_) | Reason::Within(_))),
                reason.as_ref()
            );
            assert_eq!(
                pick.against.iter().find(|it| matches!(it, Against::BeyondLimit(_))),
                against.as_ref()
            );
        }
    }
}

#[test]
fn farther_but_strong_is_what_nobody_thought_of() {
    let mut schools = ladder(20);
    // Stronger than all in what counts most: one a little beyond what is fine, one much too far.
    schools.push(school(20, 6.0, [97, 50, 5]));
    schools.push(school(21, 9.0, [99, 50, 5]));
    // Strong too, but as near as the rest and of their kind: it is suggested, not a surprise.
    schools.push(school(22, 2.0, [95, 50, 5]));
    let explorer = county(schools);
    let found = ask(&explorer, "from=home&miles=4&matters=graduation");
    assert_eq!(numbers(&explorer, &found)[0], 22);
    let other = found.unexpected.expect("there is one");
    assert_eq!((other.school, other.is_beyond), (20, true));
    assert!(other.against.contains(&Against::BeyondLimit(Trip::Miles(6_000))));
    // The nearest of what is left, by code.
    assert_eq!(found.near.expect("there is one").school, 0);
    // Where nobody said what is fine, a mile costs a little and none is too far up to twenty.
    let found = ask(&explorer, "from=home&matters=graduation");
    assert_eq!(numbers(&explorer, &found)[..4], [22, 20, 19, 21]);
}

#[test]
fn a_school_whose_name_says_girls_is_told_with_a_caution() {
    let mut schools = ladder(10);
    schools[9].name = "Girls Academy".into();
    schools[8].name = "Boys Academy".into();
    let explorer = county(schools);
    let found = ask(&explorer, "from=home&miles=4&matters=graduation");
    assert_eq!(numbers(&explorer, &found)[..3], [9, 8, 7], "it is suggested all the same");
    let against: Vec<_> = found.picks.iter().take(3).map(|pick| pick.against.first()).collect();
    assert_eq!(against[..2], [Some(&Against::Only(Only::Girls)), Some(&Against::Only(Only::Boys))]);
    assert!(!matches!(against[2], Some(Against::Only(_))));
}

#[test]
fn a_school_of_another_district_is_told_with_what_was_asked() {
    // These schools are of one district, which is not Los Angeles Unified.
    let all = || (0..10).map(|at| school(at, 4.0, [90, 50, 5]));
    let against = |explorer: &Explorer, search: &str| ask(explorer, search).picks[0].against.clone();
    let explorer = county(all().collect());
    let far = Against::BeyondLimit(Trip::Miles(4_000));
    assert_eq!(against(&explorer, "from=home&miles=2"), [Against::OtherDistrict, far]);
    assert_eq!(against(&explorer, "from=home&miles=2&pin=00000010000003"), [far], "it is one of their own");
    // A charter takes students from anywhere.
    let charters = county(all().map(|school| School { charter: true, ..school }).collect());
    assert_eq!(against(&charters, "from=home&miles=2"), [far]);
}

#[test]
fn minutes_that_are_not_known_are_not_said_to_be_within_what_was_asked() {
    let explorer = county((0..10).map(|at| school(at, 6.0, [90, 50, 5])).collect());
    for (minutes, within, against) in [(45, false, None), (15, false, Some(Against::Far(Trip::Miles(6_000))))]
    {
        let wishes = Wishes::parse(&format!("from=home&minutes={minutes}"));
        let found = suggest(&explorer, None, &wishes, Some(&|_| None));
        let pick = &found.picks[0];
        assert_eq!(pick.reasons.iter().any(|it| matches!(it, Reason::Within(_))), within);
        let far = pick.against.iter().find(|it| matches!(it, Against::Far(_) | Against::BeyondLimit(_)));
        assert_eq!(far, against.as_ref());
    }
    let found = ask(&explorer, "from=home&miles=8");
    assert!(found.picks[0].reasons.contains(&Reason::Within(Trip::Miles(6_000))));
}

#[test]
fn another_kind_is_what_nobody_thought_of() {
    // Two schools that lead in what counts first and are last in the rest; one of them is a charter.
    let mut schools: Vec<School> = (0..20)
        .map(|at| {
            school(at, 1.0, [40 + i16::try_from(at).expect("few"), 50 + i16::try_from(at).expect("few"), 5])
        })
        .collect();
    schools.push(school(20, 1.0, [99, 0, 90]));
    schools.push(School { charter: true, ..school(21, 1.0, [98, 0, 90]) });
    let explorer = county(schools);
    let found = ask(&explorer, "");
    assert!(numbers(&explorer, &found).iter().all(|number| *number < 20));
    assert_eq!(found.near, None);
    assert_eq!(found.unexpected.expect("there is one").school, 21);
}
