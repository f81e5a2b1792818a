//! How does one query text reach either database?
//!
//! Each use case writes its SQL once, with `$1` placeholders, and hands it to one of the macros of [`query`]
//! together with a [`Conn`]. The macro expands it for both drivers, so there are no twin implementations.

pub(crate) mod query;
pub mod rehearsal;

use crate::fault::Fault;
use crate::secret;
use sqlx::Connection;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// The migrations of `migrations/`, the same for both databases, carried inside the program.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// How long a writer waits for another one before it gives up.
const PATIENCE: Duration = Duration::from_secs(15);

/// A pool of connections to the chosen database.
#[derive(Clone, Debug)]
pub enum Database {
    /// The embedded default.
    Sqlite(SqlitePool),
    /// PostgreSQL, or what speaks its protocol.
    Postgres(PgPool),
}

/// One connection, lent by a [`Lease`] or a [`Transaction`].
#[derive(Debug)]
pub enum Conn<'c> {
    /// A connection to SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// A connection to PostgreSQL.
    Postgres(&'c mut PgConnection),
}

/// A connection taken from the pool for reading.
#[derive(Debug)]
pub enum Lease {
    /// A connection to SQLite.
    Sqlite(sqlx::pool::PoolConnection<sqlx::Sqlite>),
    /// A connection to PostgreSQL.
    Postgres(sqlx::pool::PoolConnection<sqlx::Postgres>),
}

/// A transaction. Dropped without [`commit`](Transaction::commit) it is rolled back.
#[derive(Debug)]
pub enum Transaction {
    /// A transaction of SQLite.
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    /// A transaction of PostgreSQL.
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Database {
    /// Connects to `sqlite:PATH` (made if missing) or `postgres://...`.
    ///
    /// # Errors
    /// [`Fault::Address`] for any other address, [`Fault::Database`] when the database cannot be reached.
    pub async fn open(address: &str) -> Result<Database, Fault> {
        Database::connect(address, true).await
    }

    /// Connects to a database that is there already, and makes nothing.
    ///
    /// # Errors
    /// [`Fault::NoDatabase`] when there is no such file; else as [`open`](Database::open).
    pub async fn open_existing(address: &str) -> Result<Database, Fault> {
        Database::connect(address, false).await
    }

    async fn connect(address: &str, make: bool) -> Result<Database, Fault> {
        if address.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(address)
                .map_err(|_| Fault::Address(address.to_owned()))?
                .create_if_missing(make)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                // What is deleted is overwritten, so that it cannot be read off the disk.
                .pragma("secure_delete", "on")
                .busy_timeout(PATIENCE);
            let file = options.get_filename();
            if !make && !file.exists() {
                return Err(Fault::NoDatabase(file.display().to_string()));
            }
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder).map_err(|cause| Fault::file(folder, cause))?;
            }
            let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
            return Ok(Database::Sqlite(pool));
        }
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            // A pool asks again until its patience ends and then only says so; one plain question says what is wrong.
            let unreachable = |cause| Fault::Unreachable { address: without_password(address), cause };
            PgConnection::connect(address).await.map_err(unreachable)?.close().await?;
            let pool =
                PgPoolOptions::new().max_connections(16).acquire_timeout(PATIENCE).connect(address).await?;
            return Ok(Database::Postgres(pool));
        }
        Err(Fault::Address(without_password(address)))
    }

    /// The file of an embedded database.
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Database::Sqlite(pool) => Some(pool.connect_options().get_filename().to_owned()),
            Database::Postgres(_) => None,
        }
    }

    /// Applies the migrations that are missing. Safe to call at each start.
    ///
    /// # Errors
    /// [`Fault::Migration`] when one fails, [`Fault::OtherTables`] when another version, or a newer one, made them.
    pub async fn migrate(&self) -> Result<(), Fault> {
        match self {
            Database::Sqlite(pool) => MIGRATIONS.run(pool).await?,
            Database::Postgres(pool) => MIGRATIONS.run(pool).await?,
        }
        Ok(())
    }

    /// The versions of the migrations that this program carries.
    pub fn migrations() -> Vec<i64> {
        MIGRATIONS.iter().map(|migration| migration.version).collect()
    }

    /// The hash of the migrations that this program carries: two programs with the same have the same tables.
    pub fn edition() -> String {
        let marks = MIGRATIONS.iter().flat_map(|migration| migration.checksum.iter().copied());
        secret::stored("edition", &marks.collect::<Vec<u8>>())
    }

    /// Takes a connection for reading.
    ///
    /// # Errors
    /// [`Fault::Database`] when none is free in time.
    pub async fn lease(&self) -> Result<Lease, Fault> {
        Ok(match self {
            Database::Sqlite(pool) => Lease::Sqlite(pool.acquire().await?),
            Database::Postgres(pool) => Lease::Postgres(pool.acquire().await?),
        })
    }

    /// Begins a transaction that will write.
    ///
    /// SQLite takes its one write lock at once (`begin immediate`): a transaction that reads first and writes later
    /// would otherwise fail in the middle when another writer came between.
    ///
    /// # Errors
    /// [`Fault::Database`] when no connection, or on SQLite the write lock, is free in time.
    pub async fn begin(&self) -> Result<Transaction, Fault> {
        Ok(match self {
            Database::Sqlite(pool) => Transaction::Sqlite(pool.begin_with("begin immediate").await?),
            Database::Postgres(pool) => Transaction::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that only reads, and reads all at one moment while others go on writing. Dropping it ends
    /// it.
    ///
    /// # Errors
    /// [`Fault::Database`] when no connection is free in time.
    pub async fn snapshot(&self) -> Result<Transaction, Fault> {
        Ok(match self {
            Database::Sqlite(pool) => Transaction::Sqlite(pool.begin().await?),
            Database::Postgres(pool) => Transaction::Postgres(
                pool.begin_with("begin transaction isolation level repeatable read, read only").await?,
            ),
        })
    }

    /// Folds the log of an SQLite file into it, so that rows which were deleted do not live on there. While others
    /// read it may be put off; the next time does it. A PostgreSQL server tidies up by itself.
    ///
    /// # Errors
    /// [`Fault::Database`].
    pub async fn tidy(&self) -> Result<(), Fault> {
        if let Database::Sqlite(pool) = self {
            sqlx::query("pragma wal_checkpoint(truncate)").execute(pool).await?;
        }
        Ok(())
    }

    /// Closes all connections, after those in use are given back.
    pub async fn close(&self) {
        match self {
            Database::Sqlite(pool) => pool.close().await,
            Database::Postgres(pool) => pool.close().await,
        }
    }

    /// `SQLite` or `PostgreSQL`, for messages.
    pub const fn engine(&self) -> &'static str {
        match self {
            Database::Sqlite(_) => "SQLite",
            Database::Postgres(_) => "PostgreSQL",
        }
    }
}

impl Lease {
    /// The connection.
    pub fn conn(&mut self) -> Conn<'_> {
        match self {
            Lease::Sqlite(conn) => Conn::Sqlite(conn),
            Lease::Postgres(conn) => Conn::Postgres(conn),
        }
    }
}

impl Transaction {
    /// The connection that the transaction runs on.
    pub fn conn(&mut self) -> Conn<'_> {
        match self {
            Transaction::Sqlite(transaction) => Conn::Sqlite(transaction),
            Transaction::Postgres(transaction) => Conn::Postgres(transaction),
        }
    }

    /// Makes what was written last.
    ///
    /// # Errors
    /// [`Fault::Database`] when the database could not; then nothing was written.
    pub async fn commit(self) -> Result<(), Fault> {
        match self {
            Transaction::Sqlite(transaction) => transaction.commit().await?,
            Transaction::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    /// Takes back what was written.
    ///
    /// # Errors
    /// [`Fault::Database`] when the connection is gone; the database takes it back by itself then.
    pub async fn rollback(self) -> Result<(), Fault> {
        match self {
            Transaction::Sqlite(transaction) => transaction.rollback().await?,
            Transaction::Postgres(transaction) => transaction.rollback().await?,
        }
        Ok(())
    }
}

/// Cuts a password out of an address before it is shown.
fn without_password(address: &str) -> String {
    match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://...@{host}"),
        _ => address.to_owned(),
    }
}
