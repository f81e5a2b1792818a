//! Which school comes first?
//!
//! Every order is total: it ends in the folded name and then the code, so it never depends on the order of a file.
//! A school without a value in the chosen order stands last.
//!
//! A place in an order is one number, so that sorting needs no comparison of ours: the value in the high half
//! (smaller is better), the place by name in the low half. Orders that do not depend on a start are sorted once, when
//! first asked for, and then only read off.

pub(crate) mod fit;

use super::bits::Bits;
use super::figure::Fact;
use super::near::UNPLACED;
use super::query::Sort;
use super::school::School;
use fit::Fit;
use std::sync::OnceLock;

/// The value of a school that has none.
const UNKNOWN: u32 = u32::MAX;

/// Values from here on belong to schools whose fit is not known, by distance.
const FIT_UNKNOWN: u32 = 1 << 31;

/// All orders of a catalogue.
pub(super) struct Orders {
    pub(super) fit: Fit,
    by_name: Vec<u32>,
    /// The place of each school in `by_name`.
    name_place: Vec<u32>,
    /// For each order that needs no start, when it was asked for: the schools in it.
    ready: [OnceLock<Ready>; 3 + Fact::ALL.len()],
}

struct Ready {
    order: Vec<u32>,
    known: Bits,
}

/// An order, with the distances it may need.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    sort: Sort,
    /// Thousandths of a mile from the start, for the orders that need them.
    distances: Option<&'a [u32]>,
}

impl<'a> Wanted<'a> {
    /// Without a start there is no order by distance; it falls back to fit.
    pub(super) fn new(sort: Sort, distances: Option<&'a [u32]>) -> Wanted<'a> {
        match (sort, distances) {
            (Sort::Distance, None) => Wanted { sort: Sort::Fit, distances },
            (Sort::Fit | Sort::Distance, Some(_)) => Wanted { sort, distances },
            _ => Wanted { sort, distances: None },
        }
    }

    /// Is it the order by fit, in which what the text names better comes first?
    pub(super) fn is_fit(self) -> bool {
        self.sort == Sort::Fit
    }
}

impl Orders {
    /// Made once for a catalogue; `by_name` are its schools by folded name, then code.
    pub(super) fn new(schools: &[School], by_name: Vec<u32>) -> Orders {
        let mut name_place = vec![0; by_name.len()];
        for (place, at) in (0_u32..).zip(&by_name) {
            name_place[*at as usize] = place;
        }
        Orders {
            fit: Fit::new(schools),
            by_name,
            name_place,
            ready: std::array::from_fn(|_| OnceLock::new()),
        }
    }

    /// Those members of a set that stand at `skip` and after in an order, at most `most`.
    pub(super) fn slice(
        &self,
        schools: &[School],
        set: &Bits,
        wanted: Wanted,
        skip: usize,
        most: usize,
    ) -> Vec<u32> {
        let count = set.count();
        if skip >= count || most == 0 {
            return Vec::new();
        }
        // Reading off a ready order touches about `schools / count` schools for each one found; sorting the members
        // touches each of them a few times.
        if wanted.distances.is_none() && count.saturating_mul(count) > schools.len() * 16 {
            let ready = self.ready(schools, wanted.sort);
            return ready.order.iter().copied().filter(|at| set.has(*at)).skip(skip).take(most).collect();
        }
        let key = |at: u32| {
            u64::from(self.value(schools, wanted, at)) << 32 | u64::from(self.name_place[at as usize])
        };
        let mut keys: Vec<u64> = Vec::with_capacity(count);
        keys.extend(set.members().map(key));
        let end = skip.saturating_add(most).min(count);
        if end < count {
            keys.select_nth_unstable(end);
            keys.truncate(end);
        }
        keys.sort_unstable();
        keys[skip..].iter().map(|key| self.by_name[(key & 0xffff_ffff) as usize]).collect()
    }

    /// How many members of a set have no value in an order.
    pub(super) fn unknown(&self, schools: &[School], set: &Bits, wanted: Wanted) -> usize {
        match (wanted.sort, wanted.distances) {
            (Sort::Name, _) => 0,
            (Sort::Distance, Some(far)) => set.members().filter(|at| far[*at as usize] == UNPLACED).count(),
            (sort, _) => set.count() - set.count_both(&self.ready(schools, sort).known),
        }
    }

    fn ready(&self, schools: &[School], sort: Sort) -> &Ready {
        let slot = match sort {
            Sort::Fit | Sort::Distance => 0,
            Sort::Students => 1,
            Sort::Name => 2,
            Sort::Best(fact) => 3 + fact as usize,
        };
        self.ready[slot].get_or_init(|| {
            let wanted = Wanted::new(sort, None);
            let mut known = Bits::none(schools.len());
            let mut keys = Vec::with_capacity(schools.len());
            for (place, at) in (0_u64..).zip(&self.by_name) {
                let value = self.value(schools, wanted, *at);
                if value != UNKNOWN {
                    known.add(*at);
                }
                keys.push(u64::from(value) << 32 | place);
            }
            keys.sort_unstable();
            let order = keys.iter().map(|key| self.by_name[(key & 0xffff_ffff) as usize]).collect();
            Ready { order, known }
        })
    }

    /// The value by which a school is ordered; smaller comes first.
    fn value(&self, schools: &[School], wanted: Wanted, at: u32) -> u32 {
        let school = &schools[at as usize];
        match (wanted.sort, wanted.distances) {
            (Sort::Name, _) => 0,
            (Sort::Students, _) => school.students.map_or(UNKNOWN, |students| students.min(UNKNOWN - 1)),
            (Sort::Best(fact), _) => school.figure(fact).tenths().map_or(UNKNOWN, |tenths| {
                let more = i32::from(tenths);
                let less = if fact.more_is_better() { -more } else { more };
                less.abs_diff(i32::from(i16::MIN))
            }),
            (Sort::Distance, Some(far)) => far[at as usize],
            (Sort::Fit | Sort::Distance, far) => match (self.fit.score(at), far) {
                (Some(score), None) => fit::MOST - score,
                (Some(score), Some(far)) => fit::MOST - score + fit::trip(far[at as usize]),
                (None, None) => UNKNOWN,
                (None, Some(far)) => FIT_UNKNOWN | far[at as usize].min(FIT_UNKNOWN - 1),
            },
        }
    }
}
