//! Where on a page does a walk put a person? After Back at the link by which they left, after any other at the top.
//!
//! A browser goes back to a number of pixels, but the page is drawn anew, and cards out of sight are only as high as
//! they are guessed to be: on a phone that was another school.

use crate::walk::{before, walked_on, walks_on};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

/// While it stands on the document's root, cards out of sight have their true height.
const TRUE_HEIGHTS: &str = "data-arriving";

/// Frames in which the page may come: one that is drawn stands in the next.
const PATIENCE: u8 = 20;

/// Frames in which the link is put in its place: a browser may go back by itself after the first.
const SURE: u8 = 3;

/// The link by which a page was left, and how far below the window's edge it stood, in CSS pixels.
#[derive(Clone)]
struct Left {
    /// The path of the page.
    page: String,
    href: String,
    top: f64,
}

/// Moves the keyboard, a screen reader and the eye along with each walk to another page.
pub fn follow(path: Memo<String>) {
    let left = StoredValue::new(Vec::<Left>::new());
    before("click", move |event| {
        let at = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(link) = at.and_then(|at| at.closest("a[href]").ok().flatten()) else { return };
        let (here, href) = (path.get_untracked(), link.get_attribute("href"));
        // A filter is a link that leads to the same page.
        if href.as_deref().and_then(|href| href.split(['?', '#']).next()) != Some(here.as_str()) {
            walks_on();
        }
        let of_page = link.closest("main").is_ok_and(|main| main.is_some());
        left.update_value(|left| {
            left.retain(|left| left.page != here);
            if let Some(href) = href.filter(|_| of_page) {
                left.push(Left { page: here, href, top: link.get_bounding_client_rect().top() });
            }
        });
    });
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            let back = !walked_on();
            match left.with_value(|left| left.iter().find(|left| back && left.page == now).cloned()) {
                Some(left) => {
                    mark_root(true);
                    stand_at(left, PATIENCE, SURE);
                }
                None => stand_at_top(),
            }
        }
        now
    });
}

/// The keyboard and a screen reader start at the page's top, not at the old link.
fn stand_at_top() {
    if let Some(main) = document().get_element_by_id("main") {
        focus(&main);
    }
}

/// Puts the link where it was, once it is there, and again in the frames after.
fn stand_at(left: Left, patience: u8, sure: u8) {
    request_animation_frame(move || match (link_to(&left.href), patience, sure) {
        (None, 0, _) => {
            stand_at_top();
            mark_root(false);
        }
        (_, _, 0) => mark_root(false),
        (None, ..) => stand_at(left, patience - 1, sure),
        (Some(link), ..) => {
            window().scroll_by_with_x_and_y(0.0, link.get_bounding_client_rect().top() - left.top);
            focus(&link);
            stand_at(left, 0, sure - 1);
        }
    });
}

fn link_to(href: &str) -> Option<Element> {
    let links = document().query_selector_all("main a[href]").ok()?;
    let links = (0..links.length()).filter_map(|at| links.item(at)?.dyn_into::<Element>().ok());
    links.into_iter().find(|link| link.get_attribute("href").as_deref() == Some(href))
}

/// Without the scrolling that comes with it: where the page stands is decided here.
fn focus(at: &Element) {
    let Some(at) = at.dyn_ref::<HtmlElement>() else { return };
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    _ = at.focus_with_options(&options);
}

fn mark_root(marked: bool) {
    if let Some(root) = document().document_element() {
        _ = root.toggle_attribute_with_force(TRUE_HEIGHTS, marked);
    }
}
