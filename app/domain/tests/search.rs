//! What do typed texts find in a small catalogue of known shape?

use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
use domain::explorer::place::{Point, Start, StartKind};
use domain::explorer::query::Query;
use domain::explorer::school::{Alternative, Cds, Only, School, Setting};
use domain::explorer::{Catalogue, Change, Explorer, Reason, StartAnswer, Understood};

fn school(at: u64, name: &str, alias: &str, place: &str, zip: u32, lat: f32) -> School {
    School {
        cds: Cds::from_parts(1_964_733, at).expect("short enough"),
        name: name.into(),
        aliases: if alias.is_empty() { Vec::new() } else { vec![alias.into()] },
        district: "Los Angeles Unified".into(),
        place: place.into(),
        zip,
        point: Some(Point { lat, lon: -118.2 }),
        grades: (9, 12),
        charter: false,
        magnet: false,
        setting: Setting::Classroom,
        alternative: name.contains("Continuation").then_some(Alternative::Continuation),
        in_county: true,
        students: Some(800),
        gopass: None,
        rail: None,
        figures: [Figure::NotPublished; Fact::ALL.len()],
    }
}

fn start(key: &str, name: &str, kind: StartKind, lat: f32) -> Start {
    Start {
        key: key.into(),
        name: name.into(),
        kind,
        point: Point { lat, lon: -118.2 },
        place: String::new(),
    }
}

fn explorer() -> Explorer {
    let schools = vec![
        school(1, "Theodore Roosevelt Senior High", "", "Boyle Heights", 90_033, 34.04),
        school(2, "Los Angeles Center for Enriched Studies", "LACES", "Mid-City", 90_035, 34.05),
        school(3, "John Marshall Senior High", "Marshall High", "Los Feliz", 90_027, 34.11),
        school(4, "Marshall Fundamental", "", "Pasadena", 91_104, 34.17),
        school(5, "Jordan High", "", "Watts", 90_002, 33.94),
        school(6, "Jordan High", "", "Long Beach", 90_805, 33.87),
        school(7, "Boyle Heights Continuation", "", "Boyle Heights", 90_033, 34.04),
        school(8, "Peñaloza Academy", "", "La Cañada", 91_011, 34.2),
        school(9, "Venice Senior High", "", "Mar Vista", 90_066, 33.99),
        school(10, "Animo Venice Charter High", "", "Venice", 90_291, 33.99),
    ];
    let starts = vec![
        start("90033", "90033", StartKind::Zip, 34.045),
        start("90012", "90012", StartKind::Zip, 34.06),
        start("boyle-heights", "Boyle Heights", StartKind::Place, 34.04),
        start("venice", "Venice", StartKind::Place, 33.99),
        start("19647336061451", "Hollenbeck Middle", StartKind::Middle, 34.04),
        start("19647336061576", "Venice Middle", StartKind::Middle, 33.99),
    ];
    Explorer::new(Catalogue { schools, starts, year: 2_026 })
}

#[test]
fn a_text_finds_what_was_meant_best_first() {
    let explorer = explorer();
    let place = |name: &str| Understood::Place(name.into());
    let corrected = |text: &str| Understood::Corrected(text.into());
    for (text, first, total, understood) in [
        ("laces", Some(2), 1, Understood::Name),
        ("LACES ", Some(2), 1, Understood::Name),
        ("roosevelt senior", Some(1), 1, Understood::Name),
        ("senior roosevelt", Some(1), 1, Understood::Name),
        ("roosvelt", Some(1), 1, corrected("Roosevelt")),
        ("marhsall hihg", Some(3), 1, corrected("Marshall High")),
        ("marshall high", Some(3), 2, Understood::Name),
        ("marshall high school", Some(3), 2, Understood::Name),
        ("jordan high school", Some(5), 2, Understood::Name),
        ("la preparatoria roosevelt", Some(1), 1, Understood::Name),
        ("roosvelt high school", Some(1), 1, corrected("Roosevelt")),
        ("preparatoria", Some(10), 6, Understood::Name),
        ("high school", None, 0, Understood::Nowhere),
        ("boyle heights school", Some(1), 1, Understood::Name),
        ("marshal", Some(3), 2, Understood::Name),
        ("jordan", Some(5), 2, Understood::Name),
        ("jordan long beach", Some(6), 1, Understood::Name),
        ("penaloza", Some(8), 1, Understood::Name),
        ("la canada", Some(8), 1, place("La Cañada")),
        ("venice", Some(9), 2, place("Venice")),
        ("boyle heights", Some(1), 1, place("Boyle Heights")),
        ("los fel", Some(3), 1, place("Los Feliz")),
        ("lausd", Some(10), 9, Understood::Name),
        ("high", Some(10), 6, Understood::Name),
        ("90805", Some(6), 1, Understood::Zip { zip: 90_805, nearby: false }),
        ("90033", Some(1), 1, Understood::Zip { zip: 90_033, nearby: true }),
        ("90012", Some(2), 2, Understood::Zip { zip: 90_012, nearby: true }),
        ("", Some(10), 9, Understood::Nothing),
        ("?!", Some(10), 9, Understood::Nothing),
        ("dance", None, 0, Understood::Nowhere),
        ("unifeid", None, 0, Understood::Nowhere),
        ("escuela de artes", None, 0, Understood::Nowhere),
        ("qqqqqqqq", None, 0, Understood::Nowhere),
    ] {
        let answer = explorer.ask(&Query { text: text.into(), ..Query::default() });
        let found = answer.hits.first().map(|hit| explorer.school(hit.school).cds.within_district());
        assert_eq!((found, answer.understood), (first, understood), "{text}");
        assert!(answer.total == total || text == "90033" || text == "90012", "{text}: {}", answer.total);
    }
}

#[test]
fn a_hidden_school_that_is_named_best_is_the_first_near_miss() {
    let explorer = explorer();
    let answer = explorer.ask(&Query::parse("q=boyle+heights+continuation"));
    assert_eq!(answer.total, 0);
    assert_eq!(answer.near_misses[0].change, Change::WithAlternative);
    assert_eq!(answer.near_misses[0].adds, 1);
}

#[test]
fn a_question_that_narrows_nothing_has_no_near_miss() {
    let explorer = explorer();
    assert!(explorer.ask(&Query::default()).near_misses.is_empty());
    let nowhere = explorer.ask(&Query::parse("q=qqqqqqqq"));
    assert_eq!(nowhere.near_misses[0].change, Change::WithoutText);
    assert_eq!(nowhere.near_misses[0].adds, 9);
}

#[test]
fn a_start_is_a_key_a_name_or_a_beginning_that_only_one_has() {
    let explorer = explorer();
    for (typed, key) in [
        ("90033", Some("90033")),
        ("boyle-heights", Some("boyle-heights")),
        ("Boyle", Some("boyle-heights")),
        ("hollenbeck", Some("19647336061451")),
        ("19647336061576", Some("19647336061576")),
        ("venice", Some("venice")),
        ("heights", Some("boyle-heights")),
        ("900", None),
        ("ven", None),
        ("hollenbek", None),
    ] {
        match (explorer.start(typed), key) {
            (StartAnswer::Found(start), Some(key)) => assert_eq!(start.key, key, "{typed}"),
            (StartAnswer::Several(some), None) => assert!(!some.is_empty(), "{typed}"),
            (other, _) => panic!("{typed}: {other:?}"),
        }
    }
    assert_eq!(explorer.start("  "), StartAnswer::None);
    for too_wide in ["atlantis", "Los Angeles", "LA", "Condado de Los Ángeles"] {
        assert_eq!(explorer.start(too_wide), StartAnswer::Unknown, "{too_wide}");
    }
    let offered: Vec<_> = explorer.suggest("ven", 8).iter().map(|start| start.key.as_str()).collect();
    assert_eq!(offered, ["venice", "19647336061576"]);
}

#[test]
fn without_a_start_a_distance_has_no_effect() {
    let explorer = explorer();
    let answer = explorer.ask(&Query::parse("from=atlantis&miles=2&sort=distance"));
    assert_eq!((answer.total, answer.start), (9, None));
    assert!(answer.hits.iter().all(|hit| hit.miles.is_none()));
}

#[test]
fn reasons_are_few_known_and_first_what_was_asked() {
    let mut catalogue = explorer().catalogue().clone();
    for (at, school) in (0_i16..).zip(&mut catalogue.schools) {
        let known = |tenths| Figure::Known { tenths, year: SchoolYear(2_025), care: Care::Plain };
        school.figures[Fact::Graduation as usize] = known(900 + at);
        school.figures[Fact::AgReady as usize] = known(500 + at);
        school.figures[Fact::Absence as usize] = known(200 - at);
        school.gopass = Some(true);
        school.charter = true;
    }
    let explorer = Explorer::new(catalogue);
    let last = u32::try_from(explorer.catalogue().schools.len() - 1).expect("few");
    let reasons = |at, raw: &str| {
        let query = Query::parse(raw);
        explorer.fit_reasons(at, &query, explorer.ask(&query).start.as_ref())
    };
    let high = [Reason::HighGraduation, Reason::HighAgReady, Reason::GoodAttendance, Reason::Draw];
    assert_eq!(reasons(last, ""), high);
    assert_eq!(reasons(last, "gopass=1")[..2], [Reason::GopassYes, Reason::HighGraduation]);
    assert_eq!(reasons(last, "a-g=40")[0], Reason::HighAgReady);
    assert!(matches!(reasons(last, "from=venice")[0], Reason::Near(miles) if miles < 0.1));
    assert_eq!(reasons(0, ""), [Reason::GopassYes, Reason::HighAbsence]);
    let mut catalogue = explorer.catalogue().clone();
    catalogue.schools[0].name = "Girls Academy".into();
    let girls = Explorer::new(catalogue).fit_reasons(0, &Query::default(), None);
    assert_eq!(girls.last(), Some(&Reason::Only(Only::Girls)));
    assert!(reasons(0, "").iter().filter(|reason| reason.is_for()).count() <= 3);
}

#[test]
fn a_school_of_another_district_says_who_goes_first() {
    // The first by code is in Long Beach, the others in Los Angeles Unified; the last is made a charter elsewhere.
    let mut catalogue = explorer().catalogue().clone();
    let codes = ["19647250000001", "19647250000002", "19647330000003", "19647330000004", "19647350000005"];
    for (school, code) in catalogue.schools.iter_mut().zip(codes) {
        (school.cds, school.charter) = (code.parse().expect("14 digits"), code == codes[4]);
    }
    catalogue.schools.truncate(codes.len());
    let explorer = Explorer::new(catalogue);
    let elsewhere = |pin: &str| -> Vec<bool> {
        let query = Query::parse(pin);
        (0..5).map(|at| explorer.fit_reasons(at, &query, None).contains(&Reason::OtherDistrict)).collect()
    };
    assert_eq!(elsewhere(""), [true, true, false, false, false]);
    assert_eq!(elsewhere("pin=19647330000003"), [true, true, false, false, false]);
    assert_eq!(elsewhere("pin=19647250000001"), [false, false, true, true, false]);
    // A charter takes students from anywhere, so it does not tell where one lives.
    assert_eq!(elsewhere("pin=19647350000005"), [true, true, false, false, false]);
}
