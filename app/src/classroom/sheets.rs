//! Which sheet of paper does each student take home? `/class/room/<secret>/sheets`

use crate::drawn::print_now;
use crate::people::bar::back;
use crate::plan::paper::paper;
use crate::room::RoomSite;
use crate::site::Site;
use domain::explorer::school::Cds;
use domain::plan::short_list::ShortList;
use maud::{Markup, html};
use text::{Lang, ServerText};

/// One student's list.
pub struct Sheet {
    /// What the student's own page shows too.
    pub tag: String,
    /// The schools in the student's order.
    pub schools: Vec<Cds>,
    /// The language the student read.
    pub lang: Lang,
}

/// One sheet for each list, without names, each in its student's language.
pub fn page(site: &Site, room: &str, sheets: &[Sheet]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        div.screen-only {
            (back(site, &format!("/class/room/{room}"), text.class_sheets_back()))
            h1 { (text.class_sheets_title()) }
            p.lead { (text.class_sheets_count(sheets.len())) }
            p.note { (text.class_sheets_how()) }
            p.row { (print_now(site)) }
        }
        @for sheet in sheets { (self::sheet(site, sheet)) }
    }
}

/// The same page that a student prints alone, with the signs by which they find their own.
fn sheet(site: &Site, sheet: &Sheet) -> Markup {
    let list = ShortList::of(&sheet.schools);
    html! {
        section.sheet aria-label=(sheet.tag) {
            p.tag-mark { (sheet.tag) }
            @if let Some(room) = RoomSite::on_server(site, sheet.lang) { (paper(&room, &list)) }
        }
    }
}
