//! Who asks: in which language, from which address, and does the form come from a page of ours?

use super::App;
use super::encoding::Encoding;
use super::limits::House;
use super::origin::Origin;
use app::site::localized;
use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use text::{Lang, ServerText};

/// Where a form was sent from, as far as the browser says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sender {
    /// From a page of this site, or not by a browser.
    Here,
    /// The browser hides it, as it does for pages that send no referrer.
    Hidden,
    /// From a page of another site.
    Elsewhere,
}

/// What a request says about who sent it.
pub(super) struct Visitor {
    pub(super) lang: Lang,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) encoding: Encoding,
    sender: Sender,
    /// The version of the counts that the page already shows.
    pub(super) known_version: Option<i64>,
    /// The address of this site as the visitor sees it.
    pub(super) origin: String,
    /// The address by which tries are counted.
    pub(super) house: House,
    headers: HeaderMap,
}

impl Visitor {
    pub(super) fn text(&self) -> ServerText {
        ServerText::of(self.lang)
    }

    /// The address of a path in the visitor's language.
    pub(super) fn href(&self, path: &str) -> String {
        localized(self.lang, path)
    }

    /// May a form that came like this be read at all? A counselor's page hides where it is, and its address is a key
    /// that no other site has; the other forms look at [`Sender`] once more.
    pub(super) fn may_post(&self) -> bool {
        self.sender == Sender::Here || (self.sender == Sender::Hidden && self.path.contains("/class/room/"))
    }

    /// The value of a field of the query.
    pub(super) fn asked(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes())
            .find_map(|(field, value)| (field == name).then(|| value.into_owned()))
    }

    /// A header as text.
    pub(super) fn header(&self, name: &header::HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The value of a cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        let all = self.headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        all.flat_map(|value| value.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor
where
    App: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Visitor, Infallible> {
        let app = App::from_ref(state);
        Ok(Visitor::of(parts, &app.origin, app.proxies))
    }
}

impl Visitor {
    fn of(parts: &Parts, origin: &Origin, proxies: usize) -> Visitor {
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        let origin = origin.seen_by(host);
        let query = parts.uri.query().unwrap_or_default();
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        Visitor {
            lang: Lang::of_path(parts.uri.path()),
            path: parts.uri.path().to_owned(),
            query: query.to_owned(),
            encoding: Encoding::wanted(&parts.headers),
            sender: sender(&parts.headers, &origin),
            known_version: query.split('&').find_map(|pair| pair.strip_prefix("v=")?.parse().ok()),
            origin,
            house: House::of(
                forwarded(&parts.headers, proxies).or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
            ),
            headers: parts.headers.clone(),
        }
    }
}

/// Where a form comes from. `Sec-Fetch-Site` cannot be set by a page; a browser too old for it sends `Origin`.
fn sender(headers: &HeaderMap, origin: &str) -> Sender {
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (said("sec-fetch-site"), said("origin")) {
        (Some("same-origin" | "none"), _) | (None, None) => Sender::Here,
        (None, Some("null")) => Sender::Hidden,
        (None, Some(from)) if from == origin => Sender::Here,
        _ => Sender::Elsewhere,
    }
}

/// The visitor's address behind so many proxies of the operator's own: counted from the end, for what stands before
/// is whatever the visitor made up.
fn forwarded(headers: &HeaderMap, proxies: usize) -> Option<IpAddr> {
    let back = proxies.checked_sub(1)?;
    let lines = headers.get_all("x-forwarded-for").into_iter().filter_map(|line| line.to_str().ok());
    let addresses: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    addresses.iter().rev().nth(back)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn a_form_of_another_site_is_told_from_ours() {
        let cases: [(&[(&'static str, &'static str)], Sender); 9] = [
            (&[("sec-fetch-site", "same-origin"), ("origin", "null")], Sender::Here),
            (&[("sec-fetch-site", "none")], Sender::Here),
            (&[("sec-fetch-site", "cross-site"), ("origin", "http://site.example")], Sender::Elsewhere),
            (&[("sec-fetch-site", "same-site")], Sender::Elsewhere),
            (&[("origin", "http://site.example")], Sender::Here),
            (&[("origin", "http://site.example.evil.example")], Sender::Elsewhere),
            (&[("origin", "http://evil.example")], Sender::Elsewhere),
            (&[("origin", "null")], Sender::Hidden),
            (&[], Sender::Here),
        ];
        for (sent, wanted) in cases {
            assert_eq!(sender(&headers(sent), "http://site.example"), wanted, "{sent:?}");
        }
        let ours = headers(&[("origin", "https://site.example")]);
        assert_eq!(sender(&ours, "https://site.example"), Sender::Here);
        assert_eq!(sender(&ours, "https://other.example"), Sender::Elsewhere);
    }

    #[test]
    fn a_made_up_address_is_not_believed() {
        let sent = headers(&[("x-forwarded-for", "1.1.1.1, 203.0.113.7, 10.0.0.2")]);
        let address = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        assert_eq!(forwarded(&sent, 0), None, "without a proxy the header is anybody's");
        assert_eq!(forwarded(&sent, 1), address("10.0.0.2"));
        assert_eq!(forwarded(&sent, 2), address("203.0.113.7"));
        assert_eq!(forwarded(&sent, 9), None);
        assert_eq!(forwarded(&headers(&[("x-forwarded-for", "nonsense")]), 1), None);
    }
}
