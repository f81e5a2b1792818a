//! How many typing errors lie between what was typed and a word?

/// Longest word (in bytes) in which errors are looked for.
const LONGEST: usize = 24;

/// Words of at most so many bytes are near many others: their first letter must be right, and they are no beginnings.
/// "Dance" is not on its way to "Daniel".
const SHORT: usize = 5;

/// The errors that a typed word may have: short words turn into too many others, and a number is another number.
pub(in super::super) fn allowed(typed: &str) -> usize {
    if typed.bytes().any(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    match typed.len() {
        0..4 | 25.. => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The set of letters of a word, to rule out most words without counting errors.
pub(super) fn letters(word: &str) -> u64 {
    word.bytes().fold(0, |set, byte| {
        set | match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << (byte - b'0' + 26),
            _ => 1 << (36 + (byte & 15)),
        }
    })
}

/// How unlikely it is that `typed` is `word`, or its beginning, with at most `most` errors: a beginning counts a little
/// more than a whole word with as many. None when it cannot be meant.
pub(in super::super) fn cost(typed: &str, word: &str, most: usize) -> Option<usize> {
    let (whole, begins) = errors(typed.as_bytes(), word.as_bytes(), most);
    let cost = whole.map(|errors| 2 * errors);
    if typed.len() > SHORT {
        return cost.or(begins.map(|errors| 2 * errors + 1));
    }
    cost.filter(|_| typed.as_bytes().first() == word.as_bytes().first())
}

/// Fewest errors (a letter too many, missing, wrong, or two swapped) between `typed` and the whole of `word`, and
/// between `typed` and any beginning of it; each only if it is at most `most`.
fn errors(typed: &[u8], word: &[u8], most: usize) -> (Option<usize>, Option<usize>) {
    let width = typed.len();
    if width > LONGEST {
        return (None, None);
    }
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    for (at, cell) in (0_u8..).zip(&mut rows[0]) {
        *cell = at;
    }
    let (mut whole, mut begins) = (None, None);
    let reach = word.len().min(width + most);
    for at in 1..=reach {
        let [before, last, mut now] = [rows[(at + 1) % 3], rows[(at + 2) % 3], rows[at % 3]];
        now[0] = u8::try_from(at).unwrap_or(u8::MAX);
        let mut nearest = now[0];
        for column in 1..=width {
            let swap = u8::from(typed[column - 1] != word[at - 1]);
            let mut cell = (last[column - 1] + swap).min(last[column] + 1).min(now[column - 1] + 1);
            let crossed = at > 1
                && column > 1
                && typed[column - 1] == word[at - 2]
                && typed[column - 2] == word[at - 1];
            if crossed {
                cell = cell.min(before[column - 2] + 1);
            }
            now[column] = cell;
            nearest = nearest.min(cell);
        }
        rows[at % 3] = now;
        let found = usize::from(now[width]);
        if found <= most {
            begins = Some(begins.map_or(found, |least: usize| least.min(found)));
            whole = (at == word.len()).then_some(found);
        }
        if usize::from(nearest) > most {
            break;
        }
    }
    (whole, begins)
}

#[cfg(test)]
mod tests {
    use super::{allowed, cost, errors};

    #[test]
    fn errors_are_counted_against_the_word_and_its_beginnings() {
        for (typed, word, whole, begins) in [
            ("roosvelt", "roosevelt", Some(1), Some(1)),
            ("marhsall", "marshall", Some(1), Some(1)),
            ("garfeild", "garfield", Some(1), Some(1)),
            ("gardield", "garfield", Some(1), Some(1)),
            ("garfieldd", "garfield", Some(1), Some(1)),
            ("roosv", "roosevelt", None, Some(1)),
            ("rosvel", "roosevelt", None, Some(2)),
            ("xyz", "roosevelt", None, None),
            ("bell", "bell", Some(0), Some(0)),
        ] {
            assert_eq!(errors(typed.as_bytes(), word.as_bytes(), 2), (whole, begins), "{typed} {word}");
        }
    }

    #[test]
    fn a_short_word_is_another_only_whole_and_from_its_first_letter_on() {
        for (typed, word, most) in [
            ("dance", "daniel", None),
            ("dance", "vance", None),
            ("habra", "abraham", None),
            ("jordn", "jordan", Some(2)),
            ("hihg", "high", Some(2)),
            ("rosevelt", "roosevelt", Some(2)),
            ("rosvel", "roosevelt", None),
            ("rosvelt", "roosevelt", None),
            ("hollenb", "hollenbeck", Some(1)),
        ] {
            assert_eq!(cost(typed, word, 1), most, "{typed} {word}");
        }
    }

    #[test]
    fn short_words_are_taken_as_they_are() {
        assert_eq!([3, 4, 7, 8, 24, 25].map(|len| allowed(&"x".repeat(len))), [0, 1, 1, 2, 2, 0]);
        assert_eq!(allowed("94102"), 0, "a number is another number");
    }
}
