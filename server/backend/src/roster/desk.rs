//! Where does a run write: into the tables, batch by batch, or into copies that vanish?
//!
//! A preview is the import itself on copies of the tables, so it cannot tell anything else than what an import does.

use crate::database::rehearsal::Rehearsal;
use crate::database::{Conn, Database, Transaction};
use crate::fault::Fault;
use std::time::Duration;

/// Every table that an import writes to, each after those that it refers to. The audit is not among them: nobody did
/// what a preview tells; that somebody looked is noted after it.
const WRITTEN: [&str; 10] = [
    "organisation",
    "organisation_above",
    "person",
    "birth",
    "role_grant",
    "family_link",
    "roster_source",
    "roster_run",
    "roster_problem",
    "roster_link",
];

/// A pause after each batch. Who waits for the one write lock of an SQLite file asks for it again after 1, 2, 5, 10 ms
/// and so on, and must find it free now and then.
const BREATH: Duration = Duration::from_millis(10);

/// Where a run writes.
pub(super) enum Desk<'a> {
    /// The tables, with a transaction for each batch.
    Live(&'a Database),
    /// Copies that are gone when the desk is.
    Copies(Box<Rehearsal>),
}

/// What a batch is written with.
pub(super) enum Turn<'d> {
    Live(Transaction),
    Copies(&'d mut Rehearsal),
}

impl<'a> Desk<'a> {
    pub(super) async fn open(database: &'a Database, dry_run: bool) -> Result<Desk<'a>, Fault> {
        Ok(if dry_run {
            Desk::Copies(Box::new(database.rehearse(&WRITTEN).await?))
        } else {
            Desk::Live(database)
        })
    }

    pub(super) async fn begin(&mut self) -> Result<Turn<'_>, Fault> {
        Ok(match self {
            Desk::Live(database) => Turn::Live(database.begin().await?),
            Desk::Copies(copies) => Turn::Copies(copies),
        })
    }
}

impl Turn<'_> {
    pub(super) fn conn(&mut self) -> Conn<'_> {
        match self {
            Turn::Live(transaction) => transaction.conn(),
            Turn::Copies(copies) => copies.conn(),
        }
    }

    /// Makes a batch last, and lets others have their turn.
    pub(super) async fn end(self) -> Result<(), Fault> {
        match self {
            Turn::Live(transaction) => {
                let alone = matches!(transaction, Transaction::Sqlite(_));
                transaction.commit().await?;
                if alone {
                    tokio::time::sleep(BREATH).await;
                }
                Ok(())
            }
            Turn::Copies(_) => Ok(()),
        }
    }
}
