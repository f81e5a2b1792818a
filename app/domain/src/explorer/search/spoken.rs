//! What do people type that stands in no name, and which words of a name does nobody need?
//!
//! Short forms that are rules, not names of one school: "LA" is Los Angeles wherever it stands, "HS" is a high
//! school. Names of single schools ("LACES") are the reviewed aliases of the catalogue.

use super::super::fold::words;

/// Words that most names end in; "Venice" and "Venice High School" are the same school to who types them.
const LEVELS: [&str; 6] = ["high", "hs", "school", "schools", "senior", "sr"];

/// Words that join others.
const JOINS: [&str; 6] = ["and", "at", "for", "in", "of", "the"];

/// Short forms and what they stand for. The first field may be two words, since "K-Town" folds to "k town".
const SHORT: [(&str, &str); 9] = [
    ("dtla", "downtown"),
    ("hs", "high"),
    ("k town", "koreatown"),
    ("ktown", "koreatown"),
    ("la", "los angeles"),
    ("lb", "long beach"),
    ("noho", "north hollywood"),
    ("sr", "senior"),
    ("weho", "west hollywood"),
];

/// A folded text without the words that most names end in: `"venice senior high"` is `"venice"`.
pub(super) fn bare(folded: &str) -> String {
    joined(words(folded).filter(|word| !LEVELS.contains(word)))
}

/// How many words of a folded text tell one school from another: no levels, joining words or initials.
pub(super) fn weight(folded: &str) -> usize {
    words(folded).filter(|word| word.len() > 1 && !LEVELS.contains(word) && !JOINS.contains(word)).count()
}

/// A folded text with its short forms spelled out; none when it has none.
pub(super) fn spelled_out(folded: &str) -> Option<String> {
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
    use super::{bare, spelled_out, weight};

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
