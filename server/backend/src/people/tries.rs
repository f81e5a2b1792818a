//! How often was this account or card tried wrongly?
//!
//! A try is written down, for all to see, before the password is looked at, and taken back when it was right, so tries
//! that come at the same moment cannot slip through together.

use crate::clock::Millis;
use crate::database::query::{execute, fetch_all};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::secret;
use domain::people::lock;
use uuid::Uuid;

/// A try that counts as wrong until it is taken back.
#[must_use = "a right try is taken back"]
pub(super) struct Try(String);

/// What is tried, and from which browser, if it is one that its owner got in with.
pub(super) fn subject(what: &str, known_device: Option<&str>) -> String {
    secret::stored("try", format!("{what}\n{}", known_device.unwrap_or_default()).as_bytes())
}

/// Begins a try.
///
/// # Errors
/// Inside, how many milliseconds to wait; outside, [`Fault::Database`].
pub(super) async fn begin(
    database: &Database,
    now: Millis,
    subject: &str,
) -> Result<Result<Try, i64>, Fault> {
    let mut written = database.begin().await?;
    let attempt = write(&mut written.conn(), now, subject).await?;
    written.commit().await?;
    // Each of several at once can see those that were written before it, so no more are let in than one by one.
    let begun = look(&mut database.lease().await?.conn(), now, subject, &attempt).await?;
    if let Err(wait) = begun {
        // A try that was not let in does not count, so that a wait has an end.
        let mut refused = database.begin().await?;
        take_back(&mut refused.conn(), attempt).await?;
        refused.commit().await?;
        return Ok(Err(wait));
    }
    Ok(Ok(attempt))
}

/// Writes a try down in a transaction of the caller, who commits it when it was let in. Of several at once, more may be
/// let in than one by one: they see each other only when they are committed.
pub(super) async fn count(
    conn: &mut Conn<'_>,
    now: Millis,
    subject: &str,
) -> Result<Result<Try, i64>, Fault> {
    let attempt = write(conn, now, subject).await?;
    Ok(look(conn, now, subject, &attempt).await?.map(|()| attempt))
}

async fn write(conn: &mut Conn<'_>, now: Millis, subject: &str) -> Result<Try, Fault> {
    let id = Uuid::now_v7().to_string();
    execute!(conn, "insert into wrong_try (id, subject, at) values ($1, $2, $3)", &id, subject, now)?;
    Ok(Try(id))
}

/// May there be one more beside the others?
async fn look(
    conn: &mut Conn<'_>,
    now: Millis,
    subject: &str,
    Try(id): &Try,
) -> Result<Result<(), i64>, Fault> {
    let others = fetch_all!(
        conn,
        (i64,),
        "select at from wrong_try where subject = $1 and at > $2 and id <> $3",
        subject,
        Millis(now.0 - lock::REMEMBERED),
        id,
    )?;
    let others: Vec<i64> = others.into_iter().map(|(at,)| at).collect();
    Ok(lock::one_more(&others, now.0))
}

/// The try was right.
pub(super) async fn take_back(conn: &mut Conn<'_>, right: Try) -> Result<(), Fault> {
    execute!(conn, "delete from wrong_try where id = $1", right.0).map(drop)
}

/// Forgets all tries at something, from browsers that are not known.
pub(super) async fn forget(conn: &mut Conn<'_>, what: &str) -> Result<(), Fault> {
    execute!(conn, "delete from wrong_try where subject = $1", subject(what, None)).map(drop)
}
