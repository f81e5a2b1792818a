//! How far is the screening of an adult, and may they meet students today?
//!
//! Eight steps, one after the other. Only what came of a step is kept: who wrote it down, when, and through which day
//! it holds. The state is never stored; it follows from these entries and the day, so what runs out does so by itself.
//! A stop takes everything back: who starts again starts at the first step.

use super::words::words;
use crate::plan::Day;

/// How many days before something runs out it is told.
pub const WARNING_DAYS: i32 = 30;

/// The longest that any step may be said to hold, in months: a later day is a slip of the keyboard.
const LONGEST_MONTHS: u8 = 60;

/// A step of the screening, in the order in which they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// They asked to become a mentor.
    Applied,
    /// Somebody of the programme spoke with them.
    Interviewed,
    /// People who know them were asked.
    References,
    /// They were sent to have their fingerprints taken.
    LiveScanAsked,
    /// The Department of Justice answered, and the programme may go on. The answer itself is not kept.
    Cleared,
    /// They were trained to see and report abuse and neglect (Business and Professions Code 18975).
    Trained,
    /// They signed the agreement of the programme.
    AgreementSigned,
    /// The programme says: they may be matched.
    Matchable,
}

words! { Step:
    Applied = "applied", Interviewed = "interviewed", References = "references", LiveScanAsked = "live-scan-asked",
    Cleared = "cleared", Trained = "trained", AgreementSigned = "agreement-signed", Matchable = "matchable",
}

/// Why a screening was stopped. Never what a check found: that is not ours to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// They do not want to go on.
    Withdrew,
    /// They no longer answer.
    NoAnswer,
    /// The programme does not go on with them.
    Decided,
    /// Something new has to be looked at before they meet a student again.
    Review,
    /// A step was written down that was not taken.
    Mistake,
}

words! { Why:
    Withdrew = "withdrew", NoAnswer = "no-answer", Decided = "decided", Review = "review", Mistake = "mistake",
}

/// What was written down about somebody's screening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A step was taken.
    Done {
        /// Which one.
        step: Step,
        /// The day it was written down.
        on: Day,
        /// The last day on which it holds; none when it holds until something is heard.
        ends_on: Option<Day>,
    },
    /// The screening was stopped.
    Stopped {
        /// Why.
        why: Why,
        /// The day.
        on: Day,
    },
}

/// How long steps hold, in months; none when there is no end to them.
///
/// The law names no number for these. An operator confirms them with counsel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// A clearance.
    pub cleared: Option<u8>,
    /// The training.
    pub trained: Option<u8>,
    /// The agreement.
    pub agreement: Option<u8>,
}

impl Terms {
    /// What holds unless an operator says otherwise: training and agreement are renewed each year. A clearance has no
    /// end, since the Department of Justice tells the programme of later arrests (Penal Code 11105.2).
    pub const DEFAULT: Terms = Terms { cleared: None, trained: Some(12), agreement: Some(12) };

    /// How long a step holds.
    pub const fn of(self, step: Step) -> Option<u8> {
        match step {
            Step::Cleared => self.cleared,
            Step::Trained => self.trained,
            Step::AgreementSigned => self.agreement,
            _ => None,
        }
    }

    /// The last day on which a step that is taken today holds, unless somebody says an earlier one.
    pub fn ends_on(self, step: Step, today: Day) -> Option<Day> {
        self.of(step).map(|months| months_after(today, months))
    }
}

impl Default for Terms {
    fn default() -> Terms {
        Terms::DEFAULT
    }
}

impl Step {
    /// Whether it can run out. The others are things that happened, and stay so.
    pub const fn runs_out(self) -> bool {
        matches!(self, Step::Cleared | Step::Trained | Step::AgreementSigned)
    }

    /// The steps that are taken before it.
    pub fn before(self) -> &'static [Step] {
        &Step::ALL[..self as usize]
    }
}

/// What is wrong with what somebody wants to write down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A step before it is missing or has run out.
    #[error("{} comes first", .0.slug())]
    First(Step),
    /// The step is taken, and does not run out.
    #[error("this step is taken already")]
    Taken,
    /// This step has no end.
    #[error("this step does not run out")]
    NoEnd,
    /// The last day is over already.
    #[error("the last day is over already")]
    Over,
    /// The last day is later than the programme's terms allow.
    #[error("the last day can be {0} at the latest")]
    TooLate(Day),
    /// There is nothing to stop.
    #[error("no screening is under way")]
    NotBegun,
}

/// How far somebody is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screening {
    /// The last step that holds together with all before it.
    pub step: Option<Step>,
    /// The steps that were never taken, since the last stop.
    pub missing: Vec<Step>,
    /// The steps that have run out.
    pub expired: Vec<Step>,
    /// What runs out first of all that still holds, and its last day.
    pub ends: Option<(Step, Day)>,
    /// Since when nothing happened that brings them further.
    pub since: Option<Day>,
    /// The last thing written down was a stop.
    pub stopped: Option<Why>,
}

impl Screening {
    /// Whether they may meet students.
    pub fn cleared(&self) -> bool {
        self.missing.is_empty() && self.expired.is_empty()
    }

    /// The step that is to be taken now; none when all hold.
    pub fn next(&self) -> Option<Step> {
        Step::ALL.iter().copied().find(|step| self.missing.contains(step) || self.expired.contains(step))
    }

    /// Whether something that still holds runs out within the days of warning.
    pub fn ends_soon(&self, today: Day) -> Option<(Step, Day)> {
        self.ends.filter(|(_, day)| today.days_until(*day) <= WARNING_DAYS)
    }
}

/// For each step, in their order, which entry counts: the newest one since the last stop.
pub fn counting(history: &[Entry]) -> [Option<usize>; 8] {
    let mut counting = [None; 8];
    for (at, entry) in history.iter().enumerate() {
        match entry {
            Entry::Done { step, .. } => counting[*step as usize] = Some(at),
            Entry::Stopped { .. } => counting = [None; 8],
        }
    }
    counting
}

/// How far somebody is today, from everything that was written down, oldest first.
pub fn state(history: &[Entry], today: Day) -> Screening {
    let mut found = Screening::default();
    let mut unbroken = true;
    for (step, at) in Step::ALL.iter().copied().zip(counting(history)) {
        let Some(Entry::Done { on, ends_on, .. }) = at.map(|at| history[at]) else {
            found.missing.push(step);
            unbroken = false;
            continue;
        };
        found.since = found.since.max(Some(on));
        match ends_on {
            Some(day) if day < today => {
                found.expired.push(step);
                // Waiting begins the day after the last one on which it held.
                found.since = found.since.max(day.tomorrow());
                unbroken = false;
            }
            Some(day) if found.ends.is_none_or(|(_, first)| day < first) => found.ends = Some((step, day)),
            _ => {}
        }
        if unbroken {
            found.step = Some(step);
        }
    }
    if let Some(Entry::Stopped { why, on }) = history.last() {
        found.stopped = Some(*why);
        found.since = Some(*on);
    }
    found
}

/// Whether somebody may meet students today.
pub fn cleared(history: &[Entry], today: Day) -> bool {
    state(history, today).cleared()
}

/// What taking a step today comes to. A step that can run out may be taken again before it does.
///
/// # Errors
/// [`Wrong`], when a step would be skipped or taken twice, or its last day cannot be.
pub fn take(
    history: &[Entry],
    today: Day,
    step: Step,
    ends_on: Option<Day>,
    terms: Terms,
) -> Result<Entry, Wrong> {
    let now = state(history, today);
    let lacks = |step: &Step| now.missing.contains(step) || now.expired.contains(step);
    if let Some(first) = step.before().iter().find(|before| lacks(before)) {
        return Err(Wrong::First(*first));
    }
    if !lacks(&step) && !step.runs_out() {
        return Err(Wrong::Taken);
    }
    let ends_on = last_day(today, step, ends_on, terms)?;
    Ok(Entry::Done { step, on: today, ends_on })
}

fn last_day(today: Day, step: Step, wanted: Option<Day>, terms: Terms) -> Result<Option<Day>, Wrong> {
    let latest = months_after(today, terms.of(step).unwrap_or(LONGEST_MONTHS));
    match wanted {
        None => Ok(terms.ends_on(step, today)),
        Some(_) if !step.runs_out() => Err(Wrong::NoEnd),
        Some(day) if day < today => Err(Wrong::Over),
        Some(day) if day > latest => Err(Wrong::TooLate(latest)),
        Some(day) => Ok(Some(day)),
    }
}

/// What stopping today comes to.
///
/// # Errors
/// [`Wrong::NotBegun`].
pub fn stop(history: &[Entry], today: Day, why: Why) -> Result<Entry, Wrong> {
    match history.last() {
        Some(Entry::Done { .. }) => Ok(Entry::Stopped { why, on: today }),
        Some(Entry::Stopped { .. }) | None => Err(Wrong::NotBegun),
    }
}

/// The same day some months later, or the last of that month when it is shorter.
fn months_after(day: Day, months: u8) -> Day {
    let months = i16::from(day.month()) - 1 + i16::from(months);
    let (year, month) = (day.year() + months / 12, u8::try_from(months % 12 + 1).unwrap_or(1));
    (28..=day.day()).rev().chain([day.day()]).find_map(|day| Day::new(year, month, day)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_where_the_shorter_month_does() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        for (from, months, to) in [
            ("2026-11-22", 12, "2027-11-22"),
            ("2026-11-22", 1, "2026-12-22"),
            ("2026-12-31", 1, "2027-01-31"),
            ("2027-01-31", 1, "2027-02-28"),
            ("2028-02-29", 12, "2029-02-28"),
            ("2028-02-29", 48, "2032-02-29"),
            ("2026-08-05", 60, "2031-08-05"),
        ] {
            assert_eq!(months_after(day(from), months), day(to), "{months} after {from}");
        }
    }

    #[test]
    fn a_word_leads_back_to_what_it_stands_for() {
        for step in Step::ALL {
            assert_eq!(Step::from_slug(step.slug()), Some(*step));
        }
        for why in Why::ALL {
            assert_eq!(Why::from_slug(why.slug()), Some(*why));
        }
        assert_eq!(Step::from_slug("stopped"), None, "a stop is no step");
    }
}
