//! Which schools answer what I ask? `/schools`
//!
//! The parts are plain markup, drawn again when the question or its answer changes. The page listens to its fields
//! as a whole: what bubbles up is told apart by the name of the field.

use super::asking::{Asking, page_href, use_walk};
use super::cards::Cards;
use super::device::bring_back;
use super::saved::Saved;
use super::{ask, filters, results};
use crate::head::{Head, set_head};
use crate::site::Site;
use crate::walk::before;
use domain::explorer::Answer;
use domain::explorer::query::{Query, Sort};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use maud::Markup;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};

/// The list of schools.
#[component]
pub fn Schools() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let saved = Saved::here();
    let asking = Asking::provide();
    let Asking { query, answer, .. } = asking;
    let walk = use_walk();
    bring_back();
    // The cards come first; the rest of the page follows when they stand.
    let shown = RwSignal::new(answer.get_untracked());
    let title = Memo::new(move |_| {
        shown.with(|answer| match &answer.start {
            Some(start) => text.schools_title_near(&start.name),
            None => text.schools_title().to_owned(),
        })
    });
    set_head(move || Head { title: title.get(), description: text.home_lead().into(), ..Head::default() });
    // A part of the page as markup that follows the question and its answer.
    let part = {
        let site = site.clone();
        move |draw: fn(&Site, &Query, &Answer) -> Markup| {
            let site = site.clone();
            move || {
                shown.with(|answer| query.with_untracked(|query| draw(&site, query, answer)).into_string())
            }
        }
    };
    // Filters that nobody sees need not be counted at every letter.
    let open = RwSignal::new(false);
    let groups = {
        let groups = part(filters::groups);
        let first = untrack(&groups);
        move || if open.get() { groups() } else { first.clone() }
    };
    let carried = untrack(part(|_, query, _| ask::carried(query)));
    let form = untrack(part(ask::form));
    let orders = query.with_untracked(|query| results::orders(text, query)).into_string();
    let pinned_site = site.clone();
    let pinned = Memo::new(move |_| {
        shown.with(|answer| {
            query.with_untracked(|query| results::pinned(&pinned_site, saved, query, answer)).into_string()
        })
    });
    let map_site = site.clone();
    let page = NodeRef::<html::Div>::new();
    keep_fields(page, asking, shown, walk.clone());
    keep_focus(page, shown);
    // A link drawn from the address (the other language, say) must lead on from what was typed.
    let settled = walk.clone();
    before("click", move |_| asking.settle(|query| settled(query, true)));
    let changed = walk.clone();
    view! {
        <div
            node_ref=page
            on:input=move |event| typed(&event, asking, &walk)
            on:change=move |event| chosen(&event, asking, &changed)
        >
            <h1>{title}</h1>
            <form id="ask" class="ask" role="search" method="get" action=site.href("/schools") inner_html=form></form>
            <div class="note" role="status" inner_html=part(|site, query, _| ask::start_note(site, query))></div>
            <section class="filters" aria-label=text.filter_label()>
                <ul class="chips" inner_html=part(filters::usual)></ul>
                <details class="more" on:toggle=move |event| open.set(is_open(&event))>
                    <summary class="chip">{text.filter_all()}</summary>
                    <div class="groups" inner_html=groups></div>
                </details>
                <div inner_html=part(|site, query, _| filters::clear(site, query))></div>
                <div hidden inner_html=carried></div>
            </section>
            <div class="said">
                <p id="answer" tabindex="-1" aria-live="polite" inner_html=part(|site, query, answer| results::said(site.text, query, answer))></p>
                <div class="said-end">
                    <span inner_html=orders></span>
                    <a class="quiet" href=move || shown.with(|_| query.with_untracked(|query| page_href(&map_site, "/map", query)))>
                        {text.results_map()}
                    </a>
                </div>
            </div>
            <p class="quiet">{text.acronyms()}</p>
            <ul class="list pinned" inner_html=move || pinned.get()></ul>
            <h2 class="sr">{text.results_label()}</h2>
            <Cards shown=shown/>
            <div inner_html=part(results::after)></div>
            <form id="compare" class="compare-bar" method="get" action=site.href("/compare")
                inner_html=part(|site, query, _| results::compare_bar(site.text, query))></form>
        </div>
    }
}

fn field<T: JsCast>(event: &web_sys::Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}

fn is_open(event: &ev::Event) -> bool {
    field::<web_sys::Element>(event).is_some_and(|details| details.has_attribute("open"))
}

/// A letter in the search field is answered at once.
fn typed(event: &ev::Event, asking: Asking, walk: &(impl Fn(&Query, bool) + Clone + 'static)) {
    let Some(field) = field::<HtmlInputElement>(event).filter(|field| field.name() == "q") else { return };
    let walk = walk.clone();
    asking.type_text(&field.value(), move |query| walk(query, true));
}

/// A chosen start, distance or order is a step that Back undoes.
fn chosen(event: &ev::Event, asking: Asking, walk: &impl Fn(&Query, bool)) {
    let (name, value) = match field::<HtmlSelectElement>(event) {
        Some(select) => (select.name(), select.value()),
        None => match field::<HtmlInputElement>(event) {
            Some(input) => (input.name(), input.value()),
            None => return,
        },
    };
    let query = asking.query.get_untracked();
    let changed = match name.as_str() {
        "from" => query.with(|query| value.trim().clone_into(&mut query.from)),
        "miles" => query.with(|query| query.miles = value.parse().ok()),
        "sort" => query.with(|query| query.sort = Sort::from_slug(&value).unwrap_or_default()),
        _ => return,
    };
    walk(&changed, false);
}

/// Keeps the fields and the question together: what a person typed before the program came is asked now, and what
/// Back brings is shown.
fn keep_fields(
    page: NodeRef<html::Div>,
    asking: Asking,
    shown: RwSignal<Arc<Answer>>,
    walk: impl Fn(&Query, bool) + Clone + 'static,
) {
    Effect::new(move |before: Option<()>| {
        let Some(page) = page.get() else { return };
        let (query, answer) = (asking.query.get_untracked(), shown.get());
        let named = |name: &str| page.query_selector(&format!("[name={name}]")).ok().flatten();
        let text = named("q").and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        if let Some(text) = text.filter(|text| text.value().trim() != query.text) {
            if before.is_none() {
                let walk = walk.clone();
                asking.type_text(&text.value(), move |query| walk(query, true));
            } else {
                text.set_value(&query.text);
            }
        }
        if before.is_none() {
            return;
        }
        if let Some(from) = named("from").and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            from.set_value(&ask::start_shown(&query, &answer));
        }
        let selects = [
            ("miles", query.miles.map(|miles| miles.to_string()).unwrap_or_default()),
            ("sort", query.sort.slug().to_owned()),
        ];
        for (name, value) in selects {
            if let Some(select) = named(name).and_then(|field| field.dyn_into::<HtmlSelectElement>().ok()) {
                select.set_value(&value);
            }
        }
    });
}

/// A link that was followed is drawn again: the keyboard stays on a filter, and goes on from the answer where the
/// link itself is gone.
fn keep_focus(page: NodeRef<html::Div>, shown: RwSignal<Arc<Answer>>) {
    // A link of this page was followed; the number is its place among the filters, if it is one.
    let followed = StoredValue::new(None::<Option<u32>>);
    // The page may be gone by the time its links are looked for.
    let chips = move || {
        page.try_get_untracked().flatten().and_then(|page| page.query_selector_all("[data-chip]").ok())
    };
    before("click", move |event| {
        let link = field::<web_sys::Element>(event).and_then(|at| at.closest("a").ok().flatten());
        let Some((link, page)) = link.zip(page.try_get_untracked().flatten()) else { return };
        if page.contains(Some(&link)) {
            let place = chips().and_then(|all| {
                (0..all.length()).find(|at| all.item(*at).is_some_and(|chip| chip.is_same_node(Some(&link))))
            });
            followed.set_value(Some(place));
        }
    });
    Effect::new(move || {
        shown.track();
        let Some(place) = followed.try_update_value(Option::take).flatten() else { return };
        // The parts of the page follow the answer too; the focus goes last.
        request_animation_frame(move || {
            let chip = place.zip(chips()).and_then(|(place, all)| all.item(place));
            let lost = document().active_element().is_none_or(|at| at.tag_name() == "BODY");
            let answer = if lost { document().get_element_by_id("answer") } else { None };
            if let Some(at) = chip.map(JsCast::unchecked_into).or(answer) {
                _ = at.unchecked_into::<HtmlElement>().focus();
            }
        });
    });
}
