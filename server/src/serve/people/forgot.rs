//! Getting in again after a forgotten password.

use super::super::App;
use super::super::drawn::{leads_to, page as bare_page};
use super::super::form::{field, fields};
use super::super::gate::{Answer, wrong};
use super::super::signed::Signed;
use super::super::visitor::Visitor;
use super::invite::weak;
use super::record;
use app::people::forgot as view;
use app::people::form::Form;
use axum::extract::{Path, RawForm, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::people::invitation::looks_like_email;
use backend::people::reset::{self, Open, Wrong};
use backend::secret::Token;

/// Asking for a link.
pub(in super::super) async fn page(State(app): State<App>, visitor: Visitor) -> Response {
    draw(&app, &visitor, StatusCode::OK, &Form::default())
}

fn draw(app: &App, visitor: &Visitor, status: StatusCode, form: &Form) -> Response {
    bare_page(app, visitor, status, visitor.text().forgot_title(), |site| view::page(site, form))
}

/// Sends it, and says the same whoever asked.
pub(in super::super) async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    RawForm(form): RawForm,
) -> Answer {
    let form = fields(&form);
    let email = field(&form, "email").unwrap_or_default().trim().to_owned();
    if !looks_like_email(&email) {
        let form = Form::wrong(form, "email", visitor.text().invite_wrong_email());
        return Ok(draw(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &form));
    }
    reset::ask(&app.database, &app.clock, &email).await?;
    let title = visitor.text().forgot_sent_title();
    Ok(bare_page(&app, &visitor, StatusCode::OK, title, |site| view::sent(site, &email)))
}

/// The page behind the link.
pub(in super::super) async fn choosing(
    State(app): State<App>,
    visitor: Visitor,
    Path(key): Path<String>,
) -> Answer {
    let Ok(token) = key.parse::<Token>() else { return Ok(too_late(&app, &visitor)) };
    match reset::look(&app.database, &app.clock, &token).await {
        Ok(open) => Ok(draw_choice(&app, &visitor, StatusCode::OK, &key, &open, &Form::default())),
        Err(stop) => {
            wrong(stop)?;
            Ok(too_late(&app, &visitor))
        }
    }
}

/// Takes the new password; then the way in is the usual one.
pub(in super::super) async fn choose(
    State(app): State<App>,
    visitor: Visitor,
    Path(key): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let Ok(token) = key.parse::<Token>() else { return Ok(too_late(&app, &visitor)) };
    let form = fields(&form);
    let typed = field(&form, "password").unwrap_or_default();
    let Err(stop) = reset::choose(&app.database, &app.clock, &token, typed).await else {
        return Ok(leads_to(&visitor.href("/sign-in?done=reset")));
    };
    let Wrong::Weak(strength) = wrong(stop)? else { return Ok(too_late(&app, &visitor)) };
    let form = Form::wrong(form, "password", weak(visitor.text(), strength));
    match reset::look(&app.database, &app.clock, &token).await {
        Ok(open) => Ok(draw_choice(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &key, &open, &form)),
        Err(stop) => {
            wrong(stop)?;
            Ok(too_late(&app, &visitor))
        }
    }
}

/// Lets somebody else begin anew: the link goes to them alone.
pub(in super::super) async fn renew(signed: Signed, Path(person): Path<String>) -> Answer {
    let person = record::id(&person)?;
    let done = reset::renew(signed.database(), signed.clock(), &signed.actor(), person).await;
    record::after(&signed, person, Vec::new(), done.map(drop), "renewed").await
}

fn draw_choice(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    key: &str,
    open: &Open,
    form: &Form,
) -> Response {
    let title = visitor.text().forgot_choose_title();
    bare_page(app, visitor, status, title, |site| view::choose(site, form, key, &open.email, open.second))
}

fn too_late(app: &App, visitor: &Visitor) -> Response {
    bare_page(app, visitor, StatusCode::NOT_FOUND, visitor.text().invited_late_title(), view::too_late)
}
