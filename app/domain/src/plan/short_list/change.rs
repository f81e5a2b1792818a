//! What did one change do to a list? Said to whoever cannot see that the page is another one.

use super::{Mark, ShortList};
use crate::explorer::school::Cds;

/// One change of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A school was put on it.
    Added(Cds),
    /// A school was taken off.
    Removed(Cds),
    /// A school stands elsewhere.
    Moved {
        /// Which.
        school: Cds,
        /// Where it stands now, from 1.
        place: usize,
    },
    /// A mark was set or taken away.
    Marked {
        /// Of which school.
        school: Cds,
        /// Which mark.
        mark: Mark,
        /// It is set now.
        on: bool,
    },
    /// The school "if you do nothing" is another one.
    Pinned(Cds),
    /// Something else, or more than one thing.
    Other,
}

impl Change {
    /// What turned one list into another; none when they are the same. Where two schools changed places, `used` says
    /// which of them the person moved.
    pub fn between(before: &ShortList, after: &ShortList, used: Option<Cds>) -> Option<Change> {
        if before == after {
            return None;
        }
        let (old, new) = (before.codes(), after.codes());
        let single = |changed: &[Cds]| (changed.len() == 1).then(|| changed[0]);
        let added: Vec<Cds> = new.iter().copied().filter(|cds| !before.has(*cds)).collect();
        let removed: Vec<Cds> = old.iter().copied().filter(|cds| !after.has(*cds)).collect();
        let marked: Vec<(Cds, Mark)> = new
            .iter()
            .flat_map(|cds| Mark::ALL.map(|(mark, _)| (*cds, mark)))
            .filter(|(cds, mark)| {
                before.has(*cds) && before.is_marked(*cds, *mark) != after.is_marked(*cds, *mark)
            })
            .collect();
        Some(match (added.is_empty(), removed.is_empty(), marked.as_slice()) {
            (false, true, []) => single(&added).map_or(Change::Other, Change::Added),
            (true, false, []) => single(&removed).map_or(Change::Other, Change::Removed),
            (true, true, []) if old != new => {
                let moved = |cds: &Cds| before.position(*cds) != after.position(*cds);
                let first = new.iter().copied().find(|cds| moved(cds));
                let school = used.filter(|cds| after.has(*cds) && moved(cds)).or(first);
                let place = |school: Cds| after.position(school).map(|at| (school, at + 1));
                school
                    .and_then(place)
                    .map_or(Change::Other, |(school, place)| Change::Moved { school, place })
            }
            (true, true, []) if before.pin != after.pin => after.pin.map_or(Change::Other, Change::Pinned),
            (true, true, [(school, mark)]) if old == new => {
                Change::Marked { school: *school, mark: *mark, on: after.is_marked(*school, *mark) }
            }
            _ => Change::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::short_list::Points;

    fn school(number: u64) -> Cds {
        Cds::from_parts(1_964_733, number).unwrap()
    }

    #[test]
    fn each_change_is_called_by_its_name() {
        let (a, b, c) = (school(1), school(2), school(3));
        let list = ShortList::of(&[a, b, c]);
        let between = |change: &dyn Fn(&mut ShortList), used| {
            Change::between(&list, &list.with(|list| change(list)), used)
        };
        assert_eq!(between(&|_| {}, None), None);
        assert_eq!(between(&|list| _ = list.add(school(4)), None), Some(Change::Added(school(4))));
        assert_eq!(between(&|list| _ = list.remove(b), Some(b)), Some(Change::Removed(b)));
        let moved = |school, place| Some(Change::Moved { school, place });
        assert_eq!(between(&|list| _ = list.move_up(b), Some(b)), moved(b, 1));
        assert_eq!(between(&|list| _ = list.move_down(b), Some(b)), moved(b, 3));
        assert_eq!(between(&|list| _ = list.move_above(c, a), None), moved(c, 1));
        assert_eq!(between(&|list| list.pin = Some(c), None), Some(Change::Pinned(c)));
        let marked = |on| Some(Change::Marked { school: a, mark: Mark::Asked, on });
        assert_eq!(between(&|list| _ = list.mark(a, Mark::Asked, true), None), marked(true));
        let asked = list.with(|list| _ = list.mark(a, Mark::Asked, true));
        assert_eq!(Change::between(&asked, &list, None), marked(false));
        assert_eq!(between(&|list| list.points = Points::Off, None), Some(Change::Other));
    }

    #[test]
    fn more_than_one_thing_is_not_told_as_one() {
        let (a, b, c) = (school(1), school(2), school(3));
        let list = ShortList::of(&[a, b, c]);
        let emptied = list.with(|list| {
            list.remove(a);
            list.remove(b);
        });
        assert_eq!(Change::between(&list, &emptied, Some(a)), Some(Change::Other));
        let turned = list.with(|list| {
            list.mark(a, Mark::Asked, true);
            list.mark(b, Mark::Asked, true);
        });
        assert_eq!(Change::between(&list, &turned, None), Some(Change::Other));
        let other = ShortList::of(&[school(7)]);
        assert_eq!(Change::between(&list, &other, None), Some(Change::Other));
    }
}
