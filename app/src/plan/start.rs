//! What does a person want? Six questions, one at a time. `/start?step=1`
//!
//! Each question is a form that carries the other answers along in hidden fields, so it works without script, every
//! question can be skipped, and Back leads to the question before.

use super::focus::start_at_title;
use super::forms::{filled, hidden, walk_on_submit};
use super::words::{after_words, card_words, need_words, reach_words, sector_words};
use crate::explorer::ask::start_field;
use crate::explorer::device;
use crate::head::{Head, set_head};
use crate::room::RoomSite;
use crate::walk::{How, use_walker};
use domain::explorer::StartAnswer;
use domain::explorer::query::MILES;
use domain::fit::{After, Card, MINUTES, Need, Reach, Sector, Wishes};
use leptos::html as dom;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use maud::{Markup, html};
use text::RoomText;
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, SubmitEvent};

/// How many questions there are.
pub const STEPS: usize = 6;

/// One question.
#[component]
pub fn StartPage() -> impl IntoView {
    let site = RoomSite::here();
    let text = site.text;
    let search = use_location().search;
    set_head(move || Head { title: text.start_title().into(), ..Head::default() });
    bring_back(&site, search);
    let question = move || {
        search.with(|search| draw(&site, asked_step(&site, search), &Wishes::parse(search)).into_string())
    };
    let page = NodeRef::<dom::Div>::new();
    start_at_title(page, search);
    let walk = walk_on_submit();
    let answer = move |event: SubmitEvent| {
        keep_answers(&event);
        walk(event);
    };
    view! { <div class="question" node_ref=page on:submit=answer inner_html=question></div> }
}

/// Keeps what was answered here; answers that came with a link are only shown.
fn keep_answers(event: &SubmitEvent) {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    if let Some(answers) = form.as_ref().and_then(filled) {
        device::write(device::WISHES, &Wishes::parse(&answers).to_address());
    }
}

/// Answers that this device knows come back where the address names none.
fn bring_back(site: &RoomSite, search: Memo<String>) {
    let walk = use_walker();
    let site = site.clone();
    Effect::new(move || {
        let asked = search.with_untracked(|search| Wishes::parse(search));
        if let Some(kept) = device::read(device::WISHES).filter(|_| asked == Wishes::default()) {
            let step = search.with_untracked(|search| step_of(search));
            let address = address(&site, step, &Wishes::parse(&kept));
            walk(&address, How::Instead);
        }
    });
}

/// Which question the address asks, from 1.
fn step_of(search: &str) -> usize {
    let step = search.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix("step="));
    step.and_then(|step| step.parse().ok()).filter(|step| (1..=STEPS).contains(step)).unwrap_or(1)
}

/// The question to ask: the one of the address, but none after the first while its answer is no place, or more than
/// one. Whoever cannot say it better skips it.
fn asked_step(site: &RoomSite, search: &str) -> usize {
    let step = step_of(search);
    if step == 2 && is_unclear(site, &Wishes::parse(search)) { 1 } else { step }
}

fn is_unclear(site: &RoomSite, wishes: &Wishes) -> bool {
    matches!(site.explorer.start(&wishes.from), StartAnswer::Unknown | StartAnswer::Several(_))
}

/// The address of a question with these answers.
pub fn address(site: &RoomSite, step: usize, wishes: &Wishes) -> String {
    let answers = wishes.to_address();
    let and = if answers.is_empty() { "" } else { "&" };
    site.href(&format!("/start?step={step}{and}{answers}"))
}

/// The address of a page for these answers.
pub fn answers_href(site: &RoomSite, path: &str, wishes: &Wishes) -> String {
    let answers = wishes.to_address();
    let path = site.href(path);
    if answers.is_empty() { path } else { format!("{path}?{answers}") }
}

fn draw(site: &RoomSite, step: usize, wishes: &Wishes) -> Markup {
    let text = site.text;
    let last = step == STEPS;
    let action = site.href(if last { "/fit" } else { "/start" });
    let next = if last {
        answers_href(site, "/fit", wishes)
    } else if step == 1 && is_unclear(site, wishes) {
        // To skip is to leave out what nobody understands.
        address(site, 2, &wishes.with(|wishes| wishes.from.clear()))
    } else {
        address(site, step + 1, wishes)
    };
    let (question, why, others, fields) = question(site, step, wishes);
    html! {
        p.quiet { (text.start_step(&step.to_string())) }
        progress max=(STEPS) value=(step) aria-label=(text.start_step(&step.to_string())) {}
        h1 tabindex="-1" { (question) }
        p.lead { (why) }
        form method="get" action=(action) {
            @if !last { input type="hidden" name="step" value=(step + 1); }
            (hidden(&others.to_address()))
            (fields)
            div.row {
                button.btn.main { @if last { (text.start_done()) } @else { (text.start_next()) } }
                a.btn href=(next) { (text.start_skip()) }
                @if step > 1 { a.quiet-link href=(address(site, step - 1, wishes)) { (text.start_back()) } }
            }
        }
        p.quiet {
            (text.start_private())
            @if *wishes != Wishes::default() { " " a href=(site.href("/start")) data-forget="wishes" { (text.start_forget()) } }
        }
    }
}

/// The question, why it is asked, the answers to the others, and the fields.
fn question(site: &RoomSite, step: usize, wishes: &Wishes) -> (&'static str, &'static str, Wishes, Markup) {
    let text = site.text;
    let without = |change: fn(&mut Wishes)| wishes.with(change);
    match step {
        1 => (
            text.start_from_question(),
            text.start_from_why(),
            without(|wishes| wishes.from.clear()),
            from_field(site, wishes),
        ),
        2 => (
            text.start_reach_question(),
            text.start_reach_why(),
            without(|wishes| wishes.reach = None),
            reach_fields(text, wishes),
        ),
        3 => (
            text.start_likes_question(),
            text.start_likes_why(),
            without(|wishes| wishes.likes.clear()),
            ticks("likes", Sector::ALL, &wishes.likes, Sector::slug, |sector| sector_words(text, sector)),
        ),
        4 => (
            text.start_needs_question(),
            text.start_needs_why(),
            without(|wishes| wishes.needs.clear()),
            ticks("needs", Need::ALL, &wishes.needs, Need::slug, |need| need_words(text, need)),
        ),
        5 => (
            text.start_after_question(),
            text.start_after_why(),
            without(|wishes| wishes.after = None),
            after_fields(text, wishes),
        ),
        _ => (
            text.start_matters_question(),
            text.start_matters_why(),
            without(|wishes| wishes.matters.clear()),
            order_fields(text, "matters", &wishes.matters),
        ),
    }
}

fn from_field(site: &RoomSite, wishes: &Wishes) -> Markup {
    let text = site.text;
    let answer = site.explorer.start(&wishes.from);
    let shown = match &answer {
        StartAnswer::Found(start) => start.name.as_str(),
        _ => wishes.from.as_str(),
    };
    html! {
        (start_field(text.home_from(), text.home_from_hint(), shown))
        @match answer {
            StartAnswer::Several(starts) => {
                p role="alert" { (text.start_several(&wishes.from)) }
                ul.chips {
                    @for start in starts {
                        @let named = wishes.with(|wishes| start.key.clone_into(&mut wishes.from));
                        li { a.chip href=(address(site, 2, &named)) data-keep-start=(start.key) { (start.name) span.quiet { (start.place) } } }
                    }
                }
            },
            StartAnswer::Unknown => p.problem role="alert" { (text.start_unknown(&wishes.from)) },
            _ => {},
        }
    }
}

fn reach_fields(text: RoomText, wishes: &Wishes) -> Markup {
    let name = |reach: Reach| match reach {
        Reach::Miles(miles) => format!("miles:{miles}"),
        Reach::Minutes(minutes) => format!("minutes:{minutes}"),
    };
    let offers = [2, 4, 6, 10, 15].into_iter().filter(|miles| MILES.contains(miles)).map(Reach::Miles);
    let offers = offers.chain(MINUTES.map(Reach::Minutes));
    html! {
        fieldset.choices {
            legend.sr { (text.start_reach_question()) }
            (radio("reach", "", text.start_reach_any(), wishes.reach.is_none()))
            @for reach in offers {
                (radio("reach", &name(reach), &reach_words(text, reach), wishes.reach == Some(reach)))
            }
        }
    }
}

fn after_fields(text: RoomText, wishes: &Wishes) -> Markup {
    html! {
        fieldset.choices {
            legend.sr { (text.start_after_question()) }
            @for after in After::ALL.iter().copied() {
                (radio("after", after.slug(), after_words(text, after), wishes.after == Some(after)))
            }
        }
    }
}

fn radio(name: &str, value: &str, words: &str, on: bool) -> Markup {
    html! { label.choice { input type="radio" name=(name) value=(value) checked[on]; (words) } }
}

fn ticks<T: Copy + PartialEq>(
    name: &str,
    all: &[T],
    on: &[T],
    slug: fn(T) -> &'static str,
    words: impl Fn(T) -> &'static str,
) -> Markup {
    html! {
        fieldset.choices {
            @for item in all.iter().copied() {
                label.choice { input type="checkbox" name=(name) value=(slug(item)) checked[on.contains(&item)]; (words(item)) }
            }
        }
    }
}

/// Three menus that put cards in order.
pub fn order_fields(text: RoomText, name: &str, chosen: &[Card]) -> Markup {
    let places = [text.start_first(), text.start_second(), text.start_third()];
    html! {
        div.places {
            @for (at, place) in places.into_iter().enumerate() {
                label.field {
                    (place)
                    select name=(name) {
                        option value="" { @if at == 0 { (text.start_choose()) } @else { (text.start_nothing()) } }
                        @for card in Card::ALL.iter().copied() {
                            option value=(card.slug()) selected[chosen.get(at) == Some(&card)] { (card_words(text, card)) }
                        }
                    }
                }
            }
        }
    }
}
