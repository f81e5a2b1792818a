//! What does this installation sign with?

use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_one, fetch_optional};
use crate::fault::Fault;
use crate::secret;

/// The key of a purpose, the same for every process on this database. Made when it is asked for the first time.
///
/// # Errors
/// [`Fault::Chance`], [`Fault::Database`]; [`Fault::Stored`] when somebody wrote something else into the table.
pub(crate) async fn key(conn: &mut Conn<'_>, now: Millis, name: &str) -> Result<[u8; 32], Fault> {
    const ASKED: &str = "select key from server_key where name = $1";
    let found = fetch_optional!(&mut *conn, (String,), ASKED, name)?;
    let (text,) = if let Some(found) = found {
        found
    } else {
        // Of two processes that come first, one wins, and both read what it wrote.
        execute!(
            &mut *conn,
            "insert into server_key (name, key, made_at) values ($1, $2, $3) on conflict (name) do nothing",
            name,
            secret::hex(&secret::random::<32>()?),
            now,
        )?;
        fetch_one!(&mut *conn, (String,), ASKED, name)?
    };
    secret::unhex(&text).ok_or(Fault::Stored { what: "a signing key", value: "(not shown)".to_owned() })
}
