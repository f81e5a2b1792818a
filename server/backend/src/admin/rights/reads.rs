//! Who read this record?
//!
//! The answer comes from the audit. A family sees the name and the role of everybody who works here, also of one who
//! looked as a guardian; but not which other guardian looked, and not what a safety officer reads.

use super::word;
use crate::admin::audit;
use crate::clock::{Clock, Millis};
use crate::database::query::fetch_all;
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::people::person::subject;
use crate::stop::Stop;
use domain::admin::rights::{READS, is_shown_to_family};
use domain::people::{PersonId, Role};
use domain::policy::table::SeeReads;
use domain::policy::{Action, Actor, Permit, found};

/// Reads that one page shows.
pub const PAGE: i64 = 100;

/// Somebody read a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Where it stands in the audit; the next page begins before it.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// In which role.
    pub role: Option<Role>,
    /// Who.
    pub reader: Reader,
    /// They took a copy with them.
    pub copied: bool,
}

/// Who read, as far as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Whoever asks now.
    You,
    /// A guardian.
    Guardian,
    /// Somebody by name.
    Named(String),
    /// Somebody who is deleted.
    Gone,
    /// Nobody who is signed in: whoever runs the machine.
    Machine,
}

/// Who read a student's record, newest first, and not the student. With `before`, the page that follows the line with
/// that number.
///
/// # Errors
/// A refusal, or a fault.
pub async fn reads(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
    before: Option<i64>,
) -> Result<Vec<Read>, Stop> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<SeeReads>(actor, subject(&mut conn, clock, person).await?)?;
    let lines = lines(&mut conn, &permit, before.unwrap_or(i64::MAX)).await?;
    audit::note(&mut conn, clock.now(), &permit, "").await?;
    transaction.commit().await?;
    lines.into_iter().map(|line| Ok(line.read(actor)?)).collect()
}

#[derive(sqlx::FromRow)]
struct Line {
    seq: i64,
    at: Millis,
    actor_id: Option<String>,
    role: Option<String>,
    action: String,
    given_name: Option<String>,
    family_name: Option<String>,
    works: bool,
}

impl Line {
    fn read(self, actor: &Actor) -> Result<Read, Fault> {
        let role = self.role.map(|role| word("a role", &role, Role::from_slug)).transpose()?;
        let name = [self.given_name, self.family_name].map(Option::unwrap_or_default).join(" ");
        let reader = match self.actor_id {
            None => Reader::Machine,
            Some(id) if actor.person().is_some_and(|person| person.to_string() == id) => Reader::You,
            Some(_) if role == Some(Role::Guardian) && !self.works => Reader::Guardian,
            Some(_) if name.trim().is_empty() => Reader::Gone,
            Some(_) => Reader::Named(name.trim().to_owned()),
        };
        let copied = self.action == Action::ExportRecord.name();
        Ok(Read { seq: self.seq, at: self.at, role, reader, copied })
    }
}

async fn lines(conn: &mut Conn<'_>, permit: &Permit<SeeReads>, before: i64) -> Result<Vec<Line>, Fault> {
    let hidden = Role::ALL.iter().find(|role| !is_shown_to_family(**role));
    let hidden = hidden.filter(|hidden| permit.actor().role() != Some(**hidden));
    fetch_all!(
        conn,
        Line,
        "select a.seq, a.at, a.actor_id, a.role, a.action, p.given_name, p.family_name,
                exists (select 1 from role_grant g
                        where g.person_id = a.actor_id and g.role not in ('guardian', 'student')) as works
         from audit a left join person p on p.id = a.actor_id
         where a.subject_id = $1 and a.seq < $2 and a.action in ($3, $4, $5, $6, $7)
           and coalesce(a.role, '') <> $8 and coalesce(a.actor_id, '') <> $1
         order by a.seq desc limit $9",
        permit.on().id.to_string(),
        before,
        READS[0].name(),
        READS[1].name(),
        READS[2].name(),
        READS[3].name(),
        READS[4].name(),
        hidden.map_or("-", |role| role.slug()),
        PAGE,
    )
}
