//! How does somebody change their own password?

use super::password::{self, Weak};
use super::session::{self, Session};
use super::tries;
use crate::admin::audit;
use crate::clock::Clock;
use crate::database::Database;
use crate::database::query::{execute, fetch_optional};
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use crate::stop::Stop;
use domain::people::PersonId;
use domain::policy::found;
use domain::policy::table::ChangeOwnKeys;

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The old password does not fit, or was tried too often.
    #[error("the old password does not fit")]
    Old,
    /// The new one is too weak.
    #[error("{0}")]
    Weak(Weak),
}

/// Whether somebody signs in with a password.
///
/// # Errors
/// [`Fault::Database`].
pub async fn has_password(database: &Database, person: PersonId) -> Result<bool, Fault> {
    Ok(kept(database, person).await?.is_some())
}

async fn kept(database: &Database, person: PersonId) -> Result<Option<String>, Fault> {
    let mut lease = database.lease().await?;
    let text = "select hash from password where person_id = $1";
    let row = fetch_optional!(&mut lease.conn(), (String,), text, person.to_string())?;
    Ok(row.map(|(hash,)| hash))
}

/// Changes the password and ends every other session.
///
/// # Errors
/// A refusal; [`Wrong`]; a fault of the database.
pub async fn change_password(
    database: &Database,
    clock: &Clock,
    session: &Session,
    old: &str,
    new: &str,
) -> Result<(), Stop<Wrong>> {
    let person = session.wearer.person;
    let mut lease = database.lease().await?;
    let subject = super::person::subject(&mut lease.conn(), clock, person).await?;
    drop(lease);
    let permit = found::<ChangeOwnKeys>(&session.actor(), subject)?;
    let own = [session.person.name(), session.person.email.clone().unwrap_or_default()];
    let kept = kept(database, person).await?;
    let now = clock.now();
    let tried = tries::subject(&format!("password of {person}"), None);
    let Ok(attempt) = tries::begin(database, now, &tried).await? else {
        return Err(Stop::Wrong(Wrong::Old));
    };
    if !password::fits(old.to_owned(), kept).await? {
        return Err(Stop::Wrong(Wrong::Old));
    }
    password::strong(new, &own.each_ref().map(String::as_str))
        .map_err(|weak| Stop::Wrong(Wrong::Weak(weak)))?;
    let hash = password::hash(new.to_owned()).await?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    tries::take_back(&mut conn, attempt).await?;
    let text = "update password set hash = $2, changed_at = $3 where person_id = $1";
    execute!(&mut conn, text, permit.on().id.to_string(), hash, now)?;
    session::end_all(&mut conn, person, Some(&session.id)).await?;
    audit::note(&mut conn, now, &permit, "password").await?;
    outbox::tell(&mut conn, now, &To::Person(person), &Notice::KeysChanged).await?;
    transaction.commit().await?;
    Ok(())
}
