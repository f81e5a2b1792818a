//! One's own second factors: the page of all, an app that is being set up, new recovery codes.

use super::super::form::{field, fields};
use super::super::gate::{Answer, Halt, token, wrong};
use super::super::signed::Signed;
use super::passkey::{raised, site};
use app::people::form::Form;
use app::people::keys::{self as view, Key, Keys};
use axum::extract::RawForm;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::clock::today_in_los_angeles;
use backend::people::factors::{self, Wrong};
use backend::people::totp::{self, SetUp};
use backend::people::{passkey, recovery};
use domain::people::factor::must_have_second;
use domain::people::{RecoveryCode, Role};
use domain::policy::Refusal;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// All that is set up.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    let text = signed.visitor.text();
    let done = match signed.visitor.asked("done").as_deref() {
        Some("app") => Some(text.keys_done_app()),
        Some("app-gone") => Some(text.keys_done_app_gone()),
        Some("passkey") => Some(text.keys_done_passkey()),
        Some("passkey-gone") => Some(text.keys_done_passkey_gone()),
        Some("renamed") => Some(text.keys_done_renamed()),
        _ => None,
    };
    draw(&signed, StatusCode::OK, &Form::done(done)).await
}

/// The page again, with what is wrong.
pub(super) async fn with(signed: &Signed, form: Form) -> Answer {
    draw(signed, StatusCode::UNPROCESSABLE_ENTITY, &form).await
}

async fn draw(signed: &Signed, status: StatusCode, form: &Form) -> Result<Response, Halt> {
    let listed = match passkey::own(signed.database(), signed.clock(), &signed.actor()).await {
        Ok(listed) => listed,
        Err(stop) => {
            wrong(stop)?;
            Vec::new()
        }
    };
    let mut lease = signed.database().lease().await?;
    let has = factors::of(&mut lease.conn(), signed.session.wearer.person).await?;
    drop(lease);
    let passkeys = listed
        .into_iter()
        .map(|key| Key {
            id: key.id,
            name: key.name,
            made: today_in_los_angeles(key.made_at),
            used: key.used_at.map(today_in_los_angeles),
        })
        .collect();
    let roles: Vec<Role> = signed.session.roles.iter().map(|grant| grant.role).collect();
    let works = site(&signed.visitor).is_some();
    let keys = Keys { passkeys, has, must: must_have_second(&roles), passkeys_work: works };
    let title = signed.visitor.text().keys_title();
    Ok(signed.page_with(status, title, |site| view::page(site, form, &keys)))
}

/// Begins to set up an app.
pub(in super::super) async fn begin_app(signed: Signed) -> Answer {
    match totp::begin(signed.database(), signed.clock(), &signed.app.key, &signed.actor()).await {
        Ok(_) => Ok(signed.to("/account/keys/app")),
        Err(stop) => {
            wrong(stop)?;
            Ok(signed.to("/account/keys"))
        }
    }
}

/// What an app that is being set up is told; nothing when none is.
async fn begun(signed: &Signed) -> Result<Option<SetUp>, Halt> {
    match totp::begun(signed.database(), signed.clock(), &signed.app.key, &signed.actor()).await {
        Ok(set_up) => Ok(set_up),
        Err(stop) => wrong(stop).map(|_| None),
    }
}

/// The page of an app that is being set up.
pub(in super::super) async fn app(signed: Signed) -> Answer {
    draw_app(&signed, StatusCode::OK, &Form::default()).await
}

async fn draw_app(signed: &Signed, status: StatusCode, form: &Form) -> Answer {
    let Some(set_up) = begun(signed).await? else { return Ok(signed.to("/account/keys")) };
    let title = signed.visitor.text().keys_app_title();
    Ok(signed.page_with(status, title, |site| view::app(site, form, &set_up.secret)))
}

/// The square of that page. It holds the secret, so nobody keeps it.
pub(in super::super) async fn square(signed: Signed) -> Answer {
    let set_up = begun(&signed).await?.ok_or(Halt::Missing)?;
    let code = QrCode::with_error_correction_level(&set_up.address, EcLevel::M).map_err(|_| Halt::Broken)?;
    let image = code.render::<svg::Color<'_>>().min_dimensions(200, 200).quiet_zone(true).build();
    let mut response = image.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    Ok(response)
}

/// The first code of the app.
pub(in super::super) async fn confirm_app(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let digits = field(&form, "digits").unwrap_or_default();
    let session = token(&signed.visitor).ok_or(Halt::Refused(Refusal::SignIn))?;
    match totp::confirm(signed.database(), signed.clock(), &signed.app.key, &signed.actor(), &session, digits)
        .await
    {
        Ok(confirmed) => {
            let mut response = if confirmed.codes.is_empty() {
                signed.to("/account/keys?done=app")
            } else {
                let done = signed.visitor.text().keys_done_app();
                shown(&signed, &Form::done(Some(done)), &confirmed.codes)
            };
            raised(&mut response, confirmed.token);
            Ok(response)
        }
        Err(stop) => match wrong(stop)? {
            Wrong::Code => {
                let form = Form::wrong(Vec::new(), "digits", signed.visitor.text().keys_wrong_code());
                draw_app(&signed, StatusCode::UNPROCESSABLE_ENTITY, &form).await
            }
            _ => Ok(signed.to("/account/keys")),
        },
    }
}

/// Takes the app away.
pub(in super::super) async fn remove_app(signed: Signed) -> Answer {
    match totp::remove(signed.database(), signed.clock(), &signed.actor()).await {
        Ok(()) => Ok(signed.to("/account/keys?done=app-gone")),
        Err(stop) => {
            wrong(stop)?;
            with(&signed, Form::wrong(Vec::new(), "", signed.visitor.text().keys_wrong_last())).await
        }
    }
}

/// New recovery codes, shown this once.
pub(in super::super) async fn codes(signed: Signed) -> Answer {
    match recovery::renew(signed.database(), signed.clock(), &signed.actor()).await {
        Ok(codes) => Ok(shown(&signed, &Form::default(), &codes)),
        Err(stop) => {
            wrong(stop)?;
            Ok(signed.to("/account/keys"))
        }
    }
}

fn shown(signed: &Signed, form: &Form, codes: &[RecoveryCode]) -> Response {
    let title = signed.visitor.text().keys_codes_title();
    let name = signed.session.person.name();
    signed.page(title, |site| view::codes(site, &name, form, codes))
}
