//! How is a role called, and a kind of organisation?

use domain::people::{Kind, Role};
use text::ServerText;

/// The role in the language in use.
pub fn role(text: ServerText, role: Role) -> &'static str {
    match role {
        Role::Student => text.role_student(),
        Role::Guardian => text.role_guardian(),
        Role::Mentor => text.role_mentor(),
        Role::Teacher => text.role_teacher(),
        Role::Staff => text.role_staff(),
        Role::Safety => text.role_safety(),
        Role::Ambassador => text.role_ambassador(),
        Role::Analyst => text.role_analyst(),
        Role::Operator => text.role_operator(),
    }
}

/// The kind of organisation in the language in use.
pub fn kind(text: ServerText, kind: Kind) -> &'static str {
    match kind {
        Kind::District => text.organisation_district(),
        Kind::School => text.organisation_school(),
        Kind::Programme => text.organisation_programme(),
        Kind::Cohort => text.organisation_cohort(),
        Kind::Class => text.organisation_class(),
        Kind::Company => text.organisation_company(),
        Kind::Site => text.organisation_site(),
    }
}
