//! How is a secret kept that must be read again?
//!
//! What is only compared is kept as a hash ([`secret`](crate::secret)). What must be read again, such as the secret of an
//! app for codes, is sealed: XChaCha20-Poly1305 with a random nonce, bound to whom it is about, so that it opens in no
//! other row. The key stands in a file outside the database, so that a copy of the database or a backup opens nothing.

use crate::fault::Fault;
use crate::secret::{hex, random, unhex, unhex_all};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use std::fmt;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

/// Bytes of a nonce: enough that random ones never meet.
const NONCE: usize = 24;

/// The key of all that is sealed. Every server of one database has the same.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// A new one, which stands in no file.
    ///
    /// # Errors
    /// [`Fault::Chance`].
    pub fn new() -> Result<Key, Fault> {
        random().map(Key)
    }

    /// The key of a file. A file that is not there is made, for its owner alone; of several servers that do so at once
    /// one makes it, and all have that one. What is there and no key is never written over.
    ///
    /// # Errors
    /// [`Fault::Key`] when it holds something else, [`Fault::File`] when it cannot be read or made, [`Fault::Chance`].
    pub fn of_file(path: &Path) -> Result<Key, Fault> {
        let failed = |cause| Fault::file(path, cause);
        match std::fs::read_to_string(path) {
            Ok(text) => return Key::read(path, &text),
            // Bytes that are no text are no key.
            Err(cause) if cause.kind() == ErrorKind::InvalidData => return Key::read(path, ""),
            Err(cause) if cause.kind() == ErrorKind::NotFound => {}
            Err(cause) => return Err(failed(cause)),
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(failed)?;
        // Whole before it has its name, and from its first byte for nobody but its owner.
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        writeln!(file, "{}", hex(&Key::new()?.0)).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        match file.persist_noclobber(path) {
            Ok(_) => {
                tracing::info!(path = %path.display(), "a new key was made; keep a copy apart from the backups");
            }
            Err(lost) if lost.error.kind() == ErrorKind::AlreadyExists => {}
            Err(lost) => return Err(failed(lost.error)),
        }
        Key::read(path, &std::fs::read_to_string(path).map_err(failed)?)
    }

    fn read(path: &Path, text: &str) -> Result<Key, Fault> {
        unhex(text.trim()).map(Key).ok_or_else(|| Fault::Key(path.display().to_string()))
    }

    /// Seals something about somebody or something, which is named again to open it.
    ///
    /// # Errors
    /// [`Fault::Chance`].
    pub fn seal(&self, about: &str, plain: &[u8]) -> Result<String, Fault> {
        let nonce: [u8; NONCE] = random()?;
        let payload = Payload { msg: plain, aad: about.as_bytes() };
        // It fails for nothing shorter than 256 GiB.
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| Fault::Chance)?;
        Ok(hex(&nonce) + &hex(&sealed))
    }

    /// Opens what was sealed about the same; nothing when it was sealed with another key, about something else, or
    /// changed.
    pub fn open(&self, about: &str, sealed: &str) -> Option<Vec<u8>> {
        let bytes = unhex_all(sealed)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: about.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_and_about_the_same_alone() {
        let (key, other) = (Key::new().unwrap(), Key::new().unwrap());
        let sealed = key.seal("totp 1", b"JBSWY3DP").unwrap();
        assert_eq!(key.open("totp 1", &sealed).as_deref(), Some(&b"JBSWY3DP"[..]));
        assert_eq!(key.open("totp 2", &sealed), None, "of somebody else");
        assert_eq!(other.open("totp 1", &sealed), None, "with another key");
        assert_ne!(key.seal("totp 1", b"JBSWY3DP").unwrap(), sealed, "never the same twice");
        let last = if sealed.ends_with('0') { "1" } else { "0" };
        let changed = format!("{}{last}", &sealed[..sealed.len() - 1]);
        for broken in
            [changed.as_str(), &sealed[..sealed.len() - 2], &sealed[..40], "", "0", "JBSWY3DPEHPK3PXP"]
        {
            assert_eq!(key.open("totp 1", broken), None, "{broken}");
        }
        assert_eq!(format!("{key:?}"), "Key(..)");
    }

    /// draft-irtf-cfrg-xchacha-03, appendix A.3.1: a known answer, put together as it is kept here.
    #[test]
    fn the_seal_is_that_of_the_draft() {
        let key = Key(std::array::from_fn(|at| 0x80 + u8::try_from(at).unwrap()));
        let about = unhex_all("50515253c0c1c2c3c4c5c6c7").unwrap();
        let plain =
            b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
                      sunscreen would be it.";
        let nonce: [u8; NONCE] = std::array::from_fn(|at| 0x40 + u8::try_from(at).unwrap());
        let payload = Payload { msg: &plain[..], aad: &about };
        let sealed = hex(&key.cipher().encrypt(&XNonce::from(nonce), payload).unwrap());
        assert!(
            sealed.starts_with("bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"),
            "{sealed}"
        );
        assert!(sealed.ends_with("c0875924c1c7987947deafd8780acf49"), "{sealed}");
    }

    #[test]
    fn a_key_is_made_once_for_its_owner_and_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/pathways.key");
        let sealed = Key::of_file(&path).unwrap().seal("a", b"b").unwrap();
        assert_eq!(Key::of_file(&path).unwrap().open("a", &sealed).as_deref(), Some(&b"b"[..]));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(
            std::fs::read_dir(path.parent().unwrap()).unwrap().count(),
            1,
            "nothing else is left there"
        );
        for broken in [&b""[..], b"a key", &[0xff; 64], &[b'a'; 63]] {
            std::fs::write(&path, broken).unwrap();
            let fault = Key::of_file(&path).unwrap_err().to_string();
            assert!(fault.contains("pathways.key") && fault.contains("--key-file"), "{fault}");
            assert_eq!(std::fs::read(&path).unwrap(), broken);
        }
    }

    #[test]
    fn servers_that_start_together_have_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pathways.key");
        let keys: Vec<Key> = std::thread::scope(|scope| {
            let starting: Vec<_> = (0..8).map(|_| scope.spawn(|| Key::of_file(&path).unwrap())).collect();
            starting.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| key.0 == keys[0].0));
    }
}
