//! What is left to do in four years: for the diploma, and for the University of California (UC) and California State
//! University (CSU)?
//!
//! The rules are those of the Los Angeles Unified School District (LAUSD) diploma, 210 credits in which a D passes,
//! and of the "A-G" list of UC and CSU: 15 year-long classes with a C or better, 11 of them before grade 12. Algebra
//! and a language from middle school can count toward A-G. What a class gives in credits is not published with these
//! rules, so it is a number that the student can change ([`YearPlan::credits`]).
//!
//! | module | question |
//! |---|---|
//! | [`course`] | what is one class of a plan, and what does its grade count for? |
//! | [`plan`] | which classes does a student plan in which year? |
//! | `address` | how does a plan stand in an address? |
//! | [`tally`](mod@tally) | what is done, planned and left? |
//! | [`remark`] | what should be said about a plan? |
//! | `example` | what could a plan look like that does it all? |

mod address;
pub mod course;
mod example;
pub mod plan;
pub mod remark;
pub mod tally;

pub use course::{Class, Course, Grade, Length, Standing, Subject, Year};
pub use plan::YearPlan;
pub use remark::{CourseNote, Remark};
pub use tally::{Credits, Share, Tally};

/// Credits of the LAUSD diploma.
pub const DIPLOMA: u16 = 210;

/// Year-long A-G classes that UC and CSU ask for. The sum of [`Subject::need`] in whole years.
pub const A_TO_G: u16 = 15;

/// How many of them before grade 12.
pub const BEFORE_SENIOR: u16 = 11;

/// The year in which an 8th grader of 2026-27 graduates.
pub const GRADUATION: u16 = 2031;
