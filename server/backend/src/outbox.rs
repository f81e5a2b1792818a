//! What is to be told to whom? Written in the transaction of the deed it tells of, sent later.
//!
//! | module | question |
//! |---|---|
//! | [`deliver`] | what is due, and what became of it? |
//! | `letter` | how is a notice said in a mail? |
//! | [`post`] | how does a mail leave the machine? |
//! | [`stopping`] | how does one click stop a kind of notice? |
//! | [`choice`] | which notices does somebody want, and when? |
//! | `store` | which rows are there, and how are they read and written? |

pub mod choice;
pub mod deliver;
mod letter;
pub mod post;
pub mod stopping;
pub(crate) mod store;

use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::execute;
use crate::fault::Fault;
use domain::outbox::NoticeKind;
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
        /// The name of who invites; empty when a machine does.
        by: String,
        /// The last day on which the link works, `2026-12-06`.
        until: String,
    },
    /// Choose a new password with this link, which works once.
    NewPassword {
        /// The token, for the link.
        token: String,
        /// The second step is set up anew, too, because somebody with a say in it wants it so.
        second: bool,
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
    /// Your account is given back.
    Reinstated,
    /// Your screening was stopped.
    ScreeningStopped,
    /// Your screening is complete.
    ScreeningDone,
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
    /// Somebody who may asked that your child's record, or yours, is deleted.
    DeletionAsked {
        /// The day on which it goes, 2026-11-29; none while an adult of the family has to agree.
        on: Option<String>,
        /// It is the reader's own record.
        own: bool,
    },
    /// A record was deleted; the receipt is in Pathways.
    Deleted,
}

impl Notice {
    /// What it is about.
    pub const fn kind(&self) -> NoticeKind {
        match self {
            Notice::Invited { .. } => NoticeKind::Invited,
            Notice::NewPassword { .. } => NoticeKind::NewPassword,
            Notice::NewDevice { .. } => NoticeKind::NewDevice,
            Notice::KeysChanged => NoticeKind::KeysChanged,
            Notice::Suspended => NoticeKind::Suspended,
            Notice::Reinstated => NoticeKind::Reinstated,
            Notice::ScreeningStopped => NoticeKind::ScreeningStopped,
            Notice::ScreeningDone => NoticeKind::ScreeningDone,
            Notice::ScreeningEnds { .. } => NoticeKind::ScreeningEnds,
            Notice::ScreeningBoard { .. } => NoticeKind::ScreeningBoard,
            Notice::GuardianJoined => NoticeKind::GuardianJoined,
            Notice::ConsentChanged { .. } => NoticeKind::ConsentChanged,
            Notice::CorrectionAnswered => NoticeKind::CorrectionAnswered,
            Notice::DeletionAsked { .. } => NoticeKind::DeletionAsked,
            Notice::Deleted => NoticeKind::Deleted,
        }
    }
}

/// Puts a notice into the outbox. It comes when its kind, the choice of its reader and the hour allow.
///
/// # Errors
/// [`Fault::Database`].
pub async fn tell(conn: &mut Conn<'_>, now: Millis, to: &To<'_>, notice: &Notice) -> Result<(), Fault> {
    let body = serde_json::to_value(notice).unwrap_or_default();
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
        notice.kind().slug(),
        body.to_string(),
        now,
    )
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_kept_by_the_word_of_its_kind() {
        let some = String::new;
        for notice in [
            Notice::Invited { token: some(), role: some(), place: some(), by: some(), until: some() },
            Notice::NewPassword { token: some(), second: true },
            Notice::NewDevice { device: some() },
            Notice::KeysChanged,
            Notice::Suspended,
            Notice::Reinstated,
            Notice::ScreeningStopped,
            Notice::ScreeningDone,
            Notice::DeletionAsked { on: Some(some()), own: true },
            Notice::ScreeningEnds { step: some(), on: some() },
            Notice::ScreeningBoard { soon: 1, over: 1 },
            Notice::GuardianJoined,
            Notice::ConsentChanged { consent: some(), given: true },
            Notice::CorrectionAnswered,
            Notice::Deleted,
        ] {
            let kept = serde_json::to_value(&notice).unwrap();
            assert_eq!(kept["kind"], notice.kind().slug());
        }
    }
}
