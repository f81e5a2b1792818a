//! What does this device remember between visits?
//!
//! Where a person starts and which school they would get anyway, so that they need not say it twice. Both stay in
//! the browser's storage; the server sees them only in an address that the person opens.

use super::asking::Asking;
use crate::site::Site;
use domain::explorer::query::Query;
use domain::explorer::{Explorer, StartAnswer};
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;

/// Where the device keeps the start.
pub const START: &str = "pathways.start";
/// Where the device keeps the pin.
pub const PIN: &str = "pathways.pin";
/// Where the device keeps the answers to the six questions.
pub const WISHES: &str = "pathways.wishes";

/// Brings back the start and the pin where an address names none, and remembers those that the person chose.
///
/// An address can come from someone else, so it counts only where this device knew nothing; a chosen start
/// ([`keep_start`]), a followed `[data-keep-pin]` link and a followed `[data-forget]` link always count.
pub fn remember(asking: Asking, walk: impl Fn(&Query, bool) + 'static) {
    let explorer = Site::here().explorer;
    // A typed letter changes neither.
    let chosen = Memo::new(move |_| asking.query.with(|query| (query.from.clone(), query.pin)));
    Effect::new(move |first: Option<()>| {
        chosen.track();
        let asked = asking.query.get_untracked();
        if first.is_none() {
            let mut kept = asked.clone();
            if kept.from.is_empty() {
                kept.from = read(START).unwrap_or_default();
            }
            kept.pin = kept.pin.or_else(|| read(PIN)?.parse().ok());
            if kept != asked {
                walk(&kept, true);
                return;
            }
        }
        if read(START).is_none() {
            keep_start(&explorer, &asked.from);
        }
        if let Some(pin) = asked.pin.filter(|pin| read(PIN).is_none() && explorer.find(*pin).is_some()) {
            write(PIN, &pin.to_string());
        }
    });
}

/// Hears, on whatever page, the links that choose a pin or forget something.
pub fn serve_links() {
    let listening = window_event_listener(ev::click, |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|target| target.closest("[data-forget], [data-keep-pin]").ok().flatten());
        let Some(link) = link else { return };
        match (link.get_attribute("data-forget").as_deref(), link.get_attribute("data-keep-pin")) {
            (Some("start"), _) => forget(START),
            (Some("pin"), _) => forget(PIN),
            (Some("wishes"), _) => forget(WISHES),
            (_, Some(pin)) => write(PIN, &pin),
            _ => {}
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
