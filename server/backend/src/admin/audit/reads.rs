//! Who read this person's record?

use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::fetch_all;
use crate::fault::Fault;
use domain::people::Role;
use domain::policy::Permit;
use domain::policy::table::SeeReads;

/// Somebody read a record, or took a copy of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The number of the line.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// The name of who read it; none for the program itself, and for somebody who is not here any more.
    pub who: Option<String>,
    /// It was the person themselves.
    pub oneself: bool,
    /// In which role.
    pub role: Option<Role>,
    /// The name of the deed, such as `SeeStudent`.
    pub action: String,
}

/// A page of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// The newest first.
    pub reads: Vec<Read>,
    /// What to ask for to see older ones; none when there are no more.
    pub before: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    at: Millis,
    actor_id: Option<String>,
    role: Option<String>,
    action: String,
    given_name: Option<String>,
    family_name: Option<String>,
}

/// Who read the record of the person that the permit is on: the newest `limit`, or those before a line.
///
/// # Errors
/// [`Fault::Database`].
pub async fn reads(
    conn: &mut Conn<'_>,
    permit: &Permit<SeeReads>,
    before: Option<i64>,
    limit: u16,
) -> Result<Reads, Fault> {
    let subject = permit.on().id.to_string();
    // One more than asked for tells whether there are older ones.
    let mut rows = fetch_all!(
        conn,
        Row,
        "select a.seq, a.at, a.actor_id, a.role, a.action, p.given_name, p.family_name
         from audit a left join person p on p.id = a.actor_id and p.deleted_at is null
         where a.subject_id = $1 and a.seq < $2 and (a.action like 'See%' or a.action like 'Export%')
         order by a.seq desc limit $3",
        &subject,
        before.unwrap_or(i64::MAX),
        i64::from(limit) + 1,
    )?;
    let more = rows.len() > usize::from(limit);
    rows.truncate(usize::from(limit));
    let before = rows.last().filter(|_| more).map(|row| row.seq);
    let read = |row: Row| Read {
        seq: row.seq,
        at: row.at,
        oneself: row.actor_id.as_deref() == Some(&subject),
        who: row.given_name.zip(row.family_name).map(|(given, family)| format!("{given} {family}")),
        role: row.role.as_deref().and_then(Role::from_slug),
        action: row.action,
    };
    Ok(Reads { reads: rows.into_iter().map(read).collect(), before })
}
