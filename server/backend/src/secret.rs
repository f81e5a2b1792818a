//! How is a secret made, written and kept?
//!
//! A secret is random bytes, written in small hexadecimal. What is kept of it is a SHA-256 that names its purpose, so
//! that the hash of one purpose is good for no other, and a table that leaks opens nothing.

use crate::fault::Fault;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;

/// Random bytes of the machine.
///
/// # Errors
/// [`Fault::Chance`] when it gives none.
pub fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Fault::Chance)?;
    Ok(bytes)
}

/// A fair random number below `end`, which is not 0.
///
/// # Errors
/// [`Fault::Chance`] when the machine gives no random numbers.
pub fn below(end: u32) -> Result<u32, Fault> {
    // Numbers at the end of the range that would make some answers likelier are drawn again.
    let fair = u32::MAX - u32::MAX % end;
    loop {
        let number = u32::from_le_bytes(random()?);
        if number < fair {
            return Ok(number % end);
        }
    }
}

/// The SHA-256 of bytes for a purpose.
pub fn digest(purpose: &str, bytes: &[u8]) -> [u8; 32] {
    let hash = Sha256::new().chain_update("pathways ").chain_update(purpose).chain_update([0]);
    hash.chain_update(bytes).finalize().into()
}

/// The same, as it is kept: 64 hexadecimal digits.
pub fn stored(purpose: &str, bytes: &[u8]) -> String {
    hex(&digest(purpose, bytes))
}

/// Bytes in small hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Exactly so many bytes in small hexadecimal; none for any other text.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() == 2 * N { unhex_all(text)?.try_into().ok() } else { None }
}

/// Bytes in small hexadecimal, however many; none for any other text.
pub fn unhex_all(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2)
        || !digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    {
        return None;
    }
    digits.chunks_exact(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// A long secret: 256 random bits, 64 hexadecimal digits in a cookie or a link. Never shown by a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

/// Not the text of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this opens nothing")]
pub struct NoToken;

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// [`Fault::Chance`].
    pub fn new() -> Result<Token, Fault> {
        random().map(Token)
    }

    /// What the database keeps of it.
    pub fn stored(&self, purpose: &str) -> String {
        stored(purpose, &self.0)
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

impl FromStr for Token {
    type Err = NoToken;

    fn from_str(text: &str) -> Result<Token, NoToken> {
        unhex(text).map(Token).ok_or(NoToken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_is_written_and_hidden_in_a_log() {
        let token = Token::new().unwrap();
        assert_eq!(token.to_string().parse(), Ok(token.clone()));
        assert_eq!(format!("{token:?}"), "Token(..)");
        assert_eq!("zz".parse::<Token>(), Err(NoToken));
        assert_ne!(token.stored("session"), token.stored("invitation"));
    }

    #[test]
    fn a_number_below_an_end_is_below_it_and_every_one_comes() {
        let mut seen = [false; 7];
        for _ in 0..1_000 {
            seen[below(7).unwrap() as usize] = true;
        }
        assert_eq!(seen, [true; 7]);
    }
}
