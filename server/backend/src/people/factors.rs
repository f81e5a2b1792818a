//! Which second factors has somebody, and how is one shown?
//!
//! Wrong codes are counted by person, since only who got past the password can try one: after ten in six hours none is
//! looked at. Three codes of a million are right at a time, so a whole year of guessing finds one with a chance of 4 %,
//! and leaves a line in the audit each time the limit is met.

use super::{person, recovery, role, totp};
use crate::admin::audit;
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_one};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use crate::secret;
use crate::stop::Stop;
use domain::people::factor::Factors;
use domain::people::{PersonId, RecoveryCode, Role};
use domain::policy::table::ChangeOwnKeys;
use domain::policy::{Actor, Permit, Refusal, Wearer, permit};
use uuid::Uuid;

/// How many wrong codes are looked at in [`SPAN`].
const MOST_WRONG: i64 = 10;

/// The time in which wrong codes are counted together, in milliseconds.
const SPAN: i64 = 6 * 3_600_000;

/// What can be wrong with a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The code is not right, or was used before.
    #[error("this is not a code that is right now")]
    Code,
    /// Too many wrong codes; the next is looked at hours later.
    #[error("too many wrong codes")]
    TooMany,
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

/// Shows a code as the second factor of somebody whose password was right. That it was right is written; raising the
/// session is the caller's.
///
/// # Errors
/// [`Wrong::Code`], [`Wrong::TooMany`]; [`Refusal::SignIn`] for whom no one is; a fault of the database.
pub async fn show(
    database: &Database,
    clock: &Clock,
    wearer: &Wearer,
    typed: Typed<'_>,
) -> Result<(), Stop<Wrong>> {
    // A hash that is slow on purpose is made before anything is locked.
    let hash = match typed {
        Typed::Recovery(typed) => match typed.parse::<RecoveryCode>() {
            Ok(code) => Some(recovery::stored(wearer.person, code).await?),
            Err(_) => None,
        },
        Typed::App(_) => None,
    };
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let now = clock.now();
    let somebody = person::by_id(&mut conn, wearer.person).await?;
    if somebody.is_none_or(|person| person.suspended_at.is_some()) {
        return Err(Refusal::SignIn.into());
    }
    let subject = subject(wearer.person);
    if wrong_since(&mut conn, &subject, Millis(now.0 - SPAN)).await? >= MOST_WRONG {
        return Err(Stop::Wrong(Wrong::TooMany));
    }
    let (right, what) = match (typed, &hash) {
        (Typed::App(typed), _) => {
            (totp::spend(&mut conn, now, wearer.person, typed).await?, "by a code of the app")
        }
        (Typed::Recovery(_), Some(hash)) => {
            (recovery::spend(&mut conn, now, wearer.person, hash).await?, "by a recovery code")
        }
        (Typed::Recovery(_), None) => (false, ""),
    };
    if !right {
        if note_wrong(&mut conn, now, &subject).await? == MOST_WRONG {
            note(&mut conn, now, wearer, "ten wrong codes").await?;
        }
        transaction.commit().await?;
        return Err(Stop::Wrong(Wrong::Code));
    }
    note(&mut conn, now, wearer, what).await?;
    transaction.commit().await?;
    Ok(())
}

async fn note(conn: &mut Conn<'_>, at: Millis, wearer: &Wearer, detail: &str) -> Result<(), Fault> {
    let (actor, subject) = (&Actor::Person(*wearer), Some(wearer.person));
    audit::add(conn, &audit::Line { at, actor, action: "SecondFactor", subject, detail }).await
}

/// What wrong codes of a person are counted under.
fn subject(person: PersonId) -> String {
    secret::stored("wrong second factor", person.to_string().as_bytes())
}

async fn wrong_since(conn: &mut Conn<'_>, subject: &str, since: Millis) -> Result<i64, Fault> {
    let (wrong,) = fetch_one!(
        conn,
        (i64,),
        "select cast(count(*) as bigint) from wrong_try where subject = $1 and at > $2",
        subject,
        since,
    )?;
    Ok(wrong)
}

async fn note_wrong(conn: &mut Conn<'_>, now: Millis, subject: &str) -> Result<i64, Fault> {
    execute!(
        conn,
        "insert into wrong_try (id, subject, at) values ($1, $2, $3)",
        Uuid::now_v7().to_string(),
        subject,
        now,
    )?;
    wrong_since(conn, subject, Millis(now.0 - SPAN)).await
}

/// May the actor change their own keys?
pub(super) async fn own_keys<W: std::error::Error>(
    conn: &mut Conn<'_>,
    clock: &Clock,
    actor: &Actor,
) -> Result<(PersonId, Permit<ChangeOwnKeys>), Stop<W>> {
    let id = actor.person().ok_or(Refusal::SignIn)?;
    let subject = person::subject(conn, clock, id).await?.ok_or(Refusal::NotYours)?;
    Ok((id, permit::<ChangeOwnKeys>(actor, subject)?))
}

/// The roles somebody has now.
pub(super) async fn roles(conn: &mut Conn<'_>, person: PersonId) -> Result<Vec<Role>, Fault> {
    Ok(role::of(conn, person).await?.into_iter().map(|grant| grant.role).collect())
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
