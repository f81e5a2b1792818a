//! Whom does a district's own sign-in say this is? (OpenID Connect Core 1.0)
//!
//! The district says who somebody is and, by a claim of its own, what they are there. What that is worth here the
//! operator set: [`Setting`]. A district never makes a student, never speaks for roles that are worn elsewhere
//! ([`district_may_speak_for`](domain::people::factor::district_may_speak_for)), and an address it hands on to
//! somebody new does not hand on an account.

mod account;
mod provider;
mod store;

use super::challenge::{self, Purpose};
use super::organisation::{self, Organisation};
use super::sign_in::{self, Entered, From};
use crate::admin::audit::{self, Line};
use crate::clock::Clock;
use crate::database::Database;
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::{OrganisationId, Role};
use domain::policy::table::MakeOrganisation;
use domain::policy::{Actor, Everything, Strength, permit};
pub use provider::Providers;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How long the browser may be away at the district's, in milliseconds.
pub const LIVES: i64 = challenge::LIVES;

/// Who answers for the people of an organisation, and what their words mean here.
#[derive(Clone, PartialEq, Eq)]
pub struct Setting {
    /// Whose people.
    pub organisation: OrganisationId,
    /// The provider, exactly as it writes itself: `https://login.example.org`.
    pub issuer: String,
    /// What the provider calls Pathways.
    pub client_id: String,
    /// What Pathways proves that with.
    pub client_secret: String,
    /// The claim that names roles: a word, or a list of words.
    pub role_claim: String,
    /// What those words mean here.
    pub role_map: BTreeMap<String, Role>,
}

/// The secret stays out of every log.
impl std::fmt::Debug for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setting")
            .field("organisation", &self.organisation)
            .field("issuer", &self.issuer)
            .field("role_claim", &self.role_claim)
            .field("role_map", &self.role_map)
            .finish_non_exhaustive()
    }
}

/// Why a setting is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSetting {
    /// It is not there (any more), or nothing was set for it.
    #[error("there is no such organisation, or it has no sign-in of its own")]
    Organisation,
    /// The words of who somebody is must not travel in the open.
    #[error("an issuer is an https:// address without query or fragment (http:// only on this machine)")]
    Issuer,
    /// Without these there is no sign-in.
    #[error("client id, client secret and role claim are all needed")]
    Missing,
    /// Students come by roster, guardians by paper, operators by the command line; others are worn elsewhere.
    #[error("the role {} cannot be given by the sign-in of a {kind}", .role.slug())]
    Role {
        /// Which one.
        role: Role,
        /// What the organisation is.
        kind: &'static str,
    },
    /// Another organisation has this issuer.
    #[error("another organisation has this issuer")]
    Taken,
}

/// Why nobody came of a district's sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The answer came too late, a second time, or to a browser that did not ask.
    #[error("nothing waits for this answer (any more)")]
    Expired,
    /// This organisation has no sign-in of its own (any more).
    #[error("this organisation has no sign-in of its own")]
    NoDistrict,
    /// Somebody pressed "no" there, or the district did.
    #[error("the district let nobody in")]
    Declined,
    /// The district's sign-in does not answer.
    #[error("the district's sign-in does not answer")]
    Away,
    /// What came back is not the district's word, or not for us, or old.
    #[error("what came back is not to be believed")]
    NotBelieved,
    /// Nobody here is meant: not rostered, not invited, and the district names no role that counts here.
    #[error("nobody here is meant")]
    NotInvited,
    /// They wear roles elsewhere, for which a district cannot speak: they come with their own keys.
    #[error("a district cannot speak for this person")]
    OwnKeys,
}

/// Who leaves, and how they come back.
#[derive(Clone, Copy, Debug)]
pub struct Leaving<'a> {
    /// To whose sign-in.
    pub organisation: OrganisationId,
    /// The address of ours where the browser comes back to, which the provider knows.
    pub back: &'a str,
    /// The page of ours that they go to when they are in.
    pub then: &'a str,
    /// `en` or `es`: [`tongue_of`] reads it from what comes back, whatever became of the rest.
    pub tongue: &'a str,
}

/// The language in which somebody left, of the state that they bring back; `en` when it does not say.
pub fn tongue_of(state: Option<&str>) -> &'static str {
    if state.is_some_and(|state| state.starts_with("es.")) { "es" } else { "en" }
}

/// Where the browser goes, and what it keeps meanwhile.
#[derive(Debug)]
pub struct Asked {
    /// For the browser's cookie, for [`LIVES`].
    pub token: Token,
    /// The address of the district's sign-in.
    pub address: String,
}

/// What the browser brought back, as it stands in the address.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answer<'a> {
    /// What the district's word is fetched with.
    pub code: Option<&'a str>,
    /// What we sent along.
    pub state: Option<&'a str>,
    /// Who says to answer (RFC 9207).
    pub issuer: Option<&'a str>,
}

/// What is kept while the browser is away.
#[derive(Serialize, Deserialize)]
struct Waiting {
    organisation: String,
    state: String,
    nonce: String,
    verifier: String,
    back: String,
    then: String,
}

/// Sets who answers for the people of an organisation, in place of what was set before.
///
/// # Errors
/// [`BadSetting`]; a refusal; a fault of the database.
pub async fn set(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    setting: &Setting,
) -> Result<(), Stop<BadSetting>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = permit::<MakeOrganisation>(actor, Everything)?;
    let organisation = organisation::by_id(&mut conn, setting.organisation).await?;
    let organisation = organisation.ok_or(Stop::Wrong(BadSetting::Organisation))?;
    check(setting, &organisation).map_err(Stop::Wrong)?;
    match store::save(&mut conn, &permit, setting).await {
        Err(fault) if fault.is_duplicate() => return Err(Stop::Wrong(BadSetting::Taken)),
        saved => saved?,
    }
    let detail = format!("sign-in of {} set", setting.organisation);
    audit::add(
        &mut conn,
        &Line { at: clock.now(), actor, action: "DistrictSignIn", subject: None, detail: &detail },
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes away who answers for the people of an organisation.
///
/// # Errors
/// [`BadSetting::Organisation`] when nothing was set; a refusal; a fault of the database.
pub async fn unset(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    organisation: OrganisationId,
) -> Result<(), Stop<BadSetting>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = permit::<MakeOrganisation>(actor, Everything)?;
    if !store::delete(&mut conn, &permit, organisation).await? {
        return Err(Stop::Wrong(BadSetting::Organisation));
    }
    let detail = format!("sign-in of {organisation} taken away");
    audit::add(
        &mut conn,
        &Line { at: clock.now(), actor, action: "DistrictSignIn", subject: None, detail: &detail },
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// The organisations that have a sign-in of their own, by name. Everybody may see them: they are the way in.
///
/// # Errors
/// A fault of the database.
pub async fn listed(database: &Database) -> Result<Vec<Organisation>, crate::Fault> {
    store::listed(&mut database.lease().await?.conn()).await
}

/// Sends a browser to the district.
///
/// # Errors
/// [`Wrong::NoDistrict`], [`Wrong::Away`]; a fault of the database or of chance.
pub async fn begin(
    database: &Database,
    clock: &Clock,
    providers: &Providers,
    leaving: &Leaving<'_>,
) -> Result<Asked, Stop<Wrong>> {
    let setting = store::by_organisation(&mut database.lease().await?.conn(), leaving.organisation).await?;
    let setting = setting.ok_or(Stop::Wrong(Wrong::NoDistrict))?;
    let question = providers.ask(clock.now(), &setting, leaving).await.map_err(Stop::Wrong)?;
    let waiting = Waiting {
        organisation: leaving.organisation.to_string(),
        state: question.state,
        nonce: question.nonce,
        verifier: question.verifier,
        back: leaving.back.to_owned(),
        then: leaving.then.to_owned(),
    };
    let mut transaction = database.begin().await?;
    let token = challenge::keep(&mut transaction.conn(), clock.now(), Purpose::Sso, None, &waiting).await?;
    transaction.commit().await?;
    Ok(Asked { token, address: question.address })
}

/// Signs in who came back, and says where they were going.
///
/// # Errors
/// [`Wrong`]; a fault of the database.
pub async fn finish(
    database: &Database,
    clock: &Clock,
    providers: &Providers,
    token: &Token,
    answer: &Answer<'_>,
    from: &From<'_>,
) -> Result<(Entered, String), Stop<Wrong>> {
    let now = clock.now();
    let waiting = challenge::take::<Waiting>(database, now, Purpose::Sso, token).await?;
    let waiting = waiting.ok_or(Stop::Wrong(Wrong::Expired))?.state;
    if answer.state != Some(&waiting.state) {
        return Err(Stop::Wrong(Wrong::Expired));
    }
    let organisation = organisation::parsed("an organisation", &waiting.organisation)?;
    let setting = store::by_organisation(&mut database.lease().await?.conn(), organisation).await?;
    let setting = setting.ok_or(Stop::Wrong(Wrong::NoDistrict))?;
    // Somebody else's answer, slipped in for this one (RFC 9207).
    if answer.issuer.is_some_and(|issuer| issuer != setting.issuer) {
        return Err(Stop::Wrong(Wrong::NotBelieved));
    }
    let code = answer.code.ok_or(Stop::Wrong(Wrong::Declined))?;
    let back =
        provider::Back { code, nonce: &waiting.nonce, verifier: &waiting.verifier, back: &waiting.back };
    let said = providers.listen(now, &setting, &back).await.map_err(Stop::Wrong)?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let person = account::of(&mut conn, clock.now(), &setting, &said, tongue_of(answer.state)).await?;
    let entered = sign_in::enter_as(&mut conn, clock.now(), person, Strength::Sso, from).await?;
    transaction.commit().await?;
    Ok((entered, waiting.then))
}

fn check(setting: &Setting, organisation: &Organisation) -> Result<(), BadSetting> {
    if !provider::is_issuer(&setting.issuer) {
        return Err(BadSetting::Issuer);
    }
    if [&setting.client_id, &setting.client_secret, &setting.role_claim].iter().any(|text| text.is_empty()) {
        return Err(BadSetting::Missing);
    }
    let kind = organisation.kind;
    let given =
        |role: &Role| !matches!(role, Role::Student | Role::Guardian) && role.worn_at().contains(&kind);
    match setting.role_map.values().find(|role| !given(role)) {
        Some(role) => Err(BadSetting::Role { role: *role, kind: kind.slug() }),
        None => Ok(()),
    }
}
