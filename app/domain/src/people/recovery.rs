//! What does somebody type who lost their phone?
//!
//! Ten of the symbols of a class code, shown as `K7QX3-MD5HT`: 47 bits, of which the server allows a few guesses an
//! hour. Small letters, spaces, dashes and look-alikes are fine.

use crate::classroom::code;
use std::fmt;
use std::str::FromStr;

/// How many symbols a recovery code has.
const LENGTH: usize = 10;

/// How many codes somebody gets at a time.
pub const RECOVERY_CODES: usize = 10;

/// A code that stands in for a second factor, once.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode([u8; LENGTH]);

/// Not a recovery code of anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a recovery code is ten letters and digits")]
pub struct NoRecoveryCode;

impl RecoveryCode {
    /// Makes a code of random bytes, each symbol equally likely; none when too few bytes fit. Nine in ten do, so 32
    /// are enough in all but one of a hundred thousand million tries.
    pub fn from_random(bytes: &[u8]) -> Option<RecoveryCode> {
        code::draw(bytes).map(RecoveryCode)
    }

    /// The ten symbols without the dash.
    pub const fn symbols(&self) -> &[u8; LENGTH] {
        &self.0
    }
}

impl fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, symbol) in self.0.iter().enumerate() {
            if at == LENGTH / 2 {
                f.write_str("-")?;
            }
            fmt::Write::write_char(f, char::from(*symbol))?;
        }
        Ok(())
    }
}

/// A code is shown to its owner once, never in a log.
impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

impl FromStr for RecoveryCode {
    type Err = NoRecoveryCode;

    /// Reads what a person typed.
    fn from_str(typed: &str) -> Result<RecoveryCode, NoRecoveryCode> {
        code::read(typed).map(RecoveryCode).ok_or(NoRecoveryCode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_recovery_code_is_read_as_it_is_typed_from_paper() {
        let shown: RecoveryCode = "K7QX3-MD5HT".parse().unwrap();
        for typed in ["k7qx3md5ht", " K7QX3 MD5HT ", "k7qx3 – mdsht", "K7QXE-MD5HT"] {
            assert_eq!(typed.parse(), Ok(shown.clone()), "{typed}");
        }
        assert_eq!(shown.to_string(), "K7QX3-MD5HT");
        for wrong in ["", "K7QX3-MD5H", "K7QX3-MD5HTT", "K7QX3/MD5HT", "123456", "ñ7QX3-MD5HT"] {
            assert_eq!(wrong.parse::<RecoveryCode>(), Err(NoRecoveryCode), "{wrong}");
        }
    }

    #[test]
    fn a_log_cannot_tell_a_recovery_code() {
        assert_eq!(format!("{:?}", "K7QX3-MD5HT".parse::<RecoveryCode>().unwrap()), "RecoveryCode(..)");
    }

    #[test]
    fn too_few_random_bytes_make_no_code() {
        assert_eq!(RecoveryCode::from_random(&[0; 9]), None);
        assert_eq!(RecoveryCode::from_random(&[u8::MAX; 64]), None);
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(bytes in proptest::collection::vec(any::<u8>(), 40)) {
            prop_assume!(RecoveryCode::from_random(&bytes).is_some());
            let code = RecoveryCode::from_random(&bytes).unwrap();
            prop_assert_eq!(code.to_string().to_lowercase().parse(), Ok(code));
        }
    }
}
