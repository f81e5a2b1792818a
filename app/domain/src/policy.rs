//! Who may do what? One table, [`table`], read in one place, [`may`].
//!
//! A deed is a type. [`permit`] is the only way to a [`Permit`] of it, and what writes takes one as an argument and
//! reads from it *on what* it may write: no permit, no write, and none on anything else. What lists takes a
//! [`Scope`], so there is no list of everything by accident.
//!
//! ```text
//! load the facts (Subject, Place) → found::<ResetCard>(&actor, subject)? → decide → store::save(conn, &permit, ..) → tell
//! ```
//!
//! What was looked for and is not there goes the same way, through [`found`]: it is answered as what is not theirs, so
//! that no answer tells which people and places there are.

mod actor;
mod on;
mod permit;
mod reach;
pub mod table;

pub use actor::{Actor, Strength, Wearer};
pub use on::{Everything, Object, On, Place, Subject};
pub use permit::{Permit, Scope, absent, found, may, permit, scope};
pub use reach::Reach;
pub use table::{Action, Deed};

/// Why the answer is no: what a person is told, and nothing that they may not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    SignIn,
    /// A password is not enough for this role.
    #[error("a second factor is needed")]
    SecondFactor,
    /// The role that is worn never does this.
    #[error("this role does not do this")]
    NotThisRole,
    /// The role does this, but not here. Told as if there were nothing there.
    #[error("this is not theirs")]
    NotYours,
    /// A guardian of this student under 13 has not allowed it yet.
    #[error("a guardian has not consented yet")]
    ConsentFirst,
    /// The screening of this adult is not complete, or has run out.
    #[error("this adult is not cleared")]
    NotCleared,
    /// The student is 18 or over: only they decide.
    #[error("the student is of age")]
    OfAge,
    /// The student is under 18: a guardian decides.
    #[error("the student is not of age")]
    NotOfAge,
}
