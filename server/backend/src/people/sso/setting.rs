//! Who answers for the people of an organisation, and what are their words worth here?

use super::{provider, store};
use crate::admin::audit::{self, Line};
use crate::clock::Clock;
use crate::database::Database;
use crate::people::invitation::looks_like_email;
use crate::people::organisation::{self, Organisation};
use crate::people::person::email_key;
use crate::people::session;
use crate::stop::Stop;
use domain::people::{OrganisationId, Role};
use domain::policy::table::MakeOrganisation;
use domain::policy::{Actor, Everything, permit};
use std::collections::BTreeMap;

/// What a provider is asked to show, also to who is signed in there already: a Chromebook goes from hand to hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prompt {
    /// A choice of accounts (`select_account`). Google and Microsoft know it.
    #[default]
    SelectAccount,
    /// The password again (`login`), for providers that refuse the choice. Google refuses this one.
    Login,
    /// Nothing: whoever is signed in there comes in.
    Nothing,
}

impl Prompt {
    /// All.
    pub const ALL: [Prompt; 3] = [Prompt::SelectAccount, Prompt::Login, Prompt::Nothing];

    /// The word it is kept by.
    pub const fn slug(self) -> &'static str {
        match self {
            Prompt::SelectAccount => "select-account",
            Prompt::Login => "login",
            Prompt::Nothing => "none",
        }
    }

    /// The one that is kept by this word.
    pub fn from_slug(slug: &str) -> Option<Prompt> {
        Prompt::ALL.into_iter().find(|prompt| prompt.slug() == slug)
    }
}

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
    /// The e-mail domains whose people may be new here, in small letters: `example.org`. Without one nobody new comes.
    pub domains: Vec<String>,
    /// The operator answers for it that the provider asks everybody for a second factor, though it does not say so.
    pub vouches_second_factor: bool,
    /// What the provider is asked to show.
    pub prompt: Prompt,
}

/// The secret stays out of every log.
impl std::fmt::Debug for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setting")
            .field("organisation", &self.organisation)
            .field("issuer", &self.issuer)
            .field("role_claim", &self.role_claim)
            .field("role_map", &self.role_map)
            .field("domains", &self.domains)
            .field("vouches_second_factor", &self.vouches_second_factor)
            .finish_non_exhaustive()
    }
}

impl Setting {
    /// Did a word by this setting count for something that it does not count for by the next? Then nobody stays in on
    /// it: another provider answers, or to another client, for fewer addresses or roles, or no longer for a second
    /// factor.
    fn says_more_than(&self, next: &Setting) -> bool {
        let provider = |setting: &Setting| (setting.issuer.clone(), setting.client_id.clone());
        provider(self) != provider(next)
            || self.role_claim != next.role_claim
            || self.role_map.iter().any(|(word, role)| next.role_map.get(word) != Some(role))
            || self.domains.iter().any(|domain| !next.domains.contains(domain))
            || (self.vouches_second_factor && !next.vouches_second_factor)
    }

    /// May somebody with this address be new here? The provider of a district could say any address.
    pub(super) fn may_bring(&self, email: &str) -> bool {
        is_of(email, &self.domains)
    }
}

/// Whether an address is of one of these domains.
pub(super) fn is_of(email: &str, domains: &[String]) -> bool {
    let key = email_key(email);
    let domain = key.rsplit_once('@').map(|(_, domain)| domain);
    domain.is_some_and(|domain| domains.iter().any(|known| known == domain))
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
    /// It is no domain of e-mail addresses.
    #[error("{0:?} is no e-mail domain: write it like example.org")]
    Domain(String),
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

/// Sets who answers for the people of an organisation, in place of what was set before. Those who are in by a word that
/// would not let them in like that any more sign in again.
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
    let before = store::by_organisation(&mut conn, setting.organisation).await?;
    match store::save(&mut conn, &permit, setting).await {
        Err(fault) if fault.is_duplicate() => return Err(Stop::Wrong(BadSetting::Taken)),
        saved => saved?,
    }
    // After the setting is written: whoever signs in by the old one at this moment waits for it, or is in already.
    let ended = match before {
        Some(before) if before.says_more_than(setting) => {
            session::end_vouched(&mut conn, setting.organisation, None).await?
        }
        _ => 0,
    };
    let detail = format!("sign-in of {} set, {ended} sessions ended", setting.organisation);
    audit::add(
        &mut conn,
        &Line { at: clock.now(), actor, action: "DistrictSignIn", subject: None, detail: &detail },
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes away who answers for the people of an organisation: the sessions for which it answered end.
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
    let ended = session::end_vouched(&mut conn, organisation, None).await?;
    let detail = format!("sign-in of {organisation} taken away, {ended} sessions ended");
    audit::add(
        &mut conn,
        &Line { at: clock.now(), actor, action: "DistrictSignIn", subject: None, detail: &detail },
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

fn check(setting: &Setting, organisation: &Organisation) -> Result<(), BadSetting> {
    if !provider::is_issuer(&setting.issuer) {
        return Err(BadSetting::Issuer);
    }
    if [&setting.client_id, &setting.client_secret, &setting.role_claim].iter().any(|text| text.is_empty()) {
        return Err(BadSetting::Missing);
    }
    let is_domain = |domain: &str| *domain == email_key(domain) && looks_like_email(&format!("a@{domain}"));
    if let Some(domain) = setting.domains.iter().find(|domain| !is_domain(domain)) {
        return Err(BadSetting::Domain(domain.clone()));
    }
    let kind = organisation.kind;
    let given =
        |role: &Role| !matches!(role, Role::Student | Role::Guardian) && role.worn_at().contains(&kind);
    match setting.role_map.values().find(|role| !given(role)) {
        Some(role) => Err(BadSetting::Role { role: *role, kind: kind.slug() }),
        None => Ok(()),
    }
}
