//! Which places could a person mean who begins to type a start?

use super::device;
use crate::site::Site;
use leptos::ev;
use leptos::prelude::*;
use maud::html;
use wasm_bindgen::JsCast;

/// Places offered at once.
const MOST: usize = 8;

/// Fills the list of every start field, on whatever page, as a person types into it, and remembers what they chose.
pub fn serve_start_fields() {
    let explorer = Site::here().explorer;
    let listening = window_event_listener(ev::input, move |event| {
        let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(field) = field.filter(|field| field.name() == "from") else { return };
        let typed = field.value();
        let mut starts = explorer.suggest(&typed, MOST);
        // Nothing is left to offer, and in WebKit an open list takes the Enter that sends the form.
        if starts.iter().any(|start| start.name.eq_ignore_ascii_case(typed.trim())) {
            starts.clear();
        }
        let options = html! { @for start in starts { option value=(start.name) { (start.place) } } };
        if let Some(list) = document().get_element_by_id("starts") {
            list.set_inner_html(&options.into_string());
        }
    });
    on_cleanup(move || listening.remove());
    let explorer = Site::here().explorer;
    let listening = window_event_listener(ev::change, move |event| {
        let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(field) = field.filter(|field| field.name() == "from") {
            device::keep_start(&explorer, &field.value());
        }
    });
    on_cleanup(move || listening.remove());
}
