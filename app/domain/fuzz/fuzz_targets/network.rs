//! Are any bytes a network that comes back as it was, and can be travelled, or refused?
#![no_main]

use domain::explorer::place::Point;
use domain::trip::{Morning, Network, reach};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(network) = Network::decode(bytes) {
        assert_eq!(Network::decode(&network.encode()).as_ref(), Ok(&network));
        let ends = [0, network.stations().len() / 2].map(|at| network.stations().get(at));
        let [from, to] = ends.map(|end| end.map_or(Point { lat: 34.0, lon: -118.3 }, |end| end.point));
        reach(&network, from, Morning::default()).to(to);
        network.lines_near_both(from, to);
    }
});
