//! Which corrections wait for my answer? `/corrections`

use super::words;
use crate::people::form::Form;
use crate::site::Site;
use domain::admin::rights::{Field, Why};
use domain::plan::Day;
use maud::{Markup, html};
use text::ServerText;

/// A correction that waits.
pub struct Open {
    /// What to ask for.
    pub id: String,
    /// Whose record.
    pub name: String,
    /// What is wrong.
    pub field: Field,
    /// What should stand there; not of a birth date.
    pub wanted: Option<String>,
    /// When it was said.
    pub asked: Day,
}

/// All of them, each with its answers.
pub fn page(site: &Site, open: &[Open], form: &Form) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.corrections_title()) }
        p.lead { (text.corrections_lead()) }
        (form.note())
        @if open.is_empty() { p { (text.corrections_none()) } }
        @for open in open { (waits(site, open)) }
    }
}

fn waits(site: &Site, open: &Open) -> Markup {
    let text = ServerText::of(site.lang());
    let to = site.href(&format!("/api/rights/answer/{}", open.id));
    html! {
        section.panel {
            h2 { (open.name) " · " (words::field(text, open.field)) }
            p.quiet { (text.corrections_asked(&words::day(site, open.asked))) }
            @if let Some(wanted) = &open.wanted { p { (text.corrections_wanted()) " " b { (words::wanted(text, open.field, wanted)) } } }
            form.stack method="post" action=(to) {
                input type="hidden" name="answer" value="done";
                @match open.field {
                    Field::BirthDate => {
                        p { (text.corrections_birth()) }
                        label.field { (text.corrections_seen()) input name="seen" type="date" required autocomplete="off"; }
                        button.btn.main { (text.corrections_change()) }
                    }
                    Field::Class | Field::Other => {
                        p { (text.corrections_by_hand()) }
                        button.btn.main { (text.corrections_changed()) }
                    }
                    _ => button.btn.main { (text.corrections_change()) }
                }
            }
            form.stack method="post" action=(to) {
                input type="hidden" name="answer" value="refused";
                label.field { (text.corrections_refuse())
                    select name="why" { @for why in Why::ALL { option value=(why.slug()) { (words::because(text, *why)) } } }
                }
                button.btn { (text.corrections_keep()) }
            }
        }
    }
}
