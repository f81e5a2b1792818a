//! Does this file make all of it again?
//!
//! Three looks, one transaction: the file must give the hashes that its manifest names before anything is written; the
//! database must give the same hashes after it was written; and the audit must be whole. Else nothing is kept.

use super::super::audit::{self, Mark, Verdict};
use super::super::schema::{TABLES, Table};
use super::{FORMAT, MANIFEST, Manifest, Saved, Tally, member, table};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;
use table::Cell;
use zip::ZipArchive;
use zip::read::ZipFile;

/// The longest manifest: a few hundred tables take 100 KiB.
const LONGEST_MANIFEST: u64 = 4 << 20;

/// What a restored database holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// Whether the audit is whole. A backup of one that was broken already is restored nevertheless, as it was.
    pub audit: Verdict,
}

/// A backup that is being read.
struct Backup<'p> {
    path: &'p Path,
    archive: ZipArchive<BufReader<File>>,
}

/// Makes a database again from a backup. The database has its tables and nothing in them.
///
/// # Errors
/// [`Fault::Backup`] when the file is damaged or of other tables, or when the database is not empty; a fault of the
/// file or the database. Nothing was written then.
pub async fn restore(database: &Database, path: &Path) -> Result<Restored, Fault> {
    let mut backup = Backup::open(path)?;
    let manifest = backup.manifest()?;
    for (table, saved) in TABLES.iter().zip(&manifest.tables) {
        backup.check(table, saved)?;
    }
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    for table in TABLES.iter().rev() {
        if table.seeded {
            table::clear(&mut conn, table).await?;
        } else if !table::is_empty(&mut conn, table).await? {
            let why = format!("the database is not empty ({} has rows); restore into a new one", table.name);
            return Err(backup.refused(why));
        }
    }
    for table in TABLES {
        backup.load(&mut conn, table).await?;
    }
    for (table, saved) in TABLES.iter().zip(&manifest.tables) {
        let mut tally = Tally::default();
        table::read(&mut conn, table, |line| {
            tally.line(line);
            Ok(())
        })
        .await?;
        if tally.saved(table.name) != *saved {
            return Err(backup.refused(format!("{} is not the same after it was written", table.name)));
        }
    }
    let mark = manifest.audit.parse::<Mark>().map_err(|why| backup.refused(why.to_string()))?;
    let audit = audit::verify_on(&mut conn, Some(&mark)).await?;
    transaction.commit().await?;
    Ok(Restored { manifest, audit })
}

/// Restores a backup into a database that is thrown away, which lies beside the file while it is needed.
///
/// # Errors
/// As [`restore`].
pub async fn prove(path: &Path) -> Result<Restored, Fault> {
    let beside = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = tempfile::tempdir_in(beside).map_err(|cause| Fault::file(beside, cause))?;
    let database = Database::open(&format!("sqlite:{}", folder.path().join("proof.db").display())).await?;
    database.migrate().await?;
    let restored = restore(&database, path).await;
    database.close().await;
    restored
}

impl Backup<'_> {
    fn open(path: &Path) -> Result<Backup<'_>, Fault> {
        let file = File::open(path).map_err(|cause| Fault::file(path, cause))?;
        let archive = ZipArchive::new(BufReader::new(file))
            .map_err(|cause| refused(path, format!("no backup, or cut short ({cause})")))?;
        Ok(Backup { path, archive })
    }

    fn refused(&self, why: impl Into<String>) -> Fault {
        refused(self.path, why)
    }

    /// Reads what the backup says of itself, and whether this program has the same tables.
    fn manifest(&mut self) -> Result<Manifest, Fault> {
        let mut text = String::new();
        let read = self.archive.by_name(MANIFEST).map_err(std::io::Error::from);
        read.and_then(|member| member.take(LONGEST_MANIFEST).read_to_string(&mut text))
            .map_err(|cause| self.refused(format!("the manifest cannot be read ({cause})")))?;
        let manifest: Manifest = serde_json::from_str(&text)
            .map_err(|cause| self.refused(format!("the manifest cannot be read ({cause})")))?;
        let ours = Database::migrations().into_iter().max().unwrap_or_default();
        if manifest.format != FORMAT || manifest.edition != Database::edition() {
            return Err(self.refused(format!(
                "made by a version of Pathways with other tables (migration {}; this one has {ours}); restore it with \
                 that version, then run `pathways migrate` with this one",
                manifest.migration
            )));
        }
        let names = manifest.tables.iter().map(|saved| saved.name.as_str());
        if !names.eq(TABLES.iter().map(|table| table.name)) {
            return Err(self.refused("the manifest does not name the tables"));
        }
        Ok(manifest)
    }

    /// The lines of a table.
    fn lines<'a>(&'a mut self, table: &'a Table) -> Result<Lines<'a>, Fault> {
        let (path, name) = (self.path, member(table.name));
        let input = self.archive.by_name(&name).map_err(|cause| refused(path, format!("{name}: {cause}")))?;
        Ok(Lines { path, table, input: BufReader::new(input), line: Vec::new() })
    }

    /// Does the file hold the lines that the manifest names?
    fn check(&mut self, table: &Table, saved: &Saved) -> Result<(), Fault> {
        let mut tally = Tally::default();
        let mut lines = self.lines(table)?;
        while let Some(line) = lines.next()? {
            tally.line(line);
        }
        if tally.saved(table.name) == *saved { Ok(()) } else { Err(lines.damaged("it holds other rows")) }
    }

    /// Writes the rows of a table, and then what they say of each other.
    async fn load(&mut self, conn: &mut Conn<'_>, table: &Table) -> Result<(), Fault> {
        let mut lines = self.lines(table)?;
        loop {
            let rows = lines.rows()?;
            if rows.is_empty() {
                break;
            }
            table::insert(conn, table, rows).await?;
        }
        drop(lines);
        if !table.columns.iter().any(|column| column.to_itself) {
            return Ok(());
        }
        let mut lines = self.lines(table)?;
        loop {
            let rows = lines.rows()?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in &rows {
                table::relate(conn, table, row).await?;
            }
        }
    }
}

/// A member of the file while it is read.
struct Lines<'a> {
    path: &'a Path,
    table: &'a Table,
    input: BufReader<ZipFile<'a, BufReader<File>>>,
    line: Vec<u8>,
}

impl Lines<'_> {
    fn next(&mut self) -> Result<Option<&[u8]>, Fault> {
        self.line.clear();
        match self.input.read_until(b'\n', &mut self.line) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(&self.line)),
            Err(cause) => Err(self.damaged(&cause.to_string())),
        }
    }

    /// As many rows as are written at once; none at the end.
    fn rows(&mut self) -> Result<Vec<Vec<Cell>>, Fault> {
        let (table, mut rows) = (self.table, Vec::new());
        while rows.len() < table::rows_at_once(table) {
            let Some(line) = self.next()? else { break };
            match table::parse(table, line) {
                Some(row) => rows.push(row),
                None => return Err(self.damaged("a line is no row of this table")),
            }
        }
        Ok(rows)
    }

    fn damaged(&self, why: &str) -> Fault {
        refused(self.path, format!("{} is damaged ({why})", member(self.table.name)))
    }
}

fn refused(path: &Path, why: impl Into<String>) -> Fault {
    Fault::Backup { path: path.display().to_string(), why: why.into() }
}
