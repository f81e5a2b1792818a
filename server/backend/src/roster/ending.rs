//! What ends when a roster tells of it no longer?
//!
//! Roles end, classes close, guardians are detached. Nobody is deleted, and what was here before the roster told of it
//! stays as it is.

use super::Run;
use super::item::Part;
use super::link::Known;
use super::reading::BATCH;
use super::report::Report;
use crate::database::Conn;
use crate::database::query::{execute_in, fetch_all, fetch_in, fetch_one};
use crate::fault::Fault;
use std::collections::{HashMap, HashSet};

/// A link with the part it is of.
#[derive(sqlx::FromRow)]
struct Kept {
    kind: String,
    #[sqlx(flatten)]
    known: Known,
}

/// How many rows of a part hold.
pub(super) async fn live(conn: &mut Conn<'_>, source: &str, part: Part) -> Result<u64, Fault> {
    let (live,) = fetch_one!(
        conn,
        (i64,),
        "select cast(count(*) as bigint) from roster_link where source_id = $1 and kind = $2 and ended_at is null",
        source,
        part.slug(),
    )?;
    Ok(live.unsigned_abs())
}

/// How many of these identifiers hold already.
pub(super) async fn known(
    conn: &mut Conn<'_>,
    source: &str,
    part: Part,
    ids: &[String],
) -> Result<u64, Fault> {
    let rows = fetch_in!(
        conn,
        (String,), ids,
        "select sourced_id from roster_link where ended_at is null and source_id = " (source)
        " and kind = " (part.slug()) " and sourced_id in " [])?;
    Ok(rows.len() as u64)
}

/// Rows of a part that hold and that the files of this run should have told of, and did not: some of them, and after
/// which identifier to look for more.
///
/// What belongs to a person is looked up apart. As one statement with a join, a planner whose statistics are of the run
/// before believes that nobody was seen in this one, and compares everybody with everything.
pub(super) async fn missing(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    part: Part,
    after: &str,
) -> Result<(Vec<Known>, Option<String>), Fault> {
    let shape = &run.shape;
    let by_person = shape.is_told_by_person(part) && shape.parts.contains_key(&Part::User);
    if !shape.is_whole(part) && !by_person {
        return Ok((Vec::new(), None));
    }
    let mut rows = fetch_all!(
        conn,
        Known,
        "select sourced_id, local_id, row_hash, word, adopted, seen_run, ended_at from roster_link
         where source_id = $1 and kind = $2 and ended_at is null and seen_run <> $3 and sourced_id > $4
         order by sourced_id limit $5",
        &run.source,
        part.slug(),
        &run.id,
        after,
        i64::try_from(BATCH).unwrap_or(i64::MAX),
    )?;
    let more = rows.last().filter(|_| rows.len() == BATCH).map(|row| row.sourced_id.clone());
    if part == Part::Guardian {
        // The row of one of the two names the other: it is over when that row was read and named nobody any more.
        let namers: HashSet<&str> = rows.iter().filter_map(|row| namer(&row.sourced_id)).collect();
        let seen = fetch_in!(
            conn,
            (String, String), &namers,
            "select sourced_id, local_id from roster_link where kind = 'user' and source_id = " (&run.source)
            " and seen_run = " (&run.id) " and sourced_id in " [])?;
        let seen: HashMap<String, String> = seen.into_iter().collect();
        rows.retain(|row| {
            let namer = namer(&row.sourced_id).and_then(|namer| seen.get(namer));
            namer.is_some_and(|namer| row.local_id.split(' ').any(|one| one == namer))
        });
    } else if by_person {
        let grants: Vec<&str> = rows.iter().map(|row| row.local_id.as_str()).collect();
        let wearers = fetch_in!(conn, (String, String), &grants, "select id, person_id from role_grant where id in " [])?;
        let people: HashSet<&str> = wearers.iter().map(|(_, person)| person.as_str()).collect();
        let seen = fetch_in!(
            conn,
            (String,), &people,
            "select local_id from roster_link where kind = 'user' and source_id = " (&run.source)
            " and seen_run = " (&run.id) " and local_id in " [])?;
        let seen: HashSet<String> = seen.into_iter().map(|(person,)| person).collect();
        let told: HashSet<String> =
            wearers.into_iter().filter(|(_, person)| seen.contains(person)).map(|(grant, _)| grant).collect();
        rows.retain(|row| told.contains(&row.local_id));
    }
    Ok((rows, more))
}

/// Who names a guardian, or a child, in the identifier of a link.
fn namer(sourced_id: &str) -> Option<&str> {
    sourced_id.split_once('\t').map(|(namer, _)| namer)
}

/// Ends rows of theirs, and what became of them here.
pub(super) async fn end(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    part: Part,
    rows: Vec<Known>,
    report: &mut Report,
) -> Result<(), Fault> {
    if rows.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = rows.iter().map(|row| row.sourced_id.as_str()).collect();
    execute_in!(
        conn, &ids,
        "update roster_link set ended_at = " (run.now) ", run_id = " (&run.id) ", seen_run = " (&run.id)
        " where source_id = " (&run.source) " and kind = " (part.slug()) " and sourced_id in " [])?;
    let ours: Vec<String> = rows.iter().filter(|row| !row.adopted).map(|row| row.local_id.clone()).collect();
    match part {
        Part::Role | Part::Enrollment => grants(conn, run, &ours).await?,
        Part::Guardian => families(conn, run, &ours).await?,
        Part::Class | Part::Org => {
            enrolled(conn, run, &ours, report).await?;
            execute_in!(
                conn, &ours,
                "update organisation set closed_at = " (run.now) " where closed_at is null and id in " [])?;
        }
        Part::User => person(conn, run, &ours, report).await?,
        Part::Birth => {}
    }
    report.ended(part, rows.into_iter().map(|row| row.sourced_id));
    Ok(())
}

/// Ends roles that no roster tells of any more.
pub(super) async fn grants(conn: &mut Conn<'_>, run: &Run<'_>, ids: &[String]) -> Result<(), Fault> {
    execute_in!(
        conn, ids,
        "update role_grant set ended_at = " (run.now)
        " where ended_at is null and not exists (
            select 1 from roster_link l where l.local_id = role_grant.id and l.ended_at is null) and id in " [])
    .map(drop)
}

/// Detaches guardians that no roster tells of any more.
async fn families(conn: &mut Conn<'_>, run: &Run<'_>, pairs: &[String]) -> Result<(), Fault> {
    execute_in!(
        conn, pairs,
        "update family_link set ended_at = " (run.now) ", changed_at = " (run.now)
        " where ended_at is null and not exists (
            select 1 from roster_link l where l.ended_at is null
              and l.local_id = family_link.student_id || ' ' || family_link.guardian_id)
          and student_id || ' ' || guardian_id in " [])
    .map(drop)
}

/// Ends what this roster told of people: their roles and their families. The people stay.
async fn person(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    people: &[String],
    report: &mut Report,
) -> Result<(), Fault> {
    let rows = fetch_in!(
        conn,
        Kept, people,
        "select l.kind, l.sourced_id, l.local_id, l.row_hash, l.word, l.adopted, l.seen_run, l.ended_at
         from roster_link l join role_grant g on g.id = l.local_id
         where l.ended_at is null and g.ended_at is null and l.source_id = " (&run.source) " and g.person_id in " [])?;
    roles(conn, run, rows, report).await?;
    let rows = fetch_in!(
        conn,
        Known, people,
        "select l.sourced_id, l.local_id, l.row_hash, l.word, l.adopted, l.seen_run, l.ended_at
         from family_link f join roster_link l on l.local_id = f.student_id || ' ' || f.guardian_id
         where l.ended_at is null and l.source_id = " (&run.source) " and f.student_id in " [])?;
    Box::pin(end(conn, run, Part::Guardian, rows, report)).await?;
    let rows = fetch_in!(
        conn,
        Known, people,
        "select l.sourced_id, l.local_id, l.row_hash, l.word, l.adopted, l.seen_run, l.ended_at
         from family_link f join roster_link l on l.local_id = f.student_id || ' ' || f.guardian_id
         where l.ended_at is null and l.source_id = " (&run.source) " and f.guardian_id in " [])?;
    Box::pin(end(conn, run, Part::Guardian, rows, report)).await
}

/// Ends what this roster told of who is at places.
async fn enrolled(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    places: &[String],
    report: &mut Report,
) -> Result<(), Fault> {
    let rows = fetch_in!(
        conn,
        Kept, places,
        "select l.kind, l.sourced_id, l.local_id, l.row_hash, l.word, l.adopted, l.seen_run, l.ended_at
         from roster_link l join role_grant g on g.id = l.local_id
         where l.ended_at is null and g.ended_at is null and l.source_id = " (&run.source)
        " and g.organisation_id in " [])?;
    roles(conn, run, rows, report).await
}

async fn roles(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    rows: Vec<Kept>,
    report: &mut Report,
) -> Result<(), Fault> {
    for part in [Part::Role, Part::Enrollment] {
        let of_part = rows.iter().filter(|kept| kept.kind == part.slug()).map(|kept| kept.known.clone());
        Box::pin(end(conn, run, part, of_part.collect(), report)).await?;
    }
    Ok(())
}
