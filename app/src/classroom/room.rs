//! What does the counselor see and do? `/class/room/<secret>`

use super::counts::{Eyes, counts};
use super::words::{lines, spoken, time_left};
use crate::site::Site;
use domain::classroom::Counts;
use maud::{Markup, html};
use text::ServerText;

/// A class as its counselor's page shows it.
pub struct Desk<'a> {
    /// The code, with its dash.
    pub code: &'a str,
    /// What opens this page.
    pub secret: &'a str,
    /// What opens the projector's page.
    pub screen: &'a str,
    /// The address of the site as people see it: `https://pathways.example.org`.
    pub origin: &'a str,
    /// How long the class stays open, in milliseconds.
    pub left: i64,
    /// What the summaries say together.
    pub counts: &'a Counts,
    /// Grows with every change.
    pub version: i64,
}

/// The code, the counts, what to do next, and the end.
pub fn page(site: &Site, desk: &Desk<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let own = site.href(&format!("/class/room/{}", desk.secret));
    html! {
        div.room-head {
            div {
                h1 { (text.class_room_title()) }
                p { (text.class_go_to()) " " b { (spoken(desk.origin, site)) } }
                p.code-big { (desk.code) }
                p.quiet { (time_left(text, desk.left)) }
            }
            p.row {
                a.btn.main href=(site.href(&format!("/class/projector/{}", desk.screen))) rel="external" { (text.class_projector()) }
                a.btn href=(site.href("/class/script")) rel="external" { (text.class_script_title()) }
                a.btn href=(format!("{own}/sheets")) rel="external" { (text.class_sheets()) }
            }
        }
        p.note.keep { (text.class_keep_address()) }
        p.unscripted { a href=(own) rel="external" { (text.class_refresh()) } }
        div data-live-from=(format!("{own}/counts")) { (counts(site, desk.counts, desk.version, Eyes::Counselor)) }
        section.private {
            h2 { (text.class_look_title()) }
            (lines([text.class_look_list(), text.class_look_certain(), text.class_look_question()]))
        }
        details.end-class {
            summary { (text.class_end_title()) }
            p { (text.class_end_why()) }
            form method="post" action=(format!("{own}/end")) { button.btn { (text.class_end()) } }
        }
    }
}
