//! Which rosters were taken in, and what waits?

use super::item::{Problem, Reason};
use crate::clock::Millis;
use crate::database::query::{fetch_all, fetch_optional};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::people::organisation;
use crate::stop::Stop;
use domain::policy::table::SeeRosters;
use domain::policy::{Actor, Place, Refusal, Scope, found, scope};

/// A run, newest first.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Past {
    /// Which one.
    pub id: String,
    /// What the source is called.
    pub source: String,
    /// What the district is called.
    pub district: String,
    /// `bulk` or `delta`.
    pub mode: String,
    /// When it began.
    pub began_at: Millis,
    /// When it was done; none while it runs, or when it was cut off.
    pub ended_at: Option<Millis>,
    /// New rows.
    pub added: i64,
    /// Rows that say something else.
    pub changed: i64,
    /// Rows that hold no longer.
    pub ended: i64,
    /// Rows that say what was known.
    pub same: i64,
    /// Rows that wait.
    pub quarantined: i64,
}

/// A row that was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: i64,
    /// The column; empty when the whole line is meant.
    pub field: String,
    /// Why.
    pub reason: Reason,
}

impl From<Problem> for Waiting {
    fn from(problem: Problem) -> Waiting {
        Waiting {
            file: problem.file.to_string(),
            line: i64::try_from(problem.line).unwrap_or(i64::MAX),
            field: problem.field.to_owned(),
            reason: problem.reason,
        }
    }
}

/// The most runs of a list.
const MOST_RUNS: i64 = 100;

/// How many quarantined rows a page has.
pub const PAGE: i64 = 200;

/// The runs that the actor may see.
///
/// # Errors
/// [`Stop::Refused`], [`Stop::Fault`].
pub async fn runs(database: &Database, actor: &Actor) -> Result<Vec<Past>, Stop> {
    let scope = scope::<SeeRosters>(actor)?;
    Ok(listed(&mut database.lease().await?.conn(), &scope, "").await?)
}

async fn listed(conn: &mut Conn<'_>, scope: &Scope, run: &str) -> Result<Vec<Past>, Fault> {
    fetch_all!(
        conn,
        Past,
        "select r.id, s.name as source, o.name as district, r.mode, r.began_at, r.ended_at, r.added, r.changed,
           r.ended, r.same, r.quarantined
         from roster_run r join roster_source s on s.id = r.source_id
         join organisation o on o.id = s.organisation_id
         where (r.id = $3 or $3 = '') and ($1 = 'all' or $1 = 'place' and exists (
           select 1 from organisation_above a where a.organisation_id = s.organisation_id and a.above_id = $2))
         order by r.id desc limit $4",
        scope.slug(),
        scope.id(),
        run,
        MOST_RUNS,
    )
}

/// A run and some of its quarantined rows, from the one with this number on, counted from 0.
///
/// # Errors
/// [`Stop::Refused`] also when there is no such run, so that nobody learns which there are.
pub async fn problems(
    database: &Database,
    actor: &Actor,
    run: &str,
    from: i64,
) -> Result<(Past, Vec<Waiting>), Stop> {
    let mut lease = database.lease().await?;
    let conn = &mut lease.conn();
    let past = listed(conn, &scope::<SeeRosters>(actor)?, run).await?.into_iter().next();
    let past = past.ok_or(Refusal::NotYours)?;
    found::<SeeRosters>(actor, district(conn, run).await?).map(drop)?;
    let rows = fetch_all!(
        conn,
        (String, i64, String, String),
        "select file, line, field, reason from roster_problem where run_id = $1 order by file, line, id
         limit $2 offset $3",
        run,
        PAGE,
        from.max(0),
    )?;
    let waiting = |(file, line, field, reason): (String, i64, String, String)| {
        let stored = || Fault::Stored { what: "why a row waits", value: reason.clone() };
        Ok(Waiting { file, line, field, reason: Reason::from_slug(&reason).ok_or_else(stored)? })
    };
    Ok((past, rows.into_iter().map(waiting).collect::<Result<_, Fault>>()?))
}

async fn district(conn: &mut Conn<'_>, run: &str) -> Result<Option<Place>, Fault> {
    let found = fetch_optional!(
        conn,
        (String,),
        "select s.organisation_id from roster_run r join roster_source s on s.id = r.source_id where r.id = $1",
        run,
    )?;
    match found {
        None => Ok(None),
        Some((id,)) => organisation::place(conn, organisation::parsed("an organisation", &id)?).await,
    }
}
