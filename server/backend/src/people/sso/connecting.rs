//! How is an account that has keys of its own connected with a district, and disconnected from it?
//!
//! Not by an address: a provider can say any. What the provider said waits, while the owner signs in with their own
//! keys, and is taken up by them.

use super::{Setting, Wrong, store};
use crate::clock::{Clock, Millis};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::people::challenge::{self, Purpose};
use crate::people::organisation::Organisation;
use crate::people::{factors, session};
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::{OrganisationId, PersonId};
use domain::policy::{Actor, Refusal, Strength};
use serde::{Deserialize, Serialize};

/// What waits for its owner.
#[derive(Serialize, Deserialize)]
struct Waiting {
    organisation: String,
    issuer: String,
    subject: String,
}

/// Whether an account has a password or a second factor: then it is opened with those before anybody else answers for
/// its owner.
pub(in crate::people) async fn has_own_keys(conn: &mut Conn<'_>, person: PersonId) -> Result<bool, Fault> {
    Ok(factors::of(conn, person).await?.is_set_up() || store::has_password(conn, person).await?)
}

/// Keeps what a provider said until the owner of the account has shown their own keys, in this browser.
pub(super) async fn wait(
    conn: &mut Conn<'_>,
    now: Millis,
    setting: &Setting,
    subject: &str,
    person: PersonId,
) -> Result<Token, Fault> {
    let waiting = Waiting {
        organisation: setting.organisation.to_string(),
        issuer: setting.issuer.clone(),
        subject: subject.to_owned(),
    };
    challenge::keep(conn, now, Purpose::Connect, Some(person), &waiting).await
}

/// May who is signed in connect their account with a district? Asked before the page is shown, so that a proof that is
/// asked for leads back to it.
///
/// # Errors
/// A refusal for who did not show their own keys; a fault of the database.
pub async fn may_connect(database: &Database, clock: &Clock, actor: &Actor) -> Result<(), Stop<Wrong>> {
    own(&mut database.lease().await?.conn(), clock, actor).await.map(drop)
}

async fn own(conn: &mut Conn<'_>, clock: &Clock, actor: &Actor) -> Result<factors::Own, Stop<Wrong>> {
    // A card is a student's, and opens no more than that.
    if matches!(actor, Actor::Person(wearer) if wearer.strength < Strength::Password) {
        return Err(Refusal::OwnKeys.into());
    }
    factors::own_keys(conn, clock, actor).await
}

/// Connects the account of who is signed in with what a district said in this browser: from then on it may answer for
/// them. `organisation` is the one that they were asked about.
///
/// # Errors
/// [`Wrong::Expired`] when nothing waits for this person, [`Wrong::NoDistrict`], [`Wrong::NotInvited`] when one of them
/// is connected otherwise by now; a refusal for who did not show their own keys; a fault of the database.
pub async fn connect(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    organisation: OrganisationId,
    token: &Token,
) -> Result<(), Stop<Wrong>> {
    let now = clock.now();
    // What waits is not used up by somebody who may not.
    may_connect(database, clock, actor).await?;
    let taken = challenge::take::<Waiting>(database, now, Purpose::Connect, token).await?;
    let taken = taken.filter(|taken| taken.person == actor.person()).ok_or(Stop::Wrong(Wrong::Expired))?;
    let waiting = taken.state;
    if waiting.organisation != organisation.to_string() {
        return Err(Stop::Wrong(Wrong::Expired));
    }
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let factors::Own { id: person, permit, .. } = own(&mut conn, clock, actor).await?;
    let setting = store::by_organisation(&mut conn, organisation).await?;
    setting.filter(|setting| setting.issuer == waiting.issuer).ok_or(Stop::Wrong(Wrong::NoDistrict))?;
    let known = store::by_subject(&mut conn, &waiting.issuer, &waiting.subject).await?;
    if known.is_some() || store::is_linked(&mut conn, &waiting.issuer, person).await? {
        return Err(Stop::Wrong(Wrong::NotInvited));
    }
    store::link(&mut conn, &waiting.issuer, &waiting.subject, person).await?;
    let detail = format!("connected with the sign-in of {organisation}");
    factors::changed(&mut conn, now, &permit, &detail).await?;
    transaction.commit().await?;
    Ok(())
}

/// The organisations whose sign-in may answer for somebody, by name.
///
/// # Errors
/// [`Fault::Database`].
pub async fn connected(database: &Database, person: PersonId) -> Result<Vec<Organisation>, Fault> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let ids = store::connected(&mut conn, person).await?;
    let all = store::listed(&mut conn).await?;
    Ok(all.into_iter().filter(|organisation| ids.contains(&organisation.id)).collect())
}

/// Disconnects the account of who is signed in from a district: it answers for them no longer, its sessions end, and so
/// do the roles that it gave. When it names them again, they say yes to it again first. Nothing happens when they are
/// not connected.
///
/// # Errors
/// [`Wrong::NoDistrict`]; a refusal for who did not show their own keys, or has none to come back with; a fault of the
/// database.
pub async fn disconnect(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    organisation: OrganisationId,
) -> Result<(), Stop<Wrong>> {
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let factors::Own { id: person, permit, had } = own(&mut conn, clock, actor).await?;
    // An app alone opens nothing.
    if had.passkeys == 0 && !store::has_password(&mut conn, person).await? {
        return Err(Refusal::OwnKeys.into());
    }
    let setting = store::by_organisation(&mut conn, organisation).await?;
    let setting = setting.ok_or(Stop::Wrong(Wrong::NoDistrict))?;
    // Whoever comes in by it at this moment is in by now, or will not be named any more.
    if !store::hold(&mut conn, &setting).await? {
        return Err(Stop::Wrong(Wrong::NoDistrict));
    }
    if !store::is_linked(&mut conn, &setting.issuer, person).await? {
        return Ok(());
    }
    store::cut(&mut conn, now, person, &setting.issuer, Some(organisation)).await?;
    session::end_vouched(&mut conn, organisation, Some(person)).await?;
    let detail = format!("disconnected from the sign-in of {organisation}");
    factors::changed(&mut conn, now, &permit, &detail).await?;
    transaction.commit().await?;
    Ok(())
}
