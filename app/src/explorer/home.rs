//! What is this, and how do I start? `/`

use super::ask::start_field;
use super::map::picture;
use crate::head::{Head, set_head};
use crate::site::Site;
use leptos::prelude::*;
use maud::{Markup, PreEscaped, html};

/// The first page: one sentence, one question that may be skipped, and what the rest will do.
#[component]
pub fn Home() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    set_head(move || Head {
        title: text.home_title().into(),
        description: text.home_lead().into(),
        ..Head::default()
    });
    view! { <div inner_html=draw(&site).into_string()></div> }
}

fn draw(site: &Site) -> Markup {
    let text = site.text;
    let schools = site.explorer.catalogue().schools.iter().filter(|school| school.is_default()).count();
    let panels = [
        (text.home_nothing_title(), text.home_nothing()),
        (text.home_page_title(), text.home_page()),
        (text.home_unknown_title(), text.home_unknown()),
    ];
    html! {
        section.hero {
            div {
                h1 { (text.home_title()) }
                p { (text.home_count(schools)) " " (text.home_lead()) }
                form method="get" action=(site.href("/schools")) {
                    (start_field(text.home_from(), text.home_from_hint(), ""))
                    button.btn.main { (text.home_start()) }
                }
                p.row.hero-more {
                    a.btn href=(site.href("/start")) { (text.home_questions()) }
                    a.quiet-link href=(site.href("/schools")) { (text.home_all()) }
                }
            }
            a.hero-map href=(site.href("/map")) aria-label=(text.home_map()) { (PreEscaped(picture(site))) }
        }
        section.three aria-label=(text.home_what()) {
            @for (title, words) in panels { div.panel { h2 { (title) } p { (words) } } }
        }
    }
}
