//! My list, on one page to take home. `/list?s=<code>,<code>`
//!
//! The address holds the list; without one, the list of this device is shown. The code on the paper opens the
//! address again.

use super::card::ON_CARD;
use super::saved::{Saved, codes_in, write_codes};
use super::school::{doors_of, questions_of};
use super::words::{fact_label, figure_note, figure_words, subtitle};
use crate::head::{Head, set_head};
use crate::site::Site;
use domain::explorer::school::{Cds, School};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use maud::{Markup, html};
use text::Text;

/// Schools that fit on one page with reasons and questions.
pub const LIST_MOST: usize = 12;

/// The list as a page for paper.
#[component]
pub fn ListPage() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let saved = Saved::here();
    let search = use_location().search;
    set_head(move || Head { title: text.list_title().into(), ..Head::default() });
    let codes = Memo::new(move |_| {
        let asked = search.with(|search| codes_in(search));
        if asked.is_empty() { saved.codes() } else { asked }
    });
    let keep_site = site.clone();
    let keep = move || {
        let codes = codes.get();
        let known: Vec<Cds> =
            codes.into_iter().filter(|cds| keep_site.explorer.find(*cds).is_some()).collect();
        (!known.is_empty() && known != saved.codes()).then(|| {
            view! {
                <p class="note scripted screen-only">
                    {text.list_other_device()} " "
                    <button type="button" class="btn" on:click=move |_| saved.replace(known.clone())>{text.list_keep()}</button>
                </p>
            }
        })
    };
    let paper = move || {
        let schools: Vec<&School> = codes
            .get()
            .into_iter()
            .filter_map(|cds| site.explorer.find(cds))
            .take(LIST_MOST)
            .map(|at| site.explorer.school(at))
            .collect();
        draw(&site, &schools).into_string()
    };
    view! {
        {keep}
        <p class="row screen-only">
            <button type="button" class="btn main scripted" on:click=move |_| _ = window().print()>{text.list_print()}</button>
        </p>
        <article class="paper" inner_html=paper></article>
    }
}

fn draw(site: &Site, schools: &[&School]) -> Markup {
    let text = site.text;
    if schools.is_empty() {
        return html! {
            h1 { (text.list_title()) }
            p { (text.list_empty()) }
            p { a.btn.main href=(site.href("/schools")) { (text.missing_schools()) } }
        };
    }
    let codes: Vec<Cds> = schools.iter().map(|school| school.cds).collect();
    let address = format!("{}?s={}", site.href("/list"), write_codes(&codes));
    let qr = format!("/qr.svg?to={}", address.replace('?', "%3F").replace('=', "%3D").replace(',', "%2C"));
    html! {
        div.paper-head {
            div {
                h1 { (text.list_title()) }
                p { (text.list_lead()) }
                p.screen-only { a.btn href=(format!("{}?s={}", site.href("/compare"), write_codes(&codes))) { (text.compare_go()) } }
            }
            figure.qr {
                img src=(qr) width="120" height="120" alt=(text.list_code_alt());
                figcaption { (text.list_code()) }
            }
        }
        div.wide tabindex="0" role="region" aria-label=(text.list_title()) {
            table {
                thead {
                    tr {
                        th scope="col" { (text.list_school()) }
                        @for fact in ON_CARD { th scope="col" { (fact_label(text, fact)) } }
                        th scope="col" { (text.compare_door()) }
                    }
                }
                tbody { @for (at, school) in schools.iter().enumerate() { (row(text, site, at + 1, school)) } }
            }
        }
        h2 { (text.ask_them_title()) }
        ul.lines { @for question in questions(text, schools) { li { (question) } } }
        p.source { (text.list_source()) }
    }
}

/// Questions for the whole list: those that more of its schools leave open come first.
fn questions(text: Text, schools: &[&School]) -> Vec<String> {
    let mut counted: Vec<(usize, String)> = Vec::new();
    for question in schools.iter().flat_map(|school| questions_of(text, school)) {
        match counted.iter_mut().find(|(_, known)| *known == question) {
            Some((times, _)) => *times += 1,
            None => counted.push((1, question)),
        }
    }
    counted.sort_by_key(|(times, _)| std::cmp::Reverse(*times));
    counted.into_iter().take(4).map(|(_, question)| question).collect()
}

fn row(text: Text, site: &Site, number: usize, school: &School) -> Markup {
    html! {
        tr {
            th scope="row" {
                (number) ". " a href=(site.href(&format!("/schools/{}", school.cds))) { (school.name) }
                small { (subtitle(text, school)) }
            }
            @for fact in ON_CARD {
                @let figure = school.figure(fact);
                td { b { (figure_words(text, fact, figure)) } small { (figure_note(text, figure)) } }
            }
            td { small { (doors_of(text, school).join(" ")) } }
        }
    }
}
