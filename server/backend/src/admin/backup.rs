//! Is all of it in a file, and does that file make it again?
//!
//! A backup is a zip file with one member for each table (`person.jsonl`: a row is a line, a JSON array of the columns in
//! their order, ordered by the bytes of the primary key) and `manifest.json`, which knows the number of rows and the
//! SHA-256 of each. It is read at one moment while others go on writing, and is the same for both databases, so that
//! one can be restored into the other. Memory does not grow with the number of rows.
//!
//! It holds everything the database holds: keep it as safe.

mod restore;
mod table;

pub use restore::{Restored, prove, restore};

use super::audit;
use super::schema::TABLES;
use crate::check;
use crate::clock::Clock;
use crate::database::Database;
use crate::fault::Fault;
use crate::secret::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The number of this layout of files.
const FORMAT: u32 = 1;

/// The member that says what is in the others.
const MANIFEST: &str = "manifest.json";

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The number of the layout.
    pub format: u32,
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
    /// From which database.
    pub engine: String,
    /// The newest migration of its tables.
    pub migration: i64,
    /// The hash of all migrations of its tables.
    pub edition: String,
    /// The newest line of the audit, as [`audit::Mark`] writes it.
    pub audit: String,
    /// What is there of each table, in the order in which they can be restored.
    pub tables: Vec<Saved>,
}

/// What is there of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// How many rows.
    pub rows: u64,
    /// The SHA-256 of its lines.
    pub sha256: String,
}

impl Manifest {
    /// How many rows all tables have together.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// Counts and hashes lines on their way.
#[derive(Default)]
struct Tally {
    rows: u64,
    hash: Sha256,
}

impl Tally {
    fn line(&mut self, line: &[u8]) {
        self.rows += 1;
        self.hash.update(line);
    }

    fn saved(self, name: &str) -> Saved {
        Saved { name: name.to_owned(), rows: self.rows, sha256: hex(&self.hash.finalize()) }
    }
}

/// Writes a backup to a file that is not there yet, or to a new file in a folder, and says which. It stands under its
/// name only when it is whole and on the disk, and only its owner may read it.
///
/// # Errors
/// [`Fault::File`] when it cannot be written; [`Fault::Database`].
pub async fn write(database: &Database, clock: &Clock, to: &Path) -> Result<(PathBuf, Manifest), Fault> {
    let path = if to.is_dir() { to.join(name(clock)) } else { to.to_owned() };
    if path.exists() {
        return Err(Fault::file(&path, io::Error::from(io::ErrorKind::AlreadyExists)));
    }
    let part = path.with_added_extension("part");
    let written = write_to(database, clock, &part).await;
    let finished = written.and_then(|manifest| {
        std::fs::rename(&part, &path).map_err(|cause| Fault::file(&path, cause))?;
        sync_folder(&path).map_err(|cause| Fault::file(&path, cause))?;
        Ok(manifest)
    });
    if finished.is_err() {
        _ = std::fs::remove_file(&part);
    }
    Ok((path, finished?))
}

async fn write_to(database: &Database, clock: &Clock, path: &Path) -> Result<Manifest, Fault> {
    let failed = |cause: io::Error| Fault::file(path, cause);
    let mut zip = ZipWriter::new(BufWriter::new(private(path).map_err(failed)?));
    // Room for tables of more than 4 GiB.
    let options = SimpleFileOptions::default().large_file(true).unix_permissions(0o600);
    let mut snapshot = database.snapshot().await?;
    if check::applied(&mut snapshot.conn()).await != Some(Database::migrations()) {
        let why = "the database has the tables of another version; back it up with that one, or run `pathways migrate`";
        return Err(Fault::Backup { path: path.display().to_string(), why: why.to_owned() });
    }
    let head = audit::head(&mut snapshot.conn()).await?;
    let mut tables = Vec::with_capacity(TABLES.len());
    for table in TABLES {
        zip.start_file(member(table.name), options).map_err(|cause| failed(cause.into()))?;
        let mut tally = Tally::default();
        table::read(&mut snapshot.conn(), table, |line| {
            tally.line(line);
            zip.write_all(line).map_err(failed)
        })
        .await?;
        tables.push(tally.saved(table.name));
    }
    drop(snapshot);
    let manifest = Manifest {
        format: FORMAT,
        made_at: clock.now().0,
        engine: database.engine().to_owned(),
        migration: Database::migrations().into_iter().max().unwrap_or_default(),
        edition: Database::edition(),
        audit: audit::Mark { seq: head.seq, hash: head.hash }.to_string(),
        tables,
    };
    zip.start_file(MANIFEST, options).map_err(|cause| failed(cause.into()))?;
    serde_json::to_writer_pretty(&mut zip, &manifest).map_err(|cause| failed(cause.into()))?;
    let buffer = zip.finish().map_err(|cause| failed(cause.into()))?;
    let file = buffer.into_inner().map_err(|cause| failed(cause.into_error()))?;
    file.sync_all().map_err(failed)?;
    Ok(manifest)
}

/// The member that holds a table.
fn member(table: &str) -> String {
    format!("{table}.jsonl")
}

/// The name of a file in a folder of backups; by name they stand in the order of time.
fn name(clock: &Clock) -> String {
    let at = jiff::Timestamp::from_millisecond(clock.now().0).unwrap_or_default();
    format!("pathways-{}.zip", at.strftime("%Y%m%dT%H%M%SZ"))
}

/// A new file that only its owner may read.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A new name is safe once its folder is on the disk, too.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
