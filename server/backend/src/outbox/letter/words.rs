//! What is a role, a permission, a step or a day called in a mail? They are kept by their words of ours; one that this
//! version does not know is said in a general way.

use domain::people::Role;
use domain::plan::Day;
use text::ServerText;

pub(super) fn role(text: ServerText, slug: &str) -> &'static str {
    match Role::from_slug(slug) {
        Some(Role::Student) | None => text.mail_role_student(),
        Some(Role::Guardian) => text.mail_role_guardian(),
        Some(Role::Mentor) => text.mail_role_mentor(),
        Some(Role::Teacher) => text.mail_role_teacher(),
        Some(Role::Staff) => text.mail_role_staff(),
        Some(Role::Safety) => text.mail_role_safety(),
        Some(Role::Ambassador) => text.mail_role_ambassador(),
        Some(Role::Analyst) => text.mail_role_analyst(),
        Some(Role::Operator) => text.mail_role_operator(),
    }
}

pub(super) fn consent(text: ServerText, slug: &str) -> &'static str {
    match slug {
        "messages" => text.mail_consent_messages(),
        "video" => text.mail_consent_video(),
        "photo" => text.mail_consent_photo(),
        "survey" => text.mail_consent_survey(),
        "ranked-feed" => text.mail_consent_ranked_feed(),
        "badge" => text.mail_consent_badge(),
        "future-contact" => text.mail_consent_future_contact(),
        _ => text.mail_consent_take_part(),
    }
}

pub(super) fn step(text: ServerText, slug: &str) -> &'static str {
    match slug {
        "references" => text.mail_step_references(),
        "cleared" => text.mail_step_cleared(),
        "trained" => text.mail_step_trained(),
        "agreement-signed" => text.mail_step_agreement_signed(),
        _ => text.mail_step_other(),
    }
}

/// June 30, 2027.
pub(super) fn day(text: ServerText, kept: &str) -> String {
    let Ok(day) = kept.parse::<Day>() else { return String::new() };
    let month = match day.month() {
        1 => text.month_01(),
        2 => text.month_02(),
        3 => text.month_03(),
        4 => text.month_04(),
        5 => text.month_05(),
        6 => text.month_06(),
        7 => text.month_07(),
        8 => text.month_08(),
        9 => text.month_09(),
        10 => text.month_10(),
        11 => text.month_11(),
        _ => text.month_12(),
    };
    text.day_full(&day.day().to_string(), month, &day.year().to_string())
}
