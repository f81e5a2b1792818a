//! What does a student type from their card?
//!
//! Nine digits, `417 203 882`: three that find the card in the class, and six that only the card tells. Or, where
//! PINs have to wait because somebody guesses at them, the backup code below, `K7QX-3MDH-9FTR`: twelve symbols of 27
//! are 57 bits, which cannot be guessed, so that nobody counts wrong ones and nobody has to wait.

use crate::classroom::code::{draw, read, write_in_fours};
use std::fmt;
use std::str::FromStr;

/// How many numbers a class has for its cards.
pub const NUMBERS: u32 = 1_000;

/// How many secrets a card may have.
pub const SECRETS: u32 = 1_000_000;

/// What stands on a card beside the code of the class. Shown to those who may see it, never in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin {
    number: u32,
    secret: u32,
}

/// Not nine digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a PIN is nine digits")]
pub struct NoPin;

impl Pin {
    /// A PIN of a number below [`NUMBERS`] and a secret below [`SECRETS`]; none for larger ones.
    pub fn new(number: u32, secret: u32) -> Option<Pin> {
        (number < NUMBERS && secret < SECRETS).then_some(Pin { number, secret })
    }

    /// Three digits.
    pub fn number(&self) -> String {
        format!("{:03}", self.number)
    }

    /// Six digits.
    pub fn secret(&self) -> String {
        format!("{:06}", self.secret)
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03} {:03} {:03}", self.number, self.secret / 1_000, self.secret % 1_000)
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(..)")
    }
}

impl FromStr for Pin {
    type Err = NoPin;

    /// Reads what a person typed: spaces, dashes and dots are fine.
    fn from_str(typed: &str) -> Result<Pin, NoPin> {
        let mut digits = 0_u32;
        let mut count = 0;
        for c in typed.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '\u{a0}')) {
            let digit = c.to_digit(10).ok_or(NoPin)?;
            count += 1;
            if count > 9 {
                return Err(NoPin);
            }
            digits = digits * 10 + digit;
        }
        if count == 9 { Ok(Pin { number: digits / SECRETS, secret: digits % SECRETS }) } else { Err(NoPin) }
    }
}

/// How many symbols a backup code has.
const LENGTH: usize = 12;

/// What stands on a card below the PIN, and gets its student in although PINs have to wait. The symbols are those of
/// the [class's code](crate::classroom::code), and typing is forgiven alike.
#[derive(Clone, PartialEq, Eq)]
pub struct BackupCode([u8; LENGTH]);

impl BackupCode {
    /// Makes a code of random bytes, each symbol equally likely; none when too few bytes fit. Nine in ten do, so 48
    /// are enough in all but one of many million million million tries.
    pub fn from_random(bytes: &[u8]) -> Option<BackupCode> {
        draw(bytes).map(BackupCode)
    }

    /// The twelve symbols without the dashes.
    pub const fn symbols(&self) -> &[u8; LENGTH] {
        &self.0
    }
}

impl fmt::Display for BackupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_in_fours(&self.0, f)
    }
}

/// Shown to those who may see it, never in a log.
impl fmt::Debug for BackupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackupCode(..)")
    }
}

/// What a student typed into the one field for both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Nine digits.
    Pin(Pin),
    /// Twelve letters and digits.
    Backup(BackupCode),
}

/// Neither of both; which it comes closer to, to say what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTyped {
    /// There is no letter in it.
    #[error("a PIN is nine digits")]
    Pin,
    /// There is a letter in it.
    #[error("a backup code is twelve letters and digits")]
    Backup,
}

impl FromStr for Typed {
    type Err = NotTyped;

    /// Reads what a person typed: small letters, spaces, dashes and look-alikes are fine. The length tells which it is.
    fn from_str(typed: &str) -> Result<Typed, NotTyped> {
        if let Ok(pin) = typed.parse() {
            return Ok(Typed::Pin(pin));
        }
        let letter = typed.chars().any(char::is_alphabetic);
        let close = if letter { NotTyped::Backup } else { NotTyped::Pin };
        read(typed).map(|symbols| Typed::Backup(BackupCode(symbols))).ok_or(close)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn backup(typed: &str) -> Result<String, NotTyped> {
        match typed.parse()? {
            Typed::Backup(code) => Ok(code.to_string()),
            Typed::Pin(pin) => Ok(format!("PIN {pin}")),
        }
    }

    #[test]
    fn a_backup_code_is_read_as_a_student_types_it() {
        for typed in
            ["K7QX-3MDH-9FT5", "k7qx 3mdh 9ft5", " k7qx3mdh9fts ", "K7QX – 3MDH.9FTS", "k7qx_emdh_9ft5"]
        {
            assert_eq!(backup(typed), Ok("K7QX-3MDH-9FT5".to_owned()), "{typed}");
        }
        assert_eq!(backup("1234-5678-9012"), Ok("1234-5678-9012".to_owned()), "also without any letter");
        assert_eq!(backup("417 203 882"), Ok("PIN 417 203 882".to_owned()));
        assert_eq!(format!("{:?}", "K7QX-3MDH-9FT5".parse::<Typed>()), "Ok(Backup(BackupCode(..)))");
        assert_eq!(format!("{:?}", "417203882".parse::<Typed>()), "Ok(Pin(Pin(..)))");
    }

    #[test]
    fn what_is_neither_is_refused_as_what_it_comes_closer_to() {
        for typed in ["", " ", "41720388", "4172038820", "1234-5678-901", "417/203/882", "1234567890123"] {
            assert_eq!(backup(typed), Err(NotTyped::Pin), "{typed}");
        }
        for typed in
            ["K7QX-3MDH", "K7QX-3MDH-9FT", "K7QX-3MDH-9FT55", "K7QX/3MDH/9FT5", "ñ7QX-3MDH-9FT5", "room"]
        {
            assert_eq!(backup(typed), Err(NotTyped::Backup), "{typed}");
        }
    }

    #[test]
    fn too_few_random_bytes_make_no_code() {
        assert_eq!(BackupCode::from_random(&[0; 11]), None);
        assert_eq!(BackupCode::from_random(&[u8::MAX; 64]), None);
    }

    #[test]
    fn a_pin_is_read_as_a_student_types_it() {
        for typed in ["417203882", "417 203 882", " 417-203-882 ", "417.203.882"] {
            assert_eq!(typed.parse::<Pin>().unwrap().to_string(), "417 203 882", "{typed}");
        }
        for typed in ["", "41720388", "4172038820", "41720388x", "9999999999999999999"] {
            assert_eq!(typed.parse::<Pin>(), Err(NoPin), "{typed}");
        }
        assert_eq!(format!("{:?}", Pin::new(1, 2)), "Some(Pin(..))");
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(number in 0..NUMBERS, secret in 0..SECRETS) {
            let pin = Pin::new(number, secret).unwrap();
            prop_assert_eq!(pin.to_string().parse::<Pin>().unwrap(), pin.clone());
            prop_assert_eq!(pin.number() + &pin.secret(), pin.to_string().replace(' ', ""));
            prop_assert_eq!(pin.to_string().parse(), Ok(Typed::Pin(pin)));
        }

        #[test]
        fn a_backup_code_that_is_shown_can_be_typed(bytes in proptest::collection::vec(any::<u8>(), 48)) {
            prop_assume!(BackupCode::from_random(&bytes).is_some());
            let code = BackupCode::from_random(&bytes).unwrap();
            let shown = code.to_string();
            prop_assert_eq!(shown.len(), 14);
            let letters: String = code.symbols().iter().copied().map(char::from).collect();
            for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), letters] {
                prop_assert_eq!(typed.parse(), Ok(Typed::Backup(code.clone())));
            }
        }

        #[test]
        fn no_text_makes_reading_fail_in_another_way(typed in ".{0,20}") {
            match typed.parse() {
                Ok(Typed::Pin(pin)) => prop_assert_eq!(pin.to_string().len(), 11),
                Ok(Typed::Backup(code)) => prop_assert_eq!(code.to_string().len(), 14),
                Err(NotTyped::Pin | NotTyped::Backup) => {}
            }
        }
    }
}
