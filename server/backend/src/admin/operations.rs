//! How are the machines? Health, jobs, imports, storage, versions: what an operator looks at, and nothing of any person.

use super::job;
use crate::clock::{Clock, Millis};
use crate::database::query::{fetch_all, fetch_one};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::outbox::store as outbox;
use crate::stop::Stop;
use domain::policy::table::{RetryNotices, SeeOperations};
use domain::policy::{Actor, Everything, Permit, permit};
use std::path::{Path, PathBuf};
use std::time::Instant;

pub use crate::outbox::store::Counts;

/// How many imports and rosters are shown.
const NEWEST: i64 = 10;

/// What an operator sees.
#[derive(Clone, Debug)]
pub struct Operations {
    /// When it was looked at.
    pub at: Millis,
    /// `SQLite` or `PostgreSQL`.
    pub engine: &'static str,
    /// How long the database took for all of this, in milliseconds.
    pub answered_in: u64,
    /// The newest migration that this program carries.
    pub migration_carried: i64,
    /// The newest that the database has.
    pub migration_applied: i64,
    /// How often the catalogue was changed: its version.
    pub catalogue: i64,
    /// How much the database and its disk hold.
    pub storage: Storage,
    /// All jobs.
    pub jobs: Vec<job::Record>,
    /// What waits to be told.
    pub outbox: Counts,
    /// The newest readings of public files.
    pub imports: Vec<Import>,
    /// The newest rosters.
    pub rosters: Vec<Roster>,
}

/// How much the database and its disk hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Storage {
    /// Bytes of the database.
    pub database: i64,
    /// Bytes that are free on the disk of its file; unknown when the database is another machine's.
    pub free: Option<u64>,
}

/// A reading of a public file.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Import {
    /// The file, without its folders.
    pub file: String,
    /// Its layout.
    pub kind: String,
    /// Its rows.
    pub rows: i64,
    /// `loaded`, `unchanged` or `refused`.
    pub outcome: String,
    /// When.
    pub at: Millis,
}

/// A roster that was brought.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Roster {
    /// What the operator calls where it comes from.
    pub source: String,
    /// `bulk` or `delta`.
    pub mode: String,
    /// When it began.
    pub began_at: Millis,
    /// When it ended; not yet when it runs or was cut off.
    pub ended_at: Option<Millis>,
    /// Rows that were new.
    pub added: i64,
    /// Rows that were changed.
    pub changed: i64,
    /// Rows that ended.
    pub ended: i64,
    /// Rows that were not taken in.
    pub quarantined: i64,
}

/// Looks at everything.
///
/// # Errors
/// A refusal for whoever is no operator; a fault of the database, which is an answer, too.
pub async fn look(database: &Database, clock: &Clock, actor: &Actor) -> Result<Operations, Stop> {
    let permit = permit::<SeeOperations>(actor, Everything)?;
    let (now, began) = (clock.now(), Instant::now());
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let (migration_applied,) = fetch_one!(
        &mut conn,
        (i64,),
        "select coalesce(max(version), 0) from _sqlx_migrations where success",
    )?;
    let catalogue = crate::record::run::RunRow::version(&mut conn).await?;
    let storage = storage(&mut conn).await?;
    let jobs = job::all(&mut conn, &permit).await?;
    let outbox = outbox::counts(&mut conn, &permit, now).await?;
    let imports = imports(&mut conn, &permit).await?;
    let rosters = rosters(&mut conn, &permit).await?;
    Ok(Operations {
        at: now,
        engine: database.engine(),
        answered_in: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        migration_carried: Database::migrations().into_iter().max().unwrap_or_default(),
        migration_applied,
        catalogue,
        storage,
        jobs,
        outbox,
        imports,
        rosters,
    })
}

/// Lets what was given up be tried again, and says how many notices that are.
///
/// # Errors
/// A refusal for whoever is no operator; a fault of the database.
pub async fn retry_notices(database: &Database, clock: &Clock, actor: &Actor) -> Result<u64, Stop> {
    let permit = permit::<RetryNotices>(actor, Everything)?;
    let mut transaction = database.begin().await?;
    let again = outbox::retry(&mut transaction.conn(), &permit, clock.now()).await?;
    transaction.commit().await?;
    Ok(again)
}

async fn imports(conn: &mut Conn<'_>, _permit: &Permit<SeeOperations>) -> Result<Vec<Import>, Fault> {
    fetch_all!(
        conn,
        Import,
        "select file, kind, rows, outcome, at from import_run order by at desc, id desc limit $1",
        NEWEST,
    )
}

async fn rosters(conn: &mut Conn<'_>, _permit: &Permit<SeeOperations>) -> Result<Vec<Roster>, Fault> {
    fetch_all!(
        conn,
        Roster,
        "select s.name as source, r.mode, r.began_at, r.ended_at, r.added, r.changed, r.ended, r.quarantined
         from roster_run r join roster_source s on s.id = r.source_id
         order by r.began_at desc, r.id desc limit $1",
        NEWEST,
    )
}

/// Each engine tells its size in its own way.
async fn storage(conn: &mut Conn<'_>) -> Result<Storage, Fault> {
    match conn {
        Conn::Sqlite(conn) => {
            let (database, file): (i64, String) = sqlx::query_as(
                "select c.page_count * s.page_size, l.file
                 from pragma_page_count c, pragma_page_size s, pragma_database_list l where l.name = 'main'",
            )
            .fetch_one(&mut **conn)
            .await?;
            let folder = Path::new(&file).parent().map(Path::to_owned);
            Ok(Storage { database, free: folder.and_then(free) })
        }
        Conn::Postgres(conn) => {
            let database =
                sqlx::query_scalar("select pg_database_size(current_database())").fetch_one(&mut **conn);
            Ok(Storage { database: database.await?, free: None })
        }
    }
}

/// Bytes that are free for us on the disk of a folder.
#[cfg(unix)]
fn free(folder: PathBuf) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free(_folder: PathBuf) -> Option<u64> {
    None
}
