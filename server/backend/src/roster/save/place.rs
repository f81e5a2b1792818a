//! Which school or class is meant, and what changes there?

use crate::database::Conn;
use crate::database::query::{execute, fetch_optional};
use crate::fault::Fault;
use crate::people::making::class_code;
use crate::people::organisation::{self, sort_key};
use crate::roster::Run;
use crate::roster::item::{Class, Org, Part, Reason};
use crate::roster::link::{self, Fresh, Link, Page};
use domain::people::{Kind, OrganisationId};

/// Finds or makes schools. What is no school stands for the district itself.
pub(super) async fn orgs(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    page: &mut Page,
    fresh: Vec<Fresh<Org>>,
) -> Result<Vec<Link>, Fault> {
    let district = run.permit.on().id;
    let mut links = Vec::with_capacity(fresh.len());
    for row in fresh {
        if !row.item.school {
            links.push(row.link(district.to_string(), true));
            continue;
        }
        if let Some(known) = row.known.as_ref() {
            if !known.adopted {
                rename(conn, &known.local_id, &row.item.name).await?;
            }
            links.push(row.link(known.local_id.clone(), known.adopted));
            continue;
        }
        match school(conn, district, &row.item).await? {
            Found::Here(id) => links.push(row.link(id, true)),
            Found::Elsewhere => page.refuse(&row, "identifier", Reason::Elsewhere),
            Found::Nowhere { cds } => {
                let (name, cds) = (row.item.name.as_str(), cds.then_some(row.item.cds.as_deref()).flatten());
                let id = organisation::insert(conn, run.now, Kind::School, name, Some(district), cds, None);
                links.push(row.link(id.await?.to_string(), false));
            }
        }
    }
    Ok(links)
}

enum Found {
    Here(String),
    Elsewhere,
    /// Is its code one of the catalogue?
    Nowhere {
        cds: bool,
    },
}

/// A school by its code in the catalogue, else by its name in the district.
async fn school(conn: &mut Conn<'_>, district: OrganisationId, org: &Org) -> Result<Found, Fault> {
    let mut in_catalogue = false;
    if let Some(cds) = &org.cds {
        let parent = fetch_optional!(
            conn,
            (String, Option<String>),
            "select id, parent_id from organisation where cds = $1 and closed_at is null",
            cds,
        )?;
        match parent {
            Some((id, parent)) if parent == Some(district.to_string()) => return Ok(Found::Here(id)),
            Some(_) => return Ok(Found::Elsewhere),
            None => {}
        }
        in_catalogue =
            fetch_optional!(conn, (String,), "select cds from school where cds = $1", cds)?.is_some();
    }
    let named = fetch_optional!(
        conn,
        (String,),
        "select id from organisation where parent_id = $1 and kind = 'school' and sort_key = $2
         and closed_at is null order by id limit 1",
        district.to_string(),
        sort_key(&org.name),
    )?;
    Ok(named.map_or(Found::Nowhere { cds: in_catalogue }, |(id,)| Found::Here(id)))
}

/// Makes classes below their schools, or follows them where they go.
pub(super) async fn classes(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    page: &mut Page,
    fresh: Vec<Fresh<Class>>,
) -> Result<Vec<Link>, Fault> {
    let schools =
        link::places(conn, run, Part::Org, fresh.iter().map(|row| row.item.school.as_str())).await?;
    let mut links = Vec::with_capacity(fresh.len());
    for row in fresh {
        let Some(school) = schools.get(&row.item.school).filter(|place| place.kind == Kind::School.slug())
        else {
            page.refuse(&row, "schoolSourcedId", Reason::NoPlace);
            continue;
        };
        if let Some(known) = &row.known {
            rename(conn, &known.local_id, &row.item.title).await?;
            stand_below(conn, &known.local_id, &school.id).await?;
            links.push(row.link(known.local_id.clone(), known.adopted));
            continue;
        }
        let (title, above) = (row.item.title.as_str(), organisation::parsed("an organisation", &school.id)?);
        let code = class_code()?;
        let id = organisation::insert(conn, run.now, Kind::Class, title, Some(above), None, Some(&code));
        links.push(row.link(id.await?.to_string(), false));
    }
    Ok(links)
}

/// Gives a name to an organisation, which is open from now on.
async fn rename(conn: &mut Conn<'_>, id: &str, name: &str) -> Result<(), Fault> {
    execute!(
        conn,
        "update organisation set name = $2, sort_key = $3, closed_at = null where id = $1",
        id,
        name,
        sort_key(name),
    )
    .map(drop)
}

/// Puts a class below a school, unless it stands there.
async fn stand_below(conn: &mut Conn<'_>, class: &str, school: &str) -> Result<(), Fault> {
    let moved = execute!(
        conn,
        "update organisation set parent_id = $2 where id = $1 and parent_id <> $2",
        class,
        school,
    )?;
    if moved == 0 {
        return Ok(());
    }
    execute!(conn, "delete from organisation_above where organisation_id = $1", class)?;
    execute!(
        conn,
        "insert into organisation_above (organisation_id, above_id)
         select $1, above_id from organisation_above where organisation_id = $2 union all select $1, $1",
        class,
        school,
    )
    .map(drop)
}
