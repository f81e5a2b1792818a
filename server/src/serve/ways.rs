//! Which addresses are there for people with accounts? All of them, feature by feature.

use super::gate::Way;
use super::{family, people, roster};

/// Every page and every deed.
pub(super) fn ways() -> Vec<Way> {
    let mut ways = people::ways();
    ways.extend(family::ways());
    ways.extend(roster::ways());
    ways
}
