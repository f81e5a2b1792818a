//! What is to be told to whom? Written in the transaction of the deed it tells of, sent later.

use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::execute;
use crate::fault::Fault;
use domain::people::PersonId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// To whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To<'a> {
    /// Somebody who is here, in their own language, if they have an address.
    Person(PersonId),
    /// Somebody who is not here yet.
    Address {
        /// The e-mail address.
        email: &'a str,
        /// `en` or `es`.
        tongue: &'a str,
    },
}

/// What is told. Each kind has its words in English and Spanish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Notice {
    /// You are invited; this link works once.
    Invited {
        /// The token of the invitation, for the link.
        token: String,
        /// The role, by its word.
        role: String,
        /// The organisation, by its name.
        place: String,
    },
    /// Somebody signed in with your account on a device that was not seen before.
    NewDevice {
        /// Such as "Chrome on ChromeOS".
        device: String,
    },
    /// Your password or second factor changed.
    KeysChanged,
    /// Your account is suspended.
    Suspended,
    /// A step of your screening runs out soon, or has run out.
    ScreeningEnds {
        /// The step, by its word.
        step: String,
        /// The day, 2027-06-30.
        on: String,
    },
    /// To staff: so many screenings at their place run out soon, and so many have run out.
    ScreeningBoard {
        /// Run out within the days of warning.
        soon: u32,
        /// Have run out.
        over: u32,
    },
    /// A guardian joined the family of your child.
    GuardianJoined,
    /// Something was allowed or taken back for your child.
    ConsentChanged {
        /// What, by its word.
        consent: String,
        /// Given, or taken back.
        given: bool,
    },
    /// What you said is wrong in a record was answered.
    CorrectionAnswered,
    /// A record was deleted; the receipt is in Pathways.
    Deleted,
}

/// Puts a notice into the outbox.
///
/// # Errors
/// [`Fault::Database`].
pub async fn tell(conn: &mut Conn<'_>, now: Millis, to: &To<'_>, notice: &Notice) -> Result<(), Fault> {
    let body = serde_json::to_value(notice).unwrap_or_default();
    let kind = body["kind"].as_str().unwrap_or_default().to_owned();
    let (person, address, tongue) = match to {
        To::Person(person) => (Some(person.to_string()), None, None),
        To::Address { email, tongue } => (None, Some(*email), Some(*tongue)),
    };
    execute!(
        conn,
        "insert into outbox (id, person_id, address, tongue, kind, body, made_at, due_at, tries)
         values ($1, $2, $3, coalesce($4, (select tongue from person where id = $2), 'en'), $5, $6, $7, $7, 0)",
        Uuid::now_v7().to_string(),
        person,
        address,
        tongue,
        kind,
        body.to_string(),
        now,
    )
    .map(drop)
}
