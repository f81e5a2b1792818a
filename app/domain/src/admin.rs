//! What is kept, why, for how long, and who sees it?

mod inventory;
mod retention;

pub use inventory::{Basis, Purpose, Seer};
pub use retention::{Ground, Retention, Rule, Start};
//! Which rules hold for what is kept about people?
//!
//! | module | question |
//! |---|---|
//! | [`rights`] | what may a person ask about their own record, and by when must it be done? |

pub mod rights;
