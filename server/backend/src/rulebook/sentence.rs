//! Can a sixth grader read this sentence, and can it be shown?

/// The most words of a sentence.
pub(super) const WORDS_MOST: usize = 18;

/// What is wrong with a text; none when it can be shown.
pub(super) fn fault(text: &str, number: bool) -> Option<String> {
    if text.trim().is_empty() {
        return Some("it is empty".to_owned());
    }
    if text.trim() != text || text.chars().any(char::is_control) || text.contains("  ") {
        return Some("it has a line break, or blanks that do not belong there".to_owned());
    }
    if text.contains(['!', '¡']) {
        return Some("no exclamation marks; say it calmly".to_owned());
    }
    let plain = if number { text.replace("{n}", "0") } else { text.to_owned() };
    if plain.contains(['{', '}']) {
        let only = if number { "only {n} stands in braces" } else { "no braces stand here" };
        return Some(only.to_owned());
    }
    let longest = sentences(&plain).max_by_key(|sentence| words(sentence))?;
    let many = words(longest);
    (many > WORDS_MOST).then(|| {
        format!("a sentence has {many} words, and at most {WORDS_MOST} are read with ease: {longest:?}")
    })
}

/// The sentences of a text. A point ends one only before a blank, so that `lausd.org` and `3.5` do not.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = |part: &str| part.ends_with(['.', '?', ':', ';']);
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let blanks = rest.match_indices(' ').map(|(at, _)| at);
        let end = blanks.into_iter().find(|at| ends(&rest[..*at])).unwrap_or(rest.len());
        let (sentence, left) = rest.split_at(end);
        rest = left.trim_start();
        Some(sentence)
    })
}

fn words(sentence: &str) -> usize {
    sentence.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::{WORDS_MOST, fault};

    #[test]
    fn a_sentence_is_as_long_as_its_words_up_to_a_point() {
        let long = "word ".repeat(WORDS_MOST);
        let fits = long.trim_end();
        assert_eq!(fault(fits, false), None);
        assert_eq!(fault(&format!("{fits}. {fits}: {fits}? {fits}."), false), None);
        assert!(fault(&format!("{fits} word"), false).unwrap().contains("19 words"));
        assert!(fault(&format!("Short. {fits} word."), false).unwrap().contains("19 words"));
        assert!(
            fault(&format!("See lausd.org {fits}"), false).is_some(),
            "a point within a word ends nothing"
        );
    }

    #[test]
    fn what_cannot_be_shown_is_refused() {
        for (text, number, good) in [
            ("Up to {n} choices.", true, true),
            ("Up to {n} choices.", false, false),
            ("Up to {m} choices.", true, false),
            ("Apply now!", false, false),
            ("¡Ya", false, false),
            ("", false, false),
            (" a", false, false),
            ("a\nb", false, false),
            ("a  b", false, false),
        ] {
            assert_eq!(fault(text, number).is_none(), good, "{text:?}");
        }
    }
}
