//! Would so much end that the files are rather cut short, or of another source?
//!
//! Then nothing ends unless whoever brings them says that it is right: of these files, and of just these numbers.

use super::Wrong;
use super::ending;
use super::item::{Batch, Part, Row, Rows};
use super::reading::{Reading, Shape};
use crate::database::Database;
use crate::stop::Stop;
use domain::plan::Day;
use domain::roster::too_many_end;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// How much of a part would end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Of what.
    pub part: Part,
    /// How many rows would end.
    pub ends: u64,
    /// How many hold.
    pub of: u64,
}

/// What may end when that is more than a quarter of what holds.
#[derive(Clone, Copy, Debug)]
pub enum MayEnd<'a> {
    /// Nothing.
    Quarter,
    /// Whatever is missing.
    All,
    /// Just as much as somebody saw and said is right.
    These(&'a [Ending]),
}

impl MayEnd<'_> {
    /// Whether so much may end.
    pub(super) fn covers(self, many: &[Ending]) -> bool {
        match self {
            MayEnd::Quarter => many.is_empty(),
            MayEnd::All => true,
            MayEnd::These(said) => many.is_empty() || said == many,
        }
    }
}

/// As the audit and the command line tell it, and as a form brings it back: `user 29 of 68`.
impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} of {}", self.part.slug(), self.ends, self.of)
    }
}

/// Not what [`Ending`] is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this says of nothing how much of it ends")]
pub struct NoEnding;

impl FromStr for Ending {
    type Err = NoEnding;

    fn from_str(text: &str) -> Result<Ending, NoEnding> {
        let mut words = text.split(' ');
        let mut next = || words.next().ok_or(NoEnding);
        let (part, ends, between, of) = (next()?, next()?, next()?, next()?);
        let part = Part::ALL.into_iter().find(|known| known.slug() == part).ok_or(NoEnding)?;
        let number = |text: &str| text.parse().map_err(|_| NoEnding);
        let read = Ending { part, ends: number(ends)?, of: number(of)? };
        if between == "of" && words.next().is_none() { Ok(read) } else { Err(NoEnding) }
    }
}

/// All of them in a row.
pub(super) fn told(many: &[Ending]) -> String {
    many.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Reads everything once and writes nothing: is it whole, and what would end that is more than a quarter?
pub(super) async fn endings(
    database: &Database,
    shape: &Arc<Shape>,
    today: Day,
    source: Option<&str>,
) -> Result<Vec<Ending>, Stop<Wrong>> {
    let (mut live, mut known) = ([0; Part::ALL.len()], [0; Part::ALL.len()]);
    if let Some(source) = source {
        for part in Part::ALL.into_iter().filter(|part| shape.is_whole(*part)) {
            live[part as usize] = ending::live(&mut database.lease().await?.conn(), source, part).await?;
        }
    }
    let mut reading = Reading::begin(Arc::clone(shape), today);
    while let Some(batch) = reading.next().await.map_err(Stop::Wrong)? {
        let part = batch.part;
        // A line that nobody could read may be the one that seems to be missing: then nothing of its part ends.
        if batch.unreadable {
            live[part as usize] = 0;
        }
        if let Some(source) = source.filter(|_| live[part as usize] > 0) {
            let ids = named(batch);
            known[part as usize] +=
                ending::known(&mut database.lease().await?.conn(), source, part, &ids).await?;
        }
    }
    let of_part = |part: Part| {
        let of = live[part as usize];
        Ending { part, ends: of.saturating_sub(known[part as usize]), of }
    };
    Ok(Part::ALL.map(of_part).into_iter().filter(|one| too_many_end(one.ends, one.of)).collect())
}

/// The identifiers of which a batch tells that they hold, or of which it is not known.
fn named(batch: Batch) -> Vec<String> {
    fn live<T>(rows: Vec<Row<T>>) -> Vec<String> {
        rows.into_iter().filter(|row| row.item.is_some()).map(|row| row.sourced_id).collect()
    }
    let mut ids = match batch.rows {
        Rows::Orgs(rows) => live(rows),
        Rows::Users(rows) => live(rows),
        Rows::Roles(rows) | Rows::Enrollments(rows) => live(rows),
        Rows::Births(rows) => live(rows),
        Rows::Families(rows) => live(rows),
        Rows::Classes(rows) => live(rows),
    };
    ids.extend(batch.problems.into_iter().filter_map(|problem| problem.sourced_id));
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_is_read_as_it_is_written_and_nothing_else_is() {
        for part in Part::ALL {
            let one = Ending { part, ends: 29, of: 68 };
            assert_eq!(one.to_string().parse(), Ok(one));
        }
        for text in
            ["", "user", "user 29 of", "user 29 68", "user 29 of 68 ", "nobody 29 of 68", "user -1 of 68"]
        {
            assert_eq!(text.parse::<Ending>(), Err(NoEnding), "{text}");
        }
    }

    #[test]
    fn a_yes_is_one_to_these_numbers_only() {
        let one = |part, ends| Ending { part, ends, of: 68 };
        let (seen, more) = ([one(Part::User, 29)], [one(Part::User, 30)]);
        let wider = [one(Part::User, 29), one(Part::Class, 29)];
        assert!(MayEnd::These(&seen).covers(&seen) && MayEnd::These(&seen).covers(&[]));
        for other in [&more[..], &wider[..]] {
            assert!(!MayEnd::These(&seen).covers(other));
            assert!(MayEnd::All.covers(other) && !MayEnd::Quarter.covers(other));
        }
    }
}
