//! Where does a person leave a trace, and what becomes of each when they are deleted?
//!
//! A story asks the database for every column that leads to a person and finds each of them here, so a table that
//! comes later cannot be forgotten.

use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::execute;
use crate::fault::Fault;
use crate::roster;
use std::collections::BTreeMap;

/// What becomes of rows that lead to somebody who is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The row is about them: it goes.
    Goes(&'static str),
    /// The row is about something or somebody else. It stays, and the identifier in it leads to nobody.
    Stays,
}

/// A column that leads to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// What becomes of its rows.
    pub fate: Fate,
}

macro_rules! traces {
    ($($table:literal: $(goes $goes:literal)* $(stays $stays:literal)*;)+) => {
        /// All of them, by table.
        pub const TRACES: &[Trace] = &[$(
            $(Trace {
                table: $table,
                column: $goes,
                fate: Fate::Goes(concat!("delete from ", $table, " where ", $goes, " = $1")),
            },)*
            $(Trace { table: $table, column: $stays, fate: Fate::Stays },)*
        )+];
    };
}

traces! {
    "birth": goes "person_id";
    "session": goes "person_id";
    "challenge": goes "person_id";
    "password": goes "person_id";
    "password_reset": goes "person_id" stays "made_by";
    "totp": goes "person_id";
    "passkey": goes "person_id";
    "recovery_code": goes "person_id";
    "pin_card": goes "person_id";
    "known_device": goes "person_id";
    "sso_subject": goes "person_id";
    "role_grant": goes "person_id" stays "made_by";
    "invitation": goes "used_by" stays "made_by";
    "screening": goes "person_id" stays "actor_id";
    "kept_plan": goes "person_id";
    "family_link": goes "student_id" goes "guardian_id" stays "changed_by";
    "family_code": goes "student_id" stays "made_by" stays "used_by";
    "consent": goes "student_id" stays "giver_id" stays "actor_id" stays "revoked_by";
    "roster_run": stays "actor_id";
    "outbox": goes "person_id";
    "notice_choice": goes "person_id";
    "correction": goes "person_id" stays "asked_by" stays "answered_by";
    "legal_hold": stays "person_id" stays "made_by" stays "ended_by";
}

/// Rows that lead to a person without a column that says so: by an identifier of another kind, or by their address.
/// They go first, while the rows they lead over are there.
const BY_OTHER_WAYS: [(&str, &str); 2] = [
    (
        "invitation",
        "delete from invitation where exists (select 1 from person p where p.id = $1
           and (lower(invitation.email) = p.email_key or invitation.email = p.email))",
    ),
    (
        "outbox",
        "delete from outbox where exists (select 1 from person p where p.id = $1
           and (lower(outbox.address) = p.email_key or outbox.address = p.email))",
    ),
];

/// Deletes what is kept about somebody, and gives the number of rows that went, by table. The row of the person stays
/// without anything that names them, so that the audit and what they made for others lead to nobody.
pub(super) async fn erase(
    conn: &mut Conn<'_>,
    now: Millis,
    person: &str,
) -> Result<BTreeMap<String, u64>, Fault> {
    let mut gone = BTreeMap::from([("roster_link".to_owned(), roster::forget(conn, now, person).await?)]);
    let all = TRACES.iter().filter_map(|trace| match trace.fate {
        Fate::Goes(text) => Some((trace.table, text)),
        Fate::Stays => None,
    });
    for (table, text) in BY_OTHER_WAYS.into_iter().chain(all) {
        *gone.entry(table.to_owned()).or_insert(0) += execute!(conn, text, person)?;
    }
    gone.retain(|_, rows| *rows > 0);
    // What a guardian allowed stays allowed; the name under the paper goes with the guardian.
    execute!(conn, "update consent set signer = null where giver_id = $1", person)?;
    execute!(
        conn,
        "update person set given_name = '', family_name = '', sort_key = '', tongue = 'en', email = null,
           email_key = null, suspended_why = null, deleted_at = $2
         where id = $1",
        person,
        now,
    )?;
    gone.insert("person".to_owned(), 1);
    Ok(gone)
}
