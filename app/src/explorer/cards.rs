//! The cards of a page of the list, and how the list follows a typed letter.
//!
//! The server writes the cards as markup. In the browser a [`Shelf`] takes them over and from then on moves, adds
//! and removes whole cards: one that stays is not touched, and one that was there before comes back as it was. Only
//! this module touches the list's children.

use super::asking::{Asking, use_walk};
use super::card::{Shown, card};
use super::saved::Saved;
use crate::site::Site;
use domain::explorer::query::Query;
use domain::explorer::school::Cds;
use domain::explorer::{Answer, staying};
use leptos::html;
use leptos::prelude::*;
use maud::PreEscaped;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Cards kept for when they come back; more only cost memory.
const KEPT_MOST: usize = 240;
/// As many new cards as a screen shows below the search field follow a typed letter at once; those further down, which
/// nobody sees yet, when these are painted. The style names as many.
const SEEN_FIRST: usize = 4;
/// On the list while cards further down have yet to follow, which need not be laid out so long.
const FOLLOWING: &str = "data-following";

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

/// The list. `listed` is told each answer as soon as the cards that are seen first stand in the document, and `shown`
/// when all do, so that the rest of the page can follow behind.
#[component]
pub fn Cards(listed: RwSignal<Arc<Answer>>, shown: RwSignal<Arc<Answer>>) -> impl IntoView {
    let site = Site::here();
    let saved = Saved::here();
    let label = site.text.results_label();
    let asking = Asking::here();
    let Asking { query, answer, .. } = asking;
    let walk = use_walk();
    let list = NodeRef::<html::Ol>::new();
    let painted = Trigger::new();
    let written = query.with_untracked(|query| answer.with_untracked(|answer| rows(&site, query, answer)));
    let written_for = query.get_untracked();
    let first = query.with_untracked(|query| {
        let cards = written.iter().map(|shown| card(&site, saved, shown, query));
        maud::html! { @for card in cards { li.card { (card) } } }.into_string()
    });
    Effect::new(move |shelf: Option<Shelf>| {
        painted.track();
        let (Some(list), answer) = (list.get(), answer.get()) else { return Shelf::default() };
        let mut query = query.get_untracked();
        // What the document holds at first are the cards that were written, whatever was typed since.
        let mut shelf = shelf.unwrap_or_else(|| {
            let shelf = Shelf::take_over(&list, &written_for, &written);
            // What was ticked before the program came counts.
            let asked = query.picked.clone();
            shelf.boxes().for_each(|(cds, pick)| query.pick(cds, pick.checked()));
            if query.picked != asked {
                asking.choose(&query);
                walk(&query, true);
            }
            shelf
        });
        let rows = rows(&site, &query, &answer);
        let stay = shelf.keep_for(drawn_for(&query), saved);
        let news = listed.with_untracked(|listed| !Arc::ptr_eq(listed, &answer));
        // Only who types is where the page begins, with the cards further down out of sight.
        let typed = stay && news && asking.is_typing();
        let first = if typed { shelf.seen_first(&rows) } else { rows.len() };
        _ = list.toggle_attribute_with_force(FOLLOWING, typed);
        shelf.show(&list, &rows, first, |shown| card(&site, saved, shown, &query));
        shelf.mark_picks(&query);
        if news {
            listed.set(Arc::clone(&answer));
        }
        if typed {
            request_animation_frame(move || set_timeout(move || painted.notify(), Duration::ZERO));
        } else {
            shown.set(answer);
        }
        shelf
    });
    view! { <ol class="list" data-results aria-label=label node_ref=list inner_html=first></ol> }
}

/// What the cards of a question are drawn for: all of it but what changes no word of them. The text does in one link
/// only, which [`super::schools`] makes right when it is followed, so that a typed letter keeps the cards.
fn drawn_for(query: &Query) -> Query {
    Query { text: String::new(), picked: Vec::new(), page: 1, ..query.clone() }
}

/// The cards in the document, and those kept for later.
#[derive(Default)]
struct Shelf {
    /// The question that they are drawn for.
    drawn_for: Query,
    /// What was picked when they were last marked, and whether one more can be.
    picked: (Vec<Cds>, bool),
    /// What was saved when the cards that are not in the document were last right.
    saved: Vec<Cds>,
    kept: BTreeMap<u32, Element>,
    /// Which of them stand in the document, in their order.
    standing: Vec<u32>,
}

impl Shelf {
    /// Takes over the cards that the server wrote.
    fn take_over(list: &Element, written_for: &Query, rows: &[Shown]) -> Shelf {
        let children = list.children();
        let kept: Vec<(u32, Element)> =
            (0..).zip(rows).filter_map(|(place, shown)| Some((shown.at, children.item(place)?))).collect();
        let standing = kept.iter().map(|(at, _)| *at).collect();
        Shelf {
            drawn_for: drawn_for(written_for),
            kept: kept.into_iter().collect(),
            standing,
            ..Shelf::default()
        }
    }

    /// The boxes of all cards, with their schools.
    fn boxes(&self) -> impl Iterator<Item = (Cds, HtmlInputElement)> {
        self.kept.values().filter_map(|card| {
            let pick: HtmlInputElement = card.query_selector("[name=s]").ok()??.dyn_into().ok()?;
            Some((pick.value().parse().ok()?, pick))
        })
    }

    /// Ticks the boxes of the picked schools; without a place no other can be ticked.
    fn mark_picks(&mut self, query: &Query) {
        let now = (query.picked.clone(), query.has_place());
        if self.picked == now {
            return;
        }
        for (cds, pick) in self.boxes() {
            let on = query.picked.contains(&cds);
            pick.set_checked(on);
            pick.set_disabled(!on && !query.has_place());
        }
        self.picked = now;
    }

    /// Lets go of the cards that were drawn for something else, and marks those out of sight again when others are
    /// saved now; those in the document are marked where all buttons are. Whether the cards in the document stay.
    fn keep_for(&mut self, drawn_for: Query, saved: Saved) -> bool {
        let stay = self.drawn_for == drawn_for && self.kept.len() <= KEPT_MOST;
        if !stay {
            for card in self.standing.drain(..).filter_map(|at| self.kept.remove(&at)) {
                card.remove();
            }
            self.kept.clear();
            self.drawn_for = drawn_for;
        }
        let now = saved.codes_now();
        if self.saved != now {
            self.kept.values().for_each(|card| saved.mark_buttons(card));
            self.saved = now;
        }
        stay
    }

    /// How many of these cards follow at once.
    fn seen_first(&self, rows: &[Shown]) -> usize {
        let new = rows.iter().enumerate().filter(|(_, shown)| !self.standing.contains(&shown.at));
        new.map(|(place, _)| place).nth(SEEN_FIRST).unwrap_or(rows.len())
    }

    /// Makes the list begin with the first of these cards in this order, drawing those that are new. When that is all
    /// of them, no others are left below.
    fn show(&mut self, list: &Element, rows: &[Shown], first: usize, draw: impl Fn(&Shown) -> maud::Markup) {
        self.draw_missing(&rows[..first], draw);
        let mut wanted: Vec<u32> = rows[..first].iter().map(|shown| shown.at).collect();
        if first < rows.len() {
            let below: Vec<u32> = self.standing.iter().copied().filter(|at| !wanted.contains(at)).collect();
            wanted.extend(below);
        }
        for gone in self.standing.iter().filter(|at| !wanted.contains(at)) {
            if let Some(card) = self.kept.get(gone) {
                card.remove();
            }
        }
        let mut next = None;
        for (at, stays) in wanted.iter().zip(staying(&self.standing, &wanted)).rev() {
            let Some(card) = self.kept.get(at) else { continue };
            if !stays {
                _ = list.insert_before(card, next);
            }
            next = Some(&**card);
        }
        self.standing = wanted;
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
        let drawn = bench.children();
        for (place, shown) in (0..).zip(missing) {
            let Some(card) = drawn.item(place) else { return };
            self.kept.insert(shown.at, card);
        }
    }
}
