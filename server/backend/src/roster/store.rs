//! Which sources and runs are there, and what is kept of rows that were not taken in?

use super::item::Problem;
use super::report::{Count, Report};
use super::{Asked, Run, Wrong};
use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, fetch_optional, insert_all};
use crate::fault::Fault;
use crate::people::organisation::{self, parsed, sort_key};
use crate::stop::Stop;
use domain::people::{Kind, OrganisationId};
use domain::policy::table::{ImportRoster, MakeOrganisation};
use domain::policy::{Action, Actor, Everything, Object as _, Permit, Place, found, may};
use uuid::Uuid;

/// The most quarantined rows that are kept of a run.
const MOST_KEPT: u64 = 10_000;

/// Where a roster comes from.
pub(super) enum Home {
    /// Its source was here before.
    Source { id: String, district: Place },
    /// A new source of a district that is here.
    District(Place),
    /// A new source of a district that is new as well, by its name.
    Nowhere(String),
}

impl Home {
    /// As the audit tells it, also of what is made by this run.
    pub(super) fn words(&self) -> String {
        match self {
            Home::Source { id, district } => format!("source {id} of district {}", district.id),
            Home::District(district) => format!("a new source of district {}", district.id),
            Home::Nowhere(_) => "a new source of a new district".to_owned(),
        }
    }
}

/// Finds the source, or the district of a new one. Whoever makes no district is told the same of one that is not there
/// and of one that is not theirs.
pub(super) async fn home(
    conn: &mut Conn<'_>,
    actor: &Actor,
    asked: &Asked<'_>,
    named: Option<&str>,
) -> Result<Home, Stop<Wrong>> {
    let source = fetch_optional!(
        conn,
        (String, String),
        "select id, organisation_id from roster_source where name = $1",
        asked.source,
    )?;
    let asked_for = match asked.district {
        Some(text) => district(conn, text).await?,
        None => None,
    };
    if asked.district.is_some() && may(actor, Action::MakeOrganisation, Everything.on()).is_err() {
        let theirs = match &asked_for {
            Some(id) => organisation::place(conn, parsed("an organisation", id)?).await?,
            None => None,
        };
        found::<ImportRoster>(actor, theirs).map(drop)?;
    }
    if let Some((id, organisation)) = source {
        if asked.district.is_some() && asked_for.as_deref() != Some(&organisation) {
            return Err(Stop::Wrong(Wrong::OtherDistrict));
        }
        return Ok(Home::Source { id, district: place(conn, &organisation).await? });
    }
    let found = match (asked_for, asked.district, named) {
        (Some(id), ..) => Some(id),
        (None, Some(text), _) if text.parse::<OrganisationId>().is_ok() => {
            return Err(Stop::Wrong(Wrong::NoDistrict));
        }
        (None, Some(text), _) | (None, None, Some(text)) => match district(conn, text).await? {
            None => return Ok(Home::Nowhere(text.to_owned())),
            found => found,
        },
        (None, None, None) => None,
    };
    let id = found.ok_or(Stop::Wrong(Wrong::NoDistrict))?;
    Ok(Home::District(place(conn, &id).await?))
}

async fn place(conn: &mut Conn<'_>, id: &str) -> Result<Place, Stop<Wrong>> {
    let place = organisation::place(conn, parsed("an organisation", id)?).await?;
    place.ok_or(Stop::Wrong(Wrong::NoDistrict))
}

/// A district by its identifier, or by its name if only one has it.
async fn district(conn: &mut Conn<'_>, text: &str) -> Result<Option<String>, Fault> {
    let rows = fetch_all!(
        conn,
        (String,),
        "select id from organisation where kind = 'district' and closed_at is null and (id = $1 or sort_key = $2)",
        text,
        sort_key(text),
    )?;
    Ok(rows.into_iter().next().map(|(id,)| id))
}

/// Makes the district of a new source.
pub(super) async fn make_district(
    conn: &mut Conn<'_>,
    _: &Permit<MakeOrganisation>,
    now: Millis,
    name: &str,
) -> Result<Place, Fault> {
    let id = organisation::insert(conn, now, Kind::District, name, None, None, None).await?;
    Ok(Place { id, kind: Kind::District, above: vec![id] })
}

/// Makes a source.
pub(super) async fn make_source(
    conn: &mut Conn<'_>,
    permit: &Permit<ImportRoster>,
    now: Millis,
    name: &str,
) -> Result<String, Fault> {
    let id = Uuid::now_v7().to_string();
    execute!(
        conn,
        "insert into roster_source (id, organisation_id, name, made_at) values ($1, $2, $3, $4)",
        &id,
        permit.on().id.to_string(),
        name,
        now,
    )?;
    Ok(id)
}

/// Writes that a run begins.
pub(super) async fn begin(conn: &mut Conn<'_>, run: &Run<'_>) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into roster_run (id, source_id, actor_id, mode, began_at, added, changed, ended, same, quarantined)
         values ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0)",
        &run.id,
        &run.source,
        run.permit.actor().person().map(|person| person.to_string()),
        run.shape.mode().slug(),
        run.now,
    )
    .map(drop)
}

/// Whether a later run of the same source has begun.
pub(super) async fn is_overtaken(conn: &mut Conn<'_>, run: &Run<'_>) -> Result<bool, Fault> {
    let newest = fetch_optional!(
        conn,
        (String,),
        "select id from roster_run where source_id = $1 order by id desc limit 1",
        &run.source,
    )?;
    Ok(newest.is_some_and(|(id,)| id != run.id))
}

/// Writes how far a run is.
pub(super) async fn progress(conn: &mut Conn<'_>, run: &Run<'_>, report: &Report) -> Result<(), Fault> {
    let Count { added, changed, ended, same, quarantined } = report.total();
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    execute!(
        conn,
        "update roster_run set added = $2, changed = $3, ended = $4, same = $5, quarantined = $6 where id = $1",
        &run.id,
        number(added),
        number(changed),
        number(ended),
        number(same),
        number(quarantined),
    )
    .map(drop)
}

/// Writes that a run is done.
pub(super) async fn finish(conn: &mut Conn<'_>, run: &Run<'_>, now: Millis) -> Result<(), Fault> {
    execute!(conn, "update roster_run set ended_at = $2 where id = $1", &run.id, now).map(drop)
}

/// Keeps where rows that were not taken in stand, and why.
pub(super) async fn problems(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    problems: &[Problem],
    kept: u64,
) -> Result<(), Fault> {
    let room = usize::try_from(MOST_KEPT.saturating_sub(kept)).unwrap_or(usize::MAX);
    let problems = &problems[..problems.len().min(room)];
    insert_all!(
        conn,
        "insert into roster_problem (id, run_id, file, line, field, reason)",
        problems,
        |problem| [
            Uuid::now_v7().to_string(),
            &run.id,
            problem.file.as_ref(),
            i64::try_from(problem.line).unwrap_or(i64::MAX),
            problem.field,
            problem.reason.slug(),
        ],
        "",
    )
    .map(drop)
}
