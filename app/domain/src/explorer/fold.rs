//! Do two texts mean the same to somebody who types?
//!
//! Folding makes them comparable: small letters, no accents, one space between words. It knows the Latin letters of
//! the languages spoken in Los Angeles and leaves other scripts as they are; a full Unicode table would cost the
//! browser more than the whole search.

/// The plain letters for U+00C0 to U+017F, one string each; empty where the character is no letter.
const LATIN: [&str; 192] = [
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", //
    "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "ss", //
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", //
    "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y", //
    "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d", //
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g", //
    "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i", //
    "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l", //
    "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o", //
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s", //
    "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u", //
    "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",
];

/// A text as it is compared: `"Peñaloza-O'Neil H.S."` becomes `"penaloza oneil hs"`.
///
/// Punctuation separates words, except that an apostrophe and the dots inside initials ("L.A.") do not; `&` is
/// the word "and". Nothing but single spaces separates words, and none stands at either end.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends what [`fold`] gives.
pub(super) fn fold_into(text: &str, out: &mut String) {
    let begin = out.len();
    let mut word = begin;
    let mut gap = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut utf8 = [0; 4];
        let plain: &str = match c {
            'A'..='Z' | 'a'..='z' | '0'..='9' => c.to_ascii_lowercase().encode_utf8(&mut utf8),
            '&' => "and",
            '\u{c0}'..='\u{17f}' => LATIN[c as usize - 0xc0],
            '\'' | '`' | '\u{2bb}' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{300}'..='\u{36f}' => continue,
            '.' if !gap && out.len() == word + 1 && chars.peek().is_some_and(char::is_ascii_alphabetic) => {
                // The dot of an initial: its letters belong together, so the word starts anew after each.
                word += 1;
                continue;
            }
            '\0'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{feff}' => "",
            _ => c.encode_utf8(&mut utf8),
        };
        let apart = plain.is_empty() || c == '&';
        if apart {
            gap = true;
        }
        if !plain.is_empty() {
            if gap && out.len() > begin {
                out.push(' ');
            }
            if gap {
                word = out.len();
            }
            out.push_str(plain);
            gap = apart;
        }
    }
}

/// The words of a folded text.
pub(super) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folding_forgives_case_accents_and_punctuation() {
        for (typed, folded) in [
            ("", ""),
            ("  ", ""),
            ("?!", ""),
            ("LACES", "laces"),
            ("  Boyle   Heights ", "boyle heights"),
            ("Peñaloza", "penaloza"),
            ("Pen\u{303}aloza", "penaloza"),
            ("La Cañada", "la canada"),
            ("L.A. County High", "la county high"),
            ("U.S.C.", "usc"),
            ("John F. Kennedy", "john f kennedy"),
            ("Mt.Olive", "mt olive"),
            ("King's", "kings"),
            ("King\u{2019}s", "kings"),
            ("Health/Sports", "health sports"),
            ("Arts & Media", "arts and media"),
            ("Arts&Media", "arts and media"),
            ("No. 5", "no 5"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("學校", "學校"),
            ("a\u{a0}b", "a b"),
            ("a×b", "a b"),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["Peñaloza-O'Neil H.S.", "Arts & Media", "A.B.C D.", "ÆØÅ"] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }
}
