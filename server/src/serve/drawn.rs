//! How does a page that only the server draws travel, and what may be kept of it? Nothing.

use super::App;
use super::document::document;
use super::encoding::Encoding;
use super::pages::draw_body;
use super::visitor::Visitor;
use app::Site;
use app::drawn::Drawn;
use app::head::Head;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use leptos::prelude::{Owner, provide_context};
use maud::Markup;

/// Draws a page inside the frame of the site.
pub(super) fn page(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    title: &str,
    inside: impl FnOnce(&Site) -> Markup,
) -> Response {
    let library = app.shelf.library();
    let (body, _) = draw_body(&library, visitor.lang, app.clock.today(), &visitor.path, |site| {
        provide_context(Drawn(outside(&inside(site).into_string())));
    });
    // To the document a page is missing when no search engine should list it and no twin be named.
    let head = Head { title: title.to_owned(), missing: true, drawn: true, ..Head::default() };
    let html = Bytes::from(document(&library.names, visitor.lang, &visitor.path, &head, &body));
    sent(visitor, status, html)
}

/// Marks every link as one that the browser follows by itself: the router of the program knows none of these pages.
fn outside(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 512);
    for (at, piece) in html.split("<a ").enumerate() {
        if at > 0 {
            let own = piece.split('>').next().is_some_and(|tag| tag.contains("rel="));
            out.push_str(if own { "<a " } else { "<a rel=\"external\" " });
        }
        out.push_str(piece);
    }
    out
}

/// The part of a page that is fetched again by itself; nothing when there is no news.
pub(super) fn part(
    app: &App,
    visitor: &Visitor,
    version: i64,
    inside: impl FnOnce(&Site) -> Markup,
) -> Response {
    if visitor.known_version == Some(version) {
        return StatusCode::NO_CONTENT.into_response();
    }
    let library = app.shelf.library();
    let owner = Owner::new();
    let html = owner.with(|| inside(&library.site(visitor.lang, app.clock.today())).into_string());
    owner.unset_with_forced_cleanup();
    sent(visitor, StatusCode::OK, Bytes::from(html))
}

/// After a form: the browser asks for another page, so loading again sends nothing twice.
pub(super) fn leads_to(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(path) = HeaderValue::try_from(path) {
        response.headers_mut().insert(header::LOCATION, path);
    }
    response
}

/// Neither a browser nor a proxy keeps it.
pub(super) fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn sent(visitor: &Visitor, status: StatusCode, html: Bytes) -> Response {
    let encoding: Encoding = visitor.encoding;
    let mut response = (status, encoding.quick(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(name) = encoding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    response
}
