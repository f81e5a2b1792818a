//! How does a form lead to its page without loading the document anew?
//!
//! Without script the browser does it. With script the page is in the program already, also without a network.

use crate::walk::{How, use_walker};
use domain::address::pairs;
use maud::{Markup, html};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, SubmitEvent, UrlSearchParams};

/// Answers the `submit` of any form within: what was filled in becomes the address of the form's page.
pub fn walk_on_submit() -> impl Fn(SubmitEvent) + 'static {
    let walk = use_walker();
    move |event| {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form.filter(|form| form.method() == "get") else { return };
        let Some(filled) = filled(&form) else { return };
        event.prevent_default();
        let action = form.get_attribute("action").unwrap_or_default();
        let address = if filled.is_empty() { action } else { format!("{action}?{filled}") };
        walk(&address, How::Step);
    }
}

/// The filled-in fields of a form as they stand in an address; empty ones are left out.
pub fn filled(form: &HtmlFormElement) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    let all = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?.to_string();
    let all = String::from(all);
    Some(all.split('&').filter(|pair| !pair.ends_with('=')).collect::<Vec<_>>().join("&"))
}

/// What an address says, as fields that nobody sees: what a form does not ask for goes along with it.
pub fn hidden(address: &str) -> Markup {
    let mut fields = Vec::new();
    pairs(address, &mut |name, value| fields.push((name.to_owned(), value.to_owned())));
    html! { @for (name, value) in fields { @if !value.is_empty() { input type="hidden" name=(name) value=(value); } } }
}
