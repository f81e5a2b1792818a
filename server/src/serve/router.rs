//! Which handler answers which address, and through which layers.

use super::App;
use super::pages::{bare, broken, page};
use super::reload::{Watched, newest_site};
use super::{address, calendar, classroom, gate, headers, health, offline, qr, reload, ways};
use crate::settings::Serve;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::any::Any;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use text::{Lang, RoomText, ServerText};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// How long what is large may take: a file of 64 MiB over a slow line, and the import of a district.
const PATIENCE: Duration = Duration::from_mins(10);

/// Everything that Pathways answers.
pub(super) fn router(app: App, settings: &Serve) -> Router {
    let (large, usual) = ways::ways().into_iter().partition(|way| way.large);
    let router = Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/qr.svg", get(qr::code))
        .route("/sw.js", get(offline::worker))
        // Asked for by what reads no page, such as a picture opened by itself.
        .route("/favicon.ico", get(async || Redirect::permanent("/icon-192.png")))
        .route("/dates.ics", get(calendar_file))
        .route("/es/dates.ics", get(calendar_file))
        .route("/offline", get(offline::empty_page))
        .route("/es/offline", get(offline::empty_page))
        .merge(classroom::routes(&app))
        .merge(gate::routes(&app, usual))
        .merge(gate::nothing_else())
        .fallback(file_or_page)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, settings.request_timeout.into()))
        .layer(RequestBodyLimitLayer::new(settings.body_limit))
        .merge(
            gate::routes(&app, large)
                .layer(CatchPanicLayer::custom(panicked))
                .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, PATIENCE)),
        )
        .layer(middleware::from_fn(address::one))
        .layer(middleware::from_fn(explain))
        .layer(middleware::from_fn_with_state(app.clone(), headers::secure))
        .layer(middleware::from_fn(log));
    let router = match reload::PORT {
        Some(_) => router.layer(middleware::from_fn_with_state(
            Watched::new(app.clone(), &settings.site_root),
            newest_site,
        )),
        None => router,
    };
    router.with_state(app)
}

/// A file of the built site, or else the page of the address.
async fn file_or_page(State(app): State<App>, method: Method, uri: Uri, request: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    if let Some(file) = app.shelf.library().file(uri.path()) {
        return file.answer(&request);
    }
    page(State(app), uri, request).await
}

/// The dates of the doors of some schools, to download or to follow.
async fn calendar_file(State(app): State<App>, uri: Uri) -> Response {
    let library = app.shelf.library();
    let lang = Lang::of_path(uri.path());
    let doors = calendar::doors_asked(library.explorer(), uri.query().unwrap_or_default());
    let file = calendar::document(library.rulebook(lang), RoomText::of(lang), doors);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"pathways.ics\""),
        (header::CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, file).into_response()
}

/// A panic becomes an answer, and a line in the log; other requests go on.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(what, "a request failed");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Turns a bare failure into a page that says what to do now.
async fn explain(request: Request, next: Next) -> Response {
    let lang = Lang::of_path(request.uri().path());
    let text = ServerText::of(lang);
    let response = next.run(request).await;
    match response.status() {
        status @ StatusCode::INTERNAL_SERVER_ERROR => broken(lang, status, text.broken_why()),
        status @ StatusCode::GATEWAY_TIMEOUT => broken(lang, status, text.broken_slow()),
        // A form that takes large files says itself how large.
        status @ StatusCode::PAYLOAD_TOO_LARGE if !is_page(&response) => {
            bare(lang, status, text.people_refused_title(), text.people_refused_large())
        }
        _ => response,
    }
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// One line for each request. Addresses can hold what a person typed, so only the first part of a path is logged.
async fn log(request: Request, next: Next) -> Response {
    let (method, began) = (request.method().clone(), Instant::now());
    let room = room(request.uri().path());
    let response = next.run(request).await;
    let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%method, room, status = response.status().as_u16(), millis, "request");
    response
}

/// The part of the site that a path belongs to: one of our own words, never a person's.
fn room(path: &str) -> &'static str {
    /// What is no way for people with accounts.
    const PUBLIC: &[&str] = &[
        "start",
        "fit",
        "voices",
        "dates",
        "take-home",
        "dates.ics",
        "years",
        "schools",
        "compare",
        "map",
        "list",
        "sources",
        "offline",
        "sw.js",
        "class",
        "pkg",
        "data",
        "words",
        "qr.svg",
        "healthz",
        "readyz",
    ];
    static ROOMS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
        let ways = ways::ways().into_iter().filter_map(|way| way.path.split('/').nth(1));
        ways.chain(PUBLIC.iter().copied()).collect()
    });
    let plain = app::site::plain_path(path).trim_start_matches('/');
    let first = plain.split('/').next().unwrap_or_default();
    if first.is_empty() { "home" } else { ROOMS.get(first).copied().unwrap_or("other") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_line_never_holds_what_a_person_typed() {
        let cases = [
            ("/", "home"),
            ("/es", "home"),
            ("/es/schools/1964", "schools"),
            ("/my secret", "other"),
            ("/class/room/00ff", "class"),
            ("/es/class/K7QX-3MDH", "class"),
            ("/invited/00ff", "invited"),
        ];
        for (path, logged) in cases {
            assert_eq!(room(path), logged, "{path}");
        }
    }
}
