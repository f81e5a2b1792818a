//! Which papers are out, and who used one?

use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_one, fetch_optional};
use crate::fault::Fault;
use crate::people::organisation::parsed;
use crate::secret;
use domain::family::FamilyCode;
use domain::people::PersonId;
use domain::policy::Permit;
use domain::policy::table::MakeFamilyCode;
use uuid::Uuid;

/// What is kept of a code.
fn stored(code: FamilyCode) -> String {
    secret::stored("family code", code.symbols())
}

/// Writes a paper that is about to be printed.
pub(in crate::family) async fn insert_code(
    conn: &mut Conn<'_>,
    permit: &Permit<MakeFamilyCode>,
    code: FamilyCode,
    now: Millis,
    expires_at: Millis,
) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into family_code (id, student_id, code_hash, made_by, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        Uuid::now_v7().to_string(),
        permit.on().id.to_string(),
        stored(code),
        permit.actor().person().map(|person| person.to_string()),
        now,
        expires_at,
    )
    .map(drop)
}

/// Makes the papers of a student that are out worthless.
pub(in crate::family) async fn end_codes(
    conn: &mut Conn<'_>,
    permit: &Permit<MakeFamilyCode>,
    now: Millis,
) -> Result<u64, Fault> {
    end_codes_of(conn, permit.on().id, now).await
}

pub(super) async fn end_codes_of(conn: &mut Conn<'_>, student: PersonId, now: Millis) -> Result<u64, Fault> {
    execute!(
        conn,
        "update family_code set expires_at = $2 where student_id = $1 and used_at is null and expires_at > $2",
        student.to_string(),
        now,
    )
}

/// How many papers of a student are out.
pub(in crate::family) async fn open_codes(
    conn: &mut Conn<'_>,
    student: PersonId,
    now: Millis,
) -> Result<usize, Fault> {
    let (open,) = fetch_one!(
        conn,
        (i64,),
        "select cast(count(*) as bigint) from family_code
         where student_id = $1 and used_at is null and expires_at > $2",
        student.to_string(),
        now,
    )?;
    Ok(usize::try_from(open).unwrap_or_default())
}

/// Whose paper has this code, and until when, if it is good.
pub(in crate::family) async fn code(
    conn: &mut Conn<'_>,
    code: FamilyCode,
    now: Millis,
) -> Result<Option<(PersonId, Millis)>, Fault> {
    let row = fetch_optional!(
        conn,
        (String, Millis),
        "select student_id, expires_at from family_code
         where code_hash = $1 and used_at is null and expires_at > $2",
        stored(code),
        now,
    )?;
    row.map(|(id, until)| Ok((parsed("a person", &id)?, until))).transpose()
}

/// A paper that was just used up.
pub(in crate::family) struct Used {
    /// Whose it was.
    pub student: PersonId,
    /// Who made it.
    pub maker: Option<PersonId>,
}

/// Uses a paper up, if it is good.
pub(in crate::family) async fn use_code(
    conn: &mut Conn<'_>,
    code: FamilyCode,
    holder: PersonId,
    now: Millis,
) -> Result<Option<Used>, Fault> {
    let row = fetch_optional!(
        conn,
        (String, Option<String>),
        "update family_code set used_at = $2, used_by = $3
         where code_hash = $1 and used_at is null and expires_at > $2 returning student_id, made_by",
        stored(code),
        now,
        holder.to_string(),
    )?;
    let Some((student, maker)) = row else { return Ok(None) };
    let maker = maker.map(|id| parsed("a person", &id)).transpose()?;
    Ok(Some(Used { student: parsed("a person", &student)?, maker }))
}

/// Writes the first password of somebody who was just made with a paper.
pub(in crate::family) async fn insert_password(
    conn: &mut Conn<'_>,
    person: PersonId,
    hash: &str,
    now: Millis,
) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into password (person_id, hash, changed_at) values ($1, $2, $3)",
        person.to_string(),
        hash,
        now,
    )
    .map(drop)
}
