//! Which list does this page speak of: the one in the address, or the one on this device?
//!
//! The address is the truth, so that a list can be shared, printed and mended without script. A device that has this
//! same list adds what it remembers of it, keeps what is changed, and follows what another tab changes.

use crate::explorer::device;
use crate::explorer::saved::Saved;
use crate::room::RoomSite;
use crate::walk::{How, use_walker};
use domain::explorer::StartAnswer;
use domain::explorer::place::Point;
use domain::explorer::school::School;
use domain::plan::check::Asked;
use domain::plan::door::Own;
use domain::plan::short_list::{Mark, ShortList, codes_in};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

/// Where the device keeps what is marked in the list, and the points.
const MARKS: &str = "pathways.marks";

/// The list of this page.
#[derive(Clone, Copy)]
pub struct Listed {
    /// The list, with its settings.
    pub list: Memo<ShortList>,
    /// How many schools the address names that we do not know (any more). They are left out, and that is said.
    pub lost: Memo<usize>,
    saved: Saved,
    /// What the device kept when the address came, if that was the device's own list.
    came_as: StoredValue<Option<ShortList>>,
}

impl Listed {
    /// Follows the address; `path` is this page's own, such as `/list`.
    pub fn follow(site: &RoomSite, path: &'static str) -> Listed {
        let search = use_location().search;
        let saved = Saved::here();
        let explorer = site.explorer.clone();
        let known = explorer.clone();
        let lost = Memo::new(move |_| {
            let named = search.with(|search| codes_in(search));
            named.into_iter().filter(|cds| known.find(*cds).is_none()).count()
        });
        let list = Memo::new(move |_| {
            let asked = search.with(|search| ShortList::parse(search));
            let mut list = if asked.is_empty() { remembered(&asked, &saved.codes()) } else { asked };
            for cds in list.codes() {
                if explorer.find(cds).is_none() {
                    list.remove(cds);
                }
            }
            list
        });
        let listed = Listed { list, lost, saved, came_as: StoredValue::new(None) };
        listed.bring_back(site, path, search);
        listed.follow_device(site, path, search);
        listed
    }

    /// Shows the list as another tab leaves it, where this page shows the device's own; otherwise the next change here
    /// would bring back what was changed there.
    fn follow_device(self, site: &RoomSite, path: &'static str, search: Memo<String>) {
        let kept = move || own_list(&self.saved.codes_now()).with(|list| list.pin = None);
        Effect::new(move || {
            search.track();
            self.came_as.set_value(untrack(|| self.is_own()).then(kept));
        });
        let (site, walk) = (site.clone(), use_walker());
        device::changed_elsewhere(move || {
            self.saved.catch_up();
            let now = kept();
            if self.came_as.with_value(|before| before.as_ref().is_some_and(|before| *before != now)) {
                let now = self.list.with_untracked(|shown| {
                    now.with(|now| (now.from, now.pin) = (shown.from.clone(), shown.pin))
                });
                walk(&href(&site, path, &now), How::InsteadInPlace);
            }
        });
    }

    /// Is it the list of this device? Others are looked at, and kept only when a person says so.
    pub fn is_own(self) -> bool {
        let mine = self.saved.codes();
        self.list.with(|list| list.codes() == mine)
    }

    /// What this device remembers of its own list comes back where the address does not say.
    fn bring_back(self, site: &RoomSite, path: &'static str, search: Memo<String>) {
        let (site, walk) = (site.clone(), use_walker());
        Effect::new(move |before: Option<()>| {
            let asked = search.with(|search| ShortList::parse(search));
            let own = self.saved.codes();
            if before.is_some() || asked.is_empty() || asked.codes() != own {
                return;
            }
            let whole = remembered(&asked, &own);
            if whole != asked {
                walk(&href(&site, path, &whole), How::InsteadInPlace);
            }
        });
    }

    /// Hears the links that change the list (`data-list`, the list as they leave it) and keeps the change, if the list
    /// is this device's.
    pub fn keep_changes(self) -> impl Fn(web_sys::MouseEvent) + 'static {
        move |event| {
            let link = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let changed = link
                .and_then(|link| link.closest("[data-list]").ok().flatten())
                .and_then(|link| link.get_attribute("data-list"));
            if let Some(changed) = changed.filter(|_| untrack(|| self.is_own())) {
                self.keep(&ShortList::parse(&changed));
            }
        }
    }

    /// Keeps a list as this device's own.
    pub fn keep(self, list: &ShortList) {
        self.saved.set(list.codes());
        let mut marks = list.clone();
        marks.from.clear();
        marks.pin = None;
        device::write(MARKS, &marks.to_address());
    }
}

/// A list with what the device remembers: marks and points of it, the start and the pin.
fn remembered(asked: &ShortList, own: &[domain::explorer::school::Cds]) -> ShortList {
    let kept = ShortList::parse(&device::read(MARKS).unwrap_or_default());
    let mut whole = if asked.is_empty() { ShortList::of(own) } else { asked.clone() };
    if whole.is_bare() {
        whole.take_marks(&kept);
    }
    if whole.from.is_empty() {
        whole.from = device::read(device::START).unwrap_or_default();
    }
    whole.pin = whole.pin.or_else(|| device::read(device::PIN)?.parse().ok());
    whole
}

/// The whole list of this device, with all that it remembers of it but the start, which may tell where somebody lives.
pub fn own_list(own: &[domain::explorer::school::Cds]) -> ShortList {
    remembered(&ShortList::default(), own).with(|list| list.from.clear())
}

/// The address of a page about a list.
pub fn href(site: &RoomSite, path: &str, list: &ShortList) -> String {
    let query = list.to_address();
    let path = site.href(path);
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// The schools of a list, in its order.
pub fn schools_of<'a>(site: &'a RoomSite, list: &ShortList) -> Vec<&'a School> {
    let found = list.codes().into_iter().filter_map(|cds| site.explorer.find(cds));
    found.map(|at| site.explorer.school(at)).collect()
}

/// The pinned school of a list.
pub fn pin_of<'a>(site: &'a RoomSite, list: &ShortList) -> Option<&'a School> {
    list.pin.and_then(|pin| site.explorer.find(pin)).map(|at| site.explorer.school(at))
}

/// The pinned school of a list, and whether it was asked what is not known.
pub fn own_of<'a>(site: &'a RoomSite, list: &ShortList) -> Option<Own<'a>> {
    pin_of(site, list).map(|school| Own { school, asked: list.is_marked(school.cds, Mark::Asked) })
}

/// What the check is asked.
pub fn asked<'a>(site: &'a RoomSite, list: &'a ShortList) -> Asked<'a> {
    Asked { list, schools: &site.explorer.catalogue().schools, home: home_of(site, list), today: site.today }
}

fn home_of(site: &RoomSite, list: &ShortList) -> Option<Point> {
    match site.explorer.start(&list.from) {
        StartAnswer::Found(start) => Some(start.point),
        _ => None,
    }
}
