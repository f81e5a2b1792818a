//! Asking an adult to come, and coming.

use super::super::App;
use super::super::drawn::{leads_to, page as bare_page};
use super::super::form::{field, fields};
use super::super::gate::{Answer, Halt, Maybe, SESSION, wrong};
use super::super::signed::Signed;
use super::super::visitor::Visitor;
use super::sign_in::{browser, from, remember, set_cookie};
use app::people::form::Form;
use app::people::invite::{self as view, Choice, Invited, Link, Made, Waiting, Who};
use app::people::words;
use axum::extract::{Path, RawForm, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::clock::today_in_los_angeles;
use backend::people::invitation::{self, Accepting, Invitation, Wanted, Wrong};
use backend::people::organisation;
use backend::people::password::Weak;
use backend::people::session::Session;
use backend::secret::Token;
use domain::people::Role;
use domain::policy::scope;
use domain::policy::table::Invite;
use text::ServerText;

/// Whom to ask, as what.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    let done = match signed.visitor.asked("done").as_deref() {
        Some("withdrawn") => Some(signed.visitor.text().invite_withdrawn()),
        _ => None,
    };
    draw(&signed, StatusCode::OK, &Form::done(done), None).await
}

async fn draw(
    signed: &Signed,
    status: StatusCode,
    form: &Form,
    made: Option<Made<'_>>,
) -> Result<Response, Halt> {
    let scope = scope::<Invite>(&signed.actor())?;
    let mut lease = signed.database().lease().await?;
    let text = signed.visitor.text();
    let places: Vec<Choice> = organisation::within(&mut lease.conn(), scope, None)
        .await?
        .into_iter()
        .map(|place| (place.id.to_string(), format!("{} ({})", place.name, words::kind(text, place.kind))))
        .collect();
    drop(lease);
    let waiting: Vec<Waiting> = invitation::waiting(signed.database(), signed.clock(), &signed.actor())
        .await?
        .into_iter()
        .map(|waiting| Waiting {
            id: waiting.id,
            email: waiting.email,
            worn: (waiting.role, waiting.place),
            until: today_in_los_angeles(waiting.until).to_string(),
        })
        .collect();
    let roles = signed.session.wearer.role.map_or(&[][..], Role::invites);
    let title = text.invite_title();
    Ok(signed.page_with(status, title, |site| view::page(site, form, roles, &places, &waiting, made)))
}

/// Asks them.
pub(in super::super) async fn invite(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let text = signed.visitor.text();
    let role = field(&form, "role").and_then(Role::from_slug);
    let wanted = Wanted {
        email: field(&form, "email").unwrap_or_default(),
        role: role.ok_or(Halt::Missing)?,
        at: field(&form, "at").filter(|_| role != Some(Role::Operator)).and_then(|at| at.parse().ok()),
        tongue: tongue(&form),
        mailed: signed.app.mailed,
    };
    match invitation::invite(signed.database(), signed.clock(), &signed.actor(), &wanted).await {
        Ok(token) => {
            // What was made says itself whether its link is shown, and whether it is for somebody who is here.
            let made = invitation::look(signed.database(), signed.clock(), &token).await.ok();
            let token = made.as_ref().is_some_and(|made| made.shown).then_some(token);
            let known = made.is_none_or(|made| made.known);
            sent(&signed, wanted.email.trim(), token.as_ref(), known).await
        }
        Err(stop) => {
            let (at, sentence) = match wrong(stop)? {
                Wrong::Email => ("email", text.invite_wrong_email()),
                _ => ("role", text.invite_wrong_role()),
            };
            draw(&signed, StatusCode::UNPROCESSABLE_ENTITY, &Form::wrong(form, at, sentence), None).await
        }
    }
}

/// The page with an invitation that just went out, and its link if it is shown.
async fn sent(signed: &Signed, email: &str, token: Option<&Token>, known: bool) -> Answer {
    let link = match token {
        Some(token) => {
            let path = signed.visitor.href(&format!("/invited/{token}"));
            Link::Shown(format!("{}{path}", signed.visitor.origin))
        }
        None if known => Link::Known,
        None => Link::Mailed,
    };
    draw(signed, StatusCode::OK, &Form::default(), Some(Made { email, link: &link })).await
}

/// Sends one that waits again.
pub(in super::super) async fn again(signed: Signed, Path(id): Path<String>) -> Answer {
    let (database, clock, mailed) = (signed.database(), signed.clock(), signed.app.mailed);
    let again = invitation::again(database, clock, &signed.actor(), &id, mailed).await?;
    sent(&signed, &again.email, again.token.as_ref(), again.known).await
}

/// Takes one that waits back.
pub(in super::super) async fn withdraw(signed: Signed, Path(id): Path<String>) -> Answer {
    invitation::withdraw(signed.database(), signed.clock(), &signed.actor(), &id).await?;
    Ok(signed.to("/invite?done=withdrawn"))
}

fn tongue(form: &super::super::form::Fields) -> &'static str {
    if field(form, "tongue") == Some("es") { "es" } else { "en" }
}

/// The page behind the link of an invitation.
pub(in super::super) async fn invited(
    State(app): State<App>,
    session: Maybe,
    visitor: Visitor,
    Path(key): Path<String>,
) -> Answer {
    let Ok(token) = key.parse::<Token>() else { return Ok(too_late(&app, &visitor)) };
    match invitation::look(&app.database, &app.clock, &token).await {
        Ok(invitation) => {
            let me = theirs(&app, &invitation, session.0.as_deref()).await?;
            Ok(draw_invited(&app, &visitor, StatusCode::OK, &key, &invitation, me, &Form::default()))
        }
        Err(stop) => {
            wrong(stop)?;
            Ok(too_late(&app, &visitor))
        }
    }
}

fn too_late(app: &App, visitor: &Visitor) -> Response {
    bare_page(app, visitor, StatusCode::NOT_FOUND, visitor.text().invited_late_title(), view::too_late)
}

/// Who is signed in, if it is whom the invitation is for.
async fn theirs<'a>(
    app: &App,
    invitation: &Invitation,
    session: Option<&'a Session>,
) -> Result<Option<&'a Session>, Halt> {
    let Some(session) = session else { return Ok(None) };
    Ok(invitation::is_theirs(&app.database, invitation, session).await?.then_some(session))
}

fn draw_invited(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    key: &str,
    invitation: &Invitation,
    me: Option<&Session>,
    form: &Form,
) -> Response {
    let name = me.map(|me| me.person.name());
    let who = match (&name, invitation.known) {
        (Some(name), _) => Who::Me(name),
        (None, true) if invitation.keyless => Who::Keyless,
        (None, true) => Who::Known,
        (None, false) => Who::New,
    };
    let shown = Invited {
        token: key,
        email: &invitation.email,
        role: invitation.role,
        place: invitation.place.as_deref(),
        who,
    };
    let title = visitor.text().invited_title();
    bare_page(app, visitor, status, title, |site| view::invited(site, form, &shown))
}

/// Comes: makes the person, or finds them, and signs them in.
pub(in super::super) async fn accept(
    State(app): State<App>,
    session: Maybe,
    visitor: Visitor,
    Path(key): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let Ok(token) = key.parse::<Token>() else { return Ok(too_late(&app, &visitor)) };
    let form = fields(&form);
    if let (Some(session), Some("me")) = (session.0.as_deref(), field(&form, "as")) {
        return match invitation::accept_as(&app.database, &app.clock, &token, session).await {
            Ok(()) => Ok(leads_to(&visitor.href("/home"))),
            Err(stop) => wrong(stop).map(|_| too_late(&app, &visitor)),
        };
    }
    let get = |name| field(&form, name).unwrap_or_default();
    let name = browser(&visitor);
    let given = Accepting {
        given_name: get("given-name"),
        family_name: get("family-name"),
        password: get("password"),
        tongue: tongue(&form),
        from: from(&visitor, &name),
    };
    let text = visitor.text();
    let stop = match invitation::accept(&app.database, &app.clock, &token, &given).await {
        Ok(accepted) => {
            // Somebody who was here already signs in the usual way.
            let next = if accepted.session.is_some() { "/home" } else { "/sign-in" };
            let mut response = leads_to(&visitor.href(next));
            if let Some(session) = &accepted.session {
                set_cookie(&mut response, SESSION, &session.to_string(), None);
            }
            remember(&mut response, &accepted.device);
            return Ok(response);
        }
        Err(stop) => stop,
    };
    let (at, sentence) = match wrong(stop)? {
        Wrong::Name => ("given-name", text.invited_wrong_name()),
        Wrong::Weak(strength) => ("password", weak(text, strength)),
        Wrong::Password => ("password", text.sign_in_wrong_password()),
        Wrong::Link | Wrong::Email | Wrong::Role => return Ok(too_late(&app, &visitor)),
    };
    match invitation::look(&app.database, &app.clock, &token).await {
        Ok(invitation) => {
            let form = Form::wrong(form, at, sentence);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(draw_invited(&app, &visitor, status, &key, &invitation, None, &form))
        }
        Err(stop) => {
            wrong(stop)?;
            Ok(too_late(&app, &visitor))
        }
    }
}

/// Why a new password is not taken.
pub(in super::super) fn weak(text: ServerText, weak: Weak) -> &'static str {
    match weak {
        Weak::Short => text.password_short(),
        Weak::Long => text.password_long(),
        Weak::Easy => text.password_easy(),
    }
}
