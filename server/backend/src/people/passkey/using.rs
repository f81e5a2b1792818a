//! Whose passkey does a browser show, and what is that worth: a sign-in, a second step, or one more proof?

use super::{Answered, Asked, Site, Wrong, store, unasked};
use crate::clock::{Clock, Millis};
use crate::database::{Conn, Database};
use crate::people::challenge::{self, Purpose};
use crate::people::session::Session;
use crate::people::sign_in::{self, Entered, From};
use crate::people::{factors, person, proof};
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::PersonId;
use domain::policy::Strength;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, PasskeyAuthentication, PublicKeyCredential,
};

/// What is being used: one of somebody's known passkeys, or whichever the browser has.
#[derive(Serialize, Deserialize)]
enum Using {
    Known(PasskeyAuthentication),
    Any(DiscoverableAuthentication),
}

/// What came back, with what it is checked against.
struct Shown {
    state: Using,
    credential: PublicKeyCredential,
}

/// Asks a browser for a passkey: one of a person whose password was right, or anybody's.
///
/// # Errors
/// [`Wrong::NoKey`] when the person has none; a fault of the database or of chance.
pub async fn begin_use(
    database: &Database,
    clock: &Clock,
    site: &Site,
    whose: Option<PersonId>,
) -> Result<Asked, Stop<Wrong>> {
    ask(database, clock, site, whose, Purpose::Use).await
}

/// Signs in whose passkey a browser showed: alone, or as the second factor of `half` a sign-in, which is a whole one
/// from then on.
///
/// # Errors
/// [`Wrong::Expired`], and [`Wrong::NoKey`] for whatever is not right, without saying what; a refusal when the half
/// ended meanwhile; a fault of the database.
pub async fn finish_use(
    database: &Database,
    clock: &Clock,
    site: &Site,
    answer: &Answered<'_>,
    half: Option<(&Session, &Token)>,
    from: &From<'_>,
) -> Result<Entered, Stop<Wrong>> {
    let whose = half.map(|(session, _)| session.wearer.person);
    let now = clock.now();
    let shown = take(database, now, answer, whose, Purpose::Use).await?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let owner = owner(&mut conn, now, site, shown, whose).await?;
    let entered = match half {
        Some((_, token)) => factors::whole(&mut conn, now, token, owner, "PasskeyShown", from).await?,
        None => sign_in::enter_as(&mut conn, now, owner, Strength::Two, from).await?,
    };
    transaction.commit().await?;
    Ok(entered)
}

/// Asks for a passkey of whoever is signed in, to show once more who they are.
///
/// # Errors
/// [`Wrong::NoKey`] when they have none; a fault of the database or of chance.
pub async fn begin_prove(
    database: &Database,
    clock: &Clock,
    site: &Site,
    session: &Session,
) -> Result<Asked, Stop<Wrong>> {
    ask(database, clock, site, Some(session.wearer.person), Purpose::Prove).await
}

/// Takes the passkey of whoever is signed in as one more proof of who they are. Gives a token in place of the session's.
///
/// # Errors
/// Those of [`finish_use`].
pub async fn finish_prove(
    database: &Database,
    clock: &Clock,
    site: &Site,
    answer: &Answered<'_>,
    session: &Session,
    token: &Token,
) -> Result<Token, Stop<Wrong>> {
    let whose = Some(session.wearer.person);
    let now = clock.now();
    let shown = take(database, now, answer, whose, Purpose::Prove).await?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    owner(&mut conn, now, site, shown, whose).await?;
    let token = proof::holds(&mut conn, now, session, token, "passkey").await?;
    transaction.commit().await?;
    Ok(token)
}

async fn ask(
    database: &Database,
    clock: &Clock,
    site: &Site,
    whose: Option<PersonId>,
    purpose: Purpose,
) -> Result<Asked, Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let (options, state) = if let Some(person) = whose {
        let there = store::all(&mut conn, person).await?;
        if there.is_empty() {
            return Err(Stop::Wrong(Wrong::NoKey));
        }
        let begun = site.0.start_passkey_authentication(&there);
        let (options, state) = begun.map_err(|cause| unasked(&cause))?;
        (options, Using::Known(state))
    } else {
        let begun = site.0.start_discoverable_authentication();
        let (options, state) = begun.map_err(|cause| unasked(&cause))?;
        (options, Using::Any(state))
    };
    let options = serde_json::to_value(options).unwrap_or_default()["publicKey"].take();
    let token = challenge::keep(&mut conn, clock.now(), purpose, whose, &state).await?;
    transaction.commit().await?;
    Ok(Asked { token, options: options.to_string() })
}

/// Takes what was asked of this person, or of anybody, out for good.
async fn take(
    database: &Database,
    now: Millis,
    answer: &Answered<'_>,
    whose: Option<PersonId>,
    purpose: Purpose,
) -> Result<Shown, Stop<Wrong>> {
    let taken = challenge::take::<Using>(database, now, purpose, answer.token).await?;
    let taken = taken.filter(|taken| taken.person == whose).ok_or(Stop::Wrong(Wrong::Expired))?;
    let credential = serde_json::from_str(answer.json).map_err(|_| Stop::Wrong(Wrong::NoKey))?;
    Ok(Shown { state: taken.state, credential })
}

/// Whose passkey it is, if all about it is right and it is that of `whose`.
async fn owner(
    conn: &mut Conn<'_>,
    now: Millis,
    site: &Site,
    Shown { state, credential }: Shown,
    whose: Option<PersonId>,
) -> Result<PersonId, Stop<Wrong>> {
    let found = store::by_credential(conn, credential.get_credential_id()).await?;
    let found = found.ok_or(Stop::Wrong(Wrong::NoKey))?;
    let owner = found.owner;
    let says = credential.get_user_unique_id().and_then(|handle| Uuid::from_slice(handle).ok());
    let says = says.map(PersonId::new);
    let (shown, theirs) = match state {
        Using::Known(state) => {
            (site.0.finish_passkey_authentication(&credential, &state), says.is_none_or(|says| says == owner))
        }
        Using::Any(state) => {
            let key = DiscoverableKey::from(&found.key);
            (site.0.finish_discoverable_authentication_v2(&credential, state, key), says == Some(owner))
        }
    };
    let shown = shown.map_err(|_| Stop::Wrong(Wrong::NoKey))?;
    let somebody = person::by_id(conn, owner).await?;
    let may = somebody.is_some_and(|person| person.suspended_at.is_none());
    let theirs = theirs && whose.is_none_or(|whose| whose == owner);
    let verified = may && theirs && shown.user_verified() && !is_framed(&credential);
    if !verified || !store::used(conn, now, found, &shown).await? {
        return Err(Stop::Wrong(Wrong::NoKey));
    }
    Ok(owner)
}

/// Whether it was shown inside a page of another site (Web Authentication, 7.2, step 14): none of ours stands in one.
fn is_framed(credential: &PublicKeyCredential) -> bool {
    let said = serde_json::from_slice::<Value>(&credential.response.client_data_json);
    !said.is_ok_and(|said| matches!(said["crossOrigin"], Value::Null | Value::Bool(false)))
}
