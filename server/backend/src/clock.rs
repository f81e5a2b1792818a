//! What time is it, and who may move it?

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A moment, in milliseconds since 1970-01-01 UTC.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type, serde::Serialize, serde::Deserialize,
)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct Millis(pub i64);

/// Where the time comes from: the machine, or a test.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still until it is moved.
    Standing(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at` until [`advance`](Clock::advance) moves it.
    pub fn standing(at: Millis) -> Clock {
        Clock::Standing(Arc::new(AtomicI64::new(at.0)))
    }

    /// The present moment.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everything else takes the time from"
    )]
    pub fn now(&self) -> Millis {
        match self {
            Clock::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Clock::Standing(at) => Millis(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a standing clock forward; the machine's clock is left alone.
    pub fn advance(&self, milliseconds: i64) {
        if let Clock::Standing(at) = self {
            at.fetch_add(milliseconds, Ordering::SeqCst);
        }
    }
}
