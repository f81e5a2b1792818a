//! What was done and read, what is kept for how long, and is all of it still there?
//!
//! | module | question |
//! |---|---|
//! | [`audit`] | what was done and read, by whom, and can anybody have changed that since? |
//! | [`backup`] | is all of it in a file, and does that file make it again? |
//! | [`inventory`] | what is kept, why, for how long, and who sees it? |
//! | [`job`] | how does work come again, once, whatever the number of processes? |
//! | [`operations`] | how are the machines? |
//! | `key` | what does this installation sign with? |

pub mod audit;
pub mod job;
pub(crate) mod key;
pub mod operations;
//! | [`rights`] | what may a person do about their own record, and what becomes of what is kept? |
//! | [`schema`] | which tables are there, with which columns? |

pub mod audit;
pub mod backup;
pub mod inventory;
pub mod rights;
pub mod schema;
