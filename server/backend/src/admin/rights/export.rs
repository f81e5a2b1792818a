//! How does a person take a copy of their record and work with them?
//!
//! One JSON file with words and times that a person can read, too. The same record always gives the same bytes. Secrets
//! and hashes of them are not in the types it is written from.

use super::review::{self, Asked, Consented, Kin, Record, SignedIn, Step, WaysIn, Worn};
use crate::admin::audit;
use crate::clock::{Clock, Millis};
use crate::database::Database;
use crate::fault::Fault;
use crate::people::kept_plan::Kept;
use crate::people::person::subject;
use crate::stop::Stop;
use domain::admin::rights::Answer;
use domain::people::PersonId;
use domain::policy::table::ExportRecord;
use domain::policy::{Actor, found};
use serde::Serialize;
use std::io;

/// What a file begins with, so that whoever reads it knows what it is.
const FORMAT: &str = "pathways-record-1";

/// Writes the copy of a person's record into `out`.
///
/// # Errors
/// A refusal, or a fault; one of writing is [`Fault::File`].
pub async fn export(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
    out: &mut (impl io::Write + Send),
) -> Result<(), Stop> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<ExportRecord>(actor, subject(&mut conn, clock, person).await?)?;
    let record = review::load(&mut conn, clock, &permit).await?;
    audit::note(&mut conn, clock.now(), &permit, "").await?;
    transaction.commit().await?;
    write(&record, out).map_err(|cause| Fault::File { path: "the copy of a record".to_owned(), cause })?;
    Ok(())
}

fn write(record: &Record, out: &mut impl io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Copied::from(record))?;
    writeln!(out)
}

#[derive(Serialize)]
struct Copied<'a> {
    format: &'static str,
    id: String,
    given_name: &'a str,
    family_name: &'a str,
    language: &'a str,
    email: Option<&'a str>,
    here_since: String,
    made_up: bool,
    age_band: Option<&'static str>,
    roles: Vec<CopiedRole<'a>>,
    family: Vec<CopiedKin<'a>>,
    consents: Vec<CopiedConsent<'a>>,
    notices: Vec<CopiedChoice<'a>>,
    screening: Vec<CopiedStep<'a>>,
    ways_in: WaysIn,
    sessions: Vec<CopiedSession<'a>>,
    corrections: Vec<CopiedCorrection<'a>>,
    work: Work,
}

#[derive(Serialize)]
struct CopiedRole<'a> {
    role: &'static str,
    place: Option<&'a str>,
    from: String,
    until: Option<String>,
}

#[derive(Serialize)]
struct CopiedKin<'a> {
    name: &'a str,
    is: &'static str,
    relation: &'a str,
    since: String,
}

#[derive(Serialize)]
struct CopiedConsent<'a> {
    to: &'a str,
    object: Option<&'a str>,
    text_version: &'a str,
    method: &'a str,
    given: String,
    taken_back: Option<String>,
}

#[derive(Serialize)]
struct CopiedChoice<'a> {
    kind: &'a str,
    way: &'a str,
}

#[derive(Serialize)]
struct CopiedStep<'a> {
    step: &'a str,
    at: String,
    expires_on: Option<&'a str>,
}

#[derive(Serialize)]
struct CopiedSession<'a> {
    device: &'a str,
    since: String,
    last_used: String,
}

#[derive(Serialize)]
struct CopiedCorrection<'a> {
    field: &'static str,
    wanted: Option<&'a str>,
    asked: String,
    answer: Option<&'static str>,
    why: Option<&'static str>,
    answered: Option<String>,
}

/// What the person made here.
#[derive(Serialize)]
struct Work {
    plan: Option<CopiedPlan>,
}

#[derive(Serialize)]
struct CopiedPlan {
    schools: Vec<String>,
    address: String,
    saved: String,
}

impl<'a> From<&'a Record> for Copied<'a> {
    fn from(record: &'a Record) -> Copied<'a> {
        let person = &record.person;
        Copied {
            format: FORMAT,
            id: person.id.to_string(),
            given_name: &person.given_name,
            family_name: &person.family_name,
            language: &person.tongue,
            email: person.email.as_deref(),
            here_since: moment(record.made_at),
            made_up: person.demo,
            age_band: record.band.map(domain::people::Band::slug),
            roles: record.roles.iter().map(role).collect(),
            family: record.family.iter().map(kin).collect(),
            consents: record.consents.iter().map(consent).collect(),
            notices: record
                .notices
                .iter()
                .map(|chosen| CopiedChoice { kind: &chosen.kind, way: &chosen.way })
                .collect(),
            screening: record.screening.iter().map(step).collect(),
            ways_in: record.ways_in,
            sessions: record.sessions.iter().map(session).collect(),
            corrections: record.corrections.iter().map(correction).collect(),
            work: Work { plan: record.plan.as_ref().map(plan) },
        }
    }
}

fn role(worn: &Worn) -> CopiedRole<'_> {
    CopiedRole {
        role: worn.role.slug(),
        place: worn.place.as_deref(),
        from: moment(worn.from),
        until: worn.until.map(moment),
    }
}

fn kin(kin: &Kin) -> CopiedKin<'_> {
    CopiedKin {
        name: &kin.name,
        is: if kin.child { "child" } else { "guardian" },
        relation: &kin.relation,
        since: moment(kin.since),
    }
}

fn consent(consent: &Consented) -> CopiedConsent<'_> {
    CopiedConsent {
        to: &consent.kind,
        object: consent.object.as_deref(),
        text_version: &consent.text_version,
        method: &consent.method,
        given: moment(consent.given_at),
        taken_back: consent.revoked_at.map(moment),
    }
}

fn step(step: &Step) -> CopiedStep<'_> {
    CopiedStep { step: &step.step, at: moment(step.at), expires_on: step.expires_on.as_deref() }
}

fn session(session: &SignedIn) -> CopiedSession<'_> {
    CopiedSession {
        device: &session.device,
        since: moment(session.made_at),
        last_used: moment(session.used_at),
    }
}

fn correction(asked: &Asked) -> CopiedCorrection<'_> {
    let why = match asked.answer {
        Some((Answer::Refused(why), _)) => Some(why.slug()),
        _ => None,
    };
    CopiedCorrection {
        field: asked.field.slug(),
        wanted: asked.wanted.as_deref(),
        asked: moment(asked.asked_at),
        answer: asked.answer.map(|(answer, _)| answer.slug()),
        why,
        answered: asked.answer.map(|(_, at)| moment(at)),
    }
}

fn plan(kept: &Kept) -> CopiedPlan {
    CopiedPlan {
        schools: kept.list.codes().iter().map(ToString::to_string).collect(),
        address: format!("/list?{}", kept.list.to_address()),
        saved: moment(kept.saved_at),
    }
}

/// A moment as everybody can read it: 2026-11-22T04:38:01Z.
fn moment(at: Millis) -> String {
    let second = at.0.div_euclid(1_000);
    jiff::Timestamp::from_second(second).map_or_else(|_| at.0.to_string(), |at| at.to_string())
}
