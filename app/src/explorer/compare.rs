//! Which of these is better for me, fact by fact? `/compare?s=<code>,<code>`
//!
//! Four columns at most. The pinned school has the first one where the schools to compare leave it a place; otherwise its
//! numbers stand at the head of each row, beside those of the county and the state, so that no school is lost for it.

mod table;

use super::asking::page_href;
use super::device::bring_back;
use super::saved::{Saved, codes_in};
use crate::head::{Head, set_head};
use crate::plan::saying::lost_words;
use crate::room::RoomSite;
use domain::explorer::StartAnswer;
use domain::explorer::catalogue::Details;
use domain::explorer::place::Start;
use domain::explorer::query::{COMPARE_MOST, Query};
use domain::explorer::school::{Cds, School};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use maud::{Markup, html};
use std::sync::Arc;

/// Up to four schools side by side, read against the pinned one, if any.
#[component]
pub fn Compare() -> impl IntoView {
    let site = RoomSite::here();
    let (text, saved) = (site.text, Saved::here());
    let search = use_location().search;
    set_head(move || Head { title: text.compare_title().into(), ..Head::default() });
    bring_back();
    let list = move || saved.href("/compare");
    let drawn = move || search.with(|search| draw(&site, search)).into_string();
    let is_empty = move || search.with(|search| codes_in(search).is_empty());
    view! {
        <section class="side-by-side" inner_html=drawn></section>
        <p class="row scripted" class:none=move || !is_empty() || saved.count() < 2>
            <a class="btn" href=list>{text.compare_list()}</a>
        </p>
    }
}

/// What stands side by side.
struct Side<'a> {
    site: &'a RoomSite,
    /// One for each column.
    schools: Vec<&'a School>,
    /// The school that the others are read against. It may have no column.
    pin: Option<&'a School>,
    /// Where the trips begin.
    start: Option<&'a Start>,
    details: Option<Arc<Details>>,
    /// What goes along to other pages: the start and the pin.
    along: Query,
}

impl Side<'_> {
    fn is_pin(&self, school: &School) -> bool {
        self.pin.is_some_and(|pin| pin.cds == school.cds)
    }

    fn pin_has_column(&self) -> bool {
        self.schools.iter().any(|school| self.is_pin(school))
    }

    /// The address of a page for the schools of the columns that stay; the pinned one goes along as such.
    fn href(&self, path: &str, stays: impl Fn(&School) -> bool) -> String {
        let stay = self.schools.iter().filter(|school| !self.is_pin(school) && stays(school));
        let picked: Vec<Cds> = stay.map(|school| school.cds).collect();
        page_href(self.site, path, &Query { picked, ..self.along.clone() })
    }
}

fn draw(site: &RoomSite, search: &str) -> Markup {
    let (text, explorer) = (site.text, &site.explorer);
    let query = Query::parse(search);
    let named = codes_in(search);
    let pin = query.pin.and_then(|pin| explorer.find(pin));
    let found: Vec<u32> = named.iter().filter_map(|cds| explorer.find(*cds)).collect();
    let lost = named.len() - found.len();
    let mut shown: Vec<u32> = found.into_iter().filter(|at| Some(*at) != pin).collect();
    if shown.len() < COMPARE_MOST {
        shown.splice(0..0, pin);
    }
    let left_out = shown.len().saturating_sub(COMPARE_MOST);
    shown.truncate(COMPARE_MOST);
    let side = Side {
        site,
        schools: shown.into_iter().map(|at| explorer.school(at)).collect(),
        pin: pin.map(|at| explorer.school(at)),
        start: match explorer.start(&query.from) {
            StartAnswer::Found(start) => Some(start),
            _ => None,
        },
        details: site.details.get(),
        along: Query { from: query.from.clone(), pin: query.pin, page: 1, ..Query::default() },
    };
    let add = side.href("/schools", |_| true);
    html! {
        h1 { (text.compare_title()) }
        (lost_words(text, lost))
        @if named.len() == lost {
            p.lead { (text.compare_empty()) }
            p.row { a.btn.main href=(add) { (text.missing_schools()) } }
        } @else {
            @if left_out > 0 { p.note role="status" { (text.compare_left_out(left_out)) } }
            div.compare-said {
                @match side.pin {
                    Some(pin) if !side.pin_has_column() => p { (text.school_against(&pin.name)) " " (text.compare_gap()) },
                    Some(_) => p { (text.compare_against_pin()) " " (text.compare_gap()) },
                    None => p { @if side.schools.len() == 1 { (text.compare_alone()) } @else { (text.compare_how()) } },
                }
                p.quiet { (text.acronyms()) }
            }
            p.row.compare-do {
                @let is_full = side.schools.len() == COMPARE_MOST;
                a.btn.main[!is_full] href=(add) { @if is_full { (text.compare_back()) } @else { (text.compare_add()) } }
                a.btn href=(side.href("/list", |_| true)) { (text.compare_make_list()) }
            }
            div.wide tabindex="0" role="region" aria-label=(text.compare_title()) { (table::draw(&side)) }
            p.quiet.compare-end { (text.people_source()) " " a href=(site.href("/sources")) { (text.frame_sources()) } }
        }
    }
}
