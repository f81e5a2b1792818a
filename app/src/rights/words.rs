//! How is a part of a record called?

use crate::people::screening::step_words;
use crate::site::Site;
use domain::admin::rights::{Field, Hold, Why};
use domain::people::Band;
use domain::people::screening::Step;
use domain::plan::Day;
use text::ServerText;
use text::day::day_words;

pub(super) fn day(site: &Site, day: Day) -> String {
    day_words(site.text, &day.to_string())
}

pub(super) fn field(text: ServerText, field: Field) -> &'static str {
    match field {
        Field::GivenName => text.rights_field_given(),
        Field::FamilyName => text.rights_field_family(),
        Field::BirthDate => text.rights_field_birth(),
        Field::Language => text.rights_field_language(),
        Field::Class => text.rights_field_class(),
        Field::Other => text.rights_field_other(),
    }
}

/// What was typed for a field, as it is read: a language has a name.
pub(super) fn wanted(text: ServerText, field: Field, wanted: &str) -> &str {
    if field == Field::Language { tongue(text, wanted) } else { wanted }
}

pub(super) fn tongue(text: ServerText, tongue: &str) -> &'static str {
    if tongue == "es" { text.rights_language_es() } else { text.rights_language_en() }
}

pub(super) fn band(text: ServerText, band: Option<Band>) -> &'static str {
    match band {
        Some(Band::Under13) => text.rights_age_under(),
        Some(Band::Teen) => text.rights_age_teen(),
        Some(Band::Adult) => text.rights_age_adult(),
        None => text.rights_age_unknown(),
    }
}

/// The reason as whoever asked is told it.
pub(super) fn why(text: ServerText, why: Why) -> &'static str {
    match why {
        Why::AlreadySo => text.rights_why_already(),
        Why::SchoolRegister => text.rights_why_register(),
        Why::PaperNeeded => text.rights_why_paper(),
        Why::Unclear => text.rights_why_unclear(),
    }
}

/// The reason as whoever answers chooses it.
pub(super) fn because(text: ServerText, why: Why) -> &'static str {
    match why {
        Why::AlreadySo => text.corrections_why_already(),
        Why::SchoolRegister => text.corrections_why_register(),
        Why::PaperNeeded => text.corrections_why_paper(),
        Why::Unclear => text.corrections_why_unclear(),
    }
}

pub(super) fn hold(text: ServerText, hold: Hold) -> &'static str {
    match hold {
        Hold::Court => text.holds_why_court(),
        Hold::Report => text.holds_why_report(),
        Hold::Complaint => text.holds_why_complaint(),
        Hold::RecordsRequest => text.holds_why_request(),
    }
}

/// A kind of consent by the word it is kept by; one that came later is shown by that word.
pub(super) fn consent(text: ServerText, kind: &str) -> &str {
    match kind {
        "take-part" => text.rights_allow_take_part(),
        "messages" => text.rights_allow_messages(),
        "video" => text.rights_allow_video(),
        "photo" => text.rights_allow_photo(),
        "survey" => text.rights_allow_survey(),
        "ranked-feed" => text.rights_allow_feed(),
        "badge" => text.rights_allow_badge(),
        "future-contact" => text.rights_allow_contact(),
        other => other,
    }
}

/// A step of a screening by the word it is kept by, as its own page calls it.
pub(super) fn step(text: ServerText, step: &str) -> &str {
    match (Step::from_slug(step), step) {
        (Some(step), _) => step_words(text, step),
        (None, "stopped") => text.screen_stopped(),
        (None, other) => other,
    }
}

/// What a table of a receipt holds; tables that belong together have one name.
pub(super) fn part(text: ServerText, table: &str) -> &'static str {
    match table {
        "person" | "birth" => text.receipt_part_person(),
        "password" | "totp" | "passkey" | "recovery_code" | "challenge" | "pin_card" | "known_device"
        | "sso_subject" => text.receipt_part_ways(),
        "session" => text.receipt_part_sessions(),
        "role_grant" | "invitation" => text.receipt_part_roles(),
        "family_link" | "family_code" => text.receipt_part_family(),
        "consent" => text.receipt_part_allowed(),
        "outbox" | "notice_choice" => text.receipt_part_notices(),
        "kept_plan" => text.receipt_part_plan(),
        "correction" => text.receipt_part_corrections(),
        "screening" => text.receipt_part_screening(),
        "roster_link" => text.receipt_part_roster(),
        _ => text.receipt_part_other(),
    }
}
