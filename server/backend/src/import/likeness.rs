//! Do two lists speak of the same school?
//!
//! Lists that know no code of the state were matched to codes by others, by name or by address. Before such a match
//! is believed the names must agree. They do when
//!
//! 1. they do not name different levels (a middle school is not the high school next door), and
//! 2. without filler they are the same words; or all words of one stand in the other, and a distinctive one is among
//!    them: no kind of school ("academy", "prep"), not Los Angeles, and not a word of the district that the listing
//!    writes in brackets ("Compton High (Compton Unified)" is not Compton Early College High).
//!
//! A word may be shortened: "ENRCHED" is "Enriched". When in doubt the answer is no: what is left out is shown as
//! not known, which a family can ask about; what is wrongly taken is believed.

use crate::record::school::name_key;

/// Words that lists add or leave out. Levels stand here too; [`levels`] looks at them by itself.
const FILLER: [&str; 26] = [
    "a",
    "and",
    "at",
    "elementary",
    "for",
    "high",
    "hs",
    "in",
    "inc",
    "jr",
    "junior",
    "lausd",
    "middle",
    "ms",
    "no",
    "of",
    "on",
    "sch",
    "schl",
    "schls",
    "school",
    "schools",
    "senior",
    "sr",
    "the",
    "adult",
];

/// Words that many schools share.
const GENERIC: [&str; 31] = [
    "academy",
    "alternative",
    "angeles",
    "art",
    "arts",
    "center",
    "centre",
    "charter",
    "college",
    "community",
    "complex",
    "continuation",
    "county",
    "de",
    "early",
    "education",
    "educational",
    "k",
    "leadership",
    "learning",
    "los",
    "magnet",
    "math",
    "mathematics",
    "prep",
    "preparatory",
    "public",
    "science",
    "sciences",
    "technology",
    "to",
];

/// Can the name in a listing be that of the school to which the state gives the other name?
pub(super) fn same_school(state: &str, listed: &str) -> bool {
    let (state_words, _) = words(state);
    let (listed_words, district) = words(listed);
    let (one, other) = (levels(&state_words), levels(&listed_words));
    if one != 0 && other != 0 && one & other == 0 {
        return false;
    }
    let told = |words: Vec<String>| -> Vec<String> {
        words.into_iter().filter(|word| !FILLER.contains(&word.as_str())).collect()
    };
    let (state, listed) = (told(state_words), told(listed_words));
    let distinctive = |word: &&String| !GENERIC.contains(&word.as_str()) && !stands_in(word, &district);
    match (all_in(&state, &listed), all_in(&listed, &state)) {
        (true, true) => !state.is_empty(),
        (true, false) => state.iter().any(|word| distinctive(&word)),
        (false, true) => listed.iter().any(|word| distinctive(&word)),
        (false, false) => false,
    }
}

/// Is a place in a listing the city or the neighbourhood of a school? Listings cut long names off.
pub(super) fn same_place(listed: &str, city: &str, place: &str) -> bool {
    let listed = name_key(listed);
    let fits = |known: &str| {
        let known = name_key(known);
        !known.is_empty() && !listed.is_empty() && (known.starts_with(&listed) || listed.starts_with(&known))
    };
    fits(city) || fits(place)
}

/// The words outside brackets, and those inside.
fn words(name: &str) -> (Vec<String>, Vec<String>) {
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_usize);
    for letter in name.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(letter),
            _ => inside.push(letter),
        }
        if matches!(letter, '(' | ')') {
            outside.push(' ');
            inside.push(' ');
        }
    }
    let list = |text: &str| -> Vec<String> {
        let key = name_key(text);
        let words = key.split(' ').filter(|word| !word.is_empty());
        words
            .flat_map(|word| if word == "la" { vec!["los", "angeles"] } else { vec![word] })
            .map(str::to_owned)
            .collect()
    };
    (list(&outside), list(&inside))
}

/// The levels that a name names, one bit each.
fn levels(words: &[String]) -> u8 {
    words.iter().fold(0, |levels, word| {
        levels
            | match word.as_str() {
                "elementary" => 1,
                "middle" | "ms" => 2,
                "high" | "hs" => 4,
                "adult" => 8,
                _ => 0,
            }
    })
}

fn all_in(some: &[String], others: &[String]) -> bool {
    some.iter().all(|word| stands_in(word, others))
}

fn stands_in(word: &str, others: &[String]) -> bool {
    others.iter().any(|other| word == other || shortens(word, other) || shortens(other, word))
}

/// Is a word the other with letters left out? It begins alike and has at least three letters.
fn shortens(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    short.len() >= 3
        && short.len() < long.len()
        && short.chars().next() == long.chars().next()
        && short.chars().all(|letter| letters.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::{same_place, same_school};

    #[test]
    fn an_address_is_not_enough_to_be_the_same_school() {
        for (state, listed, same) in [
            ("Abraham Lincoln Senior High", "LAUSD - Abraham Lincoln High School", true),
            ("UCLA Community K-12", "RFK Comm Schls - UCLA Community School K-12 (LAUSD)", true),
            (
                "CHAMPS - Charter HS of Arts-Multimedia & Performing",
                "CHAMPS Charter High School of the Arts (Independent Charter Schools District)",
                true,
            ),
            (
                "Bert Corona Charter High",
                "Bert Corona Charter High (Youth Policy Institute (YPI) Charter Schools)",
                true,
            ),
            ("Camino Nuevo High #2", "Dalzell Lance Camino Nuevo High #2 (Camino Nuevo District)", true),
            ("Los Angeles Leadership Academy", "Los Angeles Leadership High School Academy", true),
            ("Inglewood High", "Morningside High (Inglewood Unified)", false),
            ("Compton Early College High", "Compton High (Compton Unified)", false),
            (
                "Compton Academy of Technology and Innovation High",
                "Compton Early College High (Compton Unified)",
                false,
            ),
            ("Da Vinci Design", "Da Vinci Communications", false),
            ("Verdugo Academy", "College View (Independent Charter Schools District)", false),
            ("Ednovate - South LA College Prep", "Bret Harte Preparatory Middle(LAUSD)", false),
            ("Rise Kohyang Middle", "Rise Kohyang High School (Bright Star Schools District)", false),
            (
                "Palos Verdes Distance Learning Academy",
                "Palos Verdes Adult (Palos Verdes Peninsula Unified)",
                false,
            ),
            ("Sherman Oaks Center for Enriched Studies", "SHERMAN OAKS CTR ENRCHED STDS", true),
            ("Animo City of Champions Charter High", "ANIMO CTY CHAMPIONS CHARTER HS", true),
            ("Los Angeles High School of the Arts", "LOS ANGELES HS OF THE ARTS", true),
            ("L.A. County High School for the Arts", "LOS ANGELES COUNTY HS FOR THE ARTS", true),
            ("High", "SCHOOL", false),
            ("", "", false),
        ] {
            assert_eq!(same_school(state, listed), same, "{state} / {listed}");
        }
    }

    #[test]
    fn a_place_is_the_city_or_the_neighbourhood() {
        assert!(same_place("Rolling Hills Estat", "Rolling Hills Estates", ""));
        assert!(same_place("Venice", "Los Angeles", "Venice"));
        assert!(!same_place("San Francisco", "Compton", "Compton"));
        assert!(!same_place("Avalon", "Wilmington", "Wilmington"));
        assert!(!same_place("", "Compton", ""));
    }
}
