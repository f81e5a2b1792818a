//! At which address do people see this site?
//!
//! Links that leave the site (an invitation, a family's paper) begin with it, so it is never what a request merely
//! says: whoever sets `Host` would lead the reader to a site of theirs. The operator sets it; without that the server
//! is on this machine alone, and believes a `Host` only when it is a name of this machine.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What links begin with, such as `https://pathways.example.org`.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    set: bool,
    home: Arc<str>,
}

/// Why there is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoOrigin {
    /// Others can reach the server, and nobody said where they find it.
    #[error(
        "{0} can be reached from other machines: write --origin with the address people see, such as \
         https://pathways.example.org, or listen on --host 127.0.0.1"
    )]
    NotSet(SocketAddr),
    /// What was set is no address of a site.
    #[error("--origin is an address without a path, such as https://pathways.example.org, and not {0:?}")]
    NoAddress(String),
}

impl Origin {
    /// What the operator set, or else the address of this machine that the server listens on.
    pub(super) fn new(set: Option<&str>, listens: SocketAddr) -> Result<Origin, NoOrigin> {
        match set {
            Some(set) => {
                let home = set.trim_end_matches('/');
                let host = home.strip_prefix("https://").or_else(|| home.strip_prefix("http://"));
                let plain = |host: &str| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
                if !host.is_some_and(plain) {
                    return Err(NoOrigin::NoAddress(set.to_owned()));
                }
                Ok(Origin { set: true, home: home.into() })
            }
            None if listens.ip().to_canonical().is_loopback() => {
                Ok(Origin { set: false, home: format!("http://{listens}").into() })
            }
            None => Err(NoOrigin::NotSet(listens)),
        }
    }

    /// The address as somebody sees it who asked for this `Host`.
    pub(super) fn seen_by(&self, host: &str) -> String {
        if !self.set && is_here(host) { format!("http://{host}") } else { self.home.to_string() }
    }

    /// Do people come by https?
    pub(super) fn is_secure(&self) -> bool {
        self.home.starts_with("https://")
    }
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
    fn what_others_can_reach_needs_an_address_that_was_set() {
        for open in ["0.0.0.0:3000", "[::]:3000", "192.168.1.4:3000"] {
            let refused = Origin::new(None, at(open)).unwrap_err();
            assert_eq!(refused, NoOrigin::NotSet(at(open)));
            assert!(refused.to_string().contains("--origin"), "{refused}");
            assert!(Origin::new(Some("https://pathways.example"), at(open)).is_ok(), "{open}");
        }
        for here in ["127.0.0.1:3000", "[::1]:3000", "127.8.8.8:1"] {
            assert!(Origin::new(None, at(here)).is_ok(), "{here}");
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
