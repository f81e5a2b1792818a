//! Who is here, and how do they get in?
//!
//! | module | question |
//! |---|---|
//! | [`organisation`] | which organisations are there, and what stands above each? |
//! | [`person`] | who is somebody, and what do the rules need to know about them? |
//! | [`role`] | which roles does somebody have, and where? |
//! | [`sweep`] | what that lets people in has run out, and can go? |

pub mod organisation;
pub mod person;
pub mod role;
pub mod sweep;
