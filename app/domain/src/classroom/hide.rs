//! Which counts are too small to be shown?
//!
//! A count is shown only if neither it nor its complement is small: "11 of 12 worry about getting in" tells of the
//! one who does not as surely as "1 of 12" tells of the one who does. Where counts add up to a known total, one
//! small count hides them all, since a single hidden one would be the total less the others.
//!
//! These are the rules for a class that is going on, whose counselor stands in the room; numbers for publication
//! need eleven and are not made here.

/// The smallest count that is shown, and the smallest complement.
pub const SMALLEST: u32 = 5;

/// The fewest devices of which a part is shown. With fewer, "nearly all" and "fewer than five" could together leave
/// a single possible count.
pub const FEWEST: u32 = 2 * SMALLEST;

/// A count as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The count.
    Exact(u32),
    /// Fewer than [`SMALLEST`], perhaps none.
    Few,
    /// All, or fewer than [`SMALLEST`] short of all.
    NearlyAll,
    /// Of too few devices to say anything.
    NotYet,
}

/// A count as it may be shown, out of `of` devices, whose number is known.
pub const fn shown(count: u32, of: u32) -> Shown {
    if of < FEWEST {
        Shown::NotYet
    } else if count < SMALLEST {
        Shown::Few
    } else if of.saturating_sub(count) < SMALLEST {
        Shown::NearlyAll
    } else {
        Shown::Exact(count)
    }
}

/// Counts that add up to a known total, as they may be shown: all of them, or none when one is small but not zero.
/// A zero alone hides nothing, for it tells of nobody.
pub fn partition(cells: &[u32]) -> Option<&[u32]> {
    let small = cells.iter().any(|cell| (1..SMALLEST).contains(cell));
    (!small).then_some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn small_counts_and_small_complements_are_hidden() {
        let cases = [
            (3, 9, Shown::NotYet),
            (0, 10, Shown::Few),
            (4, 10, Shown::Few),
            (5, 10, Shown::Exact(5)),
            (6, 10, Shown::NearlyAll),
            (10, 10, Shown::NearlyAll),
            (25, 30, Shown::Exact(25)),
            (26, 30, Shown::NearlyAll),
            (1, 40, Shown::Few),
        ];
        for (count, of, wanted) in cases {
            assert_eq!(shown(count, of), wanted, "{count} of {of}");
        }
    }

    /// Whoever knows the rule and the number of devices is left with at least five counts that could be meant.
    #[test]
    fn a_hidden_count_could_be_any_of_five() {
        for of in 0..=60 {
            let mut meant: BTreeMap<String, u32> = BTreeMap::new();
            for count in 0..=of {
                *meant.entry(format!("{:?}", shown(count, of))).or_default() += 1;
            }
            for (said, many) in meant.into_iter().filter(|(said, _)| !said.starts_with("Exact")) {
                assert!(many >= SMALLEST || of < FEWEST, "{said} of {of}: {many}");
            }
        }
    }

    /// A count that is shown stands for at least five who do and at least five who do not.
    #[test]
    fn a_shown_count_tells_of_a_group_on_both_sides() {
        for of in 0..=60 {
            for count in 0..=of {
                if let Shown::Exact(said) = shown(count, of) {
                    assert!(said == count && count >= SMALLEST && of - count >= SMALLEST, "{count} of {of}");
                }
            }
        }
    }

    /// All tables of two and three cells: where one is hidden, its total and the rule leave every cell open.
    #[test]
    fn a_hidden_cell_cannot_be_worked_out_from_the_total() {
        for total in 1..=24_u32 {
            for width in [2, 3] {
                let hidden: Vec<Vec<u32>> =
                    tables(total, width).into_iter().filter(|table| partition(table).is_none()).collect();
                for cell in 0..width {
                    let values: BTreeSet<u32> = hidden.iter().map(|table| table[cell]).collect();
                    assert!(
                        hidden.is_empty() || values.len() > 1,
                        "{total} in {width}: cell {cell} is {values:?}"
                    );
                }
            }
        }
    }

    fn tables(total: u32, width: usize) -> Vec<Vec<u32>> {
        if width == 1 {
            return vec![vec![total]];
        }
        let rest = |first| tables(total - first, width - 1).into_iter();
        (0..=total).flat_map(|first| rest(first).map(move |rest| [vec![first], rest].concat())).collect()
    }
}
