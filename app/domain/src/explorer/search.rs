//! Which schools does a typed text mean?
//!
//! Matches come in tiers, best first: the whole name or alias, with or without "Senior High"; each typed word begins a
//! word of a name that has few other words, so that "Roosevelt" is Theodore Roosevelt Senior High before an academy
//! "at Roosevelt High"; the beginning of a longer name; each word begins a word of a name; each begins a word of any
//! field (name, place, district, ZIP). A text with short forms ([`spoken`]) is read both ways. Words that only say the
//! kind of school ("Garfield High School", "preparatoria Garfield") need not stand in the name, but a name that has such
//! a word comes before one as close that has none. Only when all of these are empty are typing errors forgiven
//! ([`typo`]). The text is matched against the whole catalogue, whatever the filters, so a filter can only take away.

pub(super) mod spoken;
pub(super) mod typo;
mod vocabulary;

use super::answer::Understood;
use super::bits::Bits;
use super::catalogue::Catalogue;
use super::fold::{fold, fold_into, words};
use super::near::Globe;
use super::place::StartKind;
use super::query::TEXT_MOST;
use super::school::School;
use super::sorted::{arranged, by_text};
use vocabulary::{Field, Vocabulary};

/// A ZIP code with fewer choosable schools than this also shows those around it.
const FEW_IN_ZIP: usize = 3;

/// How far "around a ZIP code" reaches from its centre, in miles.
const NEARBY_MILES: u16 = 3;

/// Words of a typed text that are looked at; more do not narrow anything in practice.
const MOST_WORDS: usize = 12;

/// Words besides the typed ones that a name may have to be what was meant: "Grant" is "Ulysses S. Grant".
const FEW_OTHERS: usize = 2;

/// Names with more words than this are all long.
const MOST_WEIGHT: usize = MOST_WORDS + FEW_OTHERS;

/// The searchable side of a catalogue.
pub(super) struct Index {
    schools: usize,
    /// All folded names and aliases, one after another.
    arena: String,
    /// Where each name stands in the arena, and whose it is; sorted by text, then school.
    names: Vec<Name>,
    /// The same without "Senior High" and the like, of the names that have it.
    bare: Vec<Name>,
    /// By number of words: the schools whose official name has at most so many that tell it from others.
    short: Vec<Bits>,
    /// The schools that have a name with a level in it.
    levelled: Bits,
    vocabulary: Vocabulary,
    /// Folded and original names of all places, sorted.
    places: Vec<(String, String)>,
}

struct Name {
    from: u32,
    to: u32,
    school: u32,
    alias: bool,
}

impl Name {
    fn text<'a>(&self, arena: &'a str) -> &'a str {
        &arena[self.from as usize..self.to as usize]
    }
}

/// How many of the sets of a [`Read`] match by name; the first ones.
const NAMED: usize = 5;

/// What one reading of a text matches: the whole name; a name of one other word, of few others; the beginning of a
/// name; words of a name; words of any field.
type Read = [Bits; NAMED + 1];

/// What a text matches.
pub(super) struct Found {
    /// Disjoint sets, best first.
    pub(super) tiers: Vec<Bits>,
    /// How many of the tiers match by name; the first ones.
    pub(super) named: usize,
    pub(super) understood: Understood,
}

impl Found {
    /// Everything that matches in any tier.
    pub(super) fn all(&self, schools: usize) -> Bits {
        let mut all = Bits::none(schools);
        self.tiers.iter().for_each(|tier| all.join(tier));
        all
    }

    /// Makes the tiers disjoint and drops the empty ones.
    fn new(sets: Vec<Bits>, named: usize, understood: Understood) -> Found {
        let mut found = Found { tiers: Vec::with_capacity(sets.len()), named: 0, understood };
        for (at, mut set) in sets.into_iter().enumerate() {
            found.tiers.iter().for_each(|better| set.remove(better));
            if !set.is_empty() {
                found.named += usize::from(at < named);
                found.tiers.push(set);
            }
        }
        found
    }
}

impl Index {
    pub(super) fn new(catalogue: &Catalogue) -> Index {
        let schools = &catalogue.schools;
        let mut arena = String::with_capacity(schools.len() * 32);
        let mut names = Vec::with_capacity(schools.len());
        let mut bares = Vec::with_capacity(schools.len());
        let mut weights = Vec::with_capacity(schools.len());
        let mut levelled = Bits::none(schools.len());
        for (at, school) in (0_u32..).zip(schools) {
            for (alias, text) in std::iter::once(&school.name).chain(&school.aliases).enumerate() {
                let from = arena.len();
                fold_into(text, &mut arena);
                let folded = &arena[from..];
                if alias == 0 {
                    weights.push(spoken::weight(folded));
                }
                let bare = spoken::bare(folded);
                names.push(Name { from: short(from), to: short(arena.len()), school: at, alias: alias > 0 });
                if bare.len() < arena.len() - from {
                    levelled.add(at);
                }
                if !bare.is_empty() && bare.len() < arena.len() - from {
                    let from = arena.len();
                    arena.push_str(&bare);
                    bares.push(Name { from: short(from), to: short(arena.len()), school: at, alias: true });
                }
            }
        }
        let order = by_text(names.len(), &|at| names[at].text(&arena));
        let names = arranged(names, &order);
        let order = by_text(bares.len(), &|at| bares[at].text(&arena));
        let bare = arranged(bares, &order);
        let starts = catalogue.starts.iter().filter(|start| start.kind == StartKind::Place);
        let known = schools.iter().map(|school| &school.place).chain(starts.map(|start| &start.name));
        let known: Vec<&String> = known.collect();
        let mut places = arranged(known.clone(), &by_text(known.len(), &|at| known[at]));
        places.dedup();
        let places: Vec<_> = places.into_iter().map(|place| (fold(place), place.clone())).collect();
        let order = by_text(places.len(), &|at| &places[at].0);
        let places = arranged(places, &order);
        let vocabulary = Vocabulary::new(schools, &arena, names.iter().map(|n| (n.text(&arena), n.school)));
        let mut few = vec![Bits::none(schools.len()); MOST_WEIGHT + 1];
        for (at, weight) in (0_u32..).zip(weights) {
            few.iter_mut().skip(weight).for_each(|few| few.add(at));
        }
        Index { schools: schools.len(), arena, names, bare, short: few, levelled, vocabulary, places }
    }

    /// The schools by folded name, then code: the order behind every other order.
    pub(super) fn by_name(&self) -> impl Iterator<Item = u32> + '_ {
        self.names.iter().filter(|name| !name.alias).map(|name| name.school)
    }

    /// What a typed text means; none when it holds nothing to search for.
    pub(super) fn find(&self, text: &str, catalogue: &Catalogue, globe: &Globe) -> Option<Found> {
        let cut = text.char_indices().nth(TEXT_MOST).map_or(text, |(end, _)| &text[..end]);
        let text = fold(cut);
        if text.is_empty() {
            return None;
        }
        Some(self.zip(&text, catalogue, globe).unwrap_or_else(|| self.find_words(&text, &catalogue.schools)))
    }

    /// The answer to five digits that are a ZIP code of a school or of the map.
    fn zip(&self, text: &str, catalogue: &Catalogue, globe: &Globe) -> Option<Found> {
        let zip: u32 = (text.len() == 5).then(|| text.parse().ok()).flatten()?;
        let mut inside = Bits::none(self.schools);
        let mut choosable = 0;
        for (at, school) in (0_u32..).zip(&catalogue.schools) {
            if school.zip == zip {
                inside.add(at);
                choosable += usize::from(school.is_default());
            }
        }
        let centre = catalogue.starts.iter().find(|start| start.kind == StartKind::Zip && start.key == text);
        if inside.is_empty() && centre.is_none() {
            return None;
        }
        let mut sets = vec![inside];
        if let Some(centre) = centre.filter(|_| choosable < FEW_IN_ZIP) {
            sets.push(globe.within(centre.point, NEARBY_MILES));
        }
        let nearby = sets.len() > 1;
        Some(Found::new(sets, 0, Understood::Zip { zip, nearby }))
    }

    fn find_words(&self, text: &str, schools: &[School]) -> Found {
        if let Some(found) = self.translated(text, schools) {
            return found;
        }
        let mut plain = spoken::plain(text);
        let strict = self.read(text);
        let loose = plain.as_deref().map(|plain| self.read(plain));
        let (mut sets, mut named) = self.ranked(strict, loose);
        if sets.iter().all(Bits::is_empty) {
            let plainest = spoken::plainest(text);
            let Some(read) = plainest.as_deref().map(|text| self.read(text)).filter(matches) else {
                return self.forgive_any(text, plain.as_deref(), schools);
            };
            (sets, named) = (read.into(), NAMED);
            plain = plainest;
        }
        let by_name = sets[..named].iter().any(|set| !set.is_empty());
        let place = spoken::spelled_out(text).and_then(|meant| self.exact_place(&meant));
        let place = place.or_else(|| self.place(text, by_name));
        let place =
            place.or_else(|| plain.filter(|_| !by_name).and_then(|plain| self.place(&plain, by_name)));
        Found::new(sets, named, place.map_or(Understood::Name, Understood::Place))
    }

    /// The answer to Spanish words for what names say in English ("ciencias"), and last what the typed words begin.
    fn translated(&self, text: &str, schools: &[School]) -> Option<Found> {
        let meant = spoken::english(text)?;
        let mut sets: Vec<Bits> = Some(self.read(&meant)).filter(matches)?.into();
        let typed = words(&meant).take(MOST_WORDS).map(|word| self.vocabulary.guesses(word, 0, false));
        let told = typed.map(|guess| self.vocabulary.likeliest(&guess, &sets[NAMED], schools));
        let told = told.collect::<Vec<_>>().join(" ");
        sets.extend(self.read(text).into_iter().skip(NAMED));
        Some(Found::new(sets, NAMED, Understood::Corrected(told)))
    }

    /// The tiers of a text as it was typed and, if it has levels, of what is left without them, and how many of the
    /// tiers match by name. What is left matches all that the whole text does, and more.
    fn ranked(&self, strict: Read, loose: Option<Read>) -> (Vec<Bits>, usize) {
        let Some(loose) = loose else { return (strict.into(), NAMED) };
        let [mut whole, mut closest, mut close, mut begins, mut named, any] = strict;
        let [loose_whole, loose_closest, loose_close, loose_begins, loose_named, loose_any] = loose;
        whole.join(&loose_whole);
        for (set, loose) in [
            (&mut closest, &loose_closest),
            (&mut close, &loose_close),
            (&mut begins, &loose_begins),
            (&mut named, &loose_named),
        ] {
            set.join(&loose.both(&self.levelled));
        }
        // A short name without a level comes before a long one that mentions a school.
        let by_name =
            [whole, closest, close, loose_closest, loose_close, begins, loose_begins, named, loose_named];
        let many = by_name.len();
        (by_name.into_iter().chain([any, loose_any]).collect(), many)
    }

    /// What a text matches as it stands or with its short forms spelled out, in sets that may overlap.
    fn read(&self, text: &str) -> Read {
        let mut read = self.read_once(text);
        if let Some(meant) = spoken::spelled_out(text) {
            let other = self.read_once(&meant);
            read.iter_mut().zip(&other).for_each(|(set, other)| set.join(other));
        }
        read
    }

    fn read_once(&self, text: &str) -> Read {
        let typed: Vec<&str> = words(text).take(MOST_WORDS).collect();
        let mut whole = Bits::none(self.schools);
        let mut begins = Bits::none(self.schools);
        let from = self.names.partition_point(|name| name.text(&self.arena) < text);
        for name in &self.names[from..] {
            let found = name.text(&self.arena);
            if !found.starts_with(text) {
                break;
            }
            if found.len() == text.len() { &mut whole } else { &mut begins }.add(name.school);
        }
        // A text of levels alone has no bare form, and no name is empty.
        let bare = spoken::bare(text);
        for names in [&self.names, &self.bare] {
            let from = names.partition_point(|name| name.text(&self.arena) < bare.as_str());
            let same = names[from..].iter().take_while(|name| name.text(&self.arena) == bare);
            same.for_each(|name| whole.add(name.school));
        }
        let named = self.vocabulary.all_begin(&typed, Field::Name, self.schools);
        let any = self.vocabulary.all_begin(&typed, Field::Any, self.schools);
        let [closest, close] = self.close(text, &named);
        [whole, closest, close, begins, named, any]
    }

    /// Those whose name has one word besides the typed ones, and those that have few.
    fn close(&self, text: &str, named: &Bits) -> [Bits; 2] {
        let typed = spoken::weight(text);
        [1, FEW_OTHERS].map(|others| match typed {
            0 => Bits::none(self.schools),
            _ => named.both(&self.short[(typed + others).min(MOST_WEIGHT)]),
        })
    }

    /// The place with exactly this folded name.
    fn exact_place(&self, text: &str) -> Option<String> {
        let at = self.places.partition_point(|(folded, _)| folded.as_str() < text);
        self.places.get(at).filter(|(folded, _)| folded == text).map(|(_, name)| name.clone())
    }

    /// The place a text names: exactly, or by the beginnings of its words if nothing is called like that.
    fn place(&self, text: &str, by_name: bool) -> Option<String> {
        if let Some(name) = self.exact_place(text) {
            return Some(name);
        }
        let typed: Vec<&str> = words(text).take(MOST_WORDS).collect();
        let begins = |place: &str| typed.iter().all(|typed| words(place).any(|word| word.starts_with(typed)));
        let mut fitting = self.places.iter().filter(|(folded, _)| !by_name && begins(folded));
        fitting.next().filter(|_| fitting.next().is_none()).map(|(_, name)| name.clone())
    }

    /// The answer with typing errors forgiven in the text as it stands, with its short forms spelled out, or without
    /// levels: the first of these that is a name, or else the first that is anything.
    fn forgive_any(&self, text: &str, plain: Option<&str>, schools: &[School]) -> Found {
        let nowhere = Found { tiers: Vec::new(), named: 0, understood: Understood::Nowhere };
        if words(text).any(|word| spoken::APART.contains(&word)) {
            return nowhere;
        }
        let meant = spoken::spelled_out(text);
        let readings = [Some(text), meant.as_deref(), plain].into_iter().flatten();
        let mut best: Option<Found> = None;
        for reading in readings {
            let typed: Vec<&str> = words(reading).take(MOST_WORDS).collect();
            let found = self.forgive(&typed, schools);
            if found.named > 0 {
                return found;
            }
            best = best.filter(|best| !best.tiers.is_empty()).or(Some(found));
        }
        best.unwrap_or(nowhere)
    }

    /// The answer with typing errors forgiven: one for each word first, then two in long words; at last also in
    /// words that could stand as they are, since "beech" is a word too but perhaps not the one meant.
    fn forgive(&self, typed: &[&str], schools: &[School]) -> Found {
        let long = typed.iter().any(|word| typo::allowed(word) > 1);
        let written = typed.iter().any(|word| self.vocabulary.begins(word));
        for (errors, every) in [(1, false), (2, false), (1, true), (2, true)] {
            // The same guesses as before.
            if errors > 1 && !long || every && !written {
                continue;
            }
            let guesses = typed.iter().map(|word| self.vocabulary.guesses(word, errors, every));
            let guesses: Vec<_> = guesses.collect();
            if guesses.iter().any(Vec::is_empty) {
                continue;
            }
            let named = self.vocabulary.all_of(&guesses, Field::Name, self.schools);
            let any = self.vocabulary.all_of(&guesses, Field::Any, self.schools);
            if !any.is_empty() {
                let told = guesses.iter().map(|guess| self.vocabulary.likeliest(guess, &any, schools));
                let told = told.collect::<Vec<_>>().join(" ");
                let [closest, close] = self.close(&typed.join(" "), &named);
                return Found::new(vec![closest, close, named, any], 3, Understood::Corrected(told));
            }
        }
        Found { tiers: Vec::new(), named: 0, understood: Understood::Nowhere }
    }
}

/// Does a text match anything?
fn matches(read: &Read) -> bool {
    read.iter().any(|set| !set.is_empty())
}

/// Positions in the arenas fit 32 bits: a catalogue file is far below 4 GiB.
fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
