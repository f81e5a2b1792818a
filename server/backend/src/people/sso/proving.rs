//! Is it still they, whom only a district knows?
//!
//! They have no key here with which to show it, so they sign in at their district once more, and its provider says when
//! they did. That they are signed in there is no proof, nor is a word without a time. The session goes on under a new
//! token; it becomes nobody else's, and no surer than it was.

use super::account::{self, Meant};
use super::said::Said;
use super::{Asked, Leaving, Providers, Setting, Wrong, has_own_keys, leave, store};
use crate::clock::{Clock, Millis};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::people::organisation::Organisation;
use crate::people::proof;
use crate::people::session::Session;
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::PersonId;
use domain::people::factor::signed_in_again;
use domain::policy::Refusal;

/// The district at which somebody shows once more who they are: the one that answered for this session, of an account
/// that has no keys of its own.
///
/// # Errors
/// [`Fault::Database`].
pub async fn asks_again(database: &Database, session: &Session) -> Result<Option<Organisation>, Fault> {
    let Some(by) = session.vouched_by else { return Ok(None) };
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    if has_own_keys(&mut conn, session.wearer.person).await? {
        return Ok(None);
    }
    Ok(store::listed(&mut conn).await?.into_iter().find(|organisation| organisation.id == by))
}

/// Sends the browser of who is signed in to their district, to sign in there again. `leaving` names the one of
/// [`asks_again`].
///
/// # Errors
/// A refusal for who has another way, or is to leave for another district; [`Wrong::NoDistrict`], [`Wrong::Away`]; a
/// fault of the database or of chance.
pub async fn begin_again(
    database: &Database,
    clock: &Clock,
    providers: &Providers,
    session: &Session,
    leaving: &Leaving<'_>,
) -> Result<Asked, Stop<Wrong>> {
    let asks = asks_again(database, session).await?;
    if asks.is_none_or(|organisation| organisation.id != leaving.organisation) {
        return Err(Refusal::NotYours.into());
    }
    leave(database, clock, providers, leaving, Some(session.wearer.person)).await
}

/// What a provider said, and when it was asked.
pub(super) struct Heard<'a> {
    pub(super) setting: &'a Setting,
    pub(super) said: &'a Said,
    pub(super) tongue: &'a str,
    /// In milliseconds.
    pub(super) asked_at: i64,
}

/// Takes what was said as one more proof of `whose` session. What the district took from them just now is to be kept,
/// also when it is none.
pub(super) async fn again(
    conn: &mut Conn<'_>,
    now: Millis,
    heard: &Heard<'_>,
    whose: PersonId,
    session: Option<(&Session, &Token)>,
) -> Result<Result<Token, Wrong>, Stop<Wrong>> {
    let Heard { setting, said, tongue, asked_at } = heard;
    let theirs = |(session, _): &(&Session, &Token)| {
        session.wearer.person == whose && session.vouched_by == Some(setting.organisation)
    };
    let Some((session, token)) = session.filter(theirs) else { return Ok(Err(Wrong::Expired)) };
    // Nobody new comes in by this door, and nobody else.
    if store::by_subject(conn, &setting.issuer, &said.subject).await? != Some(whose) {
        return Ok(Err(Wrong::Another));
    }
    // They set up a key of their own meanwhile, and have that to show.
    if has_own_keys(conn, whose).await? {
        return Err(Refusal::OwnKeys.into());
    }
    match account::of(conn, now, setting, said, tongue).await? {
        Meant::Comes(_) => {}
        Meant::Proves(_) => return Ok(Err(Wrong::Another)),
        Meant::Stays(wrong) => return Ok(Err(wrong)),
    }
    if !signed_in_again(said.signed_in_at, *asked_at, now.0) {
        return Ok(Err(Wrong::NotAgain));
    }
    match proof::holds(conn, now, session, token, "district").await {
        // With the role that the district took their session ended, too.
        Err(Stop::Refused(_)) => Ok(Err(Wrong::Expired)),
        token => token.map(Ok),
    }
}
