//! Who is here, and how do they get in?
//!
//! | module | question |
//! |---|---|
//! | [`kept_plan`] | which plan did a student choose to keep here? |
//! | [`organisation`] | which organisations are there, and what stands above each? |
//! | [`person`] | who is somebody, and what do the rules need to know about them? |
//! | [`role`] | which roles does somebody have, and where? |

pub mod kept_plan;
pub mod organisation;
pub mod person;
pub mod role;
