//! The square code on the paper, which opens the list again.

use super::App;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde::Deserialize;

/// What a code may lead to: a list of ours, and nothing else.
#[derive(Deserialize)]
pub(super) struct Wanted {
    to: String,
}

impl Wanted {
    fn is_list(&self) -> bool {
        let codes = self.to.strip_prefix("/es").unwrap_or(&self.to).strip_prefix("/list?s=");
        codes.is_some_and(|codes| {
            codes.len() <= 12 * 15
                && codes.split(',').all(|code| code.len() == 14 && code.bytes().all(|b| b.is_ascii_digit()))
        })
    }
}

/// Draws the code for `?to=/list?s=...`.
pub(super) async fn code(
    State(app): State<App>,
    request: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Response {
    if !wanted.is_list() {
        return (StatusCode::BAD_REQUEST, "a code leads to a list: ?to=/list?s=<code>,<code>\n")
            .into_response();
    }
    let host = request.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let origin = app.origin.as_deref().map_or_else(|| format!("http://{host}"), str::to_owned);
    let Ok(code) = QrCode::with_error_correction_level(format!("{origin}{}", wanted.to), EcLevel::M) else {
        return (StatusCode::BAD_REQUEST, "too long for a code\n").into_response();
    };
    let image = code.render::<svg::Color<'_>>().min_dimensions(120, 120).quiet_zone(true).build();
    let mut response = image.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_leads_to_a_list_and_nowhere_else() {
        let cases = [
            ("/list?s=19647331932888", true),
            ("/es/list?s=19647331932888,19647251934470", true),
            ("/list?s=", false),
            ("/schools?q=x", false),
            ("https://example.org/list?s=19647331932888", false),
            ("//example.org", false),
            ("/list?s=19647331932888&x=1", false),
        ];
        for (to, good) in cases {
            assert_eq!(Wanted { to: to.into() }.is_list(), good, "{to}");
        }
    }
}
