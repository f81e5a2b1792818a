//! Which members of a list stay where they are when another list follows it?
//!
//! Moving a card costs the browser more than finding out which need not move.

/// For each member of `after`, whether it keeps its place while the others move around it: a largest set of members
/// that stand in `before` in the same order. No list holds a member twice.
pub fn staying(before: &[u32], after: &[u32]) -> Vec<bool> {
    let places: Vec<Option<usize>> =
        after.iter().map(|member| before.iter().position(|other| other == member)).collect();
    // How many stay at most from here to the end, if this one does.
    let mut most = vec![0_usize; after.len()];
    for at in (0..after.len()).rev() {
        let follows = |next: &usize| places[*next] > places[at];
        most[at] = 1 + (at + 1..after.len()).filter(follows).map(|next| most[next]).max().unwrap_or(0);
    }
    let known = |at: &usize| places[*at].is_some();
    let mut left = (0..after.len()).filter(known).map(|at| most[at]).max().unwrap_or(0);
    let mut last = None;
    (0..after.len())
        .map(|at| {
            let stays = left > 0 && places[at].is_some() && places[at] > last && most[at] == left;
            if stays {
                (left, last) = (left - 1, places[at]);
            }
            stays
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::staying;
    use proptest::prelude::*;

    fn kept(before: &[u32], after: &[u32]) -> Vec<u32> {
        after
            .iter()
            .zip(staying(before, after))
            .filter_map(|(member, stays)| stays.then_some(*member))
            .collect()
    }

    fn stands_in(part: &[u32], list: &[u32]) -> bool {
        let mut rest = list.iter();
        part.iter().all(|member| rest.any(|other| other == member))
    }

    #[test]
    fn only_what_jumped_moves() {
        assert_eq!(kept(&[1, 2, 3, 4], &[4, 1, 2, 3]), [1, 2, 3]);
        assert_eq!(kept(&[1, 2, 3, 4], &[2, 3, 4, 1]), [2, 3, 4]);
        assert_eq!(kept(&[1, 2, 3, 4], &[2, 9, 4]), [2, 4], "what left and what is new needs no move");
        assert_eq!(kept(&[1, 2], &[3, 4]), []);
        assert_eq!(kept(&[], &[]), []);
    }

    proptest! {
        #[test]
        fn who_stays_stands_in_both_and_no_larger_part_could(
            before in proptest::sample::subsequence((0_u32..9).collect::<Vec<_>>(), 0..9).prop_shuffle(),
            after in proptest::sample::subsequence((0_u32..9).collect::<Vec<_>>(), 0..9).prop_shuffle(),
        ) {
            let kept = kept(&before, &after);
            prop_assert!(stands_in(&kept, &before) && stands_in(&kept, &after));
            for chosen in 0..1_u32 << after.len() {
                let part: Vec<u32> =
                    (0..).zip(&after).filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, member)| *member).collect();
                prop_assert!(part.len() <= kept.len() || !stands_in(&part, &before));
            }
        }
    }
}
