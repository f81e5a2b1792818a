//! Does a rulebook travel whole, and is anything else refused?

use super::made::rulebook;
use domain::plan::Rulebook;
use domain::plan::rulebook::{SourceAt, Trap};
use proptest::prelude::*;

#[test]
fn a_rulebook_reads_back_as_it_was_written() {
    let book = rulebook();
    assert_eq!(Rulebook::decode(&book.encode()), Ok(book));
}

#[test]
fn a_rulebook_that_names_a_source_it_lacks_is_refused() {
    let mut book = rulebook();
    book.steps[0].ground.source = SourceAt(1);
    assert!(Rulebook::decode(&book.encode()).is_err());
}

#[test]
fn every_word_stands_for_one_trap() {
    for (at, (trap, word)) in Trap::ALL.into_iter().enumerate() {
        assert_eq!((trap as usize, trap.slug(), Trap::from_slug(word)), (at, word, Some(trap)));
    }
}

proptest! {
    #[test]
    fn no_bytes_bring_the_reader_down(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        _ = Rulebook::decode(&bytes);
    }

    #[test]
    fn a_changed_or_cut_file_is_refused_or_sound(at in any::<proptest::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = rulebook().encode();
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
            prop_assert!(Rulebook::decode(&bytes).is_err());
        } else {
            bytes[at] = byte;
            if let Ok(book) = Rulebook::decode(&bytes) {
                let sources = book.rules.iter().map(|rule| book.source(&rule.ground));
                prop_assert_eq!(sources.count(), book.rules.len());
                prop_assert_eq!(Rulebook::decode(&book.encode()), Ok(book));
            }
        }
    }

    #[test]
    fn nothing_may_follow_a_rulebook(more in 1_usize..4) {
        let mut bytes = rulebook().encode();
        bytes.extend(std::iter::repeat_n(0, more));
        prop_assert!(Rulebook::decode(&bytes).is_err());
    }
}
