//! Which school would I go to if I do nothing, and which one is still missing? Asked on the list itself, so that the list
//! is not left for it, and answered by a name, so that it can be made without script too.

use super::listed::href;
use crate::room::RoomSite;
use domain::address::{pairs, short};
use domain::explorer::query::Query;
use domain::explorer::school::School;
use domain::plan::short_list::ShortList;
use maud::{Markup, html};

/// Most schools offered to a name.
const OFFERED: usize = 8;

/// What a person typed to find a school, at most 80 characters each.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Typed {
    /// `find` in the address: the school if they do nothing.
    pub own: String,
    /// `add` in the address: one for the list.
    pub add: String,
}

impl Typed {
    /// Reads the part of an address after `?`.
    pub fn parse(search: &str) -> Typed {
        let mut typed = Typed::default();
        pairs(search, &mut |name, value| match name {
            "find" => typed.own = short(value),
            "add" => typed.add = short(value),
            _ => {}
        });
        typed
    }
}

/// The schools of the list to tap, and a field for any other.
pub fn ask(site: &RoomSite, list: &ShortList, on_list: &[&School], typed: &str) -> Markup {
    let text = site.text;
    html! {
        div.panel.own-school {
            p { b { (text.list_pin_ask()) } " " (text.list_pin_how()) }
            (offer(site, list, on_list))
            (by_name(site, list, "find", text.list_pin_other(), text.list_pin_find(), typed))
            (found(site, typed, &|schools| offer(site, list, schools)))
        }
    }
}

/// A field that puts any school on the list.
pub fn add(site: &RoomSite, list: &ShortList, typed: &str) -> Markup {
    let text = site.text;
    let link = |school: &School| {
        let longer = list.with(|list| _ = list.add(school.cds));
        html! {
            a.chip href=(href(site, "/list", &longer)) data-list=(longer.to_address()) data-key=(format!("add-{}", school.cds)) data-else="add" data-noscroll { (school.name) }
        }
    };
    html! {
        div.add-school {
            (by_name(site, list, "add", text.list_add(), text.list_add_find(), typed))
            (found(site, typed, &|schools| html! { ul.chips { @for school in schools { li { (link(school)) } } } }))
        }
    }
}

fn by_name(site: &RoomSite, list: &ShortList, name: &str, label: &str, go: &str, typed: &str) -> Markup {
    html! {
        form.row method="get" action=(site.href("/list")) {
            (super::forms::hidden(&list.to_address()))
            label.field {
                (label)
                input type="search" name=(name) maxlength="80" autocomplete="off" spellcheck="false" value=(typed);
            }
            button.btn data-key=(name) { (go) }
        }
    }
}

/// What answers to a name; nothing while none is typed.
fn found(site: &RoomSite, typed: &str, offer: &dyn Fn(&[&School]) -> Markup) -> Markup {
    let text = site.text;
    if typed.is_empty() {
        return Markup::default();
    }
    let query = Query { text: typed.to_owned(), ..Query::default() };
    let hits = site.explorer.all_hits(&query);
    let schools: Vec<&School> = hits.iter().take(OFFERED).map(|at| site.explorer.school(*at)).collect();
    html! {
        @if schools.is_empty() {
            p.problem role="alert" { (text.list_pin_none(typed)) }
        } @else {
            p role="status" { (text.list_pin_which(schools.len())) }
            (offer(&schools))
        }
    }
}

fn offer(site: &RoomSite, list: &ShortList, schools: &[&School]) -> Markup {
    html! {
        ul.chips {
            @for school in schools {
                @let pinned = list.with(|list| list.pin = Some(school.cds));
                li {
                    a.chip href=(href(site, "/list", &pinned)) data-keep-pin=(school.cds) data-key=(format!("pin-{}", school.cds)) data-else="check" data-noscroll { (school.name) }
                }
            }
        }
    }
}
