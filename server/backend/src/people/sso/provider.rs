//! What does a district's provider say, and is it really the one who says it?
//!
//! No redirect of a provider is followed, nothing but `https://` is asked (but for providers on this machine), and a
//! provider that is slow is away. What a token says is compared with the machine's own clock.

use super::said::{self, Said};
use super::setting::{Prompt, Setting};
use super::{Leaving, Wrong};
use crate::clock::Millis;
use domain::people::factor::PROOF_HOLDS;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClaimName, CoreClaimType, CoreClientAuthMethod,
    CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm, CoreResponseMode, CoreResponseType,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreSubjectIdentifierType,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::url::{Host, Url};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AdditionalProviderMetadata, AuthType, AuthenticationFlow,
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IdTokenClaims, IdTokenFields, IssuerUrl, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, ProviderMetadata, RedirectUrl, RequestTokenError, Scope,
    StandardErrorResponse, StandardTokenResponse, TokenResponse as _, UserInfoClaims, UserInfoError, reqwest,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::error::Error;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long what a provider publishes about itself is believed, in milliseconds.
const KNOWN_FOR: i64 = 3_600_000;

/// How soon it is asked again when a key is missing, in milliseconds.
const AGAIN_AFTER: i64 = 60_000;

/// How long a provider may take for one answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// How lately somebody must have signed in there to show once more who they are. A provider that is asked for this must
/// say when it was (OpenID Connect Core 1.0, section 2).
const PROVED_WITHIN: Duration = Duration::from_millis(PROOF_HOLDS.unsigned_abs());

/// Claims beside those of the standard, where a district names roles.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Own {
    #[serde(flatten)]
    pub(super) all: Map<String, Value>,
}

impl AdditionalClaims for Own {}

type Fields = IdTokenFields<
    Own,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// What a token says.
pub(super) type Claims = IdTokenClaims<Own, CoreGenderClaim>;

/// What a provider tells beside the token.
pub(super) type More = UserInfoClaims<Own, CoreGenderClaim>;

/// What a provider publishes beside what the standard asks for.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Promised {
    /// It says with each answer who answers (RFC 9207).
    #[serde(default)]
    authorization_response_iss_parameter_supported: Option<bool>,
}

impl AdditionalProviderMetadata for Promised {}

type Metadata = ProviderMetadata<
    Promised,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Client = openidconnect::Client<
    Own,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Signatures that only the provider can make: never `none`, never one by the secret that we know, too.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// The providers, and what they published about themselves in the last hour.
#[derive(Debug)]
pub struct Providers {
    safe: reqwest::Client,
    here: reqwest::Client,
    known: Mutex<HashMap<String, (Millis, Metadata)>>,
}

/// What a browser takes along, and what stays.
pub(super) struct Question {
    pub(super) address: String,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
}

/// What came back, and what stayed.
pub(super) struct Back<'a> {
    pub(super) code: &'a str,
    /// Who says to answer.
    pub(super) issuer: Option<&'a str>,
    pub(super) nonce: &'a str,
    pub(super) verifier: &'a str,
    pub(super) back: &'a str,
}

/// Whether an address can be that of a provider.
pub(super) fn is_issuer(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    plain && (url.scheme() == "https" || (url.scheme() == "http" && is_here(&url)))
}

/// Whether it is a provider on this machine.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl Providers {
    /// None is known yet.
    ///
    /// # Errors
    /// A sentence, when this machine has no TLS.
    pub fn new() -> Result<Providers, String> {
        let client = || {
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(PATIENCE)
                .timeout(PATIENCE)
        };
        let made = |client: reqwest::ClientBuilder| client.build().map_err(|cause| told(&cause));
        Ok(Providers {
            safe: made(client().https_only(true))?,
            here: made(client().no_proxy())?,
            known: Mutex::default(),
        })
    }

    fn http(&self, setting: &Setting) -> &reqwest::Client {
        let here = Url::parse(&setting.issuer).is_ok_and(|url| url.scheme() == "http" && is_here(&url));
        if here { &self.here } else { &self.safe }
    }

    /// What a provider publishes about itself; asked again when `known_for` milliseconds are over.
    async fn metadata(&self, now: Millis, setting: &Setting, known_for: i64) -> Result<Metadata, Wrong> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, metadata)) = known().get(&setting.issuer)
            && now.0 - at.0 < known_for
        {
            return Ok(metadata.clone());
        }
        let issuer = IssuerUrl::new(setting.issuer.clone()).map_err(|_| Wrong::NoDistrict)?;
        // Asks for the keys, too, and refuses a provider that calls itself something else.
        let metadata = Metadata::discover_async(issuer, self.http(setting)).await;
        let metadata = metadata.map_err(|cause| away(setting, &cause))?;
        known().insert(setting.issuer.clone(), (now, metadata.clone()));
        Ok(metadata)
    }

    async fn client(&self, now: Millis, setting: &Setting, known_for: i64) -> Result<Client, Wrong> {
        let metadata = self.metadata(now, setting, known_for).await?;
        let methods = metadata.token_endpoint_auth_methods_supported();
        let basic = methods.is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let id = ClientId::new(setting.client_id.clone());
        let secret = ClientSecret::new(setting.client_secret.clone());
        let client = Client::from_provider_metadata(metadata, id, Some(secret));
        Ok(client.set_auth_type(if basic { AuthType::BasicAuth } else { AuthType::RequestBody }))
    }

    /// Where a browser goes to sign in; `again`, when who is signed in there already has to do it once more, and the
    /// provider to say when they did.
    pub(super) async fn ask(
        &self,
        now: Millis,
        setting: &Setting,
        leaving: &Leaving<'_>,
        again: bool,
    ) -> Result<Question, Wrong> {
        let client = self.client(now, setting, KNOWN_FOR).await?;
        let back = RedirectUrl::new(leaving.back.to_owned()).map_err(|_| Wrong::NoDistrict)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let state = CsrfToken::new(format!("{}.{}", leaving.tongue, CsrfToken::new_random().secret()));
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let question = client
            .authorize_url(flow, move || state, Nonce::new_random)
            .set_redirect_uri(std::borrow::Cow::Owned(back))
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge);
        let question = match setting.prompt {
            _ if again => question.add_prompt(CoreAuthPrompt::Login).set_max_age(PROVED_WITHIN),
            Prompt::SelectAccount => question.add_prompt(CoreAuthPrompt::SelectAccount),
            Prompt::Login => question.add_prompt(CoreAuthPrompt::Login),
            Prompt::Nothing => question,
        };
        let (address, state, nonce) = question.url();
        Ok(Question {
            address: address.to_string(),
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        })
    }

    /// Fetches what the provider says about who came back, and checks every word of it.
    pub(super) async fn listen(
        &self,
        now: Millis,
        setting: &Setting,
        came: &Back<'_>,
    ) -> Result<Said, Wrong> {
        let metadata = self.metadata(now, setting, KNOWN_FOR).await?;
        let promised = metadata.additional_metadata().authorization_response_iss_parameter_supported;
        if promised == Some(true) && came.issuer.is_none() {
            return Err(disbelieved(
                setting,
                &*Unfit::from("it did not say who answers, though it promised to"),
            ));
        }
        let client = self.client(now, setting, KNOWN_FOR).await?;
        let back = RedirectUrl::new(came.back.to_owned()).map_err(|_| Wrong::NoDistrict)?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(came.code.to_owned()))
            .map_err(|cause| away(setting, &cause))?
            .set_pkce_verifier(PkceCodeVerifier::new(came.verifier.to_owned()))
            .set_redirect_uri(std::borrow::Cow::Owned(back))
            .request_async(self.http(setting))
            .await
            .map_err(|cause| match &cause {
                RequestTokenError::Request(_) => away(setting, &cause),
                _ => disbelieved(setting, &cause),
            })?;
        let claims = match checked(setting, &client, &tokens, came.nonce) {
            Ok(claims) => claims,
            // A provider that changed its keys within the hour is asked for the new ones.
            Err(first) => {
                let again = self.client(now, setting, AGAIN_AFTER).await?;
                checked(setting, &again, &tokens, came.nonce).map_err(|_| disbelieved(setting, &*first))?
            }
        };
        let more = self.more(&client, setting, &tokens, &claims).await?;
        Ok(said::said(setting, &claims, more.as_ref()))
    }

    /// What the token left out, if the provider tells it elsewhere.
    async fn more(
        &self,
        client: &Client,
        setting: &Setting,
        tokens: &StandardTokenResponse<Fields, CoreTokenType>,
        claims: &Claims,
    ) -> Result<Option<More>, Wrong> {
        let says_roles = claims.additional_claims().all.contains_key(&setting.role_claim);
        if claims.email().is_some() && says_roles {
            return Ok(None);
        }
        let subject = Some(claims.subject().clone());
        let Ok(request) = client.user_info(tokens.access_token().clone(), subject) else { return Ok(None) };
        match request.request_async(self.http(setting)).await {
            Ok(more) => Ok(Some(more)),
            Err(cause @ UserInfoError::ClaimsVerification(_)) => Err(disbelieved(setting, &cause)),
            // Who is known already needs no address. But to take silence for "no role" would take theirs away.
            Err(cause) => {
                let away = away(setting, &cause);
                if says_roles { Ok(None) } else { Err(away) }
            }
        }
    }
}

/// Why a token is not believed.
type Unfit = Box<dyn Error + Send + Sync>;

/// Issuer, audience, expiry, nonce and signature of the token; that it was made for us; and that the other token belongs
/// to it.
fn checked(
    setting: &Setting,
    client: &Client,
    tokens: &StandardTokenResponse<Fields, CoreTokenType>,
    nonce: &str,
) -> Result<Claims, Unfit> {
    let token = tokens.id_token().ok_or("no token that says who it is")?;
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
    let claims = token.claims(&verifier, &Nonce::new(nonce.to_owned()))?;
    if claims.authorized_party().is_some_and(|party| **party != setting.client_id) {
        return Err("the token was made for somebody else".into());
    }
    if !said::is_subject(claims.subject()) {
        return Err("the name in the token is empty or too long".into());
    }
    if let Some(expected) = claims.access_token_hash() {
        let key = token.signing_key(&verifier)?;
        let found = AccessTokenHash::from_token(tokens.access_token(), token.signing_alg()?, key)?;
        if found != *expected {
            return Err("the two tokens do not belong together".into());
        }
    }
    Ok(claims.clone())
}

fn away(setting: &Setting, cause: &(dyn Error + 'static)) -> Wrong {
    tracing::warn!(issuer = setting.issuer, cause = told(cause), "the sign-in of a district does not answer");
    Wrong::Away
}

fn disbelieved(setting: &Setting, cause: &(dyn Error + 'static)) -> Wrong {
    tracing::warn!(issuer = setting.issuer, cause = told(cause), "the sign-in of a district is not believed");
    Wrong::NotBelieved
}

/// An error with all that is behind it.
fn told(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_asked_in_secret_unless_it_is_this_machine() {
        for (issuer, good) in [
            ("https://login.example.org", true),
            ("https://login.example.org/tenant", true),
            ("http://localhost:4000", true),
            ("http://127.0.0.1:4000", true),
            ("http://[::1]:4000", true),
            ("http://login.example.org", false),
            ("http://localhost.example.org", false),
            ("https://user@login.example.org", false),
            ("https://login.example.org?a=b", false),
            ("https://login.example.org#a", false),
            ("ftp://localhost", false),
            ("login.example.org", false),
        ] {
            assert_eq!(is_issuer(issuer), good, "{issuer}");
        }
    }
}
