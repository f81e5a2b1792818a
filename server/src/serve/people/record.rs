//! Somebody's record, and what takes an adult's way in.

use super::super::form::{Fields, field, fields};
use super::super::gate::{Answer, Halt, wrong};
use super::super::signed::Signed;
use app::people::form::Form;
use app::people::record::{self as view, Grant, May, Record};
use axum::extract::{Path, RawForm};
use axum::http::StatusCode;
use axum::response::Response;
use backend::Stop;
use backend::clock::today_in_los_angeles;
use backend::people::record::{self, Keys};
use backend::people::{role, suspension};
use domain::people::suspension::{Why, Wrong};
use domain::people::{PersonId, Role};
use domain::policy::{Action, Actor, Object as _, may};
use text::ServerText;

/// The record.
pub(in super::super) async fn page(signed: Signed, Path(person): Path<String>) -> Answer {
    let text = signed.visitor.text();
    let done = match signed.visitor.asked("done").as_deref() {
        Some("suspended") => Some(text.who_done_suspended()),
        Some("reinstated") => Some(text.who_done_reinstated()),
        Some("agreed") => Some(text.rights_done_deletion()),
        Some("renewed") => Some(text.who_done_renewed()),
        Some("ended") => Some(text.who_done_ended()),
        _ => None,
    };
    draw(&signed, id(&person)?, StatusCode::OK, &Form::done(done)).await
}

async fn draw(signed: &Signed, person: PersonId, status: StatusCode, form: &Form) -> Result<Response, Halt> {
    let actor = signed.actor();
    let found = record::read(signed.database(), signed.clock(), &actor, person).await?;
    let day = |at| today_in_los_angeles(at).to_string();
    let (id, name) = (person.to_string(), found.person.name());
    let seen_on = found.keys.seen_at.map(day);
    let suspended_on = found.person.suspended_at.map(day);
    let text = signed.visitor.text();
    let doors = doors(text, &actor, &found);
    let grant = |grant: role::Grant| Grant {
        worn: (grant.role, grant.place),
        at: grant.at.map(|at| at.to_string()).unwrap_or_default(),
    };
    let roles: Vec<Grant> = found.roles.into_iter().map(grant).collect();
    let shown = Record {
        id: &id,
        name: &name,
        student: found.subject.student,
        band: found.band,
        tongue: &found.person.tongue,
        email: found.person.email.as_deref(),
        roles: &roles,
        keys: keys(found.keys),
        seen_on: seen_on.as_deref(),
        suspended: suspended_on.as_deref().map(|day| (day, found.suspended)),
        may: May { suspend: found.may_suspend, renew: found.may_renew, agree: found.wished },
        doors: &doors,
    };
    Ok(signed.page_with(status, &name, |site| view::page(site, form, &shown)))
}

/// The other pages about this person that the reader may open.
fn doors(text: ServerText, actor: &Actor, found: &record::Record) -> Vec<(String, String)> {
    let (id, name) = (found.person.id, found.person.name());
    let allowed = |action| may(actor, action, found.subject.on()).is_ok();
    let mut doors = Vec::new();
    if found.subject.student {
        // The whole record is for the family; who watches over safety reads who read it.
        if allowed(Action::ExportRecord) {
            doors.push((format!("/record/{id}"), text.rights_title_of(&name)));
        } else if allowed(Action::SeeReads) {
            doors.push((format!("/record/{id}/reads"), text.rights_reads().to_owned()));
        }
        if allowed(Action::SeeFamily) {
            doors.push((format!("/family/{id}"), text.family_of_title(&name)));
        }
        let cards = found.classes.iter();
        doors.extend(cards.map(|class| (format!("/cards/{}", class.id), text.cards_title(&class.name))));
    }
    if found.roles.iter().any(|grant| grant.role == Role::Mentor) && allowed(Action::SeeScreening) {
        doors.push((format!("/screening/{id}"), text.who_screening().to_owned()));
    }
    doors
}

/// Suspends the account.
pub(in super::super) async fn suspend(
    signed: Signed,
    Path(person): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let (person, form) = (id(&person)?, fields(&form));
    let Some(why) = field(&form, "cause").and_then(Why::from_slug) else {
        return again(&signed, person, form, signed.visitor.text().who_wrong_form()).await;
    };
    let done = suspension::suspend(signed.database(), signed.clock(), &signed.actor(), person, why).await;
    after(&signed, person, form, done, "suspended").await
}

/// Gives it back.
pub(in super::super) async fn reinstate(signed: Signed, Path(person): Path<String>) -> Answer {
    let person = id(&person)?;
    let done = suspension::reinstate(signed.database(), signed.clock(), &signed.actor(), person).await;
    after(&signed, person, Fields::new(), done, "reinstated").await
}

/// Takes a role away.
pub(in super::super) async fn end_role(
    signed: Signed,
    Path(person): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let (person, form) = (id(&person)?, fields(&form));
    let at = field(&form, "at").filter(|at| !at.is_empty()).map(str::parse).transpose();
    let (Some(role), Ok(at)) = (field(&form, "role").and_then(Role::from_slug), at) else {
        return again(&signed, person, form, signed.visitor.text().who_wrong_form()).await;
    };
    let (database, clock, actor) = (signed.database(), signed.clock(), signed.actor());
    match suspension::end_role(database, clock, &actor, person, role, at).await {
        // With the last role here the record is theirs to read no more.
        Ok(()) if record::read(database, clock, &actor, person).await.is_err() => Ok(signed.to("/people")),
        done => after(&signed, person, form, done, "ended").await,
    }
}

pub(super) async fn after(
    signed: &Signed,
    person: PersonId,
    form: Fields,
    done: Result<(), Stop<Wrong>>,
    word: &str,
) -> Answer {
    match done {
        Ok(()) => Ok(signed.to(&format!("/people/{person}?done={word}"))),
        Err(stop) => {
            let sentence = told(signed.visitor.text(), wrong(stop)?);
            again(signed, person, form, sentence).await
        }
    }
}

async fn again(signed: &Signed, person: PersonId, form: Fields, sentence: &str) -> Answer {
    draw(signed, person, StatusCode::UNPROCESSABLE_ENTITY, &Form::wrong(form, "", sentence)).await
}

fn told(text: ServerText, wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Own => text.who_wrong_own(),
        Wrong::Operator => text.who_wrong_operator(),
        Wrong::Safety => text.who_wrong_safety(),
        Wrong::Concern => text.who_wrong_concern(),
        Wrong::Student => text.who_wrong_student(),
        Wrong::Suspended => text.who_wrong_suspended(),
        Wrong::NotSuspended => text.who_wrong_not_suspended(),
        Wrong::NoPassword => text.who_wrong_no_password(),
        Wrong::NoRole => text.who_wrong_no_role(),
    }
}

fn keys(keys: Keys) -> view::Keys {
    match keys {
        Keys { second: true, .. } => view::Keys::Two,
        Keys { password: true, .. } => view::Keys::Password,
        Keys { card: true, .. } => view::Keys::Card,
        Keys { .. } => view::Keys::None,
    }
}

/// Reads whom an address is about; what is no identifier is nobody.
pub(super) fn id(text: &str) -> Result<PersonId, Halt> {
    text.parse().map_err(|_| Halt::Missing)
}
