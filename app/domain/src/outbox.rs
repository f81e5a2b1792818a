//! What is told to whom, and when? Kinds of notices, the hours in which none comes, and what follows a failed try.

mod fate;
mod hours;
mod kind;
mod retry;

pub use fate::{Asked, Fate, Reader, Unsent, fate};
pub use hours::{DIGEST_HOUR, Local, due, is_quiet};
pub use kind::{NoticeKind, Way};
pub use retry::{MOST_TRIES, minutes_until_next_try};
