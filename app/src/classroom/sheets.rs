//! Which sheet of paper does each student take home? `/class/room/<secret>/sheets`

use crate::explorer::saved::write_codes;
use crate::explorer::school::door_short;
use crate::explorer::words::subtitle;
use crate::site::{Site, localized};
use domain::explorer::school::{Cds, School};
use maud::{Markup, html};
use text::{Lang, Text};

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
    let text = site.text;
    html! {
        div.screen-only {
            h1 { (text.class_sheets_title()) }
            p.lead { (text.class_sheets_count(sheets.len())) }
            p.note { (text.class_sheets_how()) }
            p.row { a.btn href=(site.href(&format!("/class/room/{room}"))) rel="external" { (text.class_sheets_back()) } }
        }
        @for sheet in sheets { (paper(site, sheet)) }
    }
}

fn paper(site: &Site, sheet: &Sheet) -> Markup {
    let text = Text::of(sheet.lang);
    let address = format!("{}?s={}", localized(sheet.lang, "/list"), write_codes(&sheet.schools));
    let qr = format!("/qr.svg?to={}", address.replace('?', "%3F").replace('=', "%3D").replace(',', "%2C"));
    let schools: Vec<&School> = sheet
        .schools
        .iter()
        .filter_map(|cds| site.explorer.find(*cds))
        .map(|at| site.explorer.school(at))
        .collect();
    html! {
        article.paper.sheet lang=(sheet.lang.code()) {
            div.paper-head {
                div {
                    h2 { (text.list_title()) " · " span.tag-mark { (sheet.tag) } }
                    p { (text.class_sheet_lead()) }
                }
                figure.qr {
                    img src=(qr) width="120" height="120" alt=(text.list_code_alt());
                    figcaption { (text.list_code()) }
                }
            }
            ol.sheet-list {
                @for school in schools {
                    li { b { (school.name) } small { (subtitle(text, school)) " · " (text.compare_door()) ": " (door_short(text, school)) } }
                }
            }
            p.sheet-ask { (text.class_sheet_ask()) }
            div.sheet-lines aria-hidden="true" { span {} span {} span {} }
        }
    }
}
