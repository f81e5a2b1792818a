//! Whose account does a district mean, and what are they there now?

use super::said::Said;
use super::{Setting, Wrong, connecting, store};
use crate::admin::audit::{self, Line};
use crate::clock::Millis;
use crate::database::Conn;
use crate::fault::Fault;
use crate::people::person::{self, NewPerson};
use crate::people::role::{self, Source};
use crate::people::{session, suspension};
use crate::stop::Stop;
use domain::people::factor::district_may_speak_for;
use domain::people::name::is_visible;
use domain::people::{PersonId, Role};
use domain::policy::Actor;
use std::collections::BTreeSet;

/// Whom the district means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// Somebody who comes in.
    Comes(PersonId),
    /// Somebody who does not come in. What the district took from them just now is to be kept all the same.
    Stays(Wrong),
    /// Somebody with keys of their own, whom it names for the first time: they show those first.
    Proves(PersonId),
}

/// The person whom the district means, with the roles that it says they have there.
pub(super) async fn of(
    conn: &mut Conn<'_>,
    now: Millis,
    setting: &Setting,
    said: &Said,
    tongue: &str,
) -> Result<Meant, Stop<Wrong>> {
    let roles: BTreeSet<Role> =
        said.roles.iter().filter_map(|word| setting.role_map.get(word).copied()).collect();
    let known = store::by_subject(conn, &setting.issuer, &said.subject).await?;
    let id = match known {
        Some(id) => id,
        None => match link(conn, now, setting, said, &roles, tongue).await? {
            Meant::Comes(id) => id,
            other => return Ok(other),
        },
    };
    let somebody = person::by_id(conn, id).await?.ok_or(Stop::Wrong(Wrong::NotInvited))?;
    let suspended = somebody.suspended_at.is_some();
    let worn = store::worn(conn, id, setting.organisation).await?;
    let may_speak = district_may_speak_for(&worn);
    // A word of the district does not make a student an adult, nor is anything given to whom it does not speak for.
    if !worn.iter().any(|(role, _)| *role == Role::Student) {
        if may_speak && !suspended {
            give(conn, now, setting, id, &roles).await?;
        }
        take(conn, now, setting, id, &roles).await?;
    }
    if !store::worn(conn, id, setting.organisation).await?.iter().any(|(_, inside)| *inside) {
        session::end_vouched(conn, setting.organisation, Some(id)).await?;
        return Ok(Meant::Stays(Wrong::NotInvited));
    }
    if suspended {
        return Ok(Meant::Stays(Wrong::NotInvited));
    }
    Ok(if may_speak { Meant::Comes(id) } else { Meant::Stays(Wrong::OwnKeys) })
}

/// Somebody whom the provider names for the first time: found by an address that it vouches for, or new.
async fn link(
    conn: &mut Conn<'_>,
    now: Millis,
    setting: &Setting,
    said: &Said,
    roles: &BTreeSet<Role>,
    tongue: &str,
) -> Result<Meant, Stop<Wrong>> {
    let email = said.email.as_deref().ok_or(Stop::Wrong(Wrong::NotInvited))?;
    let key = person::email_key(email);
    let (id, detail) = match person::by_email(conn, email).await? {
        Some(person) => {
            let here = store::worn(conn, person.id, setting.organisation).await?;
            // An address that went on to somebody new leads to a person who has another name there.
            let another = store::is_linked(conn, &setting.issuer, person.id).await?;
            if another || !here.iter().any(|(_, inside)| *inside) || person.suspended_at.is_some() {
                return Err(Stop::Wrong(Wrong::NotInvited));
            }
            if !district_may_speak_for(&here) {
                return Err(Stop::Wrong(Wrong::OwnKeys));
            }
            if connecting::has_own_keys(conn, person.id).await? {
                return Ok(Meant::Proves(person.id));
            }
            (person.id, "linked to the district's sign-in")
        }
        None if !setting.may_bring(email)
            || (roles.is_empty() && !store::is_invited(conn, now, &key, setting.organisation).await?) =>
        {
            return Err(Stop::Wrong(Wrong::NotInvited));
        }
        None => {
            let new = NewPerson {
                given_name: said.given_name.as_deref().filter(|name| is_visible(name)).unwrap_or(email),
                family_name: said.family_name.as_deref().unwrap_or_default(),
                tongue,
                email: Some(email),
                born: None,
                demo: false,
            };
            let id = person::insert(conn, now, &new).await?;
            for (role, at) in store::use_invitations(conn, now, &key, setting.organisation, id).await? {
                role::give(conn, now, id, role, Some(at), Source::Invitation).await?;
            }
            (id, "came by the district's sign-in")
        }
    };
    store::link(conn, &setting.issuer, &said.subject, id).await?;
    note(conn, now, id, detail).await?;
    Ok(Meant::Comes(id))
}

/// Gives the roles at the organisation that the district names.
async fn give(
    conn: &mut Conn<'_>,
    now: Millis,
    setting: &Setting,
    id: PersonId,
    roles: &BTreeSet<Role>,
) -> Result<(), Fault> {
    let has = store::worn_at(conn, id, setting.organisation).await?;
    for role in roles.iter().filter(|role| !has.iter().any(|(has, _)| has == *role)) {
        role::give(conn, now, id, *role, Some(setting.organisation), Source::District).await?;
        note(conn, now, id, &format!("the district gave {}", role.slug())).await?;
    }
    Ok(())
}

/// Takes back the roles that the district gave and names no more, and ends the sessions in which they are worn. What an
/// invitation, a roster or somebody here gave is not the district's to take.
async fn take(
    conn: &mut Conn<'_>,
    now: Millis,
    setting: &Setting,
    id: PersonId,
    roles: &BTreeSet<Role>,
) -> Result<(), Fault> {
    let at = Some(setting.organisation);
    let has = store::worn_at(conn, id, setting.organisation).await?;
    for (role, _) in has.iter().filter(|(role, by_district)| *by_district && !roles.contains(role)) {
        suspension::end_sessions_at(conn, id, *role, at).await?;
        role::end(conn, now, id, *role, at).await?;
        note(conn, now, id, &format!("the district took {}", role.slug())).await?;
    }
    Ok(())
}

async fn note(conn: &mut Conn<'_>, at: Millis, id: PersonId, detail: &str) -> Result<(), Fault> {
    let line = Line { at, actor: &Actor::Machine, action: "DistrictSignIn", subject: Some(id), detail };
    audit::add(conn, &line).await
}
