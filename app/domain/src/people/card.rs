//! What does a student type from their card?
//!
//! Nine digits, `417 203 882`: three that find the card in the class, and six that only the card tells.

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        }
    }
}
