//! Which schools did this person save on this device?
//!
//! The list lives in the browser's storage and in addresses a person makes of it; the server never sees it unless
//! they open such an address. Several tabs share it: each change is made to what the storage holds at that moment, and
//! a tab follows what another one changes.

use super::device;
use crate::site::Site;
use domain::explorer::school::Cds;
pub use domain::plan::short_list::{codes_in, read_codes, write_codes};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Where the browser keeps the list.
const KEY: &str = "pathways.list";

/// The list on this device. Empty until the program runs in the browser.
#[derive(Clone, Copy)]
pub struct Saved(RwSignal<Vec<Cds>>);

impl Saved {
    /// Puts the list into the context and fills it from the browser's storage once the page lives.
    pub fn provide() {
        let saved = Saved(RwSignal::new(Vec::new()));
        provide_context(saved);
        saved.serve_buttons();
        Effect::new(move || saved.catch_up());
        device::changed_elsewhere(move || saved.catch_up());
    }

    /// The list of this page's context.
    ///
    /// # Panics
    /// When [`Saved::provide`] was not called, which only a program error does.
    pub fn here() -> Saved {
        expect_context::<Saved>()
    }

    /// The codes, in the order in which they were saved.
    pub fn codes(self) -> Vec<Cds> {
        self.0.get()
    }

    /// The codes at the moment, for who does not follow them.
    pub fn codes_now(self) -> Vec<Cds> {
        self.0.get_untracked()
    }

    /// How many schools it holds.
    pub fn count(self) -> usize {
        self.0.with(Vec::len)
    }

    /// Is this school on it at the moment? Drawing does not follow it; [`serve_buttons`](Self::serve_buttons) does.
    pub fn has_now(self, cds: Cds) -> bool {
        self.0.with_untracked(|list| list.contains(&cds))
    }

    /// Serves every `[data-save]` button of the document, whoever drew it: a click saves, and each button shows
    /// whether its school is on the list.
    fn serve_buttons(self) {
        Effect::new(move || {
            self.0.track();
            if let Some(body) = document().body() {
                self.mark_buttons(&body);
            }
        });
        let listening = window_event_listener(ev::click, move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let button = target.and_then(|target| target.closest("[data-save]").ok().flatten());
            if let Some(cds) = button.as_ref().and_then(school_of) {
                self.toggle(cds);
            }
        });
        on_cleanup(move || listening.remove());
    }

    /// Makes each `[data-save]` button within show whether its school is on the list.
    pub fn mark_buttons(self, within: &web_sys::Element) {
        let Ok(buttons) = within.query_selector_all("[data-save]") else { return };
        for button in
            (0..buttons.length()).filter_map(|at| buttons.item(at)?.dyn_into::<web_sys::Element>().ok())
        {
            let on = school_of(&button).is_some_and(|cds| self.has_now(cds));
            let (now, before) = (if on { "true" } else { "false" }, button.get_attribute("aria-pressed"));
            if before.as_deref() != Some(now) {
                _ = button.set_attribute("aria-pressed", now);
            }
        }
    }

    /// Takes over what the storage holds now. A storage that keeps nothing changes nothing: the list then lasts as long
    /// as the page.
    pub fn catch_up(self) {
        let kept = device::read_also_empty(KEY).map(|kept| read_codes(&kept));
        if let Some(kept) = kept.filter(|kept| self.0.with_untracked(|list| list != kept)) {
            self.0.set(kept);
        }
    }

    /// Adds the school, or takes it off.
    pub fn toggle(self, cds: Cds) {
        self.catch_up();
        self.0.update(|list| match list.iter().position(|other| *other == cds) {
            Some(at) => _ = list.remove(at),
            None => list.push(cds),
        });
        self.keep();
    }

    /// Puts these schools in the place of those that were there.
    pub fn set(self, codes: Vec<Cds>) {
        self.0.set(codes);
        self.keep();
    }

    /// Adds these schools behind those that are there.
    pub fn add(self, codes: &[Cds]) {
        self.catch_up();
        self.0.update(|list| {
            for cds in codes {
                if !list.contains(cds) {
                    list.push(*cds);
                }
            }
        });
        self.keep();
    }

    /// Is this school on it?
    pub fn has(self, cds: Cds) -> bool {
        self.0.with(|list| list.contains(&cds))
    }

    /// The address of a page about the list: `/list?s=...`.
    pub fn href(self, path: &str) -> String {
        let path = Site::here().href(path);
        self.0.with(
            |list| if list.is_empty() { path.clone() } else { format!("{path}?s={}", write_codes(list)) },
        )
    }

    fn keep(self) {
        device::write(KEY, &self.0.with_untracked(|list| write_codes(list)));
    }
}

fn school_of(button: &web_sys::Element) -> Option<Cds> {
    button.get_attribute("data-save")?.parse().ok()
}
