//! What is a role, a permission, a step or a day called in a mail? They are kept by their words of ours; one that this
//! version does not know is said in a general way.

use domain::people::Role;
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
