//! Who is here, and how do they get in?
//!
//! | module | question |
//! |---|---|
//! | [`kept_plan`] | which plan did a student choose to keep here? |
//! | [`organisation`] | which organisations are there, and what stands above each? |
//! | [`person`] | who is somebody, and what do the rules need to know about them? |
//! | [`role`] | which roles does somebody have, and where? |
//! | [`invitation`] | who was asked to come, and as what? |
//! | [`making`] | how does a new organisation come, and a new student? |
//! | [`demo`] | who are the made-up people of a demo? |
//! | [`card`] | which cards does a class have, and what stands on a new one? |
//! | [`account`] | how does somebody change their own password? |
//! | [`sign_in`] | how does somebody get in? |
//! | [`session`] | who is behind this cookie? |
//! | [`password`] | is this the password, or the PIN? |
//! | `tries` | how often was this tried wrongly? |
//! | `device` | is this a browser that its owner got in with before? |

pub mod account;
pub mod card;
pub mod demo;
mod device;
pub mod invitation;
pub mod kept_plan;
pub mod making;
pub mod organisation;
pub mod password;
pub mod person;
pub mod role;
pub mod session;
pub mod sign_in;
mod tries;
