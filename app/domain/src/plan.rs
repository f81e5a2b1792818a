//! How does a list of schools become steps with dates, and what is wrong with the list?
//!
//! | module | question |
//! |---|---|
//! | [`date`] | which day is meant, and how surely? |
//! | [`short_list`] | which schools, in which order, and how does the list stand in the address? |
//! | [`door`] | by which ways can this person get into this school, and how certain is each? |
//! | [`rulebook`] | which rules, dates and texts hold for one season, by which source? |
//! | [`mod@check`] | which traps does the list walk into, and what mends each? |
//! | [`calendar`] | what is to be done by when, and which doors are still open? |

pub mod calendar;
pub mod check;
pub mod date;
pub mod door;
pub mod rulebook;
pub mod short_list;

pub use calendar::{DatedStep, Gate, State};
pub use check::{Asked, Remedy, Warning, check};
pub use date::{Around, Day, Part, When};
pub use door::{Chance, Door, Doors, Own, Way, doors_of};
pub use rulebook::Rulebook;
pub use short_list::{Mark, Points, ShortList};
