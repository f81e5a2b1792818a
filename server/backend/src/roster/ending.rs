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

/// Some rows of a part that hold and that the files of this run should have told of, and did not.
pub(super) async fn missing(conn: &mut Conn<'_>, run: &Run<'_>, part: Part) -> Result<Vec<Known>, Fault> {
    let most = i64::try_from(BATCH).unwrap_or(i64::MAX);
    let shape = &run.shape;
    if shape.is_whole(part) {
        return fetch_all!(
            conn,
            Known,
            "select sourced_id, local_id, row_hash, word, adopted, seen_run, ended_at from roster_link
             where source_id = $1 and kind = $2 and ended_at is null and seen_run <> $3 order by sourced_id limit $4",
            &run.source,
            part.slug(),
            &run.id,
            most,
        );
    }
    if !shape.is_told_by_person(part) || !shape.parts.contains_key(&Part::User) {
        return Ok(Vec::new());
    }
    if part == Part::Guardian {
        // The row of one of the two names the other: it is over when that row was read and named nobody any more.
        return fetch_all!(
            conn,
            Known,
            "select l.sourced_id, l.local_id, l.row_hash, l.word, l.adopted, l.seen_run, l.ended_at
             from roster_link l join roster_link u on u.source_id = l.source_id and u.kind = 'user'
               and u.sourced_id || $5 = substr(l.sourced_id, 1, length(u.sourced_id) + 1)
               and u.local_id in (substr(l.local_id, 1, 36), substr(l.local_id, 38))
             where l.source_id = $1 and l.kind = $2 and l.ended_at is null and l.seen_run <> $3
               and u.seen_run = $3 order by l.sourced_id limit $4",
            &run.source,
            part.slug(),
            &run.id,
            most,
            "\t",
        );
    }
    fetch_all!(
        conn,
        Known,
        "select l.sourced_id, l.local_id, l.row_hash, l.word, l.adopted, l.seen_run, l.ended_at
         from roster_link l join role_grant g on g.id = l.local_id
         join roster_link u on u.local_id = g.person_id and u.kind = 'user' and u.source_id = l.source_id
         where l.source_id = $1 and l.kind = $2 and l.ended_at is null and l.seen_run <> $3
           and u.seen_run = $3 order by l.sourced_id limit $4",
        &run.source,
        part.slug(),
        &run.id,
        most,
    )
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
