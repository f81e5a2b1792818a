//! Which invitations wait for an answer, and how is one sent again or withdrawn?
//!
//! Whoever may invite to a role at a place may do both with what waits there, whoever sent it: the one who did may be
//! gone by now. What is sent again has a new link, and the old one opens nothing.

use super::WAITS;
use super::mail::{Mail, is_shown, note, tell};
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_all, fetch_optional};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::people::organisation::{self, parsed};
use crate::people::person;
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::{OrganisationId, Role};
use domain::policy::table::Invite;
use domain::policy::{Action, Actor, Everything, Object as _, Refusal, absent, found, may, scope};

/// An invitation that nobody accepted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its row.
    pub id: String,
    /// The address it is for.
    pub email: String,
    /// As what.
    pub role: Role,
    /// What the place is called.
    pub place: Option<String>,
    /// When it runs out.
    pub until: Millis,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    email: String,
    tongue: String,
    role: String,
    organisation_id: Option<String>,
    name: Option<String>,
    expires_at: Millis,
}

impl Row {
    fn role(&self) -> Result<Role, Fault> {
        Role::from_slug(&self.role).ok_or_else(|| Fault::Stored { what: "a role", value: self.role.clone() })
    }

    fn at(&self) -> Result<Option<OrganisationId>, Fault> {
        self.organisation_id.as_deref().map(|id| parsed("an organisation", id)).transpose()
    }

    fn mail(&self) -> Result<Mail<'_>, Fault> {
        Ok(Mail { email: &self.email, tongue: &self.tongue, role: self.role()?, at: self.at()? })
    }
}

fn may_invite(actor: &Actor, role: Role) -> bool {
    actor.role().is_none_or(|own| own.invites().contains(&role))
}

/// The invitations that the actor could have sent and that still wait, newest first.
///
/// # Errors
/// A refusal; a fault of the database.
pub async fn waiting(database: &Database, clock: &Clock, actor: &Actor) -> Result<Vec<Waiting>, Stop> {
    let scope = scope::<Invite>(actor)?;
    let rows = fetch_all!(
        &mut database.lease().await?.conn(),
        Row,
        "select i.id, i.email, i.tongue, i.role, i.organisation_id, o.name, i.expires_at
         from invitation i left join organisation o on o.id = i.organisation_id
         where i.used_at is null and i.expires_at > $3 and o.closed_at is null
           and ($1 = 'all' or $1 = 'place' and exists (
                 select 1 from organisation_above a
                 where a.organisation_id = i.organisation_id and a.above_id = $2))
         order by i.made_at desc, i.id limit 200",
        scope.slug(),
        scope.id(),
        clock.now(),
    )?;
    let mut found = Vec::new();
    for row in rows {
        let role = row.role()?;
        if may_invite(actor, role) {
            let Row { id, email, name, expires_at, .. } = row;
            found.push(Waiting { id, email, role, place: name, until: expires_at });
        }
    }
    Ok(found)
}

/// One that waits, if the actor could have sent it.
async fn one(conn: &mut Conn<'_>, now: Millis, actor: &Actor, id: &str) -> Result<Row, Stop> {
    let row = fetch_optional!(
        conn,
        Row,
        "select i.id, i.email, i.tongue, i.role, i.organisation_id, o.name, i.expires_at
         from invitation i left join organisation o on o.id = i.organisation_id
         where i.id = $1 and i.used_at is null and i.expires_at > $2 and o.closed_at is null",
        id,
        now,
    )?;
    let row = row.ok_or_else(|| absent(actor, &[Action::Invite]))?;
    if let Some(at) = row.at()? {
        let _permit = found::<Invite>(actor, organisation::place(conn, at).await?)?;
    } else {
        may(actor, Action::Invite, Everything.on())?;
    }
    if may_invite(actor, row.role()?) { Ok(row) } else { Err(Refusal::NotYours.into()) }
}

/// An invitation went out once more.
#[derive(Debug)]
pub struct Again {
    /// Where it went.
    pub email: String,
    /// For the link, when who sent it sees it.
    pub token: Option<Token>,
    /// The address is somebody's here by now.
    pub known: bool,
}

/// Sends an invitation again, with a new link for another fourteen days. `mailed` as in [`Wanted`](super::Wanted).
///
/// # Errors
/// A refusal, also when it waits no more; a fault of the database or of chance.
pub async fn again(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    id: &str,
    mailed: bool,
) -> Result<Again, Stop> {
    let (now, token) = (clock.now(), Token::new()?);
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let row = one(&mut conn, now, actor, id).await?;
    let holder = person::by_email(&mut conn, &row.email).await?.map(|holder| holder.id);
    let shown = is_shown(actor, holder, mailed);
    let renewed = execute!(
        &mut conn,
        "update invitation set token_hash = $2, shown = $3, expires_at = $4 where id = $1 and used_at is null",
        id,
        token.stored("invitation"),
        shown,
        Millis(now.0 + WAITS),
    )?;
    if renewed == 0 {
        return Err(Refusal::NotYours.into());
    }
    let mail = row.mail()?;
    tell(&mut conn, now, actor, &token, &mail).await?;
    note(&mut conn, now, actor, &mail, " sent again").await?;
    transaction.commit().await?;
    Ok(Again { email: row.email, token: shown.then_some(token), known: holder.is_some() })
}

/// Takes an invitation back: its link opens nothing any more.
///
/// # Errors
/// A refusal, also when it waits no more; a fault of the database.
pub async fn withdraw(database: &Database, clock: &Clock, actor: &Actor, id: &str) -> Result<(), Stop> {
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let row = one(&mut conn, now, actor, id).await?;
    if execute!(&mut conn, "delete from invitation where id = $1 and used_at is null", id)? == 0 {
        return Err(Refusal::NotYours.into());
    }
    note(&mut conn, now, actor, &row.mail()?, " withdrawn").await?;
    transaction.commit().await?;
    Ok(())
}
