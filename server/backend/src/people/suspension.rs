//! How does an adult lose a role, or the way in, at once?
//!
//! The sessions go in the same transaction: the next request of each finds none, and is refused.

use super::{organisation, person, role, session};
use crate::admin::audit;
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_one};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use crate::stop::Stop;
use domain::people::suspension::{Why, Wrong, lift, touch};
use domain::people::{OrganisationId, PersonId, Role};
use domain::policy::table::{SeeAdults, Suspend};
use domain::policy::{Actor, Permit, Refusal, found};

/// Suspends an account: its sessions end, and nobody signs in to it.
///
/// # Errors
/// A refusal; [`Wrong`]; a fault of the database.
pub async fn suspend(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
    why: Why,
) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = permitted(&mut conn, clock, actor, person).await?;
    let now = clock.now();
    if !close(&mut conn, now, &permit, why).await? {
        return Err(Stop::Wrong(Wrong::Suspended));
    }
    outbox::tell(&mut conn, now, &To::Person(person), &Notice::Suspended).await?;
    audit::note(&mut conn, now, &permit, &format!("suspended: {}", why.slug())).await?;
    transaction.commit().await?;
    Ok(())
}

/// Gives an account back. Whoever had it signs in again as before.
///
/// # Errors
/// A refusal; [`Wrong`]; a fault of the database.
pub async fn reinstate(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = permitted(&mut conn, clock, actor, person).await?;
    lift(actor, reason(&mut conn, person).await?).map_err(Stop::Wrong)?;
    if !reopen(&mut conn, &permit).await? {
        return Err(Stop::Wrong(Wrong::NotSuspended));
    }
    let now = clock.now();
    outbox::tell(&mut conn, now, &To::Person(person), &Notice::Reinstated).await?;
    audit::note(&mut conn, now, &permit, "reinstated").await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes a role at one place from an adult, and ends the sessions in which it is worn.
///
/// # Errors
/// A refusal, also when the place is not the actor's; [`Wrong`]; a fault of the database.
pub async fn end_role(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
    role: Role,
    at: Option<OrganisationId>,
) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<Suspend>(actor, person::subject(&mut conn, clock, person).await?)?;
    touch(actor, person, &[role]).map_err(Stop::Wrong)?;
    // That the person is theirs, too, does not make every place theirs at which the person is.
    match at {
        Some(at) => {
            let _seen = found::<SeeAdults>(actor, organisation::place(&mut conn, at).await?)?;
        }
        None if matches!(actor, Actor::Machine) || actor.role() == Some(Role::Operator) => {}
        None => return Err(Refusal::NotYours.into()),
    }
    let now = clock.now();
    end_sessions_at(&mut conn, person, role, at).await?;
    if role::end(&mut conn, now, permit.on().id, role, at).await? == 0 {
        return Err(Stop::Wrong(Wrong::NoRole));
    }
    audit::note(&mut conn, now, &permit, &format!("role ended: {}", role.slug())).await?;
    transaction.commit().await?;
    Ok(())
}

async fn permitted(
    conn: &mut Conn<'_>,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
) -> Result<Permit<Suspend>, Stop<Wrong>> {
    let permit = found(actor, person::subject(conn, clock, person).await?)?;
    let roles: Vec<Role> = role::of(conn, person).await?.iter().map(|grant| grant.role).collect();
    touch(actor, person, &roles).map_err(Stop::Wrong)?;
    Ok(permit)
}

/// Writes the suspension and ends every session; false when it was suspended already.
async fn close(conn: &mut Conn<'_>, now: Millis, permit: &Permit<Suspend>, why: Why) -> Result<bool, Fault> {
    let id = permit.on().id.to_string();
    let written = execute!(
        conn,
        "update person set suspended_at = $2, suspended_why = $3 where id = $1 and suspended_at is null",
        &id,
        now,
        why.slug(),
    )?;
    session::end_all(conn, permit.on().id, None).await?;
    Ok(written > 0)
}

async fn reopen(conn: &mut Conn<'_>, permit: &Permit<Suspend>) -> Result<bool, Fault> {
    let written = execute!(
        conn,
        "update person set suspended_at = null, suspended_why = null
         where id = $1 and suspended_at is not null",
        permit.on().id.to_string(),
    )?;
    Ok(written > 0)
}

/// Why somebody is suspended, if they are.
pub(super) async fn reason(conn: &mut Conn<'_>, person: PersonId) -> Result<Option<Why>, Fault> {
    let text = "select suspended_why from person where id = $1";
    let (why,) = fetch_one!(conn, (Option<String>,), text, person.to_string())?;
    let known = |why: String| {
        Why::from_slug(&why).ok_or(Fault::Stored { what: "why an account was suspended", value: why })
    };
    why.map(known).transpose()
}

/// Ends the sessions in which somebody wears a role, wherever.
pub(super) async fn end_sessions_as(conn: &mut Conn<'_>, person: PersonId, role: Role) -> Result<u64, Fault> {
    execute!(
        conn,
        "delete from session where person_id = $1 and role_grant_id in
           (select id from role_grant where person_id = $1 and role = $2)",
        person.to_string(),
        role.slug(),
    )
}

/// Ends the sessions in which somebody wears a role at one place.
async fn end_sessions_at(
    conn: &mut Conn<'_>,
    person: PersonId,
    role: Role,
    at: Option<OrganisationId>,
) -> Result<u64, Fault> {
    execute!(
        conn,
        "delete from session where person_id = $1 and role_grant_id in
           (select id from role_grant
            where person_id = $1 and role = $2 and coalesce(organisation_id, '') = $3 and ended_at is null)",
        person.to_string(),
        role.slug(),
        at.map(|at| at.to_string()).unwrap_or_default(),
    )
}
