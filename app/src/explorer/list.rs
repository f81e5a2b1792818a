//! My list, on one page to take home. `/list?s=<code>,<code>`
//!
//! The address holds the list; without one, the list of this device is shown. The code on the paper opens the
//! address again.

use super::card::ON_CARD;
use super::saved::{Saved, codes_in, write_codes};
use super::school::{door_short, doors_of, questions_of};
use super::words::{fact_label, figure_note, figure_words, subtitle};
use crate::head::{Head, set_head};
use crate::site::Site;
use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
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
    let known_site = site.clone();
    let known = Memo::new(move |_| -> Vec<Cds> {
        codes.get().into_iter().filter(|cds| known_site.explorer.find(*cds).is_some()).collect()
    });
    let foreign = move || known.with(|known| known.iter().any(|cds| !saved.has(*cds)));
    let compare_site = site.clone();
    let compare =
        move || format!("{}?s={}", compare_site.href("/compare"), known.with(|known| write_codes(known)));
    let paper = move || {
        let known = known.get();
        let left_out = known.len().saturating_sub(LIST_MOST);
        let schools = known.into_iter().take(LIST_MOST).filter_map(|cds| site.explorer.find(cds));
        draw(&site, &schools.map(|at| site.explorer.school(at)).collect::<Vec<_>>(), left_out).into_string()
    };
    view! {
        <div class="row list-bar screen-only" class:none=move || known.with(Vec::is_empty)>
            <p class="row">
                <button type="button" class="btn main scripted" on:click=move |_| _ = window().print()>{text.list_print()}</button>
                <a class="btn" href=compare>{text.compare_go()}</a>
            </p>
            <p class="row scripted" class:none=move || !foreign()>
                <span class="quiet">{text.list_other_device()}</span>
                <button type="button" class="btn" on:click=move |_| saved.add(&known.get_untracked())>{text.list_keep()}</button>
            </p>
        </div>
        <article class="paper" inner_html=paper></article>
    }
}

fn draw(site: &Site, schools: &[&School], left_out: usize) -> Markup {
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
    let years = ON_CARD.map(|fact| usual_year(fact, schools));
    let mut doors: Vec<&str> = schools.iter().flat_map(|school| doors_of(text, school)).collect();
    doors = doors
        .iter()
        .enumerate()
        .filter(|(at, door)| !doors[..*at].contains(door))
        .map(|(_, door)| *door)
        .collect();
    html! {
        div.paper-head {
            div {
                h1 { (text.list_title()) }
                p { (text.list_lead()) }
                @if left_out > 0 { p.problem { (text.list_left_out(left_out)) } }
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
                        @for (fact, year) in ON_CARD.into_iter().zip(years) {
                            th scope="col" { (fact_label(text, fact)) @if let Some(year) = year { small { (year) } } }
                        }
                        th scope="col" { (text.compare_door()) }
                    }
                }
                tbody { @for (at, school) in schools.iter().enumerate() { (row(text, site, at + 1, school, years)) } }
            }
        }
        div.paper-end {
            section { h2 { (text.compare_door()) } ul.lines { @for door in doors { li { (door) } } } }
            section { h2 { (text.ask_them_title()) } ul.lines { @for question in questions(text, schools) { li { (question) } } } }
        }
        p.source { (text.list_source()) }
    }
}

/// The newest year in which a fact is known for one of the schools: it stands in the head, once.
fn usual_year(fact: Fact, schools: &[&School]) -> Option<SchoolYear> {
    schools.iter().filter_map(|school| school.figure(fact).year()).max()
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
    let most_first =
        (1..=schools.len()).rev().flat_map(|times| counted.iter().filter(move |(many, _)| *many == times));
    most_first.take(4).map(|(_, question)| question.clone()).collect()
}

fn row(
    text: Text,
    site: &Site,
    number: usize,
    school: &School,
    years: [Option<SchoolYear>; ON_CARD.len()],
) -> Markup {
    html! {
        tr {
            th scope="row" {
                (number) ". " a href=(site.href(&format!("/schools/{}", school.cds))) { (school.name) }
                small { (subtitle(text, school)) }
            }
            @for (fact, year) in ON_CARD.into_iter().zip(years) {
                @let figure = school.figure(fact);
                @let plain = matches!(figure, Figure::Known { year: own, care: Care::Plain, .. } if Some(own) == year);
                td { b { (figure_words(text, fact, figure)) } @if !plain { small { (figure_note(text, figure)) } } }
            }
            td { (door_short(text, school)) }
        }
    }
}
