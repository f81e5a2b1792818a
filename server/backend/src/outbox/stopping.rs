//! How does one click stop a kind of notice, by whoever has the mail and without signing in?
//!
//! The link carries whom it is for, what it stops and until when, and an HMAC-SHA-256 over them with a key of this
//! installation. It can do nothing but stop these kinds for this person, so a mail that is passed on gives nothing
//! else away, and opening it twice changes nothing more. Looking at a link stops nothing: mail scanners open all of them.

use super::store;
use crate::admin::{audit, key};
use crate::clock::{Clock, Millis};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::people::person;
use crate::stop::Stop;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::outbox::NoticeKind;
use domain::people::PersonId;
use domain::policy::Actor;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

/// How long a link in a mail works: 60 days. The law asks for 30 (15 U.S.C. 7704(a)(3)).
const LASTS: i64 = 60 * 24 * 3_600_000;

/// The name of the key, and of what is signed with it.
const PURPOSE: &str = "stop notices";

/// The longest text that could be a link: all kinds there are, and room for more.
const LONGEST: usize = 1_024;

/// What is wrong with a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is none of ours, or was changed.
    #[error("this link stops nothing")]
    NoLink,
    /// Its time is over.
    #[error("this link has expired")]
    Expired,
}

/// A link that was proven to be ours, and to work still: it is the permit to stop these kinds for this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proven {
    person: PersonId,
    kinds: Vec<NoticeKind>,
}

impl Proven {
    pub(super) fn person(&self) -> PersonId {
        self.person
    }

    pub(super) fn kinds(&self) -> &[NoticeKind] {
        &self.kinds
    }
}

/// The key that links are signed with.
pub(super) struct Key([u8; 32]);

impl Key {
    pub(super) async fn load(conn: &mut Conn<'_>, now: Millis) -> Result<Key, Fault> {
        key::key(conn, now, PURPOSE).await.map(Key)
    }

    /// What a mail carries to stop those of these kinds that can be stopped; none when there are none.
    pub(super) fn link(&self, now: Millis, person: &str, kinds: &[NoticeKind]) -> Option<String> {
        let slugs: Vec<&str> = kinds.iter().filter(|kind| kind.can_stop()).map(|kind| kind.slug()).collect();
        if slugs.is_empty() {
            return None;
        }
        let mut bytes = Uuid::try_parse(person).ok()?.as_bytes().to_vec();
        bytes.extend_from_slice(&(now.0.saturating_add(LASTS)).to_be_bytes());
        bytes.extend_from_slice(slugs.join(",").as_bytes());
        let sum: [u8; 32] = self.sum(&bytes).finalize().into_bytes().into();
        Some(URL_SAFE_NO_PAD.encode([sum.as_slice(), &bytes].concat()))
    }

    fn prove(&self, now: Millis, link: &str) -> Result<Proven, Wrong> {
        let bytes = Some(link).filter(|link| link.len() <= LONGEST);
        let bytes = bytes.and_then(|link| URL_SAFE_NO_PAD.decode(link).ok()).ok_or(Wrong::NoLink)?;
        let (sum, signed) = bytes.split_at_checked(32).ok_or(Wrong::NoLink)?;
        // Compared in constant time.
        self.sum(signed).verify_slice(sum).map_err(|_| Wrong::NoLink)?;
        let (person, rest) = signed.split_first_chunk::<16>().ok_or(Wrong::NoLink)?;
        let (until, slugs) = rest.split_first_chunk::<8>().ok_or(Wrong::NoLink)?;
        if i64::from_be_bytes(*until) <= now.0 {
            return Err(Wrong::Expired);
        }
        let slugs = str::from_utf8(slugs).map_err(|_| Wrong::NoLink)?;
        // What could be stopped when the mail was sent and cannot any more is left as it is.
        let kinds = slugs.split(',').filter_map(NoticeKind::from_slug).filter(|kind| kind.can_stop());
        Ok(Proven { person: PersonId::new(Uuid::from_bytes(*person)), kinds: kinds.collect() })
    }

    fn sum(&self, bytes: &[u8]) -> Hmac<Sha256> {
        // Every length of key is allowed, so the other branch is never taken.
        let mac = Hmac::<Sha256>::new_from_slice(&self.0).unwrap_or_else(|_| Hmac::new(&Default::default()));
        mac.chain_update(PURPOSE).chain_update([0]).chain_update(bytes)
    }
}

/// What a link would stop. Changes nothing.
///
/// # Errors
/// [`Wrong`]; a fault of the database.
pub async fn look(database: &Database, clock: &Clock, link: &str) -> Result<Vec<NoticeKind>, Stop<Wrong>> {
    let mut lease = database.lease().await?;
    let key = Key::load(&mut lease.conn(), clock.now()).await?;
    Ok(key.prove(clock.now(), link).map_err(Stop::Wrong)?.kinds)
}

/// Stops what the link says, and says what that was.
///
/// # Errors
/// [`Wrong`]; a fault of the database.
pub async fn stop(database: &Database, clock: &Clock, link: &str) -> Result<Vec<NoticeKind>, Stop<Wrong>> {
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let proven = Key::load(&mut conn, now).await?.prove(now, link).map_err(Stop::Wrong)?;
    // Somebody who is gone gets no mail anyway.
    if person::by_id(&mut conn, proven.person).await?.is_some() {
        store::stop(&mut conn, &proven, now).await?;
        let line = audit::Line {
            at: now,
            actor: &Actor::Machine,
            action: "StopNotices",
            subject: Some(proven.person),
            detail: "by the link in a mail",
        };
        audit::add(&mut conn, &line).await?;
    }
    transaction.commit().await?;
    Ok(proven.kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSON: &str = "0198a5c2-1234-7abc-8def-0123456789ab";

    #[test]
    fn a_link_says_what_it_said_when_it_was_made_and_nothing_else() {
        let key = Key([7; 32]);
        let now = Millis(1_780_000_000_000);
        let kinds = [NoticeKind::ConsentChanged, NoticeKind::KeysChanged, NoticeKind::ScreeningEnds];
        let link = key.link(now, PERSON, &kinds).unwrap();
        let proven = key.prove(now, &link).unwrap();
        assert_eq!(proven.person.to_string(), PERSON);
        assert_eq!(proven.kinds, [NoticeKind::ConsentChanged, NoticeKind::ScreeningEnds]);
        assert_eq!(key.prove(Millis(now.0 + LASTS - 1), &link), Ok(proven));
        assert_eq!(key.prove(Millis(now.0 + LASTS), &link), Err(Wrong::Expired));
        assert_eq!(Key([8; 32]).prove(now, &link), Err(Wrong::NoLink), "another installation's");
        assert_eq!(
            key.link(now, PERSON, &[NoticeKind::KeysChanged]),
            None,
            "what cannot be stopped has no link"
        );
    }

    #[test]
    fn no_bit_of_a_link_can_be_changed() {
        let (key, now) = (Key([7; 32]), Millis(1_780_000_000_000));
        let link = key.link(now, PERSON, &[NoticeKind::ConsentChanged]).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(&link).unwrap();
        for at in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[at / 8] ^= 1 << (at % 8);
            assert_eq!(key.prove(now, &URL_SAFE_NO_PAD.encode(changed)), Err(Wrong::NoLink), "bit {at}");
        }
        for length in 0..link.len() {
            assert_eq!(key.prove(now, &link[..length]), Err(Wrong::NoLink), "{length} letters of it");
        }
        for wrong in ["", "%", "ñ", &format!("{link}="), &format!("{link}A"), &"A".repeat(100_000)] {
            assert_eq!(key.prove(now, wrong), Err(Wrong::NoLink));
        }
    }
}
