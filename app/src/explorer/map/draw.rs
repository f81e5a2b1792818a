//! How is the map written?
//!
//! The picture of the county, the dots and the marks stand in one inner `<svg>` that is larger than the outer one and
//! placed in percent of it; what is inside stands in percent of the inner one. So a window of the map is four
//! attributes, dots and names keep their size at any scale, and none of it needs a script or an inline style.

use super::Drawn;
use crate::room::RoomSite;
use crate::site::Site;
use domain::explorer::StartAnswer;
use domain::explorer::map::{BASIN, Dot, FRAME, Spot, Window, dots};
use domain::explorer::place::Point;
use domain::explorer::query::Query;
use domain::explorer::school::School;
use maud::{Markup, html};
use std::fmt::Write as _;
use text::RoomText;

/// Draws the map of a question, and the list beside it.
pub(super) fn draw(site: &RoomSite, query: &Query) -> Drawn {
    let explorer = &site.explorer;
    let text = site.text;
    let hits = explorer.all_hits(query);
    let start = match explorer.start(&query.from) {
        StartAnswer::Found(start) => Some((start.name.as_str(), Spot::of(start.point))),
        _ => None,
    };
    let pin = query.pin.and_then(|pin| explorer.find(pin));
    let placed = hits.iter().copied().chain(pin.filter(|pin| !hits.contains(pin)));
    let mut dots = dots(placed.map(|at| (at, place_of(explorer.school(at)))));
    // What is drawn last lies on top.
    if let Some(at) = dots.iter().position(|dot| pin.is_some_and(|pin| dot.members.contains(&pin))) {
        let pinned = dots.remove(at);
        dots.push(pinned);
    }
    let spots: Vec<Spot> = dots.iter().map(|dot| dot.spot).collect();
    let opening = Window::opening(&spots, start.map(|(_, spot)| spot));
    let inside = html! {
        g.map-dots { @for dot in &dots { (dot_link(site, dot, pin)) } }
        @if let Some((name, spot)) = start.filter(|(_, spot)| spot.is_in_frame()) {
            svg.map-start x=(across(spot)) y=(down(spot)) overflow="visible" role="img" {
                title { (text.map_start(name)) }
                path d="M-9 0H9M0-9V9" {} path d="M-9 0H9M0-9V9" {}
            }
        }
    };
    let markup = html! {
        figure.map {
            a.map-skip href="#map-list" { (text.map_skip()) }
            div.map-box {
                svg.map-view role="group" aria-label=(text.map_label(hits.len())) { (framed(opening, &inside)) }
                div.map-zoom.scripted {
                    @for (way, sign, name) in
                        [("in", "+", text.map_in()), ("out", "−", text.map_out()), ("all", "⤢", text.map_whole())]
                    {
                        button.btn type="button" data-zoom=(way) aria-label=(name) title=(name) { (sign) }
                    }
                }
                p.map-name aria-hidden="true" {}
            }
            figcaption.quiet {
                (legend(text, pin.is_some(), start.is_some())) " "
                (text.map_credits()) " "
                span.map-keys.scripted { (text.map_keys()) }
            }
        }
        details.map-list id="map-list" open { summary { h2 { (text.map_list()) } } (by_place(site, &hits, &dots)) }
    };
    Drawn { opening, total: hits.len(), markup: markup.into_string() }
}

/// What the marks mean, those that can be on the map now.
fn legend(text: RoomText, pinned: bool, start: bool) -> Markup {
    let mark = |class: &str, inside: Markup, words: &str| {
        html! {
            li { svg.(class) width="28" height="18" aria-hidden="true" { (inside) } (words) }
        }
    };
    let dot = || html! { circle cx="14" cy="9" {} };
    html! {
        ul.map-legend {
            (mark("map-rail", html! { path d="M1 9H27" {} circle cx="14" cy="9" r="2.5" {} }, text.map_rail()))
            (mark("map-bus", html! { path d="M1 9H27" {} }, text.map_bus()))
            (mark("map-dots", html! { g.many { (dot()) text x="14" y="9" dy=".35em" { "3" } } }, text.map_many()))
            @if pinned { (mark("map-dots", html! { g.pin { (dot()) } }, text.map_pinned())) }
            @if start { (mark("map-start", html! { path d="M6 9H22M14 1V17" {} path d="M6 9H22M14 1V17" {} }, text.map_begin())) }
        }
    }
}

/// The basin with a dot for each school that an 8th grader can choose, to look at.
pub fn picture(site: &Site) -> String {
    let schools = site.explorer.catalogue().schools.iter().filter(|school| school.is_default());
    let dots = dots((0..).zip(schools.map(place_of)));
    let mut path = String::new();
    for spot in dots.iter().map(|dot| dot.spot).filter(|spot| BASIN.shows(*spot)) {
        // Not `h0`: WebKit scales the cap of a line without a length.
        _ = write!(path, "M{} {}h.01", tenths(spot.x), tenths(spot.y));
    }
    let inside = html! {
        svg width="100%" height="100%" viewBox=(format!("0 0 {} {}", rounded(FRAME.width), rounded(FRAME.height))) preserveAspectRatio="none" {
            path.map-points d=(path) {}
        }
    };
    html! { svg.map-view aria-hidden="true" { (framed(BASIN, &inside)) } }.into_string()
}

/// The window of the map, with what lies on it.
fn framed(window: Window, inside: &Markup) -> Markup {
    let [x, y, width, height] = frame_of(window);
    html! {
        svg data-frame x=(x) y=(y) width=(width) height=(height) overflow="visible" {
            // It has no ratio of its own to keep, and WebKit takes one for it where `preserveAspectRatio` says none.
            image href="/basemap.svg" width="100%" height="100%" aria-hidden="true" {}
            (inside)
        }
    }
}

/// Where the whole map lies, in percent of its window: left, top, width, height.
pub(super) fn frame_of(window: Window) -> [String; 4] {
    [
        percent(-window.x, window.width),
        percent(-window.y, window.height()),
        percent(FRAME.width, window.width),
        percent(FRAME.height, window.height()),
    ]
}

/// The place that [`frame_of`] and the dots speak of, read back from a dot's attributes.
pub(super) fn spot_of(across: &str, down: &str) -> Option<Spot> {
    // Always two digits behind the point: without it they are whole hundredths.
    let part = |percent: &str| percent.strip_suffix('%')?.replace('.', "").parse::<i32>().ok().map(f64::from);
    Some(Spot { x: part(across)? / 10_000.0 * FRAME.width, y: part(down)? / 10_000.0 * FRAME.height })
}

/// Where a school is drawn: an office outside the county is no place to go to.
fn place_of(school: &School) -> Option<Point> {
    school.point.filter(|_| school.in_county)
}

fn dot_link(site: &RoomSite, dot: &Dot, pin: Option<u32>) -> Markup {
    let school = |at: u32| site.explorer.school(at);
    let (x, y) = (across(dot.spot), down(dot.spot));
    let class = pin.filter(|pin| dot.members.contains(pin)).map(|_| "pin");
    html! {
        @if let [only] = dot.members[..] {
            a class=[class] href=(site.href(&format!("/schools/{}", school(only).cds))) {
                title { (school(only).name) }
                circle cx=(x) cy=(y) {}
            }
        } @else {
            @let names: Vec<&str> = dot.members.iter().map(|at| school(*at).name.as_str()).collect();
            a.many.(class.unwrap_or_default()) href=(format!("#{}", campus_id(dot))) {
                title { (site.text.map_campus(dot.members.len(), &names.join(", "))) }
                circle cx=(x) cy=(y) {}
                text x=(x) y=(y) dy=".35em" { (dot.members.len()) }
            }
        }
    }
}

/// Where the list tells which schools share a campus.
fn campus_id(dot: &Dot) -> String {
    format!("campus-{}", dot.members[0])
}

/// The same as a list: by neighbourhood or city, schools of one campus together.
fn by_place(site: &RoomSite, hits: &[u32], dots: &[Dot]) -> Markup {
    let mut campus: Vec<Option<&Dot>> = vec![None; site.explorer.catalogue().schools.len()];
    for dot in dots.iter().filter(|dot| dot.members.len() > 1) {
        dot.members.iter().for_each(|at| campus[*at as usize] = Some(dot));
    }
    // By name; what is nowhere has none and so comes first.
    let mut places: Vec<(&str, Vec<Vec<u32>>)> = vec![("", Vec::new())];
    for at in hits {
        let members = match campus[*at as usize] {
            // The whole campus stands where its first school does.
            Some(dot) if dot.members[0] != *at => continue,
            Some(dot) => dot.members.clone(),
            None => vec![*at],
        };
        let school = site.explorer.school(*at);
        let place = if place_of(school).is_some() { school.place.as_str() } else { "" };
        let slot = places.binary_search_by_key(&place, |(name, _)| name).unwrap_or_else(|slot| {
            places.insert(slot, (place, Vec::new()));
            slot
        });
        places[slot].1.push(members);
    }
    let (_, elsewhere) = places.remove(0);
    html! {
        div.map-places {
            @for (place, campuses) in places { (place_section(site, place, &campuses)) }
            @if !elsewhere.is_empty() { (place_section(site, site.text.map_nowhere(), &elsewhere)) }
        }
    }
}

fn place_section(site: &RoomSite, name: &str, campuses: &[Vec<u32>]) -> Markup {
    let link = |at: u32| {
        let school = site.explorer.school(at);
        html! { a href=(site.href(&format!("/schools/{}", school.cds))) { (school.name) } }
    };
    html! {
        section {
            h3 { (name) }
            ul {
                @for members in campuses {
                    @if let [only] = members[..] { li { (link(only)) } } @else {
                        li.campus id=(format!("campus-{}", members[0])) {
                            span.quiet { (site.text.map_together()) }
                            ul { @for at in members { li { (link(*at)) } } }
                        }
                    }
                }
            }
        }
    }
}

fn across(spot: Spot) -> String {
    percent(spot.x, FRAME.width)
}

fn down(spot: Spot) -> String {
    percent(spot.y, FRAME.height)
}

/// A part of a whole with two digits behind the point: on the whole map about 20 m.
fn percent(part: f64, whole: f64) -> String {
    let hundredths = rounded(part / whole * 10_000.0);
    let (sign, size) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
    format!("{sign}{}.{:02}%", size / 100, size % 100)
}

fn tenths(units: f64) -> String {
    let tenths = rounded(units * 10.0);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a million at most: the narrowest window's hundredths of a percent"
)]
fn rounded(value: f64) -> i64 {
    value.round() as i64
}

#[cfg(test)]
mod tests {
    use super::{percent, spot_of};

    #[test]
    fn percents_are_short_and_come_back() {
        for (part, whole, expected) in [
            (0.0, 1.0, "0.00%"),
            (-1.0, 3.0, "-33.33%"),
            (1_300.0, 30.0, "4333.33%"),
            (-0.004, 100.0, "0.00%"),
        ] {
            assert_eq!(percent(part, whole), expected);
        }
        let spot = spot_of("50.00%", "25.00%").unwrap();
        assert_eq!((spot.x, spot.y), (650.0, 275.0));
        assert!(spot_of("50", "25.00%").is_none());
    }
}
