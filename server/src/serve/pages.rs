//! Draws the page of an address.

use super::App;
use super::cache::Page;
use super::document::document;
use super::encoding::Encoding;
use super::library::Library;
use app::Site;
use app::head::{Head, HeadSlot};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::plan::Day;
use leptos::prelude::*;
use leptos_router::location::RequestUrl;
use std::sync::Arc;
use text::{Lang, ServerText, Text};

/// The header by which a script of ours asks for the inside of the page alone, without its head.
pub(super) const INSIDE: HeaderName = HeaderName::from_static("x-inside");

/// Longest address that is drawn; the longest our own pages make is a fraction of it.
const LONGEST_ADDRESS: usize = 4096;

/// Answers with the page of the address, whatever the address is.
pub(super) async fn page(State(app): State<App>, uri: Uri, request: HeaderMap) -> Response {
    let library = app.shelf.library();
    let address = uri.path_and_query().map_or("/", |address| address.as_str());
    if address.len() > LONGEST_ADDRESS {
        let lang = Lang::of_path(uri.path());
        let text = ServerText::of(lang);
        return bare(
            lang,
            StatusCode::URI_TOO_LONG,
            text.people_refused_address_title(),
            text.people_refused_address(),
        );
    }
    let encoding = Encoding::wanted(&request);
    let today = app.clock.today();
    // A plan of four years can hold grades: it is drawn and forgotten.
    if app::site::plain_path(uri.path()) == "/years" {
        return send(draw(&library, today, address, encoding, false));
    }
    library.pages.begin(today);
    let inside = request.contains_key(INSIDE);
    // No address holds a `#`, so the inside is kept as a page of its own.
    let key = if inside { ["#", address].concat() } else { address.to_owned() };
    send(library.pages.page(&key, encoding, || draw(&library, today, address, encoding, inside)))
}

fn draw(library: &Library, today: Day, address: &str, encoding: Encoding, inside: bool) -> Page {
    let lang = Lang::of_path(address.split('?').next().unwrap_or_default());
    let (body, head) = draw_body(library, lang, today, address, |_| ());
    let status = if head.missing { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let html = if inside { body } else { document(&library.names, lang, address, &head, &body) };
    Page { status, body: encoding.quick(html.into()), encoding }
}

/// Draws the application at an address, as the browser will draw it again to hydrate it. `given` may put more into
/// the context first.
pub(super) fn draw_body(
    library: &Library,
    lang: Lang,
    today: Day,
    address: &str,
    given: impl FnOnce(&Site),
) -> (String, Head) {
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new())));
    let slot = HeadSlot::default();
    let body = owner.with(|| {
        provide_context(RequestUrl::new(address));
        provide_context(slot.clone());
        let site = library.site(lang, today);
        given(&site);
        provide_context(site);
        view! { <app::App/> }.to_html()
    });
    owner.unset_with_forced_cleanup();
    (body, slot.take())
}

/// Sends a page as it is kept: the browser asks each time whether it changed.
pub(super) fn send(page: Page) -> Response {
    let mut response = (page.status, page.body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, x-inside"));
    if let Some(name) = page.encoding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    response
}

/// A page for a fault of ours: small, without the program, and with something to do.
pub(super) fn broken(lang: Lang, status: StatusCode, why: &str) -> Response {
    bare(lang, status, Text::of(lang).broken_title(), why)
}

/// A page that stands alone: a sentence on what is the matter, and the way home.
pub(super) fn bare(lang: Lang, status: StatusCode, title: &str, why: &str) -> Response {
    let text = Text::of(lang);
    let home = app::site::localized(lang, "/");
    let html = format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title}</title></head>\
         <body><main><h1>{title}</h1><p>{why}</p><p><a href=\"{home}\">{}</a></p></main></body></html>",
        lang.code(),
        text.missing_home(),
    );
    let mut response = (status, html).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
