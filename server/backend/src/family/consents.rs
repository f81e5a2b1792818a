//! What did a family allow, and what is open because of it?

use super::{Wrong, name, store, student_subject, tell_guardians, words_of};
use crate::admin::audit;
use crate::clock::{Clock, Millis};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::outbox::Notice;
use crate::people::{organisation::sort_key, person};
use crate::stop::Stop;
use domain::family::{Closed, ConsentKind, Method, Signer, Unfit, open, signs};
use domain::people::PersonId;
use domain::policy::table::{Consent, RecordConsent};
use domain::policy::{Actor, Permit, Refusal, found};
use store::{Allowing, NewConsent};

/// What was read before a yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read<'a> {
    /// The version of the text.
    pub version: &'a str,
    /// Its language, `en` or `es`.
    pub tongue: &'a str,
}

/// An answer to one of the questions that a family's page asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<'a> {
    /// To what.
    pub kind: ConsentKind,
    /// Yes, after reading this; or no.
    pub yes: Option<Read<'a>>,
}

/// A signed paper.
#[derive(Clone, Copy, Debug)]
pub struct Paper<'a> {
    /// What is ticked on it, each with the version of the text that stands there.
    pub ticked: &'a [(ConsentKind, &'a str)],
    /// Its language, `en` or `es`.
    pub tongue: &'a str,
    /// Who signed it.
    pub signer: PaperSigner<'a>,
}

/// Who signed a paper.
#[derive(Clone, Copy, Debug)]
pub enum PaperSigner<'a> {
    /// The student, who is of age.
    Student,
    /// A guardian with an account.
    Guardian(PersonId),
    /// A guardian without one, by the name under the paper.
    Named(&'a str),
}

/// Says yes and no: a guardian for a student under 18, a student of age for themselves. Each answer is kept by itself;
/// all of them are taken, or none. A no takes back everything of its kind that was ever allowed. Twice is once.
///
/// # Errors
/// A refusal; [`Wrong::TextChanged`].
pub async fn decide(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    id: PersonId,
    decisions: &[Decision<'_>],
) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<Consent>(actor, student_subject(&mut conn, clock, id).await?)?;
    let giver = actor.person().ok_or(Refusal::SignIn)?;
    for Decision { kind, yes } in decisions {
        if let Some(read) = *yes {
            let new = NewConsent { kind, read, method: Method::Online, giver: Some(giver), signer: None };
            insert(&mut conn, clock.now(), &permit, &new).await?;
        } else {
            revoke(&mut conn, clock.now(), &permit, kind, "online").await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

/// Writes down what is ticked on a signed paper: each yes is kept by itself; all of them are taken, or none.
///
/// # Errors
/// A refusal; [`Wrong::Nothing`], [`Wrong::TextChanged`], [`Wrong::Name`]; [`Wrong::Unfit`] when the word of who signed does not count, also
/// when the name is that of a guardian who is restricted.
pub async fn record_paper(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    id: PersonId,
    paper: Paper<'_>,
) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<RecordConsent>(actor, student_subject(&mut conn, clock, id).await?)?;
    if paper.ticked.is_empty() {
        return Err(Stop::Wrong(Wrong::Nothing));
    }
    let (signer, written) = match paper.signer {
        PaperSigner::Student => (Signer::Student, name_of(&mut conn, id).await?),
        PaperSigner::Guardian(guardian) => {
            let link = store::link(&mut conn, id, guardian).await?;
            (Signer::Guardian(guardian, link), name_of(&mut conn, guardian).await?)
        }
        PaperSigner::Named(typed) => {
            let typed = name(typed).map_err(Stop::Wrong)?;
            let members = store::members(&mut conn, id).await?;
            let same = |other: &str| sort_key(other) == sort_key(typed);
            if members.iter().any(|member| member.restricted && same(&member.name)) {
                return Err(Stop::Wrong(Unfit::Restricted.into()));
            }
            (Signer::Nameless, typed.to_owned())
        }
    };
    let giver = signs(permit.on(), signer).map_err(|unfit| Stop::Wrong(unfit.into()))?;
    for (kind, version) in paper.ticked {
        let read = Read { version, tongue: paper.tongue };
        let new = NewConsent { kind, read, method: Method::Paper, giver, signer: Some(&written) };
        insert(&mut conn, clock.now(), &permit, &new).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Writes down that a guardian without an account took something back, on paper or by phone.
///
/// # Errors
/// A refusal.
pub async fn record_taken_back(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    id: PersonId,
    kind: &ConsentKind,
) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<RecordConsent>(actor, student_subject(&mut conn, clock, id).await?)?;
    revoke(&mut conn, clock.now(), &permit, kind, "paper").await?;
    transaction.commit().await?;
    Ok(())
}

/// May a student take part: are they 13 or older, or did a guardian allow it?
///
/// # Errors
/// [`Fault::Database`].
pub async fn allowed(conn: &mut Conn<'_>, clock: &Clock, id: PersonId) -> Result<bool, Fault> {
    Ok(room_open(conn, clock, id, &ConsentKind::TakePart).await?.is_ok())
}

/// Is something open for a student right now? Asked each time it is used, never remembered.
///
/// # Errors
/// [`Fault::Database`]; inside, why it is closed.
pub async fn room_open(
    conn: &mut Conn<'_>,
    clock: &Clock,
    id: PersonId,
    kind: &ConsentKind,
) -> Result<Result<(), Closed>, Fault> {
    let Some(subject) = person::subject(conn, clock, id).await? else { return Ok(Err(Closed::NotAsked)) };
    let said: Vec<_> = store::said(conn, id).await?.into_iter().map(|said| said.given).collect();
    Ok(open(kind, &subject, &said))
}

async fn name_of(conn: &mut Conn<'_>, id: PersonId) -> Result<String, Stop<Wrong>> {
    let person = person::by_id(conn, id).await?;
    Ok(person.ok_or(Stop::Wrong(Unfit::Stranger.into()))?.name())
}

async fn insert<D: Allowing>(
    conn: &mut Conn<'_>,
    now: Millis,
    permit: &Permit<D>,
    new: &NewConsent<'_>,
) -> Result<(), Stop<Wrong>> {
    // On a page today's text is read; a paper may have lain at home while a clearer one was written.
    let fits = match new.method {
        Method::Online => new.read.version == new.kind.wording().version,
        Method::Paper => new.kind.counts(new.read.version),
    };
    if !fits {
        return Err(Stop::Wrong(Wrong::TextChanged));
    }
    let student = permit.on();
    let said = store::said(conn, student.id).await?;
    let again = said.iter().map(|said| &said.given).any(|given| {
        given.kind == *new.kind
            && given.giver == new.giver
            && given.version == new.read.version
            && given.revoked.is_none()
    });
    if again {
        return Ok(());
    }
    store::insert_consent(conn, permit, new, now).await?;
    let detail = format!("yes {} {} {}", words_of(new.kind), new.read.version, new.method.slug());
    audit::note(conn, now, permit, &detail).await?;
    changed(conn, now, permit, new.kind, true).await?;
    Ok(())
}

async fn revoke<D: Allowing>(
    conn: &mut Conn<'_>,
    now: Millis,
    permit: &Permit<D>,
    kind: &ConsentKind,
    method: &str,
) -> Result<(), Fault> {
    if store::revoke(conn, permit, kind, now).await? == 0 {
        return Ok(());
    }
    audit::note(conn, now, permit, &format!("no {} {method}", words_of(kind))).await?;
    changed(conn, now, permit, kind, false).await
}

/// Tells the guardians; from 18 on it is not theirs to know.
async fn changed<D: Allowing>(
    conn: &mut Conn<'_>,
    now: Millis,
    permit: &Permit<D>,
    kind: &ConsentKind,
    given: bool,
) -> Result<(), Fault> {
    let student = permit.on();
    if student.band == Some(domain::people::Band::Adult) {
        return Ok(());
    }
    let notice = Notice::ConsentChanged { consent: kind.slug().to_owned(), given };
    tell_guardians(conn, now, student, None, &notice).await
}
