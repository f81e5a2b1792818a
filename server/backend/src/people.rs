//! Who is here, and how do they get in?
//!
//! | module | question |
//! |---|---|
//! | [`list`] | who is at a place? |
//! | [`organisation`] | which organisations are there, and what stands above each? |
//! | [`person`] | who is somebody, and what do the rules need to know about them? |
//! | [`record`] | what is kept about somebody, as those who work with them see it? |
//! | [`role`] | which roles does somebody have, and where? |
//! | [`screening`] | how far is the screening of each mentor, and what runs out? |
//! | [`suspension`] | how does an adult lose a role, or the way in, at once? |

pub mod list;
pub mod organisation;
pub mod person;
pub mod record;
pub mod role;
pub mod screening;
pub mod suspension;
