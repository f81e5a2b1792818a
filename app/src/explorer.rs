//! The explorer: find, compare and understand high schools.
//!
//! | page | module |
//! |---|---|
//! | `/` | [`home`] |
//! | `/schools` | [`schools`], made of [`ask`], [`filters`], [`results`], [`cards`] and [`card`] |
//! | `/schools/<code>` | [`school`], with [`chart`] |
//! | `/compare` | [`compare`] |
//! | `/map` | [`map`] |
//! | `/sources` | [`sources`] |
//!
//! [`words`] says facts and figures in plain words; [`asking`] is the question in the address; [`saved`] is the list
//! kept on the device, and [`device`] what else it remembers.

pub mod ask;
pub mod asking;
pub mod card;
pub mod cards;
pub mod chart;
pub mod compare;
pub mod device;
pub mod filters;
pub mod home;
pub mod map;
pub mod results;
pub mod saved;
pub mod school;
pub mod schools;
pub mod sources;
pub mod suggest;
pub mod words;
