//! Which records does the law ask to keep? `/holds`

use super::words;
use crate::people::form::Form;
use crate::site::Site;
use domain::admin::rights::{Hold, Stage};
use domain::plan::Day;
use maud::{Markup, html};
use text::ServerText;

/// A record on hold.
pub struct Held {
    /// Whose, for the form.
    pub person: String,
    /// What they are called.
    pub name: String,
    /// Why.
    pub why: Hold,
    /// Since when.
    pub since: Day,
    /// How far a deletion is that was asked for.
    pub deletion: Option<Stage>,
}

/// Somebody who was found by name.
pub struct Found {
    /// Whose record, for the form.
    pub person: String,
    /// What they are called.
    pub name: String,
}

/// The holds there are, and a search for a record to hold. `found` is none before anything was typed.
pub fn page(site: &Site, held: &[Held], typed: &str, found: Option<&[Found]>, form: &Form) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.holds_title()) }
        p.lead { (text.holds_lead()) }
        (form.note())
        @if held.is_empty() { p { (text.holds_none()) } }
        ul.lines.places { @for held in held {
            li {
                b { (held.name) } " " (words::hold(text, held.why)) " "
                span.quiet { (text.rights_since(&words::day(site, held.since))) }
                @match held.deletion {
                    Some(Stage::Held) => span { (text.holds_waits()) },
                    Some(_) => span { (text.holds_asked()) },
                    None => {}
                }
                form method="post" action=(site.href("/api/rights/release")) {
                    input type="hidden" name="person" value=(held.person);
                    button.link aria-label=(format!("{}: {}", text.holds_end(), held.name)) { (text.holds_end()) }
                }
            }
        } }
        section.panel {
            h2 { (text.holds_find_lead()) }
            form.stack method="get" action=(site.href("/holds")) role="search" {
                label.field { (text.holds_find()) input name="name" required maxlength="80" autocomplete="off" value=(typed); }
                button.btn { (text.holds_find_go()) }
            }
            @if let Some(found) = found { (choose(site, found)) }
        }
    }
}

fn choose(site: &Site, found: &[Found]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        @if found.is_empty() {
            p role="status" { (text.holds_found_none()) }
        } @else {
            form.stack method="post" action=(site.href("/api/rights/hold")) {
                fieldset.picks {
                    legend { (text.rights_name()) }
                    @for found in found {
                        label.pick { input type="radio" name="person" value=(found.person) required; (found.name) }
                    }
                }
                label.field { (text.holds_why())
                    select name="why" { @for why in Hold::ALL { option value=(why.slug()) { (words::hold(text, *why)) } } }
                }
                button.btn.main { (text.holds_put()) }
            }
        }
    }
}
