//! What do people type that stands in no name, and which words of a name does nobody need?
//!
//! Short forms that are rules, not names of one school: "LA" is Los Angeles wherever it stands, "HS" is a high
//! school. Names of single schools ("LACES") are the reviewed aliases of the catalogue.

use super::super::fold::words;

/// Words that say what kind of school is meant, in both languages; "Venice" and "Venice High School" are the same
/// school to who types them, and so is "preparatoria Venice".
const LEVELS: [&str; 13] = [
    "bachillerato",
    "escuela",
    "escuelas",
    "high",
    "hs",
    "prepa",
    "preparatoria",
    "school",
    "schools",
    "secundaria",
    "senior",
    "shs",
    "sr",
];

/// Those that only Spanish has. Beside one of them "la" is the article.
const SPANISH: [&str; 6] = ["bachillerato", "escuela", "escuelas", "prepa", "preparatoria", "secundaria"];

/// Small words of Spanish between a level and a name: "la preparatoria de Venice".
pub(in super::super) const ARTICLES: [&str; 5] = ["de", "del", "el", "en", "la"];

/// Letters after which a last word may be on its way to a level: "venice high sc".
const BEGUN: usize = 2;

/// Words that join others.
const JOINS: [&str; 6] = ["and", "at", "for", "in", "of", "the"];

/// Short forms and what they stand for. The first field may be two words, since "K-Town" folds to "k town".
const SHORT: [(&str, &str); 17] = [
    ("bachillerato", "high"),
    ("dtla", "downtown"),
    ("escuela preparatoria", "high"),
    ("escuela secundaria", "high"),
    ("escuela", "school"),
    ("hs", "high"),
    ("k town", "koreatown"),
    ("ktown", "koreatown"),
    ("la", "los angeles"),
    ("lb", "long beach"),
    ("noho", "north hollywood"),
    ("prepa", "high"),
    ("preparatoria", "high"),
    ("secundaria", "high"),
    ("shs", "senior high"),
    ("sr", "senior"),
    ("weho", "west hollywood"),
];

/// Words that are near others and mean none of them: cities beyond the county, and the region.
pub(super) const APART: [&str; 6] = ["camarillo", "fountain", "hesperia", "irvine", "palma", "socal"];

/// Spanish words for what is in the names of schools in English, and how those begin: "medic" is Medical and Medicine.
const ENGLISH: [(&str, &str); 23] = [
    ("ambiental", "environment"),
    ("arte", "arts"),
    ("artes", "arts"),
    ("ciencia", "scien"),
    ("ciencias", "scien"),
    ("comunicacion", "communication"),
    ("deportes", "sport"),
    ("diseno", "design"),
    ("humanidades", "humanit"),
    ("idiomas", "language"),
    ("ingenieria", "engineer"),
    ("internacional", "international"),
    ("justicia", "justice"),
    ("liderazgo", "leader"),
    ("matematica", "math"),
    ("matematicas", "math"),
    ("medicina", "medic"),
    ("negocios", "business"),
    ("ninas", "girls"),
    ("salud", "health"),
    ("teatro", "theatre"),
    ("tecnologia", "tech"),
    ("universidad", "university"),
];

/// A folded text in which Spanish words for what schools teach are English, without levels and small words; none when
/// it has no such word. "Escuela de artes y ciencias" is `"arts scien"`.
pub(super) fn english(folded: &str) -> Option<String> {
    let meant =
        |word: &str| ENGLISH.iter().find(|(spanish, _)| *spanish == word).map(|(_, english)| *english);
    let small = |word: &str| LEVELS.contains(&word) || ARTICLES.contains(&word) || matches!(word, "y" | "e");
    let some = words(folded).any(|word| meant(word).is_some());
    some.then(|| joined(words(folded).filter(|word| !small(word)).map(|word| meant(word).unwrap_or(word))))
}

/// A folded text without the words that most names end in: `"venice senior high"` is `"venice"`.
pub(super) fn bare(folded: &str) -> String {
    joined(words(folded).filter(|word| !LEVELS.contains(word)))
}

/// A typed text without the words that only say what kind of school is meant, and then also without small words:
/// `"la preparatoria venice"` is `"venice"`, and so is `"venice high sc"`, whose last word is on its way. None when it
/// has no such words or no others.
pub(super) fn plain(folded: &str) -> Option<String> {
    let some = words(folded).any(|word| LEVELS.contains(&word));
    let folded = if some { complete(folded) } else { return None };
    let spanish = words(folded).any(|word| SPANISH.contains(&word));
    let left = without(folded, |word| LEVELS.contains(&word))?;
    without(&left, |word| JOINS.contains(&word) || spanish && ARTICLES.contains(&word)).or(Some(left))
}

/// The same for a text that finds nothing, whatever its words: fewer of them may find something.
pub(super) fn plainest(folded: &str) -> Option<String> {
    let small = |word: &str| JOINS.contains(&word) || ARTICLES.contains(&word);
    let left = without(complete(folded), |word| small(word) || LEVELS.contains(&word))?;
    (left.len() < folded.len()).then_some(left)
}

/// A text without a last word that may become a level with more letters.
fn complete(folded: &str) -> &str {
    let begun = |last: &str| last.len() >= BEGUN && LEVELS.iter().any(|level| level.starts_with(last));
    folded.rsplit_once(' ').filter(|(_, last)| begun(last)).map_or(folded, |(rest, _)| rest)
}

/// A folded text without some words, if any word is left.
pub(in super::super) fn without(folded: &str, dropped: impl Fn(&str) -> bool) -> Option<String> {
    Some(joined(words(folded).filter(|word| !dropped(word)))).filter(|left| !left.is_empty())
}

/// How many words of a folded text tell one school from another: no levels, joining words or initials.
pub(super) fn weight(folded: &str) -> usize {
    words(folded).filter(|word| word.len() > 1 && !LEVELS.contains(word) && !JOINS.contains(word)).count()
}

/// A folded text with its short forms spelled out; none when it has none.
pub(in super::super) fn spelled_out(folded: &str) -> Option<String> {
    let mut out: Vec<&str> = Vec::new();
    let mut rest = folded;
    let mut changed = false;
    while !rest.is_empty() {
        let begins = |short: &str| {
            rest.strip_prefix(short).is_some_and(|after| after.is_empty() || after.starts_with(' '))
        };
        let (word, long) = match SHORT.iter().find(|(short, _)| begins(short)) {
            Some((short, long)) => (*short, Some(*long)),
            None => (rest.split(' ').next().unwrap_or(rest), None),
        };
        changed |= long.is_some();
        out.push(long.unwrap_or(word));
        rest = rest[word.len()..].trim_start();
    }
    changed.then(|| joined(out.into_iter()))
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{bare, english, plain, plainest, spelled_out, weight};

    #[test]
    fn what_only_says_the_kind_of_school_is_no_part_of_its_name() {
        for (typed, left, least) in [
            ("garfield high school", Some("garfield"), Some("garfield")),
            ("escuela preparatoria garfield", Some("garfield"), Some("garfield")),
            ("la preparatoria de garfield", Some("garfield"), Some("garfield")),
            ("la high", Some("la"), None),
            ("port of la high", Some("port la"), Some("port")),
            ("garfield high sc", Some("garfield"), Some("garfield")),
            ("the garfield high school", Some("garfield"), Some("garfield")),
            ("high school", None, None),
            ("escuela", None, None),
            ("la escuela", Some("la"), None),
            ("garfield sc", None, Some("garfield")),
            ("garfield", None, None),
            ("los angeles", None, None),
            ("", None, None),
        ] {
            assert_eq!((plain(typed).as_deref(), plainest(typed).as_deref()), (left, least), "{typed}");
        }
    }

    #[test]
    fn spanish_words_for_what_a_school_teaches_are_read_in_english() {
        for (typed, meant) in [
            ("escuela de artes", Some("arts")),
            ("artes", Some("arts")),
            ("ciencias y tecnologia", Some("scien tech")),
            ("preparatoria de medicina bravo", Some("medic bravo")),
            ("artesia", None),
            ("preparatoria garfield", None),
        ] {
            assert_eq!(english(typed).as_deref(), meant, "{typed}");
        }
    }

    #[test]
    fn short_forms_are_words_of_their_own() {
        for (typed, meant) in [
            ("la high", Some("los angeles high")),
            ("east la", Some("east los angeles")),
            ("k town", Some("koreatown")),
            ("k towns", None),
            ("laces", None),
            ("venice hs", Some("venice high")),
            ("la sr hs", Some("los angeles senior high")),
            ("", None),
        ] {
            assert_eq!(spelled_out(typed).as_deref(), meant, "{typed}");
        }
    }

    #[test]
    fn levels_joining_words_and_initials_tell_no_school_from_another() {
        assert_eq!(bare("los angeles senior high school"), "los angeles");
        assert_eq!(bare("high"), "");
        for (name, words) in [
            ("john h francis polytechnic", 3),
            ("theodore roosevelt senior high", 2),
            ("math science and technology magnet academy at roosevelt high", 6),
            ("high school", 0),
        ] {
            assert_eq!(weight(name), words, "{name}");
        }
    }
}
