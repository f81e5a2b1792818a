//! Which second factors has somebody, and how is one shown?
//!
//! Wrong codes are counted by person like wrong passwords ([`domain::people::lock`]), since only who got past the
//! password can try one: sixty a day at most. Three codes of a million are right at a time, so a whole year of guessing
//! finds one with a chance of 7 %, and its owner sees sixty wrong tries a day nowhere but in a locked second step.

use super::session::Session;
use super::sign_in::{self, Entered, From};
use super::tries::{self, Try};
use super::{person, recovery, role, session, totp};
use crate::admin::audit;
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_one};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use crate::seal::Key;
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::factor::{Factors, worth_now};
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
    /// What its codes are made from cannot be opened: the operator is told, and other ways are there.
    #[error("the codes of this app cannot be checked")]
    Unreadable,
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
/// [`Wrong::Code`], [`Wrong::Wait`], [`Wrong::Unreadable`]; a refusal when the session ended meanwhile; a fault of the
/// database.
pub async fn show(
    database: &Database,
    clock: &Clock,
    key: &Key,
    session: &Session,
    token: &Token,
    typed: Typed<'_>,
    from: &From<'_>,
) -> Result<Entered, Stop<Wrong>> {
    let (person, now) = (session.wearer.person, clock.now());
    let trying = begin(database, now, key, person, typed).await?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    trying.spend(&mut conn, now).await?;
    let action = match typed {
        Typed::App(_) => "CodeShown",
        Typed::Recovery(_) => "RecoveryCodeShown",
    };
    let entered = whole(&mut conn, now, token, person, action, from).await?;
    transaction.commit().await?;
    Ok(entered)
}

/// A code that is being tried.
pub(super) struct Trying<'a> {
    key: &'a Key,
    person: PersonId,
    typed: Typed<'a>,
    /// Of a code from paper, what is kept of it.
    hash: String,
    attempt: Try,
}

/// Begins to try a code.
pub(super) async fn begin<'a>(
    database: &Database,
    now: Millis,
    key: &'a Key,
    person: PersonId,
    typed: Typed<'a>,
) -> Result<Trying<'a>, Stop<Wrong>> {
    // That nobody can check it is no wrong try, and must not keep anybody from a code on paper.
    if matches!(typed, Typed::App(_))
        && !totp::is_readable(&mut database.lease().await?.conn(), key, person).await?
    {
        return Err(Stop::Wrong(Wrong::Unreadable));
    }
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
    Ok(Trying { key, person, typed, hash, attempt })
}

impl Trying<'_> {
    /// Uses the code up, if it is right.
    pub(super) async fn spend(self, conn: &mut Conn<'_>, now: Millis) -> Result<(), Stop<Wrong>> {
        let right = match self.typed {
            Typed::App(typed) => totp::spend(conn, now, self.key, self.person, typed).await?,
            Typed::Recovery(_) => recovery::spend(conn, now, self.person, &self.hash).await?,
        };
        if !right {
            return Err(Stop::Wrong(Wrong::Code));
        }
        Ok(tries::take_back(conn, self.attempt).await?)
    }
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
    let (token, strength) =
        session::strengthen(conn, now, token, Strength::Two).await?.ok_or(Refusal::SignIn)?;
    let device = sign_in::settle(conn, now, person, strength, action, from).await?;
    Ok(Entered { token, device, strength, person })
}

/// Who has just set up their first second factor has shown it: this session gets a new token and is worth more than a
/// password alone. Every other session of theirs ends, for it began with less than is asked for from now on. Whoever
/// had a second factor before goes on as they are.
pub(super) async fn raise<W: std::error::Error>(
    conn: &mut Conn<'_>,
    now: Millis,
    own: &Own,
    token: &Token,
) -> Result<Option<Token>, Stop<W>> {
    if own.had.is_set_up() {
        return Ok(None);
    }
    let strength = match own.permit.actor() {
        Actor::Person(wearer) if wearer.strength == Strength::Password => Strength::Two,
        Actor::Person(wearer) => wearer.strength,
        Actor::Machine => return Ok(None),
    };
    // Of two sessions that set up a first one at the same moment, one is ended by the other and adds nothing.
    let (token, _) = session::strengthen(conn, now, token, strength).await?.ok_or(Refusal::SignIn)?;
    session::end_but(conn, own.id, &token).await?;
    Ok(Some(token))
}

/// Somebody who may change their own keys.
pub(super) struct Own {
    pub(super) id: PersonId,
    pub(super) permit: Permit<ChangeOwnKeys>,
    /// What they had set up before.
    pub(super) had: Factors,
}

/// May the actor change their own keys? A password alone reaches none once there is a second factor.
pub(super) async fn own_keys<W: std::error::Error>(
    conn: &mut Conn<'_>,
    clock: &Clock,
    actor: &Actor,
) -> Result<Own, Stop<W>> {
    let id = actor.person().ok_or(Refusal::SignIn)?;
    let permit = found::<ChangeOwnKeys>(actor, person::subject(conn, clock, id).await?)?;
    let had = of(conn, id).await?;
    match actor {
        // It was looked at when the request came; a factor may have come in between.
        Actor::Person(wearer) if worth_now(wearer.strength, had.is_set_up()) == Strength::Half => {
            Err(Refusal::SecondFactor.into())
        }
        _ => Ok(Own { id, permit, had }),
    }
}

/// The roles somebody has now.
pub(super) async fn roles(conn: &mut Conn<'_>, person: PersonId) -> Result<Vec<Role>, Fault> {
    Ok(role::of(conn, person).await?.into_iter().map(|grant| grant.role).collect())
}

/// What a teacher's new card ends with the old one: all keys of somebody who is a student and nothing else. Whoever has
/// another role here has keys of their own, which are no teacher's.
pub(super) async fn forget_students(conn: &mut Conn<'_>, student: PersonId) -> Result<(), Fault> {
    if roles(conn, student).await?.iter().all(|role| *role == Role::Student) {
        forget(conn, student).await?;
    }
    Ok(())
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
