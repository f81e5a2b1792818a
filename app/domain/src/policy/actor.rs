//! Who asks?

use crate::people::{Band, OrganisationId, PersonId, Role};

/// Who asks for something to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The command line of whoever runs the machine, or a job of the server. May do everything.
    Machine,
    /// A person who is signed in.
    Person(Wearer),
}

/// A person, the role they wear right now, and how they came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wearer {
    /// Who it is.
    pub person: PersonId,
    /// The role; none while they have not chosen one, or have none.
    pub role: Option<Role>,
    /// Where the role is worn; none for roles that are worn nowhere in particular.
    pub at: Option<OrganisationId>,
    /// How surely they are who they say.
    pub strength: Strength,
    /// They showed it a short while ago ([`proof_holds`](crate::people::factor::proof_holds)), and not just somebody
    /// who found their browser open.
    pub proved: bool,
    /// Of a student: the age band, if the birth date is known. A student without one counts as under 13.
    pub band: Option<Band>,
    /// Of a student under 13: a guardian allowed them to take part.
    pub allowed: bool,
    /// Of a mentor: every step of the screening is done and none has run out.
    pub cleared: bool,
}

/// How surely somebody is who they say, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// The password was right and a second factor is still asked for: opens nothing but that.
    Half,
    /// A student's card.
    Pin,
    /// A password alone.
    Password,
    /// The district's own sign-in, of which nobody says that it asked for a second factor.
    District,
    /// A password and a second factor, or a passkey.
    Two,
    /// The district's own sign-in, and a second factor: the district's, or their own.
    Sso,
}

impl Strength {
    /// All, weakest first.
    pub const ALL: [Strength; 6] =
        [Strength::Half, Strength::Pin, Strength::Password, Strength::District, Strength::Two, Strength::Sso];

    /// The word it is kept by.
    pub const fn slug(self) -> &'static str {
        match self {
            Strength::Half => "half",
            Strength::Pin => "pin",
            Strength::Password => "password",
            Strength::District => "district",
            Strength::Two => "two",
            Strength::Sso => "sso",
        }
    }

    /// Whether somebody else answers for who they are: a district, for its own people.
    pub const fn is_vouched(self) -> bool {
        matches!(self, Strength::District | Strength::Sso)
    }

    /// The one that is kept by this word.
    pub fn from_slug(slug: &str) -> Option<Strength> {
        Strength::ALL.into_iter().find(|strength| strength.slug() == slug)
    }
}

impl Actor {
    /// The same, for the deed in which they showed once more who they are.
    #[must_use]
    pub const fn having_proved(self) -> Actor {
        match self {
            Actor::Machine => Actor::Machine,
            Actor::Person(wearer) => Actor::Person(Wearer { proved: true, ..wearer }),
        }
    }

    /// The person, if it is one.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Actor::Machine => None,
            Actor::Person(wearer) => Some(wearer.person),
        }
    }

    /// The role, if one is worn.
    pub const fn role(&self) -> Option<Role> {
        match self {
            Actor::Machine => None,
            Actor::Person(wearer) => wearer.role,
        }
    }
}
