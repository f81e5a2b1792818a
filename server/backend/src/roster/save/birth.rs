//! When was a student born?

use crate::database::Conn;
use crate::database::query::{fetch_in, insert_all};
use crate::fault::Fault;
use crate::roster::Run;
use crate::roster::item::{Birth, Part, Reason, Row};
use crate::roster::link::{self, Page};
use crate::roster::report::Report;
use domain::roster::Word;
use std::collections::{HashMap, HashSet};

/// Writes the birth dates of students; nobody else's is kept.
pub(super) async fn save(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    page: &mut Page,
    rows: Vec<Row<Birth>>,
    report: &mut Report,
) -> Result<(), Fault> {
    let people = link::people(conn, run, rows.iter().map(|row| row.sourced_id.as_str())).await?;
    let ids: Vec<&str> = people.values().map(|someone| someone.id.as_str()).collect();
    let loaded =
        fetch_in!(conn, (String, String), &ids, "select person_id, born from birth where person_id in " [])?;
    let loaded: HashMap<String, String> = loaded.into_iter().collect();
    let (mut seen, mut to_write) = (HashSet::new(), Vec::new());
    for row in &rows {
        let Some(someone) = people.get(&row.sourced_id) else {
            page.problem(row.line, "userSourcedId", Reason::Nobody, &row.sourced_id);
            continue;
        };
        let Some(item) = row.item.as_ref().filter(|_| someone.word == Some(Word::Student)) else { continue };
        if !seen.insert(&someone.id) {
            page.problem(row.line, "userSourcedId", Reason::Duplicate, &row.sourced_id);
            continue;
        }
        let born = item.born.to_string();
        match loaded.get(&someone.id) {
            Some(known) if *known == born => report.count(Part::Birth).same += 1,
            known => {
                report.told(Part::Birth, &row.sourced_id, known.is_some(), vec!["birthDate"]);
                to_write.push((someone.id.clone(), born));
            }
        }
    }
    insert_all!(
        conn,
        "insert into birth (person_id, born)",
        &to_write,
        |birth| [&birth.0, &birth.1],
        "on conflict (person_id) do update set born = excluded.born",
    )
    .map(drop)
}
