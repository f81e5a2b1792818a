//! Where do a student and a guardian agree? `/voices`
//!
//! Each says alone what matters: on this device one after the other, or the guardian on another one by a link. What
//! both said is in the address of the page that shows it, and nowhere else.

use super::fit::card;
use super::forms::{hidden, walk_on_submit};
use super::start::{address, answers_href, order_fields};
use super::ways::Ways;
use super::words::card_words;
use crate::explorer::saved::Saved;
use crate::head::{Head, set_head};
use crate::room::RoomSite;
use domain::explorer::school::School;
use domain::fit::agree::HIGH_ON_LIST;
use domain::fit::measure::Minutes;
use domain::fit::{Agreement, Card, Wishes, agree};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use maud::{Markup, html};

/// Most schools shown of those that are high on both lists.
const SHOWN: usize = 8;

/// The question to the family, or what both said.
#[component]
pub fn VoicesPage() -> impl IntoView {
    let site = RoomSite::here();
    let text = site.text;
    let saved = Saved::here();
    let search = use_location().search;
    set_head(move || Head { title: text.voices_title().into(), ..Head::default() });
    let page = move || {
        let wishes = search.with(|search| Wishes::parse(search));
        let details = site.details.get();
        let inside = if wishes.matters.is_empty() {
            student_first(&site, &wishes)
        } else if wishes.family.is_empty() {
            family_question(&site, &wishes)
        } else {
            let ways = Ways::new(&site, &wishes.from);
            let minutes = |school: &School| ways.minutes(school);
            let minutes = ways.start.map(|_| &minutes as Minutes<'_>);
            let found = agree(&site.explorer, details.as_deref(), &wishes, minutes);
            agreement(&site, saved, &wishes, &ways, &found)
        };
        html! { h1 { (text.voices_title()) } p.lead { (text.voices_lead()) } (inside) }.into_string()
    };
    view! { <div on:submit=walk_on_submit() inner_html=page></div> }
}

fn student_first(site: &RoomSite, wishes: &Wishes) -> Markup {
    let text = site.text;
    html! {
        p.note { (text.voices_no_student()) }
        p { a.btn.main href=(address(site, 6, wishes)) { (text.voices_answer_student()) } }
    }
}

/// The same question to the family; what the student put in order is not shown.
fn family_question(site: &RoomSite, wishes: &Wishes) -> Markup {
    let text = site.text;
    let to = answers_href(site, "/voices", wishes);
    html! {
        section.question {
            h2 { (text.voices_family_title()) }
            p { (text.voices_family_why()) }
            form method="get" action=(site.href("/voices")) {
                (hidden(&wishes.to_address()))
                (order_fields(text, "family", &[]))
                div.row { button.btn.main { (text.voices_family_send()) } }
            }
        }
        section.panel.other-phone {
            p { (text.voices_other_phone()) " " a href=(to) { (text.voices_family()) } }
            (crate::qr::code(&to, text.voices_code_alt()))
        }
    }
}

fn agreement(site: &RoomSite, saved: Saved, wishes: &Wishes, ways: &Ways<'_>, found: &Agreement) -> Markup {
    let text = site.text;
    let named = |cards: &[Card]| {
        if cards.is_empty() {
            return text.voices_none().to_owned();
        }
        cards.iter().map(|card| card_words(text, *card)).collect::<Vec<_>>().join(" · ")
    };
    let again = wishes.with(|wishes| wishes.family.clear());
    html! {
        dl.voices {
            div.both { dt { (text.voices_both()) } dd { (named(&found.both)) } }
            div { dt { (text.voices_only_student()) } dd { (named(&found.student)) } }
            div { dt { (text.voices_only_family()) } dd { (named(&found.family)) } }
        }
        h2 { (text.voices_schools(HIGH_ON_LIST)) }
        @if found.schools.is_empty() { p.note { (text.voices_schools_none(HIGH_ON_LIST)) } }
        ol.list.picks {
            @for shared in found.schools.iter().take(SHOWN) {
                @let places = text.voices_places(&shared.family.to_string(), &shared.student.to_string());
                li { (card(site, saved, ways, &shared.pick, Some(&places))) }
            }
        }
        p.row.next {
            a.btn href=(answers_href(site, "/fit", &again)) { (text.fit_title()) }
            a.btn href=(answers_href(site, "/voices", &again)) { (text.voices_again()) }
            a.quiet-link href=(address(site, 6, wishes)) { (text.fit_change()) }
        }
    }
}
