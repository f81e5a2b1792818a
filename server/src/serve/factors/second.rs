//! The second step, by a code of an app or from paper.

use super::super::drawn::leads_to;
use super::super::form::{field, fields};
use super::super::gate::{Answer, Halt, safe_then, token, wrong};
use super::super::people::sign_in::{browser, entered, from};
use super::super::signed::Signed;
use super::passkey::site;
use app::people::form::Form;
use app::people::second as view;
use axum::extract::RawForm;
use axum::http::StatusCode;
use axum::response::Response;
use backend::people::factors::{self, Typed, Wrong};
use domain::people::factor::Factors;
use domain::policy::{Refusal, Strength};

/// The ways that are set up; who is in already is led on.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    let then = signed.visitor.asked("then");
    let then = safe_then(then.as_deref());
    if signed.session.wearer.strength != Strength::Half {
        return Ok(leads_to(&signed.visitor.href(then)));
    }
    let has = has(&signed).await?;
    // What they had was taken away meanwhile, with the sign-in of another browser: they begin anew.
    if !has.is_set_up() && has.recovery == 0 {
        let then: String = form_urlencoded::byte_serialize(then.as_bytes()).collect();
        return Ok(leads_to(&signed.visitor.href(&format!("/sign-in?then={then}"))));
    }
    draw(&signed, StatusCode::OK, &Form::default(), then).await
}

async fn has(signed: &Signed) -> Result<Factors, Halt> {
    let mut lease = signed.database().lease().await?;
    Ok(factors::of(&mut lease.conn(), signed.session.wearer.person).await?)
}

/// Draws the page of the second step.
pub(super) async fn draw(
    signed: &Signed,
    status: StatusCode,
    form: &Form,
    then: &str,
) -> Result<Response, Halt> {
    let has = has(signed).await?;
    let passkeys = site(&signed.visitor).is_some();
    let title = signed.visitor.text().second_title();
    Ok(signed.page_with(status, title, |site| view::page(site, has, passkeys, form, then)))
}

/// Six digits of the app.
pub(in super::super) async fn code(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let digits = field(&form, "digits").unwrap_or_default().to_owned();
    let sentence = signed.visitor.text().second_wrong_code();
    show(&signed, form, Typed::App(&digits), ("digits", sentence)).await
}

/// A code from paper.
pub(in super::super) async fn recovery(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let typed = field(&form, "recovery").unwrap_or_default().to_owned();
    let sentence = signed.visitor.text().second_wrong_recovery();
    show(&signed, form, Typed::Recovery(&typed), ("recovery", sentence)).await
}

async fn show(
    signed: &Signed,
    form: super::super::form::Fields,
    typed: Typed<'_>,
    (mut at, sentence): (&'static str, &str),
) -> Answer {
    let then = safe_then(field(&form, "then")).to_owned();
    if signed.session.wearer.strength != Strength::Half {
        return Ok(leads_to(&signed.visitor.href(&then)));
    }
    let token = token(&signed.visitor).ok_or(Halt::Refused(Refusal::SignIn))?;
    let name = browser(&signed.visitor);
    let from = from(&signed.visitor, &name);
    let shown = {
        let (database, clock, key) = (signed.database(), signed.clock(), &signed.app.key);
        factors::show(database, clock, key, &signed.session, &token, typed, &from).await
    };
    let (status, sentence) = match shown {
        Ok(whole) => return Ok(entered(&signed.visitor, &then, &whole)),
        Err(stop) => match wrong(stop)? {
            Wrong::Wait { minutes } => {
                let minutes = usize::try_from(minutes).unwrap_or(1);
                (StatusCode::TOO_MANY_REQUESTS, signed.visitor.text().second_wait(minutes))
            }
            Wrong::Unreadable => {
                at = "";
                (StatusCode::UNPROCESSABLE_ENTITY, signed.visitor.text().second_unreadable().to_owned())
            }
            _ => (StatusCode::UNPROCESSABLE_ENTITY, sentence.to_owned()),
        },
    };
    // A code of the app is over with its half minute; one from paper may need one letter changed.
    let form = form.into_iter().filter(|(name, _)| name != "digits").collect();
    draw(signed, status, &Form::wrong(form, at, sentence), &then).await
}
