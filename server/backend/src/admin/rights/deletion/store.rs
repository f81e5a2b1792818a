//! Which rows does a deletion have?

use super::{Asked, Waiting};
use crate::admin::rights::word;
use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, fetch_optional};
use crate::fault::Fault;
use crate::people::organisation::parsed;
use domain::admin::rights::{Cause, Number};
use domain::people::PersonId;
use domain::policy::table::AskDeletion;
use domain::policy::{Permit, Scope};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Most deletions of one run.
const RUN: i64 = 500;

#[derive(sqlx::FromRow)]
struct OpenRow {
    number: String,
    cause: String,
    asked_at: Millis,
    due_at: Millis,
    agreed_at: Option<Millis>,
}

#[derive(sqlx::FromRow)]
pub(super) struct ReceiptRow {
    pub(super) asked_at: Millis,
    pub(super) due_at: Millis,
    pub(super) agreed_at: Option<Millis>,
    pub(super) taken_back_at: Option<Millis>,
    pub(super) done_at: Option<Millis>,
    pub(super) receipt: Option<String>,
}

/// Writes a deletion that waits. The caller holds a permit to ask for it, or is the retention.
pub(in crate::admin::rights) async fn insert(
    conn: &mut Conn<'_>,
    person: PersonId,
    by: Option<PersonId>,
    asked: &Asked,
) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into deletion (id, number, person_id, cause, asked_by, asked_at, due_at, agreed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        Uuid::now_v7().to_string(),
        asked.number.to_string(),
        person.to_string(),
        asked.cause.slug(),
        by.map(|by| by.to_string()),
        asked.asked_at,
        asked.due_at,
        asked.agreed.then_some(asked.asked_at),
    )
    .map(drop)
}

/// The deletion of somebody that waits.
pub(super) async fn open(conn: &mut Conn<'_>, person: PersonId) -> Result<Option<Asked>, Fault> {
    let row = fetch_optional!(
        conn,
        OpenRow,
        "select number, cause, asked_at, due_at, agreed_at from deletion
         where person_id = $1 and done_at is null and taken_back_at is null",
        person.to_string(),
    )?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Asked {
        number: parsed::<Number>("the number of a receipt", &row.number)?,
        cause: word("a cause", &row.cause, Cause::from_slug)?,
        asked_at: row.asked_at,
        due_at: row.due_at,
        agreed: row.agreed_at.is_some(),
    }))
}

/// Takes the waiting deletion back; false when there is none.
pub(super) async fn take_back(
    conn: &mut Conn<'_>,
    now: Millis,
    permit: &Permit<AskDeletion>,
) -> Result<bool, Fault> {
    let taken = execute!(
        conn,
        "update deletion set taken_back_at = $2, taken_back_by = $3
         where person_id = $1 and done_at is null and taken_back_at is null",
        permit.on().id.to_string(),
        now,
        permit.actor().person().map(|person| person.to_string()),
    )?;
    Ok(taken > 0)
}

/// Writes that an adult of the family agrees, from when on the days run; false when nothing waits for that.
pub(super) async fn agree(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    by: Option<PersonId>,
    due_at: Millis,
) -> Result<bool, Fault> {
    let agreed = execute!(
        conn,
        "update deletion set agreed_at = $2, agreed_by = $3, due_at = $4
         where person_id = $1 and agreed_at is null and done_at is null and taken_back_at is null",
        person.to_string(),
        now,
        by.map(|by| by.to_string()),
        due_at,
    )?;
    Ok(agreed > 0)
}

/// Turns what a student wished for into what the law asks for, now that they have left; false when there is no wish.
pub(in crate::admin::rights) async fn settle(
    conn: &mut Conn<'_>,
    person: PersonId,
    asked: &Asked,
) -> Result<bool, Fault> {
    let settled = execute!(
        conn,
        "update deletion set cause = $2, agreed_at = $3, due_at = $4
         where person_id = $1 and agreed_at is null and done_at is null and taken_back_at is null",
        person.to_string(),
        asked.cause.slug(),
        asked.asked_at,
        asked.due_at,
    )?;
    Ok(settled > 0)
}

/// The deletions of a guardian's children that wait; or those at a place that wait for a guardian where none is here.
pub(super) async fn waiting(conn: &mut Conn<'_>, scope: Scope) -> Result<Vec<Waiting>, Fault> {
    let rows = fetch_all!(
        conn,
        (String, String, String, Millis, Option<Millis>),
        "select p.id, p.given_name, p.family_name, d.due_at, d.agreed_at
         from deletion d join person p on p.id = d.person_id
         where d.done_at is null and d.taken_back_at is null and d.cause = 'asked' and p.deleted_at is null
           and ($1 = 'family' and exists (
                  select 1 from family_link l
                  where l.student_id = p.id and l.guardian_id = $2 and l.ended_at is null and not l.restricted)
             or $1 = 'place' and d.agreed_at is null and exists (
                  select 1 from role_grant g join organisation_above a on a.organisation_id = g.organisation_id
                  where g.person_id = p.id and g.role = 'student' and g.ended_at is null and a.above_id = $2)
                and not exists (
                  select 1 from family_link l
                  where l.student_id = p.id and l.ended_at is null and not l.restricted))
         order by d.asked_at, d.id limit $3",
        scope.slug(),
        scope.id(),
        RUN,
    )?;
    rows.into_iter()
        .map(|(id, given, family, due_at, agreed_at)| {
            Ok(Waiting {
                person: parsed("a person", &id)?,
                given_name: given.clone(),
                name: format!("{given} {family}").trim().to_owned(),
                due_at,
                agreed: agreed_at.is_some(),
            })
        })
        .collect()
}

/// A deletion that nothing stands against any more.
#[derive(sqlx::FromRow)]
pub(super) struct Ready {
    pub(super) id: String,
    pub(super) person_id: String,
    pub(super) number: String,
}

/// The deletions whose time has come, oldest first; or the one with this identifier, if its time has come.
///
/// What waits: a record that is held, one of a student who came back, and one of somebody who was suspended after they
/// asked, until that is settled.
pub(super) async fn ready(conn: &mut Conn<'_>, now: Millis, only: Option<&str>) -> Result<Vec<Ready>, Fault> {
    fetch_all!(
        conn,
        Ready,
        "select d.id, d.person_id, d.number from deletion d join person p on p.id = d.person_id
         where d.due_at <= $1 and d.agreed_at is not null and d.done_at is null and d.taken_back_at is null and ($2 = '' or d.id = $2)
           and not exists (select 1 from legal_hold h where h.person_id = d.person_id and h.ended_at is null)
           and case d.cause
             when 'asked' then p.suspended_at is null
             else not exists (select 1 from role_grant g where g.person_id = d.person_id and g.ended_at is null)
           end
         order by d.due_at, d.id limit $3",
        now,
        only.unwrap_or_default(),
        RUN,
    )
}

pub(super) async fn finish(
    conn: &mut Conn<'_>,
    now: Millis,
    id: &str,
    rows: &BTreeMap<String, u64>,
) -> Result<(), Fault> {
    let receipt = serde_json::to_string(rows).unwrap_or_default();
    execute!(conn, "update deletion set done_at = $2, receipt = $3 where id = $1", id, now, receipt).map(drop)
}

pub(super) async fn by_number(conn: &mut Conn<'_>, number: Number) -> Result<Option<ReceiptRow>, Fault> {
    fetch_optional!(
        conn,
        ReceiptRow,
        "select asked_at, due_at, agreed_at, taken_back_at, done_at, receipt from deletion where number = $1",
        number.to_string(),
    )
}
