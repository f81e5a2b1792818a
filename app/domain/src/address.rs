//! How does what a person chose stand in the address?
//!
//! The rules are the same on every page: a value is form-encoded, alternatives are words with commas between them, the
//! same choice always gives the same address, and what makes no sense is left out, never an error.

/// Gives an enum the word that stands for each of its values in an address: `ALL`, `slug` and `from_slug`.
macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            /// All of them, in the order of the page.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The word that stands for it in the address.
            pub const fn slug(self) -> &'static str {
                match self { $($type::$variant => $word),+ }
            }

            /// What a word in the address stands for.
            pub fn from_slug(word: &str) -> Option<$type> {
                match word { $($word => Some($type::$variant),)+ _ => None }
            }
        }
    };
}

pub(crate) use words;

/// Most characters of a typed text that are read.
pub const TEXT_MOST: usize = 80;

/// Cuts a text to [`TEXT_MOST`] characters, without control characters and blanks at its ends.
pub fn short(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    let mut cut: String = clean.trim_start().chars().take(TEXT_MOST).collect();
    cut.truncate(cut.trim_end().len());
    cut
}

/// Adds to an ascending list what it does not hold.
pub(crate) fn add<T: Ord + Copy>(list: &mut Vec<T>, item: Option<T>) {
    if let Some(item) = item
        && let Err(at) = list.binary_search(&item)
    {
        list.insert(at, item);
    }
}

/// Reads the part of an address after `?`, one decoded name and value after the other.
pub fn pairs(raw: &str, take: &mut dyn FnMut(&str, &str)) {
    for pair in raw.trim_start_matches('?').split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        take(&decode(name), &decode(value));
    }
}

/// An address in the making: the part after `?`.
#[derive(Default)]
pub(crate) struct Address(String);

impl Address {
    /// Adds a name and its value; nothing for an empty value.
    pub(crate) fn pair(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(name);
        self.0.push('=');
        encode(value, &mut self.0);
    }

    /// Adds a name and the words of a list, separated by commas.
    pub(crate) fn words<T: Copy>(&mut self, name: &str, list: &[T], slug: fn(T) -> &'static str) {
        let words: Vec<_> = list.iter().map(|item| slug(*item)).collect();
        self.pair(name, &words.join(","));
    }

    /// What was put together.
    pub(crate) fn text(self) -> String {
        self.0
    }
}

/// Percent-encodes a query value; a comma and the unreserved characters stay readable, a space becomes `+`.
pub fn encode(value: &str, out: &mut String) {
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' => {
                out.push(byte as char);
            }
            b' ' => out.push('+'),
            _ => {
                out.push('%');
                for half in [byte >> 4, byte & 15] {
                    out.push(char::from(b"0123456789ABCDEF"[half as usize]));
                }
            }
        }
    }
}

/// Decodes a form-encoded value. A broken escape stays as it stands; bytes that are no UTF-8 become `U+FFFD`.
fn decode(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| value.get(at + 1..at + 3))
            .flatten()
            .filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], escaped) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 2;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}
