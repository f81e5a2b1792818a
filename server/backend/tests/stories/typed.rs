//! What do students type, and which school comes first? On the catalogue that ships.

use super::world::World;
use backend::catalogue::{self, SHIPPED};
use backend::explorer;
use domain::explorer::place::StartKind;
use domain::explorer::query::Query;
use domain::explorer::{Answer, Explorer, StartAnswer, Understood};

/// What is typed, and the name of the first school. Where several are as good the fit decides, so those are not here.
const TYPED: [(&str, &str); 50] = [
    ("LA high", "Los Angeles Senior High"),
    ("los angeles high school", "Los Angeles Senior High"),
    ("L.A. High", "Los Angeles Senior High"),
    ("roosevelt", "Theodore Roosevelt Senior High"),
    ("roosvelt", "Theodore Roosevelt Senior High"),
    ("rosevelt high", "Theodore Roosevelt Senior High"),
    ("rosevelt", "Theodore Roosevelt Senior High"),
    ("GHCHS", "Granada Hills Charter"),
    ("roosevelt hs", "Theodore Roosevelt Senior High"),
    ("garfield", "James A. Garfield Senior High"),
    ("garfeild", "James A. Garfield Senior High"),
    ("fremont", "John C. Fremont Senior High"),
    ("venice", "Venice Senior High"),
    ("venice hs", "Venice Senior High"),
    ("hollywood high", "Hollywood Senior High"),
    ("carson", "Carson Senior High"),
    ("bernstein", "Helen Bernstein High"),
    ("fairfax", "Fairfax Senior High"),
    ("hamilton", "Alexander Hamilton Senior High"),
    ("LACES", "Los Angeles Center for Enriched Studies"),
    ("la center for enriched studies", "Los Angeles Center for Enriched Studies"),
    ("SOCES", "Sherman Oaks Center for Enriched Studies"),
    ("bravo", "Francisco Bravo Medical Magnet High"),
    ("bravo medical magnet", "Francisco Bravo Medical Magnet High"),
    ("downtown magnets", "Downtown Business High"),
    ("downtown magnets high", "Downtown Business High"),
    ("westchester", "WESM Health/Sports Medicine"),
    ("westchester high", "WESM Health/Sports Medicine"),
    ("crenshaw", "Crenshaw Science, Technology, Engineering, Math and Medicine Magnet"),
    ("king drew", "King/Drew Medical Magnet High"),
    ("pali", "Palisades Charter High"),
    ("pali high", "Palisades Charter High"),
    ("taft", "Taft Charter High"),
    ("birmingham", "Birmingham Community Charter High"),
    ("granada", "Granada Hills Charter"),
    ("uni high", "University High School Charter"),
    ("lb poly", "Polytechnic High"),
    ("francis poly", "John H. Francis Polytechnic"),
    ("lincoln", "Abraham Lincoln Senior High"),
    ("manual arts", "Manual Arts Senior High"),
    ("santee", "Santee Education Complex"),
    ("mendez", "Felicitas and Gonzalo Mendez High"),
    ("maya angelou", "Dr. Maya Angelou Community High"),
    ("32nd street", "Thirty-Second Street USC Performing Arts"),
    ("port of la", "Port of Los Angeles High"),
    ("svah", "School for the Visual Arts and Humanities"),
    ("santa monica", "Santa Monica High"),
    ("el camino", "El Camino Real Charter High"),
    ("van nuys sr high", "Van Nuys Senior High"),
    ("cortines", "Ramon C. Cortines School of Visual and Performing Arts"),
];

async fn shipped() -> Explorer {
    let world = World::new().await;
    catalogue::load(&world.database, &world.clock, "shipped", SHIPPED).await.unwrap();
    let (catalogue, _) = explorer::load_catalogue(&world.database).await.unwrap();
    world.end().await;
    Explorer::new(catalogue)
}

fn ask(explorer: &Explorer, typed: &str) -> Answer {
    explorer.ask(&Query { text: typed.into(), ..Query::default() })
}

#[tokio::test]
async fn the_school_that_was_meant_comes_first() {
    let explorer = shipped().await;
    let mut wrong = Vec::new();
    for (typed, meant) in TYPED {
        let answer = ask(&explorer, typed);
        let first = answer.hits.first().map_or("nothing", |hit| explorer.school(hit.school).name.as_str());
        if first != meant {
            wrong.push(format!("{typed}: {first}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn a_campus_of_several_schools_is_found_whole() {
    let explorer = shipped().await;
    let answer = ask(&explorer, "RFK");
    assert_eq!(answer.total, 4);
    let places = answer.hits.iter().map(|hit| explorer.school(hit.school).place.as_str());
    assert!(places.into_iter().all(|place| place == "Koreatown"));
}

#[tokio::test]
async fn a_spoken_name_of_a_place_is_the_place() {
    let explorer = shipped().await;
    for (typed, place) in [
        ("K-town", "Koreatown"),
        ("ktown", "Koreatown"),
        ("Koreatown", "Koreatown"),
        ("NoHo", "North Hollywood"),
        ("East LA", "East Los Angeles"),
    ] {
        let answer = ask(&explorer, typed);
        assert_eq!(answer.understood, Understood::Place(place.into()), "{typed}");
        let here = answer.hits.iter().filter(|hit| explorer.school(hit.school).place == place).count();
        assert!(here >= 2, "{typed}: {here}");
    }
}

#[tokio::test]
async fn a_word_that_is_no_school_is_not_made_one() {
    let explorer = shipped().await;
    for typed in ["dance", "La Habra", "SoCal", "Irvine", "Fountain Valley", "Hesperia", "soccer", "film"] {
        assert_eq!(ask(&explorer, typed).understood, Understood::Nowhere, "{typed}");
    }
}

#[tokio::test]
async fn what_a_guardian_types_in_spanish_finds_what_names_say_in_english() {
    let explorer = shipped().await;
    for (typed, told, word) in [
        ("ciencias", "Science", "Scien"),
        ("escuela de artes", "Arts", "Art"),
        ("medicina", "Medical", "Medic"),
        ("preparatoria de ingeniería", "Engineering", "Engineering"),
        ("matemáticas", "Math", "Math"),
        ("salud", "Health", "Health"),
        ("tecnología", "Technology", "Tech"),
    ] {
        let answer = ask(&explorer, typed);
        assert_eq!(answer.understood, Understood::Corrected(told.into()), "{typed}");
        let names = answer.hits.iter().map(|hit| explorer.school(hit.school));
        let named = names.filter(|school| {
            school.name.contains(word) || school.aliases.iter().any(|alias| alias.contains(word))
        });
        assert!(answer.total >= 2 && named.count() == answer.hits.len(), "{typed}: {}", answer.total);
    }
}

#[tokio::test]
async fn a_zip_code_without_a_centre_is_where_its_schools_are_and_a_county_is_no_start() {
    let explorer = shipped().await;
    let StartAnswer::Found(avalon) = explorer.start("90704") else { panic!("Avalon has a school") };
    assert_eq!((avalon.place.as_str(), avalon.kind), ("Avalon", StartKind::Zip));
    assert!((33.3..33.4).contains(&avalon.point.lat), "on Catalina: {}", avalon.point.lat);
    assert_eq!(explorer.start("Los Angeles"), StartAnswer::Unknown);
    assert!(matches!(explorer.start("East LA"), StartAnswer::Found(_)));
    assert!(explorer.suggest("los angeles ac", 8).iter().all(|start| start.name.contains("Academy")));
}
