//! Whose account does a district mean, and what are they there now?

use super::provider::Said;
use super::{Setting, Wrong, store};
use crate::admin::audit::{self, Line};
use crate::clock::Millis;
use crate::database::Conn;
use crate::fault::Fault;
use crate::people::person::{self, NewPerson};
use crate::people::role;
use crate::stop::Stop;
use domain::people::factor::district_may_speak_for;
use domain::people::name::is_visible;
use domain::people::{PersonId, Role};
use domain::policy::Actor;
use std::collections::BTreeSet;

/// The person whom the district means, with the roles that it says they have there.
pub(super) async fn of(
    conn: &mut Conn<'_>,
    now: Millis,
    setting: &Setting,
    said: &Said,
    tongue: &str,
) -> Result<PersonId, Stop<Wrong>> {
    let roles: BTreeSet<Role> =
        said.roles.iter().filter_map(|word| setting.role_map.get(word).copied()).collect();
    let known = store::by_subject(conn, &setting.issuer, &said.subject).await?;
    let id = match known {
        Some(id) => id,
        None => link(conn, now, setting, said, &roles, tongue).await?,
    };
    let somebody = person::by_id(conn, id).await?;
    if somebody.is_none_or(|person| person.suspended_at.is_some()) {
        return Err(Stop::Wrong(Wrong::NotInvited));
    }
    let worn = store::worn(conn, id, setting.organisation).await?;
    if !district_may_speak_for(&worn) {
        return Err(Stop::Wrong(Wrong::OwnKeys));
    }
    // A word of the district does not make a student an adult.
    if !worn.iter().any(|(role, _)| *role == Role::Student) {
        follow(conn, now, setting, id, &roles).await?;
    }
    if store::worn(conn, id, setting.organisation).await?.iter().any(|(_, inside)| *inside) {
        Ok(id)
    } else {
        // The district took their last role there: it has nothing more to say about them.
        Err(Stop::Wrong(Wrong::NotInvited))
    }
}

/// Somebody whom the provider names for the first time: found by an address that it vouches for, or new.
async fn link(
    conn: &mut Conn<'_>,
    now: Millis,
    setting: &Setting,
    said: &Said,
    roles: &BTreeSet<Role>,
    tongue: &str,
) -> Result<PersonId, Stop<Wrong>> {
    let email = said.email.as_deref().ok_or(Stop::Wrong(Wrong::NotInvited))?;
    let key = person::email_key(email);
    let (id, detail) = match person::by_email(conn, email).await? {
        Some(person) => {
            let here = store::worn(conn, person.id, setting.organisation).await?;
            // An address that went on to somebody new leads to a person who has another name there.
            let another = store::is_linked(conn, &setting.issuer, person.id).await?;
            if another || !here.iter().any(|(_, inside)| *inside) {
                return Err(Stop::Wrong(Wrong::NotInvited));
            }
            if !district_may_speak_for(&here) {
                return Err(Stop::Wrong(Wrong::OwnKeys));
            }
            (person.id, "linked to the district's sign-in")
        }
        None if roles.is_empty() && !store::is_invited(conn, now, &key, setting.organisation).await? => {
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
                role::give(conn, now, id, role, Some(at), None).await?;
            }
            (id, "came by the district's sign-in")
        }
    };
    store::link(conn, &setting.issuer, &said.subject, id).await?;
    note(conn, now, id, detail).await?;
    Ok(id)
}

/// Gives the roles at the organisation that the district names, and takes back those that it gave and names no more.
async fn follow(
    conn: &mut Conn<'_>,
    now: Millis,
    setting: &Setting,
    id: PersonId,
    roles: &BTreeSet<Role>,
) -> Result<(), Fault> {
    let at = Some(setting.organisation);
    let has = store::given_by_nobody(conn, id, setting.organisation).await?;
    for role in roles.iter().filter(|role| !has.contains(role)) {
        role::give(conn, now, id, *role, at, None).await?;
        note(conn, now, id, &format!("the district gave {}", role.slug())).await?;
    }
    let speaks_of: BTreeSet<Role> = setting.role_map.values().copied().collect();
    for role in has.iter().filter(|role| speaks_of.contains(role) && !roles.contains(role)) {
        role::end(conn, now, id, *role, at).await?;
        note(conn, now, id, &format!("the district took {}", role.slug())).await?;
    }
    Ok(())
}

async fn note(conn: &mut Conn<'_>, at: Millis, id: PersonId, detail: &str) -> Result<(), Fault> {
    let line = Line { at, actor: &Actor::Machine, action: "DistrictSignIn", subject: Some(id), detail };
    audit::add(conn, &line).await
}
