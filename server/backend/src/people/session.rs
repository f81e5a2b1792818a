//! Who is behind this cookie?
//!
//! A session is a long random number in a cookie; the database keeps its hash. Every sign-in, every proof, every second
//! factor and every change of role makes a new one and ends the old, so a number that somebody planted or saw before
//! opens nothing. It ends by itself when it is not used, and at the latest after half a day. Suspension deletes it, and
//! every request asks the database, so it is over with the next one.

mod ending;

use super::organisation::parsed;
use super::{person, role, screening};
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_all, fetch_optional};
use crate::database::{Conn, Database};
use crate::family;
use crate::fault::Fault;
use crate::secret::Token;
use domain::people::factor::{proof_holds, worth_now};
use domain::people::{Band, GrantId, OrganisationId, PersonId, Role};
use domain::policy::{Actor, Strength, Wearer};
pub(crate) use ending::end_all;
pub use ending::{end, end_others, end_own};
pub(super) use ending::{end_but, end_one, end_vouched};
use uuid::Uuid;

const MINUTE: i64 = 60_000;

/// How often the last use is written down: not at each request.
const NOTED_EVERY: i64 = MINUTE;

/// Idle and longest life of a session, in milliseconds: a student's Chromebook goes from hand to hand, half a
/// sign-in is worth ten minutes, adults get a working day.
const fn lives(strength: Strength) -> (i64, i64) {
    match strength {
        Strength::Half => (10 * MINUTE, 10 * MINUTE),
        Strength::Pin => (60 * MINUTE, 8 * 60 * MINUTE),
        Strength::Password | Strength::District | Strength::Two | Strength::Sso => {
            (2 * 60 * MINUTE, 12 * 60 * MINUTE)
        }
    }
}

/// A person who is signed in, with all that a page around them shows.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its row, by which it can be ended from a list.
    pub id: String,
    /// Who, in which role, how surely.
    pub wearer: Wearer,
    /// Which role is worn.
    pub worn: Option<GrantId>,
    /// All roles there are to wear.
    pub roles: Vec<role::Grant>,
    /// Whose own sign-in answered for who it is: there are no other roles to wear than those there and below.
    pub vouched_by: Option<OrganisationId>,
    /// Who it is.
    pub person: person::Person,
}

impl Session {
    /// For the rules.
    pub const fn actor(&self) -> Actor {
        Actor::Person(self.wearer)
    }
}

/// One of somebody's own sessions, in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its row.
    pub id: String,
    /// Such as "Chrome on ChromeOS".
    pub device: String,
    /// When it began.
    pub made_at: Millis,
    /// When it was used last, to the minute.
    pub used_at: Millis,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: String,
    role_grant_id: Option<String>,
    strength: String,
    device: String,
    made_at: Millis,
    used_at: Millis,
    proved_at: Millis,
    ends_at: Millis,
    vouched_by: Option<String>,
    /// Its person has a second factor.
    second: bool,
}

/// The text that reads rows, to its end.
macro_rules! sessions {
    ($rest:literal) => {
        concat!(
            "select s.id, s.person_id, s.role_grant_id, s.strength, s.device, s.made_at, s.used_at, s.proved_at,
                    s.ends_at, s.vouched_by,
                    (exists (select 1 from passkey k where k.person_id = s.person_id)
                     or exists (select 1 from totp t
                                where t.person_id = s.person_id and t.confirmed_at is not null)) as second
             from session s where ",
            $rest
        )
    };
}

impl Row {
    fn person(&self) -> Result<PersonId, Fault> {
        parsed("a person", &self.person_id)
    }

    fn voucher(&self) -> Result<Option<OrganisationId>, Fault> {
        self.vouched_by.as_deref().map(|id| parsed("an organisation", id)).transpose()
    }

    /// What it is worth by now.
    fn strength(&self) -> Result<Strength, Fault> {
        let strength = Strength::from_slug(&self.strength);
        let unknown = || Fault::Stored { what: "the strength of a session", value: self.strength.clone() };
        Ok(worth_now(strength.ok_or_else(unknown)?, self.second))
    }

    fn is_idle(&self, now: Millis) -> Result<bool, Fault> {
        let (idle, _) = lives(self.strength()?);
        Ok(now.0 - self.used_at.0 > idle)
    }
}

/// A session that begins, or goes on under a new token.
struct New<'a> {
    person: PersonId,
    strength: Strength,
    worn: Option<GrantId>,
    vouched_by: Option<OrganisationId>,
    device: &'a str,
    proved_at: Millis,
    /// Of one that goes on; another ends when its longest life is over.
    ends_at: Option<Millis>,
}

/// The roles there are to wear in a session: all that somebody has; or, when an organisation's own sign-in answered for
/// who it is, those there and below. Whatever a session may wear comes from here.
async fn wearable(
    conn: &mut Conn<'_>,
    person: PersonId,
    vouched_by: Option<OrganisationId>,
) -> Result<Vec<role::Grant>, Fault> {
    match vouched_by {
        Some(at) => role::of_within(conn, person, at).await,
        None => role::of(conn, person).await,
    }
}

/// Begins a session, and wears the role that needs least choosing: the only one, or the first.
pub(crate) async fn begin(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    strength: Strength,
    device: &str,
) -> Result<Token, Fault> {
    begin_new(conn, now, person, strength, None, device).await
}

/// The same for somebody for whom an organisation's own sign-in answers.
pub(super) async fn begin_vouched(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    strength: Strength,
    by: OrganisationId,
    device: &str,
) -> Result<Token, Fault> {
    begin_new(conn, now, person, strength, Some(by), device).await
}

async fn begin_new(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    strength: Strength,
    vouched_by: Option<OrganisationId>,
    device: &str,
) -> Result<Token, Fault> {
    let worn = wearable(conn, person, vouched_by).await?.first().map(|grant| grant.id);
    insert(conn, now, &New { person, strength, worn, vouched_by, device, proved_at: now, ends_at: None })
        .await
}

async fn insert(conn: &mut Conn<'_>, now: Millis, new: &New<'_>) -> Result<Token, Fault> {
    let token = Token::new()?;
    let (_, longest) = lives(new.strength);
    execute!(
        conn,
        "insert into session (id, token_hash, person_id, role_grant_id, strength, device, made_at, used_at, proved_at,
                              ends_at, vouched_by)
         values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)",
        Uuid::now_v7().to_string(),
        token.stored("session"),
        new.person.to_string(),
        new.worn.map(|worn| worn.to_string()),
        new.strength.slug(),
        new.device,
        now,
        new.proved_at,
        new.ends_at.unwrap_or(Millis(now.0 + longest)),
        new.vouched_by.map(|by| by.to_string()),
    )?;
    Ok(token)
}

/// Goes on with a session under a new token. Nothing when it was ended meanwhile: then there is none to go on with.
async fn go_on(
    conn: &mut Conn<'_>,
    now: Millis,
    row: &Row,
    change: impl FnOnce(&mut New<'_>),
) -> Result<Option<Token>, Fault> {
    let mut new = New {
        person: row.person()?,
        strength: row.strength()?,
        worn: row.role_grant_id.as_deref().map(|id| parsed("a grant", id)).transpose()?,
        vouched_by: row.voucher()?,
        device: &row.device,
        proved_at: row.proved_at,
        ends_at: Some(row.ends_at),
    };
    change(&mut new);
    if execute!(conn, "delete from session where id = $1", &row.id)? == 0 {
        return Ok(None);
    }
    insert(conn, now, &new).await.map(Some)
}

/// The person behind a token; nobody when it ended, was ended, or they may not sign in (any more).
///
/// # Errors
/// [`Fault::Database`].
pub async fn load(database: &Database, clock: &Clock, token: &Token) -> Result<Option<Session>, Fault> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let now = clock.now();
    let Some(row) = row(&mut conn, now, token).await? else { return Ok(None) };
    let (id, vouched_by) = (row.person()?, row.voucher()?);
    let Some(person) = person::by_id(&mut conn, id).await?.filter(|person| person.suspended_at.is_none())
    else {
        return Ok(None);
    };
    let roles = wearable(&mut conn, id, vouched_by).await?;
    let worn = roles.iter().find(|grant| Some(grant.id.to_string()) == row.role_grant_id);
    let strength = row.strength()?;
    let student = roles.iter().any(|grant| grant.role == Role::Student);
    let band = if student { person::band(&mut conn, clock, id).await? } else { None };
    let wearer = Wearer {
        person: id,
        role: worn.map(|grant| grant.role),
        at: worn.and_then(|grant| grant.at),
        strength,
        proved: proof_holds(row.proved_at.0, now.0),
        band,
        // Only of the youngest is it asked, so that nobody else waits for the answer.
        allowed: student && (band > Some(Band::Under13) || family::allowed(&mut conn, clock, id).await?),
        cleared: worn.is_some_and(|grant| grant.role == Role::Mentor)
            && screening::cleared(&mut conn, clock, id).await?,
    };
    if now.0 - row.used_at.0 > NOTED_EVERY {
        execute!(&mut conn, "update session set used_at = $2 where id = $1", &row.id, now)?;
    }
    let worn = worn.map(|grant| grant.id);
    Ok(Some(Session { id: row.id, wearer, worn, roles, vouched_by, person }))
}

async fn row(conn: &mut Conn<'_>, now: Millis, token: &Token) -> Result<Option<Row>, Fault> {
    let row = fetch_optional!(
        conn,
        Row,
        sessions!("s.token_hash = $1 and s.ends_at > $2"),
        token.stored("session"),
        now,
    )?;
    match row {
        Some(row) if !row.is_idle(now)? => Ok(Some(row)),
        _ => Ok(None),
    }
}

/// Puts on another of the person's own roles: a new token for the same life.
///
/// # Errors
/// [`Fault::Database`]. Gives nothing when there is no such session, or the role is not theirs.
pub async fn wear(
    database: &Database,
    clock: &Clock,
    token: &Token,
    grant: GrantId,
) -> Result<Option<Token>, Fault> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let now = clock.now();
    let Some(row) = row(&mut conn, now, token).await? else { return Ok(None) };
    let theirs =
        wearable(&mut conn, row.person()?, row.voucher()?).await?.iter().any(|role| role.id == grant);
    if !theirs || row.strength()? == Strength::Half {
        return Ok(None);
    }
    let token = go_on(&mut conn, now, &row, |new| new.worn = Some(grant)).await?;
    transaction.commit().await?;
    Ok(token)
}

/// After a second factor was shown: a new token that is worth more, in place of the old one. Who came by a district
/// stays somebody for whom it answers.
pub(crate) async fn strengthen(
    conn: &mut Conn<'_>,
    now: Millis,
    token: &Token,
    strength: Strength,
) -> Result<Option<(Token, Strength)>, Fault> {
    let Some(row) = row(conn, now, token).await? else { return Ok(None) };
    let strength = if row.vouched_by.is_some() { Strength::Sso } else { strength };
    let change = |new: &mut New<'_>| {
        new.strength = strength;
        new.proved_at = now;
        new.ends_at = None;
    };
    Ok(go_on(conn, now, &row, change).await?.map(|token| (token, strength)))
}

/// After they showed once more who they are: a new token for the same life, so that who saw the old one has no part in
/// the proof.
pub(super) async fn prove(conn: &mut Conn<'_>, now: Millis, token: &Token) -> Result<Option<Token>, Fault> {
    let Some(row) = row(conn, now, token).await? else { return Ok(None) };
    go_on(conn, now, &row, |new| new.proved_at = now).await
}

/// The person's own sessions that still open something, newest first.
///
/// # Errors
/// [`Fault::Database`].
pub async fn own(database: &Database, clock: &Clock, person: PersonId) -> Result<Vec<Listed>, Fault> {
    let mut lease = database.lease().await?;
    let now = clock.now();
    let rows = fetch_all!(
        &mut lease.conn(),
        Row,
        sessions!("s.person_id = $1 and s.ends_at > $2 order by s.used_at desc, s.id"),
        person.to_string(),
        now,
    )?;
    let mut listed = Vec::new();
    for row in rows {
        if !row.is_idle(now)? {
            let Row { id, device, made_at, used_at, .. } = row;
            listed.push(Listed { id, device, made_at, used_at });
        }
    }
    Ok(listed)
}
