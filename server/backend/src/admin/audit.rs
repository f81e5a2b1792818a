//! What was done and read, by whom, and can anybody have changed that since?
//!
//! Every line carries the SHA-256 of itself and of the hash before it, so a line that is changed, left out or put in
//! later breaks the chain from there on; [`verify`] finds it. A line is written in the transaction of what it tells: no
//! deed without its line, no line without its deed. It holds words of ours and identifiers, never what a person typed.
//!
//! Writers take turns at the head of the chain until they commit, on both databases. So a use case adds its lines
//! last, all of them at once ([`add_all`]): then nobody waits for long, and no two wait for each other.

mod verify;

pub use verify::{Mark, NoMark, Verdict, Why, verify};
pub(crate) use verify::{head, verify_on};

use crate::clock::Millis;
use crate::database::query::{execute, fetch_one, fetch_optional, insert_all};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::secret;
use domain::people::PersonId;
use domain::policy::{Action, Actor, Deed, Permit, Subject};

/// How many lines go into one statement: SQLite takes 32,766 values, and a line has nine.
const AT_ONCE: usize = 1_000;

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

/// A line as it stands in the chain.
#[derive(sqlx::FromRow)]
struct Link {
    seq: i64,
    at: Millis,
    actor_id: Option<String>,
    role: Option<String>,
    action: String,
    subject_id: Option<String>,
    detail: String,
    previous_hash: String,
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
    add_all(conn, std::slice::from_ref(line)).await
}

/// Adds lines to the end of the chain, with three statements for a thousand of them: one for each student of a list
/// that was read, say.
///
/// # Errors
/// [`Fault::Database`].
pub async fn add_all(conn: &mut Conn<'_>, lines: &[Line<'_>]) -> Result<(), Fault> {
    for lines in lines.chunks(AT_ONCE) {
        let count = i64::try_from(lines.len()).unwrap_or_default();
        // Taking the head first makes others wait their turn until this transaction ends.
        let (newest, mut hash) = fetch_one!(
            conn,
            (i64, String),
            "update audit_head set seq = seq + $1 where id = 1 returning seq, hash",
            count,
        )?;
        let mut rows = Vec::with_capacity(lines.len());
        for (seq, line) in (newest - count + 1..).zip(lines) {
            let row = Link::after(&hash, seq, line);
            hash.clone_from(&row.hash);
            rows.push(row);
        }
        insert_all!(
            conn,
            "insert into audit (seq, at, actor_id, role, action, subject_id, detail, previous_hash, hash)",
            rows,
            |row| [
                row.seq,
                row.at,
                row.actor_id,
                row.role,
                row.action,
                row.subject_id,
                row.detail,
                row.previous_hash,
                row.hash
            ],
            "",
        )?;
        execute!(conn, "update audit_head set hash = $1 where id = 1", hash)?;
    }
    Ok(())
}

/// Notes in a transaction of its own that names were listed: of how many people, and where. Who read one of the records
/// behind them stands in a line of its own.
///
/// # Errors
/// [`Fault::Database`].
pub async fn listed(
    database: &Database,
    at: Millis,
    actor: &Actor,
    action: Action,
    detail: &str,
) -> Result<(), Fault> {
    let mut transaction = database.begin().await?;
    let line = Line { at, actor, action: action.name(), subject: None, detail };
    add(&mut transaction.conn(), &line).await?;
    transaction.commit().await
}

/// Deletes the oldest lines, those at or before a moment, and says how many. The head remembers the last of them, so
/// that the rest is still a whole chain; a line that is not that old keeps all after it.
///
/// # Errors
/// [`Fault::Database`].
pub async fn forget(conn: &mut Conn<'_>, until: Millis) -> Result<u64, Fault> {
    execute!(conn, "update audit_head set seq = seq where id = 1")?;
    let last = fetch_optional!(
        conn,
        (i64, String),
        "select seq, hash from audit
         where seq < (select coalesce(min(seq), (select seq + 1 from audit_head)) from audit where at > $1)
         order by seq desc limit 1",
        until,
    )?;
    let Some((seq, hash)) = last else { return Ok(0) };
    execute!(conn, "update audit_head set gone_seq = $1, gone_hash = $2 where id = 1", seq, hash)?;
    execute!(conn, "delete from audit where seq <= $1", seq)
}

impl Link {
    fn after(previous_hash: &str, seq: i64, line: &Line<'_>) -> Link {
        let mut row = Link {
            seq,
            at: line.at,
            actor_id: line.actor.person().map(|person| person.to_string()),
            role: line.actor.role().map(|role| role.slug().to_owned()),
            action: line.action.to_owned(),
            subject_id: line.subject.map(|person| person.to_string()),
            detail: line.detail.to_owned(),
            previous_hash: previous_hash.to_owned(),
            hash: String::new(),
        };
        row.hash = row.chained();
        row
    }

    /// The hash of the line: of every field with its length before it, so that no two lines run together into the
    /// same bytes, and what is not there is not the same as what is empty.
    fn chained(&self) -> String {
        let (seq, at) = (self.seq.to_string(), self.at.0.to_string());
        let fields = [
            Some(self.previous_hash.as_str()),
            Some(&seq),
            Some(&at),
            self.actor_id.as_deref(),
            self.role.as_deref(),
            Some(&self.action),
            self.subject_id.as_deref(),
            Some(&self.detail),
        ];
        let mut bytes = Vec::with_capacity(320);
        for field in fields {
            if let Some(field) = field {
                bytes.extend_from_slice(field.len().to_string().as_bytes());
                bytes.push(b':');
                bytes.extend_from_slice(field.as_bytes());
            } else {
                bytes.push(b'-');
            }
        }
        secret::stored("audit", &bytes)
    }
}
