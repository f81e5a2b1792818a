//! Which rows does a district's sign-in have, and how are they read and written?

use super::setting::{Prompt, Setting, is_of};
use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, fetch_optional};
use crate::fault::Fault;
use crate::people::organisation::{Organisation, parsed};
use domain::people::{Kind, OrganisationId, PersonId, Role};
use domain::policy::Permit;
use domain::policy::table::MakeOrganisation;
use std::collections::BTreeMap;

#[derive(sqlx::FromRow)]
struct Row {
    organisation_id: String,
    issuer: String,
    client_id: String,
    client_secret: String,
    role_claim: String,
    role_map: String,
    domains: String,
    second: bool,
    prompt: String,
}

impl Row {
    fn read(self) -> Result<Setting, Fault> {
        let broken = |value: String| Fault::Stored { what: "the sign-in of a district", value };
        let words: BTreeMap<String, String> =
            serde_json::from_str(&self.role_map).map_err(|_| broken(self.role_map.clone()))?;
        let role_map = words
            .into_iter()
            .map(|(word, role)| Role::from_slug(&role).map(|role| (word, role)).ok_or_else(|| broken(role)))
            .collect::<Result<_, _>>()?;
        Ok(Setting {
            organisation: parsed("an organisation", &self.organisation_id)?,
            issuer: self.issuer,
            client_id: self.client_id,
            client_secret: self.client_secret,
            role_claim: self.role_claim,
            role_map,
            domains: serde_json::from_str(&self.domains).map_err(|_| broken(self.domains))?,
            vouches_second_factor: self.second,
            prompt: Prompt::from_slug(&self.prompt).ok_or_else(|| broken(self.prompt))?,
        })
    }
}

pub(super) async fn save(
    conn: &mut Conn<'_>,
    _permit: &Permit<MakeOrganisation>,
    setting: &Setting,
) -> Result<(), Fault> {
    let words: BTreeMap<&str, &str> =
        setting.role_map.iter().map(|(word, role)| (word.as_str(), role.slug())).collect();
    execute!(
        conn,
        "insert into organisation_sso (organisation_id, issuer, client_id, client_secret, role_claim, role_map, domains,
                                       second, prompt)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (organisation_id) do update set issuer = excluded.issuer, client_id = excluded.client_id,
             client_secret = excluded.client_secret, role_claim = excluded.role_claim, role_map = excluded.role_map,
             domains = excluded.domains, second = excluded.second, prompt = excluded.prompt",
        setting.organisation.to_string(),
        setting.issuer.as_str(),
        setting.client_id.as_str(),
        setting.client_secret.as_str(),
        setting.role_claim.as_str(),
        serde_json::to_string(&words).unwrap_or_default(),
        serde_json::to_string(&setting.domains).unwrap_or_default(),
        setting.vouches_second_factor,
        setting.prompt.slug(),
    )
    .map(drop)
}

/// False when there was none.
pub(super) async fn delete(
    conn: &mut Conn<'_>,
    _permit: &Permit<MakeOrganisation>,
    organisation: OrganisationId,
) -> Result<bool, Fault> {
    let text = "delete from organisation_sso where organisation_id = $1";
    Ok(execute!(conn, text, organisation.to_string())? == 1)
}

pub(super) async fn by_organisation(
    conn: &mut Conn<'_>,
    organisation: OrganisationId,
) -> Result<Option<Setting>, Fault> {
    let row = fetch_optional!(
        conn,
        Row,
        "select s.organisation_id, s.issuer, s.client_id, s.client_secret, s.role_claim, s.role_map, s.domains,
                s.second, s.prompt
         from organisation_sso s join organisation o on o.id = s.organisation_id
         where s.organisation_id = $1 and o.closed_at is null",
        organisation.to_string(),
    )?;
    row.map(Row::read).transpose()
}

/// Whether this is still what is set. From then on it stays so until the transaction ends: whoever sets something else
/// waits, and finds the session that began meanwhile.
pub(super) async fn hold(conn: &mut Conn<'_>, setting: &Setting) -> Result<bool, Fault> {
    let text = "update organisation_sso set prompt = prompt where organisation_id = $1";
    execute!(conn, text, setting.organisation.to_string())?;
    Ok(by_organisation(conn, setting.organisation).await?.as_ref() == Some(setting))
}

pub(super) async fn listed(conn: &mut Conn<'_>) -> Result<Vec<Organisation>, Fault> {
    let rows = fetch_all!(
        conn,
        (String, String, String),
        "select o.id, o.kind, o.name from organisation o join organisation_sso s on s.organisation_id = o.id
         where o.closed_at is null order by o.sort_key, o.id",
    )?;
    let read = |(id, kind, name): (String, String, String)| {
        let kind = Kind::from_slug(&kind)
            .ok_or_else(|| Fault::Stored { what: "a kind of organisation", value: kind.clone() })?;
        Ok(Organisation { id: parsed("an organisation", &id)?, kind, name, code: None })
    };
    rows.into_iter().map(read).collect()
}

/// Whom the provider has named so before.
pub(super) async fn by_subject(
    conn: &mut Conn<'_>,
    issuer: &str,
    subject: &str,
) -> Result<Option<PersonId>, Fault> {
    let text = "select person_id from sso_subject where issuer = $1 and subject = $2";
    let row = fetch_optional!(conn, (String,), text, issuer, subject)?;
    row.map(|(id,)| parsed("a person", &id)).transpose()
}

/// Whether the provider calls this person something already.
pub(super) async fn is_linked(conn: &mut Conn<'_>, issuer: &str, person: PersonId) -> Result<bool, Fault> {
    let text = "select subject from sso_subject where issuer = $1 and person_id = $2 limit 1";
    Ok(fetch_optional!(conn, (String,), text, issuer, person.to_string())?.is_some())
}

pub(super) async fn link(
    conn: &mut Conn<'_>,
    issuer: &str,
    subject: &str,
    person: PersonId,
) -> Result<(), Fault> {
    let text = "insert into sso_subject (issuer, subject, person_id) values ($1, $2, $3)";
    execute!(conn, text, issuer, subject, person.to_string()).map(drop)
}

/// The roles somebody wears now, each with whether it is worn at the organisation or below.
pub(super) async fn worn(
    conn: &mut Conn<'_>,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<Vec<(Role, bool)>, Fault> {
    let rows = fetch_all!(
        conn,
        (String, Option<String>),
        "select g.role, a.above_id from role_grant g
         left join organisation_above a on a.organisation_id = g.organisation_id and a.above_id = $2
         where g.person_id = $1 and g.ended_at is null",
        person.to_string(),
        organisation.to_string(),
    )?;
    let read = |(role, inside): (String, Option<String>)| {
        let found = Role::from_slug(&role);
        Ok((found.ok_or(Fault::Stored { what: "a role", value: role })?, inside.is_some()))
    };
    rows.into_iter().map(read).collect()
}

/// The roles that somebody wears at the organisation itself, each with whether its district gave it.
pub(super) async fn worn_at(
    conn: &mut Conn<'_>,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<Vec<(Role, bool)>, Fault> {
    let rows = fetch_all!(
        conn,
        (String, String),
        "select role, source from role_grant
         where person_id = $1 and organisation_id = $2 and ended_at is null order by role",
        person.to_string(),
        organisation.to_string(),
    )?;
    let read = |(role, source): (String, String)| {
        let found = Role::from_slug(&role);
        Ok((found.ok_or(Fault::Stored { what: "a role", value: role })?, source == "district"))
    };
    rows.into_iter().map(read).collect()
}

/// Whether somebody has a password of their own.
pub(super) async fn has_password(conn: &mut Conn<'_>, person: PersonId) -> Result<bool, Fault> {
    let text = "select cast(1 as bigint) from password where person_id = $1";
    Ok(fetch_optional!(conn, (i64,), text, person.to_string())?.is_some())
}

/// What an address is invited to at the organisation or below; all of it counts as used by this person now.
pub(super) async fn use_invitations(
    conn: &mut Conn<'_>,
    now: Millis,
    email_key: &str,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Vec<(Role, OrganisationId)>, Fault> {
    let rows = fetch_all!(
        conn,
        (String, String),
        "update invitation set used_at = $2, used_by = $4
         where lower(email) = $1 and used_at is null and expires_at > $2 and organisation_id in
             (select organisation_id from organisation_above where above_id = $3)
         returning role, organisation_id",
        email_key,
        now,
        organisation.to_string(),
        person.to_string(),
    )?;
    let read = |(role, at): (String, String)| {
        let found = Role::from_slug(&role);
        Ok((found.ok_or(Fault::Stored { what: "a role", value: role })?, parsed("an organisation", &at)?))
    };
    rows.into_iter().map(read).collect()
}

/// Whether an address is invited at the organisation or below.
pub(super) async fn is_invited(
    conn: &mut Conn<'_>,
    now: Millis,
    email_key: &str,
    organisation: OrganisationId,
) -> Result<bool, Fault> {
    let row = fetch_optional!(
        conn,
        (i64,),
        "select cast(1 as bigint) from invitation
         where lower(email) = $1 and used_at is null and expires_at > $2 and organisation_id in
             (select organisation_id from organisation_above where above_id = $3) limit 1",
        email_key,
        now,
        organisation.to_string(),
    )?;
    Ok(row.is_some())
}

/// Cuts the links of somebody to providers that do not answer for addresses like theirs, nor for the place where they
/// are invited, with the roles that those gave. Says which providers that were.
pub(in crate::people) async fn disown(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    email: &str,
    invited_at: Option<OrganisationId>,
) -> Result<Vec<String>, Fault> {
    let (id, at) = (person.to_string(), invited_at.map(|at| at.to_string()).unwrap_or_default());
    let linked = fetch_all!(
        conn,
        (String, Option<String>, Option<String>, Option<String>),
        "select l.issuer, s.organisation_id, s.domains, a.above_id from sso_subject l
         left join organisation_sso s on s.issuer = l.issuer
         left join organisation_above a on a.above_id = s.organisation_id and a.organisation_id = $2
         where l.person_id = $1 order by l.issuer",
        &id,
        &at,
    )?;
    let mut cut = Vec::new();
    for (issuer, organisation, domains, above) in linked {
        let domains: Vec<String> =
            domains.and_then(|domains| serde_json::from_str(&domains).ok()).unwrap_or_default();
        if above.is_some() || is_of(email, &domains) {
            continue;
        }
        let organisation = organisation.map(|id| parsed("an organisation", &id)).transpose()?;
        self::cut(conn, now, person, &issuer, organisation).await?;
        cut.push(issuer);
    }
    Ok(cut)
}

/// Cuts the link of somebody to a provider, with the roles that it gave at its organisation.
pub(super) async fn cut(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    issuer: &str,
    organisation: Option<OrganisationId>,
) -> Result<(), Fault> {
    let id = person.to_string();
    execute!(conn, "delete from sso_subject where person_id = $1 and issuer = $2", &id, issuer)?;
    execute!(
        conn,
        "update role_grant set ended_at = $3
         where person_id = $1 and organisation_id = $2 and source = 'district' and ended_at is null",
        &id,
        organisation.map(|at| at.to_string()).unwrap_or_default(),
        now,
    )
    .map(drop)
}

/// The organisations whose providers call somebody something.
pub(super) async fn connected(conn: &mut Conn<'_>, person: PersonId) -> Result<Vec<OrganisationId>, Fault> {
    let rows = fetch_all!(
        conn,
        (String,),
        "select distinct s.organisation_id from sso_subject l join organisation_sso s on s.issuer = l.issuer
         where l.person_id = $1",
        person.to_string(),
    )?;
    rows.into_iter().map(|(id,)| parsed("an organisation", &id)).collect()
}
