//! What opens a class, for whom?
//!
//! One random number, the counselor's [`Secret`], gives the rest, each by a hash that cannot be turned around:
//! secret → [`Screen`] (the projector's address, which a whole class can read off the wall) → code. So the code can
//! be shown again although the database holds hashes only, and nobody gets from the wall to the counselor's page.

use crate::fault::Fault;
use crate::secret::{self, hex, random, unhex};
use domain::classroom::Code;
use std::fmt;
use std::str::FromStr;

/// Opens the counselor's page: 256 random bits, 64 hexadecimal digits in its address.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

/// Opens the projector's page: 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Screen([u8; 32]);

/// One device in one class: 128 random bits, 32 hexadecimal digits. Another class gets another number.
#[derive(Clone, PartialEq, Eq)]
pub struct Device([u8; 16]);

/// Three symbols by which a student finds their sheet of paper: `K7Q`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag(String);

/// Not the text of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this opens nothing")]
pub struct NoKey;

impl Secret {
    pub(super) fn new() -> Result<Secret, Fault> {
        random().map(Secret)
    }

    /// What opens the projector's page of the same class.
    pub fn screen(&self) -> Screen {
        Screen(digest("screen", &self.0))
    }

    pub(super) fn stored(&self) -> String {
        hex(&digest("stored secret", &self.0))
    }
}

impl Screen {
    /// The code of the same class.
    ///
    /// # Errors
    /// [`Fault::Chance`] when the hash gives no code, which the opening of a class has ruled out.
    pub fn code(&self) -> Result<Code, Fault> {
        Code::from_random(&digest("code", &self.0)).ok_or(Fault::Chance)
    }

    pub(super) fn stored(&self) -> String {
        hex(&digest("stored screen", &self.0))
    }
}

impl Device {
    /// A number for a device that has none in this class.
    ///
    /// # Errors
    /// [`Fault::Chance`].
    pub fn new() -> Result<Device, Fault> {
        random().map(Device)
    }

    /// What the student's page and the sheet of paper show.
    pub fn tag(&self) -> Tag {
        tag(&self.stored())
    }

    pub(super) fn stored(&self) -> String {
        hex(&digest("stored device", &self.0))
    }
}

/// How a code is kept.
pub(super) fn stored_code(code: Code) -> String {
    hex(&digest("stored code", code.symbols()))
}

/// The tag of a device of which only the hash is kept.
pub(super) fn tag(stored: &str) -> Tag {
    let symbols = Code::from_random(&digest("tag", stored.as_bytes()));
    let symbols = symbols.map(|code| code.symbols()[..3].iter().map(|symbol| char::from(*symbol)).collect());
    Tag(symbols.unwrap_or_default())
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text that only its holder may see: shown where it is asked for, hidden in a log.
macro_rules! key {
    ($type:ident, $bytes:literal) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex(&self.0))
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($type), "(..)"))
            }
        }

        impl FromStr for $type {
            type Err = NoKey;

            fn from_str(text: &str) -> Result<$type, NoKey> {
                unhex::<$bytes>(text).map($type).ok_or(NoKey)
            }
        }
    };
}

key!(Secret, 32);
key!(Screen, 32);
key!(Device, 16);

/// Each purpose has hashes of its own, so that none of them is good for another.
fn digest(purpose: &str, bytes: &[u8]) -> [u8; 32] {
    secret::digest(&format!("class {purpose}"), bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_written_and_no_other_way() {
        let secret = Secret::new().unwrap();
        assert_eq!(secret.to_string().parse(), Ok(secret.clone()));
        let text = secret.to_string();
        let wide = format!("{}é", &text[2..]);
        for wrong in
            ["", &text[1..], &text.to_uppercase().replace(char::is_numeric, "A"), &wide, &"g".repeat(64)]
        {
            assert_eq!(wrong.parse::<Secret>(), Err(NoKey), "{wrong}");
        }
        let device = Device::new().unwrap();
        assert_eq!(device.to_string().parse(), Ok(device));
    }

    #[test]
    fn each_step_down_is_another_number_and_always_the_same() {
        let secret: Secret = "00".repeat(32).parse().unwrap();
        let screen = secret.screen();
        assert_ne!(secret.to_string(), screen.to_string());
        assert_eq!(screen, secret.screen());
        assert_eq!(screen.code().unwrap(), secret.screen().code().unwrap());
        let stored = [secret.stored(), screen.stored(), stored_code(screen.code().unwrap())];
        for (at, hash) in stored.iter().enumerate() {
            assert_eq!(hash.len(), 64);
            assert!(!stored[..at].contains(hash));
            assert!(
                ![secret.to_string(), screen.to_string()].contains(hash),
                "no address can be read off the table"
            );
        }
    }

    #[test]
    fn a_log_cannot_tell_a_key() {
        let (secret, device) = (Secret::new().unwrap(), Device::new().unwrap());
        let told = format!("{secret:?} {:?} {device:?}", secret.screen());
        assert_eq!(told, "Secret(..) Screen(..) Device(..)");
    }

    #[test]
    fn secrets_differ() {
        assert_ne!(Secret::new().unwrap(), Secret::new().unwrap());
        assert_ne!(Device::new().unwrap(), Device::new().unwrap());
    }
}
