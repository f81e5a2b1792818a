//! Pages about what is kept of a person. Only the server draws them ([`crate::drawn`]).
//!
//! | address | module |
//! |---|---|
//! | `/record`, `/record/{student}` | [`record`]: everything, with [`correct`], [`going`], [`kept`] and [`reads`] |
//! | `/record/{student}/reads` | [`reads`] |
//! | `/corrections` | [`queue`] |
//! | `/receipt` | [`receipt`] |
//! | `/holds` | [`holds`] |

pub mod correct;
pub mod going;
pub mod holds;
pub mod kept;
pub mod queue;
pub mod reads;
pub mod receipt;
pub mod record;
mod words;
