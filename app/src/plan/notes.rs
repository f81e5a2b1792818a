//! What did I write about a school? Notes stay on the device, in no address and on no paper.

use crate::explorer::device;
use domain::plan::short_list::ShortList;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};

fn key(cds: &str) -> String {
    ["pathways.note.", cds].concat()
}

/// Fills each `[data-note]` field of a page whenever it is drawn or another tab wrote, and keeps what is typed.
pub fn serve_notes(page: NodeRef<html::Div>, list: Memo<ShortList>) {
    Effect::new(move || {
        list.track();
        let Some(page) = page.get() else { return };
        // The fields are drawn by the same change; they stand in the next frame.
        request_animation_frame(move || fill(&page));
    });
    device::changed_elsewhere(move || {
        if let Some(page) = page.get_untracked() {
            fill(&page);
        }
    });
    let listening = window_event_listener(leptos::ev::input, |event| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
        if let Some((field, cds)) =
            field.and_then(|field| Some((field.clone(), field.get_attribute("data-note")?)))
        {
            device::write(&key(&cds), &field.value());
        }
    });
    on_cleanup(move || listening.remove());
}

fn fill(page: &Element) {
    let Ok(fields) = page.query_selector_all("[data-note]") else { return };
    for field in (0..fields.length()).filter_map(|at| fields.item(at)?.dyn_into::<HtmlTextAreaElement>().ok())
    {
        // Where nothing can be kept, what was typed lasts as long as the field.
        let note = field.get_attribute("data-note").and_then(|cds| device::read_also_empty(&key(&cds)));
        if let Some(note) = note.filter(|note| field.value() != *note) {
            field.set_value(&note);
        }
    }
}
