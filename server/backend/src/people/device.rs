//! Is this a browser that its owner got in with before?

use super::sign_in::{Entered, From};
use crate::clock::Millis;
use crate::database::query::{execute, fetch_optional};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::secret::Token;
use domain::people::PersonId;
use domain::policy::Strength;

/// Begins the first session of somebody who made their account just now. The browser they did it with is theirs from
/// the beginning: nobody is warned of it.
pub(crate) async fn begin(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    strength: Strength,
    from: &From<'_>,
) -> Result<Entered, Fault> {
    let device = from.browser()?;
    remember(conn, now, person, &device).await?;
    let token = from.begin(conn, now, person, strength).await?;
    Ok(Entered { token, device, strength, person })
}

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

/// Whether anybody ever got in with this browser.
///
/// # Errors
/// [`Fault::Database`].
pub async fn is_anybodys(database: &Database, device: &Token) -> Result<bool, Fault> {
    let mut lease = database.lease().await?;
    let known = fetch_optional!(
        &mut lease.conn(),
        (i64,),
        "select used_at from known_device where device_hash = $1 limit 1",
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
