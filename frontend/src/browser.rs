//! How does the program take over the page?

use app::Site;
use domain::explorer::Explorer;
use domain::explorer::catalogue::{Catalogue, Details};
use gloo_net::http::Request;
use leptos::prelude::*;
use std::sync::Arc;
use text::{Lang, Text};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Takes over the page that the server drew. The arguments are the addresses of the files of this edition.
#[wasm_bindgen]
pub async fn hydrate(catalogue: String, words: String, details: String) {
    console_error_panic_hook::set_once();
    let lang = Lang::of_path(&path());
    // Both are already on their way, so waiting for one after the other costs nothing.
    let schools = bytes(&catalogue).await.and_then(|bytes| Catalogue::decode(&bytes).ok());
    let text = bytes(&words)
        .await
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|file| Text::read(lang, file));
    let (Some(schools), Some(text)) = (schools, text) else {
        leptos::logging::error!("the catalogue or the words did not come; the page works without script");
        return;
    };
    let explorer = Arc::new(Explorer::new(schools));
    // A page that tells details was drawn with them, so it must be taken over with them.
    let first = if needs_details(&path()) { fetch_details(&details).await } else { None };
    let later = first.is_none();
    leptos::mount::hydrate_body(move || {
        let site = Site { text, explorer, details: RwSignal::new(first) };
        provide_context(site.clone());
        if later {
            spawn_local(async move {
                if let Some(details) = fetch_details(&details).await {
                    site.details.set(Some(details));
                }
            });
        }
        view! { <app::App/> }
    });
    if let Some(root) = document().document_element() {
        _ = root.set_attribute("data-live", "");
    }
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

fn needs_details(path: &str) -> bool {
    let path = app::site::plain_path(path);
    path.starts_with("/schools/") || path == "/sources"
}

async fn fetch_details(address: &str) -> Option<Arc<Details>> {
    bytes(address).await.and_then(|bytes| Details::decode(&bytes).ok()).map(Arc::new)
}

async fn bytes(address: &str) -> Option<Vec<u8>> {
    let response = Request::get(address).send().await.ok().filter(gloo_net::http::Response::ok)?;
    response.binary().await.ok()
}
