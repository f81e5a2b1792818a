//! Class mode: a counselor opens a class, students send an anonymous summary, the room sees counts.
//!
//! | address | module |
//! |---|---|
//! | `/class`, `/class/ended`, and what is wrong | [`start`] |
//! | `/class/<code>` | [`join`] |
//! | `/class/room/<secret>` | [`room`] |
//! | `/class/projector/<screen>` | [`projector`] |
//! | `/class/script` | [`script`] |
//! | `/class/room/<secret>/sheets` | [`sheets`] |
//!
//! Only the server draws these pages ([`crate::drawn`]); a script adds the list of this device to the form, and counts
//! that follow by themselves.

pub mod counts;
pub mod join;
pub mod projector;
pub mod room;
pub mod script;
pub mod sheets;
pub mod start;
mod words;

pub use counts::counts;
