//! Which addresses are there for people with accounts? All of them, feature by feature.

use super::gate::Way;
use super::{admin, family, operations, outbox, people, rights, roster};

/// Every page and every deed.
pub(super) fn ways() -> Vec<Way> {
    let mut ways = people::ways();
    ways.extend(family::ways());
    ways.extend(roster::ways());
    ways.extend(rights::ways());
    ways.extend(admin::ways());
    ways.extend(outbox::ways());
    ways.extend(operations::ways());
    ways
}
