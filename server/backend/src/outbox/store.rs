//! Which rows does the outbox have, and how are they read and written?
//!
//! A row belongs to whoever claimed it until the claim runs out; each write names the claim, so that a process that
//! was slow, and whose rows were taken over, changes nothing any more.

use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, fetch_one};
use crate::fault::Fault;
use domain::outbox::{NoticeKind, Unsent, Way};
use domain::people::PersonId;
use domain::policy::Permit;
use domain::policy::table::{ChangeNotices, RetryNotices, SeeOperations};
use std::fmt;
use uuid::Uuid;

/// What a process calls itself for one claim.
pub(super) struct Claim(String);

impl Claim {
    pub(super) fn new() -> Claim {
        Claim(Uuid::now_v7().to_string())
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A notice that was claimed, and what is known of its reader.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    /// Nobody: then there is an address.
    pub(super) person_id: Option<String>,
    pub(super) address: Option<String>,
    pub(super) given_name: Option<String>,
    pub(super) tongue: String,
    pub(super) body: String,
    pub(super) made_at: Millis,
    pub(super) tries: i64,
    pub(super) demo: bool,
    pub(super) suspended: bool,
    pub(super) deleted: bool,
    pub(super) student: bool,
    pub(super) way: Option<String>,
}

/// Claims what is due, of so many readers: all that one reader has, so that the mail of a day is one. Whoever comes at
/// the same time waits for these rows, finds them claimed and takes none of them.
pub(super) async fn claim(
    conn: &mut Conn<'_>,
    claim: &Claim,
    now: Millis,
    until: Millis,
    readers: i64,
) -> Result<u64, Fault> {
    execute!(
        conn,
        "update outbox set claimed_by = $1, claimed_until = $2
         where sent_at is null and given_up_at is null and due_at <= $3
           and (claimed_until is null or claimed_until <= $3)
           and coalesce(person_id, id) in (
               select coalesce(w.person_id, w.id) from outbox w
               where w.sent_at is null and w.given_up_at is null and w.due_at <= $3
                 and (w.claimed_until is null or w.claimed_until <= $3)
               group by coalesce(w.person_id, w.id) order by min(w.due_at), min(w.id) limit $4)",
        &claim.0,
        until,
        now,
        readers,
    )
}

/// What was claimed, each reader's notices together, oldest first.
pub(super) async fn claimed(conn: &mut Conn<'_>, claim: &Claim) -> Result<Vec<Row>, Fault> {
    fetch_all!(
        conn,
        Row,
        "select o.id, o.person_id, coalesce(o.address, p.email) as address, p.given_name,
                coalesce(p.tongue, o.tongue) as tongue, o.body, o.made_at, o.tries,
                coalesce(p.demo, false) as demo, p.suspended_at is not null as suspended,
                p.deleted_at is not null as deleted, c.way,
                exists (select 1 from role_grant g where g.person_id = o.person_id and g.role = 'student'
                        and g.ended_at is null) as student
         from outbox o left join person p on p.id = o.person_id
         left join notice_choice c on c.person_id = o.person_id and c.kind = o.kind
         where o.claimed_by = $1 order by coalesce(o.person_id, o.id), o.made_at, o.id",
        &claim.0,
    )
}

/// Counts one more try before it is made, and takes more time for it. Says whether the row is still ours: a try that
/// kills the process counts, too, so no row is tried for ever.
pub(super) async fn take(conn: &mut Conn<'_>, claim: &Claim, id: &str, until: Millis) -> Result<bool, Fault> {
    let taken = execute!(
        conn,
        "update outbox set tries = tries + 1, claimed_until = $3
         where id = $1 and claimed_by = $2 and sent_at is null and given_up_at is null",
        id,
        &claim.0,
        until,
    )?;
    Ok(taken == 1)
}

/// It was sent. What it said and where it went is not kept.
pub(super) async fn sent(conn: &mut Conn<'_>, claim: &Claim, id: &str, now: Millis) -> Result<(), Fault> {
    execute!(
        conn,
        "update outbox set sent_at = $3, body = '{}', address = null, problem = null,
                claimed_by = null, claimed_until = null
         where id = $1 and claimed_by = $2",
        id,
        &claim.0,
        now,
    )
    .map(drop)
}

/// It waits until then; after a failed try with what was wrong.
pub(super) async fn wait(
    conn: &mut Conn<'_>,
    claim: &Claim,
    id: &str,
    until: Millis,
    problem: Option<Unsent>,
) -> Result<(), Fault> {
    execute!(
        conn,
        "update outbox set due_at = $3, problem = coalesce($4, problem), claimed_by = null, claimed_until = null
         where id = $1 and claimed_by = $2",
        id,
        &claim.0,
        until,
        problem.map(Unsent::slug),
    )
    .map(drop)
}

/// It is never sent. What failed keeps its words, for an operator may try again; the rest keeps nothing.
pub(super) async fn give_up(
    conn: &mut Conn<'_>,
    claim: &Claim,
    id: &str,
    now: Millis,
    why: Unsent,
) -> Result<(), Fault> {
    execute!(
        conn,
        "update outbox set given_up_at = $3, problem = $4, claimed_by = null, claimed_until = null,
                body = case when $5 then body else '{}' end, address = case when $5 then address else null end
         where id = $1 and claimed_by = $2",
        id,
        &claim.0,
        now,
        why.slug(),
        why.is_failure(),
    )
    .map(drop)
}

/// Counts of the outbox, for the operator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not sent yet.
    pub waiting: i64,
    /// Of those: tried already, without success.
    pub trying: i64,
    /// Since when the oldest of those that are due waits.
    pub late_since: Option<Millis>,
    /// Sent, as far back as it is kept.
    pub sent: i64,
    /// Given up, by what was wrong.
    pub given_up: Vec<(Unsent, i64)>,
}

/// Counts the rows.
pub(crate) async fn counts(
    conn: &mut Conn<'_>,
    _permit: &Permit<SeeOperations>,
    now: Millis,
) -> Result<Counts, Fault> {
    let (waiting, trying, sent, late_since) = fetch_one!(
        &mut *conn,
        (i64, i64, i64, Option<Millis>),
        "select cast(count(*) filter (where sent_at is null and given_up_at is null) as bigint),
                cast(count(*) filter (where sent_at is null and given_up_at is null and tries > 0) as bigint),
                cast(count(*) filter (where sent_at is not null) as bigint),
                min(case when sent_at is null and given_up_at is null and due_at <= $1 then due_at end)
         from outbox",
        now,
    )?;
    let rows = fetch_all!(
        conn,
        (String, i64),
        "select problem, cast(count(*) as bigint) from outbox
         where given_up_at is not null and problem is not null group by problem order by problem",
    )?;
    let given_up = rows.into_iter().filter_map(|(why, count)| Some((Unsent::from_slug(&why)?, count)));
    Ok(Counts { waiting, trying, late_since, sent, given_up: given_up.collect() })
}

/// Lets what was given up after a failure be tried again from the beginning.
pub(crate) async fn retry(
    conn: &mut Conn<'_>,
    _permit: &Permit<RetryNotices>,
    now: Millis,
) -> Result<u64, Fault> {
    execute!(
        conn,
        "update outbox set given_up_at = null, tries = 0, due_at = $1, problem = null
         where given_up_at is not null and sent_at is null and problem in ('refused', 'unreachable', 'unreadable')",
        now,
    )
}

/// What somebody chose, for each kind for which they chose anything.
pub(super) async fn choices(
    conn: &mut Conn<'_>,
    permit: &Permit<ChangeNotices>,
) -> Result<Vec<(NoticeKind, Way)>, Fault> {
    let rows = fetch_all!(
        conn,
        (String, String),
        "select kind, way from notice_choice where person_id = $1",
        permit.on().id.to_string(),
    )?;
    // A kind or a way that this version does not know is no choice of this version.
    let known = |(kind, way): (String, String)| Some((NoticeKind::from_slug(&kind)?, Way::from_slug(&way)?));
    Ok(rows.into_iter().filter_map(known).collect())
}

/// Writes what somebody chose for a kind.
pub(super) async fn choose(
    conn: &mut Conn<'_>,
    permit: &Permit<ChangeNotices>,
    now: Millis,
    kind: NoticeKind,
    way: Way,
) -> Result<(), Fault> {
    write_choice(conn, permit.on().id, now, kind, way).await
}

/// Stops what a link out of a mail may stop.
pub(super) async fn stop(
    conn: &mut Conn<'_>,
    proven: &super::stopping::Proven,
    now: Millis,
) -> Result<(), Fault> {
    for kind in proven.kinds() {
        write_choice(&mut *conn, proven.person(), now, *kind, Way::Never).await?;
    }
    Ok(())
}

async fn write_choice(
    conn: &mut Conn<'_>,
    person: PersonId,
    now: Millis,
    kind: NoticeKind,
    way: Way,
) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into notice_choice (person_id, kind, way, changed_at) values ($1, $2, $3, $4)
         on conflict (person_id, kind) do update set way = excluded.way, changed_at = excluded.changed_at",
        person.to_string(),
        kind.slug(),
        way.slug(),
        now,
    )
    .map(drop)
}
