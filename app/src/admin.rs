//! Pages of those who run Pathways. Only the server draws them ([`crate::drawn`]).
//!
//! | module | what it draws |
//! |---|---|
//! | [`operations`] | how the machines are |

pub mod operations;
