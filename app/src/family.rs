//! Pages of families: the paper, joining, what a family allows, and the desk of whoever works with students. Only the
//! server draws them ([`crate::drawn`]).
//!
//! | module | what it draws |
//! |---|---|
//! | [`join`] | typing the code of a paper, and coming in with it |
//! | [`sheet`] | the paper with the code, and the form to sign |
//! | [`mine`] | a guardian's children; a student's own family |
//! | [`desk`] | all families of a school; one family, for a teacher or staff |
//! | [`words`] | how a relation and a consent are called, and what each asks |

pub mod desk;
pub mod join;
pub mod mine;
pub mod sheet;
pub mod words;

use domain::family::{Closed, ConsentKind, Relation};

/// A guardian, as pages show them.
#[derive(Clone, Debug)]
pub struct Member {
    /// What to ask for.
    pub id: String,
    /// The name.
    pub name: String,
    /// What they are to the student.
    pub relation: Relation,
    /// They may not see the student.
    pub restricted: bool,
    /// The reader.
    pub you: bool,
}

/// One thing that can be allowed, as pages show it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What.
    pub kind: ConsentKind,
    /// Is it open now?
    pub open: Result<(), Closed>,
    /// There is a yes to take back.
    pub stands: bool,
    /// The reader's own yes is one of those that stand, to today's text.
    pub mine: bool,
    /// Everything that was said, oldest first.
    pub said: Vec<Said>,
}

impl Asked {
    /// The reader's answer as it stands: `yes`; `no` when nobody's yes stands; nothing when it is another's alone.
    pub fn answer(&self) -> &'static str {
        match (self.mine, self.stands) {
            (true, _) => "yes",
            (false, false) => "no",
            (false, true) => "",
        }
    }
}

/// A yes.
#[derive(Clone, Debug)]
pub struct Said {
    /// Who; nobody when the reader may not know.
    pub who: Option<String>,
    /// The day, `2026-11-22`.
    pub day: String,
    /// On a signed paper.
    pub paper: bool,
    /// The day on which it was taken back.
    pub until: Option<String>,
}
