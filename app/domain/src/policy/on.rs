//! On what is something done? The facts about it that the rules ask for, loaded before they are asked.

use crate::people::{Band, Kind, OrganisationId, PersonId};

/// An organisation, and all that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which one.
    pub id: OrganisationId,
    /// What it is.
    pub kind: Kind,
    /// Itself and everything above it.
    pub above: Vec<OrganisationId>,
}

/// A person, as far as the rules need to know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Who it is.
    pub id: PersonId,
    /// Whether they are, or ever were, a student: then this is a student's record.
    pub student: bool,
    /// The age band of a student; none when no birth date is known.
    pub band: Option<Band>,
    /// Where they wear any role, and everything above.
    pub places: Vec<OrganisationId>,
    /// The guardians who may see them: linked, and not restricted.
    pub guardians: Vec<PersonId>,
    /// The mentors they are matched with.
    pub mentors: Vec<PersonId>,
}

/// What a deed is done on.
#[derive(Clone, Copy, Debug)]
pub enum On<'a> {
    /// Pathways as a whole.
    Everything,
    /// An organisation.
    Place(&'a Place),
    /// A person.
    Person(&'a Subject),
}

/// What can stand in a [`Deed`](super::Deed) as what it is done on.
pub trait Object: std::fmt::Debug {
    /// The same, for the rules to look at.
    fn on(&self) -> On<'_>;
}

/// Pathways as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Everything;

impl Object for Everything {
    fn on(&self) -> On<'_> {
        On::Everything
    }
}

impl Object for Place {
    fn on(&self) -> On<'_> {
        On::Place(self)
    }
}

impl Object for Subject {
    fn on(&self) -> On<'_> {
        On::Person(self)
    }
}
