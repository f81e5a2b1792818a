//! Pages about what is kept, and of those who run Pathways. Only the server draws them ([`crate::drawn`]).
//!
//! | module | what it draws |
//! |---|---|
//! | [`kept`] | everything that is kept, why, for how long, and who sees it |
//! | [`operations`] | how the machines are |

pub mod kept;
pub mod operations;
