//! What that lets people in has run out, and can go?

use crate::clock::{Clock, Millis};
use crate::database::Database;
use crate::database::query::execute;
use crate::fault::Fault;

/// How long a wrong try is remembered. Locks look back for less.
const WRONG_TRIES: i64 = 24 * HOUR;

/// How long a browser that nobody used is still known: a year.
const KNOWN_DEVICES: i64 = 365 * 24 * HOUR;

const HOUR: i64 = 3_600_000;

/// Deletes sessions, challenges, links for a new password, wrong tries and known devices whose time is over, and says how many rows that were.
/// Until it comes by they already open nothing.
///
/// # Errors
/// [`Fault::Database`].
pub async fn sweep(database: &Database, clock: &Clock) -> Result<u64, Fault> {
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let swept = execute!(&mut conn, "delete from session where ends_at <= $1", now)?
        + execute!(&mut conn, "delete from challenge where expires_at <= $1", now)?
        + execute!(&mut conn, "delete from password_reset where expires_at <= $1", now)?
        + execute!(&mut conn, "delete from wrong_try where at <= $1", Millis(now.0 - WRONG_TRIES))?
        + execute!(&mut conn, "delete from known_device where used_at <= $1", Millis(now.0 - KNOWN_DEVICES))?;
    transaction.commit().await?;
    Ok(swept)
}
