//! Who asked too often?
//!
//! Only what fails is counted, by address and by what is guessed: forty Chromebooks behind one address may all come in
//! at once, and a guesser gets thirty tries, then one each twenty seconds, while others there still open other doors.
//! Opening is counted by address, sending by class. Each server process counts for itself; a code has 38 bits, so
//! several processes give a guesser nothing worth having. The codes of classes have a count of their own ([`codes`]).

mod codes;

use codes::Codes;
use domain::people::PersonId;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Thirty wrong keys in ten minutes.
const WRONG: (u32, Duration) = (30, Duration::from_mins(10));

/// Ten classes in an hour.
const OPENED: (u32, Duration) = (10, Duration::from_hours(1));

/// Two hundred summaries in ten minutes, of one class: five for each of forty.
const SENT: (u32, Duration) = (200, Duration::from_mins(10));

/// Sixty deeds in a minute, of one account.
const DONE: (u32, Duration) = (60, Duration::from_mins(1));

/// Twelve hundred deeds in ten minutes of people who are not signed in, from one address: a school of two thousand
/// begins its day behind one. Guessing is stopped long before that, by account and by card. The backup code of a
/// student's card is not counted: it opens although its address used up all of them.
const KNOCKED: (u32, Duration) = (1_200, Duration::from_mins(10));

/// Sixty deeds in ten minutes of one browser with which somebody got in before: it goes on where a flood of others used
/// up what its address has.
const KNOWN: (u32, Duration) = (60, Duration::from_mins(10));

/// Addresses that are remembered before those that asked long ago are forgotten.
const REMEMBERED: usize = 10_000;

/// An address as it is counted: an IPv6 network of 64 bits is one house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct House(u128);

impl House {
    pub(super) fn of(address: IpAddr) -> House {
        House(match address.to_canonical() {
            IpAddr::V4(four) => four.to_ipv6_mapped().to_bits(),
            IpAddr::V6(six) => six.to_bits() >> 64 << 64,
        })
    }
}

/// What can be guessed without an account. Each has tries of its own: a school's families come from the address of its
/// students.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The code of a family's paper.
    Paper,
    /// The number of a receipt.
    Receipt,
}

/// The counts of this process.
pub(super) struct Limits {
    wrong: DefaultKeyedRateLimiter<(Key, House)>,
    opened: DefaultKeyedRateLimiter<House>,
    sent: DefaultKeyedRateLimiter<[u8; 8]>,
    done: DefaultKeyedRateLimiter<PersonId>,
    knocked: DefaultKeyedRateLimiter<House>,
    known: DefaultKeyedRateLimiter<String>,
    /// Until when an address that used up its tries waits.
    shut: Mutex<HashMap<(Key, House), Instant>>,
    /// Codes of classes.
    pub(super) codes: Codes,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            wrong: RateLimiter::keyed(quota(WRONG)),
            opened: RateLimiter::keyed(quota(OPENED)),
            sent: RateLimiter::keyed(quota(SENT)),
            done: RateLimiter::keyed(quota(DONE)),
            knocked: RateLimiter::keyed(quota(KNOCKED)),
            known: RateLimiter::keyed(quota(KNOWN)),
            shut: Mutex::default(),
            codes: Codes::default(),
        }
    }
}

/// So many at once, and again as many evenly over the time.
fn quota((many, within): (u32, Duration)) -> Quota {
    let many = NonZeroU32::new(many).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(within / many.get()).unwrap_or(Quota::per_second(NonZeroU32::MIN)).allow_burst(many)
}

impl Limits {
    /// May this address try a key?
    pub(super) fn may_guess(&self, key: Key, house: House) -> bool {
        self.shut().get(&(key, house)).is_none_or(|until| *until <= Instant::now())
    }

    /// A key of this address opened nothing.
    pub(super) fn missed(&self, key: Key, house: House) {
        if let Err(too_many) = self.wrong.check_key(&(key, house)) {
            let wait = too_many.wait_time_from(DefaultClock::default().now());
            let mut shut = self.shut();
            if shut.len() > REMEMBERED {
                shut.retain(|_, until| *until > Instant::now());
            }
            shut.insert((key, house), Instant::now() + wait);
        }
        if self.wrong.len() > REMEMBERED {
            self.wrong.retain_recent();
        }
    }

    /// May this address open one more class?
    pub(super) fn may_open(&self, house: House) -> bool {
        if self.opened.len() > REMEMBERED {
            self.opened.retain_recent();
        }
        self.opened.check_key(&house).is_ok()
    }

    /// May one more summary go to the class with this code?
    pub(super) fn may_send(&self, code: [u8; 8]) -> bool {
        if self.sent.len() > REMEMBERED {
            self.sent.retain_recent();
        }
        self.sent.check_key(&code).is_ok()
    }

    /// May there be one more deed of this account, or, of nobody's, from this address?
    pub(super) fn may_do(&self, house: House, who: Option<PersonId>) -> bool {
        if self.done.len() > REMEMBERED {
            self.done.retain_recent();
        }
        if self.knocked.len() > REMEMBERED {
            self.knocked.retain_recent();
        }
        match who {
            Some(person) => self.done.check_key(&person).is_ok(),
            None => self.knocked.check_key(&house).is_ok(),
        }
    }

    /// May there be one more deed of a browser that is known, by what it is known by, although its address may not?
    pub(super) fn may_known(&self, device: &str) -> bool {
        if self.known.len() > REMEMBERED {
            self.known.retain_recent();
        }
        self.known.check_key(&device.to_owned()).is_ok()
    }

    fn shut(&self) -> MutexGuard<'_, HashMap<(Key, House), Instant>> {
        self.shut.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(address: &str) -> House {
        House::of(address.parse().unwrap())
    }

    #[test]
    fn a_guesser_is_stopped_and_the_neighbour_is_not() {
        let limits = Limits::default();
        let (guesser, neighbour) = (house("203.0.113.7"), house("203.0.113.8"));
        for _ in 0..WRONG.0 {
            assert!(limits.may_guess(Key::Receipt, guesser));
            limits.missed(Key::Receipt, guesser);
        }
        limits.missed(Key::Receipt, guesser);
        assert!(!limits.may_guess(Key::Receipt, guesser));
        assert!(limits.may_guess(Key::Paper, guesser), "a family behind the same address comes in");
        assert!(limits.may_guess(Key::Receipt, neighbour));
    }

    #[test]
    fn ten_classes_an_hour_and_two_hundred_summaries() {
        let limits = Limits::default();
        let school = house("203.0.113.7");
        assert_eq!((0..20).filter(|_| limits.may_open(school)).count(), 10);
        assert_eq!((0..300).filter(|_| limits.may_send(*b"K7QX3MDH")).count(), 200);
        assert!(limits.may_send(*b"K7QX3MDJ"), "another class has its own count");
    }

    #[test]
    fn a_network_of_the_new_kind_is_one_house() {
        assert_eq!(house("2001:db8:1:2::1"), house("2001:db8:1:2:ffff::9"));
        assert_ne!(house("2001:db8:1:2::1"), house("2001:db8:1:3::1"));
        assert_eq!(house("::ffff:203.0.113.7"), house("203.0.113.7"));
        assert_ne!(house("203.0.113.7"), house("203.0.113.8"));
    }
}
