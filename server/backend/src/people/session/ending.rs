//! How does a session end before its time?

use super::Session;
use crate::database::query::execute;
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::secret::Token;
use domain::people::{OrganisationId, PersonId};

/// Ends the session of this token.
///
/// # Errors
/// [`Fault::Database`].
pub async fn end(database: &Database, token: &Token) -> Result<(), Fault> {
    let mut lease = database.lease().await?;
    end_one(&mut lease.conn(), token).await
}

/// The same, with the rest of what the caller does.
pub(in crate::people) async fn end_one(conn: &mut Conn<'_>, token: &Token) -> Result<(), Fault> {
    execute!(conn, "delete from session where token_hash = $1", token.stored("session")).map(drop)
}

/// Ends all sessions of a person but that of this token.
pub(in crate::people) async fn end_but(
    conn: &mut Conn<'_>,
    person: PersonId,
    token: &Token,
) -> Result<(), Fault> {
    let text = "delete from session where person_id = $1 and token_hash <> $2";
    execute!(conn, text, person.to_string(), token.stored("session")).map(drop)
}

/// Ends all sessions of a person, but for one.
pub(crate) async fn end_all(conn: &mut Conn<'_>, person: PersonId, but: Option<&str>) -> Result<u64, Fault> {
    let text = "delete from session where person_id = $1 and id <> $2";
    execute!(conn, text, person.to_string(), but.unwrap_or_default())
}

/// Ends the sessions for which an organisation answered: of one person, or of all.
pub(in crate::people) async fn end_vouched(
    conn: &mut Conn<'_>,
    by: OrganisationId,
    person: Option<PersonId>,
) -> Result<u64, Fault> {
    execute!(
        conn,
        "delete from session where vouched_by = $1 and ($2 = '' or person_id = $2)",
        by.to_string(),
        person.map(|person| person.to_string()).unwrap_or_default(),
    )
}

/// Ends one of the person's own sessions.
///
/// # Errors
/// [`Fault::Database`].
pub async fn end_own(database: &Database, person: PersonId, id: &str) -> Result<(), Fault> {
    let mut lease = database.lease().await?;
    let text = "delete from session where person_id = $1 and id = $2";
    execute!(&mut lease.conn(), text, person.to_string(), id).map(drop)
}

/// Ends all of the person's own sessions but the one that asks.
///
/// # Errors
/// [`Fault::Database`].
pub async fn end_others(database: &Database, session: &Session) -> Result<u64, Fault> {
    let mut lease = database.lease().await?;
    end_all(&mut lease.conn(), session.wearer.person, Some(&session.id)).await
}
