//! Which roles does somebody have, and where?

use super::organisation::parsed;
use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all};
use crate::fault::Fault;
use domain::people::{GrantId, OrganisationId, PersonId, Role};
use uuid::Uuid;

/// A role of somebody at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Which one.
    pub id: GrantId,
    /// The role.
    pub role: Role,
    /// Where it is worn.
    pub at: Option<OrganisationId>,
    /// What that is called.
    pub place: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    role: String,
    organisation_id: Option<String>,
    name: Option<String>,
}

impl Row {
    fn read(self) -> Result<Grant, Fault> {
        let role = Role::from_slug(&self.role);
        Ok(Grant {
            id: parsed("a grant", &self.id)?,
            role: role.ok_or_else(|| Fault::Stored { what: "a role", value: self.role })?,
            at: self.organisation_id.map(|id| parsed("an organisation", &id)).transpose()?,
            place: self.name,
        })
    }
}

/// How a role came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Somebody who is here gave it, or, without one, the command line.
    Person(Option<PersonId>),
    /// It was asked for by an invitation.
    Invitation,
    /// The sign-in of a district named it.
    District,
}

impl Source {
    const fn slug(self) -> &'static str {
        match self {
            Source::Person(_) => "person",
            Source::Invitation => "invitation",
            Source::District => "district",
        }
    }

    const fn person(self) -> Option<PersonId> {
        match self {
            Source::Person(person) => person,
            Source::Invitation | Source::District => None,
        }
    }
}

/// Gives a role at a place; what is given already stays as it is, but that a district cannot take back any more what
/// somebody else gave, too. The caller holds a permit, an invitation or a district's word.
pub(crate) async fn give(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    role: Role,
    at: Option<OrganisationId>,
    source: Source,
) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into role_grant (id, person_id, role, organisation_id, made_by, made_at, source)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (person_id, role, coalesce(organisation_id, '')) where ended_at is null
         do update set source = excluded.source, made_by = excluded.made_by where role_grant.source = 'district'",
        GrantId::new(Uuid::now_v7()).to_string(),
        person.to_string(),
        role.slug(),
        at.map(|at| at.to_string()),
        source.person().map(|by| by.to_string()),
        now,
        source.slug(),
    )
    .map(drop)
}

/// The roles that somebody has now, by role and place.
///
/// # Errors
/// [`Fault::Database`].
pub async fn of(conn: &mut Conn<'_>, person: PersonId) -> Result<Vec<Grant>, Fault> {
    read(conn, person, None).await
}

/// Those of them that are worn at an organisation or below.
pub(super) async fn of_within(
    conn: &mut Conn<'_>,
    person: PersonId,
    at: OrganisationId,
) -> Result<Vec<Grant>, Fault> {
    read(conn, person, Some(at)).await
}

async fn read(
    conn: &mut Conn<'_>,
    person: PersonId,
    within: Option<OrganisationId>,
) -> Result<Vec<Grant>, Fault> {
    let rows = fetch_all!(
        conn,
        Row,
        "select g.id, g.role, g.organisation_id, o.name from role_grant g
         left join organisation o on o.id = g.organisation_id
         where g.person_id = $1 and g.ended_at is null and o.closed_at is null
           and ($2 = '' or g.organisation_id in (select organisation_id from organisation_above where above_id = $2))
         order by g.role, o.sort_key, g.id",
        person.to_string(),
        within.map(|at| at.to_string()).unwrap_or_default(),
    )?;
    rows.into_iter().map(Row::read).collect()
}

/// Ends a role at a place.
pub(crate) async fn end(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    role: Role,
    at: Option<OrganisationId>,
) -> Result<u64, Fault> {
    execute!(
        conn,
        "update role_grant set ended_at = $4
         where person_id = $1 and role = $2 and coalesce(organisation_id, '') = $3 and ended_at is null",
        person.to_string(),
        role.slug(),
        at.map(|at| at.to_string()).unwrap_or_default(),
        now,
    )
}
