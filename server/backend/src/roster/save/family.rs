//! Who is whose guardian?
//!
//! A link that is restricted stays restricted, whatever a roster says, and one that somebody ended stays ended.

use crate::database::Conn;
use crate::database::query::{fetch_in, insert_all};
use crate::fault::Fault;
use crate::roster::Run;
use crate::roster::item::{Family, Reason};
use crate::roster::link::{self, Fresh, Link, Page, Someone};
use domain::roster::Word;
use std::collections::HashSet;

/// What stands for a student and a guardian in a link.
fn pair(student: &str, guardian: &str) -> String {
    format!("{student} {guardian}")
}

/// Attaches guardians.
pub(super) async fn save(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    page: &mut Page,
    fresh: Vec<Fresh<Family>>,
) -> Result<Vec<Link>, Fault> {
    let named = fresh.iter().flat_map(|row| [row.item.user.as_str(), row.item.agent.as_str()]);
    let people = link::people(conn, run, named).await?;
    let mut pairs = Vec::with_capacity(fresh.len());
    for row in fresh {
        // Who names somebody was looked at before: if they are not known, that was said.
        let Some(user) = people.get(&row.item.user) else { continue };
        let Some(agent) = people.get(&row.item.agent) else {
            page.refuse(&row, "agentSourcedIds", Reason::Nobody);
            continue;
        };
        let Some((student, guardian, word)) = in_order(user, agent) else {
            page.refuse(&row, "agentSourcedIds", Reason::NoFamily);
            continue;
        };
        pairs.push((row, student.to_owned(), guardian.to_owned(), word));
    }
    let ids: HashSet<&str> = pairs.iter().map(|(_, student, ..)| student.as_str()).collect();
    let there = fetch_in!(
        conn,
        (String, String), &ids,
        "select student_id, guardian_id from family_link where student_id in " [])?;
    let there: HashSet<String> = there.iter().map(|(student, guardian)| pair(student, guardian)).collect();
    let keys: Vec<&String> = there.iter().collect();
    let owned = fetch_in!(conn, (String,), &keys, "select local_id from roster_link where not adopted and local_id in " [])?;
    let owned: HashSet<String> = owned.into_iter().map(|(key,)| key).collect();
    let (mut links, mut once, mut to_write) = (Vec::with_capacity(pairs.len()), HashSet::new(), Vec::new());
    for (row, student, guardian, word) in pairs {
        let key = pair(&student, &guardian);
        let adopted = there.contains(&key) && !owned.contains(&key);
        links.push(row.link(key.clone(), adopted));
        // Both may name each other: then there are two rows of theirs, and one of ours.
        if !adopted && once.insert(key) {
            to_write.push((student, guardian, word.slug()));
        }
    }
    insert_all!(
        conn,
        "insert into family_link (student_id, guardian_id, relation, restricted, made_at, changed_at)",
        &to_write,
        |link| [&link.0, &link.1, link.2, false, run.now, run.now],
        "on conflict (student_id, guardian_id) do update set ended_at = null, changed_at = excluded.changed_at
         where family_link.ended_at is not null and family_link.changed_by is null",
    )?;
    Ok(links)
}

/// Student and guardian, whichever of the two names the other, and what the guardian is.
fn in_order<'a>(user: &'a Someone, agent: &'a Someone) -> Option<(&'a str, &'a str, Word)> {
    let family = |someone: &Someone| someone.word.filter(|word| word.is_family());
    match (user.word, agent.word) {
        (Some(Word::Student), _) => family(agent).map(|word| (user.id.as_str(), agent.id.as_str(), word)),
        (_, Some(Word::Student)) => family(user).map(|word| (agent.id.as_str(), user.id.as_str(), word)),
        _ => None,
    }
}
