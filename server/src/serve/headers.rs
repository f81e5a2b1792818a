//! What may the browser do with our answers?

use super::App;
use super::document::{EARLY, MEANWHILE, boot, source_hash};
use super::library::Names;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use text::Lang;

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    ),
];

/// The policy for an edition: nothing but our own host, no inline script or style but those we wrote.
pub(super) fn policy(names: &Names) -> String {
    let [early, meanwhile] = [EARLY, MEANWHILE].map(source_hash);
    let [english, spanish] = Lang::ALL.map(|lang| source_hash(&boot(names, lang)));
    // Under development: one more script, and the line on which it waits.
    let (waiter, line) = names.reload.as_ref().map_or_else(Default::default, |reload| {
        (format!(" {}", source_hash(&reload.script)), format!(" {}", reload.source))
    });
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {early} {meanwhile} {english} {spanish}{waiter}; \
         style-src 'self' {} {} {}; img-src 'self'; connect-src 'self'{line}; manifest-src 'self'; worker-src 'self'; \
         form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
        source_hash(names.style),
        source_hash(names.room_style),
        source_hash(names.drawn_style),
    )
}

/// Adds the security headers to every answer.
pub(super) async fn secure(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        // A page may be stricter than the rest.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, app.shelf.library().policy.clone());
    if app.origin.is_secure() {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::reload::Reload;

    #[test]
    fn only_under_development_may_a_page_wait_for_the_next_build() {
        let names = Names { reload: Some(Reload::at("4001")), ..Names::default() };
        let (developing, serving) = (policy(&names), policy(&Names::default()));
        assert!(developing.contains("connect-src 'self' ws://*:4001;"), "{developing}");
        assert!(developing.contains(&source_hash(&Reload::at("4001").script)), "{developing}");
        assert!(serving.contains("connect-src 'self';") && !serving.contains("ws:"), "{serving}");
        assert_eq!(serving.matches("'sha256-").count(), 7, "four scripts and three styles: {serving}");
    }
}
