//! Pages about what is kept. Only the server draws them ([`crate::drawn`]).
//!
//! | module | what it draws |
//! |---|---|
//! | [`kept`] | everything that is kept, why, for how long, and who sees it |

pub mod kept;
