//! What is suggested for these answers, and how long does it take?
//!
//! Reads the catalogue file that the server starts from and prints the suggestion for an address, as data:
//! `cargo run --release -p domain --example six_questions -- server/catalogue/los-angeles.jsonl 'from=90033&likes=health'`.
//! It reads no more of the file than scoring needs.

#![allow(clippy::print_stdout, reason = "it prints what it finds")]
#![allow(
    clippy::disallowed_methods,
    reason = "an example is no part of the library; it may read files and the time"
)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the numbers of the file fit what they are read into"
)]

use domain::explorer::detail::Detail;
use domain::explorer::figure::{Fact, Figure, SchoolYear};
use domain::explorer::place::{Point, Start, StartKind};
use domain::explorer::school::{Alternative, Cds, School, Setting};
use domain::explorer::{Catalogue, Details, Explorer};
use domain::fit::{Pick, Wishes, agree, suggest};
use serde_json::Value;
use std::hint::black_box;
use std::time::Instant;

type Fault = Box<dyn std::error::Error>;

fn text(row: &Value, name: &str) -> String {
    row[name].as_str().unwrap_or_default().to_owned()
}

fn point(row: &Value) -> Option<Point> {
    Some(Point { lat: row["lat"].as_f64()? as f32, lon: row["lon"].as_f64()? as f32 })
}

/// The newest figure of a metric, with its year.
fn newest(row: &Value, metric: &str) -> Option<(f64, u16)> {
    let figures = row["figures"].as_object()?.values().filter_map(Value::as_array).flatten();
    let rows = figures.filter(|figure| figure[0] == metric);
    rows.filter_map(|figure| Some((figure[2].as_f64()?, figure[1].as_u64()? as u16)))
        .max_by_key(|(_, year)| *year)
}

fn figure(row: &Value, fact: Fact) -> Figure {
    newest(row, fact.slug()).map_or(Figure::NotPublished, |(value, year)| Figure::Known {
        tenths: (value * 10.0).round() as i16,
        year: SchoolYear(year),
        small: false,
    })
}

fn school(row: &Value) -> Option<(School, Detail)> {
    let cds: Cds = row["cds"].as_str()?.parse().ok()?;
    let low = u8::try_from(row["grade_low"].as_u64()?).ok()?;
    let high = u8::try_from(row["grade_high"].as_u64()?).ok()?;
    let school = School {
        cds,
        name: text(row, "name"),
        aliases: row["aliases"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|alias| alias[0].as_str().map(str::to_owned))
            .collect(),
        district: text(row, "district"),
        place: text(row, "place"),
        zip: row["zip"].as_str()?.parse().ok()?,
        point: point(row),
        grades: (low, high),
        charter: row["charter"] == true,
        magnet: row["magnet"] == true,
        setting: if row["setting"] == "classroom" { Setting::Classroom } else { Setting::Virtual },
        alternative: (!row["alternative"].is_null()).then_some(Alternative::Dass),
        in_county: row["in_county"] == true,
        students: row["students"].as_u64().and_then(|students| u32::try_from(students).ok()),
        gopass: row["gopass"][0].as_bool(),
        rail: None,
        figures: Fact::ALL.map(|fact| figure(row, fact)),
    };
    let pathways = row["pathways"].as_array().into_iter().flatten();
    let detail = Detail {
        cds,
        address: String::new(),
        phone: String::new(),
        years: Vec::new(),
        classes: Vec::new(),
        counselor: newest(row, "counselor-ratio").map(|(value, year)| (value as u16, SchoolYear(year))),
        teachers: None,
        groups: Vec::new(),
        pathways: pathways
            .filter_map(|pathway| Some((pathway[0].as_str()?.to_owned(), pathway[1].as_u64()? as u16)))
            .collect(),
    };
    Some((school, detail))
}

fn load(file: &str) -> Result<(Catalogue, Details), Fault> {
    let (mut catalogue, mut details) = (Catalogue::default(), Details::default());
    for line in std::fs::read_to_string(file)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let high =
            row["school"]["grade_low"].as_u64() <= Some(9) && row["school"]["grade_high"].as_u64() >= Some(9);
        if let Some((school, detail)) = school(&row["school"]).filter(|_| high) {
            catalogue.schools.push(school);
            details.schools.push(detail);
        }
        if let Some(point) = point(&row["zip"]) {
            let zip = text(&row["zip"], "zip");
            let place = text(&row["zip"], "place");
            catalogue.starts.push(Start { key: zip.clone(), name: zip, kind: StartKind::Zip, point, place });
        }
    }
    catalogue.schools.sort_by_key(|school| school.cds);
    details.schools.sort_by_key(|detail| detail.cds);
    Ok((catalogue, details))
}

fn show(explorer: &Explorer, label: &str, pick: &Pick) {
    let name = &explorer.school(pick.school).name;
    println!("{label} {name}: {:?}", pick.trip);
    println!("     for {:?}\n     against {:?}, not known {:?}", pick.reasons, pick.against, pick.unknown);
}

fn main() -> Result<(), Fault> {
    let mut words = std::env::args().skip(1);
    let (Some(file), Some(address)) = (words.next(), words.next()) else {
        return Err("two arguments: the catalogue file and the answers as an address".into());
    };
    let (catalogue, details) = load(&file)?;
    let explorer = Explorer::new(catalogue);
    let wishes = Wishes::parse(&address);
    let found = suggest(&explorer, Some(&details), &wishes, None);
    println!("{} schools; {:?}", explorer.catalogue().schools.len(), found.weights);
    for (place, pick) in found.picks.iter().enumerate() {
        show(&explorer, &format!("{:4}", place + 1), pick);
    }
    let others = [("near", &found.near), ("else", &found.unexpected)];
    for (label, pick) in others.into_iter().filter_map(|(label, pick)| Some((label, pick.as_ref()?))) {
        show(&explorer, label, pick);
    }
    if let Some(pinned) = &found.pinned {
        show(&explorer, &format!("pinned, at {:?} of {},", pinned.place, pinned.of), &pinned.pick);
    }
    let both = agree(&explorer, Some(&details), &wishes, None);
    println!("both {:?}, {} schools high on both lists", both.both, both.schools.len());
    let mut times = [0; 101].map(|_| {
        let begun = Instant::now();
        black_box(suggest(&explorer, Some(&details), black_box(&wishes), None));
        begun.elapsed()
    });
    times.sort_unstable();
    println!("p50 {:?}, p95 {:?}", times[50], times[95]);
    Ok(())
}
