//! How does the program take over the page?

use app::Site;
use app::room::{self, Room, RoomData, Rooms};
use domain::explorer::Explorer;
use domain::explorer::catalogue::{Catalogue, Details};
use domain::plan::Day;
use gloo_net::http::{Request, Response};
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;
use text::{Lang, Text};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlLinkElement;

/// The addresses of the files of this edition, in the order in which the document names them.
struct Files {
    catalogue: String,
    details: String,
    network: String,
    own: Words,
    other: Words,
    sheet: String,
}

/// The addresses of what is written in one language.
struct Words {
    page: String,
    room: String,
    rules: String,
}

impl Files {
    fn named(names: Vec<String>) -> Option<Files> {
        let [catalogue, details, network, own @ .., a, b, c, sheet] = <[String; 10]>::try_from(names).ok()?;
        let [page, room, rules] = own;
        let own = Words { page, room, rules };
        let other = Words { page: a, room: b, rules: c };
        Some(Files { catalogue, details, network, own, other, sheet })
    }
}

/// Takes over the page that the server drew. `files` are the addresses of the files of this edition.
#[wasm_bindgen]
pub async fn hydrate(files: Vec<String>) {
    console_error_panic_hook::set_once();
    let Some(files) = Files::named(files) else { return };
    let files = Arc::new(files);
    let lang = Lang::of_path(&path());
    // Both are already on their way, so waiting for one after the other costs nothing.
    let schools = bytes(&files.catalogue).await.and_then(|bytes| Catalogue::decode(&bytes).ok());
    let text = fetch_text(lang, &files.own).await;
    let (Some(schools), Some(text)) = (schools, text) else {
        leptos::logging::error!("the catalogue or the words did not come; the page works without script");
        return;
    };
    let explorer = Arc::new(Explorer::new(schools));
    // A page that tells details was drawn with them, so it must be taken over with them.
    let first = if needs_details(&path()) { fetch_details(&files.details).await } else { None };
    let later = first.is_none();
    let rooms = if Room::at(app::site::plain_path(&path())) {
        let Some(data) = fetch_rooms(text, &files, &files.own).await else {
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
            twin: RwSignal::new(Rooms::Away),
            today: today(),
            offline_since,
            rooms: RwSignal::new(rooms),
        };
        provide_context(site.clone());
        let room_files = Arc::clone(&files);
        Effect::new(move || {
            if site.rooms.with(|rooms| matches!(rooms, Rooms::Wanted)) {
                let files = Arc::clone(&room_files);
                spawn_local(async move {
                    let data = fetch_rooms(text, &files, &files.own).await;
                    site.rooms.set(data.map_or(Rooms::Failed, Rooms::Here));
                });
            }
        });
        let twin_files = Arc::clone(&files);
        Effect::new(move || {
            if site.twin.with(|twin| matches!(twin, Rooms::Wanted)) {
                let files = Arc::clone(&twin_files);
                spawn_local(async move {
                    let data = match fetch_text(lang.other(), &files.other).await {
                        Some(text) => fetch_rooms(text, &files, &files.other).await,
                        None => None,
                    };
                    site.twin.set(data.map_or(Rooms::Failed, Rooms::Here));
                });
            }
        });
        if later {
            spawn_local(async move {
                if let Some(details) = fetch_details(&files.details).await {
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

/// How long the page is left to the person before the edition is kept for later.
const SETTLED: Duration = Duration::from_secs(3);

/// Asks the browser to keep this edition for the time without a network. Where it can't, nothing is lost.
fn keep_for_later() {
    let navigator = window().navigator();
    // Absent on an address that is neither https nor this machine.
    if js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false) {
        // Whether it worked shows when the network is gone.
        set_timeout(move || _ = navigator.service_worker().register("/sw.js"), SETTLED);
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

/// The words of every page in a language.
async fn fetch_text(lang: Lang, own: &Words) -> Option<Text> {
    let file = bytes(&own.page).await.and_then(|bytes| String::from_utf8(bytes).ok())?;
    Text::read(lang, file)
}

/// The code, the style, the words and the data of the rooms.
async fn fetch_rooms(text: Text, files: &Files, own: &Words) -> Option<Arc<RoomData>> {
    let (words, network, rules) = (bytes(&own.room), bytes(&files.network), bytes(&own.rules));
    let (code, style, words, network, rules) =
        futures_util::future::join5(room::fetch(), styled(&files.sheet), words, network, rules).await;
    if !code || !style {
        return None;
    }
    room::read(text, words?, network?, rules?).await.map(Arc::new)
}

/// The element that holds the style of rooms; the server writes it into documents of rooms.
const ROOM_STYLE: &str = "room-style";

/// Adds the style of rooms where the document did not bring it; false when it did not come.
async fn styled(address: &str) -> bool {
    let document = document();
    if document.get_element_by_id(ROOM_STYLE).is_some() {
        return true;
    }
    let link = document.create_element("link").ok().and_then(|link| link.dyn_into::<HtmlLinkElement>().ok());
    let (Some(link), Some(head)) = (link, document.head()) else { return false };
    link.set_rel("stylesheet");
    link.set_href(address);
    let mut listen = |came: js_sys::Function, failed: js_sys::Function| {
        link.set_onload(Some(&came));
        link.set_onerror(Some(&failed));
    };
    let coming = JsFuture::from(js_sys::Promise::new(&mut listen));
    _ = head.append_child(&link);
    let came = coming.await.is_ok();
    if came {
        link.set_id(ROOM_STYLE);
    } else {
        link.remove();
    }
    came
}

/// The day on this device, which is that of Los Angeles for whoever is there.
fn today() -> Day {
    let now = js_sys::Date::new_0();
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    i16::try_from(now.get_full_year())
        .ok()
        .and_then(|year| Day::new(year, small(now.get_month() + 1), small(now.get_date())))
        .unwrap_or(Day::FIRST)
}

async fn bytes(address: &str) -> Option<Vec<u8>> {
    let came = match begun_early(address) {
        Some(begun) => begun.await.ok().and_then(|response| response.dyn_into::<web_sys::Response>().ok()),
        None => None,
    };
    let response = match came.map(Response::from).filter(Response::ok) {
        Some(response) => response,
        None => Request::get(address).send().await.ok().filter(Response::ok)?,
    };
    response.binary().await.ok()
}

/// What the document began to fetch before the program was there. It can be read once.
fn begun_early(address: &str) -> Option<JsFuture> {
    let early: js_sys::Object = js_sys::Reflect::get(&window(), &"early".into()).ok()?.dyn_into().ok()?;
    let begun = js_sys::Reflect::get(&early, &address.into()).ok()?.dyn_into::<js_sys::Promise>().ok()?;
    js_sys::Reflect::delete_property(&early, &address.into()).ok()?;
    Some(JsFuture::from(begun))
}
