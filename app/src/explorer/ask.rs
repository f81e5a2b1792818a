//! The question: what to search, where from, how far.
//!
//! Without script the fields are a form, so that everything works by address. With script the same fields answer as
//! a person types ([`super::schools`] listens to them).

use super::asking::{page_href, schools_href};
use crate::site::Site;
use domain::explorer::place::StartKind;
use domain::explorer::query::{MILES, Query};
use domain::explorer::school::Cds;
use domain::explorer::{Answer, StartAnswer};
use domain::fit::suggest::PICKS_MOST;
use maud::{Markup, html};

/// The inside of the search form.
pub fn form(site: &Site, query: &Query, answer: &Answer) -> Markup {
    let text = site.text;
    html! {
        label.field.wide {
            (text.ask_text())
            input type="search" name="q" maxlength="80" autocomplete="off" spellcheck="false" enterkeyhint="search"
                placeholder=(text.ask_text_hint()) value=(query.text);
        }
        (start_field(text.ask_from(), text.ask_from_hint(), &start_shown(query, answer)))
        label.field.far {
            (text.ask_miles())
            select name="miles" {
                option value="" selected[query.miles.is_none()] { (text.ask_any_distance()) }
                @for miles in MILES {
                    option value=(miles) selected[query.miles == Some(miles)] {
                        (text.ask_up_to_miles(usize::from(miles)))
                    }
                }
            }
        }
        button.btn.main { (text.ask_show()) }
    }
}

/// A field for a start; [`super::suggest`] offers places as a person types.
pub fn start_field(label: &str, hint: &str, value: &str) -> Markup {
    html! {
        label.field {
            (label)
            input name="from" maxlength="80" autocomplete="off" list="starts" placeholder=(hint) value=(value);
        }
        datalist id="starts" {}
    }
}

/// What the start field shows: the name of the place that was found, or what was typed.
pub fn start_shown(query: &Query, answer: &Answer) -> String {
    answer.start.as_ref().map_or_else(|| query.from.clone(), |start| start.name.clone())
}

/// What the form carries along when it is sent without script: everything that is not one of its fields.
pub fn carried(query: &Query) -> Markup {
    let kept = Query { text: String::new(), from: String::new(), miles: None, page: 1, ..query.clone() }
        .to_address();
    let pairs = kept.split('&').filter_map(|pair| pair.split_once('=')).filter(|(name, _)| *name != "sort");
    html! { @for (name, value) in pairs { input type="hidden" form="ask" name=(name) value=(value); } }
}

/// The same beside a page of cards, whose boxes are fields of the form: only the picks elsewhere are carried.
pub fn carried_beside(site: &Site, query: &Query, answer: &Answer) -> Markup {
    let here = |cds: &Cds| answer.hits.iter().any(|hit| site.explorer.school(hit.school).cds == *cds);
    let picked = query.picked.iter().copied().filter(|cds| !here(cds)).collect();
    carried(&Query { picked, ..query.clone() })
}

/// Says which start was understood, or asks which one was meant.
pub fn start_note(site: &Site, query: &Query) -> Markup {
    let text = site.text;
    let href = |from: &str| schools_href(site, &query.with(|query| from.clone_into(&mut query.from)));
    let along = Query { from: query.from.clone(), pin: query.pin, page: 1, ..Query::default() };
    let short_list = page_href(site, "/fit", &along);
    html! {
        @match site.explorer.start(&query.from) {
            StartAnswer::None => {},
            StartAnswer::Found(start) => {
                @let place = match start.kind {
                    StartKind::Place => start.name.clone(),
                    StartKind::Zip | StartKind::Middle => format!("{} ({})", start.name, start.place),
                };
                p.quiet {
                    (text.start_found(&place)) " "
                    a href=(href("")) data-noscroll data-forget="start" { (text.start_clear()) }
                    " · " a href=(short_list) { (text.start_short(&PICKS_MOST.to_string())) }
                }
            },
            StartAnswer::Several(starts) => {
                p { (text.start_several(&query.from)) }
                ul.chips {
                    @for start in starts {
                        li { a.chip href=(href(&start.key)) data-keep-start=(start.key) data-noscroll { (start.name) span.quiet { (start.place) } } }
                    }
                }
            },
            StartAnswer::Unknown => p.problem { (text.start_unknown(&query.from)) },
        }
    }
}
