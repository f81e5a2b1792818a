//! On which days does a feed's service run, and which of them is an ordinary school day?
//!
//! Of all Tuesdays, Wednesdays and Thursdays between the feed's first and last day the one is taken on which the same
//! services run as on most others; that leaves out holidays, and the weeks of works on a line. Where two sets of
//! services run equally often, the larger one is taken, then the earlier one.

use super::rows::{Said, Table};
use crate::fault::Fault;
use crate::import::Problem;
use crate::import::sheet::Row;
use domain::trip::Day;
use std::collections::{BTreeMap, HashMap};

const CALENDAR: Table = Table {
    name: "calendar.txt",
    columns: &[
        "service_id",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "start_date",
        "end_date",
    ],
    required: false,
};

const DATES: Table =
    Table { name: "calendar_dates.txt", columns: &["service_id", "date", "exception_type"], required: false };

/// Days from 1 January 1970.
type Date = i64;

/// When one service runs.
#[derive(Default)]
struct Times {
    /// Monday first.
    weekdays: [bool; 7],
    first: Date,
    last: Date,
    /// Dates on which it is otherwise: does it run?
    exceptions: HashMap<Date, bool>,
}

impl Times {
    fn runs(&self, date: Date) -> bool {
        let usually = (self.first..=self.last).contains(&date) && self.weekdays[weekday(date)];
        self.exceptions.get(&date).copied().unwrap_or(usually)
    }
}

/// All services of a feed, by their names.
pub(super) struct Services {
    all: BTreeMap<String, Times>,
    first: Date,
    last: Date,
}

/// The day that was chosen.
pub(super) struct Chosen {
    pub(super) day: Day,
    date: Date,
}

pub(super) fn read(said: &mut Said<'_>) -> Result<Services, Fault> {
    let mut all: BTreeMap<String, Times> = BTreeMap::new();
    let (mut first, mut last) = (Date::MAX, Date::MIN);
    let mut lines: HashMap<String, u64> = HashMap::new();
    said.each(CALENDAR, |row| {
        let id = row.required("service_id")?.to_owned();
        if let Some(before) = lines.insert(id.clone(), row.line) {
            return Err(row.problem("service_id", format!("stands in line {before} already")));
        }
        let mut weekdays = [false; 7];
        for (runs, column) in weekdays.iter_mut().zip(&CALENDAR.columns[1..8]) {
            *runs = row.one_of(column, None, 1)? == 1;
        }
        let (from, until) = (date(row, "start_date")?, date(row, "end_date")?);
        if until < from {
            return Err(row.problem("end_date", "lies before start_date"));
        }
        (first, last) = (first.min(from), last.max(until));
        all.insert(id, Times { weekdays, first: from, last: until, exceptions: HashMap::new() });
        Ok(())
    })?;
    said.each(DATES, |row| {
        let id = row.required("service_id")?.to_owned();
        let on = date(row, "date")?;
        let runs = match row.cell("exception_type") {
            "1" => true,
            "2" => false,
            _ => return Err(row.problem("exception_type", "neither 1 (added) nor 2 (removed)")),
        };
        if runs {
            (first, last) = (first.min(on), last.max(on));
        }
        let times = all.entry(id).or_insert_with(|| Times { first: 1, ..Times::default() });
        if times.exceptions.insert(on, runs).is_some() {
            return Err(row.problem("date", "this service has this date already"));
        }
        Ok(())
    })?;
    if all.is_empty() {
        let reason = "the feed has neither a calendar.txt nor a calendar_dates.txt with services";
        return Err(said.refuse(CALENDAR.name, Problem::whole(1, reason).into()));
    }
    Ok(Services { all, first, last })
}

impl Services {
    pub(super) fn known(&self, id: &str) -> bool {
        self.all.contains_key(id)
    }

    pub(super) fn runs(&self, id: &str, on: &Chosen) -> bool {
        self.all.get(id).is_some_and(|times| times.runs(on.date))
    }

    pub(super) fn first(&self) -> Day {
        day(self.first)
    }

    pub(super) fn last(&self) -> Day {
        day(self.last)
    }

    /// The ordinary school day.
    pub(super) fn school_day(&self) -> Option<Chosen> {
        // Which services run, how many dates are alike, and the first of them.
        let mut alike: BTreeMap<Vec<usize>, (u32, Date)> = BTreeMap::new();
        for date in (self.first..=self.last).filter(|date| (1..=3).contains(&weekday(*date))) {
            let running = self.all.values().enumerate().filter(|(_, times)| times.runs(date));
            let running: Vec<usize> = running.map(|(at, _)| at).collect();
            if !running.is_empty() {
                alike.entry(running).or_insert((0, date)).0 += 1;
            }
        }
        let most = alike.into_iter().max_by_key(|(running, (dates, first))| (*dates, running.len(), -*first));
        most.map(|(_, (_, date))| Chosen { day: day(date), date })
    }
}

/// 0 is Monday.
fn weekday(date: Date) -> usize {
    // 1 January 1970 was a Thursday.
    usize::try_from((date + 3).rem_euclid(7)).unwrap_or_default()
}

/// A date such as `20260818`.
fn date(row: &Row<'_>, column: &str) -> Result<Date, Problem> {
    let cell = row.required(column)?;
    let digits = cell.len() == 8 && cell.bytes().all(|byte| byte.is_ascii_digit());
    let number =
        cell.parse::<i64>().ok().filter(|number| digits && (20_000_101..21_000_101).contains(number));
    let date = number.map(|number| days(number / 10_000, number / 100 % 100, number % 100));
    // A day that the calendar does not have, such as 31 June, comes back as another one.
    date.filter(|date| {
        let Day { year, month, day } = day(*date);
        number == Some(i64::from(year) * 10_000 + i64::from(month) * 100 + i64::from(day))
    })
    .ok_or_else(|| row.problem(column, "a date is written 20260818"))
}

/// Days from 1 January 1970 to a day of the Gregorian calendar. Years are counted from March, so that the day that
/// leap years add is their last one.
fn days(year: i64, month: i64, day: i64) -> Date {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

/// Undoes [`days`], for years from 2000 to 2100: tries the few days that it can be.
fn day(date: Date) -> Day {
    let guess = 1970 + date.div_euclid(365);
    let year = (guess - 1..=guess).rev().find(|year| days(*year, 1, 1) <= date).unwrap_or(guess - 1);
    let month = (1..=12).rev().find(|month| days(year, *month, 1) <= date).unwrap_or(1);
    let small = |number: i64| u8::try_from(number).unwrap_or_default();
    Day {
        year: u16::try_from(year).unwrap_or_default(),
        month: small(month),
        day: small(date - days(year, month, 1) + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        // From the calendar: 1 January 2000 was a Saturday, 29 February 2024 a Thursday, 18 August 2026 a Tuesday.
        for (year, month, of_month, count, on) in
            [(1970, 1, 1, 0, 3), (2000, 1, 1, 10_957, 5), (2024, 2, 29, 19_782, 3), (2026, 8, 18, 20_683, 1)]
        {
            let date = days(year, month, of_month);
            assert_eq!((date, weekday(date)), (count, on), "{year}-{month}-{of_month}");
        }
        let mut before = day(days(2000, 1, 1));
        for date in days(2000, 1, 1) + 1..days(2101, 1, 1) {
            let now = day(date);
            assert_eq!(days(now.year.into(), now.month.into(), now.day.into()), date);
            assert!(now > before && now.day <= 31);
            before = now;
        }
    }
}
