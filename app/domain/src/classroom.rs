//! What may a class know of itself, when no student has an account?
//!
//! A counselor opens a class and gets a secret address; students get a short code. A student's list stays on the
//! student's device; what a device may send is a [`Summary`], a few choices without a name or a typed word.
//!
//! | module | question |
//! |---|---|
//! | [`code`] | what do students type to join? |
//! | [`summary`] | what may a device send? |
//! | [`count`](mod@count) | what does the class say when its summaries are put together? |
//! | [`hide`] | which counts are too small to be shown? |
//! | [`workshop`] | what does a counselor do in a class hour, and for how long? |

pub mod code;
pub mod count;
pub mod hide;
pub mod summary;
pub mod workshop;

pub use code::Code;
pub use count::{Counts, Shared, count};
pub use hide::Shown;
pub use summary::{Questions, Summary, Tongue, Worry};

/// Most summaries a class takes: a large class, and some who sent from a second device.
pub const MOST_SUMMARIES: usize = 60;

/// How long a class stays open, chosen when it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Span {
    /// Eight hours: a school day.
    Day,
    /// Seven days: opened and tried the day before, and used in two lessons.
    #[default]
    Week,
    /// Fourteen days, the longest.
    TwoWeeks,
}

impl Span {
    /// All of them, shortest first.
    pub const ALL: [Span; 3] = [Span::Day, Span::Week, Span::TwoWeeks];

    /// In hours.
    pub const fn hours(self) -> u16 {
        match self {
            Span::Day => 8,
            Span::Week => 7 * 24,
            Span::TwoWeeks => 14 * 24,
        }
    }

    /// What stands for it in a form: its hours.
    pub fn from_hours(typed: &str) -> Option<Span> {
        let hours = typed.parse().ok()?;
        Span::ALL.into_iter().find(|span| span.hours() == hours)
    }
}

/// Why a class says no. What a person is told about it stands in the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No open class has this code or address: never opened, mistyped, ended or expired. It is not said which, so
    /// that nobody learns whether a code was ever in use.
    #[error("there is no such class")]
    NoClass,
    /// The class has taken as many summaries as it takes.
    #[error("the class is full")]
    Full,
}

/// May one more summary come in? A device that already sent one replaces it, also in a full class.
///
/// # Errors
/// [`Refusal::Full`].
pub const fn admit(taken: usize, replaces: bool) -> Result<(), Refusal> {
    if replaces || taken < MOST_SUMMARIES { Ok(()) } else { Err(Refusal::Full) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_class_takes_replacements_only() {
        let cases = [(0, false, true), (59, false, true), (60, false, false), (60, true, true)];
        for (taken, replaces, welcome) in cases {
            assert_eq!(admit(taken, replaces).is_ok(), welcome, "{taken} {replaces}");
        }
    }

    #[test]
    fn a_class_lasts_fourteen_days_at_most() {
        for span in Span::ALL {
            assert!(span.hours() <= 14 * 24);
            assert_eq!(Span::from_hours(&span.hours().to_string()), Some(span));
        }
        for typed in ["", "9", "100000", "-8", "8h"] {
            assert_eq!(Span::from_hours(typed), None, "{typed}");
        }
    }
}
