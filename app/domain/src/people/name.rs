//! Can this be read as a name, by whoever sees it on a page, a card or a list?
//!
//! A name that turns the line it stands in around, or that nobody can see, misleads whoever reads the page: an adult
//! could look like somebody else, and a student could have a card and a line that nobody finds.

/// A name as it is kept: without spaces around it, of one to `most` characters, nothing in it hidden, and at least one
/// letter or number to see. Nothing for what is no such name.
pub fn name(typed: &str, most: usize) -> Option<&str> {
    let name = typed.trim();
    (name.chars().count() <= most && is_plain(name) && is_visible(name)).then_some(name)
}

/// Is there a letter or a number to see?
pub fn is_visible(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() && !is_hidden(c))
}

/// Does all of it show, in the order in which it is kept?
pub fn is_plain(text: &str) -> bool {
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if is_hidden(c) && !(is_joiner(c) && joins(before) && joins(rest.peek().copied())) {
            return false;
        }
        before = Some(c);
    }
    true
}

/// What shows of it: the same without what is hidden, and single spaces.
pub fn shown(text: &str) -> String {
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = spaced(text);
    if is_plain(&text) { text } else { spaced(&text.replace(is_hidden, "")) }
}

/// Persian, Urdu and the scripts of India write some names with a mark between two letters that joins them or keeps
/// them apart (RFC 5892, appendix A.1 and A.2). Those scripts stand from here on.
fn joins(beside: Option<char>) -> bool {
    beside.is_some_and(|c| c >= '\u{600}' && !is_hidden(c) && !c.is_whitespace())
}

const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Controls, and what Unicode 16 lists as `Default_Ignorable_Code_Point` (`DerivedCoreProperties.txt`): what directs
/// the line, joins, fills or selects, and is never seen itself. With them the line and paragraph separators, the marks
/// around annotations, and the blank of Braille.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{115F}'..='\u{1160}'
                | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFB}'
                | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_and_places_are_taken_as_they_are() {
        for kept in [
            "Lucía",
            "O’Neill-Núñez",
            "Ngozi Okafor",
            "Nguyễn Thị Ánh",
            "李小龍",
            "محمد",
            "علی\u{200C}رضا",
            "क\u{94D}\u{200D}ष",
            "Period 3",
            "8-2",
            "P.S. 118",
            "A",
        ] {
            assert_eq!(name(&format!("  {kept} "), 60), Some(kept), "{kept}");
        }
    }

    #[test]
    fn what_hides_or_turns_the_line_around_is_no_name() {
        for hidden in [
            "",
            "   ",
            "\u{200B}\u{200B}",
            "\u{3164}",
            "\u{2800}\u{2800}",
            "\u{202E}anA",
            "Ana\u{202E}",
            "An\u{2066}a",
            "An\u{AD}a",
            "An\u{200D}a",
            "A\u{200C}",
            "Ana\u{FE0F}",
            "Ana\u{E0041}",
            "\u{FEFF}Ana",
            "Ana\nRuiz",
            "Ana\u{2028}Ruiz",
            "-",
            "...",
        ] {
            assert_eq!(name(hidden, 60), None, "{hidden:?}");
        }
        assert_eq!(name(&"a".repeat(61), 60), None);
        assert!(name(&"á".repeat(60), 60).is_some(), "letters are counted, not bytes");
    }

    #[test]
    fn what_shows_of_a_name_is_a_name() {
        assert_eq!(shown(" \u{202E}Ana\u{200B} \n Ruiz\u{7}"), "Ana Ruiz");
        assert_eq!(shown("\u{200B}\u{3164}"), "");
        assert_eq!(shown("علی\u{200C}رضا"), "علی\u{200C}رضا");
    }
}
