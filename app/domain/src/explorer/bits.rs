//! Which schools are in a set, as one bit each?
//!
//! A set of 535 schools is nine words and one of 27,000 is 422, so intersections cost next to nothing and every
//! count on the page can be taken anew on each key typed.

/// A set of schools by their index.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set, with room for `len` schools.
    pub(super) fn none(len: usize) -> Bits {
        Bits(vec![0; len.div_ceil(64)])
    }

    /// All of `len` schools.
    pub(super) fn all(len: usize) -> Bits {
        let mut words = vec![u64::MAX; len.div_ceil(64)];
        if let Some(last) = words.last_mut()
            && !len.is_multiple_of(64)
        {
            *last = (1 << (len % 64)) - 1;
        }
        Bits(words)
    }

    /// Adds one school, which must be below the length the set was made with.
    pub(super) fn add(&mut self, at: u32) {
        self.0[at as usize / 64] |= 1 << (at % 64);
    }

    /// Takes out one school, which must be below the length the set was made with.
    pub(super) fn take(&mut self, at: u32) {
        self.0[at as usize / 64] &= !(1 << (at % 64));
    }

    /// Is this school in the set?
    pub(super) fn has(&self, at: u32) -> bool {
        self.0[at as usize / 64] >> (at % 64) & 1 == 1
    }

    /// Keeps what is in `other` too.
    pub(super) fn keep(&mut self, other: &Bits) {
        for (word, with) in self.0.iter_mut().zip(&other.0) {
            *word &= with;
        }
    }

    /// Takes out what is in `other`.
    pub(super) fn remove(&mut self, other: &Bits) {
        for (word, with) in self.0.iter_mut().zip(&other.0) {
            *word &= !with;
        }
    }

    /// Adds all of `other`.
    pub(super) fn join(&mut self, other: &Bits) {
        for (word, with) in self.0.iter_mut().zip(&other.0) {
            *word |= with;
        }
    }

    /// What is in both.
    pub(super) fn both(&self, other: &Bits) -> Bits {
        Bits(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    /// How many are in the set.
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many are in both.
    pub(super) fn count_both(&self, other: &Bits) -> usize {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    /// Is nothing in the set?
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The members, ascending.
    pub(super) fn members(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..).step_by(64).zip(&self.0).flat_map(|(base, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros();
                    left &= left - 1;
                    base + bit
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;

    #[test]
    fn a_set_holds_what_was_added_and_nothing_past_its_end() {
        for len in [0, 1, 63, 64, 65, 130] {
            let all = Bits::all(len);
            assert_eq!(all.count(), len);
            assert!(all.members().eq(0..u32::try_from(len).unwrap()));
            assert!(Bits::none(len).is_empty());
        }
        let mut odd = Bits::none(130);
        (0..130).filter(|at| at % 2 == 1).for_each(|at| odd.add(at));
        assert_eq!(odd.count(), 65);
        assert!(odd.has(129) && !odd.has(128));
        let mut even = Bits::all(130);
        even.remove(&odd);
        assert_eq!(even.count_both(&odd), 0);
        even.join(&odd);
        assert_eq!(even, Bits::all(130));
    }
}
