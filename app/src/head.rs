//! What does a page say about itself to the browser's tab, a shared link and the response's status?
//!
//! On the server a page leaves its [`Head`] in a slot that the document is written from; in the browser its title
//! follows it.

use leptos::prelude::*;
use std::sync::{Arc, Mutex};

/// What a page says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The name of the page, without the name of the site.
    pub title: String,
    /// One sentence for a shared link.
    pub description: String,
    /// The page stands for something that is not there.
    pub missing: bool,
    /// Only the server draws the page: it carries the style of such pages.
    pub drawn: bool,
}

/// Where the server reads a page's head after drawing it.
#[derive(Clone, Default)]
pub struct HeadSlot(Arc<Mutex<Head>>);

impl HeadSlot {
    /// What the page said.
    pub fn take(&self) -> Head {
        self.0.lock().map(|mut head| std::mem::take(&mut *head)).unwrap_or_default()
    }
}

/// The name of the site, behind each page's title.
const SITE: &str = "Pathways";

/// The full title of a page.
pub fn full_title(title: &str) -> String {
    if title.is_empty() { SITE.to_owned() } else { format!("{title} · {SITE}") }
}

/// Sets what the page says about itself; in the browser it follows what it reads.
pub fn set_head(head: impl Fn() -> Head + Send + Sync + 'static) {
    if let Some(slot) = use_context::<HeadSlot>() {
        if let Ok(mut place) = slot.0.lock() {
            *place = untrack(head);
        }
        return;
    }
    Effect::new(move || document().set_title(&full_title(&head().title)));
}
