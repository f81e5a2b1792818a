//! Which of these is better for me, fact by fact? `/compare?s=<code>,<code>`

use super::saved::codes_in;
use super::school::doors_of;
use super::words::{
    fact_label, fact_meaning, figure_note, figure_words, grade_span, kinds_of, miles_number, verdict_words,
};
use crate::head::{Head, set_head};
use crate::room::RoomSite;
use domain::explorer::StartAnswer;
use domain::explorer::figure::Fact;
use domain::explorer::place::Start;
use domain::explorer::query::{COMPARE_MOST, Query};
use domain::explorer::school::School;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use maud::{Markup, html};
use text::{RoomText, number};

/// Up to four schools side by side; the pinned one, if any, stands first and is what the others are read against.
#[component]
pub fn Compare() -> impl IntoView {
    let site = RoomSite::here();
    let text = site.text;
    let search = use_location().search;
    set_head(move || Head { title: text.compare_title().into(), ..Head::default() });
    move || {
        let search = search.get();
        let query = Query::parse(&search);
        let pin = query.pin.and_then(|pin| site.explorer.find(pin));
        let asked: Vec<u32> =
            codes_in(&search).into_iter().filter_map(|cds| site.explorer.find(cds)).collect();
        let mut schools: Vec<u32> = pin.into_iter().collect();
        schools.extend(asked.into_iter().filter(|at| Some(*at) != pin));
        let left_out = schools.len().saturating_sub(COMPARE_MOST);
        schools.truncate(COMPARE_MOST);
        let schools: Vec<&School> = schools.into_iter().map(|at| site.explorer.school(at)).collect();
        let start = match site.explorer.start(&query.from) {
            StartAnswer::Found(start) => Some(start),
            _ => None,
        };
        let markup = draw(&site, &schools, pin.is_some(), start, left_out).into_string();
        view! { <section inner_html=markup></section> }
    }
}

fn draw(
    site: &RoomSite,
    schools: &[&School],
    pinned: bool,
    start: Option<&Start>,
    left_out: usize,
) -> Markup {
    let text = site.text;
    html! {
        h1 { (text.compare_title()) }
        @if schools.is_empty() {
            p.note { (text.compare_empty()) }
            p { a.btn.main href=(site.href("/schools")) { (text.missing_schools()) } }
        } @else {
            @if left_out > 0 { p.note role="status" { (text.compare_left_out(left_out)) } }
            p.note.quiet { @if pinned { (text.compare_against_pin()) } @else { (text.compare_how()) } }
            p.quiet { (text.acronyms()) }
            div.wide tabindex="0" role="region" aria-label=(text.compare_title()) { (table(site, schools, pinned, start)) }
        }
    }
}

/// A row of plain words: its name, and what it says of a school.
type Row<'a> = (&'static str, &'a dyn Fn(&School) -> String);

fn table(site: &RoomSite, schools: &[&School], pinned: bool, start: Option<&Start>) -> Markup {
    let text = site.text;
    let students = |school: &School| {
        school.students.map_or_else(|| text.unknown_short().to_owned(), |students| number(students as usize))
    };
    let gopass = |school: &School| match school.gopass {
        Some(true) => text.yes().to_owned(),
        Some(false) => text.gopass_not_yet().to_owned(),
        None => text.unknown_short().to_owned(),
    };
    let rail = |school: &School| match &school.rail {
        Some(rail) => text.rail_near(&rail.lines, &rail.station),
        None => text.rail_none().to_owned(),
    };
    let plain: [Row<'_>; 7] = [
        (text.compare_place(), &|school| school.place.clone()),
        (text.compare_kind(), &|school| kinds_of(*text, school)),
        (text.compare_students(), &students),
        (text.compare_grades(), &|school| grade_span(school.grades)),
        (text.compare_gopass(), &gopass),
        (text.compare_rail(), &rail),
        (text.compare_door(), &|school| doors_of(*text, school).join(" ")),
    ];
    let of = format!("of-{}", schools.len());
    let (facts, plain_rows) = (Fact::ALL.map(|fact| fact_row(text, fact, schools, pinned)), plain);
    html! {
        table.compare.(of) role="table" {
            caption.sr { (text.compare_caption()) }
            thead role="rowgroup" {
                tr role="row" {
                    th scope="col" role="columnheader" { (text.compare_fact()) }
                    @for (at, school) in schools.iter().enumerate() {
                        th.pin[pinned && at == 0] scope="col" role="columnheader" {
                            @if pinned && at == 0 { span.tag { (text.card_pinned()) } }
                            a href=(site.href(&format!("/schools/{}", school.cds))) { (school.name) }
                            small { (school.place) }
                        }
                    }
                }
            }
            tbody role="rowgroup" {
                @if let Some(start) = start {
                    tr role="row" {
                        th scope="row" role="rowheader" { (text.card_from(&start.name)) }
                        @for school in schools {
                            @let far = site.explorer.find(school.cds).and_then(|at| site.explorer.thousandths_to(start.point, at));
                            @let miles = far.map(|far| text.miles_short(&miles_number(far)));
                            td role="cell" { @if let Some(miles) = miles { span.num { (miles) } } @else { (text.unknown_short()) } }
                        }
                    }
                }
                @for row in &facts { (row) }
                @for (label, value) in plain_rows {
                    tr role="row" { th scope="row" role="rowheader" { (label) } @for school in schools { td role="cell" { (value(school)) } } }
                }
            }
        }
    }
}

fn fact_row(text: RoomText, fact: Fact, schools: &[&School], pinned: bool) -> Markup {
    let first = schools.first().map(|school| school.figure(fact)).unwrap_or_default();
    html! {
        tr role="row" {
            th scope="row" role="rowheader" { (fact_label(*text, fact)) small { (fact_meaning(*text, fact)) } }
            @for (at, school) in schools.iter().enumerate() {
                @let figure = school.figure(fact);
                td role="cell" {
                    span.(if figure.tenths().is_some() { "num" } else { "unknown" }) { (figure_words(*text, fact, figure)) }
                    @if pinned && at > 0 {
                        @if let Some((words, class)) = verdict_words(*text, fact, figure, first) { small.(class) { (words) } }
                    }
                    small { (figure_note(*text, figure)) }
                }
            }
        }
    }
}
