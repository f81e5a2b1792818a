//! What does a class page answer when nothing came of it?

use super::super::App;
use super::super::drawn::page;
use super::super::visitor::Visitor;
use app::classroom::start::{self, Trouble};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

/// The first page, with what is wrong.
pub(super) fn with_trouble(app: &App, visitor: &Visitor, trouble: Trouble) -> Response {
    with_code(app, visitor, trouble, "")
}

/// The same with the code that was typed, so that one letter can be mended.
pub(super) fn with_code(app: &App, visitor: &Visitor, trouble: Trouble, typed: &str) -> Response {
    let status = match trouble {
        Trouble::NoCode => StatusCode::UNPROCESSABLE_ENTITY,
        Trouble::NoClass => StatusCode::NOT_FOUND,
        Trouble::TooManyGuesses | Trouble::TooManyClasses | Trouble::TooFast => StatusCode::TOO_MANY_REQUESTS,
        Trouble::Full => StatusCode::CONFLICT,
        Trouble::Elsewhere => StatusCode::FORBIDDEN,
    };
    page(app, visitor, status, visitor.text().class_title(), |site| start::page(site, Some(trouble), typed))
}

/// The address of this page is a key, so no request that starts on it tells where it started.
pub(super) fn no_referrer(mut response: Response) -> Response {
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
