//! What does a counselor say and do in a class hour? `/class/script`

use super::words::deed;
use crate::site::Site;
use domain::classroom::workshop::{WORKSHOP, timed};
use maud::{Markup, html};
use text::ServerText;

/// The workshop, step by step, with its minutes.
pub fn page(site: &Site) -> Markup {
    let text = ServerText::of(site.lang());
    let minutes: usize = WORKSHOP.iter().map(|step| usize::from(step.minutes)).sum();
    html! {
        h1 { (text.class_script_title()) }
        p.lead { (text.class_script_lead(minutes)) }
        p.row.screen-only { a.btn href=(site.href("/class")) rel="external" { (text.class_open_title()) } }
        ol.steps {
            @for (step, begins, ends) in timed() {
                @let [name, doing, saying] = deed(text, step.deed);
                li {
                    p.when { b.num { (begins) "–" (ends) } " " (text.class_minutes()) }
                    div {
                        h2 { (name) }
                        p { (doing) }
                        blockquote { p { (saying) } }
                    }
                }
            }
        }
        section.private {
            h2 { (text.class_before_title()) }
            (super::words::lines([text.class_before_try(), text.class_before_paper(), text.class_before_help()]))
        }
    }
}
