//! Which rules hold for what is kept about people?
//!
//! | module | question |
//! |---|---|
//! | `inventory` | why is something kept, on what ground, and who sees it? |
//! | `retention` | for how long is it kept? |
//! | [`rights`] | what may a person ask about their own record, and by when must it be done? |

mod inventory;
mod retention;
pub mod rights;

pub use inventory::{Basis, Purpose, Seer};
pub use retention::{Ground, Retention, Rule, Start};
