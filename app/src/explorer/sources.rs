//! Where do the numbers come from, and what if one is wrong? `/sources`

use crate::head::{Head, set_head};
use crate::room::RoomSite;
use domain::explorer::detail::Source;
use leptos::prelude::*;
use maud::{Markup, html};
use text::RoomText;

/// Every source with what it covers, and the way to correct a mistake.
#[component]
pub fn SourcesPage() -> impl IntoView {
    let site = RoomSite::here();
    let text = site.text;
    set_head(move || Head { title: text.sources_title().into(), ..Head::default() });
    move || {
        let details = site.details.get();
        let sources = details.as_deref().map(|details| details.sources.as_slice()).unwrap_or_default();
        view! { <article class="plain" inner_html=draw(&site, sources).into_string()></article> }
    }
}

fn draw(site: &RoomSite, sources: &[Source]) -> Markup {
    let text = site.text;
    html! {
        h1 { (text.sources_title()) }
        p { (text.sources_lead()) }
        ul.lines { @for source in sources { li lang="en" { (source.title) " " span.quiet { (source.publisher) } } } }
        h2 { (text.sources_unknown_title()) }
        p { (text.sources_unknown()) }
        h2 { (text.sources_missing_title()) }
        p { (text.sources_missing()) }
        h2 id="wrong" { (text.school_wrong_title()) }
        p { (text.sources_wrong()) }
        h2 { (text.sources_private_title()) }
        p { (text.sources_private()) }
        // Only the server draws that page, so the router must not take the link.
        p { a href=(site.href("/data-we-keep")) rel="external" { (text.sources_kept()) } }
    }
}
