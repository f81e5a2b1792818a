//! The square code on the paper, which opens the list again.

use super::App;
use app::qr::LONGEST;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde::Deserialize;

/// What a code may lead to: a page of ours that someone takes to another phone, and nothing else.
#[derive(Deserialize)]
pub(super) struct Wanted {
    to: String,
}

/// Pages that can be taken to another phone.
const PAGES: [&str; 4] = ["/list", "/voices", "/dates", "/take-home"];

impl Wanted {
    fn is_ours(&self) -> bool {
        let (path, query) = self.to.split_once('?').unwrap_or((&self.to, ""));
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"=&,%+._~-:".contains(&b);
        PAGES.contains(&app::site::plain_path(path)) && query.bytes().all(plain) && self.to.len() <= LONGEST
    }
}

/// The code of an address as a picture that stands in the page itself: what a paper tells is not asked for again, and
/// kept nowhere. Nothing when the address is too long.
pub(super) fn inline(address: &str) -> String {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok();
    let image =
        code.map(|code| code.render::<svg::Color<'_>>().min_dimensions(160, 160).quiet_zone(true).build());
    // Before the picture stands a line for files, which has no place in a page.
    image.and_then(|image| image.find("<svg").map(|at| image[at..].to_owned())).unwrap_or_default()
}

/// Draws the code for `?to=/list?s=...`.
pub(super) async fn code(
    State(app): State<App>,
    request: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Response {
    if !wanted.is_ours() {
        return (StatusCode::BAD_REQUEST, "a code leads to a page of ours: ?to=/list?s=<code>,<code>\n")
            .into_response();
    }
    let host = request.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let origin = app.origin.seen_by(host);
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
    fn a_code_in_a_page_is_a_picture_and_nothing_else() {
        let image = inline("https://pathways.example/es/join?code=K7QX3MDH9FT5");
        assert!(image.starts_with("<svg") && image.ends_with("</svg>"), "{image}");
        assert!(!image.contains("style=") && !image.contains("K7QX"));
        assert_eq!(inline(&"x".repeat(9_000)), "");
    }

    #[test]
    fn a_code_leads_to_a_page_of_ours_and_nowhere_else() {
        let cases = [
            ("/list?s=19647331932888", true),
            ("/es/list?s=19647331932888,19647251934470", true),
            ("/voices?from=90033&matters=trip,a-g", true),
            ("/schools?q=x", false),
            ("https://example.org/list?s=19647331932888", false),
            ("//example.org/list", false),
            ("/list?s=<script>", false),
            ("/list/../x", false),
        ];
        for (to, good) in cases {
            assert_eq!(Wanted { to: to.into() }.is_ours(), good, "{to}");
        }
        assert!(!Wanted { to: format!("/list?s={}", "1".repeat(LONGEST)) }.is_ours());
    }
}
