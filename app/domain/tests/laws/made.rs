//! Catalogues and questions of every shape, for the laws.

use domain::explorer::Catalogue;
use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
use domain::explorer::place::{Point, Start, StartKind};
use domain::explorer::query::{BOUNDS, Grades, Kind, MILES, Query, Size, Sort};
use domain::explorer::school::{Alternative, Cds, Rail, School, Setting};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const WORDS: [&str; 14] = [
    "Roosevelt",
    "Marshall",
    "Jordan",
    "Peñaloza",
    "Bell",
    "High",
    "Senior",
    "Academy",
    "O'Neil",
    "L.A.",
    "No. 5",
    "Arts & Media",
    "Venice",
    "90033",
];
const PLACES: [&str; 5] = ["Boyle Heights", "Venice", "La Cañada", "Watts", ""];
const ZIPS: [u32; 4] = [90_033, 90_291, 91_011, 10_001];

pub(crate) fn name() -> impl Strategy<Value = String> {
    vec(select(&WORDS[..]), 1..5).prop_map(|words| words.join(" "))
}

fn figure() -> impl Strategy<Value = Figure> {
    let year = select(&[2_023_u16, 2_024, 2_025][..]).prop_map(SchoolYear);
    let value = prop_oneof![4 => 0_i16..=1_000, 1 => any::<i16>()];
    let known = (value, year, select(&Care::ALL[..]));
    prop_oneof![
        6 => known.prop_map(|(tenths, year, care)| Figure::Known { tenths, year, care }),
        1 => Just(Figure::Suppressed),
        1 => Just(Figure::NotReported),
        1 => Just(Figure::NotPublished),
    ]
}

fn point() -> impl Strategy<Value = Point> {
    (33.8_f32..34.3, -118.6_f32..-118.0).prop_map(|(lat, lon)| Point { lat, lon })
}

fn rail() -> impl Strategy<Value = Rail> {
    (name(), select(&["A", "AE", ""][..]), any::<u8>()).prop_map(|(station, lines, hundredths)| Rail {
        station,
        lines: lines.into(),
        hundredths,
    })
}

fn school() -> impl Strategy<Value = School> {
    let texts = (name(), vec(name(), 0..3), name(), select(&PLACES[..]), select(&ZIPS[..]));
    let kind = (any::<bool>(), any::<bool>(), of(select(&Alternative::ALL[..])), (0_u8..13, 0_u8..14));
    let setting =
        select(&[Setting::Classroom, Setting::Classroom, Setting::MostlyVirtual, Setting::Virtual][..]);
    let place = (of(point()), setting, proptest::bool::weighted(0.9));
    let rest = (of(0_u32..3_000), of(any::<bool>()), of(rail()), proptest::array::uniform9(figure()));
    (texts, kind, place, rest).prop_map(|(texts, kind, place, rest)| School {
        cds: Cds::from_parts(0, 0).expect("short enough"),
        name: texts.0,
        aliases: texts.1,
        district: texts.2,
        place: texts.3.into(),
        zip: texts.4,
        point: place.0,
        grades: kind.3,
        charter: kind.0,
        magnet: kind.1,
        setting: place.1,
        alternative: kind.2.filter(|_| kind.3.0 % 2 == 0).map(|(kind, _)| kind),
        in_county: place.2,
        students: rest.0,
        gopass: rest.1,
        rail: rest.2,
        figures: rest.3,
    })
}

fn start() -> impl Strategy<Value = Start> {
    let place = select(&PLACES[..]).prop_map(str::to_owned);
    let kind = prop_oneof![
        (10_000_u32..99_999).prop_map(|zip| (zip.to_string(), zip.to_string(), StartKind::Zip)),
        select(&PLACES[..4]).prop_map(|place| {
            (domain::explorer::fold(place).replace(' ', "-"), place.to_owned(), StartKind::Place)
        }),
        (0_u64..99_999_999_999_999, name()).prop_map(|(key, name)| (
            format!("{key:014}"),
            name,
            StartKind::Middle
        )),
        ("[ -~]{0,12}", name()).prop_map(|(key, name)| (key, name, StartKind::Middle)),
    ];
    (kind, point(), place).prop_map(|((key, name, kind), point, place)| Start {
        key,
        name,
        kind,
        point,
        place,
    })
}

/// Up to `most` schools, by ascending code.
pub(crate) fn catalogue(most: usize) -> impl Strategy<Value = Catalogue> {
    let schools = vec((school(), 0_u64..9_999), 0..most).prop_map(|schools| {
        let mut schools: Vec<School> = schools
            .into_iter()
            .enumerate()
            .map(|(at, (mut school, gap))| {
                let district = 1_964_733 + u64::from(at > 10);
                school.cds = Cds::from_parts(district, at as u64 * 10_000 + gap).expect("short enough");
                school
            })
            .collect();
        schools.sort_by_key(|school| school.cds);
        schools
    });
    (schools, vec(start(), 0..12), 2_000_u16..2_100).prop_map(|(schools, mut starts, year)| {
        // One start at least can be meant by every question below.
        starts.push(Start {
            key: "boyle-heights".into(),
            name: "Boyle Heights".into(),
            kind: StartKind::Place,
            point: Point { lat: 34.04, lon: -118.21 },
            place: String::new(),
        });
        Catalogue { schools, starts, year }
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        3 => name(),
        2 => name().prop_map(|name| name.to_lowercase().chars().take(5).collect::<String>()),
        1 => select(&["roosvelt", "marhsall", "90033", "10001", "boyle heights", "venise", "zzz", "?!"][..])
            .prop_map(str::to_owned),
        1 => "\\PC{0,90}",
    ]
}

fn sort() -> impl Strategy<Value = Sort> {
    select(Sort::all().collect::<Vec<_>>())
}

/// Questions as an address can ask them.
pub(crate) fn query() -> impl Strategy<Value = Query> {
    let bounds: [_; 3] = std::array::from_fn(|at| {
        of(select(BOUNDS[at].1)).prop_map(move |bound| bound.map(|b| (BOUNDS[at].0, b)))
    });
    let bounds = bounds.prop_map(|bounds| bounds.into_iter().flatten().collect::<Vec<(Fact, u8)>>());
    let from = select(&["", "boyle-heights", "Boyle", "90033", "nowhere at all"][..]).prop_map(str::to_owned);
    let groups = (
        subsequence(Kind::ALL, 0..=2),
        subsequence(Size::ALL, 0..=2),
        subsequence(Grades::ALL, 0..=2),
        prop_oneof![2 => Just(Vec::new()), 1 => bounds],
    );
    let switch = || proptest::bool::weighted(0.25);
    let switches = (switch(), switch(), switch(), switch());
    let code = || (0_u64..9, 0_u64..9).prop_map(|(a, b)| Cds::from_parts(a, b).expect("short enough"));
    let compared = (of(code()), vec(code(), 0..6));
    (text(), from, of(select(&MILES[..])), groups, switches, sort(), compared, 1_u16..4).prop_map(
        |(text, from, miles, groups, switches, sort, (pin, picked), page)| {
            let typed = Query {
                text,
                from,
                miles,
                kinds: groups.0,
                sizes: groups.1,
                grades: groups.2,
                bounds: groups.3,
                gopass: switches.0,
                rail: switches.1,
                alternative: switches.2,
                virtual_too: switches.3,
                sort,
                pin,
                picked,
                page,
            };
            Query::parse(&typed.to_address())
        },
    )
}
