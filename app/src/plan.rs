//! The plan: from a list of schools to a decision, with steps and dates.
//!
//! | page | module |
//! |---|---|
//! | `/start` | [`start`]: six questions, one at a time |
//! | `/fit` | [`fit`]: the schools that fit the answers, with reasons |
//! | `/voices` | [`voices`]: where a student and a guardian agree |
//! | `/list` | [`list`]: in the person's own order, with marks, notes and the check |
//! | `/dates` | [`dates`]: every door, by when, and who does it |
//! | `/take-home` | [`take_home`]: one page for paper, drawn by [`paper`] |
//!
//! [`listed`] knows which list a page speaks of, [`notes`] keeps what a person wrote, [`own_school`] asks which school
//! would come by itself, [`focus`] keeps the keyboard in its place, [`saying`] puts rules and dates in words. [`words`] says answers, reasons and trips in plain words; [`ways`] knows the trip to each school; [`forms`] lets a
//! form walk to its page without loading the document anew. All of it lives in addresses and on the device.

pub mod dates;
pub mod fit;
pub mod focus;
pub mod forms;
pub mod list;
pub mod listed;
pub mod nav;
pub mod notes;
pub mod own_school;
pub mod paper;
pub mod saying;
pub mod start;
pub mod take_home;
pub mod voices;
pub mod ways;
pub mod words;
