//! How do the pages of one plan hang together?

use super::listed::href;
use crate::room::RoomSite;
use domain::plan::short_list::ShortList;
use maud::{Markup, html};

/// The pages of the plan; the list goes along.
pub fn plan_nav(site: &RoomSite, list: &ShortList, here: &str) -> Markup {
    let text = site.text;
    let pages = [
        ("/list", text.plan_list()),
        ("/dates", text.plan_dates()),
        ("/years", text.plan_years()),
        ("/take-home", text.plan_paper()),
    ];
    html! {
        nav.plan-nav.screen-only aria-label=(text.plan_nav()) {
            @for (path, name) in pages {
                a href=(href(site, path, list)) aria-current=[(path == here).then_some("page")] { (name) }
            }
        }
    }
}
