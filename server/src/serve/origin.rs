//! At which address do people see this site?
//!
//! Links that leave the site (an invitation, a family's paper) begin with it, so it should not be what a request merely
//! says: whoever sets `Host` would lead the reader to a site of theirs. The operator sets it. Without that, a server on
//! this machine alone believes a `Host` only when it is a name of this machine; one that others can reach has nothing
//! else to go by, and its log says what to do. Mail never begins with what a request said.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What links begin with, such as `https://pathways.example.org`.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    believes: Believes,
    home: Arc<str>,
}

/// Which `Host` of a request is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Believes {
    /// None: the operator said where the site is.
    Nothing,
    /// A name of this machine.
    ThisMachine,
    /// Any that can stand in an address.
    Anything,
}

/// What was set is no address of a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("--origin is an address without a path, such as https://pathways.example.org, and not {0:?}")]
pub(super) struct NoOrigin(String);

impl Origin {
    /// What the operator set, or else the address of this machine that the server listens on.
    pub(super) fn new(set: Option<&str>, listens: SocketAddr) -> Result<Origin, NoOrigin> {
        let Some(set) = set else {
            let alone = listens.ip().to_canonical().is_loopback();
            let believes = if alone { Believes::ThisMachine } else { Believes::Anything };
            return Ok(Origin { believes, home: format!("http://{listens}").into() });
        };
        let home = set.trim_end_matches('/');
        let host = home.strip_prefix("https://").or_else(|| home.strip_prefix("http://"));
        if !host.is_some_and(is_plain) {
            return Err(NoOrigin(set.to_owned()));
        }
        Ok(Origin { believes: Believes::Nothing, home: home.into() })
    }

    /// Others can reach the server, and nobody said where they find it.
    pub(super) fn is_missing(&self) -> bool {
        self.believes == Believes::Anything
    }

    /// The address as somebody sees it who asked for this `Host`.
    pub(super) fn seen_by(&self, host: &str) -> String {
        let believed = match self.believes {
            Believes::Nothing => false,
            Believes::ThisMachine => is_here(host),
            Believes::Anything => is_plain(host),
        };
        if believed { format!("http://{host}") } else { self.home.to_string() }
    }

    /// Do people come by https?
    pub(super) fn is_secure(&self) -> bool {
        self.home.starts_with("https://")
    }
}

/// Can this stand in an address as the name of a machine, with a port or without?
fn is_plain(host: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    !host.is_empty() && host.bytes().all(fits)
}

/// Is this `Host` a name of this machine, with a port or without?
fn is_here(host: &str) -> bool {
    let port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let name = match host.rsplit_once(':') {
        Some((name, digits)) if port(digits) => name,
        _ => host,
    };
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    name == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> SocketAddr {
        address.parse().unwrap()
    }

    #[test]
    fn what_others_can_reach_misses_an_address_that_was_not_set() {
        for open in ["0.0.0.0:3000", "[::]:3000", "192.168.1.4:3000"] {
            let missing = Origin::new(None, at(open)).unwrap();
            assert!(missing.is_missing(), "{open}");
            assert_eq!(missing.seen_by("192.168.1.4:3000"), "http://192.168.1.4:3000");
            for nonsense in ["", "a/b", "a b", "a@b", "a\"b", "a?b", "a#b", "ü.example"] {
                assert_eq!(missing.seen_by(nonsense), format!("http://{open}"), "{nonsense}");
            }
            assert!(!Origin::new(Some("https://pathways.example"), at(open)).unwrap().is_missing(), "{open}");
        }
        for here in ["127.0.0.1:3000", "[::1]:3000", "127.8.8.8:1"] {
            assert!(!Origin::new(None, at(here)).unwrap().is_missing(), "{here}");
        }
        for nonsense in ["", "pathways.example", "ftp://a", "https://", "https://a/b", "https://a b"] {
            assert!(Origin::new(Some(nonsense), at("127.0.0.1:1")).is_err(), "{nonsense}");
        }
    }

    #[test]
    fn a_made_up_host_leads_nobody_away() {
        let here = Origin::new(None, at("127.0.0.1:3000")).unwrap();
        for ours in ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "localhost"] {
            assert_eq!(here.seen_by(ours), format!("http://{ours}"));
        }
        for made_up in
            ["evil.example", "evil.example:3000", "localhost.evil.example", "127.0.0.1.evil.example", ""]
        {
            assert_eq!(here.seen_by(made_up), "http://127.0.0.1:3000", "{made_up}");
        }
        let set = Origin::new(Some("https://pathways.example/"), at("0.0.0.0:3000")).unwrap();
        assert_eq!(set.seen_by("localhost"), "https://pathways.example");
        assert!(set.is_secure() && !here.is_secure());
    }
}
