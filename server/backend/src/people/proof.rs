//! Is it still they? Asked before what gives lasting access, when they showed it a while ago.
//!
//! One thing is enough with which they could begin to sign in: the password, a passkey, a code of the app, a code from
//! paper. The session goes on under a new token, so that a copy of the old one has no part in it. Wrong tries are
//! counted by person, together with those at the second step and at changing the password.

use super::factors::{self, Trying};
use super::session::{self, Session};
use super::tries::{self, Try};
use super::{account, password};
use crate::admin::audit::{self, Line};
use crate::clock::{Clock, Millis};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::seal::Key;
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::PersonId;
use domain::people::factor::Factors;
use domain::policy::Refusal;

/// Why it does not show who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It does not fit.
    #[error("this does not fit")]
    NoMatch,
    /// Too many wrong tries.
    #[error("too many wrong tries")]
    Wait {
        /// Until when, in minutes from now, rounded up.
        minutes: i64,
    },
    /// What the codes of the app are made from cannot be opened.
    #[error("the codes of this app cannot be checked")]
    Unreadable,
}

/// What somebody typed to show who they are.
#[derive(Clone, Copy, Debug)]
pub enum Typed<'a> {
    /// Their password.
    Password(&'a str),
    /// A code.
    Code(factors::Typed<'a>),
}

/// With what somebody can show who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    /// A password.
    pub password: bool,
    /// Passkeys, an app, codes from paper.
    pub has: Factors,
}

/// With what somebody can show who they are; who has nothing of it signs in once more.
///
/// # Errors
/// [`Fault::Database`].
pub async fn ways(database: &Database, person: PersonId) -> Result<Ways, Fault> {
    let password = account::has_password(database, person).await?;
    let has = factors::of(&mut database.lease().await?.conn(), person).await?;
    Ok(Ways { password, has })
}

enum Attempt<'a> {
    Password(Try),
    Code(Trying<'a>),
}

/// Takes a password or a code as one more proof of who is signed in. Gives a token in place of the session's.
///
/// # Errors
/// [`Wrong`]; a refusal when the session ended meanwhile; a fault of the database.
pub async fn show(
    database: &Database,
    clock: &Clock,
    key: &Key,
    session: &Session,
    token: &Token,
    typed: Typed<'_>,
) -> Result<Token, Stop<Wrong>> {
    let (person, now) = (session.wearer.person, clock.now());
    let (attempt, detail) = match typed {
        Typed::Password(typed) => (Attempt::Password(fits(database, now, person, typed).await?), "password"),
        Typed::Code(code) => {
            let trying = factors::begin(database, now, key, person, code).await.map_err(told)?;
            let detail = match code {
                factors::Typed::App(_) => "app",
                factors::Typed::Recovery(_) => "recovery code",
            };
            (Attempt::Code(trying), detail)
        }
    };
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    match attempt {
        Attempt::Password(right) => tries::take_back(&mut conn, right).await?,
        Attempt::Code(trying) => trying.spend(&mut conn, now).await.map_err(told)?,
    }
    let token = holds(&mut conn, now, session, token, detail).await?;
    transaction.commit().await?;
    Ok(token)
}

/// A try at the password that was right.
async fn fits(database: &Database, now: Millis, person: PersonId, typed: &str) -> Result<Try, Stop<Wrong>> {
    let kept = account::kept(database, person).await?;
    let attempt = match tries::begin(database, now, &account::tried(person)).await? {
        Ok(attempt) => attempt,
        Err(wait) => return Err(Stop::Wrong(Wrong::Wait { minutes: (wait + 59_999) / 60_000 })),
    };
    if password::fits(typed.to_owned(), kept).await? { Ok(attempt) } else { Err(Stop::Wrong(Wrong::NoMatch)) }
}

fn told(stop: Stop<factors::Wrong>) -> Stop<Wrong> {
    match stop {
        Stop::Wrong(factors::Wrong::Wait { minutes }) => Stop::Wrong(Wrong::Wait { minutes }),
        Stop::Wrong(factors::Wrong::Unreadable) => Stop::Wrong(Wrong::Unreadable),
        Stop::Wrong(_) => Stop::Wrong(Wrong::NoMatch),
        Stop::Refused(refusal) => Stop::Refused(refusal),
        Stop::Fault(fault) => Stop::Fault(fault),
    }
}

/// From now on it holds that they showed who they are.
pub(super) async fn holds<W: std::error::Error>(
    conn: &mut Conn<'_>,
    now: Millis,
    session: &Session,
    token: &Token,
    by: &str,
) -> Result<Token, Stop<W>> {
    let token = session::prove(conn, now, token).await?.ok_or(Refusal::SignIn)?;
    let actor = &session.actor();
    let line = Line { at: now, actor, action: "ProveAgain", subject: actor.person(), detail: by };
    audit::add(conn, &line).await?;
    Ok(token)
}
