//! What does a counselor do in a class hour, and for how long?
//!
//! The order and the minutes; the words stand in the texts, in both languages.

/// One step of the workshop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub deed: Deed,
    /// How long it takes, in minutes.
    pub minutes: u16,
}

/// What is done in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Say what the hour is for and what stays private; students open the site.
    Welcome,
    /// Each student finds the school they get if they do nothing.
    Default,
    /// Search, filter, and save what could fit.
    Explore,
    /// Two schools side by side, with a neighbour.
    Compare,
    /// A list with a back-up.
    List,
    /// Questions for the open house.
    Ask,
    /// Join with the code, send the summary, look at the counts together.
    Share,
    /// Take the page home.
    Home,
}

/// A class hour of 50 minutes.
pub const WORKSHOP: [Step; 8] = [
    Step { deed: Deed::Welcome, minutes: 5 },
    Step { deed: Deed::Default, minutes: 6 },
    Step { deed: Deed::Explore, minutes: 12 },
    Step { deed: Deed::Compare, minutes: 7 },
    Step { deed: Deed::List, minutes: 6 },
    Step { deed: Deed::Ask, minutes: 5 },
    Step { deed: Deed::Share, minutes: 5 },
    Step { deed: Deed::Home, minutes: 4 },
];

/// The steps with the minute in which each begins and ends, counted from the bell.
pub fn timed() -> impl Iterator<Item = (Step, u16, u16)> {
    WORKSHOP.into_iter().scan(0, |now, step| {
        let begins = *now;
        *now += step.minutes;
        Some((step, begins, *now))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_fill_a_class_hour_without_a_gap() {
        let mut now = 0;
        for (step, begins, ends) in timed() {
            assert_eq!((begins, ends), (now, now + step.minutes));
            assert!(step.minutes >= 4, "{step:?} is too short to do anything");
            now = ends;
        }
        assert_eq!(now, 50);
    }

    #[test]
    fn nothing_is_done_twice() {
        for (at, step) in WORKSHOP.iter().enumerate() {
            assert!(WORKSHOP[..at].iter().all(|before| before.deed != step.deed), "{:?}", step.deed);
        }
    }
}
