//! The files that never change while the server runs: program, style, icons.

use super::encoding::Encoding;
use super::reload;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

/// How long a file may be kept.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const FOR_AN_HOUR: &str = "public, max-age=3600";
/// Under development the name of a file stays and its content changes.
const ASK_AGAIN: &str = "no-cache";

/// A file in memory, in each encoding that makes it smaller.
#[derive(Clone, Debug)]
pub(super) struct Asset {
    kind: &'static str,
    keep: &'static str,
    tag: HeaderValue,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Asset {
    /// A file whose address holds a hash of its content, so that it may be kept for ever.
    pub(super) fn hashed(kind: &'static str, body: Bytes) -> Asset {
        let (brotli, gzip) = (Encoding::Brotli.small(body.clone()), Encoding::Gzip.small(body.clone()));
        Asset::new(kind, FOR_EVER, body, Some(brotli), Some(gzip))
    }

    fn new(
        kind: &'static str,
        keep: &'static str,
        plain: Bytes,
        brotli: Option<Bytes>,
        gzip: Option<Bytes>,
    ) -> Asset {
        let tag = HeaderValue::try_from(format!("\"{}\"", content_hash(&plain))).expect("a hash is ASCII");
        let smaller = |other: &Bytes| other.len() < plain.len();
        let (brotli, gzip) = (brotli.filter(smaller), gzip.filter(smaller));
        Asset { kind, keep, tag, plain, brotli, gzip }
    }

    /// Answers a request for this file.
    pub(super) fn answer(&self, request: &HeaderMap) -> Response {
        let known = request.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        let ours = self.tag.to_str().unwrap_or_default();
        let (body, encoding) = match (Encoding::wanted(request), &self.brotli, &self.gzip) {
            (Encoding::Brotli, Some(body), _) => (body.clone(), Encoding::Brotli),
            (Encoding::Brotli | Encoding::Gzip, _, Some(body)) => (body.clone(), Encoding::Gzip),
            _ => (self.plain.clone(), Encoding::Plain),
        };
        let mut response = if known
            .is_some_and(|tags| tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == ours))
        {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = body.into_response();
            if let Some(name) = encoding.name() {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
            }
            response
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.keep));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(header::ETAG, self.tag.clone());
        response
    }
}

/// A short name for a content: changes whenever the content does.
pub(super) fn content_hash(body: &[u8]) -> String {
    Sha256::digest(body).iter().take(8).fold(String::new(), |mut name, byte| {
        _ = write!(name, "{byte:02x}");
        name
    })
}

/// Reads the built site: every file below `root`, by its address.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn read_site(root: &Path) -> std::io::Result<HashMap<String, Asset>> {
    let mut found = HashMap::new();
    read_folder(root, "", &mut found)?;
    Ok(found)
}

fn read_folder(folder: &Path, at: &str, found: &mut HashMap<String, Asset>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let (path, address) = (entry.path(), format!("{at}/{name}"));
        if entry.file_type()?.is_dir() {
            read_folder(&path, &address, found)?;
            continue;
        }
        let Some(kind) = kind_of(&name) else { continue };
        let sibling =
            |ending: &str| std::fs::read(folder.join(format!("{name}.{ending}"))).ok().map(Bytes::from);
        let plain = Bytes::from(std::fs::read(&path)?);
        let keep = match (reload::PORT, address.starts_with("/pkg/")) {
            (Some(_), _) => ASK_AGAIN,
            (None, true) => FOR_EVER,
            (None, false) => FOR_AN_HOUR,
        };
        let brotli = sibling("br").unwrap_or_else(|| Encoding::Brotli.small(plain.clone()));
        let gzip = sibling("gz").unwrap_or_else(|| Encoding::Gzip.small(plain.clone()));
        found.insert(address, Asset::new(kind, keep, plain, Some(brotli), Some(gzip)));
    }
    Ok(())
}

/// The media type by the file's ending; files of other kinds are not served.
fn kind_of(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}
