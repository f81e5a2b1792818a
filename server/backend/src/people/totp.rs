//! Which code does an app on a phone show now? (RFC 6238)
//!
//! Six digits, SHA-1, thirty seconds: what every app understands. The step before and the one after count too, for
//! phones whose clock is off. A code works once: the newest step that was used is kept, and only a later one is right.
//! The secret is sealed for its owner's row ([`Key`]).

use super::factors::{self, Wrong};
use super::organisation::parsed;
use super::{person, recovery};
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_all, fetch_optional};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::seal::Key;
use crate::secret::{Token, random};
use crate::stop::Stop;
use domain::people::factor::may_be_left_with;
use domain::people::{PersonId, RecoveryCode};
use domain::policy::table::ChangeOwnKeys;
use domain::policy::{Actor, Permit, Refusal};
use totp_rs::{Builder, Secret, Totp};

/// What an app shows over the digits.
const ISSUER: &str = "Pathways";

/// What an app is set up with, shown only to its owner.
#[derive(Clone, PartialEq, Eq)]
pub struct SetUp {
    /// The secret in base32, for typing: `JBSW Y3DP ...`.
    pub secret: String,
    /// The same as an address, for a square code: `otpauth://totp/...`.
    pub address: String,
}

impl std::fmt::Debug for SetUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetUp(..)")
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    secret: String,
    confirmed_at: Option<Millis>,
}

/// Begins to set up an app, with a secret of its own. It counts for nothing before a right code was typed, and
/// beginning again replaces it.
///
/// # Errors
/// [`Wrong::HasApp`]; a refusal; a fault of the database or of chance.
pub async fn begin(
    database: &Database,
    clock: &Clock,
    key: &Key,
    actor: &Actor,
) -> Result<SetUp, Stop<Wrong>> {
    let secret = Secret::new_stack(random::<20>()?);
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let factors::Own { id, permit, .. } = factors::own_keys(&mut conn, clock, actor).await?;
    let sealed = key.seal(&about(id), secret.to_base32().as_bytes())?;
    let begun = save(&mut conn, &permit, &sealed).await?;
    if !begun {
        return Err(Stop::Wrong(Wrong::HasApp));
    }
    let set_up = shown(&mut conn, id, secret).await?;
    transaction.commit().await?;
    Ok(set_up)
}

/// The app that is being set up, for the page that waits for its first code; none when its secret cannot be opened: it
/// is begun anew.
///
/// # Errors
/// A refusal; a fault of the database.
pub async fn begun(
    database: &Database,
    clock: &Clock,
    key: &Key,
    actor: &Actor,
) -> Result<Option<SetUp>, Stop<Wrong>> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let id = factors::own_keys(&mut conn, clock, actor).await?.id;
    let row = by_person(&mut conn, id).await?.filter(|row| row.confirmed_at.is_none());
    match row.and_then(|row| read(key, id, &row.secret)) {
        Some(secret) => Ok(Some(shown(&mut conn, id, secret).await?)),
        None => Ok(None),
    }
}

/// A second factor is there now.
#[derive(Debug)]
pub struct Confirmed {
    /// For who had no recovery codes: new ones, to be shown once.
    pub codes: Vec<RecoveryCode>,
    /// In place of the session's token, when the session is worth more now.
    pub token: Option<Token>,
}

/// Takes the first code of the app: from now on it is a second factor. Who had no recovery codes gets them; who had no
/// second factor is signed out everywhere else.
///
/// # Errors
/// [`Wrong::Code`], [`Wrong::NotBegun`], [`Wrong::HasApp`]; a refusal; a fault of the database.
pub async fn confirm(
    database: &Database,
    clock: &Clock,
    key: &Key,
    actor: &Actor,
    token: &Token,
    typed: &str,
) -> Result<Confirmed, Stop<Wrong>> {
    let person = actor.person().ok_or(Refusal::SignIn)?;
    let codes = recovery::Fresh::new(person).await?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let own = factors::own_keys(&mut conn, clock, actor).await?;
    let now = clock.now();
    let row = by_person(&mut conn, own.id).await?.ok_or(Stop::Wrong(Wrong::NotBegun))?;
    if row.confirmed_at.is_some() {
        return Err(Stop::Wrong(Wrong::HasApp));
    }
    let secret = read(key, own.id, &row.secret).ok_or(Stop::Wrong(Wrong::NotBegun))?;
    let step = right_step(secret, typed, now).ok_or(Stop::Wrong(Wrong::Code))?;
    if !begin_to_count(&mut conn, &own.permit, now, &row.secret, step).await? {
        return Err(Stop::Wrong(Wrong::NotBegun));
    }
    let codes = if own.had.recovery == 0 {
        recovery::replace(&mut conn, &own.permit, &codes).await?;
        codes.shown()
    } else {
        Vec::new()
    };
    factors::changed(&mut conn, now, &own.permit, "an app for codes was set up").await?;
    let token = factors::raise(&mut conn, now, &own, token).await?;
    transaction.commit().await?;
    Ok(Confirmed { codes, token })
}

/// Takes the app away.
///
/// # Errors
/// [`Wrong::LastOne`] for who must have a second factor; a refusal; a fault of the database.
pub async fn remove(database: &Database, clock: &Clock, actor: &Actor) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let factors::Own { id, permit, had } = factors::own_keys(&mut conn, clock, actor).await?;
    let roles = factors::roles(&mut conn, id).await?;
    if had.app && !may_be_left_with(had.without_the_app(), &roles) {
        return Err(Stop::Wrong(Wrong::LastOne));
    }
    if delete(&mut conn, &permit).await? {
        factors::changed(&mut conn, clock.now(), &permit, "the app for codes was taken away").await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Uses a code up: true once for each step, however many tabs and servers try it at once.
pub(super) async fn spend(
    conn: &mut Conn<'_>,
    now: Millis,
    key: &Key,
    person: PersonId,
    typed: &str,
) -> Result<bool, Fault> {
    let Some(row) = by_person(conn, person).await?.filter(|row| row.confirmed_at.is_some()) else {
        return Ok(false);
    };
    let secret = read(key, person, &row.secret);
    let Some(step) = secret.and_then(|secret| right_step(secret, typed, now)) else { return Ok(false) };
    let spent = execute!(
        conn,
        "update totp set last_step = $2
         where person_id = $1 and last_step < $2 and confirmed_at is not null and secret = $3",
        person.to_string(),
        step,
        row.secret,
    )?;
    Ok(spent == 1)
}

/// The step whose code this is, if it is one that counts now.
fn right_step(secret: Secret, typed: &str, now: Millis) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if typed.len() != 6 || !typed.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let seconds = u64::try_from(now.0 / 1_000).ok()?;
    i64::try_from(app(secret).check(&typed, seconds)?).ok()
}

/// Six digits, SHA-1, thirty seconds, one step of patience: what the library begins with, said here all the same.
fn app(secret: Secret) -> Totp {
    Builder::new().with_secret(secret).with_digits(6).with_step_duration(30).with_skew(1).build_noncompliant()
}

async fn shown(conn: &mut Conn<'_>, id: PersonId, secret: Secret) -> Result<SetUp, Fault> {
    let person = person::by_id(conn, id).await?;
    // A colon would end the name in the address.
    let name = person.map(|person| person.email.clone().unwrap_or_else(|| person.name())).unwrap_or_default();
    let base32 = secret.to_base32();
    let mut label = String::new();
    domain::address::encode(&name.replace(':', " "), &mut label);
    // This is a path, where a plus is a plus.
    let label = label.replace('+', "%20");
    let address = format!("otpauth://totp/{ISSUER}:{label}?secret={base32}&issuer={ISSUER}");
    let groups: Vec<String> =
        base32.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    Ok(SetUp { secret: groups.join(" "), address })
}

/// What a secret is sealed about.
fn about(person: PersonId) -> String {
    format!("totp {person}")
}

/// The secret behind a seal; none when the key is not the one it was sealed with.
fn read(key: &Key, person: PersonId, sealed: &str) -> Option<Secret> {
    let base32 = String::from_utf8(key.open(&about(person), sealed)?).ok()?;
    Secret::try_from_base32(&base32).ok()
}

/// Can the codes of somebody's app be checked? Also when there is none.
pub(super) async fn is_readable(conn: &mut Conn<'_>, key: &Key, person: PersonId) -> Result<bool, Fault> {
    let row = by_person(conn, person).await?.filter(|row| row.confirmed_at.is_some());
    let readable = row.is_none_or(|row| read(key, person, &row.secret).is_some());
    if !readable {
        tracing::error!("{LOST_KEY}");
    }
    Ok(readable)
}

/// What an operator is told.
const LOST_KEY: &str = "the secret of an app cannot be opened: --key-file is not the key it was sealed with. Bring that key \
                        back; until then its owner signs in with a passkey or a recovery code, or is reset";

/// How many apps there are whose secrets this key does not open. Tells the operator, when the server starts.
///
/// # Errors
/// [`Fault::Database`].
pub async fn unreadable(database: &Database, key: &Key) -> Result<usize, Fault> {
    let text = "select person_id, secret from totp where confirmed_at is not null";
    let rows = fetch_all!(&mut database.lease().await?.conn(), (String, String), text)?;
    let mut apps = 0;
    for (person, sealed) in rows {
        apps += usize::from(read(key, parsed("a person", &person)?, &sealed).is_none());
    }
    if apps > 0 {
        tracing::error!(apps, "{LOST_KEY}");
    }
    Ok(apps)
}

async fn by_person(conn: &mut Conn<'_>, person: PersonId) -> Result<Option<Row>, Fault> {
    fetch_optional!(
        conn,
        Row,
        "select secret, confirmed_at from totp where person_id = $1",
        person.to_string()
    )
}

/// Writes a secret that counts for nothing yet; false when there is one that counts.
async fn save(conn: &mut Conn<'_>, permit: &Permit<ChangeOwnKeys>, secret: &str) -> Result<bool, Fault> {
    let saved = execute!(
        conn,
        "insert into totp (person_id, secret, last_step) values ($1, $2, 0)
         on conflict (person_id) do update set secret = excluded.secret where totp.confirmed_at is null",
        permit.on().id.to_string(),
        secret,
    )?;
    Ok(saved == 1)
}

async fn begin_to_count(
    conn: &mut Conn<'_>,
    permit: &Permit<ChangeOwnKeys>,
    now: Millis,
    secret: &str,
    step: i64,
) -> Result<bool, Fault> {
    let counts = execute!(
        conn,
        "update totp set confirmed_at = $2, last_step = $4
         where person_id = $1 and secret = $3 and confirmed_at is null",
        permit.on().id.to_string(),
        now,
        secret,
        step,
    )?;
    Ok(counts == 1)
}

async fn delete(conn: &mut Conn<'_>, permit: &Permit<ChangeOwnKeys>) -> Result<bool, Fault> {
    let gone = execute!(conn, "delete from totp where person_id = $1", permit.on().id.to_string())?;
    Ok(gone == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret `12345678901234567890` and SHA-1. The table there has eight digits, of which
    /// the last six are the code of six.
    #[test]
    fn the_codes_are_those_of_the_standard() {
        for (seconds, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            let secret = || Secret::new_stack(*b"12345678901234567890");
            let now = Millis(seconds * 1_000);
            assert_eq!(right_step(secret(), &code[2..], now), Some(seconds / 30), "{seconds}");
            let spaced = format!(" {} {} ", &code[2..5], &code[5..]);
            assert_eq!(right_step(secret(), &spaced, now), Some(seconds / 30), "as apps show it");
            for (late, right) in [(-60, false), (-30, true), (30, true), (60, false)] {
                // The standard's first moment is in the first minute of all.
                if seconds + late < 0 {
                    continue;
                }
                let then = Millis((seconds + late) * 1_000);
                let found = right_step(secret(), &code[2..], then);
                assert_eq!(found, right.then_some(seconds / 30), "{seconds} {late}");
            }
        }
    }

    #[test]
    fn only_six_digits_are_a_code() {
        let long = "1".repeat(10_000);
        for typed in ["", "28708", "2870822", "94287082", "28708a", "٢٨٧٠٨٢", "+28708", long.as_str()] {
            assert_eq!(right_step(Secret::new_stack(*b"12345678901234567890"), typed, Millis(59_000)), None);
        }
    }
}
