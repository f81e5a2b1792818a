//! How does a yes become a value?

use super::on::Object;
use super::{Action, Actor, Deed, On, Reach, Refusal, Strength, Wearer};
use crate::people::{Band, OrganisationId, PersonId, Role};
use std::marker::PhantomData;

/// May this actor do this, on this? The only reader of the table.
///
/// # Errors
/// The [`Refusal`] that a person is told.
pub fn may(actor: &Actor, action: Action, on: On<'_>) -> Result<(), Refusal> {
    let Actor::Person(wearer) = actor else { return Ok(()) };
    let reach = reach(wearer, action)?;
    if action.is_about_oneself() && matches!(on, On::Person(subject) if subject.id == wearer.person) {
        return Ok(());
    }
    reach.covers(wearer, on)?;
    of_age(action, reach, on)
}

/// How far the wearer reaches with this at all: the row of the role, if they came in surely enough.
fn reach(wearer: &Wearer, action: Action) -> Result<Reach, Refusal> {
    if wearer.strength == Strength::Half {
        return Err(Refusal::SecondFactor);
    }
    // What everybody does with what is theirs needs no role.
    if action.is_everybodys() {
        return Ok(Reach::Own);
    }
    let role = wearer.role.ok_or(Refusal::NotThisRole)?;
    match action.reach(role) {
        Reach::No => Err(Refusal::NotThisRole),
        _ if role.needs_second_factor() && wearer.strength < Strength::Two => Err(Refusal::SecondFactor),
        _ if role == Role::Student && !wearer.allowed && !action.is_for_pending() && !old_enough(wearer) => {
            Err(Refusal::ConsentFirst)
        }
        reach => Ok(reach),
    }
}

/// A student whose birth date nobody knows is treated as the youngest.
fn old_enough(wearer: &Wearer) -> bool {
    wearer.band.is_some_and(|band| band > Band::Under13)
}

/// Rights of a family move to the student at 18, and not before.
fn of_age(action: Action, reach: Reach, on: On<'_>) -> Result<(), Refusal> {
    match on {
        On::Person(subject) if reach == Reach::Own && subject.student && action.is_the_familys() => {
            if subject.band == Some(Band::Adult) { Ok(()) } else { Err(Refusal::NotOfAge) }
        }
        _ => Ok(()),
    }
}

/// A yes to one deed by one actor on one object. Only [`permit`] makes one.
#[derive(Debug)]
#[must_use = "a permit is there to be handed to what it permits"]
pub struct Permit<D: Deed> {
    actor: Actor,
    on: D::On,
    deed: PhantomData<D>,
}

/// Asks [`may`], and gives what the yes is worth.
///
/// # Errors
/// The [`Refusal`] that a person is told.
pub fn permit<D: Deed>(actor: &Actor, on: D::On) -> Result<Permit<D>, Refusal> {
    may(actor, D::ACTION, on.on())?;
    Ok(Permit { actor: *actor, on, deed: PhantomData })
}

/// The same on what was looked for. Nobody learns from the answer whether it is there.
///
/// # Errors
/// The [`Refusal`] that a person is told; that of [`absent`] when nothing was found.
pub fn found<D: Deed>(actor: &Actor, on: Option<D::On>) -> Result<Permit<D>, Refusal> {
    permit(actor, on.ok_or_else(|| absent(actor, &[D::ACTION]))?)
}

/// What somebody is told who would do one of these on what is not there: the very refusal that they would get on what
/// is there and has nothing to do with them. Who reaches everything is told that there is no such thing.
pub fn absent(actor: &Actor, actions: &[Action]) -> Refusal {
    let Actor::Person(wearer) = actor else { return Refusal::NotYours };
    let told = |action: &Action| reach(wearer, *action).err().unwrap_or(Refusal::NotYours);
    // Of several rows the one tells that the role has at all.
    let told = actions.iter().map(told).find(|refusal| *refusal != Refusal::NotThisRole);
    told.unwrap_or(Refusal::NotThisRole)
}

impl<D: Deed> Permit<D> {
    /// Who does it.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What it is done on: what is written is written on this and nothing else.
    pub const fn on(&self) -> &D::On {
        &self.on
    }

    /// What is done.
    #[expect(clippy::unused_self, reason = "what a permit is for is read off it like the rest")]
    pub const fn action(&self) -> Action {
        D::ACTION
    }
}

/// Whose rows a list may hold. Every list is asked for with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One person's own.
    Own(PersonId),
    /// Those of the students of this guardian.
    Family(PersonId),
    /// Those of the students of this mentor.
    Mentees(PersonId),
    /// Those at this organisation and below.
    Place(OrganisationId),
    /// All there are.
    All,
}

impl Scope {
    /// The word that a query tells the scopes apart by.
    pub const fn slug(&self) -> &'static str {
        match self {
            Scope::Own(_) => "own",
            Scope::Family(_) => "family",
            Scope::Mentees(_) => "mentees",
            Scope::Place(_) => "place",
            Scope::All => "all",
        }
    }

    /// The identifier that belongs to it; empty for all.
    pub fn id(&self) -> String {
        match self {
            Scope::Own(person) | Scope::Family(person) | Scope::Mentees(person) => person.to_string(),
            Scope::Place(place) => place.to_string(),
            Scope::All => String::new(),
        }
    }
}

/// Which rows the actor may list with this deed.
///
/// # Errors
/// The [`Refusal`] that a person is told.
pub fn scope<D: Deed>(actor: &Actor) -> Result<Scope, Refusal> {
    let Actor::Person(wearer) = actor else { return Ok(Scope::All) };
    match reach(wearer, D::ACTION)? {
        Reach::No => Err(Refusal::NotThisRole),
        Reach::Own => Ok(Scope::Own(wearer.person)),
        Reach::Family => Ok(Scope::Family(wearer.person)),
        Reach::Mentees if wearer.cleared => Ok(Scope::Mentees(wearer.person)),
        Reach::Mentees => Err(Refusal::NotCleared),
        Reach::Place => wearer.at.map(Scope::Place).ok_or(Refusal::NotYours),
        Reach::All => Ok(Scope::All),
    }
}
