//! The answer: how many schools, in what order, the pinned school on top, the cards, and what one change would add.

use super::asking::{Asking, page_href, schools_href, use_walk};
use super::card::{Shown, card};
use super::saved::Saved;
use super::words::{fact_label, order_sentence, sort_words};
use crate::site::Site;
use domain::explorer::place::Start;
use domain::explorer::query::{Query, Sort};
use domain::explorer::school::Cds;
use domain::explorer::{Answer, Change, Understood};
use leptos::prelude::*;
use text::Text;

/// Everything under the filters.
#[component]
pub fn Results() -> impl IntoView {
    // Each part is erased, or the type of the whole page would outgrow the compiler and the program.
    vec![
        view! { <Said/> }.into_any(),
        view! { <Pinned/> }.into_any(),
        view! { <Cards/> }.into_any(),
        view! { <Empty/> }.into_any(),
        view! { <Pages/> }.into_any(),
        view! { <NearMisses/> }.into_any(),
        view! { <CompareBar/> }.into_any(),
    ]
}

/// The sentence above the list: how many, what was understood, which order.
#[component]
fn Said() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let Asking { query, answer, .. } = Asking::here();
    let walk = use_walk();
    let on_sort = move |event| {
        let sort = Sort::from_slug(&event_target_value(&event)).unwrap_or_default();
        walk(&query.get_untracked().with(|query| query.sort = sort), false);
    };
    let total = move || answer.with(|answer| answer.total);
    let order = move || {
        let started = answer.with(|answer| answer.start.is_some());
        order_sentence(text, query.with(|query| query.sort), started)
    };
    let unknown = move || {
        let last = answer.with(|answer| answer.unknown_last);
        (last > 0).then(|| text.order_unknown_last(last))
    };
    let understood = move || {
        query.with(|query| answer.with(|answer| understood_words(text, &query.text, &answer.understood)))
    };
    let selected = move |sort: Sort| query.with(|query| query.sort == sort);
    view! {
        <div class="said">
            <p aria-live="polite" aria-atomic="true">
                <span class="num" data-result-count>{move || total().to_string()}</span> " "
                {move || text.results_schools(total())} " " <b>{order}</b> " " <span class="quiet">{unknown}</span>
                <span class="understood">{understood}</span>
            </p>
            <div class="said-end">
                <label class="quiet">
                    {text.sort_label()} " "
                    <select name="sort" form="ask" on:change=on_sort>
                        {Sort::all()
                            .map(|sort| view! {
                                <option value=sort.slug() selected=move || selected(sort)>{sort_words(text, sort)}</option>
                            })
                            .collect_view()}
                    </select>
                </label>
                <button class="plainly" form="ask">{text.sort_go()}</button>
                <a class="quiet" href=move || query.with(|query| page_href(&site, "/map", query))>{text.results_map()}</a>
            </div>
        </div>
    }
}

fn understood_words(text: Text, typed: &str, understood: &Understood) -> Option<String> {
    match understood {
        Understood::Nothing | Understood::Name => None,
        Understood::Place(place) => Some(text.understood_place(place)),
        Understood::Zip { zip, nearby: false } => Some(text.understood_zip(&format!("{zip:05}"))),
        Understood::Zip { zip, nearby: true } => Some(text.understood_zip_near(&format!("{zip:05}"))),
        Understood::Corrected(word) => Some(text.understood_corrected(typed, word)),
        Understood::Nowhere => Some(text.understood_nowhere(typed)),
    }
}

fn start_key(start: Option<&Start>) -> String {
    start.map(|start| start.key.clone()).unwrap_or_default()
}

fn pinned_of(site: &Site, query: &Query, answer: &Answer) -> Option<(u32, Option<f32>)> {
    let at = query.pin.and_then(|pin| site.explorer.find(pin))?;
    let miles = match (&answer.start, site.explorer.school(at).point) {
        (Some(start), Some(point)) => Some(start.point.miles_to(point)),
        _ => None,
    };
    Some((at, miles))
}

/// The school a student gets by doing nothing, above all others.
#[component]
fn Pinned() -> impl IntoView {
    let site = Site::here();
    let saved = Saved::here();
    let Asking { query, answer, .. } = Asking::here();
    let shown = Memo::new(move |_| {
        let pin = query.with(|query| query.pin);
        (pin, answer.with(|answer| start_key(answer.start.as_ref())))
    });
    move || {
        shown.track();
        let query = query.get_untracked();
        let answer = answer.get_untracked();
        pinned_of(&site, &query, &answer).map(|(at, miles)| {
            let shown = Shown { at, miles, start: answer.start.clone(), pinned: None, is_pin: true };
            let markup = card(&site, saved, &shown, &query).into_string();
            view! { <ul class="list pinned"><li class="card pin" inner_html=markup></li></ul> }
        })
    }
}

/// What makes a card another card.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    at: u32,
    start: String,
    pin: Option<Cds>,
}

#[component]
fn Cards() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let Asking { query, answer, .. } = Asking::here();
    let rows = {
        let site = site.clone();
        move || {
            let query = query.get_untracked();
            answer.with(|answer| {
                let pinned = pinned_of(&site, &query, answer);
                let start = start_key(answer.start.as_ref());
                answer
                    .hits
                    .iter()
                    .filter(|hit| pinned.is_none_or(|(at, _)| at != hit.school))
                    .map(|hit| {
                        let key = Key { at: hit.school, start: start.clone(), pin: query.pin };
                        let shown = Shown {
                            at: hit.school,
                            miles: hit.miles,
                            start: answer.start.clone(),
                            pinned,
                            is_pin: false,
                        };
                        (key, shown)
                    })
                    .collect::<Vec<_>>()
            })
        }
    };
    let saved = Saved::here();
    let draw =
        move |shown: &Shown| query.with_untracked(|query| card(&site, saved, shown, query).into_string());
    view! {
        <ol class="list" data-results aria-label=text.results_label()>
            <For each=rows key=|(key, _)| key.clone() let:row>
                <li class="card" inner_html=draw(&row.1)></li>
            </For>
        </ol>
    }
}

/// No school answers: what to do now.
#[component]
fn Empty() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let Asking { query, answer, .. } = Asking::here();
    let none = Memo::new(move |_| answer.with(|answer| answer.total == 0));
    move || {
        none.get().then(|| {
            let query = query.get();
            let all = Query { from: query.from.clone(), pin: query.pin, ..Query::default() };
            view! {
                <div class="empty">
                    <h2>{text.empty_title()}</h2>
                    <p>{text.empty_why()}</p>
                    <p><a class="btn" href=schools_href(&site, &all)>{text.empty_all()}</a></p>
                </div>
            }
        })
    }
}

#[component]
fn Pages() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let Asking { query, answer, .. } = Asking::here();
    let place = Memo::new(move |_| answer.with(|answer| (answer.page, answer.pages)));
    move || {
        let (page, pages) = place.get();
        (pages > 1).then(|| {
            let query = query.get();
            let to = |page: u16| schools_href(&site, &Query { page, ..query.clone() });
            let before = (page > 1).then(|| view! { <a class="btn" rel="prev" href=to(page - 1)>{text.pages_before()}</a> });
            let after = (page < pages).then(|| view! { <a class="btn" rel="next" href=to(page + 1)>{text.pages_after()}</a> });
            view! {
                <nav class="pages" aria-label=text.pages_label()>
                    {before} <span class="quiet">{text.pages_here(&page.to_string(), &pages.to_string())}</span> {after}
                </nav>
            }
        })
    }
}

/// Which one change would add schools, and which.
#[component]
fn NearMisses() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let answer = Asking::here().answer;
    let near = Memo::new(move |_| answer.with(|answer| answer.near_misses.clone()));
    move || {
        let near = near.get();
        (!near.is_empty()).then(|| {
            let rows: Vec<_> = near
                .into_iter()
                .map(|miss| {
                    let names: Vec<_> = miss.examples.iter().map(|at| site.explorer.school(*at).name.clone()).collect();
                    let more = if miss.adds > names.len() { ", …" } else { "" };
                    view! {
                        <li>
                            <a class="chip" href=schools_href(&site, &miss.query) data-noscroll="">{change_words(text, &miss.change)}</a>
                            <span><b>{text.near_adds(miss.adds)}</b> " " <span class="quiet">{names.join(", ")}{more}</span></span>
                        </li>
                    }
                })
                .collect();
            view! {
                <section class="near" data-near-miss aria-labelledby="near">
                    <h2 id="near">{text.near_title()}</h2>
                    <ul>{rows}</ul>
                </section>
            }
        })
    }
}

fn change_words(text: Text, change: &Change) -> String {
    match change {
        Change::Farther { to, .. } => text.ask_up_to_miles(usize::from(*to)),
        Change::AnyDistance => text.ask_any_distance().to_owned(),
        Change::AnyKind => text.near_any_kind().to_owned(),
        Change::AnySize => text.near_any_size().to_owned(),
        Change::AnyGrades => text.near_any_grades().to_owned(),
        Change::LowerBound(fact, bound) => {
            let of = text.figure_of_100(&bound.to_string());
            let bound =
                if fact.more_is_better() { text.filter_at_least(&of) } else { text.filter_at_most(&of) };
            format!("{}: {bound}", fact_label(text, *fact))
        }
        Change::NoBound(fact) => text.near_no_bound(fact_label(text, *fact)),
        Change::WithoutGopass => text.near_without_gopass().to_owned(),
        Change::WithoutRail => text.near_without_rail().to_owned(),
        Change::WithAlternative => text.near_alternative().to_owned(),
        Change::WithVirtual => text.near_virtual().to_owned(),
        Change::WithoutText => text.near_without_text().to_owned(),
    }
}

/// Sends the ticked schools to the comparison.
#[component]
fn CompareBar() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let query = Asking::here().query;
    view! {
        <form id="compare" class="compare-bar" method="get" action=site.href("/compare")>
            {move || query.with(|query| query.pin).map(|pin| view! { <input type="hidden" name="pin" value=pin.to_string()/> })}
            <button class="btn">{text.compare_go()}</button>
            <span class="quiet">{text.compare_most()}</span>
        </form>
    }
}
