//! The plan in the fields, in the address and on the device.
//!
//! The address is the truth, and the device keeps the plan for the next visit. A plan that came with someone's link
//! does not replace the one that is kept until the person says so.

use super::words::years_href;
use crate::explorer::device;
use crate::room::RoomSite;
use crate::walk::{How, use_walker};
use domain::years::{Year, YearPlan};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

/// Where the browser keeps the plan.
const KEY: &str = "pathways.years";

/// The plan of this page.
#[derive(Clone, Copy)]
pub struct Planning {
    /// What is planned.
    pub plan: RwSignal<YearPlan>,
    /// How often the fields of each year were drawn: they are drawn again when there are more or fewer rows.
    pub drawn: RwSignal<[u32; 5]>,
    /// Did this plan come with a link while the device keeps another?
    pub foreign: RwSignal<bool>,
}

/// Walks to the planner with a plan, in place of the current address.
pub fn use_walk() -> impl Fn(&YearPlan) + Clone + 'static {
    let (site, walk, search) = (RoomSite::here(), use_walker(), use_location().search);
    move |plan| {
        let href = search.with_untracked(|search| years_href(&site, plan, search));
        walk(&href, How::InsteadInPlace);
    }
}

impl Planning {
    /// Reads the plan from the address and follows it; an address without one shows what the device keeps.
    pub fn follow(fields: NodeRef<html::Form>, walk: impl Fn(&YearPlan) + Clone + 'static) -> Planning {
        let location = use_location();
        let (path, search) = (location.pathname, location.search);
        let own = path.get_untracked();
        let planning = Planning {
            plan: RwSignal::new(search.with_untracked(|search| YearPlan::parse(search))),
            drawn: RwSignal::new([0; 5]),
            foreign: RwSignal::new(false),
        };
        let followed = walk.clone();
        Effect::new(move |before: Option<()>| {
            let asked = search.with(|search| YearPlan::parse(search));
            // On the way to another page the address is no longer this page's plan.
            if path.with_untracked(|path| *path != own) {
                return;
            }
            let kept = kept();
            if before.is_none() {
                planning
                    .foreign
                    .set(kept.as_ref().is_some_and(|kept| asked != YearPlan::default() && *kept != asked));
                // What a person filled in before the program came.
                let typed = fields.get_untracked().map(|form| read(&form)).filter(|typed| *typed != asked);
                if let Some(typed) = typed {
                    planning.show(typed, &walk);
                    return;
                }
            }
            match kept {
                Some(kept) if asked == YearPlan::default() => {
                    planning.foreign.set(false);
                    planning.show(kept, &walk);
                }
                _ if planning.plan.with_untracked(|plan| *plan != asked) => planning.show(asked, &walk),
                _ => planning.keep_own(),
            }
        });
        // Another tab may have planned on; the next change here would otherwise bring back what was before.
        device::changed_elsewhere(move || {
            let kept = kept().filter(|kept| planning.plan.with_untracked(|plan| plan != kept));
            if let Some(kept) = kept.filter(|_| !planning.foreign.get_untracked()) {
                planning.show(kept, &followed);
            }
        });
        planning
    }

    /// Takes over what the fields say after one of them changed.
    pub fn changed(self, fields: NodeRef<html::Form>, walk: &impl Fn(&YearPlan)) {
        let Some(now) = fields.get_untracked().map(|form| read(&form)) else { return };
        let before = self.plan.get_untracked();
        let rows = |year: &Year| now.courses(*year).len() != before.courses(*year).len();
        let moved: Vec<Year> = Year::ALL.into_iter().filter(rows).collect();
        self.plan.set(now);
        if !moved.is_empty() {
            let focus = document().active_element().map(|at| at.id());
            self.drawn.update(|drawn| moved.iter().for_each(|year| drawn[*year as usize] += 1));
            // The rows follow the plan first.
            request_animation_frame(move || {
                let field = focus.and_then(|id| document().get_element_by_id(&id));
                if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
                    _ = field.focus();
                }
            });
        }
        self.keep_own();
        self.plan.with_untracked(walk);
    }

    /// Keeps the plan on the device, whosever it was.
    pub fn keep(self) {
        self.foreign.set(false);
        self.keep_own();
    }

    /// Opens the plan that the device keeps, in place of one that came with a link.
    pub fn open_kept(self, walk: &impl Fn(&YearPlan)) {
        self.foreign.set(false);
        if let Some(kept) = kept() {
            self.show(kept, walk);
        }
    }

    /// Empties the plan, here and on the device.
    pub fn forget(self, walk: &impl Fn(&YearPlan)) {
        self.foreign.set(false);
        device::forget(KEY);
        self.show(YearPlan::default(), walk);
    }

    /// Shows another plan in the fields, in the address and, unless it came with a link, on the device.
    fn show(self, plan: YearPlan, walk: &impl Fn(&YearPlan)) {
        self.plan.set(plan);
        self.drawn.update(|drawn| drawn.iter_mut().for_each(|drawn| *drawn += 1));
        self.keep_own();
        self.plan.with_untracked(walk);
    }

    fn keep_own(self) {
        if self.foreign.get_untracked() {
            return;
        }
        let address = self.plan.with_untracked(YearPlan::to_address);
        if address.is_empty() { device::forget(KEY) } else { device::write(KEY, &address) }
    }
}

fn kept() -> Option<YearPlan> {
    device::read(KEY).map(|kept| YearPlan::parse(&kept)).filter(|kept| *kept != YearPlan::default())
}

/// Reads the fields as the browser would send them. They are all menus, whose values stand as they are in an address.
fn read(form: &web_sys::HtmlFormElement) -> YearPlan {
    let fields = form.elements();
    let mut address = String::new();
    for at in 0..fields.length() {
        if let Some(menu) =
            fields.item(at).and_then(|field| field.dyn_into::<web_sys::HtmlSelectElement>().ok())
        {
            for part in [menu.name().as_str(), "=", menu.value().as_str(), "&"] {
                address.push_str(part);
            }
        }
    }
    YearPlan::parse(&address)
}
