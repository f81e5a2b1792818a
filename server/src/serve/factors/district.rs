//! Away to a district's sign-in, and back.

use super::super::App;
use super::super::drawn::leads_to;
use super::super::form::{field, fields};
use super::super::gate::{Answer, Halt, Maybe, SESSION, safe_then, token, wrong};
use super::super::people::sign_in::{browser, entered, from, set_cookie};
use super::super::signed::{Signed, within};
use super::super::visitor::Visitor;
use super::{CONNECT, forget, keep, kept};
use app::people::district::{self as view, District};
use axum::extract::{Path, RawForm, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::people::sso::{self, Came, Leaving, Wrong};
use backend::secret::Token;
use domain::people::OrganisationId;
use text::Lang;

/// Where a district sends its people back to: the one address that its provider is told, and no other's, so that an
/// answer of one is never taken for an answer of another.
fn way_back(id: OrganisationId) -> String {
    format!("/sign-in/district/{id}/back")
}

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
    let back = format!("{}{}", visitor.origin.trim_end_matches('/'), way_back(organisation));
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

/// Away once more, for somebody who is signed in and shows there again who they are.
pub(in super::super) async fn leave_again(signed: Signed) -> Answer {
    let Signed { app, visitor, session } = &signed;
    let asked = sso::asks_again(&app.database, session).await?.ok_or(Halt::Missing)?;
    if !app.limits.may_do(visitor.house, Some(session.wearer.person)) {
        return Err(Halt::TooOften);
    }
    let then = visitor.asked("then");
    let then = safe_then(then.as_deref());
    let back = format!("{}{}", visitor.origin.trim_end_matches('/'), way_back(asked.id));
    let leaving = Leaving { organisation: asked.id, back: &back, then, tongue: visitor.lang.code() };
    match sso::begin_again(&app.database, &app.clock, &app.providers, session, &leaving).await {
        Ok(asked) => {
            let mut response = leads_to(&asked.address);
            keep(&mut response, &asked.token, sso::LIVES);
            Ok(response)
        }
        Err(stop) => Ok(failed(app, visitor, wrong(stop)?)),
    }
}

/// Back.
pub(in super::super) async fn back(
    State(app): State<App>,
    session: Maybe,
    mut visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let organisation: OrganisationId = id.parse().map_err(|_| Halt::Missing)?;
    let [code, state, issuer] = ["code", "state", "iss"].map(|name| visitor.asked(name));
    let (code, issuer) = (code.as_deref(), issuer.as_deref());
    let answer = sso::Answer { organisation, code, state: state.as_deref(), issuer };
    // The one address of the way back has no language; what comes back has.
    if sso::tongue_of(state.as_deref()) == "es" {
        visitor.lang = Lang::Es;
        visitor.path = visitor.href(&way_back(organisation));
    }
    let Some(asked) = kept(&visitor) else { return Ok(failed(&app, &visitor, Wrong::Expired)) };
    let name = browser(&visitor);
    let from = from(&visitor, &name);
    let own = token(&visitor);
    let signed = session.0.as_deref().zip(own.as_ref());
    let finished =
        sso::finish(&app.database, &app.clock, &app.providers, &asked, &answer, &from, signed).await;
    let mut response = match finished {
        Ok(Came::In(came, then)) => entered(&visitor, &then, &came),
        Ok(Came::Again(token, then)) => {
            let mut response = leads_to(&visitor.href(&then));
            set_cookie(&mut response, SESSION, &token.to_string(), None);
            response
        }
        Ok(Came::Proves(waits)) => prove(&app, &visitor, organisation, &waits),
        Err(stop) => failed(&app, &visitor, wrong(stop)?),
    };
    forget(&mut response);
    Ok(response)
}

/// Their own keys first: what the district said waits in this browser meanwhile.
fn prove(app: &App, visitor: &Visitor, organisation: OrganisationId, waits: &Token) -> Response {
    let (title, id) = (visitor.text().district_prove_title(), organisation.to_string());
    let mut response = within(app, visitor, None, StatusCode::OK, title, |site| view::prove(site, &id));
    let seconds = u32::try_from(sso::LIVES / 1_000).unwrap_or_default();
    set_cookie(&mut response, CONNECT, &waits.to_string(), Some(seconds));
    response
}

fn waits(visitor: &Visitor) -> Option<Token> {
    visitor.cookie(CONNECT).and_then(|token| token.parse().ok())
}

/// May the district answer for who is signed in?
pub(in super::super) async fn connect_page(signed: Signed, Path(id): Path<String>) -> Answer {
    let listed = sso::listed(signed.database()).await?;
    let district = listed.into_iter().find(|district| district.id.to_string() == id).ok_or(Halt::Missing)?;
    if waits(&signed.visitor).is_none() {
        return Ok(failed(&signed.app, &signed.visitor, Wrong::Expired));
    }
    if let Err(stop) = sso::may_connect(signed.database(), signed.clock(), &signed.actor()).await {
        return Ok(failed(&signed.app, &signed.visitor, wrong(stop)?));
    }
    let title = signed.visitor.text().district_connect_title(&district.name);
    Ok(signed.page(&title, |site| view::connect(site, &district.name, &id)))
}

/// It may.
pub(in super::super) async fn connect(signed: Signed, RawForm(form): RawForm) -> Answer {
    let Some(token) = waits(&signed.visitor) else {
        return Ok(failed(&signed.app, &signed.visitor, Wrong::Expired));
    };
    let asked = field(&fields(&form), "district").and_then(|id| id.parse().ok()).ok_or(Halt::Missing)?;
    let connected = sso::connect(signed.database(), signed.clock(), &signed.actor(), asked, &token).await;
    let mut response = match connected {
        Ok(()) => signed.to("/home"),
        Err(stop) => failed(&signed.app, &signed.visitor, wrong(stop)?),
    };
    set_cookie(&mut response, CONNECT, "", Some(0));
    Ok(response)
}

/// The district answers for them no longer.
pub(in super::super) async fn disconnect(signed: Signed, RawForm(form): RawForm) -> Answer {
    let asked = field(&fields(&form), "district").and_then(|id| id.parse().ok()).ok_or(Halt::Missing)?;
    match sso::disconnect(signed.database(), signed.clock(), &signed.actor(), asked).await {
        Ok(()) => Ok(signed.to("/account?done=disconnected")),
        Err(stop) => Ok(failed(&signed.app, &signed.visitor, wrong(stop)?)),
    }
}

fn failed(app: &App, visitor: &Visitor, why: Wrong) -> Response {
    let text = visitor.text();
    let (status, sentence) = match why {
        Wrong::Expired => (StatusCode::UNPROCESSABLE_ENTITY, text.district_late()),
        Wrong::NoDistrict => (StatusCode::NOT_FOUND, text.district_gone()),
        Wrong::Declined => (StatusCode::FORBIDDEN, text.district_declined()),
        Wrong::Away => (StatusCode::BAD_GATEWAY, text.district_away()),
        Wrong::NotBelieved => (StatusCode::FORBIDDEN, text.district_doubt()),
        Wrong::Another => (StatusCode::FORBIDDEN, text.district_another_account()),
        Wrong::NotAgain => (StatusCode::FORBIDDEN, text.district_not_again()),
        Wrong::NotInvited => (StatusCode::FORBIDDEN, text.district_unknown()),
        Wrong::OwnKeys => (StatusCode::FORBIDDEN, text.district_own_keys()),
    };
    let title = text.district_failed_title();
    within(app, visitor, None, status, title, |site| view::failed(site, sentence))
}
