//! Passkeys: what the script asks, and the forms that it fills.

use super::super::App;
use super::super::drawn::leads_to;
use super::super::form::{field, fields};
use super::super::gate::{Answer, Halt, Maybe, SESSION, safe_then, token, wrong};
use super::super::people::sign_in::{self, browser, entered, from, set_cookie};
use super::super::signed::Signed;
use super::super::visitor::Visitor;
use super::{forget, keep, kept, keys, second};
use app::people::form::Form;
use axum::extract::{RawForm, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::people::passkey::{self, Answered, Asked, Site, Wrong};
use backend::people::session::Session;
use backend::secret::Token;
use domain::policy::Strength;
use std::sync::Arc;

/// The site as this visitor's browser knows it; none where browsers have no passkeys.
pub(super) fn site(visitor: &Visitor) -> Option<Site> {
    Site::at(&visitor.origin)
}

/// The question, for the script.
pub(super) fn question(asked: &Asked) -> Response {
    let mut response = asked.options.clone().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    keep(&mut response, &asked.token, passkey::LIVES);
    response
}

/// Asks for a new passkey.
pub(in super::super) async fn ask_make(signed: Signed) -> Answer {
    let site = site(&signed.visitor).ok_or(Halt::Missing)?;
    match passkey::begin_make(signed.database(), signed.clock(), &signed.actor(), &site).await {
        Ok(asked) => Ok(question(&asked)),
        Err(stop) => {
            wrong(stop)?;
            Ok(StatusCode::CONFLICT.into_response())
        }
    }
}

/// Takes the new passkey.
pub(in super::super) async fn made(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let site = site(&signed.visitor).ok_or(Halt::Missing)?;
    let text = signed.visitor.text();
    let answer = field(&form, "answer").unwrap_or_default();
    let name = field(&form, "name").unwrap_or_default();
    let (Some(asked), Some(session), false) =
        (kept(&signed.visitor), token(&signed.visitor), answer.is_empty())
    else {
        let sentence = if answer.is_empty() { text.passkey_failed() } else { text.keys_wrong_late() };
        return keys::with(&signed, Form::wrong(form, "", sentence)).await;
    };
    let answered = Answered { token: &asked, json: answer };
    let (database, clock, actor) = (signed.database(), signed.clock(), &signed.actor());
    match passkey::finish_make(database, clock, actor, &session, &site, &answered, name).await {
        Ok(stronger) => {
            let mut response = signed.to("/account/keys?done=passkey");
            forget(&mut response);
            raised(&mut response, stronger);
            Ok(response)
        }
        Err(stop) => {
            let (at, sentence) = told(text, wrong(stop)?);
            keys::with(&signed, Form::wrong(form, at, sentence)).await
        }
    }
}

fn told(text: text::ServerText, wrong: Wrong) -> (&'static str, &'static str) {
    match wrong {
        Wrong::Expired => ("", text.keys_wrong_late()),
        Wrong::Name => ("name", text.keys_wrong_name()),
        Wrong::TooMany => ("", text.keys_wrong_many()),
        Wrong::LastOne => ("", text.keys_wrong_last()),
        Wrong::NotTaken | Wrong::Known | Wrong::NoKey => ("", text.keys_wrong_passkey()),
    }
}

/// A session that is worth more has another token.
pub(super) fn raised(response: &mut Response, stronger: Option<Token>) {
    if let Some(token) = stronger {
        set_cookie(response, SESSION, &token.to_string(), None);
    }
}

/// Calls a passkey something else.
pub(in super::super) async fn rename(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let (id, name) =
        (field(&form, "passkey").unwrap_or_default(), field(&form, "new-name").unwrap_or_default());
    match passkey::rename(signed.database(), signed.clock(), &signed.actor(), id, name).await {
        Ok(()) => Ok(signed.to("/account/keys?done=renamed")),
        Err(stop) => {
            let (_, sentence) = told(signed.visitor.text(), wrong(stop)?);
            keys::with(&signed, Form::wrong(Vec::new(), "", sentence)).await
        }
    }
}

/// Takes a passkey away.
pub(in super::super) async fn remove(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let id = field(&form, "passkey").unwrap_or_default();
    match passkey::remove(signed.database(), signed.clock(), &signed.actor(), id).await {
        Ok(()) => Ok(signed.to("/account/keys?done=passkey-gone")),
        Err(stop) => {
            let (_, sentence) = told(signed.visitor.text(), wrong(stop)?);
            keys::with(&signed, Form::wrong(Vec::new(), "", sentence)).await
        }
    }
}

/// The session whose second step is owed, if it is one.
fn half(session: Option<&Arc<Session>>) -> Option<&Arc<Session>> {
    session.filter(|session| session.wearer.strength == Strength::Half)
}

/// Asks for a passkey: of whoever typed a password, or anybody's.
pub(in super::super) async fn ask_use(State(app): State<App>, session: Maybe, visitor: Visitor) -> Answer {
    let site = site(&visitor).ok_or(Halt::Missing)?;
    let whose = half(session.0.as_ref()).map(|session| session.wearer.person);
    match passkey::begin_use(&app.database, &app.clock, &site, whose).await {
        Ok(asked) => Ok(question(&asked)),
        Err(stop) => {
            wrong(stop)?;
            Ok(StatusCode::CONFLICT.into_response())
        }
    }
}

/// Signs in whose passkey it is.
pub(in super::super) async fn used(
    State(app): State<App>,
    session: Maybe,
    visitor: Visitor,
    RawForm(form): RawForm,
) -> Answer {
    let form = fields(&form);
    let then = safe_then(field(&form, "then")).to_owned();
    let answer = field(&form, "answer").unwrap_or_default();
    let site = site(&visitor).ok_or(Halt::Missing)?;
    let half = half(session.0.as_ref());
    let owed = half.and_then(|session| token(&visitor).map(|token| (session.clone(), token)));
    if let Some(asked) = kept(&visitor).filter(|_| !answer.is_empty()) {
        let name = browser(&visitor);
        let (answered, from) = (Answered { token: &asked, json: answer }, from(&visitor, &name));
        let owed = owed.as_ref().map(|(session, token)| (&**session, token));
        match passkey::finish_use(&app.database, &app.clock, &site, &answered, owed, &from).await {
            Ok(whole) => {
                let mut response = entered(&visitor, &then, &whole);
                forget(&mut response);
                return Ok(response);
            }
            Err(stop) => wrong(stop)?,
        };
    }
    let sentence = visitor.text().second_wrong_passkey();
    let form = Form::wrong(Vec::new(), "", sentence);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    match half {
        Some(session) => {
            let signed = Signed { app: app.clone(), session: session.clone(), visitor };
            second::draw(&signed, status, &form, &then).await
        }
        None if session.0.is_some() => Ok(leads_to(&visitor.href(&then))),
        None => Ok(sign_in::draw(&app, &visitor, status, &Form::default(), &form, Some(&then)).await),
    }
}
