//! Who was asked to come, and as what?
//!
//! An invitation is a link that works once, for fourteen days. Who it is for is written in it: who follows the link
//! becomes the person of that address, or, when that person is here already, proves to be them with their password, by
//! being signed in, or, without either, by the mail alone. Where mail reaches the world, nobody else sees the link.

mod mail;
mod theirs;
mod waiting;

use super::making::LONGEST_NAME;
use super::organisation::{self, parsed};
use super::password::Weak;
use super::role::{self, Source};
use super::{device, password, person, session, sign_in};
use crate::admin::audit::{self, Line};
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_optional};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::name::name;
use domain::people::{OrganisationId, PersonId, Role};
use domain::policy::table::Invite;
use domain::policy::{Action, Actor, Everything, Object as _, Strength, found, may};
use mail::{Mail, is_shown, note, tell};
pub use theirs::{accept_as, is_theirs};
use uuid::Uuid;
pub use waiting::{Waiting, again, waiting, withdraw};

/// How long an invitation waits, in milliseconds: fourteen days.
pub const WAITS: i64 = 14 * 24 * 3_600_000;

/// Whom to invite, as what.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The e-mail address.
    pub email: &'a str,
    /// As what.
    pub role: Role,
    /// Where; none for a role that is worn nowhere in particular.
    pub at: Option<OrganisationId>,
    /// `en` or `es`: the language of the mail.
    pub tongue: &'a str,
    /// Mail reaches the world: then only the owner of the address sees the link.
    pub mailed: bool,
}

/// What is wrong with what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// This is no e-mail address.
    #[error("not an e-mail address")]
    Email,
    /// This role is not worn at such a place, or cannot be invited by this one.
    #[error("this role cannot be invited here")]
    Role,
    /// The link is unknown, used or too old.
    #[error("this link works no more")]
    Link,
    /// A name is missing, hidden or too long.
    #[error("a name is missing, or cannot be shown")]
    Name,
    /// The new password is too weak.
    #[error("{0}")]
    Weak(Weak),
    /// The person is here already, and this is not their password.
    #[error("this is not the password")]
    Password,
}

/// An invitation that still works, as the page for it shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    id: String,
    /// The address it is for.
    pub email: String,
    /// As what.
    pub role: Role,
    /// Where.
    pub at: Option<OrganisationId>,
    /// What that is called.
    pub place: Option<String>,
    /// The language of the mail.
    pub tongue: String,
    /// Somebody with this address is here already.
    pub known: bool,
    /// They have neither password nor second factor: they came by a district alone.
    pub keyless: bool,
    /// Who invited saw its link.
    pub shown: bool,
}

/// What somebody says who accepts.
#[derive(Clone, Debug)]
pub struct Accepting<'a> {
    /// What they are called.
    pub given_name: &'a str,
    /// The name of the family.
    pub family_name: &'a str,
    /// A new password, or, of somebody who is here already, their own.
    pub password: &'a str,
    /// `en` or `es`.
    pub tongue: &'a str,
    /// Where they accept.
    pub from: sign_in::From<'a>,
}

/// Somebody accepted.
#[derive(Debug)]
pub struct Accepted {
    /// Their first session; none for somebody who was here already, and signs in the usual way.
    pub session: Option<Token>,
    /// For the cookie by which this browser is known again.
    pub device: Token,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    role: String,
    organisation_id: Option<String>,
    name: Option<String>,
    email: String,
    tongue: String,
    known: bool,
    shown: bool,
}

/// Does this look like an address that mail can reach? It is read as the mailroom will read it, so that nobody is told
/// of a mail that cannot be written; the mail itself is the proof.
pub fn looks_like_email(text: &str) -> bool {
    let text = text.trim();
    let plain = text.len() <= 254 && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let address = text.parse::<lettre::Address>();
    plain && address.is_ok_and(|address| is_name_of_host(address.domain()))
}

/// A name with a dot inside: mail from here goes to no bare number and to no machine of the same house.
fn is_name_of_host(host: &str) -> bool {
    host.contains('.') && !host.starts_with(['.', '[']) && !host.ends_with('.')
}

/// Invites an adult. The token is for the link, and is kept nowhere.
///
/// # Errors
/// A refusal; [`Wrong::Email`], [`Wrong::Role`]; a fault of the database.
pub async fn invite(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    wanted: &Wanted<'_>,
) -> Result<Token, Stop<Wrong>> {
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let kind = if let Some(at) = wanted.at {
        Some(found::<Invite>(actor, organisation::place(&mut conn, at).await?)?.on().kind)
    } else {
        may(actor, Action::Invite, Everything.on())?;
        None
    };
    let fits = match kind {
        Some(kind) => wanted.role.worn_at().contains(&kind),
        None => wanted.role == Role::Operator,
    };
    let invitable = actor.role().is_none_or(|role| role.invites().contains(&wanted.role));
    if !fits || !invitable || matches!(wanted.role, Role::Student | Role::Guardian) {
        return Err(Stop::Wrong(Wrong::Role));
    }
    if !looks_like_email(wanted.email) {
        return Err(Stop::Wrong(Wrong::Email));
    }
    let email = wanted.email.trim();
    let holder = person::by_email(&mut conn, email).await?.map(|holder| holder.id);
    if holder.is_some() && holder == actor.person() {
        return Err(Stop::Wrong(Wrong::Role));
    }
    let shown = is_shown(actor, holder, wanted.mailed);
    let token = Token::new()?;
    let until = Millis(now.0 + WAITS);
    execute!(
        &mut conn,
        "insert into invitation
             (id, token_hash, role, organisation_id, email, tongue, shown, made_by, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        Uuid::now_v7().to_string(),
        token.stored("invitation"),
        wanted.role.slug(),
        wanted.at.map(|at| at.to_string()),
        email,
        wanted.tongue,
        shown,
        actor.person().map(|person| person.to_string()),
        now,
        until,
    )?;
    let mail = Mail { email, tongue: wanted.tongue, role: wanted.role, at: wanted.at };
    tell(&mut conn, now, actor, &token, &mail).await?;
    note(&mut conn, now, actor, &mail, "").await?;
    transaction.commit().await?;
    Ok(token)
}

/// The invitation behind a link, if it still works.
///
/// # Errors
/// [`Wrong::Link`]; a fault of the database.
pub async fn look(database: &Database, clock: &Clock, token: &Token) -> Result<Invitation, Stop<Wrong>> {
    let mut lease = database.lease().await?;
    read(&mut lease.conn(), clock.now(), token).await
}

async fn read(conn: &mut Conn<'_>, now: Millis, token: &Token) -> Result<Invitation, Stop<Wrong>> {
    let row = fetch_optional!(
        conn,
        Row,
        "select i.id, i.role, i.organisation_id, o.name, i.email, i.tongue, i.shown,
                exists (select 1 from person p where p.email_key = lower(i.email) and p.deleted_at is null) as known
         from invitation i left join organisation o on o.id = i.organisation_id
         where i.token_hash = $1 and i.used_at is null and i.expires_at > $2 and o.closed_at is null",
        token.stored("invitation"),
        now,
    )?;
    let row = row.ok_or(Stop::Wrong(Wrong::Link))?;
    let role = Role::from_slug(&row.role).ok_or(Fault::Stored { what: "a role", value: row.role })?;
    let holder = person::by_email(conn, &row.email).await?;
    let keyless = match &holder {
        // A link that somebody else saw gives nobody the first password of an account.
        Some(holder) if !row.shown => theirs::is_keyless(conn, holder.id).await?,
        _ => false,
    };
    Ok(Invitation {
        id: row.id,
        role,
        at: row.organisation_id.map(|id| parsed("an organisation", &id)).transpose()?,
        place: row.name,
        email: row.email,
        tongue: row.tongue,
        known: row.known || holder.is_some(),
        keyless,
        shown: row.shown,
    })
}

/// Accepts an invitation: makes the person, or finds them, gives the role and signs them in.
///
/// # Errors
/// [`Wrong`]; a fault of the database.
pub async fn accept(
    database: &Database,
    clock: &Clock,
    token: &Token,
    given: &Accepting<'_>,
) -> Result<Accepted, Stop<Wrong>> {
    let invitation = look(database, clock, token).await?;
    let mut known_by = None;
    let hash = if invitation.known && !invitation.keyless {
        // What this browser does with its own session is for the sign-in that follows.
        let from = sign_in::From { before: None, ..given.from.clone() };
        match sign_in::with_password(database, clock, &invitation.email, given.password, &from).await {
            // The role is given below; half a sign-in goes on at the second factor.
            Ok(entered) => {
                session::end(database, &entered.token).await?;
                known_by = Some(entered.device);
            }
            Err(Stop::Fault(fault)) => return Err(fault.into()),
            Err(_) => return Err(Stop::Wrong(Wrong::Password)),
        }
        None
    } else {
        let nameless =
            || [given.given_name, given.family_name].iter().any(|it| name(it, LONGEST_NAME).is_none());
        if !invitation.known && nameless() {
            return Err(Stop::Wrong(Wrong::Name));
        }
        let name = format!("{} {}", given.given_name, given.family_name);
        password::strong(given.password, &[&name, &invitation.email])
            .map_err(|weak| Stop::Wrong(Wrong::Weak(weak)))?;
        Some(password::hash(given.password.to_owned()).await?)
    };
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    // Read again inside: a link that two browsers follow at once works for one.
    let invitation = read(&mut conn, now, token).await?;
    let known = person::by_email(&mut conn, &invitation.email).await?;
    let person = match (known, &hash) {
        (Some(known), None) if !invitation.keyless => known.id,
        (Some(known), Some(hash)) if invitation.keyless && known.suspended_at.is_none() => {
            theirs::own(&mut conn, now, &invitation, known.id, hash).await?;
            known.id
        }
        (None, Some(hash)) => make(&mut conn, now, &invitation, given, hash).await?,
        _ => return Err(Stop::Wrong(Wrong::Link)),
    };
    let strength = Strength::Password;
    take(&mut conn, now, &invitation, person, &sign_in::entering(person, strength)).await?;
    // Somebody who is here already signs in the usual way, second factor and all.
    let accepted = if let Some(device) = known_by {
        Accepted { session: None, device }
    } else {
        let entered = device::begin(&mut conn, now, person, strength, &given.from).await?;
        Accepted { session: Some(entered.token), device: entered.device }
    };
    transaction.commit().await?;
    Ok(accepted)
}

/// Uses an invitation up, and gives its role.
async fn take(
    conn: &mut Conn<'_>,
    now: Millis,
    invitation: &Invitation,
    person: PersonId,
    actor: &Actor,
) -> Result<(), Stop<Wrong>> {
    let used = execute!(
        conn,
        "update invitation set used_at = $2, used_by = $3 where id = $1 and used_at is null",
        &invitation.id,
        now,
        person.to_string(),
    )?;
    if used == 0 {
        return Err(Stop::Wrong(Wrong::Link));
    }
    role::give(conn, now, person, invitation.role, invitation.at, Source::Invitation).await?;
    let detail = invitation.role.slug();
    let line = Line { at: now, actor, action: "AcceptInvitation", subject: Some(person), detail };
    audit::add(conn, &line).await?;
    Ok(())
}

async fn make(
    conn: &mut Conn<'_>,
    now: Millis,
    invitation: &Invitation,
    given: &Accepting<'_>,
    hash: &str,
) -> Result<PersonId, Fault> {
    let new = person::NewPerson {
        given_name: given.given_name.trim(),
        family_name: given.family_name.trim(),
        tongue: given.tongue,
        email: Some(&invitation.email),
        born: None,
        demo: false,
    };
    let person = person::insert(conn, now, &new).await?;
    execute!(
        conn,
        "insert into password (person_id, hash, changed_at) values ($1, $2, $3)",
        person.to_string(),
        hash,
        now,
    )?;
    Ok(person)
}
