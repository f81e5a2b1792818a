//! What does the class say when its summaries are put together?
//!
//! How many sent one is exact and live: it tells of nobody. Everything that a student said of themselves is
//! [hidden](super::hide) where it is small, for the counselor as for the wall, and moves in steps of five devices:
//! someone who watches the screen while one student sends learns nothing of that student. A counselor is in the room
//! and sees who sends; that one of two knows no certain school would be a name to them. Fewer than ten they can ask.

use super::hide::{SMALLEST, Shown, partition, shown};
use super::summary::{Questions, Summary, Tongue, Worry};
use crate::explorer::school::Cds;

/// Most schools that the counts name.
pub const MOST_NAMED: usize = 12;

/// What the counselor sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Devices that sent a summary.
    pub sent: u32,
    /// What tells of persons.
    pub shared: Shared,
}

/// Counts that tell of persons, as they may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Of how many devices: `sent`, in whole steps of [`SMALLEST`].
    pub of: u32,
    /// With a school on the list.
    pub with_list: Shown,
    /// Without a school that is certain.
    pub no_certain: Shown,
    /// Without a question asked.
    pub no_question: Shown,
    /// Each worry, in the order of [`Worry::ALL`].
    pub worries: Vec<(Worry, Shown)>,
    /// Schools that enough devices list, most listed first, then by code; at most [`MOST_NAMED`].
    pub schools: Vec<(Cds, Shown)>,
    /// Pages in English and in Spanish; none when one of them is hidden.
    pub tongues: Option<(u32, u32)>,
}

/// Puts summaries together, which stand in the order in which they were sent.
pub fn count(summaries: &[Summary]) -> Counts {
    let step = SMALLEST as usize;
    Counts { sent: number(summaries.len()), shared: share(&summaries[..summaries.len() / step * step]) }
}

fn share(settled: &[Summary]) -> Shared {
    let of = number(settled.len());
    let how_many = |wanted: &dyn Fn(&Summary) -> bool| number(settled.iter().filter(|s| wanted(s)).count());
    let worries = Worry::ALL.iter().map(|worry| {
        let worried = how_many(&|summary| summary.worries.contains(worry));
        (*worry, shown(worried, of))
    });
    let mut listed: Vec<(u32, Cds)> = Vec::new();
    for cds in settled.iter().flat_map(|summary| &summary.schools) {
        match listed.iter_mut().find(|(_, known)| known == cds) {
            Some((times, _)) => *times += 1,
            None => listed.push((1, *cds)),
        }
    }
    listed.sort_unstable_by_key(|(times, cds)| (std::cmp::Reverse(*times), *cds));
    let named = listed.into_iter().map(|(times, cds)| (cds, shown(times, of)));
    let spanish = how_many(&|summary| summary.tongue == Tongue::Spanish);
    let tongues = [of - spanish, spanish];
    Shared {
        of,
        with_list: shown(how_many(&|summary| !summary.schools.is_empty()), of),
        no_certain: shown(how_many(&|summary| !summary.certain), of),
        no_question: shown(how_many(&|summary| summary.questions == Questions::None), of),
        worries: worries.collect(),
        schools: named
            .filter(|(_, shown)| matches!(shown, Shown::Exact(_) | Shown::NearlyAll))
            .take(MOST_NAMED)
            .collect(),
        tongues: partition(&tongues).map(|cells| (cells[0], cells[1])).filter(|_| of > 0),
    }
}

fn number(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
