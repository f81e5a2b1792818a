//! What time is it, and who may move it?

use domain::outbox::Local;
use domain::plan::Day;
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, offset};
use jiff::{Span, Timestamp};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{SystemTime, UNIX_EPOCH};

/// A moment, in milliseconds since 1970-01-01 UTC.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type, serde::Serialize, serde::Deserialize,
)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct Millis(pub i64);

/// The zone is built in, so the standard time in its place is never used.
static ZONE: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("America/Los_Angeles").unwrap_or(TimeZone::fixed(offset(-8))));

/// The day in Los Angeles at a moment: deadlines are days there, wherever the server stands.
pub fn today_in_los_angeles(now: Millis) -> Day {
    in_los_angeles(now).day
}

/// The day and the minute in Los Angeles at a moment.
pub fn in_los_angeles(now: Millis) -> Local {
    let moment = Timestamp::from_millisecond(now.0);
    let moment = moment.unwrap_or(if now.0 < 0 { Timestamp::MIN } else { Timestamp::MAX });
    let (date, time) = {
        let local = ZONE.to_datetime(moment);
        (local.date(), local.time())
    };
    let day = Day::new(date.year(), date.month().unsigned_abs(), date.day().unsigned_abs());
    let minute = u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs());
    Local { day: day.unwrap_or(Day::FIRST), minute }
}

/// The moment at which a minute begins in Los Angeles. One that the change to daylight saving time leaves out is the
/// same minute an hour later; of one that comes twice in the autumn the first is meant.
pub fn moment_in_los_angeles(local: Local) -> Millis {
    let Local { day, minute } = local;
    let part = |number: u8| i8::try_from(number).unwrap_or(1);
    let midnight = DateTime::new(day.year(), part(day.month()), part(day.day()), 0, 0, 0, 0);
    let at = midnight.unwrap_or(DateTime::ZERO).saturating_add(Span::new().minutes(minute));
    let moment = ZONE.to_ambiguous_timestamp(at).compatible();
    Millis(moment.map_or(i64::MAX, Timestamp::as_millisecond))
}

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

    /// The present day in Los Angeles.
    pub fn today(&self) -> Day {
        today_in_los_angeles(self.now())
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

    #[test]
    fn a_day_in_los_angeles_begins_at_its_midnight_in_summer_and_in_winter() {
        for (utc, day) in [
            // Standard time, eight hours behind.
            ("2026-11-13T07:59:59.999Z", "2026-11-12"),
            ("2026-11-13T08:00:00Z", "2026-11-13"),
            ("2026-11-14T07:59:59.999Z", "2026-11-13"),
            ("2027-01-01T07:59:59.999Z", "2026-12-31"),
            ("2027-01-01T08:00:00Z", "2027-01-01"),
            ("2028-03-01T07:59:59Z", "2028-02-29"),
            // Daylight saving time, seven hours behind, from 14 March to 7 November 2027.
            ("2027-03-14T07:59:59Z", "2027-03-13"),
            ("2027-03-14T08:00:00Z", "2027-03-14"),
            ("2027-03-15T06:59:59Z", "2027-03-14"),
            ("2027-03-15T07:00:00Z", "2027-03-15"),
            ("2027-11-07T06:59:59Z", "2027-11-06"),
            ("2027-11-07T07:00:00Z", "2027-11-07"),
            ("2027-11-08T07:59:59Z", "2027-11-07"),
            ("2027-11-08T08:00:00Z", "2027-11-08"),
        ] {
            let moment: Timestamp = utc.parse().unwrap();
            let found = today_in_los_angeles(Millis(moment.as_millisecond()));
            assert_eq!(found.to_string(), day, "{utc}");
        }
    }

    #[test]
    fn a_day_lasts_23_to_25_hours_and_none_is_left_out() {
        let hour = 3_600_000;
        let begin: Timestamp = "2026-08-01T07:00:00Z".parse().unwrap();
        let (mut day, mut hours) = (today_in_los_angeles(Millis(begin.as_millisecond())), 0);
        for at in 0..24 * 800 {
            let now = today_in_los_angeles(Millis(begin.as_millisecond() + at * hour));
            if now == day {
                hours += 1;
                continue;
            }
            assert_eq!(Some(now), day.tomorrow());
            assert!((23..=25).contains(&hours), "{day} lasted {hours} hours");
            (day, hours) = (now, 1);
        }
    }

    #[test]
    fn a_minute_in_los_angeles_leads_back_to_its_moment() {
        for utc in
            ["2026-11-13T08:00:00Z", "2026-11-14T07:59:00Z", "2027-03-14T10:00:00Z", "2027-11-07T07:00:00Z"]
        {
            let moment: Timestamp = utc.parse().unwrap();
            let moment = Millis(moment.as_millisecond());
            assert_eq!(moment_in_los_angeles(in_los_angeles(moment)), moment, "{utc}");
        }
        let left_out = Local { day: "2027-03-14".parse().unwrap(), minute: 150 };
        assert_eq!(
            in_los_angeles(moment_in_los_angeles(left_out)).minute,
            210,
            "half past two is half past three"
        );
        let four = Local::at("2026-11-23".parse().unwrap(), 16);
        let utc: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
        assert_eq!(moment_in_los_angeles(four), Millis(utc.as_millisecond()));
    }

    #[test]
    fn no_moment_is_too_far() {
        for far in [i64::MIN, -3_000_000_000_000, 8_000_000_000_000, i64::MAX] {
            assert_eq!(today_in_los_angeles(Millis(far)), Day::FIRST);
        }
        assert_eq!(Clock::standing(Millis(0)).today().to_string(), "1969-12-31");
    }
}
