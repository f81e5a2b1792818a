//! Which notices come: on one's own page, or with one click in a mail.
//!
//! | address | what it is |
//! |---|---|
//! | `/notices`, `/api/outbox/choose` | what one wants, and when |
//! | `/stop/{token}` | what the link in a mail stops; works signed out, and for mail programs by themselves |

use super::App;
use super::form::{field, fields};
use super::gate::{Answer, Door, Halt, Maybe, Way, wrong};
use super::signed::{Signed, within};
use super::visitor::Visitor;
use app::outbox::notices as view;
use app::outbox::stop::{self, Shown};
use app::people::form::Form;
use axum::extract::{Path, RawForm, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::outbox::choice::{self, Choice};
use backend::outbox::stopping;
use domain::outbox::{NoticeKind, Way as Coming};

/// The pages and deeds of this feature.
pub(super) fn ways() -> Vec<Way> {
    vec![
        Way::page("/notices", Door::In, notices),
        Way::deed("/api/outbox/choose", Door::In, choose),
        Way::page_with_form("/stop/{token}", Door::Open, look, do_stop),
    ]
}

async fn notices(signed: Signed) -> Answer {
    let text = signed.visitor.text();
    let done = signed.visitor.asked("done").filter(|done| done == "saved").map(|_| text.notices_saved());
    draw(&signed, StatusCode::OK, &Form::done(done)).await
}

async fn draw(signed: &Signed, status: StatusCode, form: &Form) -> Result<Response, Halt> {
    let choices = choice::choices(signed.database(), signed.clock(), &signed.actor()).await?;
    let choices: Vec<view::Choice> = choices.into_iter().map(|choice| (choice.kind, choice.way)).collect();
    let has_address = signed.session.person.email.is_some();
    let title = signed.visitor.text().notices_title();
    Ok(signed.page_with(status, title, |site| view::page(site, form, has_address, &choices)))
}

/// Takes over what was chosen; kinds that the form does not name stay as they are.
async fn choose(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let chosen = |kind: NoticeKind| {
        let way = field(&form, kind.slug()).and_then(Coming::from_slug)?;
        Some(Choice { kind, way })
    };
    let choices: Vec<Choice> = NoticeKind::ALL.iter().copied().filter_map(chosen).collect();
    match choice::choose(signed.database(), signed.clock(), &signed.actor(), &choices).await {
        Ok(()) => Ok(signed.to("/notices?done=saved")),
        Err(stop) => {
            let choice::Wrong::NotThisWay(_) = wrong(stop)?;
            let sentence = signed.visitor.text().notices_wrong();
            draw(&signed, StatusCode::UNPROCESSABLE_ENTITY, &Form::wrong(form, "", sentence)).await
        }
    }
}

async fn look(State(app): State<App>, session: Maybe, visitor: Visitor, Path(link): Path<String>) -> Answer {
    match stopping::look(&app.database, &app.clock, &link).await {
        Ok(kinds) => Ok(show(&app, &session, &visitor, StatusCode::OK, Shown::Ask(&link, &kinds))),
        Err(stop) => Ok(no_use(&app, &session, &visitor, wrong(stop)?)),
    }
}

async fn do_stop(
    State(app): State<App>,
    session: Maybe,
    visitor: Visitor,
    Path(link): Path<String>,
) -> Answer {
    match stopping::stop(&app.database, &app.clock, &link).await {
        Ok(kinds) => Ok(show(&app, &session, &visitor, StatusCode::OK, Shown::Done(&kinds))),
        Err(stop) => Ok(no_use(&app, &session, &visitor, wrong(stop)?)),
    }
}

fn no_use(app: &App, session: &Maybe, visitor: &Visitor, wrong: stopping::Wrong) -> Response {
    match wrong {
        stopping::Wrong::NoLink => show(app, session, visitor, StatusCode::NOT_FOUND, Shown::NoLink),
        stopping::Wrong::Expired => show(app, session, visitor, StatusCode::GONE, Shown::Expired),
    }
}

fn show(app: &App, session: &Maybe, visitor: &Visitor, status: StatusCode, shown: Shown<'_>) -> Response {
    let title = shown.title(visitor.text());
    within(app, visitor, session.0.as_deref(), status, title, |site| stop::page(site, shown))
}
