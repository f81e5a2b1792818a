//! What does each sentence say, in the language a person reads?
//!
//! The files of `first`, `rooms` and `server` hold the sentences, a feature's English and Spanish beside each other;
//! the build makes a method of each. The server knows both languages. The browser's program holds none: it fetches
//! the file of the one language in use, so the other does not travel; and what only the rooms say ([`RoomText`])
//! travels when one is entered.

pub mod day;

include!(concat!(env!("OUT_DIR"), "/sentences.rs"));

/// The languages of Pathways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English, at the plain address.
    #[default]
    En,
    /// Spanish, under `/es`.
    Es,
}

impl Lang {
    /// Both.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Es];

    /// The value of `lang` in HTML.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Es => "es",
        }
    }

    /// What stands before every path: nothing, or `/es`.
    pub const fn prefix(self) -> &'static str {
        match self {
            Lang::En => "",
            Lang::Es => "/es",
        }
    }

    /// The language of a path.
    pub fn of_path(path: &str) -> Lang {
        match path.strip_prefix("/es") {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => Lang::Es,
            _ => Lang::En,
        }
    }

    /// The one that is not this one.
    #[must_use]
    pub const fn other(self) -> Lang {
        match self {
            Lang::En => Lang::Es,
            Lang::Es => Lang::En,
        }
    }
}

/// The sentences of every page in one language. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    lang: Lang,
    lines: &'static [&'static str; SENTENCES],
}

/// Those and the sentences of the rooms, the pages that the browser fetches when they are entered. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct RoomText {
    text: Text,
    lines: &'static [&'static str; ROOM_SENTENCES],
}

impl std::ops::Deref for RoomText {
    type Target = Text;

    fn deref(&self) -> &Text {
        &self.text
    }
}

/// Those of every page and of the pages that only the server draws. Cheap to copy.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug)]
pub struct ServerText {
    text: Text,
    lines: &'static [&'static str; SERVER_SENTENCES],
}

#[cfg(not(target_arch = "wasm32"))]
impl std::ops::Deref for ServerText {
    type Target = Text;

    fn deref(&self) -> &Text {
        &self.text
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl ServerText {
    /// The sentences of a language.
    pub fn of(lang: Lang) -> ServerText {
        let lines = match lang {
            Lang::En => &SERVER_EN,
            Lang::Es => &SERVER_ES,
        };
        ServerText { text: Text::of(lang), lines }
    }
}

/// One sentence a line, as the browser fetches them; none when they belong to another version of the program. They
/// stay in memory for the life of the page, which is what makes the tables cheap to pass around.
fn keep<const LINES: usize>(file: String) -> Option<&'static [&'static str; LINES]> {
    let lines: Vec<&'static str> = Box::leak(file.into_boxed_str()).split('\n').collect();
    Some(Box::leak(lines.try_into().ok()?))
}

impl Text {
    /// The sentences of a language, on the server.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn of(lang: Lang) -> Text {
        Text {
            lang,
            lines: match lang {
                Lang::En => &EN,
                Lang::Es => &ES,
            },
        }
    }

    /// The file the browser fetches: one sentence a line.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn file(lang: Lang) -> String {
        Text::of(lang).lines.join(
            "
",
        )
    }

    /// Reads a [`file`](Text::file); none when it belongs to another version of the program.
    pub fn read(lang: Lang, file: String) -> Option<Text> {
        Some(Text { lang, lines: keep(file)? })
    }

    /// The language it is in.
    pub const fn lang(self) -> Lang {
        self.lang
    }
}

impl RoomText {
    /// The sentences of a language, on the server.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn of(lang: Lang) -> RoomText {
        let lines = match lang {
            Lang::En => &ROOM_EN,
            Lang::Es => &ROOM_ES,
        };
        RoomText { text: Text::of(lang), lines }
    }

    /// The file the browser fetches for the rooms: one sentence a line.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn file(lang: Lang) -> String {
        RoomText::of(lang).lines.join("\n")
    }

    /// Reads a [`file`](RoomText::file) beside the sentences that are there; none when it belongs to another version
    /// of the program.
    pub fn read(text: Text, file: String) -> Option<RoomText> {
        Some(RoomText { text, lines: keep(file)? })
    }
}

/// Puts values in the place of their numbers: the first in that of `{0}`.
fn fill(sentence: &str, values: &[&str]) -> String {
    let mut out = String::with_capacity(sentence.len() + 16);
    // `{` stands nowhere but before a number, which has one digit and is closed.
    for (at, part) in sentence.split('{').enumerate() {
        let number =
            part.bytes().next().filter(|_| at > 0).map(|digit| usize::from(digit.wrapping_sub(b'0')));
        out.push_str(number.and_then(|number| values.get(number)).copied().unwrap_or_default());
        out.push_str(if number.is_some() { part.get(2..).unwrap_or_default() } else { part });
    }
    out
}

/// A count with its thousands set apart: 13,500. English and the Spanish of California write it alike.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_thousands_set_apart() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (13_500, "13,500"), (1_234_567, "1,234,567")];
        for (n, shown) in cases {
            assert_eq!(number(n), shown);
        }
    }

    #[test]
    fn placeholders_are_filled_and_the_rest_stays() {
        assert_eq!(fill("{0} and {1}.", &["x", "y"]), "x and y.");
        assert_eq!(fill("{1}{0}{2", &["x", "y"]), "yx");
        assert_eq!(fill("none", &[]), "none");
    }

    #[test]
    fn a_language_file_reads_back_as_the_language() {
        for lang in Lang::ALL {
            let text = Text::read(lang, Text::file(lang)).expect("it is this version's");
            assert_eq!(text.lines, Text::of(lang).lines);
            let rooms = RoomText::read(text, RoomText::file(lang)).expect("it is this version's");
            assert_eq!(rooms.lines, RoomText::of(lang).lines);
            assert_eq!(rooms.lang(), lang);
        }
        assert!(Text::read(Lang::En, "one line".into()).is_none());
        assert!(RoomText::read(Text::of(Lang::En), "one line".into()).is_none());
    }

    #[test]
    fn a_path_tells_its_language() {
        let cases = [("/", Lang::En), ("/es", Lang::Es), ("/es/schools", Lang::Es), ("/estate", Lang::En)];
        for (path, lang) in cases {
            assert_eq!(Lang::of_path(path), lang, "{path}");
        }
    }

    /// 6th-grade reading: a sentence of more than 18 words is too long, whatever its language.
    #[test]
    fn sentences_are_short() {
        for lang in Lang::ALL {
            for line in
                Text::of(lang).lines.iter().chain(RoomText::of(lang).lines).chain(ServerText::of(lang).lines)
            {
                for sentence in line.split(['.', '?', ':', ';']) {
                    let words = sentence.split_whitespace().count();
                    assert!(words <= 18, "{words} words: {sentence}");
                }
            }
        }
    }
}
