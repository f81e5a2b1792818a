//! The plan: from a list of schools to a decision, with steps and dates.
//!
//! | page | module |
//! |---|---|
//! | `/start` | [`start`]: six questions, one at a time |
//! | `/fit` | [`fit`]: the schools that fit the answers, with reasons |
//! | `/voices` | [`voices`]: where a student and a guardian agree |
//!
//! [`words`] says answers, reasons and trips in plain words; [`ways`] knows the trip to each school; [`forms`] lets a
//! form walk to its page without loading the document anew. All of it lives in addresses and on the device.

pub mod fit;
pub mod forms;
pub mod start;
pub mod voices;
pub mod ways;
pub mod words;
