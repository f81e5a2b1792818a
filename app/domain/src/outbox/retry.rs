//! What follows a try that came to nothing?

/// Tries before a notice is given up: the last comes a day and a half after the first.
pub const MOST_TRIES: u32 = WAITS.len() as u32 + 1;

/// Minutes between one try and the next. Mail servers that ask for patience want minutes; one that is down may be
/// down for a night.
const WAITS: [i64; 6] = [1, 5, 30, 120, 480, 1_440];

/// How many minutes to wait after so many tries; none when it is given up.
pub fn minutes_until_next_try(tries: u32) -> Option<i64> {
    let last = usize::try_from(tries).ok()?.checked_sub(1)?;
    WAITS.get(last).copied()
}
