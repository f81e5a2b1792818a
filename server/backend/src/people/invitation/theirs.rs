//! Is an invitation for somebody who is here already, and how do they accept?
//!
//! Who is signed in accepts as who they are. Who came by a district alone has no password to show: the link in their
//! mail lets them choose one, and whoever else answered for that address until then answers no longer.

use super::{Invitation, Wrong, read, take};
use crate::admin::audit::{self, Line};
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_optional};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::people::person::email_key;
use crate::people::session::{self, Session};
use crate::people::{organisation, sso};
use crate::secret::Token;
use crate::stop::Stop;
use domain::people::PersonId;
use domain::policy::Strength;

/// May who is signed in accept this as who they are? Who came by a district can, when its word is enough for the role.
///
/// # Errors
/// A fault of the database.
pub async fn is_theirs(
    database: &Database,
    invitation: &Invitation,
    session: &Session,
) -> Result<bool, Fault> {
    theirs(&mut database.lease().await?.conn(), invitation, session).await
}

async fn theirs(conn: &mut Conn<'_>, invitation: &Invitation, session: &Session) -> Result<bool, Fault> {
    let own =
        session.person.email.as_deref().is_some_and(|own| email_key(own) == email_key(&invitation.email));
    if !own || session.wearer.strength < Strength::Password {
        return Ok(false);
    }
    let Some(by) = session.vouched_by else { return Ok(true) };
    let Some(at) = invitation.at else { return Ok(false) };
    Ok(organisation::place(conn, at).await?.is_some_and(|place| place.above.contains(&by)))
}

/// Accepts an invitation as who is signed in: they get the role.
///
/// # Errors
/// [`Wrong::Link`], [`Wrong::Password`] when it is not for them; a fault of the database.
pub async fn accept_as(
    database: &Database,
    clock: &Clock,
    token: &Token,
    session: &Session,
) -> Result<(), Stop<Wrong>> {
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let invitation = read(&mut conn, now, token).await?;
    if !theirs(&mut conn, &invitation, session).await? {
        return Err(Stop::Wrong(Wrong::Password));
    }
    take(&mut conn, now, &invitation, session.wearer.person, &session.actor()).await?;
    transaction.commit().await?;
    Ok(())
}

/// Whether somebody came by a district alone: no password, no second factor, and no student with a card.
pub(super) async fn is_keyless(conn: &mut Conn<'_>, person: PersonId) -> Result<bool, Fault> {
    let student = fetch_optional!(
        conn,
        (i64,),
        "select cast(1 as bigint) from role_grant where person_id = $1 and role = 'student' limit 1",
        person.to_string(),
    )?;
    Ok(student.is_none() && !sso::has_own_keys(conn, person).await?)
}

/// Gives an account that had no keys its first password, and ends all that was open without it. The link came by
/// mail alone, so whoever holds it owns the address.
pub(super) async fn own(
    conn: &mut Conn<'_>,
    now: Millis,
    invitation: &Invitation,
    person: PersonId,
    hash: &str,
) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into password (person_id, hash, changed_at) values ($1, $2, $3)",
        person.to_string(),
        hash,
        now,
    )?;
    session::end_all(conn, person, None).await?;
    for issuer in sso::disown(conn, now, person, &invitation.email, invitation.at).await? {
        let detail = format!("{issuer} answers for them no longer");
        let actor = &domain::policy::Actor::Machine;
        let line = Line { at: now, actor, action: "DistrictSignIn", subject: Some(person), detail: &detail };
        audit::add(conn, &line).await?;
    }
    Ok(())
}
