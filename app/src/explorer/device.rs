//! What does this device remember between visits?
//!
//! Where a person starts and which school they would get anyway, so that they need not say it twice. Both stay in
//! the browser's storage; the server sees them only in an address that the person opens.
//!
//! One rule for every page: what the address says is shown, and to open it changes nothing here, since it can come from
//! someone else. Where it says nothing, what this device knows is brought back. Only what a person does here is kept: a
//! start they typed or tapped, a school they called their own, what they forget.

use crate::site::Site;
use crate::walk::{How, use_walker};
use domain::address::encode;
use domain::explorer::query::Query;
use domain::explorer::school::Cds;
use domain::explorer::{Explorer, StartAnswer};
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::rc::Rc;
use wasm_bindgen::JsCast;

/// Where the device keeps the start.
pub const START: &str = "pathways.start";
/// Where the device keeps the pin.
pub const PIN: &str = "pathways.pin";
/// Where the device keeps the answers to the six questions.
pub const WISHES: &str = "pathways.wishes";

/// Brings back the start and the pin where the address of this page names none.
pub fn bring_back() {
    let (location, walk) = (use_location(), use_walker());
    let (path, search) = (location.pathname, location.search);
    Effect::new(move |before: Option<()>| {
        let now = search.get();
        mark_own_pin();
        if before.is_some() {
            return;
        }
        let asked = Query::parse(&now);
        let mut whole = now.trim_start_matches('?').to_owned();
        let known = [
            ("from", read(START).filter(|_| asked.from.is_empty())),
            ("pin", read(PIN).filter(|pin| asked.pin.is_none() && pin.parse::<Cds>().is_ok())),
        ];
        for (name, value) in known {
            if let Some(value) = value {
                whole.push_str(if whole.is_empty() { "" } else { "&" });
                whole.push_str(name);
                whole.push('=');
                encode(&value, &mut whole);
            }
        }
        if whole != now.trim_start_matches('?') {
            walk(&[&path.get_untracked(), "?", &whole].concat(), How::InsteadInPlace);
        }
    });
}

/// Tells the page whether the pinned school in the address is the one this device keeps: the one offers to let go of it,
/// the other to take it over.
fn mark_own_pin() {
    if let Some(root) = document().document_element() {
        let own = shown().pin.is_some_and(|pin| read(PIN) == Some(pin.to_string()));
        _ = root.toggle_attribute_with_force("data-pin-is-own", own);
    }
}

/// What the address says right now.
fn shown() -> Query {
    Query::parse(&window().location().search().unwrap_or_default())
}

/// Hears, on whatever page, the links that choose something or forget it. Who lets go of what came with a link keeps
/// what is their own.
pub fn serve_links() {
    let explorer = Site::here().explorer;
    let listening = window_event_listener(ev::click, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let told = "[data-forget], [data-keep-pin], [data-keep-start]";
        let Some(link) = target.and_then(|target| target.closest(told).ok().flatten()) else { return };
        let said = |name| link.get_attribute(name);
        if let Some(pin) = said("data-keep-pin") {
            write(PIN, &pin);
        } else if let Some(start) = said("data-keep-start") {
            write(START, &start);
        }
        let is_own = |name: &str| match name {
            START => match explorer.start(&shown().from) {
                StartAnswer::Found(start) => read(START).is_some_and(|own| own == start.key),
                _ => true,
            },
            PIN => read(PIN) == shown().pin.map(|pin| pin.to_string()),
            _ => true,
        };
        let forgotten = match said("data-forget").as_deref() {
            Some("start") => START,
            Some("pin") => PIN,
            Some("wishes") => WISHES,
            _ => return mark_own_pin(),
        };
        if is_own(forgotten) {
            forget(forgotten);
        }
    });
    on_cleanup(move || listening.remove());
}

/// Remembers a start that a person typed, if it is one place that we know.
pub fn keep_start(explorer: &Explorer, typed: &str) {
    if let StartAnswer::Found(start) = explorer.start(typed) {
        write(START, &start.key);
    }
}

fn storage() -> Option<web_sys::Storage> {
    // A page is drawn on the server too, which remembers nobody.
    if cfg!(not(target_arch = "wasm32")) {
        return None;
    }
    window().local_storage().ok().flatten()
}

/// What the device keeps under a name.
pub fn read(name: &str) -> Option<String> {
    read_also_empty(name).filter(|kept| !kept.is_empty())
}

/// What the device keeps under a name, also where that is empty; none where nothing was kept or nothing can be.
pub fn read_also_empty(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Hears when the device may keep something else than before: another tab of ours wrote, or this page comes back from a
/// time in which it heard nothing.
pub fn changed_elsewhere(hear: impl Fn() + 'static) {
    let hear: Rc<dyn Fn()> = Rc::new(hear);
    for event in ["storage", "pageshow", "visibilitychange"] {
        let hear = Rc::clone(&hear);
        let listening = window_event_listener_untyped(event, move |_| hear());
        on_cleanup(move || listening.remove());
    }
}

/// Keeps a value. A full or forbidden storage only means that it lasts as long as the page.
pub fn write(name: &str, value: &str) {
    if let Some(storage) = storage() {
        _ = storage.set_item(name, value);
    }
}

/// Forgets what the device keeps under a name.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        _ = storage.remove_item(name);
    }
}
