//! Which of our rows are their rows, and which rows of a batch say something new?

use super::Run;
use super::ending;
use super::gone;
use super::item::{Part, Problem, Reason, Row};
use super::report::Report;
use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute_in, fetch_in, insert_all};
use crate::fault::Fault;
use crate::secret;
use domain::roster::Word;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// How much of a hash is kept: 128 bits, in hexadecimal.
const HASH: usize = 32;

/// What was taken in of a row of theirs.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Known {
    pub(super) sourced_id: String,
    pub(super) local_id: String,
    pub(super) row_hash: String,
    pub(super) word: String,
    pub(super) adopted: bool,
    pub(super) seen_run: String,
    pub(super) ended_at: Option<Millis>,
}

/// A row that says something new.
pub(super) struct Fresh<T> {
    pub(super) line: u64,
    pub(super) sourced_id: String,
    pub(super) hash: String,
    pub(super) item: T,
    /// What was taken in before, now or long ago.
    pub(super) known: Option<Known>,
}

/// The other rows.
#[derive(Default)]
pub(super) struct Rest {
    /// They say what is known.
    same: Vec<String>,
    /// They hold no longer.
    over: Vec<Known>,
    /// They hold no longer, and nobody thought so.
    absent: u64,
}

/// A row of ours that a fresh row became.
pub(super) struct Link {
    pub(super) sourced_id: String,
    pub(super) local_id: String,
    pub(super) hash: String,
    pub(super) word: &'static str,
    pub(super) adopted: bool,
    /// There was one before, and it held.
    pub(super) changed: bool,
    /// The names of what differs, for a preview.
    pub(super) fields: Vec<&'static str>,
    /// The row of ours that it was before, if that was another.
    pub(super) left: Option<String>,
}

impl<T> Fresh<T> {
    /// What was taken in and holds.
    pub(super) fn live(&self) -> Option<&Known> {
        self.known.as_ref().filter(|known| known.ended_at.is_none())
    }

    /// The link to a row of ours.
    pub(super) fn link(&self, local_id: String, adopted: bool) -> Link {
        Link {
            sourced_id: self.sourced_id.clone(),
            left: self
                .live()
                .filter(|known| known.local_id != local_id && !known.adopted)
                .map(|k| k.local_id.clone()),
            local_id,
            hash: self.hash.clone(),
            word: "",
            adopted,
            changed: self.live().is_some(),
            fields: Vec::new(),
        }
    }
}

/// Where rows come from, and what is wrong with some of them.
pub(super) struct Page {
    pub(super) part: Part,
    pub(super) file: Arc<str>,
    pub(super) by_person: bool,
    pub(super) problems: Vec<Problem>,
}

impl Page {
    /// A row was not taken in.
    pub(super) fn problem(&mut self, line: u64, field: &'static str, reason: Reason, sourced_id: &str) {
        let (file, sourced_id) = (Arc::clone(&self.file), Some(sourced_id.to_owned()));
        self.problems.push(Problem { file, line, field, reason, sourced_id });
    }

    /// The same of a fresh row.
    pub(super) fn refuse<T>(&mut self, row: &Fresh<T>, field: &'static str, reason: Reason) {
        self.problem(row.line, field, reason, &row.sourced_id);
    }
}

/// Compares rows with what was taken in before.
pub(super) async fn sort<T: Serialize>(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    page: &mut Page,
    rows: Vec<Row<T>>,
) -> Result<(Vec<Fresh<T>>, Rest), Fault> {
    let ids: Vec<&str> = rows.iter().map(|row| row.sourced_id.as_str()).collect();
    let known = known(conn, run, page.part, &ids).await?;
    let mut known: HashMap<String, Known> =
        known.into_iter().map(|known| (known.sourced_id.clone(), known)).collect();
    let gone = if page.part == Part::User {
        gone::among(conn, run, ids.iter().copied().filter(|id| !known.contains_key(*id))).await?
    } else {
        HashSet::new()
    };
    let mut seen = HashSet::new();
    let (mut fresh, mut rest) = (Vec::new(), Rest::default());
    for Row { line, sourced_id, item } in rows {
        let known = known.remove(&sourced_id);
        let before = known.as_ref().is_some_and(|known| known.seen_run == run.id);
        if !seen.insert(sourced_id.clone()) || before {
            page.problem(line, "sourcedId", Reason::Duplicate, &sourced_id);
            continue;
        }
        if gone.contains(&sourced_id) {
            page.problem(line, "sourcedId", Reason::Deleted, &sourced_id);
            continue;
        }
        let live = known.as_ref().filter(|known| known.ended_at.is_none());
        let Some(item) = item else {
            match known.filter(|known| known.ended_at.is_none()) {
                Some(known) => rest.over.push(known),
                None => rest.absent += 1,
            }
            continue;
        };
        let hash = hash(&item);
        if live.is_some_and(|known| known.row_hash == hash) {
            rest.same.push(sourced_id);
        } else {
            fresh.push(Fresh { line, sourced_id, hash, item, known });
        }
    }
    Ok((fresh, rest))
}

fn hash(item: &impl Serialize) -> String {
    let bytes = serde_json::to_vec(item).unwrap_or_default();
    let mut hash = secret::stored("roster row", &bytes);
    hash.truncate(HASH);
    hash
}

async fn known(conn: &mut Conn<'_>, run: &Run<'_>, part: Part, ids: &[&str]) -> Result<Vec<Known>, Fault> {
    fetch_in!(
        conn,
        Known, ids,
        "select sourced_id, local_id, row_hash, word, adopted, seen_run, ended_at from roster_link where source_id = "
        (&run.source) " and kind = " (part.slug()) " and sourced_id in " [])
}

/// Remembers what rows became, which ones were seen, and ends what is over.
pub(super) async fn settle(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    part: Part,
    links: Vec<Link>,
    rest: Rest,
    report: &mut Report,
) -> Result<(), Fault> {
    insert_all!(
        conn,
        "insert into roster_link (source_id, kind, sourced_id, local_id, row_hash, word, adopted, run_id, seen_run)",
        &links,
        |link| [
            &run.source,
            part.slug(),
            &link.sourced_id,
            &link.local_id,
            &link.hash,
            link.word,
            link.adopted,
            &run.id,
            &run.id,
        ],
        "on conflict (source_id, kind, sourced_id) do update set local_id = excluded.local_id,
           row_hash = excluded.row_hash, word = excluded.word, adopted = excluded.adopted,
           run_id = excluded.run_id, seen_run = excluded.seen_run, ended_at = null",
    )?;
    let left: Vec<String> = links.iter().filter_map(|link| link.left.clone()).collect();
    ending::grants(conn, run, &left).await?;
    see(conn, run, part, &rest.same).await?;
    report.count(part).same += rest.same.len() as u64 + rest.absent;
    for link in links {
        report.wrote(part, link);
    }
    ending::end(conn, run, part, rest.over, report).await
}

/// Notes that the files still name these rows.
pub(super) async fn see(conn: &mut Conn<'_>, run: &Run<'_>, part: Part, ids: &[String]) -> Result<(), Fault> {
    execute_in!(
        conn, ids,
        "update roster_link set seen_run = " (&run.id) " where source_id = " (&run.source) " and kind = "
        (part.slug()) " and sourced_id in " [])
    .map(drop)
}

/// Leaves alone what earlier runs took in of rows that cannot be right now, and all that such a person's row would tell.
pub(super) async fn hold(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    part: Part,
    problems: &[Problem],
) -> Result<(), Fault> {
    let ids: Vec<String> = problems.iter().filter_map(|problem| problem.sourced_id.clone()).collect();
    see(conn, run, part, &ids).await?;
    if part != Part::User || ids.is_empty() {
        return Ok(());
    }
    let known = known(conn, run, part, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    let people: Vec<&str> = known.iter().map(|known| known.local_id.as_str()).collect();
    for part in [Part::Role, Part::Enrollment] {
        if run.shape.is_told_by_person(part) {
            execute_in!(
                conn,
                &people,
                "update roster_link set seen_run = " (&run.id) " where source_id = " (&run.source) " and kind = "
                (part.slug()) " and local_id in (select id from role_grant where ended_at is null and person_id in " [] ")"
            )?;
        }
    }
    // Of the guardians only those that this row names: the others are named by rows of their own.
    let mut named = Vec::new();
    // The student is the first of the two that a link holds, the guardian the second.
    for place in [1_i32, 38] {
        let rows = fetch_in!(
            conn,
            (String,),
            &people,
            "select sourced_id from roster_link where ended_at is null and kind = 'guardian' and source_id = "
            (&run.source) " and substr(local_id, " (place) ", 36) in " []
        )?;
        let held =
            |id: &String| id.split_once('\t').is_some_and(|(user, _)| ids.iter().any(|held| held == user));
        named.extend(rows.into_iter().map(|(id,)| id).filter(held));
    }
    see(conn, run, Part::Guardian, &named).await
}

/// A person of the roster.
#[derive(Clone, Debug)]
pub(super) struct Someone {
    pub(super) id: String,
    pub(super) word: Option<Word>,
}

#[derive(sqlx::FromRow)]
struct Referred {
    sourced_id: String,
    local_id: String,
    word: String,
}

/// Who is meant by their identifiers: people of the roster who are not deleted.
pub(super) async fn people(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    ids: impl Iterator<Item = &str>,
) -> Result<HashMap<String, Someone>, Fault> {
    let ids: HashSet<&str> = ids.collect();
    let rows = fetch_in!(
        conn,
        Referred, &ids,
        "select l.sourced_id, l.local_id, l.word from roster_link l join person p on p.id = l.local_id
         where p.deleted_at is null and l.ended_at is null and l.kind = 'user' and l.source_id = "
        (&run.source) " and l.sourced_id in " [])?;
    let someone =
        |row: Referred| (row.sourced_id, Someone { id: row.local_id, word: Word::from_slug(&row.word) });
    Ok(rows.into_iter().map(someone).collect())
}

/// A school, class or the district of the roster.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Somewhere {
    sourced_id: String,
    pub(super) id: String,
    pub(super) kind: String,
}

/// Which organisations are meant by their identifiers.
pub(super) async fn places(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    part: Part,
    ids: impl Iterator<Item = &str>,
) -> Result<HashMap<String, Somewhere>, Fault> {
    let ids: HashSet<&str> = ids.collect();
    let rows = fetch_in!(
        conn,
        Somewhere, &ids,
        "select l.sourced_id, o.id, o.kind from roster_link l join organisation o on o.id = l.local_id
         where l.ended_at is null and l.kind = " (part.slug()) " and l.source_id = "
        (&run.source) " and l.sourced_id in " [])?;
    Ok(rows.into_iter().map(|place| (place.sourced_id.clone(), place)).collect())
}
