//! Stories of the backend, told on SQLite or, when `TEST_DATABASE_URL` names a PostgreSQL, on that.
//!
//! Each story has a database of its own, and the same text runs on both.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod cast;
mod audit;
mod backup;
mod catalogue;
mod classroom;
mod college;
mod directory;
mod family;
mod figures;
mod files;
mod gtfs;
mod hostile;
mod inventory;
mod jobs;
mod outbox;
mod people;
mod people_list;
mod recognition;
mod rights;
mod roster;
mod screening;
mod seam;
mod suspension;
mod typed;
mod world;
