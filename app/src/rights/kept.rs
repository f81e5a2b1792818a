//! Which list is kept on the server, and how is it taken back?

use super::words;
use crate::people::form::Form;
use crate::site::Site;
use domain::plan::Day;
use maud::{Markup, html};
use text::ServerText;

/// A list that is kept.
pub struct Kept {
    /// The part of the address of the list page after its `?`.
    pub query: String,
    /// How many schools it has.
    pub schools: usize,
    /// Since when.
    pub since: Day,
}

/// The list that is kept; for the student, the forms that keep it and take it back. A script fills in the list of this
/// device; without one its address is pasted.
pub fn section(site: &Site, form: &Form, own: bool, kept: Option<&Kept>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        @if own {
            section.panel #plan {
                h2 { (text.rights_plan()) }
                p { (text.rights_plan_why()) " " (text.rights_plan_not()) }
                @if let Some(kept) = kept { (shown(site, kept)) }
                (form.instead("plan"))
                form.stack.screen-only method="post" action=(site.href("/api/rights/plan")) {
                    input type="hidden" name="plan" data-own-plan;
                    p.scripted { (text.rights_plan_count()) " " b.num data-own-count { "0" } }
                    label.field.unscripted { (text.class_own_address()) input name="plan" maxlength="4000" autocomplete="off"; }
                    button.btn.main[kept.is_none()] { @if kept.is_some() { (text.rights_plan_again()) } @else { (text.rights_plan_keep()) } }
                }
                @if kept.is_some() {
                    form.screen-only method="post" action=(site.href("/api/rights/plan-back")) { button.btn { (text.rights_plan_back()) } }
                }
            }
        } @else if let Some(kept) = kept {
            section.panel { h2 { (text.rights_plan_theirs()) } (shown(site, kept)) }
        }
    }
}

fn shown(site: &Site, kept: &Kept) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        p { (text.rights_plan_kept(kept.schools)) " " span.quiet { (text.rights_since(&words::day(site, kept.since))) } }
        p.screen-only { a.btn href=(site.href(&format!("/list?{}", kept.query))) { (text.rights_plan_open()) } }
    }
}
