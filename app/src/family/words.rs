//! How is a relation called, and a consent, and what does each ask?

use super::Said;
use domain::family::{Closed, ConsentKind, Relation};
use maud::{Markup, html};
use text::ServerText;
use text::day::day_words;

/// The relation in the language in use.
pub fn relation(text: ServerText, relation: Relation) -> &'static str {
    match relation {
        Relation::Parent => text.relation_parent(),
        Relation::Guardian => text.relation_guardian(),
        Relation::Foster => text.relation_foster(),
        Relation::Relative => text.relation_relative(),
        Relation::Other => text.relation_somebody(),
    }
}

/// The name of a consent in the language in use.
pub fn kind(text: ServerText, kind: &ConsentKind) -> String {
    match kind {
        ConsentKind::TakePart => text.consent_take_part().to_owned(),
        ConsentKind::Messages => text.consent_messages().to_owned(),
        ConsentKind::Video => text.consent_video().to_owned(),
        ConsentKind::Photo => text.consent_photo().to_owned(),
        ConsentKind::Survey(name) => text.consent_survey(&name.to_string()),
        ConsentKind::RankedFeed => text.consent_ranked_feed().to_owned(),
        ConsentKind::Badge => text.consent_badge().to_owned(),
        ConsentKind::FutureContact => text.consent_future_contact().to_owned(),
    }
}

/// What is read before a yes about a student: the text of today's version.
pub fn wording(text: ServerText, kind: &ConsentKind, name: &str) -> String {
    sentence(text, kind.wording().key, name).unwrap_or_default()
}

/// What it means for the student, told to them: the text to say yes to speaks to who cares for them.
pub fn meaning(text: ServerText, kind: &ConsentKind) -> &'static str {
    match kind {
        ConsentKind::TakePart => text.meaning_take_part(),
        ConsentKind::Messages => text.meaning_messages(),
        ConsentKind::Video => text.meaning_video(),
        ConsentKind::Photo => text.meaning_photo(),
        ConsentKind::Survey(_) => text.meaning_survey(),
        ConsentKind::RankedFeed => text.meaning_ranked_feed(),
        ConsentKind::Badge => text.meaning_badge(),
        ConsentKind::FutureContact => text.meaning_future_contact(),
    }
}

/// The sentence of a key. Those that somebody said yes to stay here for good, so that it can always be shown what was
/// asked.
fn sentence(text: ServerText, key: &str, name: &str) -> Option<String> {
    Some(match key {
        "consent_take_part_2026_11" => text.consent_take_part_2026_11(name),
        "consent_messages_2026_11" => text.consent_messages_2026_11(name),
        "consent_video_2026_11" => text.consent_video_2026_11(name),
        "consent_photo_2026_11" => text.consent_photo_2026_11(name),
        "consent_survey_2026_11" => text.consent_survey_2026_11(name),
        "consent_ranked_feed_2026_11" => text.consent_ranked_feed_2026_11(name),
        "consent_badge_2026_11" => text.consent_badge_2026_11(name),
        "consent_future_contact_2026_11" => text.consent_future_contact_2026_11(name),
        _ => return None,
    })
}

/// Why something is closed.
pub fn closed(text: ServerText, why: Closed) -> &'static str {
    match why {
        Closed::NotAsked => text.family_closed_not_asked(),
        Closed::TakenBack => text.family_closed_taken_back(),
        Closed::Disputed => text.family_closed_disputed(),
        Closed::NewText => text.family_closed_new_text(),
        Closed::OwnWord => text.family_closed_own_word(),
        Closed::TakePartFirst => text.family_closed_take_part(),
    }
}

/// Open or closed, as a mark that does not need a color.
pub fn state(text: ServerText, open: Result<(), Closed>) -> Markup {
    html! {
        @if open.is_ok() { span.tag.good { "✓ " (text.family_open()) } }
        @else { span.tag { "○ " (text.family_closed()) } }
    }
}

/// Who said yes and when, oldest first.
pub fn history(text: ServerText, said: &[Said]) -> Markup {
    html! {
        ul.lines {
            @for said in said {
                @let who = said.who.as_deref().unwrap_or(text.family_said_someone());
                @let day = day_words(*text, &said.day);
                li {
                    @if said.paper { (text.family_said_paper(&day, who)) } @else { (text.family_said_online(&day, who)) }
                    @if let Some(until) = &said.until { " · " (text.family_said_until(&day_words(*text, until))) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use text::Lang;

    #[test]
    fn every_version_that_counts_can_be_shown_in_both_languages() {
        let survey = ConsentKind::Survey("wave-1".parse().unwrap());
        for kind in ConsentKind::PLAIN.iter().chain([&survey]) {
            for wording in kind.wordings() {
                for lang in Lang::ALL {
                    let said = sentence(ServerText::of(lang), wording.key, "Ana").unwrap_or_default();
                    assert!(said.contains("Ana"), "{}: {said}", wording.key);
                }
            }
        }
    }
}
