//! What does this device remember between visits?
//!
//! Where a person starts and which school they would get anyway, so that they need not say it twice. Both stay in
//! the browser's storage; the server sees them only in an address that the person opens.

use super::asking::Asking;
use domain::explorer::query::Query;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

const START: &str = "pathways.start";
const PIN: &str = "pathways.pin";

/// Remembers the start and the pin of the question, brings them back when an address names neither, and forgets one
/// when its `[data-forget]` link is followed.
pub fn remember(asking: Asking, walk: impl Fn(&Query, bool) + 'static) {
    Effect::new(move |first: Option<()>| {
        let asked = asking.query.get();
        if first.is_none() && asked.from.is_empty() && asked.pin.is_none() {
            let kept = asked.with(|query| {
                query.from = read(START).unwrap_or_default();
                query.pin = read(PIN).and_then(|pin| pin.parse().ok());
                query.page = asked.page;
            });
            if kept != asked {
                walk(&kept, true);
            }
            return;
        }
        if !asked.from.is_empty() {
            write(START, &asked.from);
        }
        if let Some(pin) = asked.pin {
            write(PIN, &pin.to_string());
        }
    });
    let listening = window_event_listener(ev::click, |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|target| target.closest("[data-forget]").ok().flatten());
        match link.and_then(|link| link.get_attribute("data-forget")).as_deref() {
            Some("start") => forget(START),
            Some("pin") => forget(PIN),
            _ => {}
        }
    });
    on_cleanup(move || listening.remove());
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// What the device keeps under a name.
pub fn read(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten().filter(|kept| !kept.is_empty())
}

/// Keeps a value. A full or forbidden storage only means that it lasts as long as the page.
pub fn write(name: &str, value: &str) {
    if let Some(storage) = storage() {
        _ = storage.set_item(name, value);
    }
}

fn forget(name: &str) {
    if let Some(storage) = storage() {
        _ = storage.remove_item(name);
    }
}
