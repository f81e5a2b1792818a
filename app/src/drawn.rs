//! How does the browser treat a page that only the server draws?
//!
//! The pages of classes and of people with accounts are drawn by the server alone, for it alone knows what they tell:
//! the browser gets neither their code nor their words. It takes over the frame around them and leaves the inside as
//! it is; [`live`] adds what a script can. Everything on them works without that.

mod live;
#[cfg(target_arch = "wasm32")]
mod passkey;

use crate::frame::{Away, Missing};
use crate::site::Site;
use leptos::either::EitherOf4;
use leptos::prelude::*;

/// The inside of a page, drawn by the server and put into the context.
#[derive(Clone, Debug)]
pub struct Drawn(pub String);

/// A button that prints the page, where the browser has a script for it; its menu prints without.
#[cfg(feature = "ssr")]
pub fn print_now(site: &Site) -> maud::Markup {
    let text = text::ServerText::of(site.lang());
    maud::html! { button.btn.main.scripted type="button" data-print { (text.people_print()) } }
}

/// Any address that is none of the router's own: the inside that the server drew, or else the page that says that
/// there is nothing. The browser cannot know which, so after a walk it asks the server; without a network it says that.
#[component]
pub fn DrawnPage() -> impl IntoView {
    if cfg!(feature = "ssr") {
        return match use_context::<Drawn>() {
            Some(Drawn(inside)) => EitherOf4::A(view! { <div class="drawn" inner_html=inside></div> }),
            None => EitherOf4::B(view! { <Missing/> }),
        };
    }
    let first = live::is_first_page();
    if first && live::is_there("main > .drawn") {
        live::begin();
        return EitherOf4::A(view! { <div class="drawn" inner_html=String::new()></div> });
    }
    if Site::here().offline_since.is_some() {
        return EitherOf4::D(view! { <Away/> });
    }
    if first && live::is_there("main > .missing") {
        return EitherOf4::B(view! { <Missing/> });
    }
    live::ask_server();
    EitherOf4::C(())
}
