//! What was done and read, what is kept for how long, and is all of it still there?
//!
//! | module | question |
//! |---|---|
//! | [`audit`] | what was done and read, by whom, and can anybody have changed that since? |
//! | [`rights`] | what may a person do about their own record, and what becomes of what is kept? |

pub mod audit;
pub mod rights;
