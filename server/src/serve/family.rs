//! How does a family come in, say yes and no, and how does a school help it?
//!
//! | address | what it is |
//! |---|---|
//! | `/join`, `/api/family/join`, `/api/family/new` | coming in with the code of a paper |
//! | `/family` | a guardian's children; a student's own family; all families of a school |
//! | `/api/family/decide` | yes and no |
//! | `/family/{student}` | one family, for a teacher or staff |
//! | `/family/{student}/form` | the form to sign, on paper |
//! | `/api/family/code`, `/api/family/end-codes` | a paper for one more guardian, shown once |
//! | `/api/family/restrict`, `/api/family/record`, `/api/family/record-back` | what a school writes down |

mod desk;
mod join;
mod mine;
mod show;

use super::gate::{Door, Way};

/// The pages and deeds of this feature.
pub(super) fn ways() -> Vec<Way> {
    vec![
        Way::page("/join", Door::Open, join::page),
        Way::deed("/api/family/join", Door::In, join::link),
        Way::deed("/api/family/new", Door::Open, join::new),
        Way::page("/family", Door::In, mine::page),
        Way::deed("/api/family/decide", Door::In, mine::decide),
        Way::page("/family/{student}", Door::In, desk::page),
        Way::page("/family/{student}/form", Door::In, desk::form),
        Way::deed("/api/family/code", Door::In, desk::code),
        Way::deed("/api/family/end-codes", Door::In, desk::end_codes),
        Way::deed("/api/family/restrict", Door::In, desk::restrict),
        Way::deed("/api/family/record", Door::In, desk::record),
        Way::deed("/api/family/record-back", Door::In, desk::record_back),
    ]
}
