//! In which order do things stand?
//!
//! Everything that is put in order by more than a number goes through [`in_order`]: each routine of the standard
//! library is compiled anew for every type and comparison, some 3 KB that a person waits for, and one is enough.

use std::cmp::Ordering;

/// The numbers below `many` in ascending order: first by `head`, then as `then` compares them, then by themselves.
/// So what is equal keeps its order. A head is asked for once and should decide most cases.
pub(crate) fn in_order(
    many: usize,
    head: impl Fn(usize) -> u64,
    then: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<usize> {
    let mut list: Vec<(u64, usize)> = (0..many).map(|at| (head(at), at)).collect();
    sort(&mut list, then);
    list.into_iter().map(|(_, at)| at).collect()
}

/// The numbers below `many` in the order of their texts; those with the same text keep their order.
pub(super) fn by_text<'a>(many: usize, text: &dyn Fn(usize) -> &'a str) -> Vec<usize> {
    in_order(many, |at| head(text(at)), &|a, b| text(a).cmp(text(b)))
}

/// A list in an [`in_order`] of its members.
pub(super) fn arranged<T>(list: Vec<T>, order: &[usize]) -> Vec<T> {
    let mut left: Vec<Option<T>> = list.into_iter().map(Some).collect();
    order.iter().filter_map(|at| left[*at].take()).collect()
}

/// The first eight letters of a text as a number, ordered as the texts are as far as it tells them apart.
pub(super) fn head(text: &str) -> u64 {
    let mut head = [0; 8];
    text.bytes().zip(&mut head).for_each(|(byte, cell)| *cell = byte);
    u64::from_be_bytes(head)
}

fn sort(list: &mut [(u64, usize)], then: &dyn Fn(usize, usize) -> Ordering) {
    list.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| then(a.1, b.1)).then(a.1.cmp(&b.1)));
}

#[cfg(test)]
mod tests {
    use super::{by_text, in_order};

    #[test]
    fn heads_come_first_then_the_comparison_then_the_old_order() {
        let list = [(2, 'b'), (1, 'z'), (2, 'a'), (1, 'z')];
        assert_eq!(in_order(list.len(), |at| list[at].0, &|a, b| list[a].1.cmp(&list[b].1)), [1, 3, 2, 0]);
    }

    #[test]
    fn texts_are_ordered_beyond_their_first_letters() {
        let texts = ["lincoln high b", "ñ", "lincoln high a", "", "lincoln", "lincoln high b"];
        assert_eq!(by_text(texts.len(), &|at| texts[at]), [3, 4, 2, 0, 5, 1]);
    }
}
