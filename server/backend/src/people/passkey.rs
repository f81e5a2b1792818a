//! Which passkey is this, and whose? (Web Authentication, level 3)
//!
//! A passkey proves two things at once: its owner has it, and unlocked it with a finger, a face or a PIN. That is asked
//! for each time (`userVerification: required`), so it is a second factor and a whole sign-in alike. Only its public
//! half is here.

mod store;
mod using;

use super::challenge::{self, Purpose};
use super::factors::{self, own_keys};
use super::person;
use crate::clock::{Clock, Millis};
use crate::database::Database;
use crate::database::query::fetch_all;
use crate::fault::Fault;
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::factor::may_be_left_with;
use domain::policy::{Actor, Refusal};
use serde_json::Value;
pub use using::{begin_prove, begin_use, finish_prove, finish_use};
use uuid::Uuid;
use webauthn_rs::prelude::{
    PasskeyRegistration, RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder, WebauthnError,
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
    let id = own_keys(&mut conn, clock, actor).await?.id;
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

/// Takes the new passkey that the actor's browser made. When it is their first second factor they are signed out
/// everywhere else, and this gives a token in place of the session's.
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
    let own = own_keys(&mut conn, clock, actor).await?;
    if !store::insert(&mut conn, &own.permit, now, &key, name).await? {
        return Err(Stop::Wrong(Wrong::Known));
    }
    factors::changed(&mut conn, now, &own.permit, "a passkey was added").await?;
    let token = factors::raise(&mut conn, now, &own, session).await?;
    transaction.commit().await?;
    Ok(token)
}

/// The owner's passkeys, oldest first.
///
/// # Errors
/// A refusal; a fault of the database.
pub async fn own(database: &Database, clock: &Clock, actor: &Actor) -> Result<Vec<Kept>, Stop<Wrong>> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let id = own_keys(&mut conn, clock, actor).await?.id;
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
    let permit = own_keys(&mut conn, clock, actor).await?.permit;
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
    let factors::Own { id: person, permit, had } = own_keys(&mut conn, clock, actor).await?;
    let roles = factors::roles(&mut conn, person).await?;
    if store::delete(&mut conn, &permit, id).await? {
        if !may_be_left_with(had.without_a_passkey(), &roles) {
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
