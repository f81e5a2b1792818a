//! For every rule of the shipped file: a list that it warns of, and one that it does not.

use crate::rulebook::shipped;
use domain::explorer::figure::{Fact, Figure};
use domain::explorer::place::Point;
use domain::explorer::school::{Cds, School, Setting};
use domain::plan::{Asked, Day, Mark, Points, Remedy, ShortList, check};

/// A small world: numbers below 20 are plain schools of Los Angeles Unified, those below 40 magnets, those below 60
/// charters, the others schools of Long Beach. An odd number is far away, an even one near, and in Long Beach a
/// little less so.
const KNOWN: [u64; 16] = [1, 2, 4, 6, 21, 22, 24, 26, 28, 41, 42, 44, 46, 60, 61, 62];
const HOME: Point = Point { lat: 34.05, lon: -118.25 };

fn cds(number: u64) -> Cds {
    Cds::from_parts(if number < 60 { 1_964_733 } else { 1_964_725 }, number).unwrap()
}

fn school(number: u64) -> School {
    let east = match number {
        60.. => -118.22,
        _ if number % 2 == 1 => -118.05,
        _ => -118.24,
    };
    School {
        cds: cds(number),
        name: format!("School {number}"),
        aliases: Vec::new(),
        district: String::new(),
        place: String::new(),
        zip: 90_012,
        point: Some(Point { lon: east, ..HOME }),
        grades: (9, 12),
        charter: (40..60).contains(&number),
        magnet: (20..40).contains(&number),
        setting: Setting::Classroom,
        alternative: None,
        in_county: true,
        students: None,
        gopass: None,
        rail: None,
        figures: [Figure::NotPublished; Fact::ALL.len()],
    }
}

/// A list in few words: schools, pin (0 is none), those that would be refused, points, day.
struct Case(&'static [u64], u64, &'static [u64], Points, &'static str);

impl Case {
    fn list(&self) -> ShortList {
        let mut list = ShortList::of(&self.0.iter().map(|number| cds(*number)).collect::<Vec<_>>());
        list.pin = (self.1 > 0).then(|| cds(self.1));
        list.points = self.3;
        for number in self.2 {
            assert!(list.mark(cds(*number), Mark::Refused, true));
        }
        list
    }

    /// The remedy that a rule offers, if it warns.
    fn warned(&self, id: &str) -> Option<Remedy> {
        let (list, schools) = (self.list(), KNOWN.map(school));
        let today: Day = self.4.parse().unwrap();
        let asked = Asked { list: &list, schools: &schools, home: Some(HOME), today };
        let found = check(&shipped().en, &asked);
        found.into_iter().find(|warning| warning.rule.id == id).map(|warning| warning.remedy)
    }
}

const UNSAID: Points = Points::Unsaid;
const KNOWN_POINTS: Points = Points::Known(12);

/// A list that the rule warns of, with the remedy it offers, and a list that it does not warn of.
fn pair(id: &str) -> Option<(Case, Remedy, Case)> {
    let day = "2026-09-10";
    Some(match id {
        "only-draws" => (
            Case(&[42, 24], 2, &[], UNSAID, day),
            Remedy::AddPinned(cds(2)),
            Case(&[42, 24, 2], 2, &[], UNSAID, day),
        ),
        "no-certain-school" => {
            (Case(&[4, 6], 0, &[], UNSAID, day), Remedy::PinSchool, Case(&[4, 6], 6, &[], UNSAID, day))
        }
        "magnet-closed" => (
            Case(&[24], 0, &[], UNSAID, "2026-11-22"),
            Remedy::OpenCalendar,
            Case(&[24], 0, &[], UNSAID, "2026-11-13"),
        ),
        "open-enrollment-closed" => (
            Case(&[4], 2, &[], UNSAID, "2027-05-21"),
            Remedy::OpenCalendar,
            Case(&[4], 2, &[], UNSAID, "2027-05-20"),
        ),
        "door-closes" => (
            Case(&[24], 0, &[], UNSAID, "2026-10-30"),
            Remedy::OpenCalendar,
            Case(&[24], 0, &[], UNSAID, "2026-10-29"),
        ),
        "refused-first" => (
            Case(&[22, 24], 0, &[22], UNSAID, day),
            Remedy::MoveUp { school: cds(24), above: cds(22) },
            Case(&[22, 24], 0, &[24], UNSAID, day),
        ),
        "refused-choice" => (
            Case(&[22, 24], 0, &[24], UNSAID, day),
            Remedy::Remove(vec![cds(24)]),
            Case(&[22, 24], 0, &[], UNSAID, day),
        ),
        "points-at-risk" => (
            Case(&[22, 24], 0, &[24], KNOWN_POINTS, day),
            Remedy::Remove(vec![cds(24)]),
            Case(&[22, 24], 0, &[24], Points::Off, day),
        ),
        "too-many-choices" => (
            Case(&[22, 24, 26, 28], 0, &[], UNSAID, day),
            Remedy::Remove(vec![cds(28)]),
            Case(&[22, 24, 26], 0, &[], UNSAID, day),
        ),
        "not-resident" => (
            Case(&[24], 62, &[], UNSAID, day),
            Remedy::AskQuestion(vec![cds(24)]),
            Case(&[24], 2, &[], UNSAID, day),
        ),
        "all-far" => (
            Case(&[1, 21, 41], 0, &[], UNSAID, day),
            Remedy::AddNearest(cds(2)),
            Case(&[1, 21, 42], 0, &[], UNSAID, day),
        ),
        "one-door" => (
            Case(&[42, 44, 46], 0, &[], UNSAID, day),
            Remedy::AddNearest(cds(2)),
            Case(&[42, 44, 24], 0, &[], UNSAID, day),
        ),
        "pinned-magnet" => (
            Case(&[24], 24, &[], UNSAID, day),
            Remedy::AskQuestion(vec![cds(24)]),
            Case(&[2], 2, &[], UNSAID, day),
        ),
        _ => return None,
    })
}

#[test]
fn every_shipped_rule_warns_of_one_list_and_not_of_another() {
    for rule in &shipped().en.rules {
        let id = rule.id.as_str();
        let (bad, remedy, good) = pair(id).unwrap_or_else(|| panic!("{id} has no pair of lists here"));
        assert_eq!(bad.warned(id), Some(remedy), "{id} warns");
        assert_eq!(good.warned(id), None, "{id} does not warn");
    }
}
