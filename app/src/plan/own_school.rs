//! Which school would I go to if I do nothing? Asked on the list itself, so that the list is not left for it.

use super::listed::href;
use crate::room::RoomSite;
use domain::address::{pairs, short};
use domain::explorer::query::Query;
use domain::explorer::school::School;
use domain::plan::short_list::ShortList;
use maud::{Markup, html};

/// Most schools offered to a name.
const OFFERED: usize = 8;

/// What a person typed to find the school: `find` in the address, at most 80 characters.
pub fn typed(search: &str) -> String {
    let mut typed = String::new();
    pairs(search, &mut |name, value| {
        if name == "find" {
            typed = short(value);
        }
    });
    typed
}

/// The schools of the list to tap, and a field for any other.
pub fn ask(site: &RoomSite, list: &ShortList, on_list: &[&School], typed: &str) -> Markup {
    let text = site.text;
    html! {
        div.panel.own-school {
            p { b { (text.list_pin_ask()) } " " (text.list_pin_how()) }
            (offer(site, list, on_list))
            form.row method="get" action=(site.href("/list")) {
                (super::forms::hidden(&list.to_address()))
                label.field {
                    (text.list_pin_other())
                    input type="search" name="find" maxlength="80" autocomplete="off" spellcheck="false" value=(typed);
                }
                button.btn data-key="find" { (text.list_pin_find()) }
            }
            @if !typed.is_empty() { (found(site, list, typed)) }
        }
    }
}

/// What answers to a name.
fn found(site: &RoomSite, list: &ShortList, typed: &str) -> Markup {
    let text = site.text;
    let query = Query { text: typed.to_owned(), ..Query::default() };
    let hits = site.explorer.all_hits(&query);
    let schools: Vec<&School> = hits.iter().take(OFFERED).map(|at| site.explorer.school(*at)).collect();
    html! {
        @if schools.is_empty() {
            p.problem role="alert" { (text.list_pin_none(typed)) }
        } @else {
            p role="status" { (text.list_pin_which(schools.len())) }
            (offer(site, list, &schools))
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
