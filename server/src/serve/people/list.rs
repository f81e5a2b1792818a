//! Who is at a place.

use super::super::gate::{Answer, Halt};
use super::super::signed::Signed;
use app::people::list::{self as view, People, Row};
use axum::response::Response;
use backend::people::list::{Ask, Listed, people};
use domain::people::Role;
use domain::policy::{Action, offers};

/// The longest search that is read.
const LONGEST: usize = 80;

/// The list.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    let asked = |name| signed.visitor.asked(name).filter(|value| !value.is_empty());
    let mut words = asked("q").unwrap_or_default();
    words = words.chars().take(LONGEST).collect();
    let at = asked("at");
    let after = asked("after");
    let ask = Ask {
        at: at.as_deref().map(str::parse).transpose().map_err(|_| Halt::Missing)?,
        words,
        role: asked("role").and_then(|role| Role::from_slug(&role)),
        after: after.as_deref().map(str::parse).transpose().map_err(|_| Halt::Missing)?,
    };
    let found = people(signed.database(), signed.clock(), &signed.actor(), &ask).await?;
    Ok(draw(&signed, &ask, found))
}

fn draw(signed: &Signed, ask: &Ask, found: backend::people::list::Page) -> Response {
    let at = ask.at.map(|at| at.to_string());
    let next = found.next.map(|after| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let role = ask.role.map(Role::slug).unwrap_or_default();
        let narrowed = [("q", ask.words.as_str()), ("role", role), ("at", at.as_deref().unwrap_or_default())];
        query.extend_pairs(narrowed.iter().filter(|(_, value)| !value.is_empty()));
        format!("/people?{}", query.append_pair("after", &after.to_string()).finish())
    });
    let rows: Vec<Row> = found.people.into_iter().map(row).collect();
    let places: Vec<(String, String)> =
        found.places.into_iter().map(|place| (place.id.to_string(), place.name)).collect();
    // A guardian belongs to students and to no place; an operator is everywhere.
    let here = |role: &Role| match role {
        Role::Student => !found.adults,
        Role::Guardian => false,
        Role::Operator => found.adults,
        _ => true,
    };
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(here).collect();
    let shown = People {
        rows: &rows,
        total: found.total,
        words: &ask.words,
        role: ask.role,
        at: at.as_deref(),
        places: &places,
        roles: &roles,
        next: next.as_deref(),
        later: ask.after.is_some(),
        may_invite: offers(&signed.actor(), Action::Invite),
    };
    signed.page(signed.visitor.text().who_title(), |site| view::page(site, &shown))
}

fn row(listed: Listed) -> Row {
    Row { id: listed.id.to_string(), name: listed.name, roles: listed.roles, suspended: listed.suspended }
}
