//! Which place to start from does a typed text mean?

use super::answer::{START_MOST, StartAnswer};
use super::fold::{fold, words};
use super::place::{Start, StartKind};
use super::query::TEXT_MOST;
use super::search::{spoken, typo};
use super::sorted::{arranged, by_text, in_order};
use std::cmp::Ordering;

/// The places to start from, ready to be looked up.
pub(super) struct Starts {
    /// All of them in the order in which they are offered: ZIP codes, places, middle schools, each by name.
    offered: Vec<Offered>,
    /// Indices by ascending key.
    by_key: Vec<usize>,
}

struct Offered {
    at: usize,
    kind: StartKind,
    /// The folded name.
    name: String,
    /// The name of a school without the words of its level, where it has such words and others.
    bare: Option<String>,
    level: Level,
}

/// What a name or a typed text says about the kind of school; "junior high" is the first of these that it says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Middle,
    Elementary,
    High,
    /// "School" alone says no level, and neither does a name without such words.
    Open,
}

/// The words of levels, in both languages.
const LEVELS: [(&str, Level); 23] = [
    ("elem", Level::Elementary),
    ("elementary", Level::Elementary),
    ("escuela", Level::Open),
    ("escuelas", Level::Open),
    ("high", Level::High),
    ("hs", Level::High),
    ("intermedia", Level::Middle),
    ("intermediate", Level::Middle),
    ("jhs", Level::Middle),
    ("jr", Level::Middle),
    ("junior", Level::Middle),
    ("middle", Level::Middle),
    ("ms", Level::Middle),
    ("prepa", Level::High),
    ("preparatoria", Level::High),
    ("primaria", Level::Elementary),
    ("primary", Level::Elementary),
    ("school", Level::Open),
    ("schools", Level::Open),
    ("secundaria", Level::Middle),
    ("senior", Level::High),
    ("shs", Level::High),
    ("sr", Level::High),
];

/// Words of which the whole county is made. Whoever types nothing else is asked for a place in it.
const WIDE: [&str; 12] = [
    "angeles",
    "california",
    "city",
    "ciudad",
    "condado",
    "county",
    "de",
    "la",
    "lausd",
    "los",
    "of",
    "socal",
];

/// Those that only Spanish has. Beside one of them "la" is the article.
const SPANISH: [&str; 7] =
    ["escuela", "escuelas", "intermedia", "prepa", "preparatoria", "primaria", "secundaria"];

/// A typed text in the ways in which it may be meant.
struct Typed<'t> {
    text: &'t str,
    words: Vec<&'t str>,
    /// With short forms spelled out: "East LA" is East Los Angeles.
    meant: Option<String>,
    /// Without the words of a level, if there are any.
    core: Option<String>,
    level: Level,
}

/// How well a typed text matches a start's name; a smaller one is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Whole,
    /// The whole name but for the words of its level, which are not others than the typed ones.
    Bare,
    Beginning,
    /// Each typed word begins one of its words, or says its level.
    Words,
    /// Each typed word but those of a level begins one of its words.
    Other,
    /// With a typing error forgiven.
    Typo,
    /// The same, of another level than the typed one.
    OtherTypo,
}

impl Starts {
    pub(super) fn new(starts: &[Start]) -> Starts {
        let offered: Vec<Offered> = starts.iter().enumerate().map(offered).collect();
        let order = in_order(starts.len(), |at| starts[at].kind as u64, &|a, b| {
            offered[a].name.cmp(&offered[b].name).then_with(|| starts[a].key.cmp(&starts[b].key))
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
        if words(&text).all(|word| WIDE.contains(&word)) {
            return StartAnswer::Unknown;
        }
        let key = |at: &usize| starts[*at].key.as_str().cmp(typed.trim());
        if let Ok(slot) = self.by_key.binary_search_by(key) {
            return StartAnswer::Found(&starts[self.by_key[slot]]);
        }
        let found = self.matches(&text);
        match self.clear(&text, &found) {
            _ if found.is_empty() => StartAnswer::Unknown,
            Some(at) => StartAnswer::Found(&starts[at]),
            None => StartAnswer::Several(self.first(starts, &found, START_MOST)),
        }
    }

    /// The one start that was surely meant. A name shared by several schools, or one that only a school of another
    /// level has, is for who typed it to decide: a wrong start makes every distance wrong, and nobody sees it.
    fn clear(&self, text: &str, found: &[(Match, usize)]) -> Option<usize> {
        let &(best, first) = found.first()?;
        let only = found.get(1).is_none_or(|(next, _)| *next > best);
        let alone = found.len() == 1;
        let start = &self.offered[first];
        let middle = |slot: usize| self.offered[slot].level == Level::Middle;
        let clear = match best {
            Match::Whole => only,
            Match::Other | Match::Typo | Match::OtherTypo => false,
            _ if level(text) < Level::Open => only,
            _ if alone => matches!(start.level, Level::Middle | Level::Open),
            Match::Beginning => only && text.contains(' '),
            // Of several schools of a name only one may be a middle school; a place of that name is no school.
            Match::Bare => {
                let schools = found.iter().all(|(_, slot)| self.offered[*slot].kind == StartKind::Middle);
                schools && middle(first) && found[1..].iter().all(|(_, slot)| !middle(*slot))
            }
            Match::Words => false,
        };
        clear.then_some(start.at)
    }

    /// What to offer while somebody types, best first.
    pub(super) fn suggest<'a>(&self, starts: &'a [Start], typed: &str, most: usize) -> Vec<&'a Start> {
        let text = short(typed);
        if text.is_empty() {
            return Vec::new();
        }
        self.first(starts, &self.matches(&text), most)
    }

    fn first<'a>(&self, starts: &'a [Start], found: &[(Match, usize)], most: usize) -> Vec<&'a Start> {
        found.iter().take(most).map(|(_, slot)| &starts[self.offered[*slot].at]).collect()
    }

    /// All that match, best first, by their place in the offer; typing errors only where nothing matches without.
    fn matches(&self, text: &str) -> Vec<(Match, usize)> {
        let typed = Typed::new(text, text);
        let mut found = self.matching(|start| typed.written(start));
        if found.is_empty() {
            // The last word may become a level with more letters.
            let begun = |last: &str| last.len() > 1 && LEVELS.iter().any(|(word, _)| word.starts_with(last));
            if let Some((rest, _)) = text.rsplit_once(' ').filter(|(_, last)| begun(last)) {
                let typed = Typed::new(text, rest);
                found = self.matching(|start| typed.written(start));
            }
        }
        if found.is_empty() {
            let core: Vec<&str> = words(typed.core.as_deref().unwrap_or(text)).collect();
            found = self.matching(|start| {
                let how = if typed.fits(start) { Match::Typo } else { Match::OtherTypo };
                core.iter().all(|typed| mistyped(typed, &start.name)).then_some(how)
            });
        }
        // Within one kind of match the order of the offer stays.
        let order = in_order(found.len(), |at| found[at].0 as u64, &|_, _| Ordering::Equal);
        arranged(found, &order)
    }

    fn matching(&self, how: impl Fn(&Offered) -> Option<Match>) -> Vec<(Match, usize)> {
        let slots = self.offered.iter().enumerate();
        slots.filter_map(|(slot, start)| Some((how(start)?, slot))).collect()
    }
}

impl<'t> Typed<'t> {
    /// A text of which only `named` can be words of a name.
    fn new(text: &'t str, named: &'t str) -> Typed<'t> {
        let spanish = words(named).any(|word| SPANISH.contains(&word));
        let dropped = |word: &str| is_level(word) || spanish && spoken::ARTICLES.contains(&word);
        let core = spoken::without(named, dropped).filter(|core| core.len() < text.len());
        Typed {
            text,
            words: words(text).collect(),
            meant: spoken::spelled_out(text),
            core,
            level: level(text),
        }
    }

    /// Is a start of the typed level, if one was typed?
    fn fits(&self, start: &Offered) -> bool {
        self.level == Level::Open || self.level == start.level
    }

    fn written(&self, start: &Offered) -> Option<Match> {
        let meant = self.meant.as_deref();
        let name = start.name.as_str();
        if name == self.text || meant == Some(name) {
            return Some(Match::Whole);
        }
        let core = self.core.as_deref();
        let fits = self.fits(start);
        if fits && start.bare.as_deref().is_some_and(|bare| bare == core.unwrap_or(self.text)) {
            return Some(Match::Bare);
        }
        if name.starts_with(self.text) || meant.is_some_and(|meant| name.starts_with(meant)) {
            return Some(Match::Beginning);
        }
        let begins = |typed: &str| words(name).any(|word| word.starts_with(typed));
        if self.words.iter().all(|typed| begins(typed)) || meant.is_some_and(|meant| words(meant).all(begins))
        {
            return Some(Match::Words);
        }
        let school = start.kind == StartKind::Middle;
        let close = if fits && school { Match::Words } else { Match::Other };
        core.is_some_and(|core| words(core).all(begins)).then_some(close)
    }
}

fn offered((at, start): (usize, &Start)) -> Offered {
    let name = fold(&start.name);
    let school = start.kind == StartKind::Middle;
    let bare = if school { spoken::without(&name, is_level).filter(|bare| *bare != name) } else { None };
    let level = if school { level(&name) } else { Level::Open };
    Offered { at, kind: start.kind, name, bare, level }
}

fn is_level(word: &str) -> bool {
    LEVELS.iter().any(|(level, _)| *level == word)
}

fn level(folded: &str) -> Level {
    let said = words(folded).filter_map(|word| LEVELS.iter().find(|(level, _)| *level == word));
    said.map(|(_, level)| *level).min().unwrap_or(Level::Open)
}

fn short(typed: &str) -> String {
    fold(typed.char_indices().nth(TEXT_MOST).map_or(typed, |(end, _)| &typed[..end]))
}

/// Does a typed word begin a word of the name, with at most as many errors as a word of its length may have?
fn mistyped(typed: &str, name: &str) -> bool {
    let most = typo::allowed(typed);
    words(name).any(|word| word.starts_with(typed) || most > 0 && typo::cost(typed, word, most).is_some())
}
