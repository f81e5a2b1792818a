//! What is kept about me, who read it, what is wrong in it, and how does it go?
//!
//! | address | what it is |
//! |---|---|
//! | `/record`, `/record/{student}`, `.../reads`, `.../copy` | a record, who read it, a copy to take along |
//! | `/api/rights/correct/{student}`, `/api/rights/delete/{student}`, `/api/rights/stay/{student}` | deeds on a record |
//! | `/api/rights/plan`, `/api/rights/plan-back` | the list that a student keeps here |
//! | `/corrections`, `/api/rights/answer/{id}` | what waits for an answer |
//! | `/receipt` | the receipt of a deletion, for whoever has its number |
//! | `/holds`, `/api/rights/hold`, `/api/rights/release` | what the law asks to keep |

mod holds;
mod plan;
mod queue;
mod receipt;
mod record;

use super::gate::{Door, Halt, Way};
use super::signed::Signed;
use axum::response::Response;
use backend::Millis;
use backend::clock::today_in_los_angeles;
use domain::people::PersonId;
use domain::plan::Day;

/// The pages and deeds of this feature.
pub(super) fn ways() -> Vec<Way> {
    vec![
        Way::page("/record", Door::In, record::own),
        Way::page("/record/{student}", Door::In, record::page),
        Way::page("/record/{student}/reads", Door::In, record::reads),
        Way::page("/record/{student}/copy", Door::In, record::copy),
        Way::deed("/api/rights/correct/{student}", Door::In, record::correct),
        Way::deed("/api/rights/delete/{student}", Door::In, record::delete),
        Way::deed("/api/rights/agree/{student}", Door::In, record::agree),
        Way::deed("/api/rights/stay/{student}", Door::In, record::stay),
        Way::deed("/api/rights/plan", Door::In, plan::keep),
        Way::deed("/api/rights/plan-back", Door::In, plan::back),
        Way::page("/corrections", Door::In, queue::page),
        Way::deed("/api/rights/answer/{id}", Door::In, queue::answer),
        Way::page("/receipt", Door::Open, receipt::page),
        Way::page("/holds", Door::In, holds::page),
        Way::deed("/api/rights/hold", Door::In, holds::hold),
        Way::deed("/api/rights/release", Door::In, holds::release),
    ]
}

/// The day on which something was.
fn day(at: Millis) -> Day {
    today_in_los_angeles(at)
}

/// Reads whose record is meant.
fn person(id: &str) -> Result<PersonId, Halt> {
    id.parse().map_err(|_| Halt::Missing)
}

/// After a deed on a record: back to it, with the word for what was done.
fn back_to(signed: &Signed, person: PersonId, done: &str) -> Response {
    if person == signed.session.wearer.person {
        signed.to(&format!("/record?done={done}"))
    } else {
        signed.to(&format!("/record/{person}?done={done}"))
    }
}
