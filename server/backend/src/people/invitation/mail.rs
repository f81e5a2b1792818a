//! Who sees the link of an invitation, and what is told and written of it?

use super::WAITS;
use crate::admin::audit::{self, Line};
use crate::clock::{Millis, today_in_los_angeles};
use crate::database::Conn;
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use crate::people::{organisation, person};
use crate::secret::Token;
use domain::people::{OrganisationId, PersonId, Role};
use domain::policy::Actor;

/// Does who invites see the link? Not when it was mailed to its owner, who alone is to come by it; nor when the address
/// is somebody's here.
pub(super) const fn is_shown(actor: &Actor, holder: Option<PersonId>, mailed: bool) -> bool {
    actor.person().is_some() && holder.is_none() && !mailed
}

/// The mail of an invitation: to whom, and what it offers.
pub(super) struct Mail<'a> {
    pub(super) email: &'a str,
    pub(super) tongue: &'a str,
    pub(super) role: Role,
    pub(super) at: Option<OrganisationId>,
}

/// Sends the link, which works from now on for as long as an invitation waits.
pub(super) async fn tell(
    conn: &mut Conn<'_>,
    now: Millis,
    actor: &Actor,
    token: &Token,
    mail: &Mail<'_>,
) -> Result<(), Fault> {
    let name = match mail.at {
        Some(at) => organisation::by_id(conn, at).await?.map(|place| place.name),
        None => None,
    };
    let by = match actor.person() {
        Some(by) => person::by_id(conn, by).await?.map(|by| by.name()),
        None => None,
    };
    let notice = Notice::Invited {
        token: token.to_string(),
        role: mail.role.slug().to_owned(),
        place: name.unwrap_or_default(),
        by: by.unwrap_or_default(),
        until: today_in_los_angeles(Millis(now.0 + WAITS)).to_string(),
    };
    outbox::tell(conn, now, &To::Address { email: mail.email, tongue: mail.tongue }, &notice).await
}

/// Writes that somebody was invited, or what became of that.
pub(super) async fn note(
    conn: &mut Conn<'_>,
    now: Millis,
    actor: &Actor,
    mail: &Mail<'_>,
    became: &str,
) -> Result<(), Fault> {
    let at = mail.at.map(|at| at.to_string()).unwrap_or_default();
    let detail = format!("{}{became} at {at}", mail.role.slug());
    audit::add(conn, &Line { at: now, actor, action: "Invite", subject: None, detail: &detail }).await
}
