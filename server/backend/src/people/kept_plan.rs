//! Which plan did a student choose to keep here?
//!
//! A plan lives on the student's own device. A signed-in student may keep a copy on the server, and take it back. It
//! is what the address of the list page says, without the place the trips start from: that may be an address, and
//! nobody here needs it.

use super::person;
use crate::admin::audit;
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_optional};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::stop::Stop;
use domain::people::PersonId;
use domain::plan::ShortList;
use domain::policy::table::KeepPlan;
use domain::policy::{Actor, Permit, Refusal, found};

/// Most characters of an address that are read, and of a plan that is kept.
pub const MOST: usize = 4_000;

/// A plan that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The list.
    pub list: ShortList,
    /// Since when.
    pub saved_at: Millis,
}

/// What is wrong with a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// There is no school in it.
    #[error("there is no school in it")]
    Empty,
    /// It is longer than a list can be.
    #[error("it is too long")]
    TooLong,
}

/// Keeps a plan, in the place of the one that was kept before. Takes the address of the list page, or the part after
/// its `?`.
///
/// # Errors
/// [`Wrong`], a refusal, or a fault.
pub async fn keep(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    address: &str,
) -> Result<Kept, Stop<Wrong>> {
    let list = read_address(address).map_err(Stop::Wrong)?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = own(&mut conn, clock, actor).await?;
    let kept = Kept { list, saved_at: clock.now() };
    save(&mut conn, &permit, &kept).await?;
    audit::note(&mut conn, kept.saved_at, &permit, "kept").await?;
    transaction.commit().await?;
    Ok(kept)
}

/// The plan that the actor keeps here.
///
/// # Errors
/// A refusal, or a fault.
pub async fn read(database: &Database, clock: &Clock, actor: &Actor) -> Result<Option<Kept>, Stop> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let permit = own(&mut conn, clock, actor).await?;
    Ok(of(&mut conn, permit.on().id).await?)
}

/// Deletes the plan that the actor keeps here; nothing happens when there is none.
///
/// # Errors
/// A refusal, or a fault.
pub async fn take_back(database: &Database, clock: &Clock, actor: &Actor) -> Result<(), Stop> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = own(&mut conn, clock, actor).await?;
    if forget(&mut conn, &permit).await? > 0 {
        audit::note(&mut conn, clock.now(), &permit, "taken back").await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Reads the address of a list page as far as it is a list.
fn read_address(address: &str) -> Result<ShortList, Wrong> {
    if address.len() > MOST {
        return Err(Wrong::TooLong);
    }
    let query = address.split_once('?').map_or(address, |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let mut list = ShortList::parse(query.trim());
    list.from.clear();
    if list.is_empty() { Err(Wrong::Empty) } else { Ok(list) }
}

/// A plan is kept by its own student and by nobody for them.
async fn own<W: std::error::Error>(
    conn: &mut Conn<'_>,
    clock: &Clock,
    actor: &Actor,
) -> Result<Permit<KeepPlan>, Stop<W>> {
    let person = actor.person().ok_or(Refusal::SignIn)?;
    Ok(found(actor, person::subject(conn, clock, person).await?)?)
}

async fn save(conn: &mut Conn<'_>, permit: &Permit<KeepPlan>, kept: &Kept) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into kept_plan (person_id, plan, saved_at) values ($1, $2, $3)
         on conflict (person_id) do update set plan = excluded.plan, saved_at = excluded.saved_at",
        permit.on().id.to_string(),
        kept.list.to_address(),
        kept.saved_at,
    )
    .map(drop)
}

async fn forget(conn: &mut Conn<'_>, permit: &Permit<KeepPlan>) -> Result<u64, Fault> {
    execute!(conn, "delete from kept_plan where person_id = $1", permit.on().id.to_string())
}

/// The plan that somebody keeps here. The caller holds a permit to see it.
pub(crate) async fn of(conn: &mut Conn<'_>, person: PersonId) -> Result<Option<Kept>, Fault> {
    let row = fetch_optional!(
        conn,
        (String, Millis),
        "select plan, saved_at from kept_plan where person_id = $1",
        person.to_string(),
    )?;
    Ok(row.map(|(plan, saved_at)| Kept { list: ShortList::parse(&plan), saved_at }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_out_of_an_address_and_its_start_is_left_behind() {
        let query =
            "s=19647331932888,19647331937424&from=1200%20Main%20St&pin=19647331937424&visited=19647331932888";
        for address in [
            query.to_owned(),
            format!("/es/list?{query}"),
            format!("https://pathways.example/list?{query}#top"),
        ] {
            let list = read_address(&address).unwrap();
            assert_eq!((list.len(), list.from.as_str()), (2, ""), "{address}");
            assert_eq!(
                list.to_address(),
                "s=19647331932888,19647331937424&pin=19647331937424&visited=19647331932888"
            );
        }
    }

    #[test]
    fn what_holds_no_school_is_no_plan() {
        for empty in ["", "/list", "s=", "from=90001", "<script>", "s=1,2,3"] {
            assert_eq!(read_address(empty), Err(Wrong::Empty), "{empty}");
        }
        assert_eq!(read_address(&format!("s={}", "1".repeat(MOST))), Err(Wrong::TooLong));
    }
}
