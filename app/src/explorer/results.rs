//! What stands around the cards: how many schools, in what order, the pinned one on top, and what one change adds.

use super::asking::schools_href;
use super::card::{Shown, card};
use super::cards::pinned_of;
use super::saved::Saved;
use super::words::{alternative_words, fact_label, order_sentence, sort_words};
use crate::site::Site;
use domain::explorer::query::{Query, Sort};
use domain::explorer::{Answer, Change, Understood};
use maud::{Markup, html};
use text::Text;

/// The sentence above the list: how many, which order, what was understood.
pub fn said(text: Text, query: &Query, answer: &Answer) -> Markup {
    html! {
        span.num data-result-count { (answer.total) } " "
        (text.results_schools(answer.total)) " "
        @let ordered = query.sort != Sort::Distance || answer.start.is_some();
        @if answer.total > 0 { (order_sentence(text, query.sort, answer.start.is_some())) " " }
        @if answer.unknown_last > 0 && ordered { span.quiet { (text.order_unknown_last(answer.unknown_last)) } }
        @if let Some(words) = understood(text, &query.text, &answer.understood) { span.understood { (words) } }
    }
}

/// The menu of orders; a part of the form `ask`.
pub fn orders(text: Text, query: &Query) -> Markup {
    html! {
        label.quiet {
            (text.sort_label()) " "
            select name="sort" form="ask" {
                @for sort in Sort::all() {
                    option value=(sort.slug()) selected[sort == query.sort] { (sort_words(text, sort)) }
                }
            }
        }
        button.plainly form="ask" { (text.sort_go()) }
    }
}

fn understood(text: Text, typed: &str, understood: &Understood) -> Option<String> {
    match understood {
        Understood::Nothing | Understood::Name => None,
        Understood::Place(place) => Some(text.understood_place(place)),
        Understood::Zip { zip, nearby: false } => Some(text.understood_zip(&format!("{zip:05}"))),
        Understood::Zip { zip, nearby: true } => Some(text.understood_zip_near(&format!("{zip:05}"))),
        Understood::Corrected(word) => Some(text.understood_corrected(typed, word)),
        Understood::Nowhere => Some(text.understood_nowhere(typed)),
    }
}

/// The school a student gets by doing nothing, above all others; without one, what a pin is for.
pub fn pinned(site: &Site, saved: Saved, query: &Query, answer: &Answer) -> Markup {
    let Some((at, miles)) = pinned_of(site, query, answer) else { return Markup::default() };
    let shown = Shown { at, miles, start: answer.start.clone(), pinned: None, is_pin: true };
    html! { li.card.pin { (card(site, saved, &shown, query)) } }
}

/// What stands under the cards: what to do when there are none, the pages, and what one change would add.
pub fn after(site: &Site, query: &Query, answer: &Answer) -> Markup {
    html! {
        @if answer.total == 0 { (empty(site, query, answer)) }
        @if answer.pages > 1 { (pages(site, query, answer)) }
        @if !answer.near_misses.is_empty() { (near_misses(site, answer)) }
    }
}

fn empty(site: &Site, query: &Query, answer: &Answer) -> Markup {
    let text = site.text;
    if let Some(hidden) = hidden(site, answer) {
        return hidden;
    }
    let all = Query { from: query.from.clone(), pin: query.pin, page: 1, ..Query::default() };
    html! {
        div.empty {
            h2 { (text.empty_title()) }
            p { (text.empty_why()) }
            p { a.btn href=(schools_href(site, &all)) { (text.empty_all()) } }
        }
    }
}

/// The one school that was named and is left out as an alternative school, such as LACHSA: what to do about it.
fn hidden(site: &Site, answer: &Answer) -> Option<Markup> {
    let text = site.text;
    let miss =
        answer.near_misses.first().filter(|miss| miss.change == Change::WithAlternative && miss.adds == 1)?;
    let school = site.explorer.school(*miss.examples.first()?);
    let kind = alternative_words(text, school.alternative?);
    Some(html! {
        div.empty {
            h2 { (text.empty_hidden_title()) }
            p { (text.empty_hidden(kind, &school.name)) }
            p { a.btn href=(schools_href(site, &miss.query)) { (text.empty_hidden_show()) } }
        }
    })
}

fn pages(site: &Site, query: &Query, answer: &Answer) -> Markup {
    let text = site.text;
    let to = |page: u16| schools_href(site, &Query { page, ..query.clone() });
    html! {
        nav.pages aria-label=(text.pages_label()) {
            @if answer.page > 1 { a.btn rel="prev" href=(to(answer.page - 1)) { (text.pages_before()) } }
            span.quiet { (text.pages_here(&answer.page.to_string(), &answer.pages.to_string())) }
            @if answer.page < answer.pages { a.btn rel="next" href=(to(answer.page + 1)) { (text.pages_after()) } }
        }
    }
}

fn near_misses(site: &Site, answer: &Answer) -> Markup {
    let text = site.text;
    html! {
        section.near data-near-miss aria-labelledby="near" {
            h2 id="near" { (text.near_title()) }
            ul {
                @for miss in &answer.near_misses {
                    @let names: Vec<&str> =
                        miss.examples.iter().map(|at| site.explorer.school(*at).name.as_str()).collect();
                    li {
                        a.chip href=(schools_href(site, &miss.query)) data-noscroll { (change_words(text, miss.change)) }
                        span {
                            b { (text.near_adds(miss.adds)) } " "
                            span.quiet { (names.join(", ")) @if miss.adds > names.len() { ", …" } }
                        }
                    }
                }
            }
        }
    }
}

fn change_words(text: Text, change: Change) -> String {
    match change {
        Change::Farther { to, .. } => text.ask_up_to_miles(usize::from(to)),
        Change::AnyDistance => text.ask_any_distance().to_owned(),
        Change::AnyKind => text.near_any_kind().to_owned(),
        Change::AnySize => text.near_any_size().to_owned(),
        Change::AnyGrades => text.near_any_grades().to_owned(),
        Change::LowerBound(fact, bound) => {
            let of = text.figure_of_100(&bound.to_string());
            let bound =
                if fact.more_is_better() { text.filter_at_least(&of) } else { text.filter_at_most(&of) };
            format!("{}: {bound}", fact_label(text, fact))
        }
        Change::NoBound(fact) => text.near_no_bound(fact_label(text, fact)),
        Change::WithoutGopass => text.near_without_gopass().to_owned(),
        Change::WithoutRail => text.near_without_rail().to_owned(),
        Change::WithAlternative => text.near_alternative().to_owned(),
        Change::WithVirtual => text.near_virtual().to_owned(),
        Change::WithoutText => text.near_without_text().to_owned(),
    }
}

/// Sends the ticked schools to the comparison.
pub fn compare_bar(text: Text, query: &Query) -> Markup {
    html! {
        @if let Some(pin) = query.pin { input type="hidden" name="pin" value=(pin); }
        @if !query.from.is_empty() { input type="hidden" name="from" value=(query.from); }
        button.btn { (text.compare_go()) }
        span.quiet { (text.compare_most()) }
    }
}
