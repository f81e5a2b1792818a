//! How does somebody get in?
//!
//! Whether an address is unknown, a password wrong or an account suspended, the answer is the same, takes as long, and
//! is counted alike: nobody learns who is here.

use super::organisation::parsed;
use super::{card, device, factors, password, person, session, tries};
use crate::admin::audit::{self, Line};
use crate::clock::{Clock, Millis};
use crate::database::query::fetch_optional;
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use crate::secret::Token;
use crate::stop::Stop;
use domain::classroom::Code;
use domain::people::PersonId;
use domain::people::card::{BackupCode, Pin};
use domain::people::factor::{Proof, strength};
use domain::policy::{Actor, Strength, Wearer};
use uuid::Uuid;

/// Where somebody signs in from.
#[derive(Clone, Debug)]
pub struct From<'a> {
    /// What the browser kept since somebody got in with it.
    pub device: Option<Token>,
    /// Such as "Chrome on ChromeOS".
    pub name: &'a str,
    /// The session that the browser had, whoever it belonged to: it ends when somebody gets in.
    pub before: Option<Token>,
}

impl From<'_> {
    /// What the browser kept, or else something new for it to keep.
    pub(super) fn browser(&self) -> Result<Token, Fault> {
        self.device.clone().map_or_else(Token::new, Ok)
    }

    /// Begins a session in this browser, in place of the one it had.
    pub(super) async fn begin(
        &self,
        conn: &mut Conn<'_>,
        now: Millis,
        person: PersonId,
        strength: Strength,
    ) -> Result<Token, Fault> {
        self.end_before(conn).await?;
        session::begin(conn, now, person, strength, self.name).await
    }

    /// Ends the session that this browser had.
    pub(super) async fn end_before(&self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        match &self.before {
            Some(before) => session::end_one(conn, before).await,
            None => Ok(()),
        }
    }
}

/// Somebody got in.
#[derive(Debug)]
pub struct Entered {
    /// For the session's cookie.
    pub token: Token,
    /// For the cookie by which this browser is known again.
    pub device: Token,
    /// Half a sign-in waits for its other half.
    pub strength: Strength,
    /// Who it is.
    pub person: PersonId,
}

/// Why nobody got in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It does not fit; of what, nobody is told.
    #[error("this does not fit")]
    NoMatch,
    /// Too many wrong tries.
    #[error("too many wrong tries")]
    Wait {
        /// Until when, in minutes from now, rounded up.
        minutes: i64,
    },
}

/// An adult, with e-mail address and password.
///
/// # Errors
/// [`Wrong`]; a fault of the database.
pub async fn with_password(
    database: &Database,
    clock: &Clock,
    email: &str,
    typed: &str,
    from: &From<'_>,
) -> Result<Entered, Stop<Wrong>> {
    let mut lease = database.lease().await?;
    let somebody = person::by_email(&mut lease.conn(), email).await?;
    // The same questions, whether there is somebody or not.
    let id = somebody.as_ref().map_or(PersonId::new(Uuid::nil()), |person| person.id);
    let text = "select hash from password where person_id = $1";
    let kept = fetch_optional!(&mut lease.conn(), (String,), text, id.to_string())?;
    let has = factors::of(&mut lease.conn(), id).await?;
    drop(lease);
    let kept = kept.map(|(hash,)| hash);
    let strength = strength(&[Proof::Password], has).unwrap_or(Strength::Half);
    let found = somebody.filter(|person| person.suspended_at.is_none()).map(|person| person.id);
    // Whom nobody may be is checked against nothing, and takes as long.
    let kept = kept.filter(|_| found.is_some());
    let tried = format!("account {}", person::email_key(email));
    enter(database, clock, &tried, found, typed, kept, strength, from).await
}

/// A student, with the code of the class and the PIN of the card.
///
/// # Errors
/// [`Wrong`]; a fault of the database.
pub async fn with_card(
    database: &Database,
    clock: &Clock,
    class: Code,
    pin: &Pin,
    from: &From<'_>,
) -> Result<Entered, Stop<Wrong>> {
    let mut lease = database.lease().await?;
    let card = fetch_optional!(
        &mut lease.conn(),
        (String, String),
        "select c.person_id, c.hash from pin_card c
         join organisation o on o.id = c.organisation_id
         join person p on p.id = c.person_id
         where o.code = $1 and o.closed_at is null and c.number = $2
           and p.suspended_at is null and p.deleted_at is null",
        class.to_string(),
        pin.number(),
    )?;
    drop(lease);
    let (found, kept) = match card {
        Some((id, hash)) => (Some(parsed("a person", &id)?), Some(hash)),
        None => (None, None),
    };
    let tried = format!("card {class} {}", pin.number());
    enter(database, clock, &tried, found, &pin.secret(), kept, Strength::Pin, from).await
}

/// A student, with the code of the class and the backup code of the card: the way in that no guesser can shut.
///
/// Nothing is counted and nothing is hashed slowly. A thousand guesses a second at a class of forty meet one of its
/// cards in a hundred thousand years, and each costs one look into an index. It is the same look whether there is such
/// a class or not: only both codes together find anything.
///
/// # Errors
/// [`Wrong::NoMatch`]; a fault of the database.
pub async fn with_backup_code(
    database: &Database,
    clock: &Clock,
    class: Code,
    backup: &BackupCode,
    from: &From<'_>,
) -> Result<Entered, Stop<Wrong>> {
    let mut lease = database.lease().await?;
    let found = fetch_optional!(
        &mut lease.conn(),
        (String,),
        "select c.person_id from pin_card c
         join organisation o on o.id = c.organisation_id
         join person p on p.id = c.person_id
         where c.backup_hash = $1 and o.closed_at is null
           and p.suspended_at is null and p.deleted_at is null",
        card::kept(class, backup),
    )?;
    drop(lease);
    let Some((id,)) = found else { return Err(Stop::Wrong(Wrong::NoMatch)) };
    let (now, person, strength) = (clock.now(), parsed("a person", &id)?, Strength::Pin);
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let token = from.begin(&mut conn, now, person, strength).await?;
    let device = settle(&mut conn, now, person, strength, "SignInWithBackupCode", from).await?;
    transaction.commit().await?;
    Ok(Entered { token, device, strength, person })
}

#[expect(clippy::too_many_arguments, reason = "what both ways in have found out")]
async fn enter(
    database: &Database,
    clock: &Clock,
    tried: &str,
    found: Option<PersonId>,
    typed: &str,
    kept: Option<String>,
    strength: Strength,
    from: &From<'_>,
) -> Result<Entered, Stop<Wrong>> {
    let now = clock.now();
    let known = match (found, &from.device) {
        (Some(person), Some(browser)) => {
            let mut lease = database.lease().await?;
            device::is_known(&mut lease.conn(), person, Some(browser))
                .await?
                .then(|| browser.stored("device"))
        }
        _ => None,
    };
    let subject = tries::subject(tried, known.as_deref());
    let attempt = match tries::begin(database, now, &subject).await? {
        Ok(attempt) => attempt,
        Err(wait) => return Err(Stop::Wrong(Wrong::Wait { minutes: (wait + 59_999) / 60_000 })),
    };
    let fits = password::fits(typed.to_owned(), kept).await?;
    let Some(person) = found.filter(|_| fits) else { return Err(Stop::Wrong(Wrong::NoMatch)) };

    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    tries::take_back(&mut conn, attempt).await?;
    let entered = enter_as(&mut conn, now, person, strength, from).await?;
    transaction.commit().await?;
    Ok(entered)
}

/// Begins the session of somebody who proved who they are.
pub(super) async fn enter_as(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    strength: Strength,
    from: &From<'_>,
) -> Result<Entered, Fault> {
    let token = from.begin(conn, now, person, strength).await?;
    let device = settle(conn, now, person, strength, "SignIn", from).await?;
    Ok(Entered { token, device, strength, person })
}

/// Somebody got this far: their browser is known from now on, a new one is told of, and the audit has a line.
pub(super) async fn settle(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    strength: Strength,
    action: &str,
    from: &From<'_>,
) -> Result<Token, Fault> {
    let browser = from.browser()?;
    if strength != Strength::Half {
        let known = device::is_known(conn, person, Some(&browser)).await?;
        device::remember(conn, now, person, &browser).await?;
        if !known && strength != Strength::Pin {
            let notice = Notice::NewDevice { device: from.name.to_owned() };
            outbox::tell(conn, now, &To::Person(person), &notice).await?;
        }
    }
    let actor = entering(person, strength);
    let line = Line { at: now, actor: &actor, action, subject: Some(person), detail: strength.slug() };
    audit::add(conn, &line).await?;
    Ok(browser)
}

/// Somebody at the door, before a role is worn.
pub(super) const fn entering(person: PersonId, strength: Strength) -> Actor {
    Actor::Person(Wearer {
        person,
        role: None,
        at: None,
        strength,
        proved: false,
        band: None,
        allowed: false,
        cleared: false,
    })
}
