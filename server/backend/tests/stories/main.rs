//! Stories of the backend, told on SQLite or, when `TEST_DATABASE_URL` names a PostgreSQL, on that.
//!
//! Each story has a database of its own, and the same text runs on both.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod catalogue;
mod classroom;
mod college;
mod directory;
mod family;
mod figures;
mod files;
mod gtfs;
mod hostile;
mod people;
mod recognition;
mod roster;
mod rights;
mod seam;
mod typed;
mod world;
