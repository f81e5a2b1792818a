//! What was done and read, what is kept for how long, and is all of it still there?
//!
//! | module | question |
//! |---|---|
//! | [`audit`] | what was done and read, by whom, and can anybody have changed that since? |

pub mod audit;
