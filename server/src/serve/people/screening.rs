//! The board of screenings, one screening, and its steps.

use super::super::form::{Fields, field, fields};
use super::super::gate::{Answer, Halt, wrong};
use super::super::signed::Signed;
use super::record::id;
use app::people::board::{self as board_view, Board, Card, Column};
use app::people::form::Form;
use app::people::screening::{self as view, File, Line, step_words};
use axum::extract::{Path, RawForm};
use axum::http::StatusCode;
use axum::response::Response;
use backend::Stop;
use backend::people::screening::{self, Wrong};
use domain::people::screening::{Step, Why, Wrong as StepWrong};
use domain::people::{PersonId, Role};
use domain::plan::Day;
use domain::policy::{Action, offers};

/// The board. A mentor is led to their own screening.
pub(in super::super) async fn board(signed: Signed) -> Answer {
    let wearer = signed.session.wearer;
    if wearer.role == Some(Role::Mentor) {
        return Ok(signed.to(&format!("/screening/{}", wearer.person)));
    }
    let found = screening::board(signed.database(), signed.clock(), &signed.actor()).await?;
    let urgent = found.runs_out().into_iter().cloned().map(card).collect();
    let cards = |cards: Vec<screening::Card>| cards.into_iter().map(card).collect();
    let columns = found.columns.into_iter();
    let shown = Board {
        columns: columns.map(|column| Column { step: column.step, cards: cards(column.cards) }).collect(),
        stopped: cards(found.stopped),
        urgent,
        may_invite: offers(&signed.actor(), Action::Invite),
    };
    let title = signed.visitor.text().screen_title();
    Ok(signed.page(title, |site| board_view::page(site, &shown)))
}

fn card(card: screening::Card) -> Card {
    Card {
        id: card.person.to_string(),
        name: card.name,
        screening: card.screening,
        days: usize::try_from(card.days).unwrap_or_default(),
        suspended: card.suspended,
    }
}

/// One screening.
pub(in super::super) async fn page(signed: Signed, Path(person): Path<String>) -> Answer {
    let text = signed.visitor.text();
    let done = match signed.visitor.asked("done").as_deref() {
        Some("step") => Some(text.screen_done()),
        Some("stopped") => Some(text.screen_done_stopped()),
        _ => None,
    };
    draw(&signed, id(&person)?, StatusCode::OK, &Form::done(done)).await
}

async fn draw(signed: &Signed, person: PersonId, status: StatusCode, form: &Form) -> Result<Response, Halt> {
    let found = screening::of(signed.database(), signed.clock(), &signed.actor(), person).await?;
    let history: Vec<Line> =
        found.history.into_iter().map(|kept| Line { entry: kept.entry, by: kept.by }).collect();
    let (id, name) = (person.to_string(), found.person.name());
    let shown = File {
        id: &id,
        name: &name,
        screening: &found.screening,
        history: &history,
        may_move: found.may_move,
        own: person == signed.session.wearer.person,
        terms: signed.app.terms,
    };
    let text = signed.visitor.text();
    let title = if shown.own { text.screen_own().to_owned() } else { text.screen_of(&name) };
    Ok(signed.page_with(status, &title, |site| view::page(site, form, &shown)))
}

/// A step was taken.
pub(in super::super) async fn step(
    signed: Signed,
    Path(person): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let (person, form) = (id(&person)?, fields(&form));
    let step = field(&form, "step").and_then(Step::from_slug).ok_or(Halt::Missing)?;
    let ends_on = field(&form, "ends-on").filter(|day| !day.is_empty()).map(str::parse::<Day>).transpose();
    let Ok(ends_on) = ends_on else {
        let sentence = signed.visitor.text().screen_wrong_form();
        return again(&signed, person, Form::wrong(form, "ends-on", sentence)).await;
    };
    let (database, clock, actor) = (signed.database(), signed.clock(), signed.actor());
    match screening::move_on(database, clock, &actor, signed.app.terms, person, step, ends_on).await {
        Ok(_) => Ok(signed.to(&format!("/screening/{person}?done=step"))),
        Err(stop) => refused(&signed, person, form, stop).await,
    }
}

/// The screening is stopped.
pub(in super::super) async fn stop(
    signed: Signed,
    Path(person): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let (person, form) = (id(&person)?, fields(&form));
    let why = field(&form, "reason").and_then(Why::from_slug).ok_or(Halt::Missing)?;
    match screening::stop(signed.database(), signed.clock(), &signed.actor(), person, why).await {
        Ok(_) => Ok(signed.to(&format!("/screening/{person}?done=stopped"))),
        Err(stop) => refused(&signed, person, form, stop).await,
    }
}

async fn refused(signed: &Signed, person: PersonId, form: Fields, stop: Stop<Wrong>) -> Answer {
    let (at, sentence) = told(signed, wrong(stop)?);
    again(signed, person, Form::wrong(form, at, sentence)).await
}

async fn again(signed: &Signed, person: PersonId, form: Form) -> Answer {
    draw(signed, person, StatusCode::UNPROCESSABLE_ENTITY, &form).await
}

/// The field that is wrong, and a sentence.
fn told(signed: &Signed, wrong: Wrong) -> (&'static str, String) {
    let text = signed.visitor.text();
    let (at, sentence) = match wrong {
        Wrong::Own => ("", text.screen_wrong_own()),
        Wrong::NoMentor => ("", text.screen_wrong_no_mentor()),
        Wrong::Step(StepWrong::First(first)) => {
            return ("", text.screen_wrong_first(step_words(text, first)));
        }
        Wrong::Step(StepWrong::TooLate(day)) => {
            let day = text::day::day_words(text::Text::of(signed.visitor.lang), &day.to_string());
            return ("ends-on", text.screen_wrong_late(&day));
        }
        Wrong::Step(StepWrong::Taken) => ("", text.screen_wrong_taken()),
        Wrong::Step(StepWrong::NoEnd) => ("", text.screen_wrong_no_end()),
        Wrong::Step(StepWrong::Over) => ("ends-on", text.screen_wrong_over()),
        Wrong::Step(StepWrong::NotBegun) => ("", text.screen_wrong_not_begun()),
    };
    (at, sentence.to_owned())
}
