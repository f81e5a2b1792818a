//! Which notices come, and when? `/notices`

use super::words;
use crate::people::form::Form;
use crate::site::Site;
use domain::outbox::{NoticeKind, Way};
use maud::{Markup, html};
use text::ServerText;

/// What holds for a kind.
pub type Choice = (NoticeKind, Way);

/// The choices of one person. Those that leave nothing to choose are listed below.
pub fn page(site: &Site, form: &Form, has_address: bool, choices: &[Choice]) -> Markup {
    let text = ServerText::of(site.lang());
    let (open, always): (Vec<&Choice>, Vec<&Choice>) =
        choices.iter().partition(|(kind, _)| kind.ways().len() > 1);
    html! {
        h1 { (text.notices_title()) }
        p.lead { (text.notices_lead()) }
        (form.note())
        @if !has_address { p.note { (text.notices_no_address()) } } @else {
        section.panel {
            form.stack method="post" action=(site.href("/api/outbox/choose")) {
                @for (kind, way) in open { (ways(text, *kind, *way)) }
                button.btn.main { (text.notices_save()) }
            }
            p.quiet { (text.notices_digest_when()) " " (text.notices_quiet()) }
        }
        }
        @if has_address && !always.is_empty() {
            section.panel {
                h2 { (text.notices_always()) }
                ul.lines { @for (kind, _) in always { li { (words::kind(text, *kind)) } } }
            }
        }
    }
}

fn ways(text: ServerText, kind: NoticeKind, chosen: Way) -> Markup {
    html! {
        fieldset.picks {
            legend { (words::kind(text, kind)) }
            @for way in Way::ALL.iter().filter(|way| kind.allows(**way)) {
                label.pick {
                    input type="radio" name=(kind.slug()) value=(way.slug()) checked[*way == chosen];
                    (words::way(text, *way))
                }
            }
        }
    }
}
