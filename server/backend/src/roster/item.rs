//! What is a row of a roster, once it is read?
//!
//! These types hold what Pathways keeps and nothing else: what stands in any other column is never copied out of the
//! file. What is taken in is written as JSON for its hash, by which the next run knows that nothing changed.

use domain::plan::Day;
use domain::roster::Word;
use serde::Serialize;
use std::sync::Arc;

/// A part of a roster, in the order in which parts are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The district and its schools.
    Org,
    /// People.
    User,
    /// What a person is at a school.
    Role,
    /// Birth dates of students.
    Birth,
    /// Who is whose guardian.
    Guardian,
    /// Classes of schools.
    Class,
    /// What a person is in a class.
    Enrollment,
}

impl Part {
    /// All, in their order.
    pub const ALL: [Part; 7] =
        [Part::Org, Part::User, Part::Role, Part::Birth, Part::Guardian, Part::Class, Part::Enrollment];

    /// The word it is kept by.
    pub const fn slug(self) -> &'static str {
        match self {
            Part::Org => "org",
            Part::User => "user",
            Part::Role => "role",
            Part::Birth => "birth",
            Part::Guardian => "guardian",
            Part::Class => "class",
            Part::Enrollment => "enrollment",
        }
    }
}

/// A row and where it stands.
#[derive(Debug)]
pub(super) struct Row<T> {
    /// The line of the file, from 1.
    pub(super) line: u64,
    /// Their identifier.
    pub(super) sourced_id: String,
    /// What it says; none when it holds no longer.
    pub(super) item: Option<T>,
}

/// A district or a school.
#[derive(Debug, Serialize)]
pub(super) struct Org {
    pub(super) name: String,
    /// A school, or something that stands for the district.
    pub(super) school: bool,
    /// The code of the state's directory, if the identifier is one.
    pub(super) cds: Option<String>,
}

/// A class.
#[derive(Debug, Serialize)]
pub(super) struct Class {
    pub(super) title: String,
    /// Their identifier of the school.
    pub(super) school: String,
}

/// A person.
#[derive(Debug, Serialize)]
pub(super) struct User {
    pub(super) given_name: String,
    pub(super) family_name: String,
    /// None when the files do not say, as a later part of a 1.2 roster.
    pub(super) word: Option<Word>,
    /// `en` or `es`, if the files say.
    pub(super) tongue: Option<&'static str>,
    /// Of adults only.
    pub(super) email: Option<String>,
}

/// A role at a school or in a class.
#[derive(Debug, Serialize)]
pub(super) struct Grant {
    /// Their identifier of the person.
    pub(super) user: String,
    pub(super) word: Word,
    /// Their identifier of the school or class; none for a guardian, who is one everywhere.
    pub(super) at: Option<String>,
    /// The only place that the row names. When there are more, the district among them gives no role and is no mistake.
    pub(super) sole: bool,
}

/// A birth date.
#[derive(Debug)]
pub(super) struct Birth {
    pub(super) born: Day,
}

/// Two people of whom one names the other as an agent.
#[derive(Debug, Serialize)]
pub(super) struct Family {
    /// Who names.
    pub(super) user: String,
    /// Who is named.
    pub(super) agent: String,
}

/// Rows of one part.
#[derive(Debug)]
pub(super) enum Rows {
    Orgs(Vec<Row<Org>>),
    Users(Vec<Row<User>>),
    Roles(Vec<Row<Grant>>),
    Births(Vec<Row<Birth>>),
    Families(Vec<Row<Family>>),
    Classes(Vec<Row<Class>>),
    Enrollments(Vec<Row<Grant>>),
}

/// Some rows of one file: what is written in one transaction.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) part: Part,
    /// The name of the file.
    pub(super) file: Arc<str>,
    pub(super) rows: Rows,
    pub(super) problems: Vec<Problem>,
    /// A row could not be read so far as to know whose it is.
    pub(super) unreadable: bool,
    /// Each row is told by the row of a person: when nobody is known, it was said of that row already.
    pub(super) by_person: bool,
}

/// A row that was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: Arc<str>,
    /// The line, from 1, as an editor shows it.
    pub line: u64,
    /// The column; empty when the whole line is meant.
    pub field: &'static str,
    /// Why.
    pub reason: Reason,
    /// Their identifier, to leave alone what an earlier run took in.
    pub(super) sourced_id: Option<String>,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $reason:ident = $slug:literal: $words:literal,)+) => {
        /// Why a row was not taken in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $($(#[$doc])* $reason,)+
        }

        impl Reason {
            /// All of them.
            pub const ALL: &'static [Reason] = &[$(Reason::$reason),+];

            /// The word it is kept by.
            pub const fn slug(self) -> &'static str {
                match self { $(Reason::$reason => $slug),+ }
            }

            /// The one that is kept by this word.
            pub fn from_slug(slug: &str) -> Option<Reason> {
                match slug { $($slug => Some(Reason::$reason),)+ _ => None }
            }
        }

        /// In words for the command line.
        impl std::fmt::Display for Reason {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self { $(Reason::$reason => $words),+ })
            }
        }
    };
}

reasons! {
    /// The row has more or fewer cells than the header.
    Cells = "cells": "it has more or fewer cells than the header",
    /// The row is not UTF-8.
    Encoding = "encoding": "it is not UTF-8; save the file as UTF-8",
    /// A cell that must hold something is blank.
    Blank = "blank": "it may not be blank",
    /// A text is too long, or holds what no name holds.
    Text = "text": "it is too long or holds characters that cannot be shown",
    /// The status is none of the standard.
    Status = "status": "it is neither active nor tobedeleted",
    /// Not a day of the calendar, or a birth date in the future.
    Date = "date": "it is no date that can be right; write 2013-05-31",
    /// Not an e-mail address.
    Email = "email": "it is no e-mail address",
    /// Not a language that Pathways speaks.
    Language = "language": "it is neither en nor es",
    /// The word for a role opens nothing here.
    Role = "role": "this role is not taken from a roster",
    /// The kind of organisation is none of the standard.
    Kind = "kind": "it is no kind of organisation of the standard",
    /// The same identifier stands in an earlier line.
    Duplicate = "duplicate": "it stands in an earlier line already",
    /// The organisation or class is not known.
    NoPlace = "no-place": "no school or class of this roster has this identifier",
    /// The person is not known.
    Nobody = "nobody": "nobody on this roster has this identifier",
    /// The role is not worn at such a place.
    NotWornThere = "not-worn-there": "this role is worn at a school, not at a district",
    /// The roster tells nowhere what this person is.
    NoRole = "no-role": "the roster does not tell what this person is",
    /// The agent is not a guardian, or the other is no student.
    NoFamily = "no-family": "one of the two must be a student, the other a parent, guardian or relative",
    /// Somebody else has this e-mail address.
    EmailTaken = "email-taken": "somebody else has this e-mail address",
    /// The person's record was deleted, and a roster does not bring it back.
    Deleted = "deleted": "this person's record was deleted on request",
    /// The school or district belongs to another district.
    Elsewhere = "elsewhere": "it belongs to another district",
    /// Several rows tell different things of one student.
    Contradiction = "contradiction": "an earlier line of this student tells something else",
}
