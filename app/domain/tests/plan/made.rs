//! Schools, lists and rulebooks for the tests.

use domain::explorer::figure::Figure;
use domain::explorer::place::Point;
use domain::explorer::school::{Alternative, Cds, School, Setting};
use domain::plan::rulebook::{
    DoorText, Ground, Owner, PointKind, Rule, Rulebook, Source, SourceAt, Status, Step, StepKind, Trap,
};
use domain::plan::{Day, Door, Doors, Mark, Points, ShortList, When};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

/// Los Angeles Unified.
pub(crate) const LAUSD: u64 = 1_964_733;
/// Long Beach Unified.
pub(crate) const LONG_BEACH: u64 = 1_964_725;

pub(crate) fn cds(district: u64, number: u64) -> Cds {
    Cds::from_parts(district, number).expect("short enough")
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// A plain district school, `east` hundredths of a degree east of downtown (a little more than half a mile each).
pub(crate) fn school(district: u64, number: u64, east: i16) -> School {
    School {
        cds: cds(district, number),
        name: format!("School {number}"),
        aliases: Vec::new(),
        district: String::new(),
        place: String::new(),
        zip: 90_012,
        point: Some(Point { lat: 34.05, lon: -118.25 + f32::from(east) / 100.0 }),
        grades: (9, 12),
        charter: false,
        magnet: false,
        setting: Setting::Classroom,
        alternative: None,
        in_county: true,
        students: None,
        gopass: None,
        rail: None,
        figures: [Figure::NotPublished; 9],
    }
}

pub(crate) const HOME: Point = Point { lat: 34.05, lon: -118.25 };

pub(crate) fn magnet(number: u64, east: i16) -> School {
    School { magnet: true, ..school(LAUSD, number, east) }
}

pub(crate) fn charter(number: u64, east: i16) -> School {
    School { charter: true, ..school(LAUSD, number, east) }
}

fn ground() -> Ground {
    Ground { status: Status::Expected, year: "2025".into(), source: SourceAt(0) }
}

pub(crate) fn rule(trap: Trap) -> Rule {
    let number = trap.number().map(|counts| match counts {
        domain::plan::rulebook::Counts::Miles => 5,
        domain::plan::rulebook::Counts::Choices => 3,
        domain::plan::rulebook::Counts::Days => 14,
    });
    Rule {
        id: trap.slug().into(),
        trap,
        doors: Doors::NONE,
        number,
        says: "So it is, {n}.".into(),
        why: "That follows.".into(),
        ground: ground(),
    }
}

pub(crate) fn step(id: &str, kind: StepKind, doors: &[Door], when: When) -> Step {
    Step {
        id: id.into(),
        kind,
        doors: doors.iter().fold(Doors::NONE, |set, door| set.with(*door)),
        when,
        owner: Owner::Family,
        name: id.into(),
        what: format!("Do {id}."),
        paper: None,
        silence: Some("It is lost.".into()),
        ground: Ground { status: Status::Confirmed, ..ground() },
    }
}

/// A season like the shipped one: every trap, and the steps of four doors.
pub(crate) fn rulebook() -> Rulebook {
    let around = |text: &str| text.parse().expect("a part of a month");
    let choices = [Door::Magnet, Door::Gifted];
    Rulebook {
        district: "Los Angeles Unified".into(),
        season: "2026-27".into(),
        entry: 2027,
        first: day("2026-08-01"),
        last: day("2027-07-31"),
        edited: day("2026-11-22"),
        sources: vec![Source { name: "A page".into(), url: "https://example.org".into() }],
        rules: Trap::ALL.into_iter().map(|(trap, _)| rule(trap)).collect(),
        steps: vec![
            step("late", StepKind::ApplyLate, &choices, When::ByOrder(around("2027-02 early"))),
            step("window", StepKind::Apply, &choices, When::Between(day("2026-10-01"), day("2026-11-13"))),
            step("letter", StepKind::Notice, &choices, When::About(around("2026-12 early"))),
            step("answer", StepKind::Answer, &choices, When::On(day("2027-04-09"))),
            step(
                "left",
                StepKind::Apply,
                &[Door::OpenEnrollment],
                When::AboutBetween(around("2027-04 late"), around("2027-05 mid")),
            ),
            step("charter", StepKind::Apply, &[Door::IndependentCharter], When::EachSchool),
            step("resident", StepKind::Apply, &[Door::Resident], When::AnyTime),
        ],
        doors: vec![DoorText {
            door: Door::Magnet,
            name: "Magnet".into(),
            who: "Who lives there.".into(),
            how: "By points.".into(),
            note: None,
            ground: ground(),
        }],
        points: vec![PointKind {
            id: "sibling".into(),
            points: 3,
            what: "A sibling.".into(),
            ground: ground(),
        }],
    }
}

/// Twelve to twenty schools of every kind, all with different codes.
pub(crate) fn schools() -> impl Strategy<Value = Vec<School>> {
    let one = (select(&[LAUSD, LAUSD, LONG_BEACH][..]), any::<(bool, bool)>(), of(-30_i16..30), 0_u8..12);
    vec(one, 12..20).prop_map(|made| {
        let mut schools = Vec::new();
        for (number, (district, (charter, magnet), east, odd)) in (1_u64..).zip(made) {
            schools.push(School {
                charter,
                magnet,
                point: east.and_then(|east| school(district, number, east).point),
                alternative: (odd == 0).then_some(Alternative::Continuation),
                setting: if odd == 1 { Setting::Virtual } else { Setting::Classroom },
                ..school(district, number, 0)
            });
        }
        schools
    })
}

/// A list of some of twelve schools, with marks, a pin and points.
pub(crate) fn list() -> impl Strategy<Value = ShortList> {
    let code = || (select(&[LAUSD, LONG_BEACH][..]), 1_u64..12).prop_map(|(d, n)| cds(d, n));
    let marks = vec((code(), select(&Mark::ALL[..])), 0..8);
    let points = prop_oneof![Just(Points::Unsaid), Just(Points::Off), (0_u8..=23).prop_map(Points::Known)];
    (vec(code(), 0..8), of(code()), points, marks, "[ -~é]{0,20}").prop_map(
        |(codes, pin, points, marks, from)| {
            let mut list = ShortList::of(&codes);
            (list.pin, list.points, list.from) = (pin, points, from.trim().to_owned());
            for (cds, (mark, _)) in marks {
                list.mark(cds, mark, true);
            }
            list
        },
    )
}

/// Any day from 2025 to 2028.
pub(crate) fn any_day() -> impl Strategy<Value = Day> {
    (2025_i16..=2028, 1_u8..=12, 1_u8..=31).prop_filter_map("no such day", |(y, m, d)| Day::new(y, m, d))
}
