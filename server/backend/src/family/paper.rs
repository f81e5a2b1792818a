//! How does somebody become a guardian by a code on paper?

use super::store::{self, Used};
use super::{Wrong, name, student_subject, tell_guardians};
use crate::admin::audit::{self, Line};
use crate::clock::{Clock, Millis};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::outbox::Notice;
use crate::people::invitation::looks_like_email;
use crate::people::sign_in::{Entered, From};
use crate::people::{device, password, person, role};
use crate::secret;
use crate::stop::Stop;
use domain::family::code::{DAYS, FamilyCode, MOST_OPEN};
use domain::family::{Relation, Unfit, joins};
use domain::people::{Band, PersonId, Role};
use domain::policy::table::MakeFamilyCode;
use domain::policy::{Actor, Refusal, Strength, Wearer, found};

/// A paper that was just made. The code is shown this once and kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// What stands on it.
    pub code: FamilyCode,
    /// What the student is called.
    pub given_name: String,
    /// `en` or `es`: what the family reads first.
    pub tongue: String,
    /// Until when it is good.
    pub expires_at: Millis,
}

/// What the holder of a good paper is told before they join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holds {
    /// What the student is called: the paper says it too.
    pub given_name: String,
    /// Until when the paper is good.
    pub expires_at: Millis,
}

/// Somebody who makes an account with a paper.
#[derive(Clone, Debug)]
pub struct NewGuardian<'a> {
    /// What they are called.
    pub given_name: &'a str,
    /// The name of the family.
    pub family_name: &'a str,
    /// `en` or `es`: what they chose to read.
    pub tongue: &'a str,
    /// What they sign in with. Families without one say yes on paper, see [`record_paper`](super::record_paper).
    pub email: &'a str,
    /// A new password.
    pub password: &'a str,
    /// What they are to the student.
    pub relation: Relation,
    /// Where they join.
    pub from: From<'a>,
}

/// Makes a paper for one more guardian of a student. Those that are out stay good.
///
/// # Errors
/// A refusal; [`Wrong::ManyPapers`], [`Unfit::OfAge`].
pub async fn make_code(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    id: PersonId,
) -> Result<Printed, Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let now = clock.now();
    let permit = found::<MakeFamilyCode>(actor, student_subject(&mut conn, clock, id).await?)?;
    if permit.on().band == Some(Band::Adult) {
        return Err(Stop::Wrong(Unfit::OfAge.into()));
    }
    if store::open_codes(&mut conn, id, now).await? >= MOST_OPEN {
        return Err(Stop::Wrong(Wrong::ManyPapers));
    }
    let code = FamilyCode::from_random(&secret::random::<48>()?).ok_or(Fault::Chance)?;
    let expires_at = Millis(now.0 + DAYS * 24 * 3_600_000);
    store::insert_code(&mut conn, &permit, code, now, expires_at).await?;
    audit::note(&mut conn, now, &permit, "made a family code").await?;
    let student = person::by_id(&mut conn, id).await?.ok_or(Refusal::NotYours)?;
    transaction.commit().await?;
    Ok(Printed { code, given_name: student.given_name, tongue: student.tongue, expires_at })
}

/// Makes every paper of a student that is out worthless: one was lost, or is in wrong hands. Says how many.
///
/// # Errors
/// A refusal.
pub async fn end_codes(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    id: PersonId,
) -> Result<u64, Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<MakeFamilyCode>(actor, student_subject(&mut conn, clock, id).await?)?;
    let ended = store::end_codes(&mut conn, &permit, clock.now()).await?;
    audit::note(&mut conn, clock.now(), &permit, "ended the family codes").await?;
    transaction.commit().await?;
    Ok(ended)
}

/// Whose paper is this? Answers without using it up.
///
/// # Errors
/// [`Wrong::Code`].
pub async fn look_up(database: &Database, clock: &Clock, code: FamilyCode) -> Result<Holds, Stop<Wrong>> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let found = store::code(&mut conn, code, clock.now()).await?;
    let (id, expires_at) = found.ok_or(Stop::Wrong(Wrong::Code))?;
    let student = person::by_id(&mut conn, id).await?.ok_or(Stop::Wrong(Wrong::Code))?;
    if person::band(&mut conn, clock, id).await? == Some(Band::Adult) {
        return Err(Stop::Wrong(Wrong::Code));
    }
    Ok(Holds { given_name: student.given_name, expires_at })
}

/// Makes who is signed in a guardian of the student whose paper they hold. Says who the student is.
///
/// # Errors
/// [`Wrong::Code`], also for a guardian who is restricted; [`Unfit::NotAnAdult`], [`Unfit::Already`],
/// [`Unfit::OwnPaper`]; then the paper stays good. A refusal when nobody is signed in.
pub async fn join(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    code: FamilyCode,
    relation: Relation,
) -> Result<PersonId, Stop<Wrong>> {
    let Actor::Person(wearer) = actor else { return Err(Refusal::SignIn.into()) };
    if wearer.strength == Strength::Half {
        return Err(Refusal::SecondFactor.into());
    }
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let used = store::use_code(&mut conn, code, wearer.person, clock.now()).await?;
    let used = used.ok_or(Stop::Wrong(Wrong::Code))?;
    link(&mut conn, clock, &used, actor, relation).await?;
    transaction.commit().await?;
    Ok(used.student)
}

/// Makes an account for the holder of a paper, and them a guardian of the student. Gives what their first session and
/// their browser are known by.
///
/// # Errors
/// [`Wrong::Code`], [`Wrong::Name`], [`Wrong::Email`], [`Wrong::EmailTaken`], [`Wrong::Weak`]; then the paper stays
/// good.
pub async fn join_as_new(
    database: &Database,
    clock: &Clock,
    code: FamilyCode,
    new: &NewGuardian<'_>,
) -> Result<Entered, Stop<Wrong>> {
    // Nothing is said about an address, and nothing slow is done, for who holds no paper.
    look_up(database, clock, code).await?;
    let (given_name, family_name) = (name(new.given_name), name(new.family_name));
    let (given_name, family_name) = (given_name.map_err(Stop::Wrong)?, family_name.map_err(Stop::Wrong)?);
    if !looks_like_email(new.email) {
        return Err(Stop::Wrong(Wrong::Email));
    }
    let email = new.email.trim();
    password::strong(new.password, &[&format!("{given_name} {family_name}"), email])
        .map_err(|weak| Stop::Wrong(Wrong::Weak(weak)))?;
    let hash = password::hash(new.password.to_owned()).await?;

    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    if person::by_email(&mut conn, email).await?.is_some() {
        return Err(Stop::Wrong(Wrong::EmailTaken));
    }
    let tongue = new.tongue;
    let new_person =
        person::NewPerson { given_name, family_name, tongue, email: Some(email), born: None, demo: false };
    // Of two who send the same form at once, one comes in.
    let id = person::insert(&mut conn, now, &new_person)
        .await
        .map_err(|fault| if fault.is_duplicate() { Stop::Wrong(Wrong::EmailTaken) } else { fault.into() })?;
    store::insert_password(&mut conn, id, &hash, now).await?;
    // Of two who hold a copy of it, one comes in.
    let used = store::use_code(&mut conn, code, id, now).await?.ok_or(Stop::Wrong(Wrong::Code))?;
    let actor = Actor::Person(Wearer {
        person: id,
        role: Some(Role::Guardian),
        at: None,
        strength: Strength::Password,
        band: None,
        allowed: false,
        cleared: false,
    });
    link(&mut conn, clock, &used, &actor, new.relation).await?;
    let entered = device::begin(&mut conn, now, id, Strength::Password, &new.from).await?;
    transaction.commit().await?;
    Ok(entered)
}

/// Links the holder of a paper that was used up; when that fails the caller's transaction gives the paper back.
async fn link(
    conn: &mut Conn<'_>,
    clock: &Clock,
    used: &Used,
    actor: &Actor,
    relation: Relation,
) -> Result<(), Stop<Wrong>> {
    let now = clock.now();
    let student = &person::subject(conn, clock, used.student).await?.ok_or(Stop::Wrong(Wrong::Code))?;
    let id = actor.person().ok_or(Refusal::SignIn)?;
    let holder = person::subject(conn, clock, id).await?.ok_or(Refusal::SignIn)?;
    let before = store::link(conn, student.id, id).await?;
    joins(student, &holder, before, used.maker).map_err(|unfit| match unfit {
        Unfit::Restricted | Unfit::OfAge => Stop::Wrong(Wrong::Code),
        other => Stop::Wrong(other.into()),
    })?;
    store::join(conn, student.id, id, relation, now).await?;
    role::give(conn, now, id, Role::Guardian, None, Some(id)).await?;
    let line =
        Line { at: now, actor, action: "JoinFamily", subject: Some(student.id), detail: relation.slug() };
    audit::add(conn, &line).await?;
    tell_guardians(conn, now, student, Some(id), &Notice::GuardianJoined).await?;
    Ok(())
}
