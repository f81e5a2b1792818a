//! How does a handler answer somebody who is signed in?

use super::App;
use super::drawn::{leads_to, page};
use super::gate::Halt;
use super::visitor::Visitor;
use app::Site;
use app::people::bar::{Me, Worn, bar};
use app::people::refused;
use axum::http::StatusCode;
use axum::response::Response;
use backend::people::session::Session;
use backend::{Clock, Database};
use domain::policy::{Actor, Refusal};
use maud::{Markup, html};
use std::sync::Arc;

/// Somebody who is signed in, and what they asked for. A handler that takes one is only reached by them.
pub(super) struct Signed {
    pub(super) app: App,
    pub(super) visitor: Visitor,
    pub(super) session: Arc<Session>,
}

impl Signed {
    /// For the rules.
    pub(super) fn actor(&self) -> Actor {
        self.session.actor()
    }

    pub(super) fn database(&self) -> &Database {
        &self.app.database
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.app.clock
    }

    /// A page inside the frame, below the bar with the person's name and roles.
    pub(super) fn page(&self, title: &str, inside: impl FnOnce(&Site) -> Markup) -> Response {
        self.page_with(StatusCode::OK, title, inside)
    }

    /// The same with a status: 422 for a form that comes back.
    pub(super) fn page_with(
        &self,
        status: StatusCode,
        title: &str,
        inside: impl FnOnce(&Site) -> Markup,
    ) -> Response {
        within(&self.app, &self.visitor, Some(&self.session), status, title, inside)
    }

    /// After a deed: another page of ours, in the language in use.
    pub(super) fn to(&self, path: &str) -> Response {
        leads_to(&self.visitor.href(path))
    }
}

/// A page with the bar of whoever is signed in, or without.
pub(super) fn within(
    app: &App,
    visitor: &Visitor,
    session: Option<&Session>,
    status: StatusCode,
    title: &str,
    inside: impl FnOnce(&Site) -> Markup,
) -> Response {
    page(app, visitor, status, title, |site| {
        let me = session.map(me);
        html! {
            @if let Some(me) = &me { (bar(site, me)) }
            (inside(site))
        }
    })
}

fn me(session: &Session) -> Me {
    let worn = |grant: &backend::people::role::Grant| Worn {
        grant: grant.id.to_string(),
        role: grant.role,
        place: grant.place.clone(),
        now: Some(grant.id) == session.worn,
    };
    Me {
        name: session.person.name(),
        demo: session.person.demo,
        whole: session.wearer.strength != domain::policy::Strength::Half,
        roles: session.roles.iter().map(worn).collect(),
    }
}

/// The page that says why nothing came of it, and what to do.
pub(super) fn draw_halt(app: &App, visitor: &Visitor, session: Option<&Session>, halt: Halt) -> Response {
    let text = visitor.text();
    let (status, title, why) = match halt {
        Halt::Refused(Refusal::NotYours) | Halt::Missing => {
            (StatusCode::NOT_FOUND, text.missing_title(), refused::Why::Missing)
        }
        Halt::Refused(Refusal::SignIn) => {
            (StatusCode::UNAUTHORIZED, text.people_refused_title(), refused::Why::SignIn)
        }
        Halt::Refused(Refusal::NotThisRole) if !session.is_some_and(|session| me(session).can_change()) => {
            (StatusCode::FORBIDDEN, text.people_refused_title(), refused::Why::ForOthers)
        }
        Halt::Refused(refusal) => {
            (StatusCode::FORBIDDEN, text.people_refused_title(), refused::Why::Rule(refusal))
        }
        Halt::Elsewhere => (StatusCode::FORBIDDEN, text.people_refused_title(), refused::Why::Elsewhere),
        Halt::TooOften => {
            (StatusCode::TOO_MANY_REQUESTS, text.people_refused_title(), refused::Why::TooOften)
        }
        Halt::Broken => (StatusCode::INTERNAL_SERVER_ERROR, text.broken_title(), refused::Why::Broken),
    };
    within(app, visitor, session, status, title, |site| refused::page(site, title, why))
}
