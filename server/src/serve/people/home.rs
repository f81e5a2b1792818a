//! What needs somebody now, and the rooms of their role.

use super::super::gate::{Answer, Halt};
use super::super::signed::Signed;
use app::people::home::{self as view, Door, Home};
use domain::people::Role;
use domain::policy::Strength;
use text::ServerText;

/// Home.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    let text = signed.visitor.text();
    let role = signed.session.wearer.role;
    let home = Home {
        now: now(&signed, text).await?,
        rooms: role.map_or_else(Vec::new, |role| rooms(text, role)),
        empty: match role {
            None => Some(text.own_home_no_role()),
            Some(Role::Ambassador) => Some(text.own_home_ambassador()),
            Some(_) => None,
        },
    };
    let name = signed.session.person.given_name.clone();
    Ok(signed.page(text.people_home(), |site| view::page(site, &name, &home)))
}

fn door(path: &str, title: &str, why: impl Into<String>) -> Door {
    Door { path: path.to_owned(), title: title.to_owned(), why: why.into() }
}

/// What waits, most pressing first.
async fn now(signed: &Signed, text: ServerText) -> Result<Vec<Door>, Halt> {
    let wearer = &signed.session.wearer;
    let mut now = Vec::new();
    if wearer.role.is_some_and(Role::needs_second_factor) && wearer.strength < Strength::Two {
        now.push(door("/account/keys", text.people_set_up(), text.people_refused_second_factor()));
    }
    Ok(now)
}

/// The rooms of a role, those used most first.
fn rooms(text: ServerText, role: Role) -> Vec<Door> {
    let organisations = || door("/organisations", text.places_title(), text.own_home_organisations());
    let invite = || door("/invite", text.invite_title(), text.own_home_invite());
    match role {
        Role::Student => vec![
            door("/start", text.frame_start(), text.own_home_explore()),
            door("/list", text.frame_list(), text.own_home_list()),
        ],
        Role::Guardian => vec![door("/start", text.frame_start(), text.own_home_explore())],
        Role::Mentor | Role::Ambassador => vec![],
        Role::Teacher => vec![organisations(), door("/class", text.frame_class(), text.own_home_class())],
        Role::Staff | Role::Analyst | Role::Operator => vec![organisations(), invite()],
        Role::Safety => vec![organisations()],
    }
}
