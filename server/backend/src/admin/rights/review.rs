//! What is kept about this person?
//!
//! Everything that names them or that they did, as far as it is theirs: no secret or hash of one, nobody else's name
//! outside of the family, no birth date (only the age band), and no link to a guardian that a court or school closed.

mod store;

use crate::admin::audit;
use crate::clock::{Clock, Millis};
use crate::database::{Conn, Database};
use crate::people::kept_plan::{self, Kept};
use crate::people::person;
use crate::stop::Stop;
use domain::admin::rights::{Answer, Field};
use domain::people::{Band, PersonId, Role};
use domain::policy::table::{ExportRecord, SeeStudent};
use domain::policy::{Actor, Permit, found, permit};

/// What is kept about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Who it is.
    pub person: person::Person,
    /// Since when they are here.
    pub made_at: Millis,
    /// Whether it is a student's record.
    pub student: bool,
    /// The age band; none when no birth date is known.
    pub band: Option<Band>,
    /// Roles, newest first.
    pub roles: Vec<Worn>,
    /// Guardians and children.
    pub family: Vec<Kin>,
    /// What was allowed, and taken back.
    pub consents: Vec<Consented>,
    /// Which notices come, and when.
    pub notices: Vec<Chosen>,
    /// Steps of the screening of an adult.
    pub screening: Vec<Step>,
    /// How they get in.
    pub ways_in: WaysIn,
    /// Where they are signed in, newest first.
    pub sessions: Vec<SignedIn>,
    /// The plan that they keep here.
    pub plan: Option<Kept>,
    /// What was said to be wrong, newest first.
    pub corrections: Vec<Asked>,
}

/// A role at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worn {
    /// The role.
    pub role: Role,
    /// What the place is called.
    pub place: Option<String>,
    /// Since when.
    pub from: Millis,
    /// Until when.
    pub until: Option<Millis>,
}

/// Somebody of the family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kin {
    /// Who it is.
    pub id: PersonId,
    /// Given name and family name.
    pub name: String,
    /// A child of this person, or else a guardian.
    pub child: bool,
    /// The word for what the guardian is to the student.
    pub relation: String,
    /// Since when.
    pub since: Millis,
}

/// Something that was allowed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Consented {
    /// What, by its word.
    pub kind: String,
    /// Of a survey: which one.
    pub object: Option<String>,
    /// Which version of the text was read.
    pub text_version: String,
    /// `online` or `paper`.
    pub method: String,
    /// When.
    pub given_at: Millis,
    /// When it was taken back.
    pub revoked_at: Option<Millis>,
}

/// A choice about notices.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Chosen {
    /// Which, by its word.
    pub kind: String,
    /// `now`, `digest` or `never`.
    pub way: String,
}

/// A step of a screening.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Step {
    /// Which, by its word.
    pub step: String,
    /// When.
    pub at: Millis,
    /// Until which day it holds.
    pub expires_on: Option<String>,
}

/// How many of each way in somebody has. What opens it is never shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct WaysIn {
    /// A password.
    pub passwords: i64,
    /// A second factor that counts time.
    pub authenticators: i64,
    /// Passkeys.
    pub passkeys: i64,
    /// Recovery codes that were not used.
    pub recovery_codes: i64,
    /// Cards of a class.
    pub cards: i64,
    /// Browsers that were seen before.
    pub devices: i64,
    /// Sign-ins at a district.
    pub districts: i64,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SignedIn {
    /// Such as "Chrome on ChromeOS".
    pub device: String,
    /// Since when.
    pub made_at: Millis,
    /// The last time.
    pub used_at: Millis,
}

/// Something that was said to be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// In which field.
    pub field: Field,
    /// What should stand there; not of a birth date, and gone once it is answered.
    pub wanted: Option<String>,
    /// When it was said.
    pub asked_at: Millis,
    /// What came of it, and when.
    pub answer: Option<(Answer, Millis)>,
}

/// What is kept about a person, for themselves or a guardian. That a student's record was read is noted.
///
/// # Errors
/// A refusal, or a fault.
pub async fn review(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
) -> Result<Record, Stop> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    // Who may read of a student may not read all of it: everything is for the person and the family. Asked first, so that
    // nobody else is told a student from an adult.
    let whole = found::<ExportRecord>(actor, person::subject(&mut conn, clock, person).await?)?;
    if whole.on().student {
        let read = permit::<SeeStudent>(actor, whole.on().clone())?;
        audit::note(&mut conn, clock.now(), &read, "record").await?;
    }
    let record = load(&mut conn, clock, &whole).await?;
    transaction.commit().await?;
    Ok(record)
}

/// Everything, for a page or a file.
pub(super) async fn load(
    conn: &mut Conn<'_>,
    clock: &Clock,
    permit: &Permit<ExportRecord>,
) -> Result<Record, Stop> {
    let subject = permit.on();
    let (person, made_at) = store::person(conn, subject.id).await?;
    let (roles, family) = (store::roles(conn, permit).await?, store::family(conn, permit).await?);
    Ok(Record {
        person,
        made_at,
        student: subject.student,
        band: person::band(conn, clock, subject.id).await?,
        roles,
        family,
        consents: store::consents(conn, permit).await?,
        notices: store::notices(conn, permit).await?,
        screening: store::screening(conn, permit).await?,
        ways_in: store::ways_in(conn, permit).await?,
        sessions: store::sessions(conn, permit, clock.now()).await?,
        plan: kept_plan::of(conn, subject.id).await?,
        corrections: store::corrections(conn, permit).await?,
    })
}
