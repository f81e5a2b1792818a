//! Are any bytes details that come back as they were, or refused?
#![no_main]

use domain::explorer::Details;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(details) = Details::decode(bytes) {
        assert_eq!(Details::decode(&details.encode()), Ok(details));
    }
});
