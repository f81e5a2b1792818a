//! Answers, weights, names and small catalogues, one by one.

use domain::explorer::{Catalogue, Explorer};
use domain::fit::sector::said;
use domain::fit::{After, Card, Criterion, Idle, Need, Reach, Sector, Weights, Wishes, suggest};

#[test]
fn answers_are_read_as_far_as_they_make_sense() {
    for (raw, address) in [
        ("", ""),
        ("?from=90033&miles=4", "from=90033&miles=4"),
        ("from=+Boyle%20Heights+", "from=Boyle+Heights"),
        ("miles=5&minutes=31&after=fame&pin=12&size=small", ""),
        ("miles=4&minutes=30", "minutes=30"),
        ("minutes=30&miles=3", "minutes=30"),
        ("likes=health,arts", "likes=arts,health"),
        ("likes=health&likes=arts&likes=health", "likes=arts,health"),
        ("likes=transportation,health,arts,business", "likes=arts,health,transportation"),
        ("needs=counselor,small,gold,english", "needs=english,small,counselor"),
        ("matters=a-g,trip,a-g,stars,calm,size", "matters=a-g,trip,calm"),
        ("matters=calm&matters=&matters=trip", "matters=calm,trip"),
        ("family=size&after=community-college", "after=community-college&family=size"),
        ("pin=19647331932888", "pin=19647331932888"),
    ] {
        let wishes = Wishes::parse(raw);
        assert_eq!(wishes.to_address(), address, "{raw}");
        assert_eq!(Wishes::parse(address), wishes, "{raw}");
    }
    let wishes = Wishes::parse("minutes=45&needs=small&matters=trip&family=calm,size");
    assert_eq!((wishes.reach, wishes.needs(Need::Small)), (Some(Reach::Minutes(45)), true));
    assert_eq!(wishes.of_family().matters, [Card::Calm, Card::Size]);
    assert_eq!(wishes.of_family().of_family(), wishes);
}

#[test]
fn weights_are_the_persons() {
    let card = Criterion::Card;
    for (raw, trip, counts, idle, is_default) in [
        (
            "",
            false,
            vec![(card(Card::Graduation), 1), (card(Card::AgReady), 1), (card(Card::Attendance), 1)],
            vec![],
            true,
        ),
        (
            "from=90033&matters=trip,a-g,calm&after=university",
            true,
            vec![
                (card(Card::Trip), 3),
                (card(Card::AgReady), 2),
                (card(Card::Calm), 1),
                (card(Card::CollegeGoing), 1),
            ],
            vec![],
            false,
        ),
        // A place nobody knows: the trip is told not to count, and keeps no weight from the others.
        (
            "from=nowhere&matters=trip,a-g",
            false,
            vec![(card(Card::AgReady), 2)],
            vec![(card(Card::Trip), Idle::NoPlace)],
            false,
        ),
        (
            "matters=size,interest",
            false,
            vec![(card(Card::Graduation), 1), (card(Card::AgReady), 1), (card(Card::Attendance), 1)],
            vec![(card(Card::Size), Idle::NoSize), (card(Card::Interest), Idle::NoLikes)],
            true,
        ),
        (
            "needs=english,large,gopass&likes=health&matters=interest&after=work",
            false,
            vec![
                (card(Card::Interest), 3),
                (card(Card::Size), 1),
                (Criterion::Need(Need::Gopass), 1),
                (card(Card::Graduation), 1),
            ],
            vec![(Criterion::Need(Need::English), Idle::Unpublished)],
            false,
        ),
        // How far is fine, but from nowhere.
        (
            "miles=2&matters=calm",
            false,
            vec![(card(Card::Calm), 3)],
            vec![(card(Card::Trip), Idle::NoStart)],
            false,
        ),
    ] {
        let expected = Weights { counts, idle, is_default };
        assert_eq!(Weights::of(&Wishes::parse(raw), trip), expected, "{raw}");
    }
    for after in After::ALL {
        assert!(!after.implies().is_empty());
    }
}

#[test]
fn an_empty_catalogue_has_an_empty_suggestion() {
    let explorer = Explorer::new(Catalogue::default());
    let wishes = Wishes::parse("from=90033&minutes=30&matters=trip,interest&likes=arts&pin=19647331932888");
    let found = suggest(&explorer, None, &wishes, Some(&|_| Some(3)));
    assert!(
        found.picks.is_empty()
            && found.near.is_none()
            && found.unexpected.is_none()
            && found.pinned.is_none()
    );
}

/// Names as the state lists them for 2025-26, and pathways as their certificates do.
#[test]
fn names_say_what_they_say_and_no_more() {
    use Sector::{
        Arts, Business, Education, Energy, Engineering, Health, Hospitality, PublicServices, Technology,
    };
    let table: [(&str, &[Sector]); 34] = [
        ("Francisco Bravo Medical Magnet High", &[Health]),
        ("WESM Health/Sports Medicine", &[Health]),
        ("Orthopaedic Hospital", &[Health]),
        ("Berenece Carlson Home Hospital", &[]),
        ("Academy of Medical Arts at Carson High", &[Health]),
        ("Manual Arts Senior High", &[]),
        ("Los Angeles High School of the Arts", &[Arts]),
        ("Valley Academy of Arts and Sciences", &[]),
        ("Cesar E. Chavez Learning Academies-Arts/Theatre/Entertain Mag", &[Arts]),
        ("Cesar E. Chavez Learning Academies-Social Justice Humanitas Academy", &[]),
        ("Daniel Pearl Journalism & Communications Magnet", &[Arts]),
        ("CHAMPS - Charter HS of Arts-Multimedia & Performing", &[Arts]),
        ("Los Angeles Academy of Arts and Enterprise", &[Arts, Business]),
        ("Downtown Business High", &[Business]),
        ("School of Business and Tourism at Contreras Learning Complex", &[Business, Hospitality]),
        ("Dr. Richard A. Vladovic Harbor Teacher Preparation Academy", &[Education]),
        ("Santee Education Complex", &[]),
        ("Environmental Charter High - Lawndale", &[Energy]),
        ("Diego Rivera Learning Complex Green Design STEAM Academy", &[Energy, Engineering, Technology]),
        ("Boyle Heights Science, Technology, Engineering and Math Magnet", &[Engineering, Technology]),
        ("Sylmar Biotech Health and Engineering Magnet", &[Engineering, Health]),
        ("Palmdale Aerospace Academy", &[Engineering]),
        ("Public Service Community at Diego Rivera Learning Complex", &[PublicServices]),
        ("Early College Academy-LA Trade Tech College", &[]),
        ("High Tech LA", &[Technology]),
        ("Polytechnic High", &[]),
        ("Port of Los Angeles High", &[]),
        ("New Designs Charter School-Watts", &[]),
        ("Artesia High", &[]),
        ("Abraham Lincoln Senior High", &[]),
        ("Patient Care pathway", &[Health]),
        ("Critical Design and Gaming School (C:/DAGS)", &[Arts]),
        ("Environmental Science, Engineering & Technology (ESET)", &[Energy, Engineering, Technology]),
        ("Biomedical and Engineering pathway (Long Beach Unified)", &[Engineering, Health]),
    ];
    for (name, sectors) in table {
        let found: Vec<Sector> = Sector::ALL.iter().copied().filter(|it| said(name, *it).is_some()).collect();
        assert_eq!(found, sectors, "{name}");
    }
}

#[test]
fn every_word_of_a_sector_is_one_that_a_name_can_say() {
    for sector in Sector::ALL {
        assert!(!sector.words().is_empty());
        for word in sector.words() {
            assert_eq!(domain::explorer::fold(word), *word, "{word}");
            assert_eq!(said(&format!("The {word} School"), *sector), Some(*word), "{word}");
        }
    }
}
