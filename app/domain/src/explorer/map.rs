//! Where on the map is a point, and which part of the map is in view?
//!
//! The map is a fixed [frame](Frame) of Los Angeles County in units of about 157 m, `x` to the east and `y` to the
//! south. The projection is equirectangular, with degrees of longitude shortened by the cosine of 34° north: at the
//! county's size it is nowhere more than 1.2 % off, and it needs no trigonometry. A [`Window`] is the part in view;
//! it always has the shape of the frame, so one number says how large it is.

use super::place::Point;
use super::sorted::in_order;
use std::cmp::Ordering;

#[cfg(test)]
mod tests;

/// The shape of the whole map: its width and height in units.
pub const FRAME: Frame = Frame { width: 1_300.0, height: 1_100.0 };

/// The sides of the whole map, in units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// From west to east.
    pub width: f64,
    /// From north to south.
    pub height: f64,
}

/// Degrees north of the upper edge: a little north of Lancaster's last schools and the county line.
const NORTH: f64 = 34.84;
/// Degrees east in the middle between the left and the right edge.
const MIDDLE: f64 = -118.27;
/// Units for a degree of latitude: the lower edge is at 33.28° north, south of Catalina Island.
const SCALE: f64 = 1_100.0 / 1.56;
/// The cosine of 34° north.
const SHORTENED: f64 = 0.829_037_572_555;

/// The narrowest window, in units: about 4.7 km, a few blocks around a school.
pub const NARROWEST: f64 = 30.0;

/// The Los Angeles basin and the San Fernando and San Gabriel valleys, where nine of ten schools are.
pub const BASIN: Window = Window { x: 357.0, y: 348.0, width: 546.0 };

/// A place on the map, in units from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// To the east.
    pub x: f64,
    /// To the south.
    pub y: f64,
}

impl Spot {
    /// Where a point on the ground is on the map; outside the frame for a point outside it.
    pub fn of(point: Point) -> Spot {
        Spot::of_degrees(f64::from(point.lat), f64::from(point.lon))
    }

    /// [`of`](Spot::of) with the full precision of a data file.
    pub fn of_degrees(lat: f64, lon: f64) -> Spot {
        Spot { x: FRAME.width / 2.0 + (lon - MIDDLE) * SHORTENED * SCALE, y: (NORTH - lat) * SCALE }
    }

    /// Degrees north and east of a place on the map.
    pub fn degrees(self) -> (f64, f64) {
        (NORTH - self.y / SCALE, MIDDLE + (self.x - FRAME.width / 2.0) / (SHORTENED * SCALE))
    }

    /// Is it on the map at all?
    pub fn is_in_frame(self) -> bool {
        (0.0..=FRAME.width).contains(&self.x) && (0.0..=FRAME.height).contains(&self.y)
    }
}

/// A value, or the nearer limit. `f64::clamp` would bring the writing of any fraction, 20 KB, for its panic's message.
pub fn between(value: f64, least: f64, most: f64) -> f64 {
    value.min(most).max(least)
}

/// The part of the map in view. Its height follows from its width: it has the shape of the frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Its left edge, in units.
    pub x: f64,
    /// Its upper edge, in units.
    pub y: f64,
    /// Its width, in units.
    pub width: f64,
}

impl Window {
    /// The whole map.
    pub const WHOLE: Window = Window { x: 0.0, y: 0.0, width: FRAME.width };

    /// Its height, in units.
    pub fn height(self) -> f64 {
        self.width * (FRAME.height / FRAME.width)
    }

    /// The place in the middle.
    pub fn centre(self) -> Spot {
        Spot { x: self.x + self.width / 2.0, y: self.y + self.height() / 2.0 }
    }

    /// A window of this width around a place, as far as the frame allows.
    pub fn around(centre: Spot, width: f64) -> Window {
        let sized = Window { x: 0.0, y: 0.0, width: between(width, NARROWEST, FRAME.width) };
        let (x, y) = (centre.x - sized.width / 2.0, centre.y - sized.height() / 2.0);
        Window { x, y, ..sized }.clamped()
    }

    /// The nearest window inside the frame that is neither wider than it nor narrower than [`NARROWEST`].
    #[must_use]
    pub fn clamped(self) -> Window {
        let width = between(self.width, NARROWEST, FRAME.width);
        let sized = Window { width, ..self };
        Window {
            x: between(self.x, 0.0, FRAME.width - width),
            y: between(self.y, 0.0, FRAME.height - sized.height()),
            width,
        }
    }

    /// Moved by a part of its own size: `(0.25, 0.0)` shows what is a quarter of it further east.
    #[must_use]
    pub fn panned(self, right: f64, down: f64) -> Window {
        Window { x: self.x + right * self.width, y: self.y + down * self.height(), ..self }.clamped()
    }

    /// Seen `times` as near, about a place given in parts of the window: `(0.5, 0.5)` is its centre. That place stays
    /// where it is, unless the frame's edge is in the way.
    #[must_use]
    pub fn zoomed(self, times: f64, right: f64, down: f64) -> Window {
        let fixed = self.spot_at(right, down);
        let sized = Window { width: between(self.width / times, NARROWEST, FRAME.width), ..self };
        Window { x: fixed.x - right * sized.width, y: fixed.y - down * sized.height(), ..sized }.clamped()
    }

    /// The place at a part of the window: `(0.0, 0.0)` is its upper left corner.
    pub fn spot_at(self, right: f64, down: f64) -> Spot {
        Spot { x: self.x + right * self.width, y: self.y + down * self.height() }
    }

    /// Does it show the place?
    pub fn shows(self, spot: Spot) -> bool {
        (self.x..=self.x + self.width).contains(&spot.x)
            && (self.y..=self.y + self.height()).contains(&spot.y)
    }

    /// Moved just so far that the place is well inside, a twelfth of the window from each edge.
    #[must_use]
    pub fn revealing(self, spot: Spot) -> Window {
        let inside = |start: f64, size: f64, at: f64| {
            let edge = size / 12.0;
            between(start, at - size + edge, at - edge)
        };
        let (x, y) = (inside(self.x, self.width, spot.x), inside(self.y, self.height(), spot.y));
        Window { x, y, ..self }.clamped()
    }

    /// The smallest window that shows all these places with some room around them; none without a place.
    pub fn fit(spots: impl IntoIterator<Item = Spot>) -> Option<Window> {
        let mut spots = spots.into_iter();
        let first = spots.next()?;
        let (low, high) = spots.fold((first, first), |(low, high), spot| {
            let low = Spot { x: low.x.min(spot.x), y: low.y.min(spot.y) };
            (low, Spot { x: high.x.max(spot.x), y: high.y.max(spot.y) })
        });
        let (wide, high_enough) = (high.x - low.x, (high.y - low.y) * (FRAME.width / FRAME.height));
        let centre = Spot { x: f64::midpoint(low.x, high.x), y: f64::midpoint(low.y, high.y) };
        Some(Window::around(centre, (wide.max(high_enough) * 1.16).max(2.0 * NARROWEST)))
    }

    /// What to show first of a result: all of it where that is not wider than the [`BASIN`]; otherwise the
    /// surroundings of the start, or the basin, or (if most of the result is elsewhere) all of it after all.
    pub fn opening(spots: &[Spot], start: Option<Spot>) -> Window {
        let start = start.filter(|start| start.is_in_frame());
        let all = Window::fit(spots.iter().copied().chain(start)).unwrap_or(BASIN);
        let shown = spots.iter().filter(|spot| BASIN.shows(**spot)).count();
        match start {
            _ if all.width <= BASIN.width => all,
            Some(start) => Window::around(start, BASIN.width / 2.0),
            None if shown * 3 >= spots.len() * 2 => BASIN,
            None => all,
        }
    }
}

/// Schools that stand on the same point, such as several on one campus.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Where they are.
    pub spot: Spot,
    /// What stands there, in the order given; at least one.
    pub members: Vec<u32>,
}

/// Puts what stands on the same point together. The dots come in the order of their first member; what has no point,
/// or one outside the frame, is left out.
pub fn dots(placed: impl IntoIterator<Item = (u32, Option<Point>)>) -> Vec<Dot> {
    let bits = |point: Point| u64::from(point.lat.to_bits()) << 32 | u64::from(point.lon.to_bits());
    let spots =
        placed.into_iter().filter_map(|(member, point)| Some((member, bits(point?), Spot::of(point?))));
    let spots: Vec<(u32, u64, Spot)> = spots.filter(|(.., spot)| spot.is_in_frame()).collect();
    // What stands on one point lies together in this order, and the first of it in front.
    let order = in_order(spots.len(), |at| spots[at].1, &|_, _| Ordering::Equal);
    let mut dots: Vec<Option<Dot>> = vec![None; spots.len()];
    for here in order.chunk_by(|a, b| spots[*a].1 == spots[*b].1) {
        let members = here.iter().map(|at| spots[*at].0).collect();
        dots[here[0]] = Some(Dot { spot: spots[here[0]].2, members });
    }
    dots.into_iter().flatten().collect()
}
