//! What needs somebody now, and the rooms of their role.

use super::super::gate::Answer;
use super::super::signed::Signed;
use app::people::home::{self as view, Home};

/// Home.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    let home = Home::default();
    let title = signed.visitor.text().people_home();
    let name = signed.session.person.given_name.clone();
    Ok(signed.page(title, |site| view::page(site, &name, &home)))
}
