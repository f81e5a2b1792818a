//! How does a class page travel, and what may be kept of it? Nothing.

use super::super::App;
use super::super::document::document;
use super::super::encoding::Encoding;
use super::super::pages::draw_body;
use super::visitor::Visitor;
use app::Site;
use app::classroom::Drawn;
use app::classroom::start::{self, Trouble};
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
        provide_context(Drawn(inside(site).into_string()));
    });
    // To the document a page is missing when no search engine should list it and no twin be named.
    let head = Head { title: title.to_owned(), missing: true, ..Head::default() };
    let html = Bytes::from(document(&library.names, visitor.lang, &visitor.path, &head, &body));
    sent(visitor, status, html)
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

/// The first page, with what is wrong.
pub(super) fn with_trouble(app: &App, visitor: &Visitor, trouble: Trouble) -> Response {
    let status = match trouble {
        Trouble::NoCode => StatusCode::UNPROCESSABLE_ENTITY,
        Trouble::NoClass => StatusCode::NOT_FOUND,
        Trouble::TooManyGuesses | Trouble::TooManyClasses | Trouble::TooFast => StatusCode::TOO_MANY_REQUESTS,
        Trouble::Full => StatusCode::CONFLICT,
        Trouble::Elsewhere => StatusCode::FORBIDDEN,
    };
    page(app, visitor, status, visitor.text().class_title(), |site| start::page(site, Some(trouble)))
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

/// The address of this page is a key, so no request that starts on it tells where it started.
pub(super) fn no_referrer(mut response: Response) -> Response {
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
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
