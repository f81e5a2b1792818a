//! Which passkey is this, and whose? (Web Authentication, level 3)
//!
//! A passkey proves two things at once: its owner has it, and unlocked it with a finger, a face or a PIN. That is asked
//! for each time (`userVerification: required`), so it is a second factor and a whole sign-in alike. Only its public
//! half is here.

mod store;

use super::challenge::{self, Purpose};
use super::factors::{self, own_keys};
use super::person;
use super::session::Session;
use super::sign_in::{self, Entered, From};
use crate::clock::{Clock, Millis};
use crate::database::Database;
use crate::database::query::fetch_all;
use crate::fault::Fault;
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::PersonId;
use domain::people::factor::may_be_left_with;
use domain::policy::{Actor, Refusal, Strength};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder, WebauthnError,
};

/// Most passkeys that one person keeps.
const MOST: usize = 20;

/// Longest name of a passkey, in characters.
pub const LONGEST_NAME: usize = 60;

/// The site as browsers know it: a passkey is good there and nowhere else.
#[derive(Debug)]
pub struct Site(Webauthn);

/// What the browser is asked.
#[derive(Debug)]
pub struct Asked {
    /// For the browser's cookie, for [`LIVES`].
    pub token: Token,
    /// `PublicKeyCredentialCreationOptionsJSON`, or `..RequestOptionsJSON`.
    pub options: String,
}

/// What the browser answered.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// Of its cookie.
    pub token: &'a Token,
    /// `RegistrationResponseJSON`, or `AuthenticationResponseJSON`.
    pub json: &'a str,
}

/// For how long an answer is waited for, in milliseconds.
pub const LIVES: i64 = challenge::LIVES;

/// A passkey in its owner's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its row.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Since when it is there.
    pub made_at: Millis,
    /// When it was used last.
    pub used_at: Option<Millis>,
}

/// What is being used: one of somebody's known passkeys, or whichever the browser has.
#[derive(Serialize, Deserialize)]
enum Using {
    Known(PasskeyAuthentication),
    Any(DiscoverableAuthentication),
}

/// What can be wrong with a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The answer came too late, a second time, or from another browser.
    #[error("nothing waits for this answer (any more)")]
    Expired,
    /// The browser did not make one that can be kept.
    #[error("this is no passkey that can be kept")]
    NotTaken,
    /// Somebody has this passkey already.
    #[error("this passkey is there already")]
    Known,
    /// It is no passkey of anybody who may sign in, or none of this person.
    #[error("this passkey opens nothing")]
    NoKey,
    /// A name has 1 to [`LONGEST_NAME`] characters.
    #[error("this is no name for a passkey")]
    Name,
    /// Twenty are enough.
    #[error("there are enough passkeys")]
    TooMany,
    /// Who must have a second factor keeps the last one.
    #[error("this is the last second factor of somebody who must have one")]
    LastOne,
}

impl Site {
    /// The site at an origin such as `https://pathways.example.org`; none where browsers have no passkeys: at a bare
    /// number, or without TLS other than on one's own machine.
    pub fn at(origin: &str) -> Option<Site> {
        let origin = Url::parse(origin).ok()?;
        let host = origin.domain()?.to_owned();
        let safe = origin.scheme() == "https" || host == "localhost";
        let site = WebauthnBuilder::new(&host, &origin).ok()?.rp_name("Pathways").build().ok()?;
        safe.then_some(Site(site))
    }
}

/// Asks the actor's browser for a new passkey.
///
/// # Errors
/// [`Wrong::TooMany`]; a refusal; a fault of the database or of chance.
pub async fn begin_make(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    site: &Site,
) -> Result<Asked, Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let (id, _) = own_keys(&mut conn, clock, actor).await?;
    let somebody = person::by_id(&mut conn, id).await?.ok_or(Refusal::NotYours)?;
    let there = store::all(&mut conn, id).await?;
    if there.len() >= MOST {
        return Err(Stop::Wrong(Wrong::TooMany));
    }
    let there = there.iter().map(|key| key.cred_id().clone()).collect();
    let name = somebody.email.clone().unwrap_or_else(|| somebody.name());
    let handle = Uuid::parse_str(&id.to_string()).unwrap_or_default();
    let (options, state) = site
        .0
        .start_passkey_registration(handle, &name, &somebody.name(), Some(there))
        .map_err(|cause| unasked(&cause))?;
    let mut options = serde_json::to_value(options).unwrap_or_default()["publicKey"].take();
    // A key that knows whose it is can sign in without an address; one that has no room for that is fine, too.
    options["authenticatorSelection"]["residentKey"] = Value::from("preferred");
    let token = challenge::keep(&mut conn, clock.now(), Purpose::Make, Some(id), &state).await?;
    transaction.commit().await?;
    Ok(Asked { token, options: options.to_string() })
}

/// Takes the new passkey that the actor's browser made. Gives a token in place of the session's when that is worth
/// more now.
///
/// # Errors
/// [`Wrong::Expired`], [`Wrong::NotTaken`], [`Wrong::Known`], [`Wrong::Name`]; a refusal; a fault of the database.
pub async fn finish_make(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    session: &Token,
    site: &Site,
    answer: &Answered<'_>,
    name: &str,
) -> Result<Option<Token>, Stop<Wrong>> {
    let name = checked_name(name)?;
    let now = clock.now();
    let taken = challenge::take::<PasskeyRegistration>(database, now, Purpose::Make, answer.token).await?;
    let taken = taken.filter(|taken| taken.person == actor.person()).ok_or(Stop::Wrong(Wrong::Expired))?;
    let answer: RegisterPublicKeyCredential =
        serde_json::from_str(answer.json).map_err(|_| Stop::Wrong(Wrong::NotTaken))?;
    let key = site.0.finish_passkey_registration(&answer, &taken.state);
    let key = key.map_err(|_| Stop::Wrong(Wrong::NotTaken))?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let (_, permit) = own_keys(&mut conn, clock, actor).await?;
    if !store::insert(&mut conn, &permit, now, &key, name).await? {
        return Err(Stop::Wrong(Wrong::Known));
    }
    factors::changed(&mut conn, now, &permit, "a passkey was added").await?;
    let token = factors::raise(&mut conn, now, actor, session).await?;
    transaction.commit().await?;
    Ok(token)
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
    let token = challenge::keep(&mut conn, clock.now(), Purpose::Use, whose, &state).await?;
    transaction.commit().await?;
    Ok(Asked { token, options: options.to_string() })
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
    let taken = challenge::take::<Using>(database, now, Purpose::Use, answer.token).await?;
    let taken = taken.filter(|taken| taken.person == whose).ok_or(Stop::Wrong(Wrong::Expired))?;
    let answer: PublicKeyCredential =
        serde_json::from_str(answer.json).map_err(|_| Stop::Wrong(Wrong::NoKey))?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let found = store::by_credential(&mut conn, answer.get_credential_id()).await?;
    let found = found.ok_or(Stop::Wrong(Wrong::NoKey))?;
    let owner = found.owner;
    let says = answer.get_user_unique_id().and_then(|handle| Uuid::from_slice(handle).ok());
    let says = says.map(PersonId::new);
    let (shown, theirs) = match taken.state {
        Using::Known(state) => {
            (site.0.finish_passkey_authentication(&answer, &state), says.is_none_or(|says| says == owner))
        }
        Using::Any(state) => {
            let key = DiscoverableKey::from(&found.key);
            (site.0.finish_discoverable_authentication_v2(&answer, state, key), says == Some(owner))
        }
    };
    let shown = shown.map_err(|_| Stop::Wrong(Wrong::NoKey))?;
    let somebody = person::by_id(&mut conn, owner).await?;
    let may = somebody.is_some_and(|person| person.suspended_at.is_none());
    let theirs = theirs && whose.is_none_or(|whose| whose == owner);
    let verified = may && theirs && shown.user_verified();
    if !verified || !store::used(&mut conn, now, found, &shown).await? {
        return Err(Stop::Wrong(Wrong::NoKey));
    }
    let entered = match half {
        Some((_, token)) => factors::whole(&mut conn, now, token, owner, "PasskeyShown", from).await?,
        None => sign_in::enter_as(&mut conn, now, owner, Strength::Two, from).await?,
    };
    transaction.commit().await?;
    Ok(entered)
}

/// The owner's passkeys, oldest first.
///
/// # Errors
/// A refusal; a fault of the database.
pub async fn own(database: &Database, clock: &Clock, actor: &Actor) -> Result<Vec<Kept>, Stop<Wrong>> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let (id, _) = own_keys(&mut conn, clock, actor).await?;
    let rows = fetch_all!(
        &mut conn,
        (String, String, Millis, Option<Millis>),
        "select id, name, made_at, used_at from passkey where person_id = $1 order by made_at, id",
        id.to_string(),
    )?;
    Ok(rows.into_iter().map(|(id, name, made_at, used_at)| Kept { id, name, made_at, used_at }).collect())
}

/// Calls one of the actor's passkeys something else.
///
/// # Errors
/// [`Wrong::Name`]; a refusal; a fault of the database.
pub async fn rename(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    id: &str,
    name: &str,
) -> Result<(), Stop<Wrong>> {
    let name = checked_name(name)?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let (_, permit) = own_keys(&mut conn, clock, actor).await?;
    store::rename(&mut conn, &permit, id, name).await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes one of the actor's passkeys away. That it is gone already is fine.
///
/// # Errors
/// [`Wrong::LastOne`] for who must have a second factor; a refusal; a fault of the database.
pub async fn remove(database: &Database, clock: &Clock, actor: &Actor, id: &str) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let (person, permit) = own_keys(&mut conn, clock, actor).await?;
    let (has, roles) = (factors::of(&mut conn, person).await?, factors::roles(&mut conn, person).await?);
    if store::delete(&mut conn, &permit, id).await? {
        if !may_be_left_with(has.without_a_passkey(), &roles) {
            return Err(Stop::Wrong(Wrong::LastOne));
        }
        factors::changed(&mut conn, clock.now(), &permit, "a passkey was taken away").await?;
    }
    transaction.commit().await?;
    Ok(())
}

fn checked_name(name: &str) -> Result<&str, Stop<Wrong>> {
    let name = name.trim();
    let fine = (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fine { Ok(name) } else { Err(Stop::Wrong(Wrong::Name)) }
}

fn unasked(cause: &WebauthnError) -> Fault {
    Fault::Passkey(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_a_name_of_the_site_and_a_safe_way_to_it() {
        for (origin, good) in [
            ("https://pathways.example.org", true),
            ("https://pathways.example.org:8443", true),
            ("http://localhost:3000", true),
            ("http://127.0.0.1:3000", false),
            ("http://pathways.example.org", false),
            ("https://[::1]", false),
            ("pathways.example.org", false),
            ("", false),
        ] {
            assert_eq!(Site::at(origin).is_some(), good, "{origin}");
        }
    }

    #[test]
    fn a_name_is_something_to_tell_a_passkey_by() {
        for (name, good) in
            [(" Phone ", true), ("Teléfono de Rosa", true), ("", false), ("  ", false), ("a\nb", false)]
        {
            assert_eq!(checked_name(name).is_ok(), good, "{name:?}");
        }
        assert!(checked_name(&"a".repeat(61)).is_err());
    }
}
