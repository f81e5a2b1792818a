//! Who is here, and how do they get in?
//!
//! | module | question |
//! |---|---|
//! | [`list`] | who is at a place? |
//! | [`kept_plan`] | which plan did a student choose to keep here? |
//! | [`organisation`] | which organisations are there, and what stands above each? |
//! | [`person`] | who is somebody, and what do the rules need to know about them? |
//! | [`record`] | what is kept about somebody, as those who work with them see it? |
//! | [`role`] | which roles does somebody have, and where? |
//! | [`screening`] | how far is the screening of each mentor, and what runs out? |
//! | [`suspension`] | how does an adult lose a role, or the way in, at once? |
//! | [`invitation`] | who was asked to come, and as what? |
//! | [`making`] | how does a new organisation come, and a new student? |
//! | [`demo`] | who are the made-up people of a demo? |
//! | [`card`] | which cards does a class have, and what stands on a new one? |
//! | [`account`] | how does somebody change their own password? |
//! | [`sign_in`] | how does somebody get in? |
//! | [`session`] | who is behind this cookie? |
//! | [`password`] | is this the password, or the PIN? |
//! | [`reset`] | how does an adult get in again who forgot their password? |
//! | [`factors`] | which second factors has somebody, and how is one shown? |
//! | [`totp`] | which code does an app on a phone show now? |
//! | [`recovery`] | how does somebody get in who lost their phone? |
//! | [`passkey`] | which passkey is this, and whose? |
//! | [`sso`] | whom does a district's own sign-in say this is? |
//! | `challenge` | what waits for a browser's answer? |
//! | `tries` | how often was this tried wrongly? |
//! | [`device`] | is this a browser that its owner got in with before? |
//! | [`sweep`] | what that lets people in has run out, and can go? |

pub mod account;
pub mod card;
mod challenge;
pub mod demo;
pub mod device;
pub mod factors;
pub mod invitation;
pub mod kept_plan;
pub mod list;
pub mod making;
pub mod organisation;
pub mod passkey;
pub mod password;
pub mod person;
pub mod proof;
pub mod record;
pub mod recovery;
pub mod reset;
pub mod role;
pub mod screening;
pub mod session;
pub mod sign_in;
pub mod sso;
pub mod suspension;
pub mod sweep;
pub mod totp;
mod tries;
