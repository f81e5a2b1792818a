//! May this address try one more class code?
//!
//! Only wrong codes are counted, and only codes: the secret of a room or of a wall has 256 bits, and who guesses at it
//! for a lifetime costs nobody anything. A school stands behind one address, and one prankster there must not stop its
//! classes. So a code that was right at an address stays open there, whatever was typed since: the counselor's own page
//! is enough, and so is the first student who came in. Only codes that nobody there has used wait.
//!
//! What that leaves to a guesser: [`WRONG`] allows 43,200 tries a day from one address. There are 282 billion codes, so
//! a class that is open for 14 days is found by such an address once in 467,000 times, one of a school day once in
//! twenty million; of a thousand classes that are all open for 14 days, one is found once in 467 times. Who finds one
//! sees nothing of it; they can send one more summary, as they could with the code from the wall.

use super::{House, REMEMBERED};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Three hundred wrong codes in ten minutes: forty students who each mistype seven times do not come near it.
pub(super) const WRONG: (u32, Duration) = (300, Duration::from_mins(10));

/// How long a code stays open at an address where it was right: as long as a class can be.
const STAYS: Duration = Duration::from_hours(14 * 24);

/// The eight symbols of a code.
type Symbols = [u8; 8];

/// The counts of this process.
#[derive(Default)]
pub(in super::super) struct Codes(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    /// Since when an address mistypes, and how often since.
    wrong: HashMap<House, (Instant, u32)>,
    /// When a code was last right at an address.
    right: HashMap<(House, Symbols), Instant>,
}

impl Codes {
    /// May this code be looked up from this address?
    pub(in super::super) fn may_try(&self, house: House, code: Symbols) -> bool {
        self.seen().may_try(house, code, Instant::now())
    }

    /// A code of this address opened nothing.
    pub(in super::super) fn missed(&self, house: House) {
        self.seen().missed(house, Instant::now());
    }

    /// This code opened a class at this address, or the class's own page was opened there.
    pub(in super::super) fn opened(&self, house: House, code: Symbols) {
        self.seen().opened(house, code, Instant::now());
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn may_try(&self, house: House, code: Symbols, now: Instant) -> bool {
        let (most, within) = WRONG;
        let fresh = |since: &Instant, lasts: Duration| now.duration_since(*since) < lasts;
        self.right.get(&(house, code)).is_some_and(|last| fresh(last, STAYS))
            || self.wrong.get(&house).is_none_or(|(since, times)| *times < most || !fresh(since, within))
    }

    fn missed(&mut self, house: House, now: Instant) {
        let within = WRONG.1;
        if self.wrong.len() > REMEMBERED {
            self.wrong.retain(|_, (since, _)| now.duration_since(*since) < within);
        }
        let (since, times) = self.wrong.entry(house).or_insert((now, 0));
        if now.duration_since(*since) >= within {
            (*since, *times) = (now, 0);
        }
        *times = times.saturating_add(1);
    }

    fn opened(&mut self, house: House, code: Symbols, now: Instant) {
        // Half of the time that is left, until there is room: the classes that meet now are the newest.
        let mut stays = STAYS;
        while self.right.len() > REMEMBERED && stays > Duration::from_secs(1) {
            self.right.retain(|_, last| now.duration_since(*last) < stays);
            stays /= 2;
        }
        self.right.insert((house, code), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: Symbols = *b"K7QX3MDH";
    const OTHER: Symbols = *b"K7QX3MDJ";

    fn house(address: &str) -> House {
        House::of(address.parse().unwrap())
    }

    /// A school from which more wrong codes came than an address has.
    fn used_up(now: Instant) -> (Seen, House) {
        let (mut seen, school) = (Seen::default(), house("203.0.113.7"));
        for _ in 0..WRONG.0 {
            assert!(seen.may_try(school, CODE, now));
            seen.missed(school, now);
        }
        (seen, school)
    }

    #[test]
    fn a_guesser_waits_and_the_neighbour_does_not() {
        let now = Instant::now();
        let (seen, school) = used_up(now);
        assert!(!seen.may_try(school, CODE, now));
        assert!(seen.may_try(house("203.0.113.8"), CODE, now));
        assert!(seen.may_try(school, CODE, now + WRONG.1));
    }

    #[test]
    fn a_code_that_was_right_here_stays_open() {
        let now = Instant::now();
        let (mut seen, school) = used_up(now);
        seen.opened(school, CODE, now);
        assert!(seen.may_try(school, CODE, now));
        assert!(!seen.may_try(school, OTHER, now), "another code is a guess");
        let later = now + STAYS;
        assert!(seen.right.contains_key(&(school, CODE)));
        seen.missed(school, later);
        assert!(seen.may_try(school, OTHER, later), "and the time of the wrong ones is over");
    }

    #[test]
    fn so_many_addresses_take_no_more_room_than_is_given() {
        let now = Instant::now();
        let mut seen = Seen::default();
        for at in 0..u32::try_from(3 * REMEMBERED).unwrap() {
            let one = House::of(std::net::IpAddr::from(at.to_be_bytes()));
            let then = now + Duration::from_secs(u64::from(at));
            seen.opened(one, CODE, then);
            seen.missed(one, then);
        }
        assert!(seen.right.len() <= REMEMBERED + 1);
        assert!(seen.wrong.len() <= REMEMBERED + 1);
    }
}
