//! The corrections that wait for an answer.

use super::super::form::{field, fields};
use super::super::gate::{Answer, Halt, wrong};
use super::super::signed::Signed;
use super::day;
use app::people::form::Form;
use app::rights::queue::{self as view, Open};
use axum::extract::{Path, RawForm};
use axum::http::StatusCode;
use axum::response::Response;
use backend::admin::rights::correction::{self, Wrong};
use domain::admin::rights::{Answer as Given, Why};

/// All of them.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    let done = signed.visitor.asked("done").map(|_| signed.visitor.text().corrections_done());
    draw(&signed, StatusCode::OK, &Form::done(done)).await
}

async fn draw(signed: &Signed, status: StatusCode, form: &Form) -> Result<Response, Halt> {
    let open = correction::queue(signed.database(), signed.clock(), &signed.actor()).await?;
    let open: Vec<Open> = open
        .into_iter()
        .map(|open| Open {
            id: open.id,
            name: open.name,
            field: open.field,
            wanted: open.wanted,
            asked: day(open.asked_at),
        })
        .collect();
    let title = signed.visitor.text().corrections_title();
    Ok(signed.page_with(status, title, |site| view::page(site, &open, form)))
}

/// Answers one.
pub(in super::super) async fn answer(
    signed: Signed,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let form = fields(&form);
    let given = match field(&form, "answer") {
        Some("done") => Given::Done,
        Some("refused") => Given::Refused(field(&form, "why").and_then(Why::from_slug).ok_or(Halt::Missing)?),
        _ => return Err(Halt::Missing),
    };
    let seen = field(&form, "seen").unwrap_or_default();
    match correction::answer(signed.database(), signed.clock(), &signed.actor(), &id, given, seen).await {
        Ok(()) => Ok(signed.to("/corrections?done=answered")),
        Err(stop) => {
            let text = signed.visitor.text();
            let sentence = match wrong(stop)? {
                Wrong::OtherDate => text.corrections_wrong_date(),
                Wrong::NotOpen | Wrong::TooMany | Wrong::Wanted(_) => text.corrections_wrong_open(),
            };
            draw(&signed, StatusCode::UNPROCESSABLE_ENTITY, &Form::wrong(form, "", sentence)).await
        }
    }
}
