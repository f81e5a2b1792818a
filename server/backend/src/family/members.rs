//! Who belongs to a family, and who may not see the student any more?

use super::consents::allowed;
use super::{Wrong, store, student_subject};
use crate::admin::audit;
use crate::clock::{Clock, Millis};
use crate::database::Database;
use crate::people::organisation::{parsed, sort_key};
use crate::people::person::{self, Person};
use crate::stop::Stop;
use domain::family::{Closed, ConsentKind, Given, Method, Relation, Unfit, open};
use domain::people::{Band, PersonId, Role};
use domain::policy::table::{RestrictGuardian, SeeFamily};
use domain::policy::{Action, Actor, Object as _, Refusal, Scope, found, may, scope};

/// A student, as their guardian finds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// Who it is.
    pub id: PersonId,
    /// What they are called.
    pub given_name: String,
    /// Of age: they decide, and their guardians see nothing more.
    pub of_age: bool,
    /// Under 13, and nobody has allowed that they take part.
    pub waits: bool,
}

/// Most students in one list.
pub const MOST_LISTED: i64 = 200;

/// A student, as whoever works with them finds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Student {
    /// Who it is.
    pub id: PersonId,
    /// Family name and given name.
    pub name: String,
    /// How many guardians may see them.
    pub guardians: usize,
    /// Under 13, and nobody has allowed that they take part.
    pub waits: bool,
}

/// A student's family, as far as who asks may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The student.
    pub student: Person,
    /// The student's age band.
    pub band: Option<Band>,
    /// The guardians. Those who are restricted are only there for those who can restrict or have to know.
    pub members: Vec<Member>,
    /// What can be allowed, and what was said about it.
    pub standings: Vec<Standing>,
    /// How many papers are out.
    pub open_codes: usize,
    /// What who asks may do here, for the buttons; each deed asks again.
    pub may: May,
}

/// What somebody may do in a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is the answer to a question of its own")]
pub struct May {
    /// Say yes and no.
    pub consent: bool,
    /// Write down a paper.
    pub record: bool,
    /// Make a paper for one more guardian.
    pub make_code: bool,
    /// Restrict a guardian.
    pub restrict: bool,
}

/// A guardian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who it is.
    pub id: PersonId,
    /// Given name and family name.
    pub name: String,
    /// What they are to the student.
    pub relation: Relation,
    /// They may not see the student.
    pub restricted: bool,
}

/// One thing that can be allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What.
    pub kind: ConsentKind,
    /// Is it open now?
    pub open: Result<(), Closed>,
    /// Everything that was said about it, oldest first.
    pub said: Vec<Said>,
}

impl Standing {
    /// Is there a yes that can be taken back?
    pub fn stands(&self) -> bool {
        self.said.iter().any(|said| said.given.revoked.is_none())
    }
}

/// A yes, and who said it how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What the rules need of it.
    pub given: Given,
    /// How it was said.
    pub method: Method,
    /// In which language the text was read, `en` or `es`.
    pub tongue: String,
    /// Who said it; nobody when who asks may not see them.
    pub who: Option<String>,
}

/// The children of a guardian; the student themselves for a student.
///
/// # Errors
/// A refusal: others have no children here.
pub async fn children(database: &Database, clock: &Clock, actor: &Actor) -> Result<Vec<Child>, Stop<Wrong>> {
    let scope = scope::<SeeFamily>(actor)?;
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let students = match scope {
        Scope::Family(_) | Scope::Own(_) => store::students(&mut conn, scope).await?,
        Scope::Mentees(_) | Scope::Place(_) | Scope::All => return Err(Refusal::NotThisRole.into()),
    };
    let mut children = Vec::with_capacity(students.len());
    for (id, given_name) in students {
        let of_age = person::band(&mut conn, clock, id).await? == Some(Band::Adult);
        let waits = !of_age && !allowed(&mut conn, clock, id).await?;
        children.push(Child { id, given_name, of_age, waits });
    }
    Ok(children)
}

/// The students of whoever works with them, by name, with those who wait for a yes marked. `search` is part of a name.
/// At most [`MOST_LISTED`]; who has more searches.
///
/// # Errors
/// A refusal: a family has [`children`].
pub async fn students(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    search: &str,
) -> Result<Vec<Student>, Stop<Wrong>> {
    let students = matching(database, clock, actor, search).await?;
    let detail = format!("listed {}", students.len());
    audit::listed(database, clock.now(), actor, Action::SeeFamily, &detail).await?;
    Ok(students)
}

async fn matching(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    search: &str,
) -> Result<Vec<Student>, Stop<Wrong>> {
    let scope = scope::<SeeFamily>(actor)?;
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let listed = match scope {
        Scope::Place(_) | Scope::All => {
            let after = Band::under_13_after(clock.today());
            store::listed(&mut conn, scope, &sort_key(search), &after).await?
        }
        Scope::Own(_) | Scope::Family(_) | Scope::Mentees(_) => return Err(Refusal::NotThisRole.into()),
    };
    let mut students = Vec::with_capacity(listed.len());
    for row in listed {
        let id = parsed("a person", &row.id)?;
        students.push(Student {
            id,
            name: format!("{}, {}", row.family_name, row.given_name),
            guardians: usize::try_from(row.guardians).unwrap_or_default(),
            waits: row.young && !allowed(&mut conn, clock, id).await?,
        });
    }
    Ok(students)
}

/// How many students wait for a first yes: a guardian's children, a teacher's or staff's students (as far as one list
/// holds them), oneself. For the page that says what needs somebody now.
///
/// # Errors
/// A refusal for a role that has to do with no family.
pub async fn waiting(database: &Database, clock: &Clock, actor: &Actor) -> Result<usize, Stop<Wrong>> {
    if let Scope::Place(_) | Scope::All = scope::<SeeFamily>(actor)? {
        let students = matching(database, clock, actor, "").await?;
        return Ok(students.iter().filter(|student| student.waits).count());
    }
    let children = children(database, clock, actor).await?;
    Ok(children.iter().filter(|child| child.waits).count())
}

/// A student's family. That it was read stands in the audit.
///
/// # Errors
/// A refusal.
pub async fn of_student(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    id: PersonId,
) -> Result<Family, Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let now = clock.now();
    let permit = found::<SeeFamily>(actor, student_subject(&mut conn, clock, id).await?)?;
    let subject = permit.on();
    let of_family = matches!(actor.role(), Some(Role::Guardian | Role::Student));
    let mut members = store::members(&mut conn, id).await?;
    let mut said = store::said(&mut conn, id).await?;
    if of_family {
        // The name of a guardian who is restricted is not for the others to read.
        let hidden: Vec<_> =
            members.extract_if(.., |member| member.restricted).map(|member| member.id).collect();
        for said in &mut said {
            said.who.take_if(|_| said.given.giver.is_some_and(|giver| hidden.contains(&giver)));
        }
    }
    let mut kinds = ConsentKind::PLAIN.to_vec();
    let surveys = said.iter().map(|said| &said.given.kind).filter(|kind| kind.object().is_some());
    kinds.extend(surveys.cloned().collect::<std::collections::BTreeSet<_>>());
    let all: Vec<Given> = said.iter().map(|said| said.given.clone()).collect();
    let standing = |kind: ConsentKind| Standing {
        open: open(&kind, subject, &all),
        said: said.iter().filter(|said| said.given.kind == kind).cloned().collect(),
        kind,
    };
    let family = Family {
        student: person::by_id(&mut conn, id).await?.ok_or(Refusal::NotYours)?,
        band: subject.band,
        members,
        standings: kinds.into_iter().map(standing).collect(),
        open_codes: store::open_codes(&mut conn, id, now).await?,
        may: May {
            consent: may(actor, Action::Consent, subject.on()).is_ok(),
            record: may(actor, Action::RecordConsent, subject.on()).is_ok(),
            make_code: subject.band != Some(Band::Adult)
                && may(actor, Action::MakeFamilyCode, subject.on()).is_ok(),
            restrict: may(actor, Action::RestrictGuardian, subject.on()).is_ok(),
        },
    };
    audit::note(&mut conn, now, &permit, "").await?;
    transaction.commit().await?;
    Ok(family)
}

/// Says that a guardian may not see a student, or may again. From this moment on they find nothing of this student,
/// and what they said before counts no more. The papers that are out become worthless: one may be in their hands.
///
/// # Errors
/// A refusal; [`Unfit::Stranger`].
pub async fn restrict(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    id: PersonId,
    guardian: PersonId,
    restricted: bool,
) -> Result<(), Stop<Wrong>> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let now: Millis = clock.now();
    let permit = found::<RestrictGuardian>(actor, student_subject(&mut conn, clock, id).await?)?;
    if !store::restrict(&mut conn, &permit, guardian, restricted, now).await? {
        return Err(Stop::Wrong(Unfit::Stranger.into()));
    }
    let word = if restricted { "restricted" } else { "unrestricted" };
    audit::note(&mut conn, now, &permit, &format!("{word} {guardian}")).await?;
    transaction.commit().await?;
    Ok(())
}
