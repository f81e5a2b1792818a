//! How does the program take over the page?

use app::Site;
use app::room::{self, Room, RoomData, Rooms};
use domain::explorer::Explorer;
use domain::explorer::catalogue::{Catalogue, Details};
use gloo_net::http::Request;
use leptos::prelude::*;
use std::sync::Arc;
use text::{Lang, RoomText, Text};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Takes over the page that the server drew. The arguments are the addresses of the files of this edition.
#[wasm_bindgen]
pub async fn hydrate(catalogue: String, words: String, details: String, room_words: String) {
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
    let rooms = if Room::at(app::site::plain_path(&path())) {
        let Some(data) = fetch_rooms(text, &room_words).await else {
            leptos::logging::error!("the second part did not come; the page works without script");
            return;
        };
        Rooms::Here(data)
    } else {
        Rooms::Away
    };
    let offline_since = kept_on();
    let draw = move || {
        let site = Site {
            text,
            explorer,
            details: RwSignal::new(first),
            offline_since,
            rooms: RwSignal::new(rooms),
        };
        provide_context(site.clone());
        Effect::new(move || {
            if site.rooms.with(|rooms| matches!(rooms, Rooms::Wanted)) {
                let room_words = room_words.clone();
                spawn_local(async move {
                    let data = fetch_rooms(text, &room_words).await;
                    site.rooms.set(data.map_or(Rooms::Failed, Rooms::Here));
                });
            }
        });
        if later {
            spawn_local(async move {
                if let Some(details) = fetch_details(&details).await {
                    site.details.set(Some(details));
                }
            });
        }
        view! { <app::App/> }
    };
    if offline_since.is_some() {
        leptos::mount::mount_to_body(draw);
    } else {
        leptos::mount::hydrate_body(draw);
    }
    if let Some(root) = document().document_element() {
        _ = root.set_attribute("data-live", "");
    }
    keep_for_later();
}

/// The day on which this page was kept on the device; none when it came from the network.
fn kept_on() -> Option<&'static str> {
    let day = document().body()?.get_attribute("data-offline")?;
    Some(Box::leak(day.into_boxed_str()))
}

/// Asks the browser to keep this edition for the time without a network. Where it can't, nothing is lost.
fn keep_for_later() {
    let navigator = window().navigator();
    // Absent on an address that is neither https nor this machine.
    if js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false) {
        // Whether it worked shows when the network is gone.
        _ = navigator.service_worker().register("/sw.js");
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

/// The code, the words and the data of the rooms.
async fn fetch_rooms(text: Text, words: &str) -> Option<Arc<RoomData>> {
    let (code, words) = futures_util::future::join(room::fetch(), bytes(words)).await;
    let words = words.filter(|_| code).and_then(|words| String::from_utf8(words).ok())?;
    Some(Arc::new(RoomData { text: RoomText::read(text, words)?, network: None }))
}

async fn bytes(address: &str) -> Option<Vec<u8>> {
    let response = Request::get(address).send().await.ok().filter(gloo_net::http::Response::ok)?;
    response.binary().await.ok()
}
