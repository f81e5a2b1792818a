//! The question in the address, and its answer.
//!
//! The address is the truth. A typed letter is answered at once and reaches the address when the typing rests, so
//! that Back leads to the question before, not to the letter before.

use crate::site::Site;
use crate::walk::{How, use_walker};
use domain::explorer::query::Query;
use domain::explorer::school::Cds;
use domain::explorer::{Answer, Explorer};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::sync::Arc;
use std::time::Duration;

/// How long typing must rest before the address follows.
const REST: Duration = Duration::from_millis(350);

/// The question of this page and its answer.
#[derive(Clone, Copy)]
pub struct Asking {
    /// What is asked.
    pub query: RwSignal<Query>,
    /// What the catalogue answers.
    pub answer: Memo<Arc<Answer>>,
    pending: StoredValue<Option<TimeoutHandle>>,
}

impl Asking {
    /// Reads the question from the address, follows it, and puts it into the context.
    pub fn provide() -> Asking {
        let location = use_location();
        let (path, search) = (location.pathname, location.search);
        let own = path.get_untracked();
        let query = RwSignal::new(search.with_untracked(|search| Query::parse(search)));
        let explorer: Arc<Explorer> = Site::here().explorer;
        let answer =
            Memo::new_with_compare(move |_| Arc::new(query.with(|query| explorer.ask(query))), |_, _| true);
        let asking = Asking { query, answer, pending: StoredValue::new(None) };
        provide_context(asking);
        Effect::new(move |first: Option<()>| {
            let asked = search.with(|search| Query::parse(search));
            // On the way to another page the address is no longer this page's question.
            let here = path.with_untracked(|path| *path == own);
            if here && first.is_some() && query.with_untracked(|query| *query != asked) {
                asking.forget();
                query.set(asked);
            }
        });
        asking
    }

    /// The question of this page's context.
    ///
    /// # Panics
    /// When [`Asking::provide`] was not called, which only a program error does.
    pub fn here() -> Asking {
        expect_context::<Asking>()
    }

    /// Answers a typed text at once; the address follows when the typing rests.
    pub fn type_text(self, typed: &str, go: impl Fn(&Query) + 'static) {
        self.forget();
        self.query.update(|query| {
            query.text = typed.trim().chars().take(80).collect();
            query.page = 1;
        });
        let query = self.query;
        let pending = self.pending;
        let rested = move || {
            pending.set_value(None);
            query.with_untracked(|query| go(query));
        };
        let handle = set_timeout_with_handle(rested, REST);
        self.pending.set_value(handle.ok());
    }

    /// Was what is asked typed just now, so that the address has yet to follow?
    pub fn is_typing(self) -> bool {
        self.pending.with_value(Option::is_some)
    }

    /// Asks at once what a person chose; the address follows with the walk to it.
    pub fn choose(self, query: &Query) {
        self.forget();
        self.query.set(query.clone());
    }

    /// Lets the address follow a typed text now, before a link leads elsewhere.
    pub fn settle(self, go: impl Fn(&Query)) {
        if self.is_typing() {
            self.forget();
            self.query.with_untracked(|query| go(query));
        }
    }

    fn forget(self) {
        if let Some(handle) = self.pending.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }
}

/// The address of the list for a question.
pub fn schools_href(site: &Site, query: &Query) -> String {
    page_href(site, "/schools", query)
}

/// The address of a page for a question.
pub fn page_href(site: &Site, path: &str, query: &Query) -> String {
    let address = query.to_address();
    let path = site.href(path);
    if address.is_empty() { path } else { format!("{path}?{address}") }
}

/// The address of a school's page; the start and the pinned school go along.
pub fn school_href(site: &Site, cds: Cds, query: &Query) -> String {
    let along = Query { from: query.from.clone(), pin: query.pin, page: 1, ..Query::default() };
    page_href(site, &format!("/schools/{cds}"), &along)
}

/// Walks to the list for a question: `true` replaces the current address, `false` adds one to go back from. The page
/// stays where it is either way.
pub fn use_walk() -> impl Fn(&Query, bool) + Clone + 'static {
    let (site, walk) = (Site::here(), use_walker());
    move |query, replace| {
        walk(&schools_href(&site, query), if replace { How::InsteadInPlace } else { How::StepInPlace });
    }
}
