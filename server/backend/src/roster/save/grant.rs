//! Which role does somebody have where?

use crate::database::Conn;
use crate::database::query::{execute_in, fetch_in, insert_all};
use crate::fault::Fault;
use crate::roster::Run;
use crate::roster::item::{Grant, Part, Reason};
use crate::roster::link::{self, Fresh, Link, Page};
use crate::roster::report::Report;
use domain::people::{GrantId, Kind};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Person, role, and the organisation, if it is worn at one.
type Worn = (String, &'static str, Option<String>);

#[derive(sqlx::FromRow)]
struct Held {
    id: String,
    person_id: String,
    role: String,
    organisation_id: Option<String>,
    source: String,
}

/// Gives roles. One that is there already is not given a second time; one that the sign-in of a district gave is the
/// roster's from then on, so that the district cannot take it from who is still on the roster.
pub(super) async fn save(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    page: &mut Page,
    fresh: Vec<Fresh<Grant>>,
    report: &mut Report,
) -> Result<Vec<Link>, Fault> {
    let part = page.part;
    let people = link::people(conn, run, fresh.iter().map(|row| row.item.user.as_str())).await?;
    let of = if part == Part::Role { Part::Org } else { Part::Class };
    let places = link::places(conn, run, of, fresh.iter().filter_map(|row| row.item.at.as_deref())).await?;
    let mut worn: Vec<(Fresh<Grant>, Worn)> = Vec::with_capacity(fresh.len());
    for row in fresh {
        let Some(someone) = people.get(&row.item.user) else {
            if !page.by_person {
                page.refuse(&row, "userSourcedId", Reason::Nobody);
            }
            continue;
        };
        let role = row.item.word.role().slug();
        let at = match &row.item.at {
            None => None,
            Some(at) => match places.get(at) {
                None => {
                    page.refuse(&row, place_field(part), Reason::NoPlace);
                    continue;
                }
                Some(place) if place.kind == Kind::District.slug() => {
                    if row.item.sole {
                        page.refuse(&row, place_field(part), Reason::NotWornThere);
                    } else {
                        report.count(part).same += 1;
                    }
                    continue;
                }
                Some(place) => Some(place.id.clone()),
            },
        };
        worn.push((row, (someone.id.clone(), role, at)));
    }
    let held = held(conn, worn.iter().map(|(_, worn)| worn.0.as_str())).await?;
    let owned = owned(conn, held.values().map(|held| &held.id)).await?;
    let mut of_district: Vec<String> = Vec::new();
    let mut given: HashMap<Worn, String> = HashMap::new();
    let (mut links, mut new) = (Vec::with_capacity(worn.len()), Vec::new());
    for (row, worn) in worn {
        let key = (worn.0.clone(), worn.1.to_owned(), worn.2.clone());
        let (id, adopted) = match (held.get(&key), given.get(&worn)) {
            // Somebody else gave it: it stays when the roster tells of it no longer.
            (Some(held), _) => {
                let by_district = held.source == "district";
                if by_district {
                    of_district.push(held.id.clone());
                }
                (held.id.clone(), !by_district && !owned.contains(&held.id))
            }
            (None, Some(id)) => (id.clone(), false),
            (None, None) => {
                let id = GrantId::new(Uuid::now_v7()).to_string();
                new.push((id.clone(), worn.clone()));
                given.insert(worn, id.clone());
                (id, false)
            }
        };
        links.push(row.link(id, adopted));
    }
    insert_all!(
        conn,
        "insert into role_grant (id, person_id, role, organisation_id, made_at, source)",
        &new,
        |grant| [&grant.0, &grant.1.0, grant.1.1, &grant.1.2, run.now, "roster"],
        "",
    )?;
    execute_in!(conn, &of_district, "update role_grant set source = 'roster' where id in " [])?;
    Ok(links)
}

const fn place_field(part: Part) -> &'static str {
    match part {
        Part::Role => "orgSourcedId",
        _ => "classSourcedId",
    }
}

/// The roles that people have now.
async fn held(
    conn: &mut Conn<'_>,
    people: impl Iterator<Item = &str>,
) -> Result<HashMap<(String, String, Option<String>), Held>, Fault> {
    let people: HashSet<&str> = people.collect();
    let rows = fetch_in!(
        conn,
        Held, &people,
        "select id, person_id, role, organisation_id, source from role_grant where ended_at is null and person_id in " [])?;
    let key = |row: &Held| (row.person_id.clone(), row.role.clone(), row.organisation_id.clone());
    Ok(rows.into_iter().map(|row| (key(&row), row)).collect())
}

/// Which of these rows of ours a roster made.
async fn owned(
    conn: &mut Conn<'_>,
    ids: impl ExactSizeIterator<Item = &String>,
) -> Result<HashSet<String>, Fault> {
    let ids: Vec<&str> = ids.map(String::as_str).collect();
    let rows = fetch_in!(
        conn,
        (String,), &ids,
        "select distinct local_id from roster_link where not adopted and local_id in " [])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
