//! Are any bytes a catalogue that can be written, read and asked, or refused?
#![no_main]

use domain::explorer::query::Query;
use domain::explorer::{Catalogue, Explorer};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(catalogue) = Catalogue::decode(bytes) {
        assert!(Catalogue::decode(&catalogue.encode()).is_ok());
        Explorer::new(catalogue).ask(&Query::parse("q=high&from=boyle&miles=4"));
    }
});
