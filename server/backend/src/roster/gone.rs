//! How is somebody whose record was deleted kept from coming back with the next roster?
//!
//! Of their row only a hash of the source and the identifier stays. It tells nothing to whoever does not have the
//! roster already, and the roster's row is put aside by it.

use super::Run;
use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, fetch_in};
use crate::fault::Fault;
use crate::secret;
use std::collections::{HashMap, HashSet};

fn hidden(source: &str, sourced_id: &str) -> String {
    secret::stored("roster gone", format!("{source}\t{sourced_id}").as_bytes())
}

/// Forgets what rosters told of somebody, and gives the number of rows that went.
pub(crate) async fn forget(conn: &mut Conn<'_>, now: Millis, person: &str) -> Result<u64, Fault> {
    let mut went = execute!(
        conn,
        "delete from roster_link where kind <> 'user'
         and (local_id like '%' || $1 || '%' or local_id in (select id from role_grant where person_id = $1))",
        person,
    )?;
    let rows = fetch_all!(
        conn,
        (String, String),
        "select source_id, sourced_id from roster_link where kind = 'user' and local_id = $1 and row_hash <> ''",
        person,
    )?;
    for (source, sourced_id) in rows {
        went += execute!(
            conn,
            "update roster_link set sourced_id = $3, local_id = '', row_hash = '', word = '', ended_at = $4
             where source_id = $1 and kind = 'user' and sourced_id = $2",
            &source,
            &sourced_id,
            hidden(&source, &sourced_id),
            now,
        )?;
    }
    Ok(went)
}

/// Which of these identifiers of people are of somebody whose record was deleted.
pub(super) async fn among<'a>(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    ids: impl Iterator<Item = &'a str>,
) -> Result<HashSet<String>, Fault> {
    let hidden: HashMap<String, &str> = ids.map(|id| (hidden(&run.source, id), id)).collect();
    let keys: Vec<&String> = hidden.keys().collect();
    let rows = fetch_in!(
        conn,
        (String,),
        &keys,
        "select sourced_id from roster_link where kind = 'user' and source_id = " (&run.source)
        " and sourced_id in " []
    )?;
    Ok(rows.iter().filter_map(|(key,)| hidden.get(key).map(|id| (*id).to_owned())).collect())
}
