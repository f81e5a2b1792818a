//! Is this a browser that its owner got in with before?

use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_optional};
use crate::fault::Fault;
use crate::secret::Token;
use domain::people::PersonId;

/// Whether this browser is known as this person's.
pub(super) async fn is_known(
    conn: &mut Conn<'_>,
    person: PersonId,
    device: Option<&Token>,
) -> Result<bool, Fault> {
    let Some(device) = device else { return Ok(false) };
    let known = fetch_optional!(
        conn,
        (i64,),
        "select used_at from known_device where person_id = $1 and device_hash = $2",
        person.to_string(),
        device.stored("device"),
    )?;
    Ok(known.is_some())
}

/// Remembers this browser as this person's. Several people may use one.
pub(super) async fn remember(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    device: &Token,
) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into known_device (person_id, device_hash, used_at) values ($1, $2, $3)
         on conflict (person_id, device_hash) do update set used_at = excluded.used_at",
        person.to_string(),
        device.stored("device"),
        now,
    )
    .map(drop)
}
