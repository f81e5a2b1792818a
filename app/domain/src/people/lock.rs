//! When has somebody guessed often enough?
//!
//! Wrong tries are counted by account or card, and apart for each browser that its owner got in with before. So
//! nobody can lock a person out of their own browser from elsewhere. Who tries all thousand numbers of a class makes
//! its PINs wait on every other browser, but locks nobody out: the [backup code](super::card::BackupCode) on each card
//! gets its student in anywhere, and is never counted, for it cannot be guessed.

/// Windows in milliseconds, and how many wrong tries each allows.
pub const WINDOWS: [(i64, usize); 2] = [(15 * 60_000, 10), (24 * 3_600_000, 60)];

/// How long a wrong try is remembered, in milliseconds.
pub const REMEMBERED: i64 = WINDOWS[1].0;

/// May there be one more try? `tries` are the moments of the wrong ones, in any order; all times in milliseconds.
///
/// # Errors
/// How many milliseconds to wait, at least 1.
pub fn one_more(tries: &[i64], now: i64) -> Result<(), i64> {
    let mut wait = 0;
    for (window, most) in WINDOWS {
        let mut within: Vec<i64> = tries.iter().copied().filter(|at| now - at < window).collect();
        if within.len() >= most {
            within.sort_unstable();
            // When this one leaves the window, there is room again.
            let leaves = within[within.len() - most] + window;
            wait = wait.max(leaves - now);
        }
    }
    if wait > 0 { Err(wait) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ten_wrong_tries_then_a_wait() {
        let tries: Vec<i64> = (0..10).map(|n| n * 1_000).collect();
        assert_eq!(one_more(&tries[..9], 10_000), Ok(()));
        assert_eq!(one_more(&tries, 10_000), Err(15 * 60_000 - 10_000), "until the first is forgotten");
        assert_eq!(one_more(&tries, 15 * 60_000), Ok(()));
    }

    #[test]
    fn patience_does_not_help_a_guesser() {
        let mut tries = Vec::new();
        let mut now = 0;
        while now < 24 * 3_600_000 {
            match one_more(&tries, now) {
                Ok(()) => tries.push(now),
                Err(wait) => now += wait,
            }
        }
        assert_eq!(tries.len(), 60);
    }

    proptest! {
        #[test]
        fn after_the_wait_there_is_room(tries in proptest::collection::vec(0_i64..90_000_000, 0..100), now in 0_i64..90_000_000) {
            let tries: Vec<i64> = tries.into_iter().filter(|at| *at <= now).collect();
            if let Err(wait) = one_more(&tries, now) {
                prop_assert!(wait > 0 && wait <= REMEMBERED);
                prop_assert_eq!(one_more(&tries, now + wait), Ok(()));
            }
        }
    }
}
