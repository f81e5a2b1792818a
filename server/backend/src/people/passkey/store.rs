//! Which rows does a passkey have, and how are they read and written?

use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, fetch_optional};
use crate::fault::Fault;
use crate::people::organisation::parsed;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::people::PersonId;
use domain::policy::Permit;
use domain::policy::table::ChangeOwnKeys;
use uuid::Uuid;
use webauthn_rs::prelude::{AuthenticationResult, Passkey};

/// A passkey, and whose it is.
pub(super) struct Found {
    pub(super) owner: PersonId,
    pub(super) key: Passkey,
    id: String,
    stored: String,
}

/// All that somebody has.
pub(super) async fn all(conn: &mut Conn<'_>, person: PersonId) -> Result<Vec<Passkey>, Fault> {
    let rows = fetch_all!(
        conn,
        (String,),
        "select credential from passkey where person_id = $1 order by id",
        person.to_string(),
    )?;
    rows.iter().map(|(credential,)| read(credential)).collect()
}

/// The one that calls itself this.
pub(super) async fn by_credential(conn: &mut Conn<'_>, id: &[u8]) -> Result<Option<Found>, Fault> {
    let row = fetch_optional!(
        conn,
        (String, String, String),
        "select id, person_id, credential from passkey where credential_id = $1",
        URL_SAFE_NO_PAD.encode(id),
    )?;
    let found = |(id, owner, stored): (String, String, String)| {
        Ok(Found { owner: parsed("a person", &owner)?, key: read(&stored)?, id, stored })
    };
    row.map(found).transpose()
}

/// Writes a new one; false when somebody has it already.
pub(super) async fn insert(
    conn: &mut Conn<'_>,
    permit: &Permit<ChangeOwnKeys>,
    now: Millis,
    key: &Passkey,
    name: &str,
) -> Result<bool, Fault> {
    let written = execute!(
        conn,
        "insert into passkey (id, person_id, credential_id, credential, name, made_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (credential_id) do nothing",
        Uuid::now_v7().to_string(),
        permit.on().id.to_string(),
        URL_SAFE_NO_PAD.encode(key.cred_id()),
        written(key)?,
        name,
        now,
    )?;
    Ok(written == 1)
}

/// Notes that one was used, with its new counter; false when another use came between, as that of a copy would.
pub(super) async fn used(
    conn: &mut Conn<'_>,
    now: Millis,
    found: Found,
    shown: &AuthenticationResult,
) -> Result<bool, Fault> {
    let mut key = found.key;
    _ = key.update_credential(shown);
    let noted = execute!(
        conn,
        "update passkey set credential = $3, used_at = $4 where id = $1 and credential = $2",
        found.id,
        found.stored,
        written(&key)?,
        now,
    )?;
    Ok(noted == 1)
}

/// Calls one something else.
pub(super) async fn rename(
    conn: &mut Conn<'_>,
    permit: &Permit<ChangeOwnKeys>,
    id: &str,
    name: &str,
) -> Result<(), Fault> {
    let text = "update passkey set name = $3 where person_id = $1 and id = $2";
    execute!(conn, text, permit.on().id.to_string(), id, name).map(drop)
}

/// Deletes one; false when it was gone.
pub(super) async fn delete(
    conn: &mut Conn<'_>,
    permit: &Permit<ChangeOwnKeys>,
    id: &str,
) -> Result<bool, Fault> {
    let text = "delete from passkey where person_id = $1 and id = $2";
    Ok(execute!(conn, text, permit.on().id.to_string(), id)? == 1)
}

fn read(credential: &str) -> Result<Passkey, Fault> {
    serde_json::from_str(credential)
        .map_err(|_| Fault::Stored { what: "a passkey", value: credential.to_owned() })
}

fn written(key: &Passkey) -> Result<String, Fault> {
    serde_json::to_string(key).map_err(|cause| Fault::Passkey(cause.to_string()))
}
