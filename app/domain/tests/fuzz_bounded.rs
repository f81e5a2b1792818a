//! Whatever bytes arrive, nothing panics.
//!
//! The same entries as the targets in `fuzz/`, fed by a seeded loop that mutates good input, for a bounded time on the
//! stable compiler: `PATHWAYS_FUZZ_SECONDS` each (2 unless set).

#![allow(clippy::disallowed_methods, reason = "the time bounds the loop, it decides nothing")]

use domain::explorer::detail::{
    Applications, ClassSize, Color, Detail, Group, GroupFigure, Indicator, Level, Met, Reference, Series,
    Source, Subject, Teachers,
};
use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
use domain::explorer::place::Point;
use domain::explorer::query::Query;
use domain::explorer::school::Cds;
use domain::explorer::{Catalogue, Details, Explorer};
use domain::fit::{Wishes, agree, suggest};
use domain::trip::{Morning, Network, reach};
use domain::years::{Year, YearPlan};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::time::{Duration, Instant};

#[allow(dead_code, reason = "only the answers are mutated here")]
#[path = "fit/asked.rs"]
mod asked;
#[path = "laws/made.rs"]
mod made;
#[path = "trip/made.rs"]
mod made_networks;

/// A repeatable generator (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % sides.max(1)
    }

    fn byte(&mut self) -> u8 {
        let interesting = [0, 1, 0x7f, 0x80, 0xff, b'%', b'+', b'&', b'=', b','];
        if self.roll(2) == 0 {
            interesting[self.roll(10)]
        } else {
            u8::try_from(self.roll(256)).expect("a byte")
        }
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.roll(6) {
            let at = self.roll(bytes.len() + 1);
            let byte = self.byte();
            match self.roll(5) {
                0 => bytes.insert(at, byte),
                1 => bytes.truncate(at),
                2 if at < bytes.len() => drop(bytes.remove(at)),
                3 if at < bytes.len() => bytes[at] ^= 1 << self.roll(8),
                _ if at < bytes.len() => bytes[at] = byte,
                _ => bytes.push(byte),
            }
        }
    }
}

fn feed(good: &[Vec<u8>], entry: impl Fn(&[u8])) {
    let seconds = std::env::var("PATHWAYS_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut dice = Dice(0x0dd_ba11);
    for bytes in good {
        entry(bytes);
    }
    while Instant::now() < end {
        let mut bytes = good[dice.roll(good.len())].clone();
        dice.mutate(&mut bytes);
        entry(&bytes);
    }
}

fn catalogues() -> Vec<Catalogue> {
    let mut runner = TestRunner::deterministic();
    let strategy = made::catalogue(8);
    (0..20).map(|_| strategy.new_tree(&mut runner).expect("a catalogue").current()).collect()
}

#[test]
fn any_address_is_a_question_and_has_an_answer() {
    let explorer = Explorer::new(catalogues().into_iter().max_by_key(|c| c.schools.len()).expect("some"));
    let mut runner = TestRunner::deterministic();
    let strategy = made::query();
    let good: Vec<_> = (0..40)
        .map(|_| strategy.new_tree(&mut runner).expect("a query").current().to_address().into_bytes())
        .collect();
    feed(&good, |bytes| {
        let query = Query::parse(&String::from_utf8_lossy(bytes));
        assert_eq!(Query::parse(&query.to_address()), query);
        let answer = explorer.ask(&query);
        for hit in &answer.hits {
            explorer.fit_reasons(hit.school, &query, answer.start.as_ref());
        }
        explorer.suggest(&query.text, 5);
    });
}

#[test]
fn any_address_is_answers_and_has_a_suggestion() {
    let explorer = Explorer::new(catalogues().into_iter().max_by_key(|c| c.schools.len()).expect("some"));
    let details = details();
    let mut runner = TestRunner::deterministic();
    let strategy = asked::wishes();
    let good: Vec<_> = (0..40)
        .map(|_| strategy.new_tree(&mut runner).expect("answers").current().to_address().into_bytes())
        .collect();
    feed(&good, |bytes| {
        let wishes = Wishes::parse(&String::from_utf8_lossy(bytes));
        assert_eq!(Wishes::parse(&wishes.to_address()), wishes);
        suggest(&explorer, Some(&details), &wishes, Some(&|school| u16::try_from(school.zip % 200).ok()));
        agree(&explorer, None, &wishes, None);
    });
}

#[test]
fn any_bytes_are_a_catalogue_or_refused() {
    let good: Vec<_> = catalogues().iter().map(Catalogue::encode).collect();
    feed(&good, |bytes| {
        if let Ok(catalogue) = Catalogue::decode(bytes) {
            let again = Catalogue::decode(&catalogue.encode());
            assert!(again.is_ok());
            Explorer::new(catalogue).ask(&Query::parse("q=high&from=boyle&miles=4"));
        }
    });
}

fn details() -> Details {
    let year = SchoolYear(2_025);
    let known = Figure::Known { tenths: 938, year, care: Care::Few };
    let detail = Detail {
        cds: Cds::from_parts(1_964_733, 1_937_622).expect("short enough"),
        address: "1 Fictional Street, Nowhere".into(),
        phone: String::new(),
        years: vec![Series {
            fact: Fact::Graduation,
            points: vec![(year, known, Some(40)), (year, Figure::Suppressed, None)],
        }],
        classes: vec![ClassSize { subject: Subject::Math, students: 28, year }],
        counselor: Some((310, year)),
        teachers: Some(Teachers { tenths_of_years: 124, new_of_100: 9, year }),
        groups: vec![(Group::Meals, 812)],
        pathways: vec![("Design".into(), 2_021)],
        upper: Some((412, year)),
        applications: Some(Applications { sent: 1_718, accepted: 701, year }),
        met: vec![Met { subject: Subject::English, tenths: 507, few: false, year }],
        of_groups: vec![GroupFigure { group: Group::EnglishLearner, fact: Fact::AgReady, figure: known }],
        colors: vec![(Indicator::Graduation, Color::Green)],
    };
    let reference = Reference { level: Level::County, fact: Fact::Math, year, tenths: -480 };
    let source = Source {
        id: "one".into(),
        title: "One".into(),
        publisher: "Somebody".into(),
        covers: vec![(Fact::Absence, year)],
    };
    Details { schools: vec![detail], references: vec![reference], sources: vec![source], dashboard: 2_025 }
}

#[test]
fn any_bytes_are_details_or_refused() {
    let good = [Details::default().encode(), details().encode(), vec![1; 64], (0..=255).collect()];
    feed(&good, |bytes| {
        if let Ok(details) = Details::decode(bytes) {
            assert_eq!(Details::decode(&details.encode()), Ok(details));
        }
    });
}

#[test]
fn any_bytes_are_a_network_that_can_be_travelled_or_refused() {
    let mut runner = TestRunner::deterministic();
    let strategy = made_networks::asked();
    let made = (0..20).map(|_| strategy.new_tree(&mut runner).expect("a draft").current().0);
    let good: Vec<_> = made.map(|draft| draft.network().expect("a network").encode()).collect();
    feed(&good, |bytes| {
        if let Ok(network) = Network::decode(bytes) {
            assert_eq!(Network::decode(&network.encode()).as_ref(), Ok(&network));
            let ends = [0, network.stations().len() / 2].map(|at| network.stations().get(at));
            let [from, to] = ends.map(|end| end.map_or(Point { lat: 34.0, lon: -118.3 }, |end| end.point));
            reach(&network, from, Morning::default()).to(to);
            network.lines_near_both(from, to);
        }
    });
}

#[test]
fn any_address_is_a_plan_that_says_the_same_when_read_again() {
    let good = [
        "m=c1Ae1hB&9=bCc2De1Fd&10=bPc3&11=ahah&12=og&credits=8&room=7",
        "c9=b&l9=y&g9=&c9=c2&l9=h&g9=D&cm=e1&lm=y&gm=A&c12=&credits=10&room=6",
    ];
    let mut good: Vec<Vec<u8>> = good.map(|address| address.as_bytes().to_vec()).to_vec();
    good.push(YearPlan::default().example().to_address().into_bytes());
    feed(&good, |bytes| {
        let plan = YearPlan::parse(&String::from_utf8_lossy(bytes));
        assert_eq!(YearPlan::parse(&plan.to_address()), plan);
        assert!(plan.tally().college().left <= plan.tally_through(Year::Middle).college().left);
        plan.remarks();
        for year in Year::ALL {
            for at in 0..plan.courses(year).len() {
                plan.note(year, at);
            }
        }
        assert_eq!(plan.example().tally().college().left, 0);
    });
}
