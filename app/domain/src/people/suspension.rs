//! Whose account may be closed for a while, by whom, and why?

use super::words::words;
use super::{PersonId, Role};
use crate::policy::Actor;

/// Why an account was suspended: a word, and never a story that somebody could read later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// A student's safety is looked into. Nothing is decided by it.
    Concern,
    /// The rules of the programme were not kept.
    Conduct,
    /// Somebody else may know the password or hold the device.
    Keys,
    /// They left.
    Left,
    /// They asked for it.
    Asked,
}

words! { Why:
    Concern = "concern", Conduct = "conduct", Keys = "keys", Left = "left", Asked = "asked",
}

/// Why an account stays as it is, although the actor may suspend here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is their own.
    #[error("nobody does this to themselves")]
    Own,
    /// Only an operator does this to an operator.
    #[error("only an operator does this to an operator")]
    Operator,
    /// Only an operator or another safety officer does this to a safety officer: nobody they may look into stops them
    /// (Penal Code 11166 lets nobody impede a report).
    #[error("only an operator or another safety officer does this to a safety officer")]
    Safety,
    /// Who looks into a concern, or an operator, says when it is settled.
    #[error("only a safety officer or an operator ends a suspension for a concern")]
    Concern,
    /// A student's way in is their card: it is reset, or the student leaves the class.
    #[error("students are not suspended")]
    Student,
    /// It is suspended already.
    #[error("this account is suspended already")]
    Suspended,
    /// It is not suspended.
    #[error("this account is not suspended")]
    NotSuspended,
    /// They sign in with a card or through their district: there is no password that a link could make anew.
    #[error("they have no password here")]
    NoPassword,
    /// They do not have this role here.
    #[error("they do not have this role here")]
    NoRole,
}

/// Whether the actor may close the account of somebody with these roles. That they reach this person at all is
/// settled by the table.
///
/// # Errors
/// [`Wrong::Own`], [`Wrong::Operator`], [`Wrong::Safety`], [`Wrong::Student`].
pub fn touch(actor: &Actor, person: PersonId, roles: &[Role]) -> Result<(), Wrong> {
    if actor.person() == Some(person) {
        return Err(Wrong::Own);
    }
    let is = |role| matches!(actor, Actor::Machine) || actor.role() == Some(role);
    if roles.contains(&Role::Operator) && !is(Role::Operator) {
        return Err(Wrong::Operator);
    }
    if roles.contains(&Role::Safety) && !is(Role::Operator) && !is(Role::Safety) {
        return Err(Wrong::Safety);
    }
    if roles.contains(&Role::Student) {
        return Err(Wrong::Student);
    }
    Ok(())
}

/// Whether the actor may end a suspension that has this reason.
///
/// # Errors
/// [`Wrong::Concern`].
pub fn lift(actor: &Actor, why: Option<Why>) -> Result<(), Wrong> {
    let settles =
        matches!(actor, Actor::Machine) || matches!(actor.role(), Some(Role::Operator | Role::Safety));
    if why == Some(Why::Concern) && !settles { Err(Wrong::Concern) } else { Ok(()) }
}
