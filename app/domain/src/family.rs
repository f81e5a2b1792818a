//! What may a family decide, and what is open because of it?
//!
//! | module | question |
//! |---|---|
//! | [`code`] | what stands on the paper with which a guardian joins? |
//! | [`consent`] | what can be allowed, and which words were on the page when it was? |
//! | [`open`](mod@open) | what is open, after all that was said? |
//! | [`join`](mod@join) | who becomes a guardian, and who may sign a paper? |
//!
//! # Whose word counts
//! Until 18 the guardians', from 18 on the student's own and nobody else's. One yes of one guardian opens. One no
//! of one guardian closes at once, and stays a no until the same guardian says yes: two guardians who disagree leave a
//! room closed, and staff can help them talk. A guardian who is restricted, or who left the family, counts no more,
//! neither with a yes nor with a no. All of this is derived when it is asked; nothing is switched that could be
//! forgotten.

pub mod code;
pub mod consent;
pub mod join;
pub mod open;

pub use code::FamilyCode;
pub use consent::{ConsentKind, Method, SurveyName, Wording};
pub use join::{Link, Relation, Signer, Unfit, joins, signs};
pub use open::{Closed, Given, Revoked, open};
