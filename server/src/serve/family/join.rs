//! Coming in with the code of a paper.

use super::super::App;
use super::super::drawn::leads_to;
use super::super::form::{Fields, field, fields};
use super::super::gate::{Answer, Halt, Maybe, SESSION, token, wrong};
use super::super::limits::Key;
use super::super::people::{browser, from, remember, set_cookie, weak};
use super::super::signed::{Signed, within};
use super::super::visitor::Visitor;
use super::show::lang;
use app::family::join::{self as view, Held, Holder};
use app::people::form::Form;
use app::site::localized;
use axum::extract::{RawForm, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::family::{self, NewGuardian, Wrong};
use backend::people::role;
use backend::people::session::{self, Session};
use domain::family::{FamilyCode, Relation, Unfit};
use domain::people::Role;
use domain::policy::Strength;
use text::ServerText;

/// The code, or what a good one leads to.
pub(in super::super) async fn page(State(app): State<App>, session: Maybe, visitor: Visitor) -> Answer {
    let session = session.0.as_deref();
    match visitor.asked("code") {
        None => Ok(type_again(&app, &visitor, session, StatusCode::OK, &Form::default())),
        Some(typed) => {
            let form = vec![("code".to_owned(), typed)];
            held(&app, &visitor, session, form, None).await
        }
    }
}

fn type_again(
    app: &App,
    visitor: &Visitor,
    session: Option<&Session>,
    status: StatusCode,
    form: &Form,
) -> Response {
    within(app, visitor, session, status, visitor.text().join_title(), |site| view::code(site, form))
}

/// The page of the paper whose code stands in the form; with what is wrong with the rest of it.
async fn held(
    app: &App,
    visitor: &Visitor,
    session: Option<&Session>,
    form: Fields,
    problem: Option<(&'static str, &'static str)>,
) -> Answer {
    let text = visitor.text();
    let code = match code(app, visitor, &form) {
        Ok(code) => code,
        Err((status, sentence)) => {
            return Ok(type_again(app, visitor, session, status, &Form::wrong(form, "code", sentence)));
        }
    };
    let paper = match family::look_up(&app.database, &app.clock, code).await {
        Ok(paper) => paper,
        Err(stop) => {
            wrong(stop)?;
            app.limits.missed(Key::Paper, visitor.house);
            let form = Form::wrong(form, "code", text.join_wrong_code());
            return Ok(type_again(app, visitor, session, StatusCode::UNPROCESSABLE_ENTITY, &form));
        }
    };
    let session = session.filter(|session| session.wearer.strength != Strength::Half);
    let holder = match session.map(|session| session.wearer.role) {
        None => Holder::New,
        Some(Some(Role::Student)) => Holder::Student,
        Some(_) => Holder::Adult,
    };
    let code = code.to_string();
    let held = Held { code: &code, name: &paper.given_name, holder };
    let (status, form) = match problem {
        None => (StatusCode::OK, Form::default()),
        Some((at, sentence)) => (StatusCode::UNPROCESSABLE_ENTITY, Form::wrong(form, at, sentence)),
    };
    Ok(within(app, visitor, session, status, text.join_title(), |site| view::held(site, &form, &held)))
}

/// The code of a form, if this address may still try one.
fn code(app: &App, visitor: &Visitor, form: &Fields) -> Result<FamilyCode, (StatusCode, &'static str)> {
    let text = visitor.text();
    if !app.limits.may_guess(Key::Paper, visitor.house) {
        return Err((StatusCode::TOO_MANY_REQUESTS, text.join_wrong_often()));
    }
    let typed = field(form, "code").unwrap_or_default();
    typed.parse().map_err(|_| (StatusCode::UNPROCESSABLE_ENTITY, text.join_wrong_form()))
}

fn relation(form: &Fields) -> Relation {
    field(form, "relation").and_then(Relation::from_slug).unwrap_or_default()
}

/// Joins who is signed in.
pub(in super::super) async fn link(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let (app, visitor, session) = (&signed.app, &signed.visitor, Some(&*signed.session));
    let Ok(code) = code(app, visitor, &form) else { return held(app, visitor, session, form, None).await };
    match family::join(&app.database, &app.clock, &signed.actor(), code, relation(&form)).await {
        Ok(student) => {
            let mut response = signed.to(&format!("/family?done=join&of={student}"));
            wear_guardian(&signed, &mut response).await?;
            Ok(response)
        }
        Err(stop) => {
            let problem = problem(visitor.text(), wrong(stop)?);
            held(app, visitor, session, form, Some(problem)).await
        }
    }
}

/// Whoever just joined goes on as a guardian, whatever they wore.
async fn wear_guardian(signed: &Signed, response: &mut Response) -> Result<(), Halt> {
    if signed.session.wearer.role == Some(Role::Guardian) {
        return Ok(());
    }
    let mut lease = signed.database().lease().await?;
    let roles = role::of(&mut lease.conn(), signed.session.wearer.person).await?;
    drop(lease);
    let guardian = roles.into_iter().find(|grant| grant.role == Role::Guardian);
    if let (Some(guardian), Some(old)) = (guardian, token(&signed.visitor))
        && let Some(new) = session::wear(signed.database(), signed.clock(), &old, guardian.id).await?
    {
        set_cookie(response, SESSION, &new.to_string(), None);
    }
    Ok(())
}

/// Makes an account for the holder, and joins them.
pub(in super::super) async fn new(
    State(app): State<App>,
    session: Maybe,
    visitor: Visitor,
    RawForm(form): RawForm,
) -> Answer {
    let form = fields(&form);
    let session = session.0.as_deref();
    let Ok(code) = code(&app, &visitor, &form) else {
        return held(&app, &visitor, session, form, None).await;
    };
    let get = |name| field(&form, name).unwrap_or_default();
    let name = browser(&visitor);
    // What they read from now on, whatever the paper's page was in.
    let chosen = lang(get("tongue"));
    let guardian = NewGuardian {
        given_name: get("given-name"),
        family_name: get("family-name"),
        tongue: chosen.code(),
        email: get("email"),
        password: get("password"),
        relation: relation(&form),
        from: from(&visitor, &name),
    };
    match family::join_as_new(&app.database, &app.clock, code, &guardian).await {
        Ok(entered) => {
            let mut response = leads_to(&localized(chosen, "/family?done=join"));
            set_cookie(&mut response, SESSION, &entered.token.to_string(), None);
            remember(&mut response, &entered.device);
            Ok(response)
        }
        Err(stop) => {
            let problem = problem(visitor.text(), wrong(stop)?);
            held(&app, &visitor, session, form, Some(problem)).await
        }
    }
}

/// What is wrong. A paper can be good, and no good for whoever holds it: they are told the same as of a bad one.
fn problem(text: ServerText, wrong: Wrong) -> (&'static str, &'static str) {
    match wrong {
        Wrong::Unfit(Unfit::OwnPaper) => ("relation", text.join_wrong_own()),
        Wrong::Unfit(Unfit::Already) => ("relation", text.join_wrong_already()),
        Wrong::Unfit(_) => ("relation", text.join_wrong_adult()),
        Wrong::Name => ("given-name", text.join_wrong_name()),
        Wrong::Email => ("email", text.join_wrong_email()),
        Wrong::EmailTaken => ("email", text.join_wrong_taken()),
        Wrong::Weak(strength) => ("password", weak(text, strength)),
        Wrong::Code | Wrong::ManyPapers | Wrong::Nothing | Wrong::TextChanged => ("", text.join_wrong_code()),
    }
}
