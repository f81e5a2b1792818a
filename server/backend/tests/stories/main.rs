//! Stories of the backend, told on SQLite or, when `TEST_DATABASE_URL` names a PostgreSQL, on that.
//!
//! Each story has a database of its own, and the same text runs on both.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod audit;
mod authenticator;
mod backup;
mod cast;
mod catalogue;
mod classroom;
mod college;
mod directory;
mod district;
mod factors;
mod family;
mod figures;
mod files;
mod gtfs;
mod hostile;
mod inventory;
mod jobs;
mod outbox;
mod passkey;
mod people;
mod people_list;
mod proof;
mod recognition;
mod reset;
mod rights;
mod roster;
mod screening;
mod sealed;
mod seam;
mod suspension;
mod tables;
mod typed;
mod world;
