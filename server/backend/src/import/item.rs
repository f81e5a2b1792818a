//! What can one line of a file bring?

use crate::record::Record;
use crate::record::fact::{DoubtRow, FactRow, ReferenceRow};
use crate::record::listing::{AliasRow, GoPassRow, PathwayRow};
use crate::record::place::{StationRow, ZipRow};
use crate::record::school::SchoolRow;
use crate::record::source::SourceRow;

/// One row for the database.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    Source(SourceRow),
    School(Box<SchoolRow>),
    Fact(FactRow),
    /// A figure that gives way to the same figure of another source, whichever is read first.
    Spare(FactRow),
    /// A figure whose school others found by name.
    Matched(Box<Matched>),
    Doubt(DoubtRow),
    Reference(ReferenceRow),
    Zip(ZipRow),
    Station(StationRow),
    GoPass(GoPassRow),
    Pathway(PathwayRow),
    Alias(AliasRow),
    /// A row that is rightly not used, with the reason in words that follow a number.
    LeftOut(&'static str),
}

/// A figure of a list that knows no code, and what the list says of the school.
#[derive(Clone, Debug)]
pub(crate) struct Matched {
    pub(crate) row: FactRow,
    /// The listed name, where it must agree with the state's.
    pub(crate) name: Option<String>,
    /// The listed city or place, which must agree in any case.
    pub(crate) place: String,
}

impl Item {
    /// By what two lines of one file are found to speak of the same thing.
    pub(crate) fn key(&self) -> Option<String> {
        fn key<R: Record>(row: &R) -> String {
            format!("{} {}", R::WORD, row.key())
        }
        Some(match self {
            Item::Source(row) => key(row),
            Item::School(row) => key(&**row),
            Item::Fact(row) | Item::Spare(row) => key(row),
            Item::Matched(matched) => key(&matched.row),
            Item::Doubt(row) => key(row),
            Item::Reference(row) => key(row),
            Item::Zip(row) => key(row),
            Item::Station(row) => key(row),
            Item::GoPass(row) => key(row),
            Item::Pathway(row) => key(row),
            Item::Alias(row) => key(row),
            Item::LeftOut(_) => return None,
        })
    }

    /// The school it speaks of, and must find in the directory.
    pub(crate) fn of_school(&self) -> Option<&str> {
        match self {
            Item::Fact(row) | Item::Spare(row) => Some(&row.cds),
            Item::Matched(matched) => Some(&matched.row.cds),
            Item::Doubt(row) => Some(&row.cds),
            Item::GoPass(row) => Some(&row.cds),
            Item::Pathway(row) => Some(&row.cds),
            Item::Alias(row) => Some(&row.cds),
            _ => None,
        }
    }

    /// The source it names.
    pub(crate) fn source(&self) -> Option<&str> {
        match self {
            Item::School(row) => Some(&row.source),
            Item::Fact(row) => Some(&row.source),
            Item::Matched(matched) => Some(&matched.row.source),
            Item::Doubt(row) => Some(&row.source),
            Item::Reference(row) => Some(&row.source),
            Item::Zip(row) => Some(&row.source),
            Item::Station(row) => Some(&row.source),
            Item::GoPass(row) => Some(&row.source),
            Item::Pathway(row) => Some(&row.source),
            // A source that gives way is named when it is needed.
            Item::Source(_) | Item::Alias(_) | Item::LeftOut(_) | Item::Spare(_) => None,
        }
    }
}
