//! Who belongs to a student's family, and what did it allow?
//!
//! | deed | who may | module |
//! |---|---|---|
//! | [`make_code`], [`end_codes`] | a guardian, a teacher, staff | `paper` |
//! | [`look_up`], [`join`], [`join_as_new`] | who holds the paper | `paper` |
//! | [`children`] | the family | `members` |
//! | [`students`] | a teacher, staff | `members` |
//! | [`waiting`] | the family, a teacher, staff | `members` |
//! | [`of_student`] | the family, a teacher, staff | `members` |
//! | [`restrict`] | staff | `members` |
//! | [`decide`] | a guardian; from 18 on the student | `consents` |
//! | [`record_paper`], [`record_taken_back`] | a teacher or staff with the paper in hand | `consents` |
//! | [`allowed`], [`room_open`] | other features, about a student | `consents` |
//!
//! A student needs no e-mail and no account of their own for any of this. A guardian who has neither signs on paper.
//!
//! What is open is never stored: [`domain::family::open`] derives it from everything that was said, and from who is a
//! guardian right now. So a restriction, a birthday and a consent that is taken back work from that moment on.

mod consents;
mod members;
mod paper;
mod store;

use crate::clock::{Clock, Millis};
use crate::database::Conn;
use crate::fault::Fault;
use crate::outbox::{self, Notice, To};
use crate::people::{password::Weak, person};
use domain::family::{ConsentKind, Unfit};
use domain::people::PersonId;
use domain::policy::Subject;

pub use consents::{
    Decision, Paper, PaperSigner, Read, allowed, decide, record_paper, record_taken_back, room_open,
};
pub use members::{
    Child, Family, MOST_LISTED, May, Member, Said, Standing, Student, children, of_student, restrict,
    students, waiting,
};
pub use paper::{Holds, NewGuardian, Printed, end_codes, join, join_as_new, look_up, make_code};

/// What can be wrong with what a person sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// No paper that is still good has this code: never made, mistyped, used, too old, or not for this holder. It is
    /// not said which, so that nobody learns whether a code was ever made.
    #[error("no paper has this code")]
    Code,
    /// As many papers of this student are out as may be.
    #[error("too many papers are out")]
    ManyPapers,
    /// Somebody cannot do this for this student.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// A name is empty, or longer than 60 characters.
    #[error("a name has 1 to 60 characters")]
    Name,
    /// This is no e-mail address.
    #[error("this is no e-mail address")]
    Email,
    /// The address belongs to somebody who is here: they sign in instead. Only told to who holds a good paper.
    #[error("this e-mail address has an account")]
    EmailTaken,
    /// The new password is too weak.
    #[error("{0}")]
    Weak(Weak),
    /// Nothing is ticked on the paper.
    #[error("nothing is ticked")]
    Nothing,
    /// The text that was read is not today's.
    #[error("the text has changed")]
    TextChanged,
}

/// The facts about a student; nobody else's record is a family's.
async fn student_subject(conn: &mut Conn<'_>, clock: &Clock, id: PersonId) -> Result<Option<Subject>, Fault> {
    Ok(person::subject(conn, clock, id).await?.filter(|subject| subject.student))
}

/// A name as it is kept: without spaces around it, and no longer than people's names are.
fn name(typed: &str) -> Result<&str, Wrong> {
    domain::people::name::name(typed, 60).ok_or(Wrong::Name)
}

/// Tells every guardian who may see the student, but one, if one is named.
async fn tell_guardians(
    conn: &mut Conn<'_>,
    now: Millis,
    student: &Subject,
    but: Option<PersonId>,
    notice: &Notice,
) -> Result<(), Fault> {
    for guardian in student.guardians.iter().copied().filter(|guardian| Some(*guardian) != but) {
        outbox::tell(conn, now, &To::Person(guardian), notice).await?;
    }
    Ok(())
}

/// The words of the audit for a consent: what, and which one of it.
fn words_of(kind: &ConsentKind) -> String {
    match kind.object() {
        Some(object) => format!("{} {object}", kind.slug()),
        None => kind.slug().to_owned(),
    }
}
