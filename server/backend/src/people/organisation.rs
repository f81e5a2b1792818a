//! Which organisations are there, and what stands above each?

use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, fetch_optional};
use crate::fault::Fault;
use domain::people::{Kind, OrganisationId};
use domain::policy::{Place, Scope};
use uuid::Uuid;

/// An organisation, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Which one.
    pub id: OrganisationId,
    /// What it is.
    pub kind: Kind,
    /// What people call it.
    pub name: String,
    /// Of a class: the code on its cards.
    pub code: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    kind: String,
    name: String,
    code: Option<String>,
}

impl Row {
    fn read(self) -> Result<Organisation, Fault> {
        let kind = Kind::from_slug(&self.kind);
        Ok(Organisation {
            id: parsed("an organisation", &self.id)?,
            kind: kind.ok_or_else(|| Fault::Stored { what: "a kind of organisation", value: self.kind })?,
            name: self.name,
            code: self.code,
        })
    }
}

/// Reads an identifier that we wrote.
pub(crate) fn parsed<T: std::str::FromStr>(what: &'static str, text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| Fault::Stored { what, value: text.to_owned() })
}

/// What a name is ordered and searched by: small letters without accents.
pub fn sort_key(name: &str) -> String {
    domain::explorer::fold::fold(name)
}

/// Writes a new organisation below another, or alone. The caller holds a permit for the place above.
pub(crate) async fn insert(
    conn: &mut Conn<'_>,
    now: Millis,
    kind: Kind,
    name: &str,
    parent: Option<OrganisationId>,
    cds: Option<&str>,
    code: Option<&str>,
) -> Result<OrganisationId, Fault> {
    let id = OrganisationId::new(Uuid::now_v7());
    let parent = parent.map(|parent| parent.to_string());
    execute!(
        conn,
        "insert into organisation (id, kind, name, sort_key, parent_id, cds, code, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id.to_string(),
        kind.slug(),
        name,
        sort_key(name),
        &parent,
        cds,
        code,
        now,
    )?;
    execute!(
        conn,
        "insert into organisation_above (organisation_id, above_id)
         select $1, above_id from organisation_above where organisation_id = $2 union all select $1, $1",
        id.to_string(),
        &parent,
    )?;
    Ok(id)
}

/// An organisation by its identifier, unless it is closed.
///
/// # Errors
/// [`Fault::Database`].
pub async fn by_id(conn: &mut Conn<'_>, id: OrganisationId) -> Result<Option<Organisation>, Fault> {
    let row = fetch_optional!(
        conn,
        Row,
        "select id, kind, name, code from organisation where id = $1 and closed_at is null",
        id.to_string(),
    )?;
    row.map(Row::read).transpose()
}

/// The facts that the rules ask for.
///
/// # Errors
/// [`Fault::Database`].
pub async fn place(conn: &mut Conn<'_>, id: OrganisationId) -> Result<Option<Place>, Fault> {
    let Some(organisation) = by_id(conn, id).await? else { return Ok(None) };
    let above = fetch_all!(
        conn,
        (String,),
        "select above_id from organisation_above where organisation_id = $1",
        id.to_string(),
    )?;
    let above = above.iter().map(|(id,)| parsed("an organisation", id)).collect::<Result<_, _>>()?;
    Ok(Some(Place { id, kind: organisation.kind, above }))
}

/// The organisations directly below another, in order; those that stand alone when there is none.
///
/// # Errors
/// [`Fault::Database`].
pub async fn below(conn: &mut Conn<'_>, parent: Option<OrganisationId>) -> Result<Vec<Organisation>, Fault> {
    let rows = fetch_all!(
        conn,
        Row,
        "select id, kind, name, code from organisation
         where closed_at is null and coalesce(parent_id, '') = $1 order by sort_key, id",
        parent.map(|parent| parent.to_string()).unwrap_or_default(),
    )?;
    rows.into_iter().map(Row::read).collect()
}

/// All organisations that a scope reaches, of one kind or of all, by kind and name.
///
/// # Errors
/// [`Fault::Database`].
pub async fn within(
    conn: &mut Conn<'_>,
    scope: Scope,
    kind: Option<Kind>,
) -> Result<Vec<Organisation>, Fault> {
    let rows = fetch_all!(
        conn,
        Row,
        "select o.id, o.kind, o.name, o.code from organisation o
         where o.closed_at is null and ($3 = '' or o.kind = $3)
           and ($1 = 'all' or $1 = 'place' and exists (
                 select 1 from organisation_above a where a.organisation_id = o.id and a.above_id = $2))
         order by o.kind, o.sort_key, o.id limit 500",
        scope.slug(),
        scope.id(),
        kind.map(Kind::slug).unwrap_or_default(),
    )?;
    rows.into_iter().map(Row::read).collect()
}
