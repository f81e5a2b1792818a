//! What was done and read, by whom, and can anybody have changed that since?
//!
//! Every line carries the SHA-256 of itself and of the hash before it, so a line that is changed, left out or put in
//! later breaks the chain from there on. A line is written in the transaction of what it tells: no deed without its
//! line, no line without its deed. It holds words of ours and identifiers, never what a person typed.

use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_one};
use crate::fault::Fault;
use crate::secret;
use domain::people::PersonId;
use domain::policy::{Actor, Deed, Permit, Subject};

/// A line of the audit before it stands in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// When.
    pub at: Millis,
    /// Who, and in which role.
    pub actor: &'a Actor,
    /// What: the name of a deed, or a word such as `SignIn`.
    pub action: &'a str,
    /// Whose record.
    pub subject: Option<PersonId>,
    /// Words of ours and identifiers.
    pub detail: &'a str,
}

#[derive(sqlx::FromRow)]
struct Head {
    seq: i64,
    hash: String,
}

/// Notes that a permit was used on a person.
///
/// # Errors
/// [`Fault::Database`].
pub async fn note<D: Deed<On = Subject>>(
    conn: &mut Conn<'_>,
    at: Millis,
    permit: &Permit<D>,
    detail: &str,
) -> Result<(), Fault> {
    let action = permit.action().name();
    add(conn, &Line { at, actor: permit.actor(), action, subject: Some(permit.on().id), detail }).await
}

/// Adds a line to the end of the chain.
///
/// # Errors
/// [`Fault::Database`].
pub async fn add(conn: &mut Conn<'_>, line: &Line<'_>) -> Result<(), Fault> {
    // Taking the head first makes others wait their turn until this transaction ends.
    let head =
        fetch_one!(conn, Head, "update audit_head set seq = seq + 1 where id = 1 returning seq, hash")?;
    let actor = line.actor.person().map(|person| person.to_string());
    let role = line.actor.role().map(|role| role.slug());
    let subject = line.subject.map(|person| person.to_string());
    let hash = chained(&head, line.at, actor.as_deref(), role, line.action, subject.as_deref(), line.detail);
    execute!(
        conn,
        "insert into audit (seq, at, actor_id, role, action, subject_id, detail, previous_hash, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        head.seq,
        line.at,
        &actor,
        role,
        line.action,
        &subject,
        line.detail,
        &head.hash,
        &hash,
    )?;
    execute!(conn, "update audit_head set hash = $1 where id = 1", &hash).map(drop)
}

/// The hash of a line that follows the head: of every field with its length before it, so that no two lines run
/// together into the same bytes.
fn chained(
    head: &Head,
    at: Millis,
    actor: Option<&str>,
    role: Option<&str>,
    action: &str,
    subject: Option<&str>,
    detail: &str,
) -> String {
    let (seq, at) = (head.seq.to_string(), at.0.to_string());
    let fields = [
        head.hash.as_str(),
        &seq,
        &at,
        actor.unwrap_or_default(),
        role.unwrap_or_default(),
        action,
        subject.unwrap_or_default(),
        detail,
    ];
    let mut bytes = Vec::new();
    for field in fields {
        bytes.extend_from_slice(field.len().to_string().as_bytes());
        bytes.push(b':');
        bytes.extend_from_slice(field.as_bytes());
    }
    secret::stored("audit", &bytes)
}
