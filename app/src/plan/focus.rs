//! Where does the keyboard stand after a page was drawn anew?
//!
//! What `inner_html` draws is new, so the control that was used is gone with all that was open. Here it is found again
//! by its name, opened again, and what changed is said to whoever cannot see it.
//!
//! | on the element | what it means |
//! |---|---|
//! | `data-key` | the control's name, the same in every drawing |
//! | `data-else` | the names of the controls that stand in for it when it is gone, the first that is there |
//! | `data-open` | the name of something that opens and stays open |

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// After each new question the keyboard and a screen reader start at its title.
pub fn start_at_title(page: NodeRef<html::Div>, drawn: Memo<String>) {
    Effect::new(move |before: Option<String>| {
        let now = drawn.get();
        if before.is_some_and(|before| before != now) {
            // By then the page may have been left.
            request_animation_frame(move || {
                _ = page.try_get_untracked().flatten().and_then(|page| focus(&page, "h1"));
            });
        }
        now
    });
}

/// The control that was used last, and what was open then.
#[derive(Clone, Default)]
struct Used {
    key: Option<String>,
    instead: String,
    open: Vec<String>,
}

/// Keeps the place of whoever works on a page that is drawn anew by every click.
#[derive(Clone, Copy)]
pub struct Place {
    page: NodeRef<html::Div>,
    used: StoredValue<Used>,
}

impl Place {
    /// Keeps the place on this page.
    pub fn on(page: NodeRef<html::Div>) -> Place {
        Place { page, used: StoredValue::new(Used::default()) }
    }

    /// Hears what was used, before the page changes.
    pub fn note(self, event: &Event) {
        let Some(page) = self.page.get_untracked() else { return };
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let control = target.and_then(|target| target.closest("[data-key]").ok().flatten());
        let name = |control: &Element, name| control.get_attribute(name);
        self.used.set_value(Used {
            key: control.as_ref().and_then(|control| name(control, "data-key")),
            instead: control.as_ref().and_then(|control| name(control, "data-else")).unwrap_or_default(),
            open: all(&page, "[data-open][open]").iter().filter_map(|open| name(open, "data-open")).collect(),
        });
    }

    /// The last word of the name of the control that was used: what it is about.
    pub fn about(self) -> Option<String> {
        self.used.with_value(|used| used.key.as_ref()?.rsplit('-').next().map(str::to_owned))
    }

    /// Opens what was open, and leads the keyboard back, once the page is drawn.
    pub fn restore(self) {
        request_animation_frame(move || {
            let Some(page) = self.page.try_get_untracked().flatten() else { return };
            let Some(used) = self.used.try_with_value(Clone::clone) else { return };
            for name in &used.open {
                if let Some(place) = find(&page, &format!("[data-open=\"{name}\"]")) {
                    _ = place.set_attribute("open", "");
                }
            }
            // Whoever stands elsewhere by now, as after Back, is left there.
            let lost = document().active_element().is_none_or(|at| at.tag_name() == "BODY");
            if let Some(key) = used.key.filter(|_| lost) {
                let keys = std::iter::once(key.as_str()).chain(used.instead.split_whitespace());
                let mut places = keys.map(|key| format!("[data-key=\"{key}\"]")).chain(["h1".to_owned()]);
                _ = places.find_map(|place| focus(&page, &place));
            }
        });
    }
}

fn find(page: &Element, selector: &str) -> Option<Element> {
    page.query_selector(selector).ok().flatten()
}

fn all(page: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = page.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn focus(page: &Element, selector: &str) -> Option<()> {
    find(page, selector)?.dyn_into::<HtmlElement>().ok()?.focus().ok()
}
