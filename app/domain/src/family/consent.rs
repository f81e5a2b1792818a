//! What can be allowed, and which words were on the page when it was?
//!
//! Each thing is asked for by itself (16 CFR 312.5(a)(2) forbids to bundle what is needed with what is not), and a yes
//! keeps the version of the text that was read.

use std::fmt;
use std::str::FromStr;

/// What can be allowed for a student, each by itself.
///
/// | kind | what it opens |
/// |---|---|
/// | take part | under 13: everything but the waiting page; from 13 on nothing needs it |
/// | messages | threads with a mentor, with the guardians in them |
/// | video | the video room, with an approved adult in it |
/// | photo | pictures of the student in what the programme shows |
/// | survey | one survey that asks about protected topics (20 U.S.C. 1232h, Cal. Ed. Code 51513) |
/// | ranked feed | questions in an order that learns from what was read (Cal. Health & Saf. Code 27001) |
/// | badge | a badge that others can see and check |
/// | future contact | mail about how it went, after the programme ended |
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsentKind {
    /// Take part at all.
    TakePart,
    /// Write with a mentor.
    Messages,
    /// Meet a mentor by video.
    Video,
    /// Be seen in pictures.
    Photo,
    /// Answer one survey.
    Survey(SurveyName),
    /// Have questions ordered by what was read before.
    RankedFeed,
    /// Show a badge.
    Badge,
    /// Be asked later how it went.
    FutureContact,
}

/// The name of a survey, as it stands in addresses: small letters, digits and dashes, at most 40.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SurveyName(String);

/// Not a name of a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a survey is named by small letters, digits and dashes")]
pub struct NoSurvey;

impl FromStr for SurveyName {
    type Err = NoSurvey;

    fn from_str(text: &str) -> Result<SurveyName, NoSurvey> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let fits = (1..=40).contains(&text.len()) && text.bytes().all(plain);
        if fits { Ok(SurveyName(text.to_owned())) } else { Err(NoSurvey) }
    }
}

impl fmt::Display for SurveyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One version of the words that are read before a yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The month in which it was written; kept with every yes.
    pub version: &'static str,
    /// The sentence of the texts that holds it. A sentence that somebody said yes to is never changed, only followed
    /// by another.
    pub key: &'static str,
}

/// How somebody said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// On their own page.
    Online,
    /// On a signed paper that a teacher or staff has in hand.
    Paper,
}

impl Method {
    /// The word it is kept by.
    pub const fn slug(self) -> &'static str {
        match self {
            Method::Online => "online",
            Method::Paper => "paper",
        }
    }

    /// The one that is kept by this word.
    pub fn from_slug(slug: &str) -> Option<Method> {
        [Method::Online, Method::Paper].into_iter().find(|method| method.slug() == slug)
    }
}

impl ConsentKind {
    /// All but the surveys, in the order in which they are asked.
    pub const PLAIN: [ConsentKind; 7] = [
        ConsentKind::TakePart,
        ConsentKind::Messages,
        ConsentKind::Video,
        ConsentKind::Photo,
        ConsentKind::RankedFeed,
        ConsentKind::Badge,
        ConsentKind::FutureContact,
    ];

    /// The word it is kept by.
    pub const fn slug(&self) -> &'static str {
        match self {
            ConsentKind::TakePart => "take-part",
            ConsentKind::Messages => "messages",
            ConsentKind::Video => "video",
            ConsentKind::Photo => "photo",
            ConsentKind::Survey(_) => "survey",
            ConsentKind::RankedFeed => "ranked-feed",
            ConsentKind::Badge => "badge",
            ConsentKind::FutureContact => "future-contact",
        }
    }

    /// What it is about, where the word alone does not say it: of a survey, which.
    pub const fn object(&self) -> Option<&SurveyName> {
        match self {
            ConsentKind::Survey(name) => Some(name),
            _ => None,
        }
    }

    /// The one that is kept by these words.
    pub fn from_words(slug: &str, object: Option<&str>) -> Option<ConsentKind> {
        match (slug, object) {
            ("survey", Some(object)) => object.parse().ok().map(ConsentKind::Survey),
            (_, Some(_)) => None,
            (slug, None) => ConsentKind::PLAIN.into_iter().find(|kind| kind.slug() == slug),
        }
    }

    /// The versions of its text that still count, the newest last. A yes to any other counts no more and is asked
    /// for again: leave a version out when what is asked grew, keep it when only words became clearer.
    pub const fn wordings(&self) -> &'static [Wording] {
        const fn one(key: &'static str) -> Wording {
            Wording { version: "2026-11", key }
        }
        match self {
            ConsentKind::TakePart => const { &[one("consent_take_part_2026_11")] },
            ConsentKind::Messages => const { &[one("consent_messages_2026_11")] },
            ConsentKind::Video => const { &[one("consent_video_2026_11")] },
            ConsentKind::Photo => const { &[one("consent_photo_2026_11")] },
            ConsentKind::Survey(_) => const { &[one("consent_survey_2026_11")] },
            ConsentKind::RankedFeed => const { &[one("consent_ranked_feed_2026_11")] },
            ConsentKind::Badge => const { &[one("consent_badge_2026_11")] },
            ConsentKind::FutureContact => const { &[one("consent_future_contact_2026_11")] },
        }
    }

    /// The text that is read before a yes today.
    pub const fn wording(&self) -> Wording {
        let wordings = self.wordings();
        wordings[wordings.len() - 1]
    }

    /// Does a yes to this version of the text still count?
    pub fn counts(&self, version: &str) -> bool {
        self.wordings().iter().any(|wording| wording.version == version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_by_the_words_it_is_kept_by() {
        let survey = ConsentKind::Survey("wave-1".parse().unwrap());
        for kind in ConsentKind::PLAIN.into_iter().chain([survey]) {
            let object = kind.object().map(ToString::to_string);
            assert_eq!(ConsentKind::from_words(kind.slug(), object.as_deref()), Some(kind));
        }
        for (slug, object) in [("survey", None), ("survey", Some("")), ("video", Some("x")), ("", None)] {
            assert_eq!(ConsentKind::from_words(slug, object), None, "{slug} {object:?}");
        }
        for name in ["", "Wave", "wave 1", "oleada-ñ", &"x".repeat(41)] {
            assert_eq!(name.parse::<SurveyName>(), Err(NoSurvey), "{name}");
        }
    }

    #[test]
    fn each_kind_asks_with_a_text_of_its_own_and_counts_what_it_asks() {
        let mut keys: Vec<&str> = ConsentKind::PLAIN.iter().map(|kind| kind.wording().key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), ConsentKind::PLAIN.len());
        for kind in ConsentKind::PLAIN {
            assert!(kind.counts(kind.wording().version));
            assert!(!kind.counts("2020-01") && !kind.counts(""));
        }
    }
}
