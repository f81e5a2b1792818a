//! What went wrong, in words an operator can act on?

use crate::import::Refused;

/// Something an operator has to know about. Never shown to a visitor.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database answered with an error, or did not answer.
    #[error("the database answered: {0}")]
    Database(#[from] sqlx::Error),
    /// The database server did not answer at all.
    #[error(
        "the database at {address} cannot be reached ({cause}); is it running, and is --database-url right?"
    )]
    Unreachable {
        /// The address, without its user and password.
        address: String,
        /// What the driver said.
        cause: sqlx::Error,
    },
    /// A migration could not be applied.
    #[error("the tables could not be brought up to date: {0}")]
    Migration(sqlx::migrate::MigrateError),
    /// The tables were made by another program than this one, or one newer than it.
    #[error(
        "the tables of this database were made by another version of Pathways (step {0} of theirs is not this one's); \
         start the version that made them, or name a new database with --database-url"
    )]
    OtherTables(i64),
    /// `--database-url` names no database that is known.
    #[error("{0:?} is no database address; write sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
    /// A command that only looks was given a file that is not there.
    #[error(
        "there is no database at {0}; `pathways serve` or `pathways import` makes one, --database-url names another"
    )]
    NoDatabase(String),
    /// There is nothing to write a catalogue of.
    #[error(
        "no school is loaded in this database, so no catalogue was written; `pathways import cde --directory` loads \
         schools, --database-url names another database"
    )]
    NoSchools,
    /// A file could not be opened, read or written.
    #[error("{path}: {cause}")]
    File {
        /// The file as the operator named it.
        path: String,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// A file failed its check; nothing of it was kept.
    #[error(transparent)]
    Refused(#[from] Box<Refused>),
    /// A rule file failed its check; nothing of it is used.
    #[error(transparent)]
    Rules(#[from] Box<crate::rulebook::Refused>),
    /// A backup cannot be restored; nothing was written.
    #[error("{path}: {why}; nothing was written")]
    Backup {
        /// The file as the operator named it.
        path: String,
        /// What is wrong with it, or with the database it should go into.
        why: String,
    },
    /// Mail cannot go where `--mail` says.
    #[error(
        "mail cannot be sent like this ({0}); write folder:PATH, smtps://USER:PASSWORD@HOST or smtp://HOST:PORT"
    )]
    Post(String),
    /// Mail cannot come from what `--mail-from` says.
    #[error("{0:?} is no address to send mail from; write --mail-from NAME@HOST, or 'NAME <NAME@HOST>'")]
    Sender(String),
    /// Everybody who comes by may write mails as a made-up person.
    #[error("a demo sends no mail into the world; leave out --demo, or write --mail folder:PATH")]
    DemoMail,
    /// The machine gives no random numbers, so nothing secret can be made.
    #[error("this machine gives no random numbers")]
    Chance,
    /// What `--key-file` names is no key.
    #[error(
        "{0} holds no key, which is 64 hexadecimal digits; bring back the key of this database, or name it with --key-file"
    )]
    Key(String),
    /// A passkey could not be asked for or kept.
    #[error("a passkey could not be asked for: {0}")]
    Passkey(String),
    /// The database holds a value that this version cannot read.
    #[error(
        "the database holds {value:?} as {what}, which this version of Pathways cannot read; run `pathways check`"
    )]
    Stored {
        /// What the value stands for.
        what: &'static str,
        /// The value.
        value: String,
    },
}

impl Fault {
    /// The fault of a file that the operating system did not let us use.
    pub fn file(path: &std::path::Path, cause: std::io::Error) -> Fault {
        Fault::File { path: path.display().to_string(), cause }
    }

    /// Did a unique or primary key stand in the way? (SQLite names no constraint, so the kind is all there is.)
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Fault::Database(sqlx::Error::Database(cause)) if cause.is_unique_violation())
    }
}

impl From<sqlx::migrate::MigrateError> for Fault {
    fn from(error: sqlx::migrate::MigrateError) -> Fault {
        use sqlx::migrate::MigrateError::{VersionMismatch, VersionMissing};
        match error {
            VersionMismatch(version) | VersionMissing(version) => Fault::OtherTables(version),
            other => Fault::Migration(other),
        }
    }
}
