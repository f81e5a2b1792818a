//! One's own account: which role is worn, the password, where one is signed in.

use super::super::form::{field, fields};
use super::super::gate::{Answer, Halt, SESSION, token, wrong};
use super::super::signed::Signed;
use super::sign_in::set_cookie;
use app::people::account::{self as view, Account, Keys, Parts, Place};
use app::people::district::District;
use app::people::form::Form;
use axum::extract::RawForm;
use axum::http::StatusCode;
use axum::response::Response;
use backend::people::{account, factors, session, sso};
use domain::people::Role;
use domain::policy::{Action, offers};

/// Puts on another role, and goes home in it.
pub(in super::super) async fn wear(signed: Signed, RawForm(form): RawForm) -> Answer {
    let grant = field(&fields(&form), "grant").and_then(|grant| grant.parse().ok()).ok_or(Halt::Missing)?;
    let old = token(&signed.visitor).ok_or(Halt::Missing)?;
    let new = session::wear(signed.database(), signed.clock(), &old, grant).await?.ok_or(Halt::Missing)?;
    let mut response = signed.to("/home");
    set_cookie(&mut response, SESSION, &new.to_string(), None);
    Ok(response)
}

/// The account.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    let text = signed.visitor.text();
    let done = match signed.visitor.asked("done").as_deref() {
        Some("password") => Some(text.account_changed()),
        Some("ended") => Some(text.account_ended()),
        Some("disconnected") => Some(text.district_disconnected()),
        _ => None,
    };
    draw(&signed, StatusCode::OK, &Form::done(done)).await
}

async fn draw(signed: &Signed, status: StatusCode, form: &Form) -> Result<Response, Halt> {
    let (database, person) = (signed.database(), signed.session.wearer.person);
    let now = signed.clock().now().0;
    let places: Vec<Place> = session::own(database, signed.clock(), person)
        .await?
        .into_iter()
        .map(|listed| Place {
            here: listed.id == signed.session.id,
            minutes: usize::try_from((now - listed.used_at.0) / 60_000).unwrap_or_default(),
            id: listed.id,
            device: listed.device,
        })
        .collect();
    // A student's only key is the card.
    let own_keys = offers(&signed.actor(), Action::ChangeOwnKeys);
    let has_password = account::has_password(database, person).await?;
    let mut lease = database.lease().await?;
    let has = factors::of(&mut lease.conn(), person).await?;
    drop(lease);
    let parts = match (own_keys, has_password || has.passkeys > 0) {
        (true, true) => Parts::Yes,
        (false, true) => Parts::WithOwnKeys,
        (_, false) => Parts::OnlyWay,
    };
    // Of a student the district is no key: they come by its roster.
    let student = signed.session.roles.iter().any(|grant| grant.role == Role::Student);
    let districts = if student { Vec::new() } else { sso::connected(database, person).await? };
    let shown = Account {
        email: signed.session.person.email.as_deref(),
        keys: Keys { password: own_keys && has_password, has },
        districts: &districts
            .into_iter()
            .map(|at| District { id: at.id.to_string(), name: at.name })
            .collect::<Vec<_>>(),
        parts,
        places: &places,
    };
    let title = signed.visitor.text().account_title();
    Ok(signed.page_with(status, title, |site| view::page(site, form, &shown)))
}

/// Another password: all other sessions end.
pub(in super::super) async fn password(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let (old, new) =
        (field(&form, "old-password").unwrap_or_default(), field(&form, "password").unwrap_or_default());
    match account::change_password(signed.database(), signed.clock(), &signed.session, old, new).await {
        Ok(()) => Ok(signed.to("/account?done=password")),
        Err(stop) => {
            let text = signed.visitor.text();
            let (at, sentence) = match wrong(stop)? {
                account::Wrong::Old => ("old-password", text.account_wrong_old()),
                account::Wrong::Weak(weak) => ("password", super::invite::weak(text, weak)),
            };
            draw(&signed, StatusCode::UNPROCESSABLE_ENTITY, &Form::wrong(form, at, sentence)).await
        }
    }
}

/// Ends one of the person's own sessions.
pub(in super::super) async fn end_session(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let id = field(&form, "session").unwrap_or_default();
    session::end_own(signed.database(), signed.session.wearer.person, id).await?;
    Ok(signed.to("/account?done=ended"))
}

/// Ends all of them but this one.
pub(in super::super) async fn end_others(signed: Signed) -> Answer {
    session::end_others(signed.database(), &signed.session).await?;
    Ok(signed.to("/account?done=ended"))
}
