//! What is due, and what became of it?
//!
//! A batch is claimed, each notice gets its fate ([`domain::outbox::fate`]), and what is to be sent is sent one mail
//! after the other. Before each try the rows are claimed once more, so a process that was slow sends nothing that
//! another has taken over. If one dies between sending a mail and writing that down, the mail is sent again with the
//! same identifier: better told twice than not at all.

use super::Notice;
use super::letter::{Envelope, letter};
use super::post::{Failed, Post};
use super::stopping::Key;
use super::store::{self, Claim, Row};
use crate::clock::{Clock, Millis, in_los_angeles, moment_in_los_angeles};
use crate::database::Database;
use crate::fault::Fault;
use domain::outbox::{Asked, Fate, NoticeKind, Reader, Unsent, Way, fate, minutes_until_next_try};
use lettre::Address;
use lettre::message::Mailbox;
use text::Lang;

/// How long a claim holds: longer than a mail server may take for all its answers.
const CLAIM: i64 = 5 * MINUTE;

/// How many readers' notices are claimed at once.
const READERS: i64 = 20;

const MINUTE: i64 = 60_000;

/// What mail is sent with.
#[derive(Clone, Debug)]
pub struct Mailroom {
    post: Post,
    from: Mailbox,
    origin: String,
}

impl Mailroom {
    /// Mails go this way, come from `from`, and lead to the site at `origin`, such as `https://pathways.example.org`.
    ///
    /// # Errors
    /// [`Fault::Sender`] when nothing can come from there.
    pub fn new(post: Post, from: &str, origin: &str) -> Result<Mailroom, Fault> {
        let from = from.parse().map_err(|_| Fault::Sender(from.to_owned()))?;
        Ok(Mailroom { post, from, origin: origin.trim_end_matches('/').to_owned() })
    }

    /// Does mail reach the world?
    pub const fn leaves(&self) -> bool {
        self.post.leaves()
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Mails that were sent.
    pub mails: u64,
    /// Notices that these told.
    pub told: u64,
    /// Notices that wait for a better hour.
    pub waiting: u64,
    /// Notices that nobody is told.
    pub dropped: u64,
    /// Notices of mails that failed.
    pub failed: u64,
}

/// Sends what is due.
///
/// # Errors
/// [`Fault::Database`]; what was claimed and not sent by then comes back by itself.
pub async fn deliver(database: &Database, clock: &Clock, room: &Mailroom) -> Result<Delivered, Fault> {
    let mut delivered = Delivered::default();
    let key = {
        let mut transaction = database.begin().await?;
        let key = Key::load(&mut transaction.conn(), clock.now()).await?;
        transaction.commit().await?;
        key
    };
    loop {
        let claim = Claim::new();
        let rows = batch(database, clock, &claim).await?;
        if rows.is_empty() {
            return Ok(delivered);
        }
        let mails = sort(database, clock, room, &claim, rows, &mut delivered).await?;
        for mail in mails {
            send(database, clock, room, &claim, &key, &mail, &mut delivered).await?;
        }
    }
}

async fn batch(database: &Database, clock: &Clock, claim: &Claim) -> Result<Vec<Row>, Fault> {
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let claimed = store::claim(&mut conn, claim, now, Millis(now.0 + CLAIM), READERS).await?;
    let rows = if claimed == 0 { Vec::new() } else { store::claimed(&mut conn, claim).await? };
    transaction.commit().await?;
    Ok(rows)
}

/// One mail: a notice, or several of one reader.
struct Mail {
    rows: Vec<Row>,
    notices: Vec<Notice>,
}

/// Gives each notice its fate, and writes down of those that are not sent now.
async fn sort(
    database: &Database,
    clock: &Clock,
    room: &Mailroom,
    claim: &Claim,
    rows: Vec<Row>,
    delivered: &mut Delivered,
) -> Result<Vec<Mail>, Fault> {
    let now = clock.now();
    let mut mails: Vec<Mail> = Vec::new();
    // The last mail of the reader whose rows are being read, if it takes more.
    let mut open: Option<(String, usize)> = None;
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    for row in rows {
        // What another version of Pathways wrote may not be readable by this one.
        let Ok(notice) = serde_json::from_str::<Notice>(&row.body) else {
            store::give_up(&mut conn, claim, &row.id, now, Unsent::Unreadable).await?;
            delivered.failed += 1;
            continue;
        };
        match fate(row.asked(notice.kind()), row.reader(), room.post.leaves(), in_los_angeles(now)) {
            Fate::Drop(why) => {
                store::give_up(&mut conn, claim, &row.id, now, why).await?;
                delivered.dropped += 1;
            }
            Fate::Wait(until) => {
                store::wait(&mut conn, claim, &row.id, moment_in_los_angeles(until), None).await?;
                delivered.waiting += 1;
            }
            Fate::Send => mails.push(Mail { rows: vec![row], notices: vec![notice] }),
            Fate::Join => {
                let reader = row.person_id.clone().unwrap_or_else(|| row.id.clone());
                if let Some((_, at)) = open.as_ref().filter(|(other, _)| *other == reader) {
                    mails[*at].rows.push(row);
                    mails[*at].notices.push(notice);
                } else {
                    open = Some((reader, mails.len()));
                    mails.push(Mail { rows: vec![row], notices: vec![notice] });
                }
            }
        }
    }
    transaction.commit().await?;
    Ok(mails)
}

async fn send(
    database: &Database,
    clock: &Clock,
    room: &Mailroom,
    claim: &Claim,
    key: &Key,
    mail: &Mail,
    delivered: &mut Delivered,
) -> Result<(), Fault> {
    let [first, ..] = mail.rows.as_slice() else { return Ok(()) };
    let began = clock.now();
    let mut transaction = database.begin().await?;
    for row in &mail.rows {
        if !store::take(&mut transaction.conn(), claim, &row.id, Millis(began.0 + CLAIM)).await? {
            // Another process has it: dropping the transaction leaves the count of tries as it was.
            return Ok(());
        }
    }
    transaction.commit().await?;
    let outcome = match pack(room, key, began, mail) {
        Some(message) => room.post.send(&first.id, message).await.map_err(Failed::problem),
        None => Err(Unsent::Unreadable),
    };
    let now = clock.now();
    let notices = u64::try_from(mail.rows.len()).unwrap_or_default();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    for row in &mail.rows {
        match outcome {
            Ok(()) => store::sent(&mut conn, claim, &row.id, now).await?,
            Err(problem) => {
                let tries = u32::try_from(row.tries + 1).unwrap_or(u32::MAX);
                match minutes_until_next_try(tries).filter(|_| problem == Unsent::Unreachable) {
                    Some(minutes) => {
                        let until = Millis(now.0 + minutes * MINUTE);
                        store::wait(&mut conn, claim, &row.id, until, Some(problem)).await?;
                    }
                    None => store::give_up(&mut conn, claim, &row.id, now, problem).await?,
                }
            }
        }
    }
    transaction.commit().await?;
    if let Err(problem) = outcome {
        tracing::warn!(id = %first.id, problem = problem.slug(), "a mail was not sent");
        delivered.failed += notices;
    } else {
        delivered.mails += 1;
        delivered.told += notices;
    }
    Ok(())
}

/// Puts a mail into words and packs it; nothing when that cannot be done.
fn pack(room: &Mailroom, key: &Key, now: Millis, mail: &Mail) -> Option<lettre::Message> {
    let first = mail.rows.first()?;
    let mut kinds: Vec<NoticeKind> = mail.notices.iter().map(Notice::kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let stop = first.person_id.as_deref().and_then(|person| key.link(now, person, &kinds));
    let envelope = Envelope {
        origin: &room.origin,
        lang: if first.tongue == Lang::Es.code() { Lang::Es } else { Lang::En },
        name: first.given_name.as_deref(),
        stop: stop.as_deref(),
    };
    let address: Address = first.address.as_deref()?.parse().ok()?;
    letter(&envelope, &mail.notices).pack(&first.id, now, &room.from, address).ok()
}

impl Row {
    /// What is asked of the rules.
    fn asked(&self, kind: NoticeKind) -> Asked {
        Asked {
            kind,
            chosen: self.way.as_deref().and_then(Way::from_slug),
            made: in_los_angeles(self.made_at),
        }
    }

    fn reader(&self) -> Reader {
        let address = self.address.as_deref().unwrap_or_default();
        Reader {
            student: self.student,
            // What is no address never becomes one: nothing of such a notice is kept to be tried again.
            reachable: address.parse::<Address>().is_ok(),
            suspended: self.suspended,
            deleted: self.deleted,
            made_up: self.demo || belongs_to_nobody(address),
        }
    }
}

/// Names that are kept free for examples (RFC 2606, RFC 6761): nobody reads mail there.
fn belongs_to_nobody(address: &str) -> bool {
    let host = address.rsplit_once('@').map_or("", |(_, host)| host).trim_end_matches('.').to_lowercase();
    let labels: Vec<&str> = host.rsplit('.').collect();
    matches!(
        labels.as_slice(),
        ["example" | "test" | "invalid" | "localhost", ..] | ["com" | "net" | "org", "example", ..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_an_example_is_nobodys() {
        for nobody in [
            "ana@demo.example",
            "ana@EXAMPLE.org",
            "ana@mail.example.com.",
            "ana@pathways.test",
            "ana@localhost",
            "ana@x.invalid",
        ] {
            assert!(belongs_to_nobody(nobody), "{nobody}");
        }
        for somebody in
            ["ana@lausd.net", "ana@example.edu", "ana@myexample.org", "ana.example@school.org", "ana"]
        {
            assert!(!belongs_to_nobody(somebody), "{somebody}");
        }
    }
}
