//! Who has to hear that something of a screening runs out?
//!
//! Nothing here makes anybody less cleared: that follows from the day alone. What ran out ends the sessions of the
//! mentor, so that no page or socket stays open, and is told once; what runs out soon is told once, in time.

use super::super::suspension::end_sessions_as;
use super::{entries, is_mentor, store};
use crate::admin::audit::{self, Line};
use crate::clock::{Clock, Millis};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use domain::people::screening::{Entry, Step, WARNING_DAYS, counting};
use domain::people::{PersonId, Role};
use domain::plan::Day;
use domain::policy::Actor;
use std::collections::BTreeMap;

/// How many people one transaction takes, so that others need not wait long.
const BATCH: i64 = 100;

/// What was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// So many steps run out soon.
    pub soon: u32,
    /// So many have run out.
    pub over: u32,
}

/// Tells what runs out within the days of warning and what has run out, each once, and ends the sessions of mentors
/// who are no longer cleared. Safe to call at any time, by several processes.
///
/// # Errors
/// [`Fault::Database`].
pub async fn expire(database: &Database, clock: &Clock) -> Result<Told, Fault> {
    let (now, today) = (clock.now(), clock.today());
    let soon = (0..WARNING_DAYS).fold(today, |day, _| day.tomorrow().unwrap_or(day));
    let mut all = Told::default();
    loop {
        let mut transaction = database.begin().await?;
        let mut conn = transaction.conn();
        let people = store::untold(&mut conn, today, soon, BATCH).await?;
        if people.is_empty() {
            return Ok(all);
        }
        let mut staff: BTreeMap<PersonId, Told> = BTreeMap::new();
        for person in people {
            let told = tell(&mut conn, now, today, soon, person).await?;
            all.add(told);
            if told != Told::default() {
                for member in store::staff_of(&mut conn, person).await? {
                    staff.entry(member).or_default().add(told);
                }
            }
        }
        for (member, Told { soon, over }) in staff {
            outbox::tell(&mut conn, now, &To::Person(member), &Notice::ScreeningBoard { soon, over }).await?;
        }
        transaction.commit().await?;
    }
}

impl Told {
    fn add(&mut self, other: Told) {
        self.soon += other.soon;
        self.over += other.over;
    }
}

/// Tells one person. What was renewed or stopped since is marked and not told, and neither is anything to who is no
/// mentor any more.
async fn tell(
    conn: &mut Conn<'_>,
    now: Millis,
    today: Day,
    soon: Day,
    person: PersonId,
) -> Result<Told, Fault> {
    store::hold(conn, person).await?;
    let history = store::history(conn, person).await?;
    let counts = counting(&entries(&history));
    let mentor = is_mentor(conn, person).await?;
    let mut told = Told::default();
    for (at, kept) in history.iter().enumerate() {
        let Entry::Done { step, ends_on: Some(day), .. } = kept.entry else { continue };
        let over = day < today;
        let first = if over {
            store::mark_over(conn, now, &kept.id).await?
        } else if day <= soon {
            store::mark_warned(conn, now, &kept.id).await?
        } else {
            false
        };
        if !first || !mentor || counts[step as usize] != Some(at) {
            continue;
        }
        let notice = Notice::ScreeningEnds { step: step.slug().to_owned(), on: day.to_string() };
        outbox::tell(conn, now, &To::Person(person), &notice).await?;
        if over {
            told.over += 1;
            let line = Line {
                at: now,
                actor: &Actor::Machine,
                action: "ScreeningEnds",
                subject: Some(person),
                detail: step.slug(),
            };
            audit::add(conn, &line).await?;
        } else {
            told.soon += 1;
        }
    }
    if told.over > 0 && counts[Step::Matchable as usize].is_some() {
        end_sessions_as(conn, person, Role::Mentor).await?;
    }
    Ok(told)
}
