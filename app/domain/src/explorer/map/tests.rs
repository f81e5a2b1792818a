//! Laws of the map: what must hold for any place and any window.

use super::{BASIN, FRAME, NARROWEST, Spot, Window, dots};
use crate::explorer::place::Point;
use proptest::prelude::*;

/// Units; far above what rounding leaves, far below a pixel.
const NOTHING: f64 = 1e-6;

fn windows() -> impl Strategy<Value = Window> {
    (0.0..FRAME.width, 0.0..FRAME.height, NARROWEST..FRAME.width)
        .prop_map(|(x, y, width)| Window { x, y, width }.clamped())
}

fn spots() -> impl Strategy<Value = Spot> {
    (0.0..FRAME.width, 0.0..FRAME.height).prop_map(|(x, y)| Spot { x, y })
}

fn is_inside(window: Window) -> bool {
    window.x >= 0.0
        && window.y >= 0.0
        && window.x + window.width <= FRAME.width + NOTHING
        && window.y + window.height() <= FRAME.height + NOTHING
        && window.width >= NARROWEST
}

proptest! {
    #[test]
    fn a_place_goes_to_the_map_and_back(lat in 33.3_f64..34.8, lon in -119.3_f64..-117.2) {
        let (back_lat, back_lon) = Spot::of_degrees(lat, lon).degrees();
        prop_assert!((back_lat - lat).abs() < 1e-9 && (back_lon - lon).abs() < 1e-9);
        prop_assert!(Spot::of_degrees(lat, lon).is_in_frame());
    }

    #[test]
    fn clamping_twice_is_clamping_once(x in -9e3_f64..9e3, y in -9e3_f64..9e3, width in 0.1_f64..9e3) {
        let once = Window { x, y, width }.clamped();
        prop_assert!(is_inside(once));
        prop_assert_eq!(once.clamped(), once);
    }

    #[test]
    fn zooming_keeps_the_place_under_the_finger(
        window in windows(), times in 0.5_f64..2.0, right in 0.0_f64..1.0, down in 0.0_f64..1.0,
    ) {
        let (before, after) = (window.spot_at(right, down), window.zoomed(times, right, down));
        prop_assert!(is_inside(after));
        // Where the frame's edge is in the way, the nearest window inside it is right.
        let inside = after.x > 0.0 && after.y > 0.0
            && after.x + after.width < FRAME.width - NOTHING && after.y + after.height() < FRAME.height - NOTHING;
        if inside {
            let now = after.spot_at(right, down);
            prop_assert!((now.x - before.x).abs() < NOTHING && (now.y - before.y).abs() < NOTHING);
        }
    }

    #[test]
    fn panning_there_and_back_is_staying(window in windows(), right in -0.3_f64..0.3, down in -0.3_f64..0.3) {
        let there = window.panned(right, down);
        prop_assert!(is_inside(there));
        if there == (Window { x: window.x + right * window.width, y: window.y + down * window.height(), ..window }) {
            let back = there.panned(-right, -down);
            prop_assert!((back.x - window.x).abs() < NOTHING && (back.y - window.y).abs() < NOTHING);
        }
    }

    #[test]
    fn a_fit_shows_every_place(places in proptest::collection::vec(spots(), 1..40)) {
        let fit = Window::fit(places.iter().copied()).unwrap();
        prop_assert!(is_inside(fit));
        for place in places {
            prop_assert!(fit.x - NOTHING <= place.x && place.x <= fit.x + fit.width + NOTHING);
            prop_assert!(fit.y - NOTHING <= place.y && place.y <= fit.y + fit.height() + NOTHING);
        }
    }

    #[test]
    fn what_is_revealed_is_in_view(window in windows(), place in spots()) {
        let moved = window.revealing(place);
        prop_assert!(is_inside(moved));
        prop_assert!(moved.shows(place), "{moved:?} {place:?}");
        prop_assert!((moved.width - window.width).abs() < NOTHING);
        prop_assert_eq!(moved.revealing(place), moved);
    }

    #[test]
    fn the_first_view_is_inside_the_frame_and_shows_the_start(
        places in proptest::collection::vec(spots(), 0..40), start in proptest::option::of(spots()),
    ) {
        let first = Window::opening(&places, start);
        prop_assert!(is_inside(first));
        prop_assert!(start.is_none_or(|start| first.shows(start)));
    }

    #[test]
    fn no_school_is_lost_or_doubled(cells in proptest::collection::vec(proptest::option::of(0_u8..9), 0..60)) {
        let point = |cell: u8| Point { lat: 34.0 + f32::from(cell) / 100.0, lon: -118.2 };
        let found = dots((0..).zip(cells.iter().map(|cell| cell.map(point))));
        let mut members: Vec<u32> = found.iter().flat_map(|dot| dot.members.clone()).collect();
        members.sort_unstable();
        let placed: Vec<u32> = (0..).zip(&cells).filter(|(_, cell)| cell.is_some()).map(|(at, _)| at).collect();
        prop_assert_eq!(members, placed);
        for (at, dot) in found.iter().enumerate() {
            prop_assert!(found[..at].iter().all(|other| other.spot != dot.spot));
        }
    }
}

#[test]
fn the_county_is_on_the_map() {
    // Corners of the county, and the centre of the projection's cosine.
    for (name, lat, lon) in [
        ("Lancaster", 34.69, -118.14),
        ("Avalon", 33.34, -118.33),
        ("Malibu", 34.02, -118.83),
        ("Claremont", 34.11, -117.72),
    ] {
        assert!(Spot::of_degrees(lat, lon).is_in_frame(), "{name}");
    }
    assert!(!Spot::of_degrees(37.78, -122.42).is_in_frame(), "San Francisco");
}

#[test]
fn a_map_without_a_result_shows_the_basin() {
    assert_eq!(Window::opening(&[], None), BASIN);
    assert_eq!(BASIN.clamped(), BASIN);
}

#[test]
fn one_school_is_shown_with_its_surroundings() {
    let school = Spot::of_degrees(34.05, -118.24);
    let first = Window::opening(&[school], None);
    assert!(first.width > NARROWEST && first.width < 100.0, "{first:?}");
    assert!((first.centre().x - school.x).abs() < 1e-9);
}
