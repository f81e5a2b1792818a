//! Which second factors has somebody, and how is one shown?
//!
//! Wrong codes are counted by person like wrong passwords ([`domain::people::lock`]), since only who got past the
//! password can try one: sixty a day at most. Three codes of a million are right at a time, so a whole year of guessing
//! finds one with a chance of 7 %, and its owner sees sixty wrong tries a day nowhere but in a locked second step.

use super::session::Session;
use super::sign_in::{self, Entered, From};
use super::{person, recovery, role, session, totp, tries};
use crate::admin::audit;
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_one};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::factor::Factors;
use domain::people::{PersonId, RecoveryCode, Role};
use domain::policy::table::ChangeOwnKeys;
use domain::policy::{Actor, Permit, Refusal, Strength, found};

/// What can be wrong with a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The code is not right, or was used before.
    #[error("this is not a code that is right now")]
    Code,
    /// Too many wrong codes.
    #[error("too many wrong codes")]
    Wait {
        /// Until when, in minutes from now, rounded up.
        minutes: i64,
    },
    /// There is an app already.
    #[error("an app is set up already")]
    HasApp,
    /// Setting up an app was never begun.
    #[error("no app is being set up")]
    NotBegun,
    /// Who must have a second factor keeps the last one.
    #[error("this is the last second factor of somebody who must have one")]
    LastOne,
}

/// A code as somebody typed it.
#[derive(Clone, Copy, Debug)]
pub enum Typed<'a> {
    /// Six digits of the app.
    App(&'a str),
    /// A code from paper.
    Recovery(&'a str),
}

/// What somebody has set up.
///
/// # Errors
/// [`Fault::Database`].
pub async fn of(conn: &mut Conn<'_>, person: PersonId) -> Result<Factors, Fault> {
    let (passkeys, apps, codes) = fetch_one!(
        conn,
        (i64, i64, i64),
        "select (select cast(count(*) as bigint) from passkey where person_id = $1),
                (select cast(count(*) as bigint) from totp where person_id = $1 and confirmed_at is not null),
                (select cast(count(*) as bigint) from recovery_code where person_id = $1 and used_at is null)",
        person.to_string(),
    )?;
    let small = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Factors { passkeys: small(passkeys), app: apps > 0, recovery: small(codes) })
}

/// Shows a code as the second factor of half a sign-in, which is a whole one from then on, with a token of its own.
///
/// # Errors
/// [`Wrong::Code`], [`Wrong::Wait`]; a refusal when the session ended meanwhile; a fault of the database.
pub async fn show(
    database: &Database,
    clock: &Clock,
    session: &Session,
    token: &Token,
    typed: Typed<'_>,
    from: &From<'_>,
) -> Result<Entered, Stop<Wrong>> {
    let (person, now) = (session.wearer.person, clock.now());
    let tried = tries::subject(&format!("second factor of {person}"), None);
    let attempt = match tries::begin(database, now, &tried).await? {
        Ok(attempt) => attempt,
        Err(wait) => return Err(Stop::Wrong(Wrong::Wait { minutes: (wait + 59_999) / 60_000 })),
    };
    // A hash that is slow on purpose is made before anything is locked.
    let hash = match typed {
        Typed::Recovery(typed) => {
            let code: RecoveryCode = typed.parse().map_err(|_| Stop::Wrong(Wrong::Code))?;
            recovery::stored(person, code).await?
        }
        Typed::App(_) => String::new(),
    };
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let (right, action) = match typed {
        Typed::App(typed) => (totp::spend(&mut conn, now, person, typed).await?, "CodeShown"),
        Typed::Recovery(_) => (recovery::spend(&mut conn, now, person, &hash).await?, "RecoveryCodeShown"),
    };
    if !right {
        return Err(Stop::Wrong(Wrong::Code));
    }
    tries::take_back(&mut conn, attempt).await?;
    let entered = whole(&mut conn, now, token, person, action, from).await?;
    transaction.commit().await?;
    Ok(entered)
}

/// Half a sign-in becomes a whole one.
pub(super) async fn whole<W: std::error::Error>(
    conn: &mut Conn<'_>,
    now: Millis,
    token: &Token,
    person: PersonId,
    action: &str,
    from: &From<'_>,
) -> Result<Entered, Stop<W>> {
    let strength = Strength::Two;
    let token = session::strengthen(conn, now, token, strength).await?.ok_or(Refusal::SignIn)?;
    let device = sign_in::settle(conn, now, person, strength, action, from).await?;
    Ok(Entered { token, device, strength, person })
}

/// Who has just set up a second factor has shown it: a session by password alone is worth more from then on.
pub(super) async fn raise(
    conn: &mut Conn<'_>,
    now: Millis,
    actor: &Actor,
    token: &Token,
) -> Result<Option<Token>, Fault> {
    match actor {
        Actor::Person(wearer) if wearer.strength == Strength::Password => {
            session::strengthen(conn, now, token, Strength::Two).await
        }
        _ => Ok(None),
    }
}

/// May the actor change their own keys?
pub(super) async fn own_keys<W: std::error::Error>(
    conn: &mut Conn<'_>,
    clock: &Clock,
    actor: &Actor,
) -> Result<(PersonId, Permit<ChangeOwnKeys>), Stop<W>> {
    let id = actor.person().ok_or(Refusal::SignIn)?;
    Ok((id, found(actor, person::subject(conn, clock, id).await?)?))
}

/// The roles somebody has now.
pub(super) async fn roles(conn: &mut Conn<'_>, person: PersonId) -> Result<Vec<Role>, Fault> {
    Ok(role::of(conn, person).await?.into_iter().map(|grant| grant.role).collect())
}

/// Takes all second factors away, and every browser that was known.
pub(super) async fn forget(conn: &mut Conn<'_>, person: PersonId) -> Result<(), Fault> {
    let id = person.to_string();
    execute!(conn, "delete from passkey where person_id = $1", &id)?;
    execute!(conn, "delete from totp where person_id = $1", &id)?;
    execute!(conn, "delete from recovery_code where person_id = $1", &id)?;
    execute!(conn, "delete from known_device where person_id = $1", &id).map(drop)
}

/// Writes what became of somebody's keys, and tells them.
pub(super) async fn changed(
    conn: &mut Conn<'_>,
    now: Millis,
    permit: &Permit<ChangeOwnKeys>,
    detail: &str,
) -> Result<(), Fault> {
    audit::note(conn, now, permit, detail).await?;
    outbox::tell(conn, now, &To::Person(permit.on().id), &Notice::KeysChanged).await
}
