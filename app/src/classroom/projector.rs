//! What does the class see on the wall? `/class/projector/<screen>`

use super::counts::{Eyes, counts};
use super::words::spoken;
use crate::site::Site;
use domain::classroom::Counts;
use maud::{Markup, PreEscaped, html};
use text::ServerText;

/// A class as the wall shows it.
pub struct Wall<'a> {
    /// The code, with its dash.
    pub code: &'a str,
    /// What opens this page. It does not open the counselor's.
    pub screen: &'a str,
    /// The drawn square that opens the class on a phone.
    pub square: &'a str,
    /// The address of the site as people see it.
    pub origin: &'a str,
    /// What the summaries say together.
    pub counts: &'a Counts,
    /// Grows with every change.
    pub version: i64,
}

/// Where to go, what to type, and the counts, large. Without script it loads itself again now and then.
pub fn page(site: &Site, wall: &Wall<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let from = site.href(&format!("/class/projector/{}/counts", wall.screen));
    html! {
        div.wall {
            noscript { meta http-equiv="refresh" content="15"; }
            div.wall-head {
                div {
                    h1 { (text.class_go_to()) " " b { (spoken(wall.origin, site)) } }
                    p.code-big { (wall.code) }
                }
                div.square-code role="img" aria-label=(text.class_square()) { (PreEscaped(wall.square)) }
            }
            div data-live-from=(from) { (counts(site, wall.counts, wall.version, Eyes::Class)) }
        }
    }
}
