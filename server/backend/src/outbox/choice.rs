//! Which notices does somebody want, and when?

use super::store;
use crate::admin::audit;
use crate::clock::Clock;
use crate::database::{Conn, Database};
use crate::people::{person, role};
use crate::stop::Stop;
use domain::outbox::{NoticeKind, Way};
use domain::people::Role;
use domain::policy::table::ChangeNotices;
use domain::policy::{Actor, Permit, Refusal, permit};

/// What somebody wants of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The kind.
    pub kind: NoticeKind,
    /// When its notices come.
    pub way: Way,
}

/// What is wrong with a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Notices of this kind do not come in this way.
    #[error("notices of this kind do not come in this way")]
    NotThisWay(NoticeKind),
}

/// What holds for the actor, for each kind that one of their roles can get.
///
/// # Errors
/// A [`Refusal`] for whoever is not a person; a fault of the database.
pub async fn choices(database: &Database, clock: &Clock, actor: &Actor) -> Result<Vec<Choice>, Stop> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let permit = own(&mut conn, clock, actor).await?;
    let chosen = store::choices(&mut conn, &permit).await?;
    let roles: Vec<Role> =
        role::of(&mut conn, permit.on().id).await?.into_iter().map(|grant| grant.role).collect();
    let concerned = |kind: &NoticeKind| roles.iter().any(|role| kind.concerns(*role));
    let choice = |kind: NoticeKind| {
        let chosen = chosen.iter().find(|(other, _)| *other == kind).map(|(_, way)| *way);
        Choice { kind, way: kind.way(chosen) }
    };
    Ok(NoticeKind::ALL.iter().copied().filter(concerned).map(choice).collect())
}

/// Chooses for the actor. Either all of it holds, or nothing.
///
/// # Errors
/// [`Wrong`]; a [`Refusal`] for whoever is not a person; a fault of the database.
pub async fn choose(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    choices: &[Choice],
) -> Result<(), Stop<Wrong>> {
    if let Some(wrong) = choices.iter().find(|choice| !choice.kind.allows(choice.way)) {
        return Err(Stop::Wrong(Wrong::NotThisWay(wrong.kind)));
    }
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = own(&mut conn, clock, actor).await?;
    for choice in choices {
        store::choose(&mut conn, &permit, now, choice.kind, choice.way).await?;
    }
    audit::note(&mut conn, now, &permit, "").await?;
    transaction.commit().await?;
    Ok(())
}

/// The permit of the actor for their own notices.
async fn own<W: std::error::Error>(
    conn: &mut Conn<'_>,
    clock: &Clock,
    actor: &Actor,
) -> Result<Permit<ChangeNotices>, Stop<W>> {
    let person = actor.person().ok_or(Refusal::SignIn)?;
    let subject = person::subject(conn, clock, person).await?.ok_or(Refusal::SignIn)?;
    Ok(permit::<ChangeNotices>(actor, subject)?)
}
