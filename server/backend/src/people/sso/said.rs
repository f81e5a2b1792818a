//! What does a district say about somebody, once its word is believed?

use super::provider::{Claims, More};
use super::setting::Setting;
use crate::people::invitation::looks_like_email;
use domain::people::factor::are_two;
use serde_json::Value;

/// The longest name that a provider may have for somebody, in ASCII characters (OpenID Connect Core 1.0, section 2).
const LONGEST_SUBJECT: usize = 255;

/// What a provider says about somebody, after every check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// What the provider calls them, for good.
    pub(super) subject: String,
    /// An address that the provider vouches for.
    pub(super) email: Option<String>,
    pub(super) given_name: Option<String>,
    pub(super) family_name: Option<String>,
    /// The words of the role claim.
    pub(super) roles: Vec<String>,
    /// They showed two factors there.
    pub(super) second: bool,
    /// When they showed there who they are, in milliseconds, if the provider says so.
    pub(super) signed_in_at: Option<i64>,
}

/// Whether the provider's own name for somebody is one.
pub(super) fn is_subject(subject: &str) -> bool {
    (1..=LONGEST_SUBJECT).contains(&subject.len()) && subject.is_ascii()
}

pub(super) fn said(setting: &Setting, claims: &Claims, more: Option<&More>) -> Said {
    let own = &claims.additional_claims().all;
    let roles = own
        .get(&setting.role_claim)
        .or_else(|| more.and_then(|more| more.additional_claims().all.get(&setting.role_claim)));
    // Address and vouching come from the same place, or not at all.
    let (email, sure) = match (claims.email(), more) {
        (Some(email), _) => (Some(email), claims.email_verified()),
        (None, Some(more)) => (more.email(), more.email_verified()),
        (None, None) => (None, None),
    };
    let email = email.filter(|email| sure == Some(true) && looks_like_email(email));
    let given = claims.given_name().or_else(|| more.and_then(|more| more.given_name()));
    let family = claims.family_name().or_else(|| more.and_then(|more| more.family_name()));
    let ways = claims.auth_method_refs().map_or(&[][..], Vec::as_slice);
    Said {
        subject: claims.subject().to_string(),
        email: email.map(|email| email.trim().to_owned()),
        given_name: given.and_then(|names| names.get(None)).map(|name| short(name)),
        family_name: family.and_then(|names| names.get(None)).map(|name| short(name)),
        roles: words(roles),
        second: are_two(ways.iter().map(|way| way.as_str())),
        signed_in_at: claims.auth_time().map(|at| at.timestamp_millis()),
    }
}

/// A word, or a list of words.
fn words(claim: Option<&Value>) -> Vec<String> {
    match claim {
        Some(Value::String(word)) => vec![word.clone()],
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// As much of a text as an account keeps.
fn short(text: &str) -> String {
    domain::people::name::shown(text).chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_a_word_or_a_list_of_words() {
        let claim = |text: &str| words(Some(&serde_json::from_str(text).unwrap()));
        assert_eq!(claim(r#""teacher""#), ["teacher"]);
        assert_eq!(claim(r#"["teacher", 7, "coach"]"#), ["teacher", "coach"]);
        assert!(
            claim(r#"{"teacher": true}"#).is_empty() && claim("true").is_empty() && words(None).is_empty()
        );
    }

    #[test]
    fn a_text_of_a_provider_is_cut_and_cleaned() {
        assert_eq!(short(" Rosa\u{0}\n "), "Rosa");
        assert_eq!(short(&"a".repeat(10_000)).len(), 200);
    }

    #[test]
    fn a_name_of_a_provider_has_an_end() {
        assert!(is_subject("s-1") && is_subject(&"s".repeat(255)));
        assert!(!is_subject("") && !is_subject(&"s".repeat(256)) && !is_subject("ñ"));
    }
}
