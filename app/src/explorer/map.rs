//! Where are they? `/map`
//!
//! The map of the same question as the list. [`draw`] writes it as plain markup that needs no script: dots are links,
//! and beside it stands the same as a list. [`hand`] lets fingers, mouse and keys move it.

mod draw;
mod hand;

use super::ask;
use super::asking::{Asking, schools_href};
use super::device::bring_back;
use crate::head::{Head, set_head};
use crate::room::RoomSite;
use domain::explorer::map::Window;
use domain::explorer::query::Query;
pub use draw::picture;
use leptos::prelude::*;

/// The map of the schools that answer the question.
#[component]
pub fn MapPage() -> impl IntoView {
    let site = RoomSite::here();
    let text = site.text;
    let Asking { query, answer, .. } = Asking::provide();
    bring_back();
    set_head(move || Head {
        title: text.map_title().into(),
        description: text.map_lead().into(),
        ..Head::default()
    });
    let drawn = {
        let site = site.clone();
        Memo::new(move |_| query.with(|query| draw::draw(&site, query)))
    };
    let root = NodeRef::new();
    hand::follow(root, move || drawn.with(|drawn| drawn.opening));
    let total = move || drawn.with(|drawn| drawn.total);
    let (action, form_site) = (site.href("/map"), site.clone());
    let form = move || {
        let form = answer.with(|answer| query.with(|query| ask::form(&form_site, query, answer)));
        form.0 + &query.with(ask::carried).0
    };
    view! {
        <h1>{text.map_title()}</h1>
        <form id="ask" class="ask" role="search" method="get" action=action inner_html=form></form>
        <p class="map-said">
            <span aria-live="polite">
                <span class="num" data-result-count>{move || total().to_string()}</span> " "
                {move || text.results_schools(total())}
            </span>
            <a href=move || query.with(|query| schools_href(&site, &Query { page: 1, ..query.clone() }))>{text.map_as_list()}</a>
        </p>
        <div class="map-page" node_ref=root inner_html=move || drawn.with(|drawn| drawn.markup.clone())></div>
    }
}

/// What is drawn for a question.
#[derive(Clone, PartialEq)]
struct Drawn {
    /// The part of the map that is shown first.
    opening: Window,
    /// How many schools answer.
    total: usize,
    markup: String,
}
