//! How does Pathways behave with far more schools than there are?
//!
//! A made-up catalogue of any size for benchmarks: the same on every machine, and plainly fictional. None of its
//! figures belongs to a school.

use super::catalogue::Catalogue;
use super::figure::{Care, Fact, Figure, SchoolYear};
use super::place::{Point, Start, StartKind};
use super::school::{Alternative, Cds, Rail, School, Setting};

const WORDS: [&str; 24] = [
    "Maple",
    "Cedar",
    "Juniper",
    "Harbor",
    "Canyon",
    "Mesa",
    "Sierra",
    "Prairie",
    "Willow",
    "Granite",
    "Meadow",
    "Summit",
    "Lagoon",
    "Orchard",
    "Poppy",
    "Heron",
    "Condor",
    "Sagebrush",
    "Redwood",
    "Coral",
    "Quartz",
    "Aspen",
    "Tidewater",
    "Manzanita",
];
const ENDS: [&str; 5] = ["High", "Senior High", "Academy", "Charter High", "Preparatory"];
const PLACES: u32 = 160;
const MIDDLES: u32 = 600;
const ZIPS: u32 = 280;

/// A small repeatable generator (xorshift), so that a benchmark needs no crate for chance.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 33) % u64::from(sides.max(1))).unwrap_or(0)
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(u32::try_from(list.len()).unwrap_or(1)) as usize]
    }

    /// Somewhere in a rectangle as large as the county, in steps of a ten-thousandth of a degree.
    fn point(&mut self) -> Point {
        #[allow(clippy::cast_precision_loss, reason = "both are below 2^24")]
        let step = |steps: u32| steps as f32 / 10_000.0;
        Point { lat: 33.7 + step(self.roll(11_000)), lon: -118.9 + step(self.roll(12_000)) }
    }

    fn figure(&mut self, fact: Fact) -> Figure {
        let (low, high): (i16, i16) = match fact {
            Fact::Graduation => (600, 1_000),
            Fact::AgReady | Fact::CollegeGoing | Fact::CollegeCareer => (200, 980),
            Fact::Absence => (30, 500),
            Fact::Suspension | Fact::Dropout => (0, 150),
            Fact::English | Fact::Math => (-1_400, 1_000),
        };
        match self.roll(20) {
            0 => Figure::NotPublished,
            1 => Figure::Suppressed,
            _ => Figure::Known {
                tenths: low + i16::try_from(self.roll(u32::from(high.abs_diff(low)))).unwrap_or(0),
                year: SchoolYear(if fact == Fact::CollegeGoing { 2_023 } else { 2_025 }),
                care: if self.roll(15) == 0 { Care::Few } else { Care::Plain },
            },
        }
    }
}

fn code(school: u32) -> Option<Cds> {
    format!("{:014}", 99_000_000_000_000_u64 + u64::from(school) * 7).parse().ok()
}

fn place(at: u32) -> String {
    let (first, second) =
        (WORDS[at as usize % 24], ["Hills", "Park", "Beach", "Valley", "Grove", "Heights", "Village"]);
    format!("{first} {}", second[at as usize / 24 % 7])
}

fn school(dice: &mut Dice, at: u32) -> Option<School> {
    let (word, end, kind) = (dice.pick(&WORDS), dice.pick(&ENDS), dice.roll(100));
    let lowest = [9, 9, 9, 6, 7, 0][dice.roll(6) as usize];
    let alternative = (dice.roll(5) == 0).then(|| Alternative::ALL[dice.roll(7) as usize].0);
    Some(School {
        cds: code(at)?,
        name: format!("Synthetic School {at:05} {word} {end}"),
        aliases: if dice.roll(12) == 0 { vec![format!("SS{at:05}")] } else { Vec::new() },
        district: format!("{} Synthetic Unified", WORDS[dice.roll(24) as usize]),
        place: place(dice.roll(PLACES)),
        zip: 99_000 + dice.roll(ZIPS),
        point: Some(dice.point()),
        grades: (lowest, 12),
        charter: kind < 40,
        magnet: (35..60).contains(&kind),
        setting: if dice.roll(15) == 0 { Setting::Virtual } else { Setting::Classroom },
        alternative,
        in_county: dice.roll(60) > 0,
        students: (dice.roll(40) > 0).then(|| 40 + dice.roll(60) * dice.roll(60)),
        gopass: (dice.roll(12) > 0).then(|| dice.roll(5) > 0),
        rail: (dice.roll(7) == 0).then(|| Rail {
            station: format!("{} Synthetic", WORDS[dice.roll(24) as usize]),
            lines: "AE".into(),
            hundredths: u8::try_from(dice.roll(60)).unwrap_or(0),
        }),
        figures: Fact::ALL.map(|fact| dice.figure(fact)),
    })
}

/// A catalogue of this many made-up schools, with places, ZIP codes and middle schools to start from.
pub fn catalogue(schools: usize) -> Catalogue {
    let mut dice = Dice(0x5eed_0fca_fe15_600d);
    let many = u32::try_from(schools).unwrap_or(u32::MAX);
    let schools = (0..many).filter_map(|at| school(&mut dice, at)).collect();
    let mut starts = Vec::new();
    let mut add = |kind, key: String, name: String, place: String| {
        starts.push(Start { key, name, kind, point: dice.point(), place });
    };
    for at in 0..ZIPS {
        let zip = (99_000 + at).to_string();
        add(StartKind::Zip, zip.clone(), zip, place(at % PLACES));
    }
    for at in 0..PLACES {
        add(StartKind::Place, place(at).to_lowercase().replace(' ', "-"), place(at), String::new());
    }
    for at in 0..MIDDLES {
        let name = format!("Synthetic Middle {at:03} {}", WORDS[at as usize % 24]);
        add(
            StartKind::Middle,
            format!("{:014}", 98_000_000_000_000_u64 + u64::from(at)),
            name,
            place(at % PLACES),
        );
    }
    Catalogue { schools, starts, year: 2_026 }
}
