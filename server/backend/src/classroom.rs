//! What happens in a class without accounts?
//!
//! | deed | who may | with |
//! |---|---|---|
//! | [`open`] | anybody | nothing |
//! | [`join`], [`send`], [`take_back`] | a student | the code, and a random number of the device |
//! | [`screen`] | the projector | an address made of the secret |
//! | [`room`], [`sheets`], [`end`] | the counselor | the secret |
//! | [`sweep`] | the server, by itself | the time |
//!
//! The database is the only memory, so several servers that share it share the class. Whether something changed is
//! told by the class's version, which grows in the same transaction.

mod keys;
mod store;

use crate::clock::{Clock, Millis};
use crate::database::Database;
use crate::fault::Fault;
use domain::classroom::{Code, Counts, Refusal, Span, Summary, Tongue, admit, count};
use domain::explorer::school::Cds;
pub use keys::{Device, Screen, Secret, Tag};
use store::{ByCode, BySecret, Class};

/// How often opening tries another secret when the code it gives is taken.
const TRIES: usize = 8;

/// Why nothing came of it.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The class says no; a person is told.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something broke; the operator is told.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A class as a student's device sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// When the class and all that was sent are deleted.
    pub expires_at: Millis,
    /// What this device sent, if it did.
    pub sent: Option<Summary>,
}

/// A class as its counselor or the projector sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// What students type.
    pub code: Code,
    /// When the class and all that was sent are deleted.
    pub expires_at: Millis,
    /// Grows with every summary that comes, changes or goes.
    pub version: i64,
    /// What the summaries say together.
    pub counts: Counts,
}

/// One student's list, for paper. Only the student knows that it is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What the student's device shows too, to find the sheet by.
    pub tag: Tag,
    /// The schools in the student's order.
    pub schools: Vec<Cds>,
    /// The language of the student's page.
    pub tongue: Tongue,
}

/// Opens a class. The secret is shown once and kept nowhere: who loses it waits for the class to expire.
///
/// # Errors
/// [`Fault::Database`]; [`Fault::Chance`] when the machine gives no random numbers.
pub async fn open(database: &Database, clock: &Clock, span: Span) -> Result<Secret, Fault> {
    let expires_at = Millis(clock.now().0 + i64::from(span.hours()) * 3_600_000);
    let mut tries = 0;
    loop {
        let secret = Secret::new()?;
        let mut transaction = database.begin().await?;
        match store::insert(&mut transaction.conn(), &secret, expires_at).await {
            Ok(()) => {
                transaction.commit().await?;
                return Ok(secret);
            }
            Err(fault) if fault.is_duplicate() && tries < TRIES => tries += 1,
            Err(fault) => return Err(fault),
        }
    }
}

/// Looks at a class by its code, without leaving a trace.
///
/// # Errors
/// [`Refusal::NoClass`]; a fault of the database.
pub async fn join(
    database: &Database,
    clock: &Clock,
    code: Code,
    device: Option<&Device>,
) -> Result<Joined, Stop> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let class = store::by_code(&mut conn, code, clock.now()).await?.ok_or(Refusal::NoClass)?;
    let sent = match device {
        Some(device) => store::summary(&mut conn, &class, device).await?,
        None => None,
    };
    Ok(Joined { expires_at: class.expires_at(), sent })
}

/// Takes in what a device sends; it replaces what the same device sent before. Says when all of it is deleted.
///
/// # Errors
/// [`Refusal::NoClass`], [`Refusal::Full`]; a fault of the database.
pub async fn send(
    database: &Database,
    clock: &Clock,
    code: Code,
    device: &Device,
    summary: &Summary,
) -> Result<Millis, Stop> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let class = store::change(&mut conn, code, clock.now()).await?.ok_or(Refusal::NoClass)?;
    let (taken, replaces) = store::taken(&mut conn, &class, device).await?;
    admit(taken, replaces)?;
    store::save(&mut conn, &class, device, summary).await?;
    transaction.commit().await?;
    Ok(class.expires_at())
}

/// Deletes what a device sent. That nothing was there is fine.
///
/// # Errors
/// [`Refusal::NoClass`]; a fault of the database.
pub async fn take_back(database: &Database, clock: &Clock, code: Code, device: &Device) -> Result<(), Stop> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let class = store::change(&mut conn, code, clock.now()).await?.ok_or(Refusal::NoClass)?;
    store::remove(&mut conn, &class, device).await?;
    transaction.commit().await?;
    Ok(())
}

/// The class as its counselor sees it.
///
/// # Errors
/// [`Refusal::NoClass`]; a fault of the database.
pub async fn room(database: &Database, clock: &Clock, secret: &Secret) -> Result<Room, Stop> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let class = store::by_secret(&mut conn, secret, clock.now()).await?.ok_or(Refusal::NoClass)?;
    let summaries = store::summaries(&mut conn, &class).await?;
    Ok(look_into(&class, secret.screen().code()?, &summaries))
}

/// The class as the projector shows it.
///
/// # Errors
/// [`Refusal::NoClass`]; a fault of the database.
pub async fn screen(database: &Database, clock: &Clock, screen: &Screen) -> Result<Room, Stop> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let class = store::by_screen(&mut conn, screen, clock.now()).await?.ok_or(Refusal::NoClass)?;
    let summaries = store::summaries(&mut conn, &class).await?;
    Ok(look_into(&class, screen.code()?, &summaries))
}

fn look_into<By>(class: &Class<By>, code: Code, summaries: &[Summary]) -> Room {
    Room { code, expires_at: class.expires_at(), version: class.version(), counts: count(summaries) }
}

/// The lists for paper, in an order that tells nothing of when they were sent; empty lists are left out.
///
/// # Errors
/// [`Refusal::NoClass`]; a fault of the database.
pub async fn sheets(database: &Database, clock: &Clock, secret: &Secret) -> Result<Vec<Sheet>, Stop> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let class: Class<BySecret> =
        store::by_secret(&mut conn, secret, clock.now()).await?.ok_or(Refusal::NoClass)?;
    let mut sheets = store::sheets(&mut conn, &class).await?;
    sheets.retain(|sheet| !sheet.schools.is_empty());
    Ok(sheets)
}

/// Ends the class: every row of it is deleted.
///
/// # Errors
/// [`Refusal::NoClass`]; a fault of the database.
pub async fn end(database: &Database, clock: &Clock, secret: &Secret) -> Result<(), Stop> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let class = store::by_secret(&mut conn, secret, clock.now()).await?.ok_or(Refusal::NoClass)?;
    store::delete(&mut conn, &class).await?;
    transaction.commit().await?;
    tidied(database).await;
    Ok(())
}

/// The rows are gone whatever comes of this; what it could not do now, the next sweep does.
async fn tidied(database: &Database) {
    if let Err(fault) = database.tidy().await {
        tracing::warn!(%fault, "the log of the database could not be folded in");
    }
}

/// Deletes the classes whose time is over and says how many. Until it comes by they are already closed to everyone.
///
/// # Errors
/// [`Fault::Database`].
pub async fn sweep(database: &Database, clock: &Clock) -> Result<u64, Fault> {
    let mut transaction = database.begin().await?;
    let swept = store::sweep(&mut transaction.conn(), clock.now()).await?;
    transaction.commit().await?;
    if swept > 0 {
        tidied(database).await;
    }
    Ok(swept)
}

/// A class that was opened by its code.
type Joinable = Class<ByCode>;
