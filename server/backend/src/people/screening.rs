//! How far is the screening of each mentor, and what runs out?
//!
//! What is written down is a history; where somebody stands follows from it and the day
//! ([`domain::people::screening`]). So whoever asks whether a mentor is cleared gets the answer of this very moment,
//! and no job has to run for an expiry to count: [`expire`] only ends the sessions and tells.

mod board;
mod expiry;
mod store;

pub use board::{Board, Card, Column, board};
pub use expiry::{Told, expire};
pub use store::Kept;

use super::person::{self, Person};
use super::role;
use super::suspension::end_sessions_as;
use crate::admin::audit;
use crate::clock::Clock;
use crate::database::query::fetch_optional;
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use crate::stop::Stop;
use domain::people::screening::{self as rules, Entry, Screening, Step, Terms, Why};
use domain::people::{PersonId, Role};
use domain::plan::Day;
use domain::policy::table::{MoveScreening, SeeScreening};
use domain::policy::{Actor, Object, Permit, Refusal, found, may};

/// What is wrong with what somebody wants to write down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The steps do not allow it.
    #[error(transparent)]
    Step(#[from] rules::Wrong),
    /// Nobody writes down their own steps: every one of them is a second person's word.
    #[error("nobody screens themselves")]
    Own,
    /// Only who is to be a mentor is screened.
    #[error("this person is not to be a mentor")]
    NoMentor,
}

/// Somebody's screening, as its page shows it.
#[derive(Clone, Debug)]
pub struct File {
    /// Who it is.
    pub person: Person,
    /// How far they are.
    pub screening: Screening,
    /// What was written down, oldest first.
    pub history: Vec<Kept>,
    /// Whether the one who looks may write something down.
    pub may_move: bool,
}

/// Whether somebody may meet students at this moment.
///
/// # Errors
/// [`Fault::Database`].
pub async fn cleared(conn: &mut Conn<'_>, clock: &Clock, person: PersonId) -> Result<bool, Fault> {
    Ok(rules::cleared(&entries(&store::history(conn, person).await?), clock.today()))
}

/// Writes down that a step was taken, and through which day it holds.
///
/// # Errors
/// A refusal; [`Wrong`]; a fault of the database.
pub async fn move_on(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    terms: Terms,
    person: PersonId,
    step: Step,
    ends_on: Option<Day>,
) -> Result<Screening, Stop<Wrong>> {
    let write = |history: &[Entry], today| rules::take(history, today, step, ends_on, terms);
    change(database, clock, actor, person, write).await
}

/// Stops a screening: from this moment on they reach no student, and every step is to be taken again.
///
/// # Errors
/// A refusal; [`Wrong`]; a fault of the database.
pub async fn stop(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
    why: Why,
) -> Result<Screening, Stop<Wrong>> {
    change(database, clock, actor, person, |history, today| rules::stop(history, today, why)).await
}

async fn change(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
    decide: impl FnOnce(&[Entry], Day) -> Result<Entry, rules::Wrong>,
) -> Result<Screening, Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = permitted(&mut conn, clock, actor, person).await?;
    if actor.person() == Some(person) {
        return Err(Stop::Wrong(Wrong::Own));
    }
    if !is_mentor(&mut conn, person).await? {
        return Err(Stop::Wrong(Wrong::NoMentor));
    }
    store::hold(&mut conn, person).await?;
    let (now, today) = (clock.now(), clock.today());
    let mut history = entries(&store::history(&mut conn, person).await?);
    let entry = decide(&history, today).map_err(|wrong| Stop::Wrong(wrong.into()))?;
    store::save(&mut conn, now, &permit, &entry).await?;
    let told = match entry {
        Entry::Stopped { .. } => Some(Notice::ScreeningStopped),
        Entry::Done { step: Step::Matchable, .. } => Some(Notice::ScreeningDone),
        Entry::Done { .. } => None,
    };
    if let Some(notice) = told {
        outbox::tell(&mut conn, now, &To::Person(person), &notice).await?;
    }
    let detail = match entry {
        Entry::Done { step, ends_on, .. } => {
            ends_on.map_or_else(|| step.slug().to_owned(), |day| format!("{} through {day}", step.slug()))
        }
        Entry::Stopped { why, .. } => {
            end_sessions_as(&mut conn, person, Role::Mentor).await?;
            format!("stopped: {}", why.slug())
        }
    };
    audit::note(&mut conn, now, &permit, &detail).await?;
    transaction.commit().await?;
    history.push(entry);
    Ok(rules::state(&history, today))
}

/// The screening of somebody who is or was to be a mentor. Of who is or was a student too, the audit keeps that it was
/// read.
///
/// # Errors
/// A refusal, also when there is nobody, or they never were to be a mentor; a fault of the database.
pub async fn of(database: &Database, clock: &Clock, actor: &Actor, person: PersonId) -> Result<File, Stop> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<SeeScreening>(actor, person::subject(&mut conn, clock, person).await?)?;
    if !was_mentor(&mut conn, person).await? {
        return Err(Refusal::NotYours.into());
    }
    let found = person::by_id(&mut conn, person).await?.ok_or(Refusal::NotYours)?;
    let history = store::history(&mut conn, person).await?;
    let screening = rules::state(&entries(&history), clock.today());
    let subject = permit.on();
    let may_move = actor.person() != Some(person)
        && may(actor, <MoveScreening as domain::policy::Deed>::ACTION, subject.on()).is_ok()
        && is_mentor(&mut conn, person).await?;
    if subject.student {
        audit::note(&mut conn, clock.now(), &permit, "screening").await?;
        transaction.commit().await?;
    }
    Ok(File { person: found, screening, history, may_move })
}

async fn permitted(
    conn: &mut Conn<'_>,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
) -> Result<Permit<MoveScreening>, Stop<Wrong>> {
    Ok(found(actor, person::subject(conn, clock, person).await?)?)
}

async fn is_mentor(conn: &mut Conn<'_>, person: PersonId) -> Result<bool, Fault> {
    Ok(role::of(conn, person).await?.iter().any(|grant| grant.role == Role::Mentor))
}

/// Is somebody a mentor, or were they ever?
async fn was_mentor(conn: &mut Conn<'_>, person: PersonId) -> Result<bool, Fault> {
    let text = "select id from role_grant where person_id = $1 and role = 'mentor' limit 1";
    Ok(fetch_optional!(conn, (String,), text, person.to_string())?.is_some())
}

fn entries(history: &[Kept]) -> Vec<Entry> {
    history.iter().map(|kept| kept.entry).collect()
}
