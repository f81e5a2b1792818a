//! Which schools answer what I ask? `/schools`
//!
//! The parts are plain markup, drawn again when the question or its answer changes. The page listens to its fields
//! as a whole: what bubbles up is told apart by the name of the field.

use super::asking::{Asking, page_href, schools_href, use_walk};
use super::cards::Cards;
use super::device::bring_back;
use super::saved::Saved;
use super::{ask, filters, results};
use crate::head::{Head, set_head};
use crate::site::Site;
use crate::walk::{How, before, use_walker};
use domain::explorer::Answer;
use domain::explorer::query::{Query, Sort};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use maud::Markup;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, HtmlInputElement, HtmlSelectElement};

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
    // The cards come first, then how many schools there are; the rest of the page follows when both are painted.
    let (listed, shown) = (RwSignal::new(answer.get_untracked()), RwSignal::new(answer.get_untracked()));
    let title = Memo::new(move |_| {
        shown.with(|answer| match &answer.start {
            Some(start) => text.schools_title_near(&start.name),
            None => text.schools_title().to_owned(),
        })
    });
    set_head(move || Head { title: title.get(), description: text.home_lead().into(), ..Head::default() });
    // A part of the page as markup that follows the question and its answer.
    let part_after = {
        let site = site.clone();
        move |answer: RwSignal<Arc<Answer>>, draw: fn(&Site, &Query, &Answer) -> Markup| {
            let site = site.clone();
            move || {
                answer.with(|answer| query.with_untracked(|query| draw(&site, query, answer)).into_string())
            }
        }
    };
    let said = part_after(listed, results::said);
    let part = move |draw| part_after(shown, draw);
    // Filters that nobody sees need not be counted at every letter.
    let open = RwSignal::new(false);
    let groups = {
        let groups = part(filters::groups);
        let first = untrack(&groups);
        move || if open.get() { groups() } else { first.clone() }
    };
    let carried = untrack(part(ask::carried_beside));
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
    follow_links(asking, walk.clone());
    let (changed, sent) = (walk.clone(), walk.clone());
    let to_compare = use_comparison(query);
    view! {
        <div
            node_ref=page
            on:input=move |event| typed(&event, asking, &walk)
            on:change=move |event| chosen(&event, asking, &changed)
            on:submit=move |event| {
                event.prevent_default();
                asking.settle(|query| sent(query, true));
                if event.submitter().is_some_and(|button| button.has_attribute("formaction")) {
                    to_compare();
                } else {
                    fields(page, asking, &sent);
                    focus_answer(false);
                }
            }
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
                <p id="answer" tabindex="-1" aria-live="polite" inner_html=said></p>
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
            <Cards listed=listed shown=shown/>
            <div inner_html=part(results::after)></div>
            <div class="compare-bar" class:on=move || query.with(|query| !query.picked.is_empty())>
                <button class="btn" form="ask" formaction=site.href("/compare")>{text.compare_go()}</button>
                <button class="plainly" form="ask" name="page" value=shown.with_untracked(|answer| answer.page)>{text.compare_keep()}</button>
                <span class="quiet" aria-live="polite" inner_html=part(results::picked)></span>
                <span inner_html=part(results::unpick)></span>
            </div>
        </div>
    }
}

fn field<T: JsCast>(event: &web_sys::Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}

/// The page's field of this name.
fn named<T: JsCast>(page: &web_sys::Element, name: &str) -> Option<T> {
    page.query_selector(&format!("[name={name}]")).ok()??.dyn_into().ok()
}

fn is_open(event: &ev::Event) -> bool {
    field::<web_sys::Element>(event).is_some_and(|details| details.has_attribute("open"))
}

/// Walks to the comparison of the picked schools.
fn use_comparison(query: RwSignal<Query>) -> impl Fn() + 'static {
    let (site, walk) = (Site::here(), use_walker());
    move || {
        let compared = query.with_untracked(|query| Query { sort: Sort::Fit, ..query.plain() });
        walk(&page_href(&site, "/compare", &compared), How::Step);
    }
}

/// A letter in the search field is answered at once.
fn typed(event: &ev::Event, asking: Asking, walk: &(impl Fn(&Query, bool) + Clone + 'static)) {
    let Some(field) = field::<HtmlInputElement>(event).filter(|field| field.name() == "q") else { return };
    let walk = walk.clone();
    asking.type_text(&field.value(), move |query| walk(query, true));
}

/// A chosen start, distance or order is a step that Back undoes; a pick is not.
fn chosen(event: &ev::Event, asking: Asking, walk: &impl Fn(&Query, bool)) {
    let (name, value, on) = match field::<HtmlSelectElement>(event) {
        Some(select) => (select.name(), select.value(), true),
        None => match field::<HtmlInputElement>(event) {
            Some(input) => (input.name(), input.value(), input.checked()),
            None => return,
        },
    };
    let mut query = asking.query.get_untracked();
    if name == "s" {
        if let Ok(cds) = value.parse() {
            query.pick(cds, on);
        }
    } else {
        query = query.with(|query| set(query, &name, &value));
    }
    choose(asking, &query, name == "s", walk);
}

/// Asks what the fields say when the form is sent: they may hold what was chosen before the program came.
fn fields(page: NodeRef<html::Div>, asking: Asking, walk: &impl Fn(&Query, bool)) {
    let Some(page) = page.get_untracked() else { return };
    let before = asking.query.get_untracked();
    let mut query = before.clone();
    for name in ["miles", "sort"] {
        if let Some(select) = named::<HtmlSelectElement>(&page, name) {
            set(&mut query, name, &select.value());
        }
    }
    let shown = asking.answer.with_untracked(|answer| ask::start_shown(&before, answer));
    if let Some(from) = named::<HtmlInputElement>(&page, "from").filter(|from| from.value().trim() != shown) {
        set(&mut query, "from", &from.value());
    }
    if query != before {
        choose(asking, &query.with(|_| ()), false, walk);
    }
}

/// Sets what a field asks for.
fn set(query: &mut Query, name: &str, value: &str) {
    match name {
        "from" => value.trim().clone_into(&mut query.from),
        "miles" => query.miles = value.parse().ok(),
        "sort" => query.sort = Sort::from_slug(value).unwrap_or_default(),
        _ => {}
    }
}

/// Asks what is asked now, if it is something else.
fn choose(asking: Asking, query: &Query, replace: bool, walk: &impl Fn(&Query, bool)) {
    if asking.query.with_untracked(|before| before != query) {
        asking.choose(query);
        walk(query, replace);
    }
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
        let text = named::<HtmlInputElement>(&page, "q");
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
        if let Some(from) = named::<HtmlInputElement>(&page, "from") {
            from.set_value(&ask::start_shown(&query, &answer));
        }
        let selects = [
            ("miles", query.miles.map(|miles| miles.to_string()).unwrap_or_default()),
            ("sort", query.sort.slug().to_owned()),
        ];
        for (name, value) in selects {
            if let Some(select) = named::<HtmlSelectElement>(&page, name) {
                select.set_value(&value);
            }
        }
    });
}

/// Makes the links right that cannot follow each letter, at the moment they are used. A link drawn from the address
/// (the other language, say) must lead on from what was typed, and a card that stayed pins its school in the question
/// of now.
fn follow_links(asking: Asking, walk: impl Fn(&Query, bool) + Clone + 'static) {
    let site = Site::here();
    let hear = move |event: &web_sys::Event| {
        asking.settle(|query| walk(query, true));
        let link =
            field::<web_sys::Element>(event).and_then(|at| at.closest("a[data-keep-pin]").ok().flatten());
        let Some(link) = link else { return };
        let pin = link.get_attribute("data-keep-pin").and_then(|cds| cds.parse().ok());
        let pinned = asking.query.with_untracked(|query| query.with(|query| query.pin = pin));
        _ = link.set_attribute("href", &schools_href(&site, &pinned));
    };
    // The other buttons of a mouse, and a finger that stays, open links without a click.
    before("pointerdown", hear.clone());
    before("click", hear);
}

/// Puts the keyboard, and who hears the page, at the answer.
fn focus_answer(stay: bool) {
    let answer =
        document().get_element_by_id("answer").and_then(|answer| answer.dyn_into::<HtmlElement>().ok());
    if let Some(answer) = answer {
        let options = FocusOptions::new();
        options.set_prevent_scroll(stay);
        _ = answer.focus_with_options(&options);
    }
}

/// A link that was followed is drawn again: the keyboard stays on a filter, and goes on from the answer where the
/// link itself is gone.
fn keep_focus(page: NodeRef<html::Div>, shown: RwSignal<Arc<Answer>>) {
    // A link of this page was followed: its place among the filters, if it is one, and whether the page stays where it
    // is, as for the link that stands at the foot of the window.
    let followed = StoredValue::new(None::<(Option<u32>, bool)>);
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
            let stay = link.closest(".compare-bar").is_ok_and(|bar| bar.is_some());
            followed.set_value(Some((place, stay)));
        }
    });
    Effect::new(move || {
        shown.track();
        let Some((place, stay)) = followed.try_update_value(Option::take).flatten() else { return };
        // The parts of the page follow the answer too; the focus goes last.
        request_animation_frame(move || {
            let chip = place.zip(chips()).and_then(|(place, all)| all.item(place));
            let lost = document().active_element().is_none_or(|at| at.tag_name() == "BODY");
            match chip {
                Some(chip) => _ = chip.unchecked_into::<HtmlElement>().focus(),
                None if lost => focus_answer(stay),
                None => {}
            }
        });
    });
}
