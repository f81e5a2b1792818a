//! Showing once more who one is, before what gives lasting access. The gate leads here whoever showed it too long ago.

use super::super::drawn::leads_to;
use super::super::form::{Fields, field, fields};
use super::super::gate::{Answer, Halt, SESSION, safe_then, token, wrong};
use super::super::people::set_cookie;
use super::super::signed::Signed;
use super::passkey::{question, site};
use super::{forget, kept};
use app::people::form::Form;
use app::people::prove as view;
use axum::extract::RawForm;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use backend::people::factors;
use backend::people::passkey::{self, Answered};
use backend::people::proof::{self, Typed, Wrong};
use backend::people::sso;
use backend::secret::Token;
use domain::policy::Refusal;

/// What somebody has to show; who showed it a moment ago is led on.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    let then = signed.visitor.asked("then");
    let then = safe_then(then.as_deref());
    if signed.session.wearer.proved {
        return Ok(leads_to(&signed.visitor.href(then)));
    }
    draw(&signed, StatusCode::OK, &Form::default(), then).await
}

async fn draw(signed: &Signed, status: StatusCode, form: &Form, then: &str) -> Answer {
    let ways = proof::ways(signed.database(), signed.session.wearer.person).await?;
    let passkeys_work = site(&signed.visitor).is_some();
    let district = sso::asks_again(signed.database(), &signed.session).await?.map(|district| district.name);
    let ways = view::Ways { password: ways.password, has: ways.has, passkeys_work, district };
    let title = signed.visitor.text().prove_title();
    Ok(signed.page_with(status, title, |site| view::page(site, &ways, form, then)))
}

/// The password.
pub(in super::super) async fn password(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let typed = field(&form, "password").unwrap_or_default().to_owned();
    let sentence = signed.visitor.text().prove_wrong_password();
    show(&signed, form, Typed::Password(&typed), ("password", sentence)).await
}

/// Six digits of the app.
pub(in super::super) async fn code(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let digits = field(&form, "digits").unwrap_or_default().to_owned();
    let sentence = signed.visitor.text().second_wrong_code();
    show(&signed, form, Typed::Code(factors::Typed::App(&digits)), ("digits", sentence)).await
}

/// A code from paper.
pub(in super::super) async fn recovery(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let typed = field(&form, "recovery").unwrap_or_default().to_owned();
    let sentence = signed.visitor.text().second_wrong_recovery();
    show(&signed, form, Typed::Code(factors::Typed::Recovery(&typed)), ("recovery", sentence)).await
}

async fn show(
    signed: &Signed,
    form: Fields,
    typed: Typed<'_>,
    (mut at, sentence): (&'static str, &str),
) -> Answer {
    let then = safe_then(field(&form, "then")).to_owned();
    let token = token(&signed.visitor).ok_or(Halt::Refused(Refusal::SignIn))?;
    let shown = {
        let (database, clock, key) = (signed.database(), signed.clock(), &signed.app.key);
        proof::show(database, clock, key, &signed.session, &token, typed).await
    };
    let (status, sentence) = match shown {
        Ok(token) => return Ok(on(signed, &then, &token)),
        Err(stop) => match wrong(stop)? {
            Wrong::Wait { minutes } => {
                let minutes = usize::try_from(minutes).unwrap_or(1);
                (StatusCode::TOO_MANY_REQUESTS, signed.visitor.text().prove_wait(minutes))
            }
            Wrong::Unreadable => {
                at = "";
                (StatusCode::UNPROCESSABLE_ENTITY, signed.visitor.text().second_unreadable().to_owned())
            }
            Wrong::NoMatch => (StatusCode::UNPROCESSABLE_ENTITY, sentence.to_owned()),
        },
    };
    // A code of the app is over with its half minute; one from paper may need one letter changed.
    let form = form.into_iter().filter(|(name, _)| name != "digits").collect();
    draw(signed, status, &Form::wrong(form, at, sentence), &then).await
}

/// On to what they wanted, under the new token.
fn on(signed: &Signed, then: &str, token: &Token) -> Response {
    let mut response = signed.to(then);
    set_cookie(&mut response, SESSION, &token.to_string(), None);
    response
}

/// Asks for a passkey of theirs.
pub(in super::super) async fn ask(signed: Signed) -> Answer {
    let site = site(&signed.visitor).ok_or(Halt::Missing)?;
    match passkey::begin_prove(signed.database(), signed.clock(), &site, &signed.session).await {
        Ok(asked) => Ok(question(&asked)),
        Err(stop) => {
            wrong(stop)?;
            Ok(StatusCode::CONFLICT.into_response())
        }
    }
}

/// A passkey of theirs.
pub(in super::super) async fn by_passkey(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let then = safe_then(field(&form, "then"));
    let answer = field(&form, "answer").unwrap_or_default();
    let site = site(&signed.visitor).ok_or(Halt::Missing)?;
    let token = token(&signed.visitor).ok_or(Halt::Refused(Refusal::SignIn))?;
    if let Some(asked) = kept(&signed.visitor).filter(|_| !answer.is_empty()) {
        let answered = Answered { token: &asked, json: answer };
        let (database, clock) = (signed.database(), signed.clock());
        match passkey::finish_prove(database, clock, &site, &answered, &signed.session, &token).await {
            Ok(token) => {
                let mut response = on(&signed, then, &token);
                forget(&mut response);
                return Ok(response);
            }
            Err(stop) => wrong(stop)?,
        };
    }
    let form = Form::wrong(Vec::new(), "", signed.visitor.text().second_wrong_passkey());
    draw(&signed, StatusCode::UNPROCESSABLE_ENTITY, &form, then).await
}
