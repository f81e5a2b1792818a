//! How does somebody get in who lost their phone? With a code from paper, once.
//!
//! A code has 47 bits, too few for a plain hash: what is kept is argon2id of it, salted with the person, so that a
//! table that leaks gives nobody's codes away. Equal codes of one person give equal hashes, which lets one statement
//! find and use a code up.

use super::factors::{self, Wrong};
use super::password::{argon2, beside};
use crate::clock::{Clock, Millis};
use crate::database::query::{execute, insert_all};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::secret::{digest, hex, random};
use crate::stop::Stop;
use domain::people::{PersonId, RECOVERY_CODES, RecoveryCode};
use domain::policy::table::ChangeOwnKeys;
use domain::policy::{Actor, Permit, Refusal};

/// Codes that were made and not yet kept.
pub(super) struct Fresh {
    codes: Vec<RecoveryCode>,
    hashes: Vec<String>,
}

/// Gives ten new codes in place of all before, to be shown once.
///
/// # Errors
/// A refusal; a fault of the database or of chance.
pub async fn renew(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
) -> Result<Vec<RecoveryCode>, Stop<Wrong>> {
    let fresh = Fresh::new(actor.person().ok_or(Refusal::SignIn)?).await?;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = factors::own_keys(&mut conn, clock, actor).await?.permit;
    replace(&mut conn, &permit, &fresh).await?;
    factors::changed(&mut conn, clock.now(), &permit, "new recovery codes were made").await?;
    transaction.commit().await?;
    Ok(fresh.shown())
}

impl Fresh {
    /// Makes codes for a person.
    pub(super) async fn new(person: PersonId) -> Result<Fresh, Fault> {
        let mut codes = Vec::with_capacity(RECOVERY_CODES);
        while codes.len() < RECOVERY_CODES {
            let code = RecoveryCode::from_random(&random::<32>()?).ok_or(Fault::Chance)?;
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let hashed = codes.clone();
        let hashes =
            beside(move || hashed.iter().map(|code| hash(person, code)).collect::<Result<_, _>>()).await??;
        Ok(Fresh { codes, hashes })
    }

    /// The codes, for their owner.
    pub(super) fn shown(self) -> Vec<RecoveryCode> {
        self.codes
    }
}

/// Keeps new codes in place of all before.
pub(super) async fn replace(
    conn: &mut Conn<'_>,
    permit: &Permit<ChangeOwnKeys>,
    fresh: &Fresh,
) -> Result<(), Fault> {
    let person = permit.on().id.to_string();
    execute!(conn, "delete from recovery_code where person_id = $1", &person)?;
    insert_all!(
        conn,
        "insert into recovery_code (person_id, code_hash)",
        &fresh.hashes,
        |hash| [person.clone(), hash.clone()],
        ""
    )
    .map(drop)
}

/// What is kept of a code.
pub(super) async fn stored(person: PersonId, code: RecoveryCode) -> Result<String, Fault> {
    beside(move || hash(person, &code)).await?
}

/// Uses a code up: true once for each, however many tabs and servers try it at once.
pub(super) async fn spend(
    conn: &mut Conn<'_>,
    now: Millis,
    person: PersonId,
    hash: &str,
) -> Result<bool, Fault> {
    let spent = execute!(
        conn,
        "update recovery_code set used_at = $3 where person_id = $1 and code_hash = $2 and used_at is null",
        person.to_string(),
        hash,
        now,
    )?;
    Ok(spent == 1)
}

fn hash(person: PersonId, code: &RecoveryCode) -> Result<String, Fault> {
    let salt = digest("recovery code of", person.to_string().as_bytes());
    let mut hash = [0; 32];
    argon2().hash_password_into(code.symbols(), &salt, &mut hash).map_err(|_| Fault::Chance)?;
    Ok(hex(&hash))
}
