//! Is this the password, or the PIN?
//!
//! argon2id with 19 MiB and two passes, as OWASP's Password Storage Cheat Sheet recommends. A check takes tens of
//! milliseconds of a core, so it runs beside the requests, and as many at once as there are cores: a flood of tries
//! waits in line instead of eating the memory.

use crate::fault::Fault;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Shortest password that is taken, in characters (NIST SP 800-63B asks for 8 beside a second factor, 15 alone).
pub const SHORTEST: usize = 12;

/// Longest password that is taken, in bytes.
pub const LONGEST: usize = 256;

/// How many hashes are computed at once.
static LINE: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from)));

pub(super) fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// What is kept of a password or a PIN: a string in the PHC format.
///
/// # Errors
/// [`Fault::Chance`] when the machine gives no random numbers or stops working.
pub async fn hash(secret: String) -> Result<String, Fault> {
    beside(move || argon2().hash_password(secret.as_bytes()).map(|hash| hash.to_string()).ok())
        .await?
        .ok_or(Fault::Chance)
}

/// Whether a password fits what is kept. Without anything kept it takes as long and says no, so that the time does
/// not tell who is here.
///
/// # Errors
/// [`Fault::Chance`] when the machine stops working.
pub async fn fits(secret: String, kept: Option<String>) -> Result<bool, Fault> {
    // Of a random text that nobody knows, with the same cost.
    static NOBODYS: LazyLock<String> = LazyLock::new(|| {
        let secret = crate::secret::random::<32>().unwrap_or_default();
        argon2().hash_password(&secret).map(|hash| hash.to_string()).unwrap_or_default()
    });
    beside(move || {
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| NOBODYS.clone());
        let fits = PasswordHash::new(&kept)
            .is_ok_and(|kept| argon2().verify_password(secret.as_bytes(), &kept).is_ok());
        fits && known
    })
    .await
}

/// Runs what takes long beside the requests.
pub(super) async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    let _turn = LINE.acquire().await.map_err(|_| Fault::Chance)?;
    tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Chance)
}

/// Why a new password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Fewer than [`SHORTEST`] characters.
    #[error("too short")]
    Short,
    /// More than [`LONGEST`] bytes.
    #[error("too long")]
    Long,
    /// One letter or a row of keys again and again, or the person's own name or address.
    #[error("too easy to guess")]
    Easy,
}

/// Whether a password may be taken. `own` is what everybody knows about the person.
///
/// # Errors
/// [`Weak`], to tell them.
pub fn strong(password: &str, own: &[&str]) -> Result<(), Weak> {
    if password.chars().count() < SHORTEST {
        return Err(Weak::Short);
    }
    if password.len() > LONGEST {
        return Err(Weak::Long);
    }
    let small = password.to_lowercase();
    let mut kinds: Vec<char> = small.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    let common = ["password", "contraseña", "123456", "qwerty", "pathways", "abcdef", "111111"];
    // What is left of it when the easy part is taken out must still be something.
    let easy = common.iter().chain(own).filter(|word| word.chars().count() >= 4).any(|word| {
        let rest = small.replace(&word.to_lowercase(), "");
        rest.len() < small.len() && rest.chars().count() < 6
    });
    if kinds.len() < 5 || easy { Err(Weak::Easy) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let kept = hash("correct horse battery".into()).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(fits("correct horse battery".into(), Some(kept.clone())).await.unwrap());
        assert!(!fits("correct horse batteri".into(), Some(kept.clone())).await.unwrap());
        assert!(!fits("correct horse battery".into(), None).await.unwrap());
        assert_ne!(hash("correct horse battery".into()).await.unwrap(), kept, "each has its own salt");
    }

    #[test]
    fn what_is_easy_to_guess_is_not_taken() {
        let own = ["Rosa Delgado", "rosa@example.org"];
        for (password, answer) in [
            ("correct horse battery", Ok(())),
            ("una frase larga mía", Ok(())),
            ("short", Err(Weak::Short)),
            ("aaaaaaaaaaaaaaaa", Err(Weak::Easy)),
            ("password12345", Err(Weak::Easy)),
            ("rosa delgado1", Err(Weak::Easy)),
            ("ROSA@example.org", Err(Weak::Easy)),
        ] {
            assert_eq!(strong(password, &own), answer, "{password}");
        }
        assert_eq!(strong(&"longest word ".repeat(30), &own), Err(Weak::Long));
    }
}
