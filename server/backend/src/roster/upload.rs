//! Where does a file wait between its preview and its import?
//!
//! Each in a folder of its own that nobody else of the machine may enter. The folder's name holds hashes of the person
//! who sent the file and of the key that only their page knows, and when it came: so it is found after a restart, too,
//! and by no one else. A file goes when it was taken in or left, when the next one of the same person comes, and before
//! an hour is over.

use crate::clock::{Clock, Millis};
use crate::fault::Fault;
use crate::secret::{self, Token};
use crate::stop::Stop;
use domain::people::PersonId;
use domain::policy::table::ImportRoster;
use domain::policy::{Actor, Refusal, scope};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt as _;

/// The largest file that comes by a page, in bytes. A larger one comes by the command line.
pub const MOST_BYTES: u64 = 64 << 20;

/// How long a file can be taken in, in milliseconds.
const WAITS: i64 = 45 * 60 * 1_000;

/// When it goes at the latest, but for the time between two sweeps: an import that began in time is done by then.
const GOES: i64 = 50 * 60 * 1_000;

/// What the file is called: a row that waits names it.
const FILE: &str = "roster.csv";

/// Where files wait.
#[derive(Clone, Debug)]
pub struct Uploads {
    folder: PathBuf,
}

/// A file that is larger than [`MOST_BYTES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file is larger than {} MiB", MOST_BYTES >> 20)]
pub struct TooLarge;

/// A file that comes in. Dropped, it is gone.
#[derive(Debug)]
pub struct Incoming {
    folder: TempDir,
    path: PathBuf,
    file: File,
    bytes: u64,
    key: Token,
}

/// A file that is being taken in. Dropped, it is gone.
#[derive(Debug)]
pub struct Taken {
    folder: PathBuf,
    /// Where it waited.
    waited: PathBuf,
}

impl Uploads {
    /// Files wait in this folder, which is made when the first one comes.
    pub fn new(folder: impl Into<PathBuf>) -> Uploads {
        Uploads { folder: folder.into() }
    }

    /// Begins to receive a file.
    ///
    /// # Errors
    /// [`Stop::Refused`] for whoever brings no rosters, [`Stop::Fault`] when nothing can be written there.
    pub async fn receive(&self, clock: &Clock, actor: &Actor) -> Result<Incoming, Stop> {
        scope::<ImportRoster>(actor)?;
        let person = actor.person().ok_or(Refusal::SignIn)?;
        self.remove(|name| name.starts_with(&mark(person))).await?;
        let fault = |cause| Fault::file(&self.folder, cause);
        fs::create_dir_all(&self.folder).await.map_err(fault)?;
        let key = Token::new()?;
        let prefix = format!("{}{}-{}-", mark(person), key.stored("roster upload"), clock.now().0);
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix);
        // Nobody else of the machine may look in.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir_in(&self.folder).map_err(fault)?;
        let path = folder.path().join(FILE);
        let file = File::create(&path).await.map_err(fault)?;
        Ok(Incoming { folder, path, file, bytes: 0, key })
    }

    /// Takes away the file that waits under a key, if this person sent it and it is still there. Nobody finds it a
    /// second time.
    ///
    /// # Errors
    /// [`Fault::File`].
    pub async fn take(&self, clock: &Clock, person: PersonId, key: &Token) -> Result<Option<Taken>, Fault> {
        let prefix = format!("{}{}-", mark(person), key.stored("roster upload"));
        let now = clock.now();
        for name in self.names().await? {
            let Some(began) = name.strip_prefix(&prefix).and_then(came) else { continue };
            if now.0 - began.0 > WAITS {
                continue;
            }
            let folder = self.folder.join(format!("taken-{}-{}", began.0, Token::new()?));
            // Of two who come at once, one finds that it is gone.
            let waited = self.folder.join(&name);
            return match fs::rename(&waited, &folder).await {
                Ok(()) => Ok(Some(Taken { folder, waited })),
                Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(cause) => Err(Fault::file(&self.folder, cause)),
            };
        }
        Ok(None)
    }

    /// Removes what nobody came back for.
    ///
    /// # Errors
    /// [`Fault::File`].
    pub async fn sweep(&self, clock: &Clock) -> Result<u64, Fault> {
        let now = clock.now();
        self.remove(|name| {
            let came = name.splitn(3, '-').nth(2).and_then(came);
            let came = came.or_else(|| name.strip_prefix("taken-").and_then(self::came));
            came.is_some_and(|came| now.0 - came.0 > GOES)
        })
        .await
    }

    async fn names(&self) -> Result<Vec<String>, Fault> {
        let fault = |cause| Fault::file(&self.folder, cause);
        let mut entries = match fs::read_dir(&self.folder).await {
            Ok(entries) => entries,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(fault(cause)),
        };
        let mut names = Vec::new();
        while let Some(entry) = entries.next_entry().await.map_err(fault)? {
            names.extend(entry.file_name().into_string());
        }
        Ok(names)
    }

    async fn remove(&self, which: impl Fn(&str) -> bool) -> Result<u64, Fault> {
        let mut gone = 0;
        for name in self.names().await?.into_iter().filter(|name| which(name)) {
            match fs::remove_dir_all(self.folder.join(name)).await {
                Ok(()) => gone += 1,
                Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {}
                Err(cause) => return Err(Fault::file(&self.folder, cause)),
            }
        }
        Ok(gone)
    }
}

/// How the folders of a person begin.
fn mark(person: PersonId) -> String {
    format!("{}-", secret::stored("roster upload of", person.to_string().as_bytes()))
}

/// When a file came, which is what stands before the next sign.
fn came(rest: &str) -> Option<Millis> {
    rest.split('-').next()?.parse().ok().map(Millis)
}

impl Incoming {
    /// Writes the next piece.
    ///
    /// # Errors
    /// [`Stop::Wrong`] when it is too much, [`Stop::Fault`] when the disk takes no more.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), Stop<TooLarge>> {
        self.bytes += piece.len() as u64;
        if self.bytes > MOST_BYTES {
            return Err(Stop::Wrong(TooLarge));
        }
        Ok(self.file.write_all(piece).await.map_err(|cause| Fault::file(&self.path, cause))?)
    }

    /// The file, when all of it is there; none when nothing came.
    ///
    /// # Errors
    /// [`Fault::File`].
    pub async fn whole(&mut self) -> Result<Option<&Path>, Fault> {
        self.file.flush().await.map_err(|cause| Fault::file(&self.path, cause))?;
        Ok((self.bytes > 0).then_some(self.path.as_path()))
    }

    /// Lets it wait, and gives the key to it.
    pub fn keep(self) -> Token {
        _ = self.folder.keep();
        self.key
    }
}

impl Taken {
    /// The file.
    pub fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    /// Lets it wait again, under the same key and no longer than before.
    ///
    /// # Errors
    /// [`Fault::File`].
    pub async fn put_back(self) -> Result<(), Fault> {
        fs::rename(&self.folder, &self.waited).await.map_err(|cause| Fault::file(&self.folder, cause))
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let removed = std::fs::remove_dir_all(&self.folder);
        // What waits again is not here any more.
        if let Some(cause) = removed.err().filter(|cause| cause.kind() != std::io::ErrorKind::NotFound) {
            tracing::error!(%cause, "a roster that came by a page could not be removed; the next sweep tries again");
        }
    }
}
