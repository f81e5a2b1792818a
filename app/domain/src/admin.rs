//! What is kept, why, for how long, and who sees it?

mod inventory;
mod retention;

pub use inventory::{Basis, Purpose, Seer};
pub use retention::{Ground, Retention, Rule, Start};
