//! Whom does a district's own sign-in say this is? (OpenID Connect Core 1.0)
//!
//! The district says who somebody is and, by a claim of its own, what they are there. What that is worth here the
//! operator set: [`Setting`]. A district never makes a student, never speaks for roles that are worn elsewhere
//! ([`district_may_speak_for`](domain::people::factor::district_may_speak_for)), and an address it hands on to
//! somebody new does not hand on an account. The session it begins wears what is worn there and below, makes no keys
//! ([`Strength::is_vouched`]), and ends with the district's word. Who has keys of their own shows them before a district
//! answers for them ([`connect`]).

mod account;
mod connecting;
mod provider;
mod proving;
mod said;
mod setting;
mod store;

use super::challenge::{self, Purpose, Taken};
use super::factors;
use super::organisation::{self, Organisation};
use super::session::{self, Session};
use super::sign_in::{self, Entered, From};
use crate::clock::Clock;
use crate::database::Database;
use crate::secret::Token;
use crate::stop::Stop;
use account::Meant;
pub(super) use connecting::has_own_keys;
pub use connecting::{connect, connected, disconnect, may_connect};
use domain::people::factor::{Proof, strength};
use domain::people::{OrganisationId, PersonId};
use domain::policy::Strength;
pub use provider::Providers;
pub use proving::{asks_again, begin_again};
use serde::{Deserialize, Serialize};
pub use setting::{BadSetting, Prompt, Setting, set, unset};
pub(super) use store::disown;

/// How long the browser may be away at the district's, in milliseconds, and how long an account waits to be connected.
pub const LIVES: i64 = challenge::LIVES;

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
    /// Another account of the district signed in than the one that was to show who it is.
    #[error("this is another account of the district")]
    Another,
    /// Nothing says that they signed in just now, and not this morning.
    #[error("the district does not say that they signed in again")]
    NotAgain,
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
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// At whose address of ours it came back: each organisation has its own.
    pub organisation: OrganisationId,
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
    asked_at: i64,
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
    leave(database, clock, providers, leaving, None).await
}

/// The same for somebody, `whose` session goes on with what they show there.
async fn leave(
    database: &Database,
    clock: &Clock,
    providers: &Providers,
    leaving: &Leaving<'_>,
    whose: Option<PersonId>,
) -> Result<Asked, Stop<Wrong>> {
    let now = clock.now();
    let setting = store::by_organisation(&mut database.lease().await?.conn(), leaving.organisation).await?;
    let setting = setting.ok_or(Stop::Wrong(Wrong::NoDistrict))?;
    let question = providers.ask(now, &setting, leaving, whose.is_some()).await.map_err(Stop::Wrong)?;
    let waiting = Waiting {
        organisation: leaving.organisation.to_string(),
        state: question.state,
        nonce: question.nonce,
        verifier: question.verifier,
        back: leaving.back.to_owned(),
        then: leaving.then.to_owned(),
        asked_at: now.0,
    };
    let mut transaction = database.begin().await?;
    let token = challenge::keep(&mut transaction.conn(), now, Purpose::Sso, whose, &waiting).await?;
    transaction.commit().await?;
    Ok(Asked { token, address: question.address })
}

/// What became of who came back.
#[derive(Debug)]
pub enum Came {
    /// They are in, or half, and go on to this page of ours.
    In(Entered, String),
    /// Their account has keys of its own: they sign in with those, and [`connect`] the district with this.
    Proves(Token),
    /// They were in and showed once more who they are: a token in place of their session's, and the page they go on to.
    Again(Token, String),
}

/// Signs in who came back, and says where they were going; or takes it as one more proof of who is signed in, if that
/// was asked. `session` is that of this browser.
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
    session: Option<(&Session, &Token)>,
) -> Result<Came, Stop<Wrong>> {
    let now = clock.now();
    let waiting = challenge::take::<Waiting>(database, now, Purpose::Sso, token).await?;
    let Taken { person: whose, state: waiting } = waiting.ok_or(Stop::Wrong(Wrong::Expired))?;
    if answer.state != Some(&waiting.state) {
        return Err(Stop::Wrong(Wrong::Expired));
    }
    let organisation = organisation::parsed("an organisation", &waiting.organisation)?;
    // A provider that sends the browser on to another one, whose answer we would take to the first (RFC 9700, 4.4).
    if answer.organisation != organisation {
        return Err(Stop::Wrong(Wrong::NotBelieved));
    }
    let setting = store::by_organisation(&mut database.lease().await?.conn(), organisation).await?;
    let setting = setting.ok_or(Stop::Wrong(Wrong::NoDistrict))?;
    // Somebody else's answer, slipped in for this one (RFC 9207).
    if answer.issuer.is_some_and(|issuer| issuer != setting.issuer) {
        return Err(Stop::Wrong(Wrong::NotBelieved));
    }
    let code = answer.code.ok_or(Stop::Wrong(Wrong::Declined))?;
    let back = provider::Back {
        code,
        issuer: answer.issuer,
        nonce: &waiting.nonce,
        verifier: &waiting.verifier,
        back: &waiting.back,
    };
    let said = providers.listen(now, &setting, &back).await.map_err(Stop::Wrong)?;
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    // It was listened to by a setting that may be another by now.
    if !store::hold(&mut conn, &setting).await? {
        return Err(Stop::Wrong(Wrong::Expired));
    }
    let tongue = tongue_of(answer.state);
    if let Some(whose) = whose {
        let heard = proving::Heard { setting: &setting, said: &said, tongue, asked_at: waiting.asked_at };
        let again = proving::again(&mut conn, now, &heard, whose, session).await?;
        transaction.commit().await?;
        return again.map(|token| Came::Again(token, waiting.then)).map_err(Stop::Wrong);
    }
    let came = match account::of(&mut conn, now, &setting, &said, tongue).await? {
        Meant::Comes(person) => {
            let second = setting.vouches_second_factor || said.second;
            let shown: &[Proof] =
                if second { &[Proof::District, Proof::DistrictSecond] } else { &[Proof::District] };
            let has = factors::of(&mut conn, person).await?;
            let strength = strength(shown, has).unwrap_or(Strength::Half);
            from.end_before(&mut conn).await?;
            let token =
                session::begin_vouched(&mut conn, now, person, strength, organisation, from.name).await?;
            let device = sign_in::settle(&mut conn, now, person, strength, "SignIn", from).await?;
            Ok(Came::In(Entered { token, device, strength, person }, waiting.then))
        }
        Meant::Proves(person) => {
            Ok(Came::Proves(connecting::wait(&mut conn, now, &setting, &said.subject, person).await?))
        }
        Meant::Stays(wrong) => Err(Stop::Wrong(wrong)),
    };
    transaction.commit().await?;
    came
}
