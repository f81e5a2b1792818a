//! What do students type to join?
//!
//! Eight symbols of 27, shown as `K7QX-3MDH`: 38 bits, so a guess meets one of a thousand open classes with a chance
//! of 1 in 280 million. No vowels, so no words; of letters and digits that look alike only the digit is used, and a
//! letter that is typed instead is read as that digit.

use std::fmt;
use std::str::FromStr;

/// The symbols of a code. Left out: vowels, and B, I, L, O, S, U, Z, which look like 8, 1, 1, 0, 5, V, 2.
const SYMBOLS: &[u8; 27] = b"0123456789CDFGHJKMNPQRTVWXY";

/// How many symbols a code has.
const LENGTH: usize = 8;

/// The code of a class.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code([u8; LENGTH]);

/// Not the code of any class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code is eight letters and digits")]
pub struct NoCode;

impl Code {
    /// Makes a code of random bytes, each symbol equally likely; none when too few bytes fit. A byte fits nine times
    /// in ten, so 32 are enough in all but one of a hundred million million tries.
    pub fn from_random(bytes: &[u8]) -> Option<Code> {
        draw(bytes).map(Code)
    }

    /// The eight symbols without the dash.
    pub const fn symbols(&self) -> &[u8; LENGTH] {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_in_fours(&self.0, f)
    }
}

/// A code is shown to those who may see it, never in a log.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(..)")
    }
}

impl FromStr for Code {
    type Err = NoCode;

    /// Reads what a person typed: small letters, spaces, dashes and look-alikes are fine.
    fn from_str(typed: &str) -> Result<Code, NoCode> {
        read(typed).map(Code).ok_or(NoCode)
    }
}

/// Draws symbols by random bytes, each equally likely; none when too few bytes fit.
pub(crate) fn draw<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    const FAIR: u8 = 9 * 27;
    let mut symbols = [0; N];
    let mut fair = bytes.iter().filter(|byte| **byte < FAIR);
    for symbol in &mut symbols {
        *symbol = SYMBOLS[usize::from(fair.next()? % 27)];
    }
    Some(symbols)
}

/// Reads exactly so many symbols of what a person typed: small letters, spaces, dashes and look-alikes are fine.
pub(crate) fn read<const N: usize>(typed: &str) -> Option<[u8; N]> {
    let mut symbols = [0; N];
    let mut typed = typed.chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '.' | '‐' | '‑' | '–' | '—'));
    for symbol in &mut symbols {
        *symbol = typed.next().and_then(meant)?;
    }
    typed.next().is_none().then_some(symbols)
}

/// Writes symbols as they are shown: a dash after every fourth.
pub(crate) fn write_in_fours(symbols: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, symbol) in symbols.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            f.write_str("-")?;
        }
        fmt::Write::write_char(f, char::from(*symbol))?;
    }
    Ok(())
}

/// The symbol that a typed character stands for.
fn meant(typed: char) -> Option<u8> {
    let typed = u8::try_from(typed).ok()?.to_ascii_uppercase();
    let symbol = match typed {
        b'A' => b'4',
        b'B' => b'8',
        b'E' => b'3',
        b'I' | b'L' => b'1',
        b'O' => b'0',
        b'S' => b'5',
        b'U' => b'V',
        b'Z' => b'2',
        other => other,
    };
    SYMBOLS.contains(&symbol).then_some(symbol)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_as_a_student_types_it() {
        let shown = "K7QX-3MD5".parse::<Code>().unwrap();
        for typed in ["k7qx3md5", "K7QX 3MD5", " k7qx – 3md5 ", "k7qx-3mds", "K7QX.EMDS", "k 7 q x 3 m d 5"]
        {
            assert_eq!(typed.parse(), Ok(shown), "{typed}");
        }
        assert_eq!(shown.to_string(), "K7QX-3MD5");
        assert_eq!("oiluzbse".parse::<Code>().unwrap().to_string(), "011V-2853");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for typed in
            ["", "K7QX-3MD", "K7QX-3MD55", "K7QX-3MD!", "ñ7QX3MD5", "room", "K7QX/3MD5", "\u{2ff}7QX3MD5"]
        {
            assert_eq!(typed.parse::<Code>(), Err(NoCode), "{typed}");
        }
    }

    #[test]
    fn every_letter_and_digit_means_something() {
        for typed in (b'0'..=b'9').chain(b'A'..=b'Z').chain(b'a'..=b'z') {
            assert!(meant(char::from(typed)).is_some(), "{}", char::from(typed));
        }
    }

    #[test]
    fn a_symbol_is_as_likely_as_any_other() {
        let mut times = [0; 27];
        for byte in 0..=u8::MAX {
            if let Some(code) = Code::from_random(&[byte; 8]) {
                times[SYMBOLS.iter().position(|symbol| *symbol == code.0[0]).unwrap()] += 1;
            }
        }
        assert_eq!(times, [9; 27]);
    }

    #[test]
    fn a_log_cannot_tell_a_code() {
        assert_eq!(format!("{:?}", "K7QX-3MD5".parse::<Code>().unwrap()), "Code(..)");
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(bytes in proptest::collection::vec(any::<u8>(), 32)) {
            prop_assume!(Code::from_random(&bytes).is_some());
            let code = Code::from_random(&bytes).unwrap();
            prop_assert_eq!(code.to_string().parse(), Ok(code));
            prop_assert_eq!(code.to_string().to_lowercase().parse(), Ok(code));
        }

        #[test]
        fn no_text_makes_reading_fail_in_another_way(typed in ".{0,20}") {
            if let Ok(code) = typed.parse::<Code>() {
                prop_assert_eq!(code.to_string().len(), 9);
            }
        }
    }
}
