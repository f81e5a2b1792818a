//! Which addresses are there for people with accounts? All of them, feature by feature.

use super::gate::Way;
use super::{factors, people};

/// Every page and every deed.
pub(super) fn ways() -> Vec<Way> {
    [people::ways(), factors::ways()].into_iter().flatten().collect()
}
