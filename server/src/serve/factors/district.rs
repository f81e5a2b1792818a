//! Away to a district's sign-in, and back.

use super::super::App;
use super::super::drawn::leads_to;
use super::super::gate::{Answer, Halt, safe_then, wrong};
use super::super::people::sign_in::{browser, entered, from};
use super::super::signed::within;
use super::super::visitor::Visitor;
use super::{forget, keep, kept};
use app::people::district::{self as view, District};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::people::sso::{self, Leaving, Wrong};
use text::Lang;

/// Where every district sends its people back to: the one address that it is told.
const BACK: &str = "/sign-in/district/back";

/// The districts.
pub(in super::super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let listed = sso::listed(&app.database).await?;
    let districts: Vec<District> = listed
        .into_iter()
        .map(|district| District { id: district.id.to_string(), name: district.name })
        .collect();
    let then = visitor.asked("then");
    let then = safe_then(then.as_deref());
    let title = visitor.text().district_title();
    Ok(within(&app, &visitor, None, StatusCode::OK, title, |site| view::page(site, &districts, then)))
}

/// Away: the browser keeps a random number, and takes the question along.
pub(in super::super) async fn leave(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let organisation = id.parse().map_err(|_| Halt::Missing)?;
    // A link leads here and no form, since a browser follows no form to another site. It is counted like one.
    if !app.limits.may_do(visitor.house, None) {
        return Err(Halt::TooOften);
    }
    let then = visitor.asked("then");
    let then = safe_then(then.as_deref()).to_owned();
    let back = format!("{}{BACK}", visitor.origin.trim_end_matches('/'));
    let leaving = Leaving { organisation, back: &back, then: &then, tongue: visitor.lang.code() };
    match sso::begin(&app.database, &app.clock, &app.providers, &leaving).await {
        Ok(asked) => {
            let mut response = leads_to(&asked.address);
            keep(&mut response, &asked.token, sso::LIVES);
            Ok(response)
        }
        Err(stop) => Ok(failed(&app, &visitor, wrong(stop)?)),
    }
}

/// Back.
pub(in super::super) async fn back(State(app): State<App>, mut visitor: Visitor) -> Answer {
    let [code, state, issuer] = ["code", "state", "iss"].map(|name| visitor.asked(name));
    let answer = sso::Answer { code: code.as_deref(), state: state.as_deref(), issuer: issuer.as_deref() };
    // The one address of the way back has no language; what comes back has.
    if sso::tongue_of(state.as_deref()) == "es" {
        visitor.lang = Lang::Es;
        visitor.path = visitor.href(BACK);
    }
    let Some(asked) = kept(&visitor) else { return Ok(failed(&app, &visitor, Wrong::Expired)) };
    let name = browser(&visitor);
    let from = from(&visitor, &name);
    let finished = sso::finish(&app.database, &app.clock, &app.providers, &asked, &answer, &from).await;
    let mut response = match finished {
        Ok((came, then)) => entered(&visitor, &then, &came),
        Err(stop) => failed(&app, &visitor, wrong(stop)?),
    };
    forget(&mut response);
    Ok(response)
}

fn failed(app: &App, visitor: &Visitor, why: Wrong) -> Response {
    let text = visitor.text();
    let (status, sentence) = match why {
        Wrong::Expired => (StatusCode::UNPROCESSABLE_ENTITY, text.district_late()),
        Wrong::NoDistrict => (StatusCode::NOT_FOUND, text.district_gone()),
        Wrong::Declined => (StatusCode::FORBIDDEN, text.district_declined()),
        Wrong::Away => (StatusCode::BAD_GATEWAY, text.district_away()),
        Wrong::NotBelieved => (StatusCode::FORBIDDEN, text.district_doubt()),
        Wrong::NotInvited => (StatusCode::FORBIDDEN, text.district_unknown()),
        Wrong::OwnKeys => (StatusCode::FORBIDDEN, text.district_own_keys()),
    };
    let title = text.district_failed_title();
    within(app, visitor, None, status, title, |site| view::failed(site, sentence))
}
