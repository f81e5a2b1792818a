//! What may a person do about their own record, and what becomes of what is kept?
//!
//! | module | question |
//! |---|---|
//! | [`review`] | what is kept about this person? |
//! | [`export`] | how do they take a copy of it with them? |
//! | [`reads`] | who read it? |
//! | [`correction`] | what is wrong in it, and who answers? |
//! | [`deletion`] | how does it go, and what proves that? |
//! | [`hold`] | which records does the law ask to keep? |
//! | [`retention`] | what goes by itself, and when? |
//! | [`traces`] | where does a person leave a trace? |

pub mod correction;
pub mod deletion;
pub mod export;
pub mod hold;
pub mod reads;
pub mod retention;
pub mod review;
pub mod traces;

use crate::clock::Clock;
use crate::database::Conn;
use crate::database::query::fetch_all;
use crate::fault::Fault;
use crate::people::organisation::parsed;
use crate::people::person;
use domain::people::PersonId;
use domain::policy::Subject;

/// The facts about somebody that the rules ask for, with every place that the person ever belonged to: the law may ask
/// for the record of somebody who left.
async fn subject_ever(conn: &mut Conn<'_>, clock: &Clock, id: PersonId) -> Result<Option<Subject>, Fault> {
    let Some(mut subject) = person::subject(conn, clock, id).await? else { return Ok(None) };
    let places = fetch_all!(
        conn,
        (String,),
        "select distinct a.above_id from role_grant g
         join organisation_above a on a.organisation_id = g.organisation_id where g.person_id = $1",
        id.to_string(),
    )?;
    subject.places =
        places.iter().map(|(id,)| parsed("an organisation", id)).collect::<Result<_, Fault>>()?;
    Ok(Some(subject))
}

/// Reads a word that we wrote.
fn word<T>(what: &'static str, text: &str, read: fn(&str) -> Option<T>) -> Result<T, Fault> {
    read(text).ok_or_else(|| Fault::Stored { what, value: text.to_owned() })
}
