//! Which records does the law ask to keep?
//!
//! A hold stops the deletion and the retention of one person's record until it ends. Neither the person nor the family
//! is told: it may be there because of what happens at home.

use super::deletion::take;
use super::{subject_ever, word};
use crate::admin::audit;
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_all};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::people::organisation::{parsed, sort_key};
use crate::stop::Stop;
use domain::admin::rights::{Deletion, Hold, Stage};
use domain::people::PersonId;
use domain::policy::table::HoldRecord;
use domain::policy::{Actor, Permit, Scope, found, scope};
use uuid::Uuid;

/// Most people that a search finds, and holds that a page shows.
pub const PAGE: i64 = 200;

/// A hold that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Whose record.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// Why.
    pub why: Hold,
    /// Since when.
    pub made_at: Millis,
    /// How far the deletion is that was asked for, if one was.
    pub deletion: Option<Stage>,
}

/// Somebody whose record can be held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Who it is.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
}

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The record is held already.
    #[error("this record is held already")]
    Already,
    /// There is no hold on it.
    #[error("there is no hold on this record")]
    Nothing,
}

/// Keeps a record from being deleted.
///
/// # Errors
/// [`Wrong`], a refusal, or a fault.
pub async fn hold(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
    why: Hold,
) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    // First: somebody who was deleted while this waited is not there any more.
    take(&mut conn, person).await?;
    let permit = found::<HoldRecord>(actor, subject_ever(&mut conn, clock, person).await?)?;
    let now = clock.now();
    if !insert(&mut conn, now, &permit, why).await? {
        return Err(Stop::Wrong(Wrong::Already));
    }
    audit::note(&mut conn, now, &permit, why.slug()).await?;
    transaction.commit().await?;
    Ok(())
}

/// Ends the hold on a record; a deletion that waited for it goes on.
///
/// # Errors
/// [`Wrong`], a refusal, or a fault.
pub async fn release(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    take(&mut conn, person).await?;
    let permit = found::<HoldRecord>(actor, subject_ever(&mut conn, clock, person).await?)?;
    let now = clock.now();
    if !end(&mut conn, now, &permit).await? {
        return Err(Stop::Wrong(Wrong::Nothing));
    }
    audit::note(&mut conn, now, &permit, "ended").await?;
    transaction.commit().await?;
    Ok(())
}

/// The holds that the actor may end, newest first.
///
/// # Errors
/// A refusal, or a fault.
pub async fn holds(database: &Database, clock: &Clock, actor: &Actor) -> Result<Vec<Held>, Stop> {
    let scope = scope::<HoldRecord>(actor)?;
    let mut lease = database.lease().await?;
    Ok(list(&mut lease.conn(), clock.now(), &scope).await?)
}

/// People whose name begins like this, and whose record the actor may hold, by name. Those who left are among them.
///
/// # Errors
/// A refusal, or a fault.
pub async fn find(database: &Database, actor: &Actor, typed: &str) -> Result<Vec<Found>, Stop> {
    let scope = scope::<HoldRecord>(actor)?;
    let key = sort_key(typed);
    if key.is_empty() {
        return Ok(Vec::new());
    }
    let mut lease = database.lease().await?;
    Ok(search(&mut lease.conn(), &scope, &key).await?)
}

async fn insert(
    conn: &mut Conn<'_>,
    now: Millis,
    permit: &Permit<HoldRecord>,
    why: Hold,
) -> Result<bool, Fault> {
    let made = execute!(
        conn,
        "insert into legal_hold (id, person_id, why, made_by, made_at) values ($1, $2, $3, $4, $5)
         on conflict (person_id) where ended_at is null do nothing",
        Uuid::now_v7().to_string(),
        permit.on().id.to_string(),
        why.slug(),
        permit.actor().person().map(|person| person.to_string()),
        now,
    )?;
    Ok(made == 1)
}

async fn end(conn: &mut Conn<'_>, now: Millis, permit: &Permit<HoldRecord>) -> Result<bool, Fault> {
    let ended = execute!(
        conn,
        "update legal_hold set ended_at = $2, ended_by = $3 where person_id = $1 and ended_at is null",
        permit.on().id.to_string(),
        now,
        permit.actor().person().map(|person| person.to_string()),
    )?;
    Ok(ended > 0)
}

#[derive(sqlx::FromRow)]
struct HeldRow {
    person_id: String,
    given_name: String,
    family_name: String,
    why: String,
    made_at: Millis,
    due_at: Option<Millis>,
}

async fn list(conn: &mut Conn<'_>, now: Millis, scope: &Scope) -> Result<Vec<Held>, Fault> {
    let rows = fetch_all!(
        conn,
        HeldRow,
        "select h.person_id, p.given_name, p.family_name, h.why, h.made_at, d.due_at
         from legal_hold h join person p on p.id = h.person_id
         left join deletion d on d.person_id = h.person_id and d.agreed_at is not null
           and d.done_at is null and d.taken_back_at is null
         where h.ended_at is null and ($1 = 'all' or $1 = 'place' and exists (
           select 1 from role_grant g join organisation_above a on a.organisation_id = g.organisation_id
           where g.person_id = h.person_id and a.above_id = $2))
         order by h.made_at desc, h.id limit $3",
        scope.slug(),
        scope.id(),
        PAGE,
    )?;
    let held = |row: HeldRow| {
        Ok(Held {
            person: parsed("a person", &row.person_id)?,
            name: format!("{} {}", row.given_name, row.family_name).trim().to_owned(),
            why: word("a reason", &row.why, Hold::from_slug)?,
            made_at: row.made_at,
            deletion: row
                .due_at
                .map(|due| Deletion { due_at: due.0, held: true, ..Deletion::default() }.stage(now.0)),
        })
    };
    rows.into_iter().map(held).collect()
}

async fn search(conn: &mut Conn<'_>, scope: &Scope, key: &str) -> Result<Vec<Found>, Fault> {
    let rows = fetch_all!(
        conn,
        (String, String, String),
        "select p.id, p.given_name, p.family_name from person p
         where p.deleted_at is null and p.sort_key like $3 || '%'
           and ($1 = 'all' or $1 = 'place' and exists (
             select 1 from role_grant g join organisation_above a on a.organisation_id = g.organisation_id
             where g.person_id = p.id and a.above_id = $2))
           and not exists (select 1 from legal_hold h where h.person_id = p.id and h.ended_at is null)
         order by p.sort_key, p.id limit $4",
        scope.slug(),
        scope.id(),
        key,
        PAGE,
    )?;
    let found = |(id, given, family): (String, String, String)| {
        Ok(Found { person: parsed("a person", &id)?, name: format!("{given} {family}").trim().to_owned() })
    };
    rows.into_iter().map(found).collect()
}
