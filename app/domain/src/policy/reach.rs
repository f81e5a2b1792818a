//! How far does a role reach with a deed?

use super::{On, Refusal, Wearer};
use crate::people::Band;

/// How far a role reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Not at all.
    No,
    /// Themselves.
    Own,
    /// The students whose guardian they are, until those are of age.
    Family,
    /// The students they are matched with, once they are cleared.
    Mentees,
    /// The organisation where the role is worn, and all below it.
    Place,
    /// Everything.
    All,
}

impl Reach {
    /// The word in the printed table.
    pub const fn slug(self) -> &'static str {
        match self {
            Reach::No => "-",
            Reach::Own => "own",
            Reach::Family => "family",
            Reach::Mentees => "mentees",
            Reach::Place => "place",
            Reach::All => "all",
        }
    }

    /// Whether it reaches this far for this wearer.
    pub(super) fn covers(self, wearer: &Wearer, on: On<'_>) -> Result<(), Refusal> {
        let reached = match (self, on) {
            (Reach::No, _) => return Err(Refusal::NotThisRole),
            (Reach::All, _) => true,
            (Reach::Own, On::Person(subject)) => subject.id == wearer.person,
            (Reach::Family, On::Person(subject)) if subject.guardians.contains(&wearer.person) => {
                if subject.band == Some(Band::Adult) {
                    return Err(Refusal::OfAge);
                }
                true
            }
            (Reach::Mentees, On::Person(subject)) if subject.mentors.contains(&wearer.person) => {
                if !wearer.cleared {
                    return Err(Refusal::NotCleared);
                }
                true
            }
            (Reach::Place, On::Person(subject)) => wearer.at.is_some_and(|at| subject.places.contains(&at)),
            (Reach::Place, On::Place(place)) => wearer.at.is_some_and(|at| place.above.contains(&at)),
            _ => false,
        };
        if reached { Ok(()) } else { Err(Refusal::NotYours) }
    }
}
