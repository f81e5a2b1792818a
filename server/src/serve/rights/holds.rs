//! The records that the law asks to keep.

use super::super::form::{Fields, field, fields};
use super::super::gate::{Answer, Halt, wrong};
use super::super::signed::Signed;
use super::{day, person};
use app::people::form::Form;
use app::rights::holds::{self as view, Found, Held};
use axum::extract::RawForm;
use axum::http::StatusCode;
use backend::admin::rights::hold;
use domain::admin::rights::Hold;
use domain::people::PersonId;

/// The holds, and who was found by name.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    let text = signed.visitor.text();
    let done = match signed.visitor.asked("done").as_deref() {
        Some("held") => Some(text.holds_done()),
        Some("ended") => Some(text.holds_ended()),
        _ => None,
    };
    draw(&signed, StatusCode::OK, &Form::done(done)).await
}

async fn draw(signed: &Signed, status: StatusCode, form: &Form) -> Answer {
    let actor = signed.actor();
    let held = hold::holds(signed.database(), signed.clock(), &actor).await?;
    let held: Vec<Held> = held
        .into_iter()
        .map(|held| Held {
            person: held.person.to_string(),
            name: held.name,
            why: held.why,
            since: day(held.made_at),
            deletion: held.deletion,
        })
        .collect();
    let typed = signed.visitor.asked("name");
    let found = match &typed {
        Some(typed) => Some(hold::find(signed.database(), &actor, typed).await?),
        None => None,
    };
    let found: Option<Vec<Found>> = found.map(|found| {
        found.into_iter().map(|found| Found { person: found.person.to_string(), name: found.name }).collect()
    });
    let (title, typed) = (signed.visitor.text().holds_title(), typed.unwrap_or_default());
    Ok(signed.page_with(status, title, |site| view::page(site, &held, &typed, found.as_deref(), form)))
}

/// Puts a hold on a record.
pub(in super::super) async fn hold(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let why = field(&form, "why").and_then(Hold::from_slug).ok_or(Halt::Missing)?;
    match hold::hold(signed.database(), signed.clock(), &signed.actor(), whose(&form)?, why).await {
        Ok(()) => Ok(signed.to("/holds?done=held")),
        Err(stop) => {
            wrong(stop)?;
            again(&signed, form).await
        }
    }
}

/// Ends it.
pub(in super::super) async fn release(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    match hold::release(signed.database(), signed.clock(), &signed.actor(), whose(&form)?).await {
        Ok(()) => Ok(signed.to("/holds?done=ended")),
        Err(stop) => {
            wrong(stop)?;
            again(&signed, form).await
        }
    }
}

fn whose(form: &Fields) -> Result<PersonId, Halt> {
    person(field(form, "person").unwrap_or_default())
}

async fn again(signed: &Signed, form: Fields) -> Answer {
    let sentence = signed.visitor.text().holds_wrong();
    draw(signed, StatusCode::UNPROCESSABLE_ENTITY, &Form::wrong(form, "", sentence)).await
}
