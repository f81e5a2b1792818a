//! Which kind of school does a typed text mean that names no school?
//!
//! "Magnet" finds the schools with the word in their name, but who types it may want all that have a magnet: the filter
//! knows them. So the answer offers it, and leaves what was found where it is.

use super::answer::Offer;
use super::ask::{Asked, Explorer};
use super::filter::Part;
use super::fold::fold;
use super::query::Kind;
use super::search::spoken::{ARTICLES, bare, without};

/// The words of a kind, folded, in both languages.
const WORDS: [(&str, &[Kind]); 4] = [
    ("charter", &[Kind::Charter]),
    ("charters", &[Kind::Charter]),
    ("magnet", &[Kind::Magnet]),
    ("magnets", &[Kind::Magnet]),
];

/// Words that may stand beside them.
const AROUND: [&str; 4] = ["con", "program", "programa", "with"];

/// The filter that a text names and nothing else; none stands in it for "high school" and "preparatoria", which name
/// every kind.
fn named(text: &str) -> Option<&'static [Kind]> {
    let folded = fold(text);
    let bare = bare(&folded);
    let left = without(&bare, |word| ARTICLES.contains(&word) || AROUND.contains(&word)).unwrap_or_default();
    match WORDS.iter().find(|(word, _)| *word == left) {
        Some((_, kinds)) => Some(kinds),
        None => (left.is_empty() && bare != folded).then_some(&[]),
    }
}

/// All schools of the kind that the text names, if they are more than it finds; every other filter stays.
pub(super) fn offer(explorer: &Explorer, asked: &Asked) -> Option<Offer> {
    let kinds = named(&asked.query.text)?;
    let kind = kinds.first().copied();
    let others = asked.parts.where_part(|part| !matches!(part, Part::Text | Part::Kind));
    let total = kind.map_or_else(|| others.count(), |kind| others.count_both(explorer.choices.of_kind(kind)));
    let query = asked.query.with(|query| {
        query.text.clear();
        query.kinds = kinds.to_vec();
    });
    (total > asked.all.count()).then_some(Offer { kind, query, total })
}

#[cfg(test)]
mod tests {
    use super::{Kind, named};

    #[test]
    fn a_kind_is_named_alone_or_with_what_every_school_is_called() {
        for (text, kinds) in [
            ("magnet", Some(&[Kind::Magnet][..])),
            ("Magnet high schools", Some(&[Kind::Magnet])),
            ("escuelas magnet", Some(&[Kind::Magnet])),
            ("preparatoria con programa magnet", Some(&[Kind::Magnet])),
            ("la preparatoria chárter", Some(&[Kind::Charter])),
            ("charter", Some(&[Kind::Charter])),
            ("high school", Some(&[])),
            ("Preparatoria", Some(&[])),
            ("la escuela", Some(&[])),
            ("downtown magnets", None),
            ("LA", None),
            ("venice high", None),
            ("", None),
            ("?", None),
        ] {
            assert_eq!(named(text), kinds, "{text}");
        }
    }
}
