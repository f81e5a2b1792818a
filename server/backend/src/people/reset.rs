//! How does an adult get in again who forgot their password, or lost what proves who they are?
//!
//! With a link to the address that is known, which works once, for an hour. Whoever asks gets the same answer in the
//! same time, whether somebody has that address or not. The link gives a new password and nothing else: the second
//! step stays, unless somebody who may invite such a person wanted it set up anew. They never see the link.

use super::factors;
use super::password::{self, Weak};
use super::{organisation::parsed, person, role, session, sign_in, tries};
use crate::admin::audit::{self, Line};
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_one, fetch_optional};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::suspension::{self, touch};
use domain::people::{PersonId, Role};
use domain::policy::table::RenewKeys;
use domain::policy::{Actor, Refusal, Strength, found};
use uuid::Uuid;

/// How long a link waits that somebody asked for, in milliseconds: an hour.
pub const WAITS: i64 = 3_600_000;

/// How long one waits that somebody else asked for, in milliseconds: two days, since nobody sits and waits for it.
pub const WAITS_LONGER: i64 = 48 * 3_600_000;

/// Most links of one person that work at a time: a mailbox cannot be flooded.
const MOST: i64 = 3;

/// What is wrong with what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The link is unknown, used or too old.
    #[error("this link works no more")]
    Link,
    /// The new password is too weak.
    #[error("{0}")]
    Weak(Weak),
}

/// A link that still works, as the page for it shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    id: String,
    person: PersonId,
    name: String,
    /// Whose password it is, by their address.
    pub email: String,
    /// The second step is set up anew, too.
    pub second: bool,
}

/// Sends a link to an address, if somebody signs in with it and a password.
///
/// # Errors
/// A fault of the database or of chance.
pub async fn ask(database: &Database, clock: &Clock, email: &str) -> Result<(), Fault> {
    let now = clock.now();
    let token = Token::new()?;
    // One transaction that writes either way, so that its time tells nothing.
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let tried = tries::subject(&format!("reset {}", person::email_key(email)), None);
    if tries::count(&mut conn, now, &tried).await?.is_err() {
        return Ok(());
    }
    let somebody = person::by_email(&mut conn, email).await?.filter(|person| person.suspended_at.is_none());
    if let Some(somebody) = somebody
        && may_reset(&mut conn, somebody.id).await?
        && open(&mut conn, now, somebody.id).await? < MOST
    {
        let actor = sign_in::entering(somebody.id, Strength::Half);
        let line =
            Line { at: now, actor: &actor, action: "AskReset", subject: Some(somebody.id), detail: "" };
        audit::add(&mut conn, &line).await?;
        let made = Made { person: somebody.id, second: false, by: None, until: Millis(now.0 + WAITS) };
        send(&mut conn, now, &token, &made).await?;
    }
    transaction.commit().await
}

/// Lets an adult set up password and second step anew, by a link to their own address. What they have now goes on
/// working until they follow it.
///
/// # Errors
/// A refusal; whom nobody does this to; a fault of the database or of chance.
pub async fn renew(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
) -> Result<Token, Stop<suspension::Wrong>> {
    let now = clock.now();
    let token = Token::new()?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<RenewKeys>(actor, person::subject(&mut conn, clock, person).await?)?;
    let roles: Vec<Role> = role::of(&mut conn, person).await?.iter().map(|grant| grant.role).collect();
    touch(actor, person, &roles).map_err(Stop::Wrong)?;
    let found = person::by_id(&mut conn, permit.on().id).await?.ok_or(Refusal::NotYours)?;
    if found.suspended_at.is_some() {
        return Err(Stop::Wrong(suspension::Wrong::Suspended));
    }
    if !may_reset(&mut conn, person).await? {
        return Err(Stop::Wrong(suspension::Wrong::NoPassword));
    }
    let made = Made { person, second: true, by: actor.person(), until: Millis(now.0 + WAITS_LONGER) };
    send(&mut conn, now, &token, &made).await?;
    audit::note(&mut conn, now, &permit, "password and second step").await?;
    transaction.commit().await?;
    Ok(token)
}

/// The link, if it still works.
///
/// # Errors
/// [`Wrong::Link`]; a fault of the database.
pub async fn look(database: &Database, clock: &Clock, token: &Token) -> Result<Open, Stop<Wrong>> {
    let mut lease = database.lease().await?;
    read(&mut lease.conn(), clock.now(), token).await
}

/// Takes the new password: every session ends, and whoever it is signs in with it.
///
/// # Errors
/// [`Wrong`]; a fault of the database.
pub async fn choose(
    database: &Database,
    clock: &Clock,
    token: &Token,
    typed: &str,
) -> Result<(), Stop<Wrong>> {
    let found = look(database, clock, token).await?;
    password::strong(typed, &[&found.name, &found.email]).map_err(|weak| Stop::Wrong(Wrong::Weak(weak)))?;
    let hash = password::hash(typed.to_owned()).await?;
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    // Two browsers that follow the link at once: the second finds it used.
    let used = execute!(
        &mut conn,
        "update password_reset set used_at = $2 where id = $1 and used_at is null and expires_at > $2",
        &found.id,
        now,
    )?;
    if used == 0 {
        return Err(Stop::Wrong(Wrong::Link));
    }
    let id = found.person.to_string();
    let text = "update password set hash = $2, changed_at = $3 where person_id = $1";
    execute!(&mut conn, text, &id, hash, now)?;
    execute!(&mut conn, "delete from password_reset where person_id = $1 and used_at is null", &id)?;
    session::end_all(&mut conn, found.person, None).await?;
    if found.second {
        factors::forget(&mut conn, found.person).await?;
    }
    // Who reads the mail of this address is not kept out by those who guessed.
    tries::forget(&mut conn, &format!("account {}", person::email_key(&found.email))).await?;
    let actor = sign_in::entering(found.person, Strength::Half);
    let detail = if found.second { "password and second step" } else { "password" };
    let line = Line { at: now, actor: &actor, action: "ResetPassword", subject: Some(found.person), detail };
    audit::add(&mut conn, &line).await?;
    outbox::tell(&mut conn, now, &To::Person(found.person), &Notice::KeysChanged).await?;
    transaction.commit().await?;
    Ok(())
}

struct Made {
    person: PersonId,
    second: bool,
    by: Option<PersonId>,
    until: Millis,
}

async fn send(conn: &mut Conn<'_>, now: Millis, token: &Token, made: &Made) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into password_reset (id, token_hash, person_id, second, made_by, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        Uuid::now_v7().to_string(),
        token.stored("reset"),
        made.person.to_string(),
        made.second,
        made.by.map(|by| by.to_string()),
        now,
        made.until,
    )?;
    let notice = Notice::NewPassword { token: token.to_string(), second: made.second };
    outbox::tell(conn, now, &To::Person(made.person), &notice).await
}

/// Who signs in through their district, or with a card, has no password here, and gets none by this door.
pub(super) async fn may_reset(conn: &mut Conn<'_>, person: PersonId) -> Result<bool, Fault> {
    let (found,) = fetch_one!(
        conn,
        (i64,),
        "select cast(count(*) as bigint) from password w join person p on p.id = w.person_id
         where w.person_id = $1 and p.email is not null",
        person.to_string(),
    )?;
    Ok(found > 0)
}

async fn open(conn: &mut Conn<'_>, now: Millis, person: PersonId) -> Result<i64, Fault> {
    let (open,) = fetch_one!(
        conn,
        (i64,),
        "select cast(count(*) as bigint) from password_reset
         where person_id = $1 and used_at is null and expires_at > $2",
        person.to_string(),
        now,
    )?;
    Ok(open)
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: String,
    given_name: String,
    family_name: String,
    email: String,
    second: bool,
}

async fn read(conn: &mut Conn<'_>, now: Millis, token: &Token) -> Result<Open, Stop<Wrong>> {
    let row = fetch_optional!(
        conn,
        Row,
        "select r.id, r.person_id, p.given_name, p.family_name, p.email, r.second
         from password_reset r join person p on p.id = r.person_id
         where r.token_hash = $1 and r.used_at is null and r.expires_at > $2
           and p.suspended_at is null and p.deleted_at is null and p.email is not null",
        token.stored("reset"),
        now,
    )?;
    let row = row.ok_or(Stop::Wrong(Wrong::Link))?;
    Ok(Open {
        id: row.id,
        person: parsed("a person", &row.person_id)?,
        name: format!("{} {}", row.given_name, row.family_name),
        email: row.email,
        second: row.second,
    })
}
