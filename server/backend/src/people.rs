//! Who is here, and how do they get in?
//!
//! | module | question |
//! |---|---|
//! | [`challenge`] | what waits for a browser's answer? |
//! | [`factors`] | which second factors has somebody, and how is one shown? |
//! | [`organisation`] | which organisations are there, and what stands above each? |
//! | [`passkey`] | which passkey is this, and whose? |
//! | [`person`] | who is somebody, and what do the rules need to know about them? |
//! | [`recovery`] | how does somebody get in who lost their phone? |
//! | [`role`] | which roles does somebody have, and where? |
//! | [`sso`] | whom does a district's own sign-in say this is? |
//! | [`totp`] | which code does an app on a phone show now? |

pub(crate) mod challenge;
pub mod factors;
pub mod organisation;
pub mod passkey;
pub mod person;
pub mod recovery;
pub mod role;
pub mod sso;
pub mod totp;
