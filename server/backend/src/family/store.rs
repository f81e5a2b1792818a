//! Which rows does a family have, and how are they read and written?

mod code;

use super::consents::Read;
use super::members::{MOST_LISTED, Member, Said};
use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, fetch_optional};
use crate::fault::Fault;
use crate::people::organisation::parsed;
use domain::family::{ConsentKind, Given, Link, Method, Relation, Revoked};
use domain::people::PersonId;
use domain::policy::table::{Consent, RecordConsent, RestrictGuardian};
use domain::policy::{Deed, Permit, Scope, Subject};
use uuid::Uuid;

use code::end_codes_of;
pub(super) use code::{Used, code, end_codes, insert_code, insert_password, open_codes, use_code};

/// The deeds that write a consent: one's own word, or a paper in hand.
pub(super) trait Allowing: Deed<On = Subject> {}
impl Allowing for Consent {}
impl Allowing for RecordConsent {}

/// A yes that is about to be written.
#[derive(Debug)]
pub(super) struct NewConsent<'a> {
    /// To what.
    pub kind: &'a ConsentKind,
    /// After reading what.
    pub read: Read<'a>,
    /// How it was said.
    pub method: Method,
    /// Whose word it is.
    pub giver: Option<PersonId>,
    /// The name under a paper.
    pub signer: Option<&'a str>,
}

/// How somebody stands to a student.
pub(super) async fn link(
    conn: &mut Conn<'_>,
    student: PersonId,
    guardian: PersonId,
) -> Result<Option<Link>, Fault> {
    let row = fetch_optional!(
        conn,
        (bool, Option<Millis>),
        "select restricted, ended_at from family_link where student_id = $1 and guardian_id = $2",
        student.to_string(),
        guardian.to_string(),
    )?;
    Ok(row.map(|(restricted, ended_at)| match (restricted, ended_at) {
        (true, _) => Link::Restricted,
        (false, Some(_)) => Link::Ended,
        (false, None) => Link::Joined,
    }))
}

/// Makes the holder of a paper that was used up a guardian.
pub(super) async fn join(
    conn: &mut Conn<'_>,
    student: PersonId,
    guardian: PersonId,
    relation: Relation,
    now: Millis,
) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into family_link (student_id, guardian_id, relation, restricted, made_at, changed_at, changed_by)
         values ($1, $2, $3, $4, $5, $5, $2)
         on conflict (student_id, guardian_id) do update set relation = excluded.relation,
           changed_at = excluded.changed_at, changed_by = excluded.changed_by, ended_at = null",
        student.to_string(),
        guardian.to_string(),
        relation.slug(),
        false,
        now,
    )
    .map(drop)
}

/// Writes whether a guardian may see the student, and ends the papers that are out when they may not. Says whether
/// there was such a guardian.
pub(super) async fn restrict(
    conn: &mut Conn<'_>,
    permit: &Permit<RestrictGuardian>,
    guardian: PersonId,
    restricted: bool,
    now: Millis,
) -> Result<bool, Fault> {
    let student = permit.on().id;
    let touched = execute!(
        conn,
        "update family_link set restricted = $3, changed_at = $4, changed_by = $5
         where student_id = $1 and guardian_id = $2 and ended_at is null",
        student.to_string(),
        guardian.to_string(),
        restricted,
        now,
        permit.actor().person().map(|person| person.to_string()),
    )?;
    if restricted {
        end_codes_of(conn, student, now).await?;
    }
    Ok(touched > 0)
}

/// The students of a family, or the one student, by name.
pub(super) async fn students(conn: &mut Conn<'_>, scope: Scope) -> Result<Vec<(PersonId, String)>, Fault> {
    let rows = fetch_all!(
        conn,
        (String, String),
        "select p.id, p.given_name from person p
         left join family_link l on l.student_id = p.id and l.guardian_id = $2
         where p.deleted_at is null
           and ($1 = 'own' and p.id = $2
             or $1 = 'family' and l.student_id is not null and l.ended_at is null and not l.restricted)
         order by p.sort_key, p.id",
        scope.slug(),
        scope.id(),
    )?;
    rows.into_iter().map(|(id, name)| Ok((parsed("a person", &id)?, name))).collect()
}

/// A student in a list.
#[derive(sqlx::FromRow)]
pub(super) struct Listed {
    pub id: String,
    pub given_name: String,
    pub family_name: String,
    pub guardians: i64,
    pub young: bool,
}

/// The students at a place and below whose name holds a text. `young` are those born after a day, or nobody knows when.
pub(super) async fn listed(
    conn: &mut Conn<'_>,
    scope: Scope,
    key: &str,
    after: &str,
) -> Result<Vec<Listed>, Fault> {
    fetch_all!(
        conn,
        Listed,
        "select p.id, p.family_name, p.given_name,
                (select cast(count(*) as bigint) from family_link l
                 where l.student_id = p.id and l.ended_at is null and not l.restricted) as guardians,
                (b.born is null or b.born > $5) as young
         from person p left join birth b on b.person_id = p.id
         where p.deleted_at is null and p.sort_key like '%' || $3 || '%' escape '!'
           and exists (
                 select 1 from role_grant g
                 left join organisation_above a on a.organisation_id = g.organisation_id and a.above_id = $2
                 where g.person_id = p.id and g.role = 'student' and g.ended_at is null
                   and ($1 = 'all' or a.above_id is not null))
         order by p.sort_key, p.id limit $4",
        scope.slug(),
        scope.id(),
        key.replace('!', "!!").replace('%', "!%").replace('_', "!_"),
        MOST_LISTED,
        after,
    )
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    id: String,
    given_name: String,
    family_name: String,
    relation: String,
    restricted: bool,
}

/// The guardians of a student, in the order in which they joined.
pub(super) async fn members(conn: &mut Conn<'_>, student: PersonId) -> Result<Vec<Member>, Fault> {
    let rows = fetch_all!(
        conn,
        MemberRow,
        "select p.id, p.given_name, p.family_name, l.relation, l.restricted
         from family_link l join person p on p.id = l.guardian_id
         where l.student_id = $1 and l.ended_at is null and p.deleted_at is null
         order by l.made_at, p.id",
        student.to_string(),
    )?;
    rows.into_iter()
        .map(|row| {
            let relation = Relation::from_slug(&row.relation);
            Ok(Member {
                id: parsed("a person", &row.id)?,
                name: format!("{} {}", row.given_name, row.family_name).trim().to_owned(),
                relation: relation.ok_or(Fault::Stored { what: "a relation", value: row.relation })?,
                restricted: row.restricted,
            })
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct SaidRow {
    kind: String,
    object: Option<String>,
    text_version: String,
    tongue: String,
    method: String,
    giver_id: Option<String>,
    given_name: Option<String>,
    family_name: Option<String>,
    signer: Option<String>,
    given_at: Millis,
    revoked_at: Option<Millis>,
    revoked_by: Option<String>,
}

impl SaidRow {
    fn read(self) -> Result<Said, Fault> {
        let kind = ConsentKind::from_words(&self.kind, self.object.as_deref());
        let method = Method::from_slug(&self.method);
        let person = |id: Option<String>| id.map(|id| parsed("a person", &id)).transpose();
        let name = self.given_name.zip(self.family_name).map(|(given, family)| format!("{given} {family}"));
        let revoked = match self.revoked_at {
            Some(at) => Some(Revoked { by: person(self.revoked_by)?, at: at.0 }),
            None => None,
        };
        Ok(Said {
            given: Given {
                kind: kind.ok_or(Fault::Stored { what: "a consent", value: self.kind })?,
                giver: person(self.giver_id)?,
                version: self.text_version,
                at: self.given_at.0,
                revoked,
            },
            method: method.ok_or(Fault::Stored { what: "a way to consent", value: self.method })?,
            tongue: self.tongue,
            who: self.signer.or(name),
        })
    }
}

/// Everything that was ever said about a student, oldest first.
pub(super) async fn said(conn: &mut Conn<'_>, student: PersonId) -> Result<Vec<Said>, Fault> {
    let rows = fetch_all!(
        conn,
        SaidRow,
        "select c.kind, c.object, c.text_version, c.tongue, c.method, c.giver_id, p.given_name, p.family_name,
                c.signer, c.given_at, c.revoked_at, c.revoked_by
         from consent c left join person p on p.id = c.giver_id
         where c.student_id = $1 order by c.given_at, c.id",
        student.to_string(),
    )?;
    rows.into_iter().map(SaidRow::read).collect()
}

/// Writes a yes.
pub(super) async fn insert_consent<D: Allowing>(
    conn: &mut Conn<'_>,
    permit: &Permit<D>,
    new: &NewConsent<'_>,
    now: Millis,
) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into consent (id, student_id, kind, object, text_version, tongue, method, giver_id, actor_id, signer,
           given_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        Uuid::now_v7().to_string(),
        permit.on().id.to_string(),
        new.kind.slug(),
        new.kind.object().map(ToString::to_string),
        new.read.version,
        new.read.tongue,
        new.method.slug(),
        new.giver.map(|giver| giver.to_string()),
        permit.actor().person().map(|person| person.to_string()),
        new.signer,
        now,
    )
    .map(drop)
}

/// Writes a no into every yes of a kind that stands, and says into how many.
pub(super) async fn revoke<D: Allowing>(
    conn: &mut Conn<'_>,
    permit: &Permit<D>,
    kind: &ConsentKind,
    now: Millis,
) -> Result<u64, Fault> {
    execute!(
        conn,
        "update consent set revoked_at = $4, revoked_by = $5
         where student_id = $1 and kind = $2 and coalesce(object, '') = $3 and revoked_at is null",
        permit.on().id.to_string(),
        kind.slug(),
        kind.object().map(ToString::to_string).unwrap_or_default(),
        now,
        permit.actor().person().map(|person| person.to_string()),
    )
}
