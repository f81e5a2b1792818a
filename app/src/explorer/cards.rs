//! The cards of a page of the list, and how the list follows a typed letter.
//!
//! The server writes the cards as markup. In the browser a [`Shelf`] takes them over and from then on moves, adds
//! and removes whole cards: one that stays is not touched, and one that was there before comes back as it was, with
//! its tick. Only this module touches the list's children.

use super::asking::Asking;
use super::card::{Shown, card};
use super::saved::Saved;
use crate::site::Site;
use domain::explorer::Answer;
use domain::explorer::query::Query;
use domain::explorer::school::Cds;
use leptos::html;
use leptos::prelude::*;
use maud::PreEscaped;
use std::collections::BTreeMap;
use std::sync::Arc;
use web_sys::Element;

/// Cards kept for when they come back; more only cost memory.
const KEPT_MOST: usize = 240;

/// The pinned school's place in the catalogue, and its miles from the start.
pub fn pinned_of(site: &Site, query: &Query, answer: &Answer) -> Option<(u32, Option<f32>)> {
    let at = query.pin.and_then(|pin| site.explorer.find(pin))?;
    let miles = match (&answer.start, site.explorer.school(at).point) {
        (Some(start), Some(point)) => Some(start.point.miles_to(point)),
        _ => None,
    };
    Some((at, miles))
}

/// The schools of the page, without the pinned one, which stands above the list.
fn rows(site: &Site, query: &Query, answer: &Answer) -> Vec<Shown> {
    let pinned = pinned_of(site, query, answer);
    let others = answer.hits.iter().filter(|hit| pinned.is_none_or(|(at, _)| at != hit.school));
    others
        .map(|hit| Shown {
            at: hit.school,
            miles: hit.miles,
            start: answer.start.clone(),
            pinned,
            is_pin: false,
        })
        .collect()
}

/// The list. `shown` is told each answer as soon as its cards stand in the document, so that the rest of the page
/// can follow behind.
#[component]
pub fn Cards(shown: RwSignal<Arc<Answer>>) -> impl IntoView {
    let site = Site::here();
    let saved = Saved::here();
    let label = site.text.results_label();
    let Asking { query, answer, .. } = Asking::here();
    let list = NodeRef::<html::Ol>::new();
    let written = query.with_untracked(|query| answer.with_untracked(|answer| rows(&site, query, answer)));
    let context = move |answer: &Answer| -> Context {
        (answer.start.as_ref().map(|start| start.key.clone()), query.with_untracked(|query| query.pin))
    };
    let written_for = answer.with_untracked(|answer| context(answer));
    let first = query.with_untracked(|query| {
        let cards = written.iter().map(|shown| card(&site, saved, shown, query));
        maud::html! { @for card in cards { li.card { (card) } } }.into_string()
    });
    Effect::new(move |shelf: Option<Shelf>| {
        let (Some(list), answer) = (list.get(), answer.get()) else { return Shelf::default() };
        let query = query.get_untracked();
        // What the document holds at first are the cards that were written, whatever was typed since.
        let mut shelf = shelf.unwrap_or_else(|| Shelf::take_over(&list, written_for.clone(), &written));
        let rows = rows(&site, &query, &answer);
        shelf.show(&list, context(&answer), &rows, |shown| card(&site, saved, shown, &query));
        saved.mark_buttons(&list);
        shown.set(answer);
        shelf
    });
    view! { <ol class="list" data-results aria-label=label node_ref=list inner_html=first></ol> }
}

/// What every card of a page is drawn for: the start's key and the pinned school.
type Context = (Option<String>, Option<Cds>);

/// The cards in the document, and those kept for later.
#[derive(Default)]
struct Shelf {
    context: Context,
    kept: BTreeMap<u32, Element>,
}

impl Shelf {
    /// Takes over the cards that the server wrote.
    fn take_over(list: &Element, context: Context, rows: &[Shown]) -> Shelf {
        let children = list.children();
        let kept = (0..).zip(rows).filter_map(|(place, shown)| Some((shown.at, children.item(place)?)));
        Shelf { context, kept: kept.collect() }
    }

    /// Makes the list hold these cards in this order, drawing those that are new.
    fn show(
        &mut self,
        list: &Element,
        context: Context,
        rows: &[Shown],
        draw: impl Fn(&Shown) -> maud::Markup,
    ) {
        if self.context != context || self.kept.len() > KEPT_MOST {
            self.kept.clear();
            self.context = context;
        }
        self.draw_missing(rows, draw);
        let mut place = list.first_element_child();
        for shown in rows {
            let Some(card) = self.kept.get(&shown.at) else { continue };
            if place.as_ref() == Some(card) {
                place = card.next_element_sibling();
            } else {
                _ = list.insert_before(card, place.as_deref());
            }
        }
        while let Some(left) = place {
            place = left.next_element_sibling();
            left.remove();
        }
    }

    /// Draws all new cards with one call to the browser.
    fn draw_missing(&mut self, rows: &[Shown], draw: impl Fn(&Shown) -> maud::Markup) {
        let missing: Vec<&Shown> = rows.iter().filter(|shown| !self.kept.contains_key(&shown.at)).collect();
        if missing.is_empty() {
            return;
        }
        let cards = missing.iter().map(|shown| draw(shown).into_string());
        let markup = maud::html! { @for card in cards { li.card { (PreEscaped(card)) } } };
        let Ok(bench) = document().create_element("ul") else { return };
        bench.set_inner_html(&markup.into_string());
        for shown in missing {
            let Some(card) = bench.first_element_child() else { return };
            card.remove();
            self.kept.insert(shown.at, card);
        }
    }
}
