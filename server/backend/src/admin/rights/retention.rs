//! What goes by itself, and when?
//!
//! | what | when |
//! |---|---|
//! | invitations and codes for guardians | 90 days after they were used or ran out |
//! | rows of a roster that were not taken in | 90 days after the roster came |
//! | notices | 90 days after they were sent or given up |
//! | the record of a student without any role | asked for deletion in time to be gone 60 days after the last role ended |
//! | lines of the audit | 7 years after they were written; the chain then begins at the next one |
//!
//! What a legal hold is on stays. Sessions and tries are swept where they are made.

use super::deletion;
use crate::admin::audit::{self, Line};
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_all};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::people::organisation::parsed;
use domain::admin::rights::{Cause, Class};
use domain::people::PersonId;
use domain::policy::Actor;

/// Most students for whom one run asks.
const RUN: i64 = 500;

/// What a run did: rows that went, by class; of students who left, those whose deletion was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retained(pub Vec<(Class, u64)>);

impl Retained {
    /// How many of one class.
    pub fn of(&self, class: Class) -> u64 {
        self.0.iter().filter(|(other, _)| *other == class).map(|(_, rows)| rows).sum()
    }
}

/// Lets go of what was kept long enough. Safe to run again at any time.
///
/// # Errors
/// [`Fault`]; each class is a transaction of its own, and what was done before stays done.
pub async fn retain(database: &Database, clock: &Clock) -> Result<Retained, Fault> {
    let now = clock.now();
    let mut done = Vec::new();
    for class in Class::ALL {
        let cut = Millis(class.cut(now.0));
        let mut transaction = database.begin().await?;
        let rows = run(&mut transaction.conn(), now, class, cut).await?;
        transaction.commit().await?;
        done.push((class, rows));
    }
    Ok(Retained(done))
}

async fn run(conn: &mut Conn<'_>, now: Millis, class: Class, cut: Millis) -> Result<u64, Fault> {
    match class {
        Class::Invitations => execute!(
            conn,
            "delete from invitation where coalesce(used_at, expires_at) <= $1
               and not exists (select 1 from legal_hold h where h.person_id = invitation.used_by and h.ended_at is null)",
            cut,
        ),
        Class::FamilyCodes => execute!(
            conn,
            "delete from family_code where coalesce(used_at, expires_at) <= $1
               and not exists (select 1 from legal_hold h where h.person_id = family_code.student_id and h.ended_at is null)",
            cut,
        ),
        Class::RosterProblems => execute!(
            conn,
            "delete from roster_problem where run_id in
               (select id from roster_run where coalesce(ended_at, began_at) <= $1)",
            cut,
        ),
        Class::Notices => execute!(
            conn,
            "delete from outbox where coalesce(sent_at, given_up_at) <= $1
               and not exists (select 1 from legal_hold h where h.person_id = outbox.person_id and h.ended_at is null)",
            cut,
        ),
        Class::LeftStudents => {
            come_back(conn, now).await?;
            ask_for_left(conn, now, cut).await
        }
        Class::Audit => audit::forget(conn, cut).await,
    }
}

/// A student who has a role again stays.
async fn come_back(conn: &mut Conn<'_>, now: Millis) -> Result<(), Fault> {
    let back = fetch_all!(
        conn,
        (String, String),
        "update deletion set taken_back_at = $1
         where cause = 'left' and done_at is null and taken_back_at is null and exists
           (select 1 from role_grant g where g.person_id = deletion.person_id and g.ended_at is null)
         returning person_id, number",
        now,
    )?;
    for (person, number) in back {
        note(conn, now, parsed("a person", &person)?, &format!("{number} came back")).await?;
    }
    Ok(())
}

/// Asks that the record of students who left is deleted. A deletion that somebody took back is asked for again when
/// the same time has passed once more.
async fn ask_for_left(conn: &mut Conn<'_>, now: Millis, cut: Millis) -> Result<u64, Fault> {
    let left = fetch_all!(
        conn,
        (String,),
        "select p.id from person p
         where p.deleted_at is null
           and exists (select 1 from role_grant g where g.person_id = p.id and g.role = 'student' and g.ended_at <= $1)
           and not exists
             (select 1 from role_grant g where g.person_id = p.id and (g.ended_at is null or g.ended_at > $1))
           and not exists (select 1 from deletion d where d.person_id = p.id
             and (d.taken_back_at > $1 or d.taken_back_at is null and d.agreed_at is not null))
         order by p.id limit $2",
        cut,
        RUN,
    )?;
    for (id,) in &left {
        let person: PersonId = parsed("a person", id)?;
        let asked = deletion::new(now, Cause::Left)?;
        if !deletion::settle(conn, person, &asked).await? {
            deletion::insert(conn, person, None, &asked).await?;
        }
        note(conn, now, person, &asked.number.to_string()).await?;
    }
    Ok(left.len() as u64)
}

async fn note(conn: &mut Conn<'_>, now: Millis, person: PersonId, detail: &str) -> Result<(), Fault> {
    let line = Line { at: now, actor: &Actor::Machine, action: "AskDeletion", subject: Some(person), detail };
    audit::add(conn, &line).await
}
