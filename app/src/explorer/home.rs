//! What is this, and how do I start? `/`

use crate::head::{Head, set_head};
use crate::site::Site;
use leptos::prelude::*;

/// The first page: one sentence, one question that may be skipped, and what the rest will do.
#[component]
pub fn Home() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    set_head(move || Head {
        title: text.home_title().into(),
        description: text.home_lead().into(),
        missing: false,
    });
    let schools = site.explorer.catalogue().schools.iter().filter(|school| school.is_default()).count();
    let typed = RwSignal::new(String::new());
    let explorer = site.explorer.clone();
    let suggested = move || {
        explorer
            .suggest(&typed.get(), 8)
            .into_iter()
            .map(|start| view! { <option value=start.name.clone()>{start.place.clone()}</option> })
            .collect_view()
    };
    view! {
        <section class="hero">
            <div>
                <h1>{text.home_title()}</h1>
                <p>{text.home_count(schools)} " " {text.home_lead()}</p>
                <form method="get" action=site.href("/schools")>
                    <label class="field">
                        {text.home_from()}
                        <input
                            name="from" maxlength="80" autocomplete="off" list="starts" placeholder=text.home_from_hint()
                            on:input=move |event| typed.set(event_target_value(&event))
                        />
                    </label>
                    <datalist id="starts">{suggested}</datalist>
                    <button class="btn main">{text.home_start()}</button>
                </form>
                <p class="quiet">{text.home_skip()} " " <a href=site.href("/schools")>{text.home_all()}</a></p>
            </div>
            <a class="hero-map" href=site.href("/map") aria-label=text.home_map()>
                <img src="/basemap.svg" width="1040" height="840" alt="" decoding="async"/>
            </a>
        </section>
        <section class="three" aria-label=text.home_what()>
            <div class="panel"><h2>{text.home_nothing_title()}</h2><p>{text.home_nothing()}</p></div>
            <div class="panel"><h2>{text.home_page_title()}</h2><p>{text.home_page()}</p></div>
            <div class="panel"><h2>{text.home_unknown_title()}</h2><p>{text.home_unknown()}</p></div>
        </section>
    }
}
