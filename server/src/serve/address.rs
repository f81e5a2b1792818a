//! Has every page one address alone?
//!
//! The program in the browser knows a page by its path, letter by letter. So `/compare/` and `//compare`, which people
//! type and other sites link to, lead to `/compare` before anything is drawn.

use axum::extract::Request;
use axum::http::{Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// Leads a page that is asked for with slashes too many to its address, for good (308). A form keeps the address that
/// it was sent to: what it does is never repeated elsewhere.
pub(super) async fn one(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match straight(request.uri()).filter(|_| reads) {
        Some(address) => Redirect::permanent(&address).into_response(),
        None => next.run(request).await,
    }
}

/// The address with single slashes and none at its end, its query as it was; none when it is like that already.
///
/// It begins with one slash whatever was asked for: a browser reads `//example.org` as another host, and a backslash as
/// a slash.
fn straight(uri: &Uri) -> Option<String> {
    let path = uri.path();
    if path == "/" || !(path.ends_with('/') || path.contains("//") || path.starts_with("/\\")) {
        return None;
    }
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !part.is_empty()).collect();
    let mut address = format!("/{}", parts.join("/"));
    if let Some(query) = uri.query() {
        address.push('?');
        address.push_str(query);
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::straight;

    #[test]
    fn an_address_is_led_to_itself_without_slashes_too_many_and_never_to_another_host() {
        for (asked, led) in [
            ("/", None),
            ("/compare", None),
            ("/schools?q=a//b/", None),
            ("/es/schools/19647331932888", None),
            ("/compare/", Some("/compare")),
            ("/compare///", Some("/compare")),
            ("//compare", Some("/compare")),
            ("/es//fit/", Some("/es/fit")),
            ("/es/", Some("/es")),
            ("//", Some("/")),
            ("/?q=1", None),
            ("/compare/?s=1,2&q=%2F%2F", Some("/compare?s=1,2&q=%2F%2F")),
            ("/list/?", Some("/list?")),
            ("//example.org", Some("/example.org")),
            ("//example.org/", Some("/example.org")),
            ("/\\example.org/", Some("/example.org")),
            ("/\\/example.org", Some("/example.org")),
            ("///example.org/%2F..", Some("/example.org/%2F..")),
        ] {
            assert_eq!(straight(&asked.parse().unwrap()).as_deref(), led, "{asked}");
        }
    }
}
