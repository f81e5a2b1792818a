//! Who is at a place?
//!
//! A page at a time, by name: each page begins after the last person of the one before, so that nobody is shown
//! twice or left out when somebody joins between two pages.

use super::organisation::{self, Organisation, parsed, sort_key};
use crate::admin::audit;
use crate::clock::{Clock, Millis};
use crate::database::query::{fetch_all, fetch_one};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::stop::Stop;
use domain::people::{OrganisationId, PersonId, Role};
use domain::policy::table::{SeeAdults, SeePeople};
use domain::policy::{self, Action, Actor, Deed, Place, Refusal, Scope, Wearer, found, scope};
use std::collections::BTreeMap;

/// How many people a page shows.
pub const PER_PAGE: usize = 50;

/// How many words of a search count.
const WORDS: usize = 4;

/// Which people are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// At which place; where the role is worn when none is named.
    pub at: Option<OrganisationId>,
    /// The beginnings of names, in any order, as somebody types them.
    pub words: String,
    /// Only who has this role there.
    pub role: Option<Role>,
    /// Only who comes after this person, the last of the page before.
    pub after: Option<PersonId>,
}

/// A page of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Who.
    pub people: Vec<Listed>,
    /// How many there are on all pages.
    pub total: usize,
    /// After whom the next page begins; none when this is the last.
    pub next: Option<PersonId>,
    /// The places directly below where the actor's role is worn, to narrow the list by.
    pub places: Vec<Organisation>,
    /// Only adults are in it: students are not the actor's to see.
    pub adults: bool,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Who it is.
    pub id: PersonId,
    /// What they are called, family name first, as the list is ordered.
    pub name: String,
    /// The roles they have there, each with the name of its place.
    pub roles: Vec<(Role, Option<String>)>,
    /// They cannot sign in.
    pub suspended: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    given_name: String,
    family_name: String,
    suspended_at: Option<Millis>,
    grants: Option<String>,
}

/// Which people a list may hold.
#[derive(Clone, Copy)]
struct Reach {
    scope: Scope,
    /// Only adults: nobody who is, or ever was, a student.
    adults: bool,
}

/// A page of the people at a place. Who may see its adults only, finds its adults only.
///
/// # Errors
/// A refusal, also for a place that is not theirs; a fault of the database.
pub async fn people(database: &Database, clock: &Clock, actor: &Actor, ask: &Ask) -> Result<Page, Stop> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let reach = match ask.at {
        Some(at) => at_place(actor, organisation::place(&mut conn, at).await?)?,
        None => everywhere(actor)?,
    };
    let filter = Filter::of(ask, reach);
    let total = count(&mut conn, &filter).await?;
    let mut rows = page(&mut conn, &filter, ask.after).await?;
    let more = rows.len() > PER_PAGE;
    rows.truncate(PER_PAGE);
    let mut names = Names::default();
    let mut people = Vec::with_capacity(rows.len());
    for row in rows {
        people.push(names.read(&mut conn, row).await?);
    }
    let next = people.last().filter(|_| more).map(|last| last.id);
    let places = match actor {
        Actor::Person(Wearer { at: Some(at), .. }) => organisation::below(&mut conn, Some(*at)).await?,
        _ => Vec::new(),
    };
    drop(lease);
    let action = if reach.adults { Action::SeeAdults } else { Action::SeePeople };
    let at = ask.at.map_or_else(|| "everywhere".to_owned(), |at| at.to_string());
    let detail = format!("listed {} of {total} at {at}", people.len());
    audit::listed(database, clock.now(), actor, action, &detail).await?;
    Ok(Page { people, total, next, places, adults: reach.adults })
}

/// Students are in the list of who may see people, adults alone in the list of who may see those.
fn sees_adults_only(actor: &Actor) -> bool {
    actor.role().is_some_and(|role| SeePeople::ACTION.reach(role) == policy::Reach::No)
}

fn at_place(actor: &Actor, place: Option<Place>) -> Result<Reach, Refusal> {
    let adults = sees_adults_only(actor);
    let at = if adults {
        found::<SeeAdults>(actor, place)?.on().id
    } else {
        found::<SeePeople>(actor, place)?.on().id
    };
    Ok(Reach { scope: Scope::Place(at), adults })
}

fn everywhere(actor: &Actor) -> Result<Reach, Refusal> {
    let adults = sees_adults_only(actor);
    let scope = if adults { scope::<SeeAdults>(actor) } else { scope::<SeePeople>(actor) };
    Ok(Reach { scope: scope?, adults })
}

/// What a query is narrowed by, as it is bound.
struct Filter {
    scope: &'static str,
    scope_id: String,
    adults: bool,
    role: &'static str,
    words: [String; WORDS],
}

impl Filter {
    fn of(ask: &Ask, reach: Reach) -> Filter {
        let folded = sort_key(&ask.words);
        let mut typed = folded.split(' ').filter(|word| !word.is_empty());
        Filter {
            scope: reach.scope.slug(),
            scope_id: reach.scope.id(),
            adults: reach.adults,
            role: ask.role.map_or("", Role::slug),
            // Folding left letters and digits only, so nothing in a word means anything to `like`.
            words: std::array::from_fn(|_| {
                typed.next().map_or_else(|| "%".to_owned(), |word| format!("% {word}%"))
            }),
        }
    }
}

/// Everybody that a filter lets through: `$1` and `$2` are the scope, `$3` adults only, `$4` the role, `$5` to `$8`
/// the words. The inner queries do not depend on the person, so each is answered once.
macro_rules! narrowed {
    ($head:literal, $tail:literal) => {
        concat!(
            $head,
            " from person p where p.deleted_at is null
             and ' ' || p.sort_key like $5 and ' ' || p.sort_key like $6
             and ' ' || p.sort_key like $7 and ' ' || p.sort_key like $8
             and p.id in (select g.person_id from role_grant g where g.ended_at is null
               and ($4 = '' or g.role = $4)
               and ($1 = 'all' or ($1 = 'place' and g.organisation_id in
                 (select organisation_id from organisation_above where above_id = $2))))
             and not ($3 and p.id in (select person_id from role_grant where role = 'student')) ",
            $tail
        )
    };
}

async fn count(conn: &mut Conn<'_>, filter: &Filter) -> Result<usize, Fault> {
    let [one, two, three, four] = &filter.words;
    let (total,) = fetch_one!(
        conn,
        (i64,),
        narrowed!("select cast(count(*) as bigint)", ""),
        filter.scope,
        &filter.scope_id,
        filter.adults,
        filter.role,
        one,
        two,
        three,
        four,
    )?;
    Ok(usize::try_from(total).unwrap_or_default())
}

/// One more than a page shows, to know whether there is another.
async fn page(conn: &mut Conn<'_>, filter: &Filter, after: Option<PersonId>) -> Result<Vec<Row>, Fault> {
    let [one, two, three, four] = &filter.words;
    fetch_all!(
        conn,
        Row,
        narrowed!(
            "select q.id, q.given_name, q.family_name, q.suspended_at,
               (select string_agg(g.role || ' ' || coalesce(g.organisation_id, ''), ',' order by g.role, g.id)
                from role_grant g where g.person_id = q.id and g.ended_at is null
                  and ($1 = 'all' or g.organisation_id in
                    (select organisation_id from organisation_above where above_id = $2))) as grants
             from (select p.id, p.given_name, p.family_name, p.suspended_at, p.sort_key",
            "and ($9 = '' or (p.sort_key, p.id) > (select l.sort_key, l.id from person l where l.id = $9))
             order by p.sort_key, p.id limit $10) q order by q.sort_key, q.id"
        ),
        filter.scope,
        &filter.scope_id,
        filter.adults,
        filter.role,
        one,
        two,
        three,
        four,
        after.map(|person| person.to_string()).unwrap_or_default(),
        i64::try_from(PER_PAGE + 1).unwrap_or(i64::MAX),
    )
}

/// The names of the places of a page, each read once.
#[derive(Default)]
struct Names(BTreeMap<OrganisationId, Option<String>>);

impl Names {
    async fn read(&mut self, conn: &mut Conn<'_>, row: Row) -> Result<Listed, Fault> {
        let mut roles = Vec::new();
        for grant in row.grants.iter().flat_map(|grants| grants.split(',')) {
            let (role, at) = grant.split_once(' ').unwrap_or((grant, ""));
            let stored = || Fault::Stored { what: "a role", value: role.to_owned() };
            let place =
                if at.is_empty() { None } else { self.of(conn, parsed("an organisation", at)?).await? };
            roles.push((Role::from_slug(role).ok_or_else(stored)?, place));
        }
        Ok(Listed {
            id: parsed("a person", &row.id)?,
            name: family_first(&row.family_name, &row.given_name),
            roles,
            suspended: row.suspended_at.is_some(),
        })
    }

    async fn of(&mut self, conn: &mut Conn<'_>, at: OrganisationId) -> Result<Option<String>, Fault> {
        if let Some(name) = self.0.get(&at) {
            return Ok(name.clone());
        }
        let name = organisation::by_id(conn, at).await?.map(|organisation| organisation.name);
        self.0.insert(at, name.clone());
        Ok(name)
    }
}

fn family_first(family: &str, given: &str) -> String {
    match (family.is_empty(), given.is_empty()) {
        (false, false) => format!("{family}, {given}"),
        _ => format!("{family}{given}"),
    }
}
