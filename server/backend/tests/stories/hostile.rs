//! No text, however broken, makes a parser panic; and each gives an answer.

use super::world::{fixture, fixture_path};
use backend::catalogue::{self, SHIPPED};
use backend::import;

/// A small generator of numbers that are the same in each run (xorshift, 64 bit).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).unwrap()
    }
}

/// What tends to break a reader of tables.
const EVIL: [&[u8]; 20] = [
    b"",
    b",",
    b"\t",
    b"\"",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xFF",
    b"\xEF\xBB\xBF",
    b"-",
    b"9999999999999999999",
    b"1e308",
    b"NaN",
    b"\xC3",
    b"{",
    b"null",
    b"2024-25",
    b"-99999",
    "ñ".as_bytes(),
    b"No Data",
];

pub fn spoil(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        let until = (at + dice.below(12)).min(bytes.len());
        match dice.below(4) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..until)),
            _ => drop(bytes.splice(at..until, EVIL[dice.below(EVIL.len())].iter().copied())),
        }
    }
    bytes
}

#[test]
fn no_spoiled_file_makes_an_importer_panic() {
    let names = [
        "directory.csv",
        "outcomes_long.csv",
        "outcomes_wide.csv",
        "reference.csv",
        "enrollment.csv",
        "staffing.csv",
        "flags.csv",
        "ag_by_year.csv",
        "gopass.csv",
        "zips.csv",
        "pathways.csv",
        "subgroups.csv",
        "grade11.csv",
        "colors_2025.csv",
        "upper.csv",
        "uc_2023_2025.csv",
        "pubschls.txt",
        "stations.geojson",
    ];
    let mut dice = Dice(0x5EED);
    for name in names {
        let whole = std::fs::read(fixture_path(name)).unwrap();
        let year = "2025-26".parse().ok();
        import::inspect(&whole, year).unwrap_or_else(|problem| panic!("{name} is good: {problem}"));
        // The header and two rows, so that most changes hit something that is looked at.
        let short: Vec<u8> =
            whole.split_inclusive(|byte| *byte == b'\n').take(3).flatten().copied().collect();
        let refused = (0..400).filter(|_| import::inspect(&spoil(&short, &mut dice), year).is_err()).count();
        assert!(refused > 100, "{name}: only {refused} of 400 spoiled files were refused");
    }
}

#[test]
fn no_spoiled_catalogue_makes_the_reader_panic() {
    let mut dice = Dice(0xCA7A);
    assert_eq!(catalogue::inspect(SHIPPED), Ok(SHIPPED.lines().count() as u64 - 1));
    let line = |at: usize| SHIPPED.lines().nth(at).unwrap();
    let header = "{\"format\":\"pathways-catalogue\",\"version\":1,\"lines\":2}";
    let short = format!("{header}\n{}\n{}\n", line(1), line(1000));
    for _ in 0..2_000 {
        let spoiled = spoil(short.as_bytes(), &mut dice);
        _ = catalogue::inspect(&String::from_utf8_lossy(&spoiled));
    }
    assert!(catalogue::inspect(&fixture("directory.csv")).is_err());
}
