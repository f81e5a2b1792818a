//! Where are they? `/map`

use crate::head::{Head, set_head};
use crate::site::Site;
use leptos::prelude::*;

/// The map of the schools that answer the question.
#[component]
pub fn MapPage() -> impl IntoView {
    let text = Site::here().text;
    set_head(move || Head { title: text.map_title().into(), ..Head::default() });
    view! { <h1>{text.map_title()}</h1> }
}
