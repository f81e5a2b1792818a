//! What does every page need to draw itself?

use crate::room::Rooms;
use domain::explorer::Explorer;
use domain::explorer::catalogue::Details;
use domain::plan::Day;
use leptos::prelude::*;
use std::sync::Arc;
use text::{Lang, Text};

/// The words and the catalogue. Put into the context once, before anything is drawn.
#[derive(Clone)]
pub struct Site {
    /// The words of the language in use.
    pub text: Text,
    /// The schools, ready to be asked.
    pub explorer: Arc<Explorer>,
    /// What school pages tell beyond the card. In the browser it arrives after the first view, unless the first
    /// view is a page that needs it.
    pub details: RwSignal<Option<Arc<Details>>>,
    /// The day in Los Angeles.
    pub today: Day,
    /// There is no network: the day on which this edition was kept on the device, as `2026-11-22`.
    pub offline_since: Option<&'static str>,
    /// Whether the pages beyond the first view can be entered yet. On the server they always can.
    pub rooms: RwSignal<Rooms>,
    /// What the rooms need in the other language, for a paper in both. On the server it is always there.
    pub twin: RwSignal<Rooms>,
}

impl Site {
    /// The site of the page that is being drawn.
    ///
    /// # Panics
    /// When nothing was put into the context, which only a program error does.
    pub fn here() -> Site {
        expect_context::<Site>()
    }

    /// The language in use.
    pub fn lang(&self) -> Lang {
        self.text.lang()
    }

    /// The address of a path (with its query) in the language in use.
    pub fn href(&self, path: &str) -> String {
        localized(self.lang(), path)
    }
}

/// The address of a path in a language: `/` is `/es` in Spanish, `/schools` is `/es/schools`.
pub fn localized(lang: Lang, path: &str) -> String {
    match (lang, path) {
        (Lang::En, _) => path.to_owned(),
        (Lang::Es, "/") => "/es".to_owned(),
        (Lang::Es, _) => format!("/es{path}"),
    }
}

/// The path without its language.
pub fn plain_path(path: &str) -> &str {
    match path.strip_prefix("/es") {
        Some("") => "/",
        Some(rest) if rest.starts_with('/') => rest,
        _ => path,
    }
}
