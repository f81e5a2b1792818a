//! What is open, after all that was said?

use super::consent::ConsentKind;
use crate::people::{Band, PersonId};
use crate::policy::Subject;

/// Somebody said yes, once. A no is written into every yes of the same kind that stands when it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// To what.
    pub kind: ConsentKind,
    /// Whose word it is: a guardian, or the student of age; nobody for a guardian on paper who has no account.
    pub giver: Option<PersonId>,
    /// The version of the text that was read.
    pub version: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The no that ended it.
    pub revoked: Option<Revoked>,
}

/// A yes was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// By whom: a guardian, the student of age, or who wrote it down for somebody without an account.
    pub by: Option<PersonId>,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// Why something is not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Closed {
    /// Nobody whose word counts has said anything.
    #[error("nobody has allowed it yet")]
    NotAsked,
    /// It was allowed, and taken back.
    #[error("it was taken back")]
    TakenBack,
    /// A yes stands, and so does the no of another guardian, which only they can take back.
    #[error("another guardian said no")]
    Disputed,
    /// It was allowed by a text that asked for less.
    #[error("the text has changed since it was allowed")]
    NewText,
    /// The student is of age: what guardians allowed before counts no more.
    #[error("the student is of age and has not said yes")]
    OwnWord,
    /// The student is under 13, and nobody has allowed that they take part.
    #[error("a guardian allows taking part first")]
    TakePartFirst,
}

/// Is it open? Of everything that was ever said about the student, in any order.
///
/// A student without a birth date counts as under 13.
///
/// # Errors
/// Why it is closed.
pub fn open(kind: &ConsentKind, student: &Subject, said: &[Given]) -> Result<(), Closed> {
    let band = student.band.unwrap_or(Band::Under13);
    if *kind == ConsentKind::TakePart {
        // From 13 on a student takes part without asking (16 CFR 312.2 speaks of children under 13).
        return if band > Band::Under13 { Ok(()) } else { allowed(kind, student, said) };
    }
    if open(&ConsentKind::TakePart, student, said).is_err() {
        return Err(Closed::TakePartFirst);
    }
    match band {
        Band::Adult => own_word(kind, student, said),
        Band::Under13 | Band::Teen => allowed(kind, student, said),
    }
}

/// What the guardians say together.
fn allowed(kind: &ConsentKind, student: &Subject, said: &[Given]) -> Result<(), Closed> {
    let of_kind = || said.iter().filter(|given| given.kind == *kind);
    let mine = |given: &&Given| given.giver.is_none_or(|giver| student.guardians.contains(&giver));
    standing(kind, of_kind().filter(mine))?;
    let last_no = |guardian| {
        let theirs = of_kind().filter_map(|given| given.revoked).filter(|no| no.by == Some(guardian));
        theirs.map(|no| no.at).max()
    };
    let last_yes =
        |guardian| of_kind().filter(|given| given.giver == Some(guardian)).map(|given| given.at).max();
    let against = student.guardians.iter().any(|&guardian| {
        // A no and a yes of one millisecond: the no counts.
        last_no(guardian).is_some_and(|no| last_yes(guardian).is_none_or(|yes| yes <= no))
    });
    if against { Err(Closed::Disputed) } else { Ok(()) }
}

/// What the student of age says.
fn own_word(kind: &ConsentKind, student: &Subject, said: &[Given]) -> Result<(), Closed> {
    let of_kind = || said.iter().filter(|given| given.kind == *kind);
    match standing(kind, of_kind().filter(|given| given.giver == Some(student.id))) {
        Err(Closed::NotAsked) if of_kind().any(|given| given.revoked.is_none()) => Err(Closed::OwnWord),
        answer => answer,
    }
}

/// Does one of these yeses stand?
fn standing<'a>(kind: &ConsentKind, said: impl Iterator<Item = &'a Given>) -> Result<(), Closed> {
    let mut answer = Err(Closed::NotAsked);
    for given in said {
        match (&given.revoked, kind.counts(&given.version)) {
            (None, true) => return Ok(()),
            (None, false) => answer = Err(Closed::NewText),
            (Some(_), _) if answer == Err(Closed::NotAsked) => answer = Err(Closed::TakenBack),
            (Some(_), _) => {}
        }
    }
    answer
}
