//! Which rows does a screening have, and how are they read and written?

use super::super::organisation::parsed;
use crate::clock::{Millis, today_in_los_angeles};
use crate::database::Conn;
use crate::database::query::{execute, fetch_all};
use crate::fault::Fault;
use domain::people::PersonId;
use domain::people::screening::{Entry, Step, Why};
use domain::plan::Day;
use domain::policy::table::MoveScreening;
use domain::policy::{Permit, Scope};
use std::collections::HashMap;
use uuid::Uuid;

/// What was written down, when, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub(super) id: String,
    /// What.
    pub entry: Entry,
    /// When.
    pub at: Millis,
    /// The name of who wrote it down; none when that was the command line, or they are gone.
    pub by: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: String,
    step: String,
    at: Millis,
    expires_on: Option<String>,
    why: Option<String>,
    given_name: Option<String>,
    family_name: Option<String>,
}

impl Row {
    fn read(self) -> Result<Kept, Fault> {
        let unknown = |what, value: &str| Fault::Stored { what, value: value.to_owned() };
        let on = today_in_los_angeles(self.at);
        let entry = match &self.why {
            Some(why) => Entry::Stopped {
                why: Why::from_slug(why).ok_or_else(|| unknown("why a screening was stopped", why))?,
                on,
            },
            None => Entry::Done {
                step: Step::from_slug(&self.step)
                    .ok_or_else(|| unknown("a step of a screening", &self.step))?,
                on,
                ends_on: self.expires_on.map(|day| last_day(&day)).transpose()?,
            },
        };
        let by = self.given_name.map(|given| format!("{given} {}", self.family_name.unwrap_or_default()));
        Ok(Kept { id: self.id, entry, at: self.at, by: by.map(|name| name.trim().to_owned()) })
    }
}

fn last_day(text: &str) -> Result<Day, Fault> {
    text.parse().map_err(|()| Fault::Stored { what: "a day", value: text.to_owned() })
}

/// Makes other changes of this person's screening wait until the transaction ends.
pub(super) async fn hold(conn: &mut Conn<'_>, person: PersonId) -> Result<(), Fault> {
    execute!(conn, "update person set demo = demo where id = $1", person.to_string()).map(drop)
}

/// What was written down about somebody, oldest first.
pub(super) async fn history(conn: &mut Conn<'_>, person: PersonId) -> Result<Vec<Kept>, Fault> {
    let rows = fetch_all!(
        conn,
        Row,
        "select s.id, s.person_id, s.step, s.at, s.expires_on, s.why, p.given_name, p.family_name
         from screening s left join person p on p.id = s.actor_id and p.deleted_at is null
         where s.person_id = $1 order by s.at, s.id",
        person.to_string(),
    )?;
    rows.into_iter().map(Row::read).collect()
}

/// Writes an entry about whom the permit is for.
pub(super) async fn save(
    conn: &mut Conn<'_>,
    now: Millis,
    permit: &Permit<MoveScreening>,
    entry: &Entry,
) -> Result<(), Fault> {
    let (step, ends_on, why) = match entry {
        Entry::Done { step, ends_on, .. } => (step.slug(), ends_on.map(|day| day.to_string()), None),
        Entry::Stopped { why, .. } => ("stopped", None, Some(why.slug())),
    };
    execute!(
        conn,
        "insert into screening (id, person_id, step, actor_id, at, expires_on, why)
         values ($1, $2, $3, $4, $5, $6, $7)",
        Uuid::now_v7().to_string(),
        permit.on().id.to_string(),
        step,
        permit.actor().person().map(|person| person.to_string()),
        now,
        ends_on,
        why,
    )
    .map(drop)
}

/// A mentor of a board.
#[derive(sqlx::FromRow)]
pub(super) struct Mentor {
    pub(super) id: String,
    pub(super) given_name: String,
    pub(super) family_name: String,
    pub(super) suspended_at: Option<Millis>,
    /// Since when they have the role.
    pub(super) since: Millis,
}

/// The mentors within a scope of seeing screenings, in the order of their names.
pub(super) async fn mentors(conn: &mut Conn<'_>, scope: Scope) -> Result<Vec<Mentor>, Fault> {
    fetch_all!(
        conn,
        Mentor,
        "select p.id, p.given_name, p.family_name, p.suspended_at, cast(min(g.made_at) as bigint) as since
         from role_grant g join person p on p.id = g.person_id
         where g.role = 'mentor' and g.ended_at is null and p.deleted_at is null
           and ($1 = 'all' or ($1 = 'own' and p.id = $2) or ($1 = 'place' and g.organisation_id in
             (select organisation_id from organisation_above where above_id = $2)))
         group by p.id, p.given_name, p.family_name, p.suspended_at, p.sort_key
         order by p.sort_key, p.id",
        scope.slug(),
        scope.id(),
    )
}

/// What was written down about the mentors within a scope of seeing screenings, of each the oldest first.
pub(super) async fn histories(
    conn: &mut Conn<'_>,
    scope: Scope,
) -> Result<HashMap<String, Vec<Entry>>, Fault> {
    let rows = fetch_all!(
        conn,
        Row,
        "select s.id, s.person_id, s.step, s.at, s.expires_on, s.why,
           cast(null as text) as given_name, cast(null as text) as family_name
         from screening s
         where $1 = 'all' or ($1 = 'own' and s.person_id = $2) or ($1 = 'place' and s.person_id in
           (select g.person_id from role_grant g
            join organisation_above a on a.organisation_id = g.organisation_id and a.above_id = $2
            where g.role = 'mentor' and g.ended_at is null))
         order by s.person_id, s.at, s.id",
        scope.slug(),
        scope.id(),
    )?;
    let mut histories: HashMap<String, Vec<Entry>> = HashMap::new();
    for row in rows {
        let person = row.person_id.clone();
        histories.entry(person).or_default().push(row.read()?.entry);
    }
    Ok(histories)
}

/// Some of the people with something that runs out by `soon` and was not told.
pub(super) async fn untold(
    conn: &mut Conn<'_>,
    today: Day,
    soon: Day,
    most: i64,
) -> Result<Vec<PersonId>, Fault> {
    let rows = fetch_all!(
        conn,
        (String,),
        "select distinct person_id from screening
         where over_at is null and (expires_on < $1 or (expires_on <= $2 and warned_at is null))
         order by person_id limit $3",
        today.to_string(),
        soon.to_string(),
        most,
    )?;
    rows.iter().map(|(id,)| parsed("a person", id)).collect()
}

/// Marks that it is told that an entry has run out; whether this is the first time.
pub(super) async fn mark_over(conn: &mut Conn<'_>, now: Millis, id: &str) -> Result<bool, Fault> {
    let text = "update screening set over_at = $2, warned_at = coalesce(warned_at, $2) where id = $1 and over_at is null";
    Ok(execute!(conn, text, id, now)? > 0)
}

/// Marks that it is told that an entry runs out soon; whether this is the first time.
pub(super) async fn mark_warned(conn: &mut Conn<'_>, now: Millis, id: &str) -> Result<bool, Fault> {
    let text = "update screening set warned_at = $2 where id = $1 and warned_at is null";
    Ok(execute!(conn, text, id, now)? > 0)
}

/// The staff at the places where somebody is a mentor, and above.
pub(super) async fn staff_of(conn: &mut Conn<'_>, person: PersonId) -> Result<Vec<PersonId>, Fault> {
    let rows = fetch_all!(
        conn,
        (String,),
        "select distinct s.person_id from role_grant m
         join organisation_above a on a.organisation_id = m.organisation_id
         join role_grant s on s.organisation_id = a.above_id and s.role = 'staff' and s.ended_at is null
         where m.person_id = $1 and m.role = 'mentor' and m.ended_at is null and s.person_id <> $1",
        person.to_string(),
    )?;
    rows.iter().map(|(id,)| parsed("a person", id)).collect()
}
