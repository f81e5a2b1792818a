//! What waits for a browser's answer?
//!
//! A random number that only this browser holds, in a cookie that lives as long, leads to a row. The row is taken out
//! when the answer comes, right or wrong: an answer is looked at once.

use super::organisation::parsed;
use crate::clock::Millis;
use crate::database::query::{execute, fetch_optional};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::secret::Token;
use domain::people::PersonId;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How long a browser has to answer, in milliseconds; its cookie lives as long.
pub const LIVES: i64 = 10 * 60_000;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A passkey that is being made.
    Make,
    /// A passkey that is being used.
    Use,
    /// A passkey that shows once more who somebody is.
    Prove,
    /// A sign-in at a district.
    Sso,
    /// An account that its owner connects with a district.
    Connect,
}

impl Purpose {
    const fn slug(self) -> &'static str {
        match self {
            Purpose::Make => "passkey-make",
            Purpose::Use => "passkey-use",
            Purpose::Prove => "passkey-prove",
            Purpose::Sso => "sso",
            Purpose::Connect => "sso-link",
        }
    }
}

/// What was asked, and of whom.
#[derive(Debug)]
pub(super) struct Taken<T> {
    /// Whom it was asked of, if that was known.
    pub(super) person: Option<PersonId>,
    /// What the answer is checked with.
    pub(super) state: T,
}

/// Keeps what an answer will be checked with. Those nobody answered are swept out on the way.
pub(super) async fn keep(
    conn: &mut Conn<'_>,
    now: Millis,
    purpose: Purpose,
    person: Option<PersonId>,
    state: &impl Serialize,
) -> Result<Token, Fault> {
    let token = Token::new()?;
    let state = serde_json::to_string(state)
        .map_err(|_| Fault::Stored { what: "a challenge", value: "(not shown)".to_owned() })?;
    execute!(conn, "delete from challenge where expires_at <= $1", now)?;
    execute!(
        conn,
        "insert into challenge (id, purpose, person_id, state, expires_at) values ($1, $2, $3, $4, $5)",
        token.stored("challenge"),
        purpose.slug(),
        person.map(|person| person.to_string()),
        state,
        Millis(now.0 + LIVES),
    )?;
    Ok(token)
}

/// Takes out what an answer is checked with, for good; nothing when there is none (any more), or it is for something
/// else.
pub(super) async fn take<T: DeserializeOwned>(
    database: &Database,
    now: Millis,
    purpose: Purpose,
    token: &Token,
) -> Result<Option<Taken<T>>, Fault> {
    let mut transaction = database.begin().await?;
    let row = fetch_optional!(
        &mut transaction.conn(),
        (Option<String>, String),
        "delete from challenge where id = $1 and purpose = $2 and expires_at > $3 returning person_id, state",
        token.stored("challenge"),
        purpose.slug(),
        now,
    )?;
    // Whatever comes of the answer, it was given.
    transaction.commit().await?;
    let Some((person, state)) = row else { return Ok(None) };
    let state = serde_json::from_str(&state)
        .map_err(|_| Fault::Stored { what: "a challenge", value: "(not shown)".to_owned() })?;
    Ok(Some(Taken { person: person.map(|id| parsed("a person", &id)).transpose()?, state }))
}
