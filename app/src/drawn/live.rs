//! What does the script add to a page that the server drew?
//!
//! | on the element | what happens |
//! |---|---|
//! | `data-own-list` | this field gets the list of this device |
//! | `data-own-plan` | this field gets that list whole, with its marks and the school "if you do nothing" |
//! | `data-own-count` | this text is how many schools that is |
//! | `data-own-names` | this list names them |
//! | `data-own-pin` | this box is ticked when the device knows a school "if you do nothing" |
//! | `data-print` | this button prints the page |
//! | `data-live-from` | what stands inside is fetched again from there, as long as the page is in sight |
//! | `data-passkey-make`, `data-passkey-use` | the form asks the browser for a passkey; a part of its own |

use crate::explorer::device;
use crate::explorer::saved::{Saved, write_codes};
use crate::plan::listed::own_list;
use crate::site::Site;
use domain::explorer::Explorer;
use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;
use maud::html;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlInputElement};

/// How often the counts are asked for.
const AGAIN: Duration = Duration::from_secs(3);

/// Schools of a list that travel.
const MOST_SCHOOLS: usize = domain::classroom::summary::MOST_SCHOOLS;

/// Is this the page that the server sent, and not one that was walked to since?
pub(super) fn is_first_page() -> bool {
    static WALKED: AtomicBool = AtomicBool::new(false);
    !WALKED.swap(true, Ordering::Relaxed)
}

/// Does the document have such an element right now?
pub(super) fn is_there(selector: &str) -> bool {
    find(selector).is_some()
}

/// Only the server can draw what stands at this address.
pub(super) fn ask_server() {
    Effect::new(|| _ = window().location().reload());
}

/// Begins once the page lives.
pub(super) fn begin() {
    let (saved, explorer) = (Saved::here(), Site::here().explorer);
    Effect::new(move || fill_in(saved, &explorer));
    Effect::new(|| {
        if find("[data-own-pin]").is_some() && device::read(device::PIN).is_some() {
            _ = input("[data-own-pin]").map(|field| field.set_checked(true));
        }
        if let Some(button) = find("[data-print]") {
            let print = Closure::<dyn Fn()>::new(|| _ = window().print());
            _ = button.add_event_listener_with_callback("click", print.as_ref().unchecked_ref());
            // The button lives as long as the page, and so does this.
            print.forget();
        }
        #[cfg(target_arch = "wasm32")]
        if is_there("[data-passkey-make], [data-passkey-use]") {
            spawn_local(part::begin());
        }
        if find("[data-live-from]").is_some()
            && let Ok(again) = set_interval_with_handle(|| spawn_local(follow()), AGAIN)
        {
            on_cleanup(move || again.clear());
        }
    });
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn input(selector: &str) -> Option<HtmlInputElement> {
    find(selector)?.dyn_into().ok()
}

fn fill_in(saved: Saved, explorer: &Explorer) {
    let mut codes = saved.codes();
    if codes.is_empty() {
        return;
    }
    if let Some(field) = input("[data-own-plan]") {
        field.set_value(&own_list(&codes).to_address());
    } else {
        codes.truncate(MOST_SCHOOLS);
    }
    if let Some(field) = input("[data-own-list]") {
        field.set_value(&write_codes(&codes));
    }
    if let Some(text) = find("[data-own-count]") {
        text.set_text_content(Some(&codes.len().to_string()));
    }
    if let Some(names) = find("[data-own-names]") {
        let known = codes.iter().filter_map(|cds| explorer.find(*cds)).map(|at| &explorer.school(at).name);
        names.set_inner_html(&html! { @for name in known { li { (name) } } }.into_string());
    }
}

/// Asks whether there is news, and shows it. A class that ended answers "not found", and the page says so.
async fn follow() {
    let Some(place) = find("[data-live-from]").filter(|_| !document().hidden()) else { return };
    let from = place.get_attribute("data-live-from").unwrap_or_default();
    let known = place.first_element_child().and_then(|inside| inside.get_attribute("data-version"));
    let Ok(answer) = Request::get(&format!("{from}?v={}", known.unwrap_or_default())).send().await else {
        return;
    };
    match answer.status() {
        200 => {
            if let Ok(news) = answer.text().await {
                place.set_inner_html(&news);
            }
        }
        404 => _ = window().location().reload(),
        _ => {}
    }
}

#[cfg(target_arch = "wasm32")]
#[allow(
    clippy::unnecessary_wraps,
    reason = "the splitter hands a failed fetch over in what it makes of `passkeys`"
)]
mod part {
    use super::super::passkey;
    use leptos::wasm_split::SplitLoaderError;
    use leptos::wasm_split::wasm_split;

    /// The part for passkeys begins here: what only this function reaches is fetched only where a form needs it.
    #[wasm_split(passkeys, wasm_split_path = leptos::wasm_split, fallible)]
    fn passkeys() -> Result<(), SplitLoaderError> {
        passkey::begin();
        Ok(())
    }

    /// Without the part the form is sent empty, and the page says that it did not work.
    pub(super) async fn begin() {
        _ = passkeys().await;
    }
}
