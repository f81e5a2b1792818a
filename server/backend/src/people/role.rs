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

/// Gives a role at a place; what is given already stays as it is. The caller holds a permit, an invitation or a roster.
pub(crate) async fn give(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    role: Role,
    at: Option<OrganisationId>,
    by: Option<PersonId>,
) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into role_grant (id, person_id, role, organisation_id, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (person_id, role, coalesce(organisation_id, '')) where ended_at is null do nothing",
        GrantId::new(Uuid::now_v7()).to_string(),
        person.to_string(),
        role.slug(),
        at.map(|at| at.to_string()),
        by.map(|by| by.to_string()),
        now,
    )
    .map(drop)
}

/// The roles that somebody has now, by role and place.
///
/// # Errors
/// [`Fault::Database`].
pub async fn of(conn: &mut Conn<'_>, person: PersonId) -> Result<Vec<Grant>, Fault> {
    let rows = fetch_all!(
        conn,
        Row,
        "select g.id, g.role, g.organisation_id, o.name from role_grant g
         left join organisation o on o.id = g.organisation_id
         where g.person_id = $1 and g.ended_at is null and o.closed_at is null
         order by g.role, o.sort_key, g.id",
        person.to_string(),
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
