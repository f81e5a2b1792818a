//! How are the lines of a calendar file written?
//!
//! RFC 5545, section 3.1: a line ends with CRLF and has at most 75 octets before it; a longer one goes on after CRLF
//! and a blank. Octets, not letters, yet a letter of several octets stays whole.

/// The most octets of a line, without its end.
const OCTETS_MOST: usize = 75;

/// The lines of a file, each ended by a line feed until they are folded.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A name (with its parameters) and a value that is written as it is: a date, an address, one of our words.
    pub(super) fn plain(&mut self, name: &str, value: &str) {
        self.0.push_str(name);
        self.0.push(':');
        self.0.extend(value.chars().filter(|letter| !letter.is_control()));
        self.0.push('\n');
    }

    /// A name and a text, in which four characters have a meaning of their own.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len() + 8);
        for letter in value.chars() {
            match letter {
                '\n' => escaped.push_str("\\n"),
                '\\' | ';' | ',' => escaped.extend(['\\', letter]),
                _ => escaped.push(letter),
            }
        }
        self.plain(name, &escaped);
    }

    /// The file.
    pub(super) fn folded(self) -> String {
        let mut out = String::with_capacity(self.0.len() * 17 / 16);
        for line in self.0.lines() {
            let mut room = OCTETS_MOST;
            for letter in line.chars() {
                if letter.len_utf8() > room {
                    out.push_str("\r\n ");
                    room = OCTETS_MOST - 1;
                }
                out.push(letter);
                room -= letter.len_utf8();
            }
            out.push_str("\r\n");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    fn unfolded(file: &str) -> String {
        file.replace("\r\n ", "").replace("\r\n", "\n")
    }

    #[test]
    fn a_line_is_folded_at_75_octets_and_never_within_a_letter() {
        for letter in ["a", "ñ", "“", "😀", " "] {
            for many in [1, 17, 66, 67, 68, 69, 70, 71, 140, 150, 300] {
                let mut lines = Lines::default();
                lines.text("SUMMARY", &letter.repeat(many));
                let file = lines.folded();
                assert!(file.ends_with("\r\n"));
                let all: Vec<&str> = file.trim_end_matches("\r\n").split("\r\n").collect();
                assert!(all.iter().all(|line| line.len() <= 75), "{letter} {many}");
                // Full as far as the next letter lets it be.
                let rest = all.iter().rev().skip(1);
                assert!(rest.clone().all(|line| line.len() + letter.len() > 75), "{letter} {many}");
                assert_eq!(unfolded(&file), format!("SUMMARY:{}\n", letter.repeat(many)));
            }
        }
    }

    #[test]
    fn a_text_cannot_end_its_line_or_begin_another() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", "a,b;c\\d\ne\r\nEND:VEVENT");
        lines.plain("URL", "https://example.org/\r\nBEGIN:VEVENT");
        let written = "SUMMARY:a\\,b\\;c\\\\d\\ne\\nEND:VEVENT\r\nURL:https://example.org/BEGIN:VEVENT\r\n";
        assert_eq!(lines.folded(), written);
    }
}
