//! In which compression does this browser want its answer?

use super::reload;
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use std::io::Write as _;

/// The ways a body can travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Encoding {
    /// Brotli, the smallest.
    Brotli,
    /// Gzip, for everyone else.
    Gzip,
    /// As it is.
    Plain,
}

impl Encoding {
    /// The best encoding that the request accepts.
    pub(super) fn wanted(headers: &HeaderMap) -> Encoding {
        let accepted =
            headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let accepts = |name: &str| {
            accepted.split(',').any(|entry| {
                let mut parts = entry.split(';').map(str::trim);
                parts.next().is_some_and(|token| token.eq_ignore_ascii_case(name))
                    && !parts
                        .any(|part| matches!(part.strip_prefix("q="), Some("0" | "0.0" | "0.00" | "0.000")))
            })
        };
        if accepts("br") {
            Encoding::Brotli
        } else if accepts("gzip") {
            Encoding::Gzip
        } else {
            Encoding::Plain
        }
    }

    /// The value of `Content-Encoding`, if there is one.
    pub(super) const fn name(self) -> Option<&'static str> {
        match self {
            Encoding::Brotli => Some("br"),
            Encoding::Gzip => Some("gzip"),
            Encoding::Plain => None,
        }
    }

    /// Compresses a body that is drawn on demand: quickly rather than smallest.
    pub(super) fn quick(self, body: Bytes) -> Bytes {
        self.compress(body, 5, flate2::Compression::new(5))
    }

    /// Compresses a body that is kept for as long as the server runs. Under development that is not long, and what
    /// the browser gets is twenty times larger.
    pub(super) fn small(self, body: Bytes) -> Bytes {
        if reload::PORT.is_some() {
            return body;
        }
        self.compress(body, 11, flate2::Compression::best())
    }

    fn compress(self, body: Bytes, brotli: u32, gzip: flate2::Compression) -> Bytes {
        let compressed = match self {
            Encoding::Plain => return body,
            Encoding::Brotli => {
                let mut out = Vec::with_capacity(body.len() / 3);
                let params = brotli::enc::BrotliEncoderParams {
                    quality: i32::try_from(brotli).unwrap_or(5),
                    lgwin: 22,
                    size_hint: body.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut &body[..], &mut out, &params).map(|_| out)
            }
            Encoding::Gzip => {
                let mut out = flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 3), gzip);
                out.write_all(&body).and_then(|()| out.finish())
            }
        };
        // Writing to memory does not fail; if it ever did, nobody should be told the wrong encoding.
        let mut out = compressed.unwrap_or_else(|error| unreachable!("compressing in memory: {error}"));
        // A kept page would keep the room that was set aside for it, too.
        out.shrink_to_fit();
        out.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_accepted_encoding_is_taken() {
        let cases = [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip;q=1.0, br;q=0", Encoding::Gzip),
            ("BR", Encoding::Brotli),
            ("identity", Encoding::Plain),
            ("", Encoding::Plain),
            ("brotli", Encoding::Plain),
        ];
        for (accepted, wanted) in cases {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, accepted.parse().unwrap())]);
            assert_eq!(Encoding::wanted(&headers), wanted, "{accepted}");
        }
    }
}
