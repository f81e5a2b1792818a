//! Answers and details of every shape, for the laws.

use domain::explorer::detail::Detail;
use domain::explorer::figure::SchoolYear;
use domain::explorer::query::MILES;
use domain::explorer::school::{Cds, School, Setting};
use domain::explorer::{Catalogue, Details};
use domain::fit::{After, Card, MINUTES, Need, Reach, Sector, Wishes};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

fn cards() -> impl Strategy<Value = Vec<Card>> {
    subsequence(Card::ALL, 0..=3).prop_shuffle()
}

/// Answers as an address can give them.
pub(crate) fn wishes() -> impl Strategy<Value = Wishes> {
    let from = select(&["", "boyle-heights", "boyle-heights", "Boyle", "nowhere at all"][..]);
    let reach = of(prop_oneof![
        select(&MILES[..]).prop_map(Reach::Miles),
        select(&MINUTES[..]).prop_map(Reach::Minutes)
    ]);
    let likes = subsequence(Sector::ALL, 0..=3);
    let needs = subsequence(Need::ALL, 0..=4);
    let pin =
        of((0_u64..12, 0_u64..9)
            .prop_map(|(a, b)| Cds::from_parts(1_964_733, a * 10_000 + b).expect("short")));
    (from, reach, likes, needs, of(select(After::ALL)), cards(), cards(), pin).prop_map(
        |(from, reach, likes, needs, after, matters, family, pin)| Wishes {
            from: from.into(),
            reach,
            likes,
            needs,
            after,
            matters,
            family,
            pin,
        },
    )
}

type Told = (Option<u16>, Option<(&'static str, u16)>, bool);

fn detail(school: &School, (counselor, pathway, _): Told) -> Detail {
    Detail {
        cds: school.cds,
        address: String::new(),
        phone: String::new(),
        years: Vec::new(),
        classes: Vec::new(),
        counselor: counselor.map(|students| (students, SchoolYear(2_025))),
        teachers: None,
        upper: None,
        applications: None,
        met: Vec::new(),
        of_groups: Vec::new(),
        colors: Vec::new(),
        groups: Vec::new(),
        pathways: pathway.map(|(name, year)| (name.to_owned(), year)).into_iter().collect(),
    }
}

/// A catalogue of up to `schools`, most of them choosable, with details of most.
pub(crate) fn catalogue(schools: usize) -> impl Strategy<Value = (Catalogue, Details)> {
    let pathway = (select(&["Patient Care pathway", "New Media Academy", "Nothing"][..]), 2_019_u16..2_023);
    let told = (of(0_u16..900), of(pathway), proptest::bool::weighted(0.8));
    let choosable = proptest::bool::weighted(0.6);
    (super::made::catalogue(schools), vec((told, choosable), schools)).prop_map(|(mut catalogue, told)| {
        let mut details = Details::default();
        for (school, (told, choosable)) in catalogue.schools.iter_mut().zip(told) {
            if choosable {
                (school.alternative, school.setting, school.in_county) = (None, Setting::Classroom, true);
            }
            if told.2 {
                details.schools.push(detail(school, told));
            }
        }
        (catalogue, details)
    })
}
