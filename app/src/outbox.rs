//! Pages about notices. Only the server draws them ([`crate::drawn`]).
//!
//! | module | what it draws |
//! |---|---|
//! | [`notices`] | which notices come, and when |
//! | [`stop`] | the page behind the link in a mail that stops a kind of notice |
//! | [`words`] | how a kind of notice is called |

pub mod notices;
pub mod stop;
pub mod words;
