//! Do the names that people say find their schools, on the catalogue that ships?

use domain::explorer::figure::{Fact, Figure};
use domain::explorer::place::{Point, Start, StartKind};
use domain::explorer::query::{Query, TEXT_MOST};
use domain::explorer::school::{Cds, School, Setting};
use domain::explorer::{Catalogue, Explorer, StartAnswer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const SHIPPED: &str = include_str!("../../../server/catalogue/los-angeles.jsonl");

static EXPLORER: LazyLock<Explorer> = LazyLock::new(shipped);

fn word(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_owned()
}

#[allow(clippy::cast_possible_truncation)]
fn point(row: &Value) -> Option<Point> {
    Some(Point { lat: row["lat"].as_f64()? as f32, lon: row["lon"].as_f64()? as f32 })
}

/// Names, places and grades of what ships; no figures, which no text is matched against.
fn shipped() -> Explorer {
    let (mut schools, mut starts, mut places) = (Vec::new(), Vec::new(), BTreeMap::new());
    for line in SHIPPED.lines() {
        let row: Value = serde_json::from_str(line).expect("each line is JSON");
        let (zip, row) = (&row["zip"], &row["school"]);
        if let Some(point) = point(zip) {
            let (key, place) = (word(zip, "zip"), word(zip, "place"));
            starts.push(Start { name: key.clone(), key, kind: StartKind::Zip, point, place });
        }
        let Some(point) = point(row) else { continue };
        let grades = [&row["grade_low"], &row["grade_high"]]
            .map(|grade| u8::try_from(grade.as_u64().expect("a number")).expect("small"));
        let classroom = row["setting"] == "classroom";
        let place = word(row, "place");
        if row["in_county"] == true {
            places.entry(place.clone()).or_insert(point);
            if (grades[0]..=grades[1]).contains(&8) && classroom {
                let (key, name, place) = (word(row, "cds"), word(row, "name"), place.clone());
                starts.push(Start { key, name, kind: StartKind::Middle, point, place });
            }
        }
        if !(grades[0]..=grades[1]).contains(&9) {
            continue;
        }
        let aliases = row["aliases"].as_array().into_iter().flatten();
        schools.push(School {
            cds: word(row, "cds").parse::<Cds>().expect("a code"),
            name: word(row, "name"),
            aliases: aliases.map(|alias| alias[0].as_str().unwrap_or_default().to_owned()).collect(),
            district: word(row, "district"),
            place,
            zip: word(row, "zip").parse().expect("five digits"),
            point: Some(point),
            grades: (grades[0], grades[1]),
            charter: row["charter"] == true,
            magnet: row["magnet"] == true,
            setting: Setting::Classroom,
            alternative: None,
            in_county: row["in_county"] == true,
            students: None,
            gopass: None,
            rail: None,
            figures: [Figure::NotPublished; Fact::ALL.len()],
        });
    }
    starts.extend(places.into_iter().map(|(name, point)| Start {
        key: domain::explorer::fold(&name).replace(' ', "-"),
        name,
        kind: StartKind::Place,
        point,
        place: String::new(),
    }));
    schools.sort_by_key(|school| school.cds);
    Explorer::new(Catalogue { schools, starts, year: 2_026 })
}

/// What people say before and after the name of a school.
const AROUND: [(&str, &str); 16] = [
    ("", ""),
    ("", " High"),
    ("", " HS"),
    ("", " high school"),
    ("", " High School"),
    ("", " Senior High School"),
    ("", " school"),
    ("", " Senior High"),
    ("", " SHS"),
    ("", " high sch"),
    ("preparatoria ", ""),
    ("escuela ", ""),
    ("secundaria ", ""),
    ("escuela preparatoria ", ""),
    ("la preparatoria ", ""),
    ("the ", " high school"),
];

/// What schools are called in the city, and the code of the school that is meant.
const COMMON: [(&str, &str); 49] = [
    ("Garfield", "19647331933381"),
    ("Roosevelt", "19647331937424"),
    ("Marshall", "19647331935568"),
    ("Hamilton", "19647331933852"),
    ("Lincoln", "19647331935121"),
    ("Jefferson", "19647331934371"),
    ("Franklin", "19647331933043"),
    ("Kennedy", "19647331939941"),
    ("Monroe", "19647331935865"),
    ("Grant", "19647331933795"),
    ("Taft", "19647331938612"),
    ("Cleveland", "19647331931864"),
    ("Washington Prep", "19647331939305"),
    ("Dorsey", "19647331932383"),
    ("Fremont", "19647331933118"),
    ("Locke", "19647330118588"),
    ("Banning", "19647331930650"),
    ("Narbonne", "19647331936160"),
    ("Bernstein", "19647330117069"),
    ("Roybal", "19647330117051"),
    ("Mendez", "19647330119966"),
    ("Bravo", "19647331995448"),
    ("Polytechnic", "19647331932987"),
    ("Wilson", "19647331939859"),
    ("Angelou", "19647330124479"),
    ("Hoover", "19645681934082"),
    ("Knight", "19642460100081"),
    ("Muir", "19648811936103"),
    ("Keppel", "19757131934553"),
    ("Gahr", "19642121933159"),
    ("Whitney", "19642121931880"),
    ("Warren", "19644511939164"),
    ("Hart", "19651361933902"),
    ("Rowland", "19734521937564"),
    ("Glenn", "19648401933647"),
    ("Clark Magnet", "19645681996131"),
    ("Firebaugh", "19647740109538"),
    ("Workman", "19734451939925"),
    ("Sato", "19647250132324"),
    ("McBride", "19647250127381"),
    ("Granada Hills", "19647331933746"),
    ("El Camino Real", "19647331932623"),
    ("Birmingham", "19647331931047"),
    ("Cortines", "19647330119727"),
    ("Santee", "19647330109447"),
    ("West Adams", "19647330114850"),
    ("Dymally", "19647330126573"),
    ("King Drew", "19647331933001"),
    ("Browning", "19647250135525"),
];

/// Schools by the place to start from that they are, and what is typed.
const STARTS: [(&str, &str); 18] = [
    ("Hollenbeck Middle School", "Hollenbeck Middle"),
    ("hollenbeck middle sc", "Hollenbeck Middle"),
    ("Hollenbeck MS", "Hollenbeck Middle"),
    ("Hollenbeck junior high", "Hollenbeck Middle"),
    ("Hollenbeck", "Hollenbeck Middle"),
    ("escuela Hollenbeck", "Hollenbeck Middle"),
    ("la secundaria Hollenbeck", "Hollenbeck Middle"),
    ("escuela intermedia Hollenbeck", "Hollenbeck Middle"),
    ("Gage Middle School", "Henry T. Gage Middle"),
    ("Bethune", "Mary McLeod Bethune Middle"),
    ("Roosevelt Middle School", "Theodore Roosevelt Middle"),
    ("Roosevelt Elementary School", "Roosevelt Elementary"),
    ("East LA", "East Los Angeles"),
    ("East L.A.", "East Los Angeles"),
    ("east la mirada", "East La Mirada"),
    ("La Puente", "La Puente"),
    ("Boyle", "Boyle Heights"),
    ("90033", "90033"),
];

/// Names that several starts have, or only a school of a level that was not typed.
const UNCLEAR: [&str; 9] = [
    "Garfield",
    "Garfield High School",
    "Roosevelt",
    "Lincoln",
    "Granada",
    "Jefferson Middle School",
    "Burbank Middle",
    "la canada",
    "Boyle Heights school",
];

fn hits(text: String) -> Vec<u32> {
    EXPLORER.all_hits(&Query { text, ..Query::default() })
}

/// Is a school among the first three, or among as many as have the name?
fn is_first(school: u32, name: &str, text: String) -> bool {
    let named = |school: &&School| school.name == name || school.aliases.iter().any(|alias| alias == name);
    let sharing = EXPLORER.catalogue().schools.iter().filter(named).count();
    hits(text).iter().take(sharing.max(3)).any(|hit| *hit == school)
}

#[test]
fn each_name_and_alias_finds_its_school_whatever_is_said_around_it() {
    let mut missed = Vec::new();
    for (at, school) in (0_u32..).zip(&EXPLORER.catalogue().schools).filter(|(_, school)| school.in_county) {
        for name in std::iter::once(&school.name).chain(&school.aliases) {
            for (before, after) in AROUND {
                let text = format!("{before}{name}{after}");
                if text.chars().count() <= TEXT_MOST && !is_first(at, name, text.clone()) {
                    missed.push(text);
                }
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_people_call_a_school_finds_it_whatever_is_said_around_it() {
    let mut missed = Vec::new();
    for (name, cds) in COMMON {
        let school = EXPLORER.find(cds.parse().expect("a code")).expect("it ships");
        for (before, after) in AROUND {
            let text = format!("{before}{name}{after}");
            if !is_first(school, name, text.clone()) {
                missed.push(text);
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_level_that_is_typed_takes_no_school_away() {
    for (name, _) in COMMON {
        let plain = hits(name.to_owned());
        for (before, after) in AROUND {
            let more = hits(format!("{before}{name}{after}"));
            assert!(plain.iter().all(|hit| more.contains(hit)), "{before}{name}{after}");
        }
    }
}

#[test]
fn a_start_is_found_by_what_people_say_and_asked_for_where_that_is_unclear() {
    for (typed, name) in STARTS {
        let StartAnswer::Found(start) = EXPLORER.start(typed) else {
            panic!("{typed}: {:?}", EXPLORER.start(typed))
        };
        assert_eq!(start.name, name, "{typed}");
    }
    for typed in UNCLEAR {
        assert!(matches!(EXPLORER.start(typed), StartAnswer::Several(_)), "{typed}");
    }
}

#[test]
fn each_middle_school_is_found_or_offered_in_every_form_of_its_name() {
    let starts = &EXPLORER.catalogue().starts;
    for (start, bare) in starts.iter().filter_map(|start| Some((start, start.name.strip_suffix(" Middle")?)))
    {
        let alone = starts.iter().filter(|other| other.name == start.name).count() == 1;
        for (before, after) in [("", " Middle"), ("", " Middle School"), ("", " MS"), ("secundaria ", "")] {
            let typed = format!("{before}{bare}{after}");
            match EXPLORER.start(&typed) {
                StartAnswer::Found(found) => assert_eq!(found.key, start.key, "{typed}"),
                StartAnswer::Several(some) => {
                    assert!(some.contains(&start), "{typed}: {some:?}");
                    assert!(!alone || !before.is_empty(), "{typed} is one school");
                }
                other => panic!("{typed}: {other:?}"),
            }
        }
    }
}
