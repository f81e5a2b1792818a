//! Are any answers in an address answers that say the same when read again, with a suggestion?
#![no_main]

use domain::explorer::{Catalogue, Explorer};
use domain::fit::{Wishes, agree, suggest};
use std::sync::LazyLock;

static EXPLORER: LazyLock<Explorer> = LazyLock::new(|| Explorer::new(Catalogue::default()));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let wishes = Wishes::parse(&String::from_utf8_lossy(bytes));
    assert_eq!(Wishes::parse(&wishes.to_address()), wishes);
    suggest(&EXPLORER, None, &wishes, None);
    agree(&EXPLORER, None, &wishes, None);
});
