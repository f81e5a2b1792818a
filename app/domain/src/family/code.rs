//! What stands on the paper with which a guardian joins?
//!
//! Twelve symbols of 27, shown as `K7QX-3MDH-9FTR`: 57 bits. With 20,000 papers out at once a guess meets one of them
//! with a chance of 1 in 7 million million, so what opens a child's record cannot be tried out. The symbols are those of
//! the [classroom's code](crate::classroom::code), and typing is forgiven alike.

use crate::classroom::code::{draw, read, write_in_fours};
use std::fmt;
use std::str::FromStr;

/// How many symbols a code has.
const LENGTH: usize = 12;

/// How many days a paper is good for: long enough for a report to reach home and come back after a break.
pub const DAYS: i64 = 60;

/// How many papers of one student may be out at once: two guardians, two households, and two that were lost.
pub const MOST_OPEN: usize = 6;

/// The code on the paper.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FamilyCode([u8; LENGTH]);

/// Not the code of any paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a family code is twelve letters and digits")]
pub struct NoFamilyCode;

impl FamilyCode {
    /// Makes a code of random bytes, each symbol equally likely; none when too few bytes fit. A byte fits nine times
    /// in ten, so 48 are always enough in practice.
    pub fn from_random(bytes: &[u8]) -> Option<FamilyCode> {
        draw(bytes).map(FamilyCode)
    }

    /// The twelve symbols without dashes.
    pub const fn symbols(&self) -> &[u8; LENGTH] {
        &self.0
    }
}

impl fmt::Display for FamilyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_in_fours(&self.0, f)
    }
}

/// A code stands on one paper, and in no log.
impl fmt::Debug for FamilyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FamilyCode(..)")
    }
}

impl FromStr for FamilyCode {
    type Err = NoFamilyCode;

    /// Reads what a person typed: small letters, spaces, dashes and look-alikes are fine.
    fn from_str(typed: &str) -> Result<FamilyCode, NoFamilyCode> {
        read(typed).map(FamilyCode).ok_or(NoFamilyCode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_as_a_guardian_types_it() {
        let shown: FamilyCode = "K7QX-3MDH-9FT5".parse().unwrap();
        for typed in ["k7qx3mdh9ft5", "K7QX 3MDH 9FT5", " k7qx–3mdh–9fts ", "K7QX.EMDH.9FTS"] {
            assert_eq!(typed.parse(), Ok(shown), "{typed}");
        }
        assert_eq!(shown.to_string(), "K7QX-3MDH-9FT5");
        assert_eq!(format!("{shown:?}"), "FamilyCode(..)");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for typed in ["", "K7QX-3MDH", "K7QX-3MDH-9FT", "K7QX-3MDH-9FT55", "K7QX-3MDH-9FT!", "ñ7QX3MDH9FT5"]
        {
            assert_eq!(typed.parse::<FamilyCode>(), Err(NoFamilyCode), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_can_be_typed(bytes in proptest::collection::vec(any::<u8>(), 48)) {
            if let Some(code) = FamilyCode::from_random(&bytes) {
                prop_assert_eq!(code.to_string().parse(), Ok(code));
                prop_assert_eq!(code.to_string().to_lowercase().replace('-', " ").parse(), Ok(code));
            }
        }
    }
}
