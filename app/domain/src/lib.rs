//! What is true in Pathways: rules and the shapes they speak about.
//!
//! Nothing here reads a clock, a file, a network or a random number, so every rule can be tested by a table or a
//! law, and the same code runs in the browser and on the server.

pub mod address;
pub mod admin;
pub mod classroom;
mod columns;
pub mod explorer;
pub mod family;
pub mod fit;
pub mod outbox;
pub mod people;
pub mod plan;
pub mod policy;
pub mod roster;
pub mod trip;
pub mod years;
