//! What happens in Pathways: use cases, SQL, files.
//!
//! | module | question |
//! |---|---|
//! | [`database`] | how does one query text reach either database? |
//! | [`clock`] | what time is it, and who may move it? |
//! | [`fault`] | what went wrong, in words an operator can act on? |
//! | [`import`] | what does a public file say, and what would it change? |
//! | [`catalogue`] | which facts does the project ship? |
//! | [`explorer`] | what does the browser receive? |
//! | [`rulebook`] | which rules, dates and texts does the rule file hold? |
//! | [`classroom`] | what happens in a class without accounts? |
//! | [`check`] | is what the database holds sound? |
//! | [`transit`] | which timetable are trips computed from? |
//! | [`people`] | who is here, and how do they get in? |
//! | [`family`] | who belongs to a student's family, and what did it allow? |
//! | [`admin`] | what was done and read, what is kept for how long, and is all of it still there? |
//! | [`roster`] | what does a district's roster say, and what would it change? |
//! | [`outbox`] | what is to be told to whom? |
//! | [`seal`] | how is a secret kept that must be read again? |
//! | [`secret`] | how is a secret made, written and kept? |
//! | [`stop`] | why did nothing come of what was asked? |
//! | `record` | which rows are there, and how are they read and written? |

pub mod admin;
pub mod catalogue;
pub mod check;
pub mod classroom;
pub mod clock;
pub mod database;
pub mod explorer;
pub mod family;
pub mod fault;
pub mod import;
pub mod outbox;
pub mod people;
pub(crate) mod record;
pub mod roster;
pub mod rulebook;
pub mod seal;
pub mod secret;
pub mod stop;
pub mod transit;

pub use clock::{Clock, Millis};
pub use database::Database;
pub use fault::Fault;
pub use stop::Stop;
