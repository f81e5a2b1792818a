//! What time is it, and who may move it?

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
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

    /// The present day in Los Angeles, where every date of a door is meant.
    pub fn today(&self) -> Date {
        let zone = TimeZone::get("America/Los_Angeles").unwrap_or(TimeZone::UTC);
        let now = Timestamp::from_millisecond(self.now().0).unwrap_or_default();
        now.to_zoned(zone).date()
    }

    /// Moves a standing clock forward; the machine's clock is left alone.
    pub fn advance(&self, milliseconds: i64) {
        if let Clock::Standing(at) = self {
            at.fetch_add(milliseconds, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_day_is_that_of_los_angeles() {
        // Seconds since 1970 of an instant in UTC, and the day it is on the Pacific coast.
        let cases = [
            ("2026-12-31T23:59:59Z", date(2026, 12, 31)),
            ("2027-01-01T07:59:59Z", date(2026, 12, 31)),
            ("2027-01-01T08:00:00Z", date(2027, 1, 1)),
            // Summer time is an hour nearer to UTC.
            ("2026-07-01T06:59:59Z", date(2026, 6, 30)),
            ("2026-07-01T07:00:00Z", date(2026, 7, 1)),
            ("2026-03-08T09:59:59Z", date(2026, 3, 8)),
        ];
        for (instant, day) in cases {
            let instant: Timestamp = instant.parse().unwrap();
            assert_eq!(Clock::standing(Millis(instant.as_millisecond())).today(), day, "{instant}");
        }
    }
}
