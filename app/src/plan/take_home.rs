//! The page to take home, in English, Spanish or both. `/take-home?s=<code>,<code>&in=both`

use super::listed::{Listed, href};
use super::nav::plan_nav;
use super::paper::paper;
use super::saying::lost_words;
use crate::head::{Head, set_head};
use crate::room::{RoomSite, Rooms};
use domain::plan::short_list::ShortList;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use maud::{Markup, html};
use text::Lang;

/// In which language the paper is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tongue {
    One(Lang),
    Both,
}

/// One page, or one for each language.
#[component]
pub fn TakeHomePage() -> impl IntoView {
    let site = RoomSite::here();
    let text = site.text;
    let search = use_location().search;
    set_head(move || Head { title: text.plan_paper().into(), ..Head::default() });
    let listed = Listed::follow(&site, "/take-home");
    let own = site.lang();
    let tongue = Memo::new(move |_| search.with(|search| tongue_of(search, own)));
    let twin = site.twin;
    // The words of the other language are fetched when someone asks for them.
    Effect::new(move || {
        if tongue.get() != Tongue::One(own)
            && twin.with_untracked(|twin| matches!(twin, Rooms::Away | Rooms::Failed))
        {
            twin.set(Rooms::Wanted);
        }
    });
    let bar = {
        let site = site.clone();
        move || listed.list.with(|list| choices(&site, list, tongue.get(), listed.lost.get())).into_string()
    };
    let papers = move || {
        let other = site.in_other_language();
        listed.list.with(|list| {
            let drawn = |lang: Lang| {
                if lang == own {
                    Some(paper(&site, list))
                } else {
                    other.as_ref().map(|other| paper(other, list))
                }
            };
            let langs = match tongue.get() {
                Tongue::One(lang) => vec![lang],
                Tongue::Both => Lang::ALL.to_vec(),
            };
            html! { @for lang in langs { @if let Some(paper) = drawn(lang) { (paper) } } }.into_string()
        })
    };
    view! {
        <div class="screen-only" inner_html=bar></div>
        <p class="row screen-only scripted print-it" class:none=move || listed.list.with(ShortList::is_empty)>
            <button type="button" class="btn main" on:click=move |_| _ = window().print()>{text.list_print()}</button>
        </p>
        <div class="papers" inner_html=papers></div>
    }
}

fn tongue_of(search: &str, own: Lang) -> Tongue {
    let chosen = search.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix("in="));
    match chosen {
        Some("both") => Tongue::Both,
        Some("en") => Tongue::One(Lang::En),
        Some("es") => Tongue::One(Lang::Es),
        _ => Tongue::One(own),
    }
}

fn choices(site: &RoomSite, list: &ShortList, tongue: Tongue, lost: usize) -> Markup {
    let text = site.text;
    let plain = href(site, "/take-home", list);
    let and = if plain.contains('?') { '&' } else { '?' };
    let offers = [
        ("en", Tongue::One(Lang::En), text.paper_english()),
        ("es", Tongue::One(Lang::Es), text.paper_spanish()),
        ("both", Tongue::Both, text.paper_both()),
    ];
    html! {
        (plan_nav(site, list, "/take-home"))
        h1 { (text.plan_paper()) }
        p.lead { (text.paper_lead()) }
        (lost_words(text, lost))
        @if list.is_empty() {
            p { (text.list_empty()) }
            p { a.btn.main href=(site.href("/schools")) { (text.missing_schools()) } }
        } @else {
            p.quiet { (text.paper_language()) }
            ul.chips {
                @for (word, offer, name) in offers {
                    li { a.chip href=(format!("{plain}{and}in={word}")) aria-current=[(offer == tongue).then_some("true")] { (name) } }
                }
            }
        }
    }
}
