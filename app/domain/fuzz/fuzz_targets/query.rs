//! Is any address a question that says the same when read again, and is answered?
#![no_main]

use domain::explorer::query::Query;
use domain::explorer::{Catalogue, Explorer};
use std::sync::LazyLock;

static EXPLORER: LazyLock<Explorer> = LazyLock::new(|| Explorer::new(Catalogue::default()));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let query = Query::parse(&String::from_utf8_lossy(bytes));
    assert_eq!(Query::parse(&query.to_address()), query);
    EXPLORER.ask(&query);
});
