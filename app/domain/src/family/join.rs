//! Who becomes a guardian, and who may sign a paper?

use crate::people::{Band, PersonId};
use crate::policy::Subject;

/// What somebody is to a student, in their own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Relation {
    /// Mother or father.
    #[default]
    Parent,
    /// A guardian by law.
    Guardian,
    /// A foster parent.
    Foster,
    /// A grandparent, an aunt, a grown sister.
    Relative,
    /// Somebody else who cares for them.
    Other,
}

impl Relation {
    /// All, in the order of a form.
    pub const ALL: [Relation; 5] =
        [Relation::Parent, Relation::Guardian, Relation::Foster, Relation::Relative, Relation::Other];

    /// The word it is kept by.
    pub const fn slug(self) -> &'static str {
        match self {
            Relation::Parent => "parent",
            Relation::Guardian => "guardian",
            Relation::Foster => "foster",
            Relation::Relative => "relative",
            Relation::Other => "other",
        }
    }

    /// The one that is kept by this word.
    pub fn from_slug(slug: &str) -> Option<Relation> {
        Relation::ALL.into_iter().find(|relation| relation.slug() == slug)
    }
}

/// How somebody already stands to a student.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// A guardian of theirs.
    Joined,
    /// A guardian who may not see them.
    Restricted,
    /// A guardian once, not any more.
    Ended,
}

/// Why somebody cannot do it for this student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unfit {
    /// Only an adult is a guardian, and nobody is their own.
    #[error("only another adult is a guardian")]
    NotAnAdult,
    /// They made the paper themselves: who works here hands it on, so that two people know of every guardian.
    #[error("nobody joins by a paper of their own")]
    OwnPaper,
    /// They are in the family already.
    #[error("they belong to the family already")]
    Already,
    /// A court or the school says that they may not see the student.
    #[error("they may not see this student")]
    Restricted,
    /// They are no guardian of this student.
    #[error("they are no guardian of this student")]
    Stranger,
    /// The student is of age, and has no guardian any more.
    #[error("the student is of age")]
    OfAge,
    /// The student is not of age, and signs nothing.
    #[error("the student is not of age")]
    NotOfAge,
}

/// May the holder of a paper become a guardian of the student? `link` is how they stand to each other already, `maker`
/// who made the paper.
///
/// # Errors
/// Why not.
pub fn joins(
    student: &Subject,
    holder: &Subject,
    link: Option<Link>,
    maker: Option<PersonId>,
) -> Result<(), Unfit> {
    if student.band == Some(Band::Adult) {
        return Err(Unfit::OfAge);
    }
    if holder.id == student.id || (holder.student && holder.band != Some(Band::Adult)) {
        return Err(Unfit::NotAnAdult);
    }
    match link {
        Some(Link::Joined) => Err(Unfit::Already),
        Some(Link::Restricted) => Err(Unfit::Restricted),
        Some(Link::Ended) | None if maker == Some(holder.id) => Err(Unfit::OwnPaper),
        Some(Link::Ended) | None => Ok(()),
    }
}

/// Whose name stands under a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signer {
    /// The student, who is of age.
    Student,
    /// A guardian who has an account, and how they stand to the student.
    Guardian(PersonId, Option<Link>),
    /// A guardian without an account.
    Nameless,
}

/// May they have signed for the student? Whose word it is then: nobody's for a guardian without an account.
///
/// # Errors
/// Why not.
pub fn signs(student: &Subject, signer: Signer) -> Result<Option<PersonId>, Unfit> {
    match (student.band == Some(Band::Adult), signer) {
        (true, Signer::Student) => Ok(Some(student.id)),
        (false, Signer::Student) => Err(Unfit::NotOfAge),
        (true, _) => Err(Unfit::OfAge),
        (false, Signer::Guardian(guardian, Some(Link::Joined))) => Ok(Some(guardian)),
        (false, Signer::Guardian(_, Some(Link::Restricted))) => Err(Unfit::Restricted),
        (false, Signer::Guardian(_, Some(Link::Ended) | None)) => Err(Unfit::Stranger),
        (false, Signer::Nameless) => Ok(None),
    }
}
