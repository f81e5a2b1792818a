//! For how long is something kept?
//!
//! Each class says what its time is counted from, how many days it is, and on what ground. Where no law that we know
//! of gives a number, ours is a default, to be confirmed with counsel.

use super::inventory::words;

words! {
    /// A class of retention.
    Retention:
    /// Public records: until a newer edition takes their place.
    Public = "public",
    /// What the program needs to run: as long as it is installed.
    Installed = "installed",
    /// A class without accounts: until it ends.
    Class = "class",
    /// What waits for an answer within minutes.
    Moment = "moment",
    /// Wrong tries to get in.
    Tries = "tries",
    /// A sign-in.
    Session = "session",
    /// A link or code that works once.
    Link = "link",
    /// A notice, once it is sent.
    Notice = "notice",
    /// An adult's account.
    Account = "account",
    /// The steps of an adult's screening.
    Screening = "screening",
    /// A school, class, programme or company.
    Organisation = "organisation",
    /// A student's record.
    Student = "student",
    /// What of a district's roster was not taken in.
    Roster = "roster",
    /// The audit.
    Audit = "audit",
    /// The receipt of a deletion, and why a record was held.
    Receipt = "receipt",
}

/// What the time is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Start {
    /// It has no end of its own: another takes its place, or the program is taken down.
    Never,
    /// When it was written.
    Written,
    /// When it ends by itself, is used or is sent.
    Over,
    /// When the person leaves: the last role ends.
    Leaves,
}

/// Why it is this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ground {
    /// A law gives it.
    Law(&'static str),
    /// Nothing personal, or the page promises it.
    Promise,
    /// Our default, to be confirmed with counsel.
    Default,
}

/// How long, from when, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// What the time is counted from.
    pub start: Start,
    /// Days after that.
    pub days: u32,
    /// Why it is this number.
    pub ground: Ground,
}

/// Seven years with their leap days.
const SEVEN_YEARS: u32 = 7 * 365 + 2;

/// Cal. Ed. Code and B&P as AB 801 changed them: a student's data goes within 60 days after they leave.
const AB_801: Ground = Ground::Law("AB 801");

impl Retention {
    /// The rule of the class.
    pub const fn rule(self) -> Rule {
        let (start, days, ground) = match self {
            Retention::Public | Retention::Installed => (Start::Never, 0, Ground::Promise),
            Retention::Class | Retention::Moment | Retention::Session => (Start::Over, 0, Ground::Promise),
            Retention::Tries => (Start::Written, 1, Ground::Default),
            Retention::Link | Retention::Notice | Retention::Roster => (Start::Over, 90, Ground::Default),
            Retention::Account => (Start::Leaves, 60, Ground::Default),
            Retention::Screening => (Start::Leaves, 3 * 365, Ground::Default),
            Retention::Organisation => (Start::Over, 365, Ground::Default),
            Retention::Student => (Start::Leaves, 60, AB_801),
            Retention::Audit | Retention::Receipt => (Start::Written, SEVEN_YEARS, Ground::Default),
        };
        Rule { start, days, ground }
    }

    /// The time in milliseconds that something of this class outlives what its time is counted from; none for what
    /// has no end of its own.
    pub fn milliseconds(self) -> Option<i64> {
        let Rule { start, days, .. } = self.rule();
        (start != Start::Never).then(|| i64::from(days) * 86_400_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_is_found_by_its_word_and_the_law_gives_sixty_days() {
        for class in Retention::ALL {
            assert_eq!(Retention::from_slug(class.slug()), Some(*class));
            assert_eq!(class.milliseconds().is_none(), class.rule().start == Start::Never);
            if class.rule().ground == AB_801 {
                assert_eq!(class.milliseconds(), Some(60 * 86_400_000));
            }
        }
        assert_eq!(Retention::from_slug("forever"), None);
        assert!(Retention::Audit.rule().days > Retention::Screening.rule().days);
    }
}
