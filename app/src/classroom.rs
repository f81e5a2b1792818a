//! Class mode: a counselor opens a class, students send an anonymous summary, the room sees counts.
//!
//! | address | module |
//! |---|---|
//! | `/class`, `/class/ended`, and what is wrong | [`start`] |
//! | `/class/<code>` | [`join`] |
//! | `/class/room/<secret>` | [`room`] |
//! | `/class/projector/<screen>` | [`projector`] |
//! | `/class/script` | [`script`] |
//! | `/class/room/<secret>/sheets` | [`sheets`] |
//!
//! These pages are drawn by the server alone, for it alone knows the class: the browser gets neither their code nor
//! their words. It takes over the frame around them, leaves what stands inside as it is, and adds [`live`]: the list
//! of this device in the form, and counts that follow by themselves. Everything works without that.

#[cfg(feature = "ssr")]
pub mod counts;
#[cfg(feature = "ssr")]
pub mod join;
mod live;
#[cfg(feature = "ssr")]
pub mod projector;
#[cfg(feature = "ssr")]
pub mod room;
#[cfg(feature = "ssr")]
pub mod script;
#[cfg(feature = "ssr")]
pub mod sheets;
#[cfg(feature = "ssr")]
pub mod start;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use counts::counts;

use crate::frame::Missing;
use leptos::either::Either;
use leptos::prelude::*;

/// The inside of a class page, drawn by the server and put into the context.
#[derive(Clone, Debug)]
pub struct Drawn(pub String);

/// A class page. In the browser it has no inside of its own and keeps the one that is there.
#[component]
pub fn ClassPage() -> impl IntoView {
    live::begin();
    let drawn = use_context::<Drawn>().map(|drawn| drawn.0);
    // On the server a page without an inside is one that leads nowhere.
    if cfg!(feature = "ssr") && drawn.is_none() {
        return Either::Left(view! { <Missing/> });
    }
    Either::Right(view! { <div class="classroom" inner_html=drawn.unwrap_or_default()></div> })
}
