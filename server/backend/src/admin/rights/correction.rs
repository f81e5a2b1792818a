//! What is wrong in a record, and who answers?
//!
//! What somebody typed is kept until it is answered and not a moment longer. A birth date is shown to nobody: whoever
//! answers types the date on the paper they were shown, and it is taken when it is the one that was asked for.

mod store;

use crate::admin::audit::{self, Line};
use crate::clock::{Clock, Millis};
use crate::database::Database;
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use crate::people::person::subject;
use crate::stop::Stop;
use domain::admin::rights::{Answer, Field, NotWanted, OPEN_MOST, Wanted, Why, is_answered};
use domain::people::PersonId;
use domain::policy::table::{AnswerCorrection, AskCorrection};
use domain::policy::{Actor, Deed, Refusal, absent, found, scope};
use std::collections::BTreeSet;

/// Corrections that one page shows.
pub const PAGE: i64 = 100;

/// A correction that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Which one.
    pub id: String,
    /// Whose record.
    pub person: PersonId,
    /// What they are called now.
    pub name: String,
    /// What is wrong.
    pub field: Field,
    /// What should stand there; not of a birth date.
    pub wanted: Option<String>,
    /// When it was said.
    pub asked_at: Millis,
}

/// What is wrong with a correction or its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// What was typed cannot stand in the field.
    #[error(transparent)]
    Wanted(NotWanted),
    /// Enough of them wait already.
    #[error("{OPEN_MOST} corrections wait already")]
    TooMany,
    /// It was answered in the meantime.
    #[error("nothing waits for this answer")]
    NotOpen,
    /// The birth date on the paper is another one.
    #[error("the date on the paper is another one")]
    OtherDate,
}

/// What came of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody will answer.
    Waits,
    /// It stands there now: this person says themselves what they are called.
    Done,
}

/// Says that something in a record is wrong.
///
/// # Errors
/// [`Wrong`], a refusal, or a fault.
pub async fn ask(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
    field: Field,
    typed: &str,
) -> Result<Outcome, Stop<Wrong>> {
    let wanted = Wanted::read(field, typed, clock.today()).map_err(|not| Stop::Wrong(Wrong::Wanted(not)))?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let asked = found::<AskCorrection>(actor, subject(&mut conn, clock, person).await?)?;
    let now = clock.now();
    let own = actor.person() == Some(person);
    let at_once = own
        && matches!(wanted, Wanted::Name(_) | Wanted::Tongue(_))
        && !is_answered(&store::roles(&mut conn, &asked).await?);
    if at_once {
        store::apply_own(&mut conn, &asked, field, &wanted).await?;
        store::insert_done(&mut conn, now, &asked, field).await?;
    } else {
        if store::open_count(&mut conn, &asked).await? >= i64::try_from(OPEN_MOST).unwrap_or(i64::MAX) {
            return Err(Stop::Wrong(Wrong::TooMany));
        }
        store::insert(&mut conn, now, &asked, field, &wanted).await?;
    }
    audit::note(&mut conn, now, &asked, field.slug()).await?;
    transaction.commit().await?;
    Ok(if at_once { Outcome::Done } else { Outcome::Waits })
}

/// The corrections that the actor may answer, oldest first. They hold names and what a family wrote, so the audit has a
/// line for each record in the list.
///
/// # Errors
/// A refusal, or a fault.
pub async fn queue(database: &Database, clock: &Clock, actor: &Actor) -> Result<Vec<Open>, Stop> {
    let scope = scope::<AnswerCorrection>(actor)?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let open = store::open(&mut conn, &scope).await?;
    let about: BTreeSet<PersonId> = open.iter().map(|open| open.person).collect();
    let line = |subject| Line {
        at: clock.now(),
        actor,
        action: <AnswerCorrection as Deed>::ACTION.name(),
        subject: Some(subject),
        detail: "read",
    };
    audit::add_all(&mut conn, &about.into_iter().map(line).collect::<Vec<_>>()).await?;
    transaction.commit().await?;
    Ok(open)
}

/// How many of them there are, for who only wants to know whether to look.
///
/// # Errors
/// A refusal, or a fault.
pub async fn waiting(database: &Database, actor: &Actor) -> Result<usize, Stop> {
    let scope = scope::<AnswerCorrection>(actor)?;
    let mut lease = database.lease().await?;
    Ok(store::open(&mut lease.conn(), &scope).await?.len())
}

/// Answers a correction. `seen` is the birth date on the paper, as typed; other fields need none.
///
/// # Errors
/// [`Wrong`], a refusal, or a fault.
pub async fn answer(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    id: &str,
    answer: Answer,
    seen: &str,
) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let Some(asked) = store::by_id(&mut conn, id).await? else {
        return Err(absent(actor, &[AnswerCorrection::ACTION]).into());
    };
    let permit = found::<AnswerCorrection>(actor, subject(&mut conn, clock, asked.person).await?)?;
    // Nobody answers what they asked, nor about themselves.
    if actor.person().is_some() && [Some(asked.person), asked.asked_by].contains(&actor.person()) {
        return Err(Refusal::NotYours.into());
    }
    let now = clock.now();
    if !store::close(&mut conn, now, &permit, &asked, answer).await? {
        return Err(Stop::Wrong(Wrong::NotOpen));
    }
    if answer == Answer::Done {
        let wanted = Wanted::read(asked.field, &asked.wanted, clock.today())
            .map_err(|not| Stop::Wrong(Wrong::Wanted(not)))?;
        if let Wanted::Born(born) = wanted
            && seen.trim().parse() != Ok(born)
        {
            return Err(Stop::Wrong(Wrong::OtherDate));
        }
        store::apply(&mut conn, &permit, asked.field, &wanted).await?;
    }
    if let Some(asker) = asked.asked_by {
        outbox::tell(&mut conn, now, &To::Person(asker), &Notice::CorrectionAnswered).await?;
    }
    audit::note(&mut conn, now, &permit, &told(asked.field, answer)).await?;
    transaction.commit().await?;
    Ok(())
}

/// The words for the audit: the field and what came of it, never what was typed.
fn told(field: Field, answer: Answer) -> String {
    match answer {
        Answer::Done => format!("{} done", field.slug()),
        Answer::Refused(why) => format!("{} refused {}", field.slug(), why.slug()),
    }
}

/// Reads an answer as it is kept.
pub(super) fn answered(answer: Option<&str>, why: Option<&str>) -> Result<Option<Answer>, Fault> {
    Ok(match (answer, why) {
        (None, _) => None,
        (Some("done"), _) => Some(Answer::Done),
        (Some(_), why) => {
            Some(Answer::Refused(super::word("a reason", why.unwrap_or_default(), Why::from_slug)?))
        }
    })
}
