//! Which rows are a person's own?

use super::{Asked, Chosen, Consented, Kin, SignedIn, Step, WaysIn, Worn};
use crate::admin::rights::correction::answered;
use crate::admin::rights::word;
use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{fetch_all, fetch_one};
use crate::fault::Fault;
use crate::people::organisation::parsed;
use crate::people::person::{self, Person};
use crate::stop::Stop;
use domain::admin::rights::Field;
use domain::people::{PersonId, Role};
use domain::policy::table::ExportRecord;
use domain::policy::{Permit, Refusal};

type Whole = Permit<ExportRecord>;

pub(super) async fn person(conn: &mut Conn<'_>, id: PersonId) -> Result<(Person, Millis), Stop> {
    let person = person::by_id(conn, id).await?.ok_or(Refusal::NotYours)?;
    let (made_at,) = fetch_one!(conn, (Millis,), "select made_at from person where id = $1", id.to_string())?;
    Ok((person, made_at))
}

pub(super) async fn roles(conn: &mut Conn<'_>, permit: &Whole) -> Result<Vec<Worn>, Fault> {
    let rows = fetch_all!(
        conn,
        (String, Option<String>, Millis, Option<Millis>),
        "select g.role, o.name, g.made_at, g.ended_at from role_grant g
         left join organisation o on o.id = g.organisation_id
         where g.person_id = $1 order by g.made_at desc, g.id",
        permit.on().id.to_string(),
    )?;
    let worn = |(role, place, from, until): (String, Option<String>, Millis, Option<Millis>)| {
        Ok(Worn { role: word("a role", &role, Role::from_slug)?, place, from, until })
    };
    rows.into_iter().map(worn).collect()
}

#[derive(sqlx::FromRow)]
struct KinRow {
    id: String,
    given_name: String,
    family_name: String,
    child: bool,
    relation: String,
    made_at: Millis,
}

pub(super) async fn family(conn: &mut Conn<'_>, permit: &Whole) -> Result<Vec<Kin>, Fault> {
    let rows = fetch_all!(
        conn,
        KinRow,
        "select p.id, p.given_name, p.family_name, l.guardian_id = $1 as child, l.relation, l.made_at
         from family_link l
         join person p on p.id = case when l.guardian_id = $1 then l.student_id else l.guardian_id end
         where (l.guardian_id = $1 or l.student_id = $1) and l.ended_at is null and not l.restricted
           and p.deleted_at is null
         order by p.sort_key, p.id",
        permit.on().id.to_string(),
    )?;
    let kin = |row: KinRow| {
        Ok(Kin {
            id: parsed("a person", &row.id)?,
            name: format!("{} {}", row.given_name, row.family_name).trim().to_owned(),
            child: row.child,
            relation: row.relation,
            since: row.made_at,
        })
    };
    rows.into_iter().map(kin).collect()
}

pub(super) async fn consents(conn: &mut Conn<'_>, permit: &Whole) -> Result<Vec<Consented>, Fault> {
    fetch_all!(
        conn,
        Consented,
        "select kind, object, text_version, method, given_at, revoked_at from consent
         where student_id = $1 order by given_at, id",
        permit.on().id.to_string(),
    )
}

pub(super) async fn notices(conn: &mut Conn<'_>, permit: &Whole) -> Result<Vec<Chosen>, Fault> {
    fetch_all!(
        conn,
        Chosen,
        "select kind, way from notice_choice where person_id = $1 order by kind",
        permit.on().id.to_string(),
    )
}

pub(super) async fn screening(conn: &mut Conn<'_>, permit: &Whole) -> Result<Vec<Step>, Fault> {
    fetch_all!(
        conn,
        Step,
        "select step, at, expires_on from screening where person_id = $1 order by at, id",
        permit.on().id.to_string(),
    )
}

pub(super) async fn ways_in(conn: &mut Conn<'_>, permit: &Whole) -> Result<WaysIn, Fault> {
    fetch_one!(
        conn,
        WaysIn,
        "select (select cast(count(*) as bigint) from password where person_id = $1) as passwords,
           (select cast(count(*) as bigint) from totp where person_id = $1 and confirmed_at is not null)
             as authenticators,
           (select cast(count(*) as bigint) from passkey where person_id = $1) as passkeys,
           (select cast(count(*) as bigint) from recovery_code where person_id = $1 and used_at is null)
             as recovery_codes,
           (select cast(count(*) as bigint) from pin_card where person_id = $1) as cards,
           (select cast(count(*) as bigint) from known_device where person_id = $1) as devices,
           (select cast(count(*) as bigint) from sso_subject where person_id = $1) as districts",
        permit.on().id.to_string(),
    )
}

pub(super) async fn sessions(
    conn: &mut Conn<'_>,
    permit: &Whole,
    now: Millis,
) -> Result<Vec<SignedIn>, Fault> {
    fetch_all!(
        conn,
        SignedIn,
        "select device, made_at, used_at from session
         where person_id = $1 and ends_at > $2 order by made_at desc, id",
        permit.on().id.to_string(),
        now,
    )
}

#[derive(sqlx::FromRow)]
struct AskedRow {
    field: String,
    wanted: String,
    asked_at: Millis,
    answered_at: Option<Millis>,
    answer: Option<String>,
    answer_why: Option<String>,
}

pub(super) async fn corrections(conn: &mut Conn<'_>, permit: &Whole) -> Result<Vec<Asked>, Fault> {
    let rows = fetch_all!(
        conn,
        AskedRow,
        "select field, wanted, asked_at, answered_at, answer, answer_why from correction
         where person_id = $1 order by asked_at desc, id desc",
        permit.on().id.to_string(),
    )?;
    let asked = |row: AskedRow| {
        let field = word("a field", &row.field, Field::from_slug)?;
        let answer = answered(row.answer.as_deref(), row.answer_why.as_deref())?;
        let shown = field != Field::BirthDate && answer.is_none();
        Ok(Asked {
            field,
            wanted: shown.then_some(row.wanted),
            asked_at: row.asked_at,
            answer: answer.zip(row.answered_at),
        })
    };
    rows.into_iter().map(asked).collect()
}
