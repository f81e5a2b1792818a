//! Is every line of the audit as it was written?
//!
//! Whoever can write to the database could write the whole chain anew. A [`Mark`] that was noted elsewhere (each
//! backup holds one) shows that, too: the chain must still pass through it.

use super::Link;
use crate::database::query::{fetch_all, fetch_one};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use std::fmt;
use std::str::FromStr;

/// How many lines are in memory at once.
const PAGE: i64 = 1_000;

/// A line by its number and hash. Written `17:5f2a..`, and `0:` before the first line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The number of the line.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// Not a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a mark is the number of a line, a colon and its hash, as `pathways audit verify` prints it")]
pub struct NoMark;

/// What became of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every line is as it was written.
    Whole {
        /// How many lines there are.
        lines: u64,
        /// The newest of them.
        newest: Mark,
    },
    /// It is not.
    Broken {
        /// The first line that shows it.
        seq: i64,
        /// What is wrong there.
        why: Why,
    },
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Why {
    /// It is not there.
    #[error("it is missing")]
    Missing,
    /// What it says does not give its hash.
    #[error("it was changed")]
    Changed,
    /// It does not follow the line before it.
    #[error("it does not follow the line before it")]
    Unchained,
    /// It stands where no line was written.
    #[error("it was put in")]
    Extra,
    /// It is the newest, and the head of the chain says something else.
    #[error("it is the newest, and the head of the chain says otherwise")]
    Head,
    /// It is not the line that was noted elsewhere.
    #[error("it is not the line that the mark names; the chain was written anew")]
    Mark,
}

#[derive(sqlx::FromRow)]
pub(crate) struct Head {
    pub(crate) seq: i64,
    pub(crate) hash: String,
    gone_seq: i64,
    gone_hash: String,
}

/// The newest line, and the newest of those that are gone.
pub(crate) async fn head(conn: &mut Conn<'_>) -> Result<Head, Fault> {
    fetch_one!(conn, Head, "select seq, hash, gone_seq, gone_hash from audit_head where id = 1")
}

/// Reads the whole chain at one moment, while others go on writing, a thousand lines at a time.
///
/// # Errors
/// [`Fault::Database`].
pub async fn verify(database: &Database, mark: Option<&Mark>) -> Result<Verdict, Fault> {
    let mut snapshot = database.snapshot().await?;
    verify_on(&mut snapshot.conn(), mark).await
}

/// The same, inside of a transaction.
pub(crate) async fn verify_on(conn: &mut Conn<'_>, mark: Option<&Mark>) -> Result<Verdict, Fault> {
    let head = head(conn).await?;
    let broken = |seq, why| Ok(Verdict::Broken { seq, why });
    let mut last = Mark { seq: head.gone_seq, hash: head.gone_hash };
    let missed = |at: &Mark| mark.is_some_and(|mark| mark.seq == at.seq && mark.hash != at.hash);
    if missed(&last) {
        return broken(last.seq, Why::Mark);
    }
    let mut from = i64::MIN;
    loop {
        let page = fetch_all!(
            &mut *conn,
            Link,
            "select seq, at, actor_id, role, action, subject_id, detail, previous_hash, hash
             from audit where seq > $1 order by seq limit $2",
            from,
            PAGE,
        )?;
        if page.is_empty() {
            break;
        }
        for link in page {
            from = link.seq;
            if let Some(why) = wrong(&link, &last, head.seq) {
                return broken(if why == Why::Missing { last.seq + 1 } else { link.seq }, why);
            }
            last = Mark { seq: link.seq, hash: link.hash };
            if missed(&last) {
                return broken(last.seq, Why::Mark);
            }
        }
    }
    if last.seq < head.seq {
        return broken(last.seq + 1, Why::Missing);
    }
    if last.hash != head.hash {
        return broken(head.seq, Why::Head);
    }
    if let Some(mark) = mark
        && mark.seq > last.seq
    {
        return broken(mark.seq, Why::Missing);
    }
    let lines = u64::try_from(last.seq - head.gone_seq).unwrap_or_default();
    Ok(Verdict::Whole { lines, newest: last })
}

/// What is wrong with a line that should come after this one, in a chain that ends there.
fn wrong(link: &Link, last: &Mark, end: i64) -> Option<Why> {
    if link.seq <= last.seq || link.seq > end {
        return Some(Why::Extra);
    }
    if link.seq != last.seq + 1 {
        return Some(Why::Missing);
    }
    if link.previous_hash != last.hash {
        return Some(Why::Unchained);
    }
    (link.hash != link.chained()).then_some(Why::Changed)
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

impl FromStr for Mark {
    type Err = NoMark;

    fn from_str(text: &str) -> Result<Mark, NoMark> {
        let (seq, hash) = text.split_once(':').ok_or(NoMark)?;
        let seq = seq.parse().ok().filter(|seq| *seq >= 0).ok_or(NoMark)?;
        let whole = hash.len() == 64 && hash.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        if !whole && !(seq == 0 && hash.is_empty()) {
            return Err(NoMark);
        }
        Ok(Mark { seq, hash: hash.to_owned() })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Whole { lines: 0, .. } => f.write_str("the audit has no lines yet"),
            Verdict::Whole { lines, newest } => {
                write!(f, "the audit is whole: {lines} lines; mark {newest}")
            }
            Verdict::Broken { seq, why } => write!(f, "the audit is broken at line {seq}: {why}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_is_written() {
        let mark = Mark { seq: 17, hash: "5f".repeat(32) };
        assert_eq!(mark.to_string().parse(), Ok(mark));
        assert_eq!("0:".parse(), Ok(Mark { seq: 0, hash: String::new() }));
        for wrong in [
            "",
            "17",
            "17:",
            "17:5f",
            "-1:",
            &format!("x:{}", "5f".repeat(32)),
            &format!("1:{}", "5F".repeat(32)),
        ] {
            assert_eq!(wrong.parse::<Mark>(), Err(NoMark), "{wrong}");
        }
    }
}
