//! Which rows does a correction have, and what does its answer change?

use super::{Open, PAGE};
use crate::admin::rights::word;
use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, fetch_one, fetch_optional};
use crate::fault::Fault;
use crate::people::organisation::{parsed, sort_key};
use domain::admin::rights::{Answer, Field, Wanted};
use domain::people::{PersonId, Role};
use domain::policy::table::{AnswerCorrection, AskCorrection};
use domain::policy::{Permit, Scope};
use uuid::Uuid;

/// A correction that waits.
pub(super) struct Waiting {
    pub(super) id: String,
    pub(super) person: PersonId,
    pub(super) field: Field,
    pub(super) wanted: String,
    pub(super) asked_by: Option<PersonId>,
}

/// Every role that the person ever had.
pub(super) async fn roles(conn: &mut Conn<'_>, permit: &Permit<AskCorrection>) -> Result<Vec<Role>, Fault> {
    let rows = fetch_all!(
        conn,
        (String,),
        "select distinct role from role_grant where person_id = $1",
        permit.on().id.to_string(),
    )?;
    rows.iter().map(|(role,)| word("a role", role, Role::from_slug)).collect()
}

pub(super) async fn open_count(conn: &mut Conn<'_>, permit: &Permit<AskCorrection>) -> Result<i64, Fault> {
    let (count,) = fetch_one!(
        conn,
        (i64,),
        "select cast(count(*) as bigint) from correction where person_id = $1 and answered_at is null",
        permit.on().id.to_string(),
    )?;
    Ok(count)
}

pub(super) async fn insert(
    conn: &mut Conn<'_>,
    now: Millis,
    permit: &Permit<AskCorrection>,
    field: Field,
    wanted: &Wanted,
) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into correction (id, person_id, field, wanted, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, $6)",
        Uuid::now_v7().to_string(),
        permit.on().id.to_string(),
        field.slug(),
        wanted.to_string(),
        permit.actor().person().map(|person| person.to_string()),
        now,
    )
    .map(drop)
}

/// Writes down what a person changed about themselves at once.
pub(super) async fn insert_done(
    conn: &mut Conn<'_>,
    now: Millis,
    permit: &Permit<AskCorrection>,
    field: Field,
) -> Result<(), Fault> {
    let person = permit.on().id.to_string();
    execute!(
        conn,
        "insert into correction (id, person_id, field, wanted, asked_by, asked_at, answered_by, answered_at, answer)
         values ($1, $2, $3, '', $2, $4, $2, $4, 'done')",
        Uuid::now_v7().to_string(),
        &person,
        field.slug(),
        now,
    )
    .map(drop)
}

#[derive(sqlx::FromRow)]
struct OpenRow {
    id: String,
    person_id: String,
    given_name: String,
    family_name: String,
    field: String,
    wanted: String,
    asked_at: Millis,
}

pub(super) async fn open(conn: &mut Conn<'_>, scope: &Scope) -> Result<Vec<Open>, Fault> {
    let rows = fetch_all!(
        conn,
        OpenRow,
        "select c.id, c.person_id, p.given_name, p.family_name, c.field, c.wanted, c.asked_at
         from correction c join person p on p.id = c.person_id
         where c.answered_at is null and ($1 = 'all' or $1 = 'place' and exists (
           select 1 from role_grant g join organisation_above a on a.organisation_id = g.organisation_id
           where g.person_id = c.person_id and g.ended_at is null and a.above_id = $2))
         order by c.asked_at, c.id limit $3",
        scope.slug(),
        scope.id(),
        PAGE,
    )?;
    let open = |row: OpenRow| {
        let field = word("a field", &row.field, Field::from_slug)?;
        Ok(Open {
            id: row.id,
            person: parsed("a person", &row.person_id)?,
            name: format!("{} {}", row.given_name, row.family_name).trim().to_owned(),
            field,
            wanted: (field != Field::BirthDate).then_some(row.wanted),
            asked_at: row.asked_at,
        })
    };
    rows.into_iter().map(open).collect()
}

pub(super) async fn by_id(conn: &mut Conn<'_>, id: &str) -> Result<Option<Waiting>, Fault> {
    let row = fetch_optional!(
        conn,
        (String, String, String, String, Option<String>),
        "select id, person_id, field, wanted, asked_by from correction where id = $1",
        id,
    )?;
    let Some((id, person, field, wanted, asked_by)) = row else { return Ok(None) };
    Ok(Some(Waiting {
        id,
        person: parsed("a person", &person)?,
        field: word("a field", &field, Field::from_slug)?,
        wanted,
        asked_by: asked_by.map(|person| parsed("a person", &person)).transpose()?,
    }))
}

/// Writes the answer and forgets what was typed; false when somebody else answered first.
pub(super) async fn close(
    conn: &mut Conn<'_>,
    now: Millis,
    permit: &Permit<AnswerCorrection>,
    asked: &Waiting,
    answer: Answer,
) -> Result<bool, Fault> {
    let why = match answer {
        Answer::Done => None,
        Answer::Refused(why) => Some(why.slug()),
    };
    let closed = execute!(
        conn,
        "update correction set wanted = '', answered_by = $3, answered_at = $4, answer = $5, answer_why = $6
         where id = $1 and person_id = $2 and answered_at is null",
        &asked.id,
        permit.on().id.to_string(),
        permit.actor().person().map(|person| person.to_string()),
        now,
        answer.slug(),
        why,
    )?;
    Ok(closed == 1)
}

/// Changes the record as it was answered. A class, and what was said in words, is mended where it belongs.
pub(super) async fn apply(
    conn: &mut Conn<'_>,
    permit: &Permit<AnswerCorrection>,
    field: Field,
    wanted: &Wanted,
) -> Result<(), Fault> {
    change(conn, permit.on().id, field, wanted).await
}

/// Changes what a person may say about themselves.
pub(super) async fn apply_own(
    conn: &mut Conn<'_>,
    permit: &Permit<AskCorrection>,
    field: Field,
    wanted: &Wanted,
) -> Result<(), Fault> {
    change(conn, permit.on().id, field, wanted).await
}

async fn change(conn: &mut Conn<'_>, person: PersonId, field: Field, wanted: &Wanted) -> Result<(), Fault> {
    let id = person.to_string();
    match wanted {
        Wanted::Name(name) => {
            let (given, family) = fetch_one!(
                conn,
                (String, String),
                "select given_name, family_name from person where id = $1",
                &id
            )?;
            let (given, family) = if field == Field::GivenName { (name, &family) } else { (&given, name) };
            execute!(
                conn,
                "update person set given_name = $2, family_name = $3, sort_key = $4 where id = $1",
                &id,
                given,
                family,
                sort_key(&format!("{family} {given}")),
            )
        }
        Wanted::Born(born) => execute!(
            conn,
            "insert into birth (person_id, born) values ($1, $2)
             on conflict (person_id) do update set born = excluded.born",
            &id,
            born.to_string(),
        ),
        Wanted::Tongue(tongue) => {
            execute!(conn, "update person set tongue = $2 where id = $1", &id, *tongue)
        }
        Wanted::Words(_) => Ok(0),
    }
    .map(drop)
}
