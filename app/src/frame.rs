//! What stands around every page: the way in, the language, the list, and where the numbers come from.

use crate::arrive;
use crate::drawn::DrawnPage;
use crate::explorer::device::serve_links;
use crate::explorer::home::Home;
use crate::explorer::saved::Saved;
use crate::explorer::school::SchoolPage;
use crate::explorer::schools::Schools;
use crate::explorer::suggest::serve_start_fields;
use crate::head::{Head, set_head};
use crate::room::RoomPage;
use crate::site::{Site, localized, plain_path};
use crate::whole::Whole;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::path;
use text::day::day_words;

/// The whole body of the document. Needs a [`Site`] in the context.
#[component]
pub fn App() -> impl IntoView {
    let site = Site::here();
    Saved::provide();
    serve_start_fields();
    serve_links();
    view! {
        <Router base=site.lang().prefix()>
            <a class="skip" href="#main" rel="external">{site.text.frame_skip()}</a>
            <Top/>
            {site.offline_since.map(|day| view! {
                <p class="offline" role="status">
                    {site.text.offline_note(&day_words(site.text, day))} " "
                    <a href="" rel="external">{site.text.offline_again()}</a>
                </p>
            })}
            <main id="main" class="frame" tabindex="-1">
                <FlatRoutes fallback=|| Whole(DrawnPage())>
                    <Route path=path!("/") view=|| Whole(Home())/>
                    <Route path=path!("/schools") view=|| Whole(Schools())/>
                    <Route path=path!("/schools/:cds") view=|| Whole(SchoolPage())/>
                    <Route path=path!("/:room") view=|| Whole(RoomPage())/>
                </FlatRoutes>
            </main>
            <Foot/>
        </Router>
    }
}

#[component]
fn Top() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let saved = Saved::here();
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let here = {
        move |start: &str| {
            let path = path.get();
            let path = plain_path(&path);
            (path == start || path.starts_with(&format!("{start}/"))).then_some("page")
        }
    };
    let other = site.lang().other();
    let other_href = move || {
        let address = localized(other, plain_path(&path.get()));
        let search = search.get();
        if search.is_empty() { address } else { format!("{address}?{}", search.trim_start_matches('?')) }
    };
    arrive::follow(path);
    view! {
        <header class="top">
            <div class="frame">
                <a class="brand" href=site.href("/")><Mark/>"Pathways"</a>
                <nav aria-label=text.frame_nav()>
                    <a href=site.href("/start") aria-current=move || here("/start")>{text.frame_start()}</a>
                    <a href=site.href("/schools") aria-current=move || here("/schools")>{text.frame_schools()}</a>
                    <a href=site.href("/map") aria-current=move || here("/map")>{text.frame_map()}</a>
                </nav>
                <div class="end">
                    <a href=other_href rel="external" hreflang=other.code() lang=other.code() class="lang">
                        {text.frame_other_language()}
                    </a>
                    <a class="me-in" href=site.href("/home") rel="external">{text.frame_own()}</a>
                    <a class="btn" href=move || saved.href("/list") aria-current=move || here("/list")>
                        {text.frame_list()}
                        <span class="num" class:none=move || saved.count() == 0>{move || saved.count()}</span>
                    </a>
                </div>
            </div>
        </header>
    }
}

#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
            <path class="mark-way" d="M4 22C4 12 22 14 22 4"/>
            <circle class="mark-start" cx="4" cy="22" r="2.6"/>
            <circle class="mark-end" cx="22" cy="4" r="2.6"/>
        </svg>
    }
}

#[component]
fn Foot() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    view! {
        <footer class="foot">
            <div class="frame">
                <p>{text.frame_promise()}</p>
                <nav aria-label=text.frame_more()>
                    <a href=site.href("/dates")>{text.frame_dates()}</a>
                    <a href=site.href("/years")>{text.frame_years()}</a>
                    <a href=site.href("/class") rel="external">{text.frame_class()}</a>
                    <a href=site.href("/sources")>{text.frame_sources()}</a>
                    <a href=site.href("/data-we-keep") rel="external">{text.frame_kept()}</a>
                    <a href=site.href("/home") rel="external">{text.frame_own()}</a>
                </nav>
            </div>
        </footer>
    }
}

/// The page for an address that only the server can draw, while there is no network.
#[component]
pub fn Away() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    set_head(move || Head { title: text.room_failed_title().into(), missing: true, ..Head::default() });
    view! {
        <section class="plain">
            <h1>{text.room_failed_title()}</h1>
            <p>{text.room_failed()}</p>
            <p class="row">
                <a class="btn main" href="" rel="external">{text.room_again()}</a>
                <a class="btn" href=site.href("/schools")>{text.missing_schools()}</a>
            </p>
        </section>
    }
}

/// The page for an address that leads nowhere.
#[component]
pub fn Missing() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    set_head(move || Head { title: text.missing_title().into(), missing: true, ..Head::default() });
    view! {
        <section class="plain missing">
            <h1>{text.missing_title()}</h1>
            <p>{text.missing_why()}</p>
            <p class="row">
                <a class="btn main" href=site.href("/schools")>{text.missing_schools()}</a>
                <a class="btn" href=site.href("/")>{text.missing_home()}</a>
            </p>
        </section>
    }
}
