//! Which place to start from does a typed text mean?

use super::answer::{START_MOST, StartAnswer};
use super::fold::{fold, words};
use super::place::Start;
use super::query::TEXT_MOST;
use super::search::typo;
use super::sorted::{arranged, by_text, in_order};
use std::cmp::Ordering;

/// The places to start from, ready to be looked up.
pub(super) struct Starts {
    /// Index of each start and its folded name, in the order in which they are offered: ZIP codes, places, middle
    /// schools, each by name.
    offered: Vec<(usize, String)>,
    /// Indices by ascending key.
    by_key: Vec<usize>,
}

/// How well a typed text matches a start's name; a smaller one is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Whole,
    Beginning,
    /// Each typed word begins one of its words.
    Words,
    /// With a typing error forgiven.
    Typo,
}

impl Starts {
    pub(super) fn new(starts: &[Start]) -> Starts {
        let offered: Vec<(usize, String)> =
            starts.iter().enumerate().map(|(at, start)| (at, fold(&start.name))).collect();
        let order = in_order(starts.len(), |at| starts[at].kind as u64, &|a, b| {
            offered[a].1.cmp(&offered[b].1).then_with(|| starts[a].key.cmp(&starts[b].key))
        });
        let offered = arranged(offered, &order);
        let keys = by_text(order.len(), &|at| &starts[order[at]].key);
        let by_key = keys.into_iter().map(|at| order[at]).collect();
        Starts { offered, by_key }
    }

    /// What stands in an address or was typed: a key, the whole name, or a beginning that only one place has.
    pub(super) fn mean<'a>(&self, starts: &'a [Start], typed: &str) -> StartAnswer<'a> {
        let text = short(typed);
        if text.is_empty() {
            return StartAnswer::None;
        }
        let key = |at: &usize| starts[*at].key.as_str().cmp(typed.trim());
        if let Ok(slot) = self.by_key.binary_search_by(key) {
            return StartAnswer::Found(&starts[self.by_key[slot]]);
        }
        let found = self.matches(&text);
        match found.as_slice() {
            [] => StartAnswer::Unknown,
            [(best, at), rest @ ..]
                if *best < Match::Typo && rest.first().is_none_or(|(next, _)| next > best) =>
            {
                StartAnswer::Found(&starts[*at])
            }
            _ => StartAnswer::Several(found.iter().take(START_MOST).map(|(_, at)| &starts[*at]).collect()),
        }
    }

    /// What to offer while somebody types, best first.
    pub(super) fn suggest<'a>(&self, starts: &'a [Start], typed: &str, most: usize) -> Vec<&'a Start> {
        let text = short(typed);
        if text.is_empty() {
            return Vec::new();
        }
        self.matches(&text).iter().take(most).map(|(_, at)| &starts[*at]).collect()
    }

    /// All that match, best first; typing errors only where nothing matches without.
    fn matches(&self, text: &str) -> Vec<(Match, usize)> {
        let typed: Vec<&str> = words(text).collect();
        let mut found = self.matching(|name| written(text, &typed, name));
        if found.is_empty() {
            found =
                self.matching(|name| typed.iter().all(|typed| mistyped(typed, name)).then_some(Match::Typo));
        }
        // Within one kind of match the order of the offer stays.
        let order = in_order(found.len(), |at| found[at].0 as u64, &|_, _| Ordering::Equal);
        arranged(found, &order)
    }

    fn matching(&self, how: impl Fn(&str) -> Option<Match>) -> Vec<(Match, usize)> {
        self.offered.iter().filter_map(|(at, name)| Some((how(name)?, *at))).collect()
    }
}

fn short(typed: &str) -> String {
    fold(typed.char_indices().nth(TEXT_MOST).map_or(typed, |(end, _)| &typed[..end]))
}

fn written(text: &str, typed: &[&str], name: &str) -> Option<Match> {
    if name.starts_with(text) {
        return Some(if name.len() == text.len() { Match::Whole } else { Match::Beginning });
    }
    let begins = |typed: &&str| words(name).any(|word| word.starts_with(typed));
    typed.iter().all(begins).then_some(Match::Words)
}

/// Does a typed word begin a word of the name, with at most as many errors as a word of its length may have?
fn mistyped(typed: &str, name: &str) -> bool {
    let most = typo::allowed(typed);
    words(name).any(|word| {
        word.starts_with(typed)
            || most > 0 && typo::errors(typed.as_bytes(), word.as_bytes(), most).1.is_some()
    })
}
