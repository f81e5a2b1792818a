//! Which schools fit what I said, and why? `/fit`

use super::forms::walk_on_submit;
use super::listed::href;
use super::start::{address, answers_href};
use super::ways::Ways;
use super::words::{against_words, criterion_words, reason_words, unknown_words};
use crate::explorer::card::{ON_CARD, save_button};
use crate::explorer::saved::{Saved, read_codes, write_codes};
use crate::explorer::words::{care_class, fact_label, figure_note, figure_words, subtitle};
use crate::head::{Head, set_head};
use crate::room::RoomSite;
use crate::walk::{How, use_walker};
use domain::explorer::StartAnswer;
use domain::explorer::school::{Cds, School};
use domain::fit::measure::Minutes;
use domain::fit::{Criterion, Idle, Pick, Reach, Standing, Suggestion, Weights, Wishes, suggest};
use domain::plan::ShortList;
use domain::trip::Kind;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use maud::{Markup, html};
use text::RoomText;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// Eight to twelve schools with reasons, and two more to look at.
#[component]
pub fn FitPage() -> impl IntoView {
    let site = RoomSite::here();
    let text = site.text;
    let saved = Saved::here();
    let search = use_location().search;
    set_head(move || Head { title: text.fit_title().into(), ..Head::default() });
    let home = site.href("/list");
    let found = move || {
        let wishes = search.with(|search| Wishes::parse(search));
        // Some reasons stand in the details, which arrive after the first view.
        let details = site.details.get();
        let ways = Ways::new(&site, &wishes.from);
        let minutes = |school: &School| ways.minutes(school);
        let minutes = ways.start.map(|_| &minutes as Minutes<'_>);
        let found = suggest(&site.explorer, details.as_deref(), &wishes, minutes);
        draw(&site, saved, &wishes, &ways, &found).into_string()
    };
    let adding = add_all(home, saved);
    view! { <div on:submit=walk_on_submit() on:click=adding inner_html=found></div> }
}

/// Puts all suggested schools on the list of this device, behind those that are there, and leads to it. Without script
/// the link leads to a list of these alone.
fn add_all(list: String, saved: Saved) -> impl Fn(MouseEvent) + 'static {
    let walk = use_walker();
    move |event| {
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = link.and_then(|link| link.closest("[data-add]").ok().flatten());
        if let Some(codes) = link.and_then(|link| link.get_attribute("data-add")) {
            event.prevent_default();
            saved.add(&read_codes(&codes));
            walk(&list, How::Step);
        }
    }
}

fn draw(site: &RoomSite, saved: Saved, wishes: &Wishes, ways: &Ways<'_>, found: &Suggestion) -> Markup {
    let text = site.text;
    let codes: Vec<_> = found.picks.iter().map(|pick| site.explorer.school(pick.school).cds).collect();
    html! {
        h1 { (text.fit_title()) }
        @if found.picks.is_empty() { p.note { (text.fit_empty()) } } @else { p.lead { (lead(text, found)) } }
        (start_to_mend(site, wishes))
        @if matches!(wishes.reach, Some(Reach::Minutes(_))) && !site.network().has_times_of(Kind::Bus) {
            p.quiet { (text.fit_rail_only()) }
        }
        (what_counts(site, wishes, &found.weights))
        @if let Some(pinned) = &found.pinned { (standing(site, saved, ways, pinned)) }
        ol.list.picks { @for pick in &found.picks { li { (card(site, saved, ways, pick, None)) } } }
        @let also = [(&found.near, text.fit_near()), (&found.unexpected, text.fit_unexpected())];
        @if also.iter().any(|(pick, _)| pick.is_some()) {
            h2 { (text.fit_also()) }
            ul.list {
                @for (pick, why) in also {
                    @if let Some(pick) = pick { li { (card(site, saved, ways, pick, Some(why))) } }
                }
            }
        }
        p.row.next {
            @if !codes.is_empty() {
                a.btn.main href=(href(site, "/list", &list_of(&codes, wishes))) data-add=(write_codes(&codes)) { (text.fit_make_list()) }
            }
            a.btn href=(answers_href(site, "/voices", wishes)) { (text.fit_voices()) }
            a.btn href=(address(site, 1, wishes)) { (text.fit_change()) }
            a.quiet-link href=(site.href("/schools")) { (text.fit_all()) }
        }
    }
}

/// The suggested schools as a list, with what was answered that a list knows too.
fn list_of(codes: &[Cds], wishes: &Wishes) -> ShortList {
    ShortList::of(codes).with(|list| {
        list.from.clone_from(&wishes.from);
        list.pin = wishes.pin;
    })
}

/// How many fit; those that only make up the eight are not counted among them.
fn lead(text: RoomText, found: &Suggestion) -> String {
    let (within, all) = (found.within(), found.picks.len());
    if within == 0 {
        return text.fit_lead_none(all);
    }
    let fits = text.fit_lead(within);
    if within == all { fits } else { [fits.as_str(), " ", &text.fit_lead_farther(all - within)].concat() }
}

/// A start that is no place, or more than one, with the way to one.
fn start_to_mend(site: &RoomSite, wishes: &Wishes) -> Markup {
    let text = site.text;
    html! {
        @match site.explorer.start(&wishes.from) {
            StartAnswer::Unknown => p {
                span.problem { (text.fit_from_unknown(&wishes.from)) } " "
                a href=(address(site, 1, wishes)) { (text.fit_from_change()) }
            },
            StartAnswer::Several(starts) => {
                p.problem { (text.fit_from_several(&wishes.from)) }
                ul.chips {
                    @for start in starts {
                        @let named = wishes.with(|wishes| start.key.clone_into(&mut wishes.from));
                        li { a.chip href=(answers_href(site, "/fit", &named)) data-keep-start=(start.key) { (start.name) span.quiet { (start.place) } } }
                    }
                }
            },
            _ => {},
        }
    }
}

/// The weights, as the person gave them, each with the way to change it.
fn what_counts(site: &RoomSite, wishes: &Wishes, weights: &Weights) -> Markup {
    let text = site.text;
    let unpublished: Vec<&str> = weights
        .idle
        .iter()
        .filter(|(_, why)| *why == Idle::Unpublished)
        .map(|(criterion, _)| criterion_words(text, *criterion))
        .collect();
    html! {
        section.panel aria-labelledby="counts" {
            h2 id="counts" { (text.fit_counts()) }
            @if weights.is_default {
                p { @if wishes.matters.is_empty() { (text.fit_counts_default()) } @else { (text.fit_counts_none()) } }
            }
            ul.chips {
                @for (criterion, weight) in &weights.counts {
                    li.weight { (criterion_words(text, *criterion)) " " b { (text.fit_times(usize::from(*weight))) } }
                }
            }
            @for (criterion, why) in &weights.idle { (mend(site, wishes, *criterion, *why)) }
            @if !unpublished.is_empty() { p.quiet { (text.fit_idle()) " " (unpublished.join(", ")) ". " (text.fit_idle_why()) } }
            p.quiet { (text.fit_order()) " " (text.fit_unknown_rule()) " " a href=(address(site, 6, wishes)) { (text.fit_change()) } }
        }
    }
}

/// What was asked and cannot count until a question is answered, with the way to that question.
fn mend(site: &RoomSite, wishes: &Wishes, criterion: Criterion, why: Idle) -> Markup {
    let text = site.text;
    let (missing, step, answer) = match why {
        Idle::NoStart => (text.fit_idle_start(), 1, text.fit_answer_start()),
        Idle::NoLikes => (text.fit_idle_likes(), 3, text.fit_answer_likes()),
        Idle::NoSize => (text.fit_idle_size(), 4, text.fit_answer_size()),
        // The one is told above the list, the other is not for the person to mend.
        Idle::NoPlace | Idle::Unpublished => return Markup::default(),
    };
    html! {
        p.quiet { (criterion_words(text, criterion)) ": " (missing) " " a href=(address(site, step, wishes)) { (answer) } }
    }
}

fn standing(site: &RoomSite, saved: Saved, ways: &Ways<'_>, pinned: &Standing) -> Markup {
    let text = site.text;
    let place = pinned.place.map_or_else(
        || text.fit_pinned_outside().to_owned(),
        |place| text.fit_pinned_place(pinned.of, &place.to_string()),
    );
    html! {
        section.list.pinned aria-label=(text.card_pinned()) {
            div.pin-frame {
                p.tag { (text.card_pinned()) }
                (card(site, saved, ways, &pinned.pick, Some(&place)))
            }
        }
    }
}

/// A school with its trip, its facts and its reasons.
pub fn card(site: &RoomSite, saved: Saved, ways: &Ways<'_>, pick: &Pick, note: Option<&str>) -> Markup {
    let text = site.text;
    let school = site.explorer.school(pick.school);
    html! {
        article.card {
            div {
                @if let Some(note) = note { p.quiet { (note) } }
                h3 { a href=(site.href(&format!("/schools/{}", school.cds))) { (school.name) } }
                p.quiet { (subtitle(*text, school)) }
            }
            (save_button(*text, saved, school.cds, &school.name))
            ul.why {
                @for reason in &pick.reasons { li { (reason_words(text, reason)) } }
                @for against in &pick.against { li.no { (against_words(text, *against)) } }
            }
            dl.facts {
                @if let Some(start) = ways.start { (trip(site, ways, &start.name, school)) }
                @for fact in ON_CARD {
                    @let figure = school.figure(fact);
                    div.fact {
                        dt { (fact_label(*text, fact)) }
                        dd.(if figure.tenths().is_some() { "num" } else { "unknown" }) { (figure_words(*text, fact, figure)) }
                        @let care = care_class(figure);
                        dd.note.(care)[!care.is_empty()] { (figure_note(*text, figure)) }
                    }
                }
            }
            @if !pick.unknown.is_empty() {
                p.ask-them { b { (text.fit_ask()) ": " } @for unknown in &pick.unknown { (unknown_words(text, *unknown)) " " } }
            }
        }
    }
}

/// The cell of the trip: the shortest thing to say large, the other small.
fn trip(site: &RoomSite, ways: &Ways<'_>, from: &str, school: &School) -> Markup {
    let text = site.text;
    let mut words = ways.words(school).into_iter();
    let (large, small) = (words.next(), words.next());
    html! {
        div.fact {
            dt { (text.card_from(from)) }
            dd.(if large.is_some() { "num" } else { "unknown" }) { (large.as_deref().unwrap_or(text.unknown_short())) }
            dd.note { (small.as_deref().unwrap_or(text.miles_straight())) }
        }
    }
}
