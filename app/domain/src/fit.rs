//! Which high schools fit what a person answered to six questions, and where do a student and a guardian agree?
//!
//! | module | question |
//! |---|---|
//! | [`wishes`] | what did a person answer, and how does it stand in the address? |
//! | [`sector`] | what does a name say of what can be learned there? |
//! | [`weights`] | what counts, and how much? |
//! | [`measure`] | how well does each school do by what counts? |
//! | [`reason`] | what speaks for a school, what against it, what is not known? |
//! | [`mod@suggest`] | which schools are suggested? |
//! | [`mod@agree`] | where do a student and a guardian agree? |
//!
//! # What is not known
//!
//! The score of a school is the sum, over what counts, of the weight times how far the school is above or below the
//! middle (see [`Measure::score`]). Where something is not known the school has no part in that sum: its score is what
//! it would be for a person who did not ask, and two schools of which the same thing is not known stand to each other
//! as if nobody had asked. Nothing is filled in for it, and the page says so.
//!
//! The mean over what is known seems to do the same and does not. In it a school is compared with itself: one that is
//! good in three things and poor in the fourth gains when the fourth is hidden, one that is poor in three and middling
//! in the fourth loses; and a school of which a single good thing is known outranks one that is good in all. Measured
//! from the middle, a hidden fact counts the same for every school: as an average school's would, since the ranks in
//! published facts have their mean exactly there (ties count half). Hiding what is below the average still spares a
//! school the difference, and hiding what is above it costs the difference, as any rule must that does not guess; but
//! it can no longer lift a school above those of which more is known and good.
//!
//! An interest is the exception in one direction: names and certificates can say that a programme is there, nothing
//! says that it is not. So it can only add.

pub mod agree;
pub mod measure;
pub mod reason;
pub mod sector;
pub mod suggest;
pub mod weights;
pub mod wishes;

pub use agree::{Agreement, Shared, agree};
pub use measure::{Measure, Minutes, Trip};
pub use reason::{Against, Reason, Unknown};
pub use sector::Sector;
pub use suggest::{Pick, Standing, Suggestion, suggest};
pub use weights::{Criterion, DEFAULT, Idle, Weights};
pub use wishes::{After, Card, MINUTES, Need, Reach, Wishes};
