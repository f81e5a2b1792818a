//! In which schools does a word stand?
//!
//! A sorted list of the distinct words, and for each the schools in whose names and in whose other fields it stands.
//! A beginning of a word is a range of the list.

use super::super::bits::Bits;
use super::super::fold::{fold, fold_into, words};
use super::super::school::School;
use super::super::sorted::{head, in_order};
use super::{short, typo};

/// Which fields of a school are looked into.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Its name and aliases.
    Name,
    /// Its name, aliases, place, district and ZIP.
    Any,
}

pub(super) struct Vocabulary {
    arena: String,
    words: Vec<Word>,
    /// The schools of all words, one list after another: for each word first those that have it in a name.
    postings: Vec<u32>,
}

struct Word {
    from: u32,
    to: u32,
    /// Where its postings start; they end where the next word's do.
    postings: u32,
    /// Where the schools that have it elsewhere than in a name start.
    elsewhere: u32,
    letters: u64,
}

/// One occurrence while the vocabulary is made. The first eight letters stand in `head`, so that sorting rarely has
/// to look at the text.
struct Token {
    head: u64,
    from: u32,
    to: u32,
    /// The school, with the highest bit for "not in a name".
    place: u32,
}

const ELSEWHERE: u32 = 1 << 31;

/// Beside [`ELSEWHERE`]: in what its district is called. Sorts behind every other place.
const DISTRICT: u32 = 1 << 30;

/// Among the letters of a word: it stands in names of districts alone. Nobody is taken to have meant "Unified".
const OF_DISTRICTS: u64 = 1 << 63;

struct Tokens {
    arena: String,
    list: Vec<Token>,
}

impl Tokens {
    /// Folds a text into the arena; the answer is where it stands.
    fn text(&mut self, text: &str) -> (usize, usize) {
        let from = self.arena.len();
        fold_into(text, &mut self.arena);
        (from, self.arena.len())
    }

    /// Adds the words of a folded text that stands in the arena.
    fn add(&mut self, (from, to): (usize, usize), place: u32) {
        let mut at = from;
        for word in self.arena[from..to].split(' ') {
            let end = at + word.len();
            if end > at {
                self.list.push(Token { head: head(word), from: short(at), to: short(end), place });
            }
            at = end + 1;
        }
    }
}

impl Vocabulary {
    /// Makes the vocabulary of all schools, whose folded names and aliases are `names`, parts of `arena`.
    pub(super) fn new<'a>(
        schools: &[School],
        arena: &'a str,
        names: impl Iterator<Item = (&'a str, u32)>,
    ) -> Vocabulary {
        let mut tokens = Tokens {
            arena: String::with_capacity(arena.len() * 2),
            list: Vec::with_capacity(schools.len() * 10),
        };
        for (name, school) in names {
            let from = tokens.arena.len();
            tokens.arena.push_str(name);
            let to = tokens.arena.len();
            tokens.add((from, to), school);
        }
        // Neighbours in a catalogue mostly share their district; a place or a ZIP repeats here and there.
        let mut seen: Vec<(&str, (usize, usize))> = Vec::new();
        for (at, school) in (0_u32..).zip(schools) {
            for (field, kind) in [(school.place.as_str(), 0), (school.district.as_str(), DISTRICT)] {
                let slot = seen.binary_search_by_key(&field, |(text, _)| text).unwrap_or_else(|slot| {
                    let place = tokens.text(field);
                    seen.insert(slot, (field, place));
                    slot
                });
                tokens.add(seen[slot].1, at | ELSEWHERE | kind);
            }
            if school.cds.is_lausd() {
                let from = tokens.arena.len();
                tokens.arena.push_str("lausd");
                let to = tokens.arena.len();
                tokens.add((from, to), at | ELSEWHERE | DISTRICT);
            }
            let mut digits = [0_u8; 5];
            let mut rest = school.zip;
            for digit in digits.iter_mut().rev() {
                *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
                rest /= 10;
            }
            let from = tokens.arena.len();
            tokens.arena.extend(digits.map(char::from));
            let to = tokens.arena.len();
            tokens.add((from, to), at | ELSEWHERE);
        }
        Vocabulary::sorted(tokens)
    }

    fn sorted(tokens: Tokens) -> Vocabulary {
        let Tokens { arena, list } = tokens;
        let text = |token: &Token| &arena[token.from as usize..token.to as usize];
        let then =
            |a: usize, b: usize| text(&list[a]).cmp(text(&list[b])).then(list[a].place.cmp(&list[b].place));
        let order = in_order(list.len(), |at| list[at].head, &then);
        let mut words: Vec<Word> = Vec::new();
        let mut postings: Vec<u32> = Vec::with_capacity(list.len());
        let mut last: Option<&Token> = None;
        for token in order.iter().map(|at| &list[*at]) {
            if last.is_none_or(|last| last.head != token.head || text(last) != text(token)) {
                let start = short(postings.len());
                let districts = if token.place & DISTRICT == 0 { 0 } else { OF_DISTRICTS };
                let letters = typo::letters(text(token)) | districts;
                words.push(Word {
                    from: token.from,
                    to: token.to,
                    postings: start,
                    elsewhere: start,
                    letters,
                });
            } else if last.is_some_and(|last| last.place == token.place) {
                continue;
            }
            postings.push(token.place & !(ELSEWHERE | DISTRICT));
            if token.place & ELSEWHERE == 0
                && let Some(word) = words.last_mut()
            {
                word.elsewhere = short(postings.len());
            }
            last = Some(token);
        }
        words.shrink_to_fit();
        Vocabulary { arena, words, postings }
    }

    fn text(&self, word: &Word) -> &str {
        &self.arena[word.from as usize..word.to as usize]
    }

    /// The schools that have the words from `from` to before `to`.
    fn schools_of(&self, from: usize, to: usize, field: Field, into: &mut Bits) {
        let end = |at: usize| self.words.get(at).map_or(self.postings.len(), |word| word.postings as usize);
        match field {
            Field::Any => self.postings[end(from)..end(to)].iter().for_each(|school| into.add(*school)),
            Field::Name => self.words[from..to].iter().for_each(|word| {
                let names = &self.postings[word.postings as usize..word.elsewhere as usize];
                for school in names {
                    into.add(*school);
                }
            }),
        }
    }

    /// The range of words that begin like this.
    fn range(&self, beginning: &str) -> (usize, usize) {
        let from = self.words.partition_point(|word| self.text(word) < beginning);
        let many = self.words[from..].partition_point(|word| self.text(word).starts_with(beginning));
        (from, from + many)
    }

    /// Does any word begin like this?
    pub(super) fn begins(&self, beginning: &str) -> bool {
        let (from, to) = self.range(beginning);
        from < to
    }

    /// The schools in which each of the typed words begins some word.
    pub(super) fn all_begin(&self, typed: &[&str], field: Field, schools: usize) -> Bits {
        let mut all = Bits::all(schools);
        for word in typed {
            let (from, to) = self.range(word);
            let mut some = Bits::none(schools);
            self.schools_of(from, to, field, &mut some);
            all.keep(&some);
            if from == to {
                break;
            }
        }
        all
    }

    /// The words that may have been meant by a typed one: those it begins, or else (with `every`: and) those within
    /// this many errors, whole words before beginnings.
    pub(super) fn guesses(&self, typed: &str, errors: usize, every: bool) -> Vec<usize> {
        let (from, to) = self.range(typed);
        let most = typo::allowed(typed).min(errors);
        let begun = from..to;
        if most == 0 || !(every || begun.is_empty()) {
            return begun.collect();
        }
        let letters = typo::letters(typed);
        let mut best: Vec<usize> = Vec::new();
        let mut least = usize::MAX;
        for (at, word) in self.words.iter().enumerate() {
            // Each letter that the word lacks costs an error of its own, and so does each byte that it is too short.
            if begun.contains(&at)
                || word.letters & OF_DISTRICTS != 0
                || (letters & !word.letters).count_ones() as usize > most
                || ((word.to - word.from) as usize) + most < typed.len()
            {
                continue;
            }
            let Some(cost) = typo::cost(typed, self.text(word), most) else { continue };
            if cost < least {
                least = cost;
                best.clear();
            }
            if cost == least {
                best.push(at);
            }
        }
        best.extend(begun);
        best
    }

    /// The schools that have, for each typed word, one of its guesses.
    pub(super) fn all_of(&self, guesses: &[Vec<usize>], field: Field, schools: usize) -> Bits {
        let mut all = Bits::all(schools);
        for guess in guesses {
            let mut some = Bits::none(schools);
            for at in guess {
                self.schools_of(*at, *at + 1, field, &mut some);
            }
            all.keep(&some);
        }
        all
    }

    /// Words that are not of districts alone come first, then those that many schools have.
    fn rank(&self, (at, having): &(usize, Bits)) -> (bool, usize) {
        (self.words[*at].letters & OF_DISTRICTS == 0, having.count())
    }

    /// Of several guesses the one that most of the matching schools have, in the spelling of the data; the word of a
    /// district only where there is no other.
    pub(super) fn likeliest(&self, guess: &[usize], matching: &Bits, schools: &[School]) -> String {
        let having = |at: usize| {
            let mut some = Bits::none(schools.len());
            self.schools_of(at, at + 1, Field::Any, &mut some);
            some.both(matching)
        };
        let best = guess
            .iter()
            .map(|at| (*at, having(*at)))
            .reduce(|best, next| if self.rank(&next) > self.rank(&best) { next } else { best });
        let Some((at, having)) = best else { return String::new() };
        let folded = self.text(&self.words[at]);
        let spelled = having.members().next().and_then(|school| spelling(&schools[school as usize], folded));
        spelled.unwrap_or(folded).to_owned()
    }
}

/// How a school's own texts spell a folded word.
fn spelling<'a>(school: &'a School, folded: &str) -> Option<&'a str> {
    let names = std::iter::once(&school.name).chain(&school.aliases);
    let texts = names.chain([&school.place, &school.district]);
    texts
        .flat_map(|text| text.split([' ', '/', '-', ',', '(', ')']))
        .find(|word| words(&fold(word)).eq([folded]))
}
