//! A record: seen, corrected, copied, deleted.

use super::super::form::{Fields, field, fields};
use super::super::gate::{Answer, Halt, wrong};
use super::super::signed::Signed;
use super::{back_to, day, person};
use app::people::form::Form;
use app::rights::correct::Asked;
use app::rights::going::Going;
use app::rights::kept::Kept;
use app::rights::reads::{self as reads_view, Read, Reader};
use app::rights::record::{self as view, Kin, Shown, Spell, Worn};
use axum::extract::{Path, RawForm};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::Stop;
use backend::admin::rights::correction::{self, Outcome};
use backend::admin::rights::reads::{self, PAGE};
use backend::admin::rights::review::{self, Record};
use backend::admin::rights::{deletion, export};
use domain::admin::rights::{Cause, Field, NotWanted};
use domain::people::{PersonId, Role};
use domain::policy::Refusal;
use text::ServerText;

/// Reads that stand on the record itself.
const NEWEST: usize = 10;

/// One's own record.
pub(in super::super) async fn own(signed: Signed) -> Answer {
    let form = Form::done(done(&signed));
    draw(&signed, StatusCode::OK, signed.session.wearer.person, &form).await
}

/// The record of a child.
pub(in super::super) async fn page(signed: Signed, Path(id): Path<String>) -> Answer {
    let form = Form::done(done(&signed));
    draw(&signed, StatusCode::OK, person(&id)?, &form).await
}

fn done(signed: &Signed) -> Option<&'static str> {
    let text = signed.visitor.text();
    match signed.visitor.asked("done").as_deref() {
        Some("asked") => Some(text.rights_done_asked()),
        Some("changed") => Some(text.rights_done_changed()),
        Some("deletion" | "agreed") => Some(text.rights_done_deletion()),
        Some("stays") => Some(text.rights_done_stays()),
        Some("plan") => Some(text.rights_done_plan()),
        Some("plan-back") => Some(text.rights_done_plan_back()),
        _ => None,
    }
}

/// Draws a record, with what became of a form on it.
pub(super) async fn draw(
    signed: &Signed,
    status: StatusCode,
    person: PersonId,
    form: &Form,
) -> Result<Response, Halt> {
    let (database, clock, actor) = (signed.database(), signed.clock(), signed.actor());
    let record = review::review(database, clock, &actor, person).await?;
    let newest = match reads::reads(database, clock, &actor, person, None).await {
        Ok(reads) => Some(others(reads)),
        // Nobody but a student has readers.
        Err(Stop::Refused(Refusal::NotThisRole | Refusal::NotYours)) => None,
        Err(stop) => return Err(stop.into()),
    };
    let going = deletion::pending(database, clock, &actor, person).await?.map(|asked| Going {
        number: asked.number.to_string(),
        due: day(asked.due_at),
        left: asked.cause == Cause::Left,
        wished: !asked.agreed,
    });
    let (id, name, own) = (person.to_string(), record.person.name(), person == signed.session.wearer.person);
    let shown = Shown {
        id: &id,
        own,
        student: record.student,
        name: &name,
        tongue: &record.person.tongue,
        email: record.person.email.as_deref(),
        band: record.band,
        roles: roles(&record),
        family: record
            .family
            .iter()
            .map(|kin| Kin { id: kin.id.to_string(), name: kin.name.clone(), child: kin.child })
            .collect(),
        consents: record
            .consents
            .iter()
            .map(|said| Spell {
                word: said.kind.clone(),
                from: day(said.given_at),
                until: said.revoked_at.map(day),
            })
            .collect(),
        screening: record
            .screening
            .iter()
            .map(|step| Spell { word: step.step.clone(), from: day(step.at), until: None })
            .collect(),
        ways_in: ways_in(&record),
        sessions: record.sessions.iter().map(|place| (place.device.clone(), day(place.made_at))).collect(),
        notices: record.notices.len(),
        plan: record.plan.as_ref().map(|kept| Kept {
            query: kept.list.to_address(),
            schools: kept.list.len(),
            since: day(kept.saved_at),
        }),
        corrections: record.corrections.iter().map(asked).collect(),
        reads: newest.filter(|_| record.student),
        going,
    };
    let text = signed.visitor.text();
    let title = if own { text.rights_title().to_owned() } else { text.rights_title_of(&name) };
    Ok(signed.page_with(status, &title, |site| view::page(site, &shown, form)))
}

fn roles(record: &Record) -> Vec<Worn> {
    let worn = |worn: &review::Worn| Worn {
        role: worn.role,
        place: worn.place.clone(),
        from: day(worn.from),
        until: worn.until.map(day),
    };
    record.roles.iter().map(worn).collect()
}

fn ways_in(record: &Record) -> [i64; 7] {
    let ways = &record.ways_in;
    [
        ways.passwords,
        ways.authenticators,
        ways.passkeys,
        ways.recovery_codes,
        ways.cards,
        ways.devices,
        ways.districts,
    ]
}

fn asked(asked: &review::Asked) -> Asked {
    Asked {
        field: asked.field,
        wanted: asked.wanted.clone(),
        asked: day(asked.asked_at),
        answer: asked.answer.map(|(answer, at)| (answer, day(at))),
    }
}

/// The newest reads of others: whoever looks at the page knows that they do.
fn others(reads: Vec<reads::Read>) -> Vec<Read> {
    let others = reads.into_iter().filter(|read| read.reader != reads::Reader::You);
    others.take(NEWEST).map(|found| read(found, false)).collect()
}

/// `own` says that a student looks at their own record: nobody else has one that keeps who read it.
fn read(read: reads::Read, own: bool) -> Read {
    let reader = match read.reader {
        reads::Reader::You if own => Reader::Own,
        reads::Reader::You => Reader::You,
        reads::Reader::Guardian => Reader::Guardian,
        reads::Reader::Named(name) => Reader::Named(name),
        reads::Reader::Gone => Reader::Gone,
        reads::Reader::Machine => Reader::Machine,
    };
    Read { day: day(read.at), role: read.role, reader, copied: read.copied }
}

/// Who read a record, page by page.
pub(in super::super) async fn reads(signed: Signed, Path(id): Path<String>) -> Answer {
    let whose = person(&id)?;
    let before = signed.visitor.asked("before").and_then(|before| before.parse().ok());
    let found = reads::reads(signed.database(), signed.clock(), &signed.actor(), whose, before).await?;
    let full = i64::try_from(found.len()).is_ok_and(|count| count == PAGE);
    let next = found.last().map(|read| read.seq).filter(|_| full);
    let own = whose == signed.session.wearer.person;
    let found: Vec<Read> = found.into_iter().map(|found| read(found, own)).collect();
    let title = signed.visitor.text().rights_reads();
    Ok(signed.page(title, |site| reads_view::page(site, &id, &found, next, before.is_none())))
}

/// The copy, as a file.
pub(in super::super) async fn copy(signed: Signed, Path(id): Path<String>) -> Answer {
    let mut file = Vec::new();
    export::export(signed.database(), signed.clock(), &signed.actor(), person(&id)?, &mut file).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"pathways-record.json\""),
        ),
    ];
    Ok((headers, file).into_response())
}

/// Something is wrong in it.
pub(in super::super) async fn correct(
    signed: Signed,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let (whose, form) = (person(&id)?, fields(&form));
    let about = field(&form, "field").and_then(Field::from_slug).ok_or(Halt::Missing)?;
    let typed = field(&form, "wanted").unwrap_or_default();
    match correction::ask(signed.database(), signed.clock(), &signed.actor(), whose, about, typed).await {
        Ok(Outcome::Waits) => Ok(back_to(&signed, whose, "asked")),
        Ok(Outcome::Done) => Ok(back_to(&signed, whose, "changed")),
        Err(stop) => {
            let sentence = not_wanted(signed.visitor.text(), wrong(stop)?);
            let at = match about {
                Field::BirthDate => "born",
                Field::Language => "language",
                _ => "wanted",
            };
            again(&signed, whose, form, at, sentence).await
        }
    }
}

fn not_wanted(text: ServerText, wrong: correction::Wrong) -> &'static str {
    match wrong {
        correction::Wrong::Wanted(NotWanted::Empty) => text.rights_wrong_empty(),
        correction::Wrong::Wanted(NotWanted::TooLong) => text.rights_wrong_long(),
        correction::Wrong::Wanted(NotWanted::NoBirthDate) => text.rights_wrong_birth(),
        correction::Wrong::Wanted(NotWanted::NoLanguage) => text.rights_wrong_language(),
        correction::Wrong::TooMany => text.rights_wrong_many(),
        // Those two belong to answering.
        correction::Wrong::NotOpen => text.corrections_wrong_open(),
        correction::Wrong::OtherDate => text.corrections_wrong_date(),
    }
}

/// All of it is to go.
pub(in super::super) async fn delete(
    signed: Signed,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let (whose, form) = (person(&id)?, fields(&form));
    let text = signed.visitor.text();
    if field(&form, "sure") != Some("1") {
        return again(&signed, whose, form, "sure", text.rights_wrong_sure()).await;
    }
    match deletion::ask(signed.database(), signed.clock(), &signed.actor(), whose).await {
        Ok(_) => Ok(back_to(&signed, whose, "deletion")),
        Err(stop) => {
            wrong(stop)?;
            again(&signed, whose, form, "", text.rights_wrong_deletion()).await
        }
    }
}

/// An adult of the family agrees to what a student asked for; or somebody who works here holds that yes on paper.
pub(in super::super) async fn agree(signed: Signed, Path(id): Path<String>) -> Answer {
    let whose = person(&id)?;
    let guardian = signed.session.wearer.role == Some(Role::Guardian);
    match deletion::agree(signed.database(), signed.clock(), &signed.actor(), whose).await {
        Ok(()) if guardian => Ok(back_to(&signed, whose, "agreed")),
        Ok(()) => Ok(signed.to(&format!("/people/{whose}?done=agreed"))),
        Err(stop) => {
            wrong(stop)?;
            let sentence = signed.visitor.text().rights_wrong_deletion();
            if guardian {
                again(&signed, whose, Fields::new(), "", sentence).await
            } else {
                Ok(signed.to(&format!("/people/{whose}")))
            }
        }
    }
}

/// None of it is to go after all.
pub(in super::super) async fn stay(signed: Signed, Path(id): Path<String>) -> Answer {
    let whose = person(&id)?;
    match deletion::take_back(signed.database(), signed.clock(), &signed.actor(), whose).await {
        Ok(()) => Ok(back_to(&signed, whose, "stays")),
        Err(stop) => {
            wrong(stop)?;
            let sentence = signed.visitor.text().rights_wrong_deletion();
            again(&signed, whose, Fields::new(), "", sentence).await
        }
    }
}

/// The record again, with what is wrong.
pub(super) async fn again(
    signed: &Signed,
    person: PersonId,
    typed: Fields,
    at: &'static str,
    sentence: &str,
) -> Answer {
    let form = Form::wrong(typed, at, sentence);
    draw(signed, StatusCode::UNPROCESSABLE_ENTITY, person, &form).await
}
