//! How does what names a person go, and what proves that?
//!
//! Asked for, it waits seven days in which whoever may ask can take it back. Then [`delete_due`] deletes every row about
//! the person in one transaction and leaves a receipt: a number, two dates, and how many rows of which table went. The
//! number is given when the deletion is asked for, because afterwards there is no address left to send it to. A legal
//! hold makes it wait until the hold ends.

mod store;

use super::traces;
use crate::admin::audit::{self, Line};
use crate::clock::{Clock, Millis, today_in_los_angeles};
use crate::database::query::{execute, fetch_all};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use crate::people::organisation::parsed;
use crate::people::person::subject;
use crate::secret;
use crate::stop::Stop;
use domain::admin::rights::{Cause, Deletion, End, Number, Stage, due_at, is_agreed};
use domain::people::{PersonId, Role};
use domain::policy::table::{AskDeletion, RecordConsent};
use domain::policy::{Actor, Refusal, found, scope};
use std::collections::BTreeMap;

/// A deletion that was asked for and is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The number to quote.
    pub number: Number,
    /// Who set it going.
    pub cause: Cause,
    /// When.
    pub asked_at: Millis,
    /// From when on it is done.
    pub due_at: Millis,
    /// Nobody has to agree to it any more.
    pub agreed: bool,
}

/// A deletion that somebody is to know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Whose record.
    pub person: PersonId,
    /// What they are called.
    pub given_name: String,
    /// The whole name.
    pub name: String,
    /// From when on it is done.
    pub due_at: Millis,
    /// Nobody has to agree to it any more.
    pub agreed: bool,
}

/// What proves a deletion. It names nobody, so whoever has the number may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The number.
    pub number: Number,
    /// When it was asked for.
    pub asked_at: Millis,
    /// How far it is.
    pub stage: Stage,
    /// From when on it is done.
    pub due_at: Millis,
    /// When it was done.
    pub done_at: Option<Millis>,
    /// Rows that went, by table; none before it is done.
    pub rows: BTreeMap<String, u64>,
}

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It was asked for already.
    #[error("the deletion was asked for already")]
    Already,
    /// There is nothing to take back, or it is done.
    #[error("there is nothing to take back")]
    Nothing,
}

/// Asks that everything kept about a person is deleted. What a student under 18 asks for waits until an adult of the
/// family agrees.
///
/// # Errors
/// [`Wrong`], a refusal, or a fault.
pub async fn ask(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
) -> Result<Asked, Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<AskDeletion>(actor, subject(&mut conn, clock, person).await?)?;
    take(&mut conn, person).await?;
    if store::open(&mut conn, person).await?.is_some() {
        return Err(Stop::Wrong(Wrong::Already));
    }
    let own = actor.person() == Some(person);
    let agreed = is_agreed(own, permit.on().student, permit.on().band);
    let asked = Asked { agreed, ..new(clock.now(), Cause::Asked)? };
    store::insert(&mut conn, person, actor.person(), &asked).await?;
    announce(&mut conn, asked.asked_at, person, &asked).await?;
    audit::note(&mut conn, asked.asked_at, &permit, &asked.number.to_string()).await?;
    transaction.commit().await?;
    Ok(asked)
}

/// Agrees to what a student under 18 asked for: a guardian, or who has a guardian's yes on paper. From now on the days
/// run in which it can be taken back.
///
/// # Errors
/// [`Wrong::Nothing`], a refusal, or a fault.
pub async fn agree(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
) -> Result<(), Stop<Wrong>> {
    if actor.person() == Some(person) {
        return Err(Refusal::NotOfAge.into());
    }
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let subject = subject(&mut conn, clock, person).await?;
    take(&mut conn, person).await?;
    let due_at = Millis(due_at(now.0));
    let agreed = store::agree(&mut conn, now, person, actor.person(), due_at).await?;
    if actor.role() == Some(Role::Guardian) {
        let permit = found::<AskDeletion>(actor, subject)?;
        audit::note(&mut conn, now, &permit, "agreed").await?;
    } else {
        let permit = found::<RecordConsent>(actor, subject)?;
        audit::note(&mut conn, now, &permit, "agreed on paper to a deletion").await?;
    }
    if !agreed {
        return Err(Stop::Wrong(Wrong::Nothing));
    }
    let asked = store::open(&mut conn, person).await?.ok_or(Stop::Wrong(Wrong::Nothing))?;
    announce(&mut conn, now, person, &asked).await?;
    transaction.commit().await?;
    Ok(())
}

/// Whether a student asked for it, and an adult has to agree.
pub(crate) async fn is_wished(conn: &mut Conn<'_>, person: PersonId) -> Result<bool, Fault> {
    Ok(store::open(conn, person).await?.is_some_and(|asked| !asked.agreed))
}

/// The deletions that a guardian, or who works with students whose guardians are not here, is to know of.
///
/// # Errors
/// A refusal, or a fault.
pub async fn waiting(database: &Database, actor: &Actor) -> Result<Vec<Waiting>, Stop> {
    let scope = match actor.role() {
        Some(Role::Guardian) => scope::<AskDeletion>(actor)?,
        _ => scope::<RecordConsent>(actor)?,
    };
    let mut lease = database.lease().await?;
    Ok(store::waiting(&mut lease.conn(), scope).await?)
}

/// Tells the person and every guardian, so that nobody's record goes behind their back.
async fn announce(conn: &mut Conn<'_>, now: Millis, person: PersonId, asked: &Asked) -> Result<(), Fault> {
    let on = asked.agreed.then(|| today_in_los_angeles(asked.due_at).to_string());
    for guardian in guardians(conn, person).await? {
        let notice = Notice::DeletionAsked { on: on.clone(), own: false };
        outbox::tell(conn, now, &To::Person(guardian), &notice).await?;
    }
    let notice = Notice::DeletionAsked { on, own: true };
    outbox::tell(conn, now, &To::Person(person), &notice).await
}

/// Takes a deletion back.
///
/// # Errors
/// [`Wrong`], a refusal, or a fault.
pub async fn take_back(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<AskDeletion>(actor, subject(&mut conn, clock, person).await?)?;
    let now = clock.now();
    if !store::take_back(&mut conn, now, &permit).await? {
        return Err(Stop::Wrong(Wrong::Nothing));
    }
    audit::note(&mut conn, now, &permit, "taken back").await?;
    transaction.commit().await?;
    Ok(())
}

/// The deletion that waits for a person, if there is one.
///
/// # Errors
/// A refusal, or a fault.
pub async fn pending(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
) -> Result<Option<Asked>, Stop> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let permit = found::<AskDeletion>(actor, subject(&mut conn, clock, person).await?)?;
    Ok(store::open(&mut conn, permit.on().id).await?)
}

/// The receipt with this number. A hold is not told of: it may be about who asks.
///
/// # Errors
/// [`Fault`].
pub async fn receipt(database: &Database, clock: &Clock, number: Number) -> Result<Option<Receipt>, Fault> {
    let mut lease = database.lease().await?;
    let Some(row) = store::by_number(&mut lease.conn(), number).await? else { return Ok(None) };
    let state = Deletion {
        due_at: row.due_at.0,
        wished: row.agreed_at.is_none(),
        end: row.done_at.map(|_| End::Done).or(row.taken_back_at.map(|_| End::TakenBack)),
        held: false,
    };
    let rows = row.receipt.as_deref().map(serde_json::from_str).transpose();
    Ok(Some(Receipt {
        number,
        asked_at: row.asked_at,
        stage: state.stage(clock.now().0),
        due_at: row.due_at,
        done_at: row.done_at,
        rows: rows
            .map_err(|_| Fault::Stored { what: "a receipt", value: number.to_string() })?
            .unwrap_or_default(),
    }))
}

/// Does every deletion that is due, each in a transaction of its own, and gives how many were done. Several servers
/// may do it at once: each deletion is done once.
///
/// # Errors
/// [`Fault`]; what was done before stays done.
pub async fn delete_due(database: &Database, clock: &Clock) -> Result<u64, Fault> {
    let mut lease = database.lease().await?;
    let ready = store::ready(&mut lease.conn(), clock.now(), None).await?;
    drop(lease);
    let mut done = 0;
    for deletion in ready {
        let person = parsed("a person", &deletion.person_id)?;
        done += u64::from(delete(database, clock, &deletion.id, person).await?);
    }
    if done > 0 {
        // What was overwritten in the file is not to live on in its log.
        database.tidy().await?;
    }
    Ok(done)
}

/// Deletes one person; false when it was taken back, held or done in the meantime.
async fn delete(database: &Database, clock: &Clock, id: &str, person: PersonId) -> Result<bool, Fault> {
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    take(&mut conn, person).await?;
    // Asked again, now that nobody else can hold it or take it back.
    let Some(ready) = store::ready(&mut conn, now, Some(id)).await?.pop() else { return Ok(false) };
    let guardians = guardians(&mut conn, person).await?;
    let rows = traces::erase(&mut conn, now, &person.to_string()).await?;
    store::finish(&mut conn, now, id, &rows).await?;
    for guardian in guardians {
        outbox::tell(&mut conn, now, &To::Person(guardian), &Notice::Deleted).await?;
    }
    let (actor, subject) = (&Actor::Machine, Some(person));
    let line = Line { at: now, actor, action: "Delete", subject, detail: &ready.number };
    audit::add(&mut conn, &line).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Takes the row of a person for this transaction: a hold, a deletion and a taking back come one after the other.
pub(super) async fn take(conn: &mut Conn<'_>, person: PersonId) -> Result<(), Fault> {
    execute!(conn, "update person set deleted_at = deleted_at where id = $1", person.to_string()).map(drop)
}

/// A deletion that is asked for now. The number is drawn from a million millions.
pub(super) fn new(now: Millis, cause: Cause) -> Result<Asked, Fault> {
    let [high, low] = [secret::below(1_000_000)?, secret::below(1_000_000)?];
    let number = Number::new(u64::from(high) * 1_000_000 + u64::from(low));
    Ok(Asked { number, cause, asked_at: now, due_at: Millis(due_at(now.0)), agreed: true })
}

pub(super) use store::{insert, settle};

async fn guardians(conn: &mut Conn<'_>, student: PersonId) -> Result<Vec<PersonId>, Fault> {
    let rows = fetch_all!(
        conn,
        (String,),
        "select guardian_id from family_link
         where student_id = $1 and ended_at is null and not restricted order by guardian_id",
        student.to_string(),
    )?;
    rows.iter().map(|(id,)| parsed("a person", id)).collect()
}
