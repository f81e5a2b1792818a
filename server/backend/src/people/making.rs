//! How does a new organisation come, and a new student?

use super::organisation::{self, Organisation};
use super::person::{self, NewPerson};
use super::role;
use crate::admin::audit::{self, Line};
use crate::clock::Clock;
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::secret;
use crate::stop::Stop;
use domain::classroom::Code;
use domain::people::name::name;
use domain::people::{Kind, OrganisationId, PersonId, Role};
use domain::plan::Day;
use domain::policy::table::{ExtendOrganisation, MakeOrganisation, MakeStudent};
use domain::policy::{Actor, Everything, found, permit};

/// Longest name of a person or an organisation, in characters.
pub const LONGEST_NAME: usize = 120;

/// What is wrong with what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A name is missing, hidden or far too long.
    #[error("a name has 1 to 120 characters that can be seen")]
    Name,
    /// This kind does not stand there.
    #[error("this kind of organisation does not stand there")]
    Kind,
    /// No day, or not one on which a student can be born.
    #[error("this is no birth date of a student")]
    Birth,
    /// A student of this name and birth date is in this place already.
    #[error("this student is here already")]
    Twice,
}

/// A name without spaces around it.
fn named(text: &str) -> Result<&str, Stop<Wrong>> {
    name(text, LONGEST_NAME).ok_or(Stop::Wrong(Wrong::Name))
}

/// Makes an organisation below another, or one that stands alone. A class gets its code.
///
/// # Errors
/// A refusal; [`Wrong::Name`], [`Wrong::Kind`]; a fault of the database.
pub async fn organisation(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    kind: Kind,
    name: &str,
    parent: Option<OrganisationId>,
) -> Result<OrganisationId, Stop<Wrong>> {
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let above = if let Some(parent) = parent {
        let permit = found::<ExtendOrganisation>(actor, organisation::place(&mut conn, parent).await?)?;
        Some(permit.on().kind)
    } else {
        drop(permit::<MakeOrganisation>(actor, Everything)?);
        None
    };
    let name = named(name)?;
    let fits = match above {
        Some(above) => kind.parents().contains(&above),
        // A school can stand alone, as a charter does.
        None => kind.parents().is_empty() || kind == Kind::School,
    };
    if !fits {
        return Err(Stop::Wrong(Wrong::Kind));
    }
    let id = place(&mut conn, now, kind, name, parent).await?;
    let detail = format!("{} {id}", kind.slug());
    let line = Line { at: now, actor, action: "MakeOrganisation", subject: None, detail: &detail };
    audit::add(&mut conn, &line).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Writes an organisation. The caller was permitted to.
pub(crate) async fn place(
    conn: &mut Conn<'_>,
    now: crate::clock::Millis,
    kind: Kind,
    name: &str,
    parent: Option<OrganisationId>,
) -> Result<OrganisationId, Fault> {
    let code = if kind == Kind::Class { Some(class_code()?) } else { None };
    organisation::insert(conn, now, kind, name, parent, None, code.as_deref()).await
}

/// A new code for the cards of a class: 38 random bits, so two classes never share one in practice, and the table
/// refuses it if they would.
pub(crate) fn class_code() -> Result<String, Fault> {
    let code = Code::from_random(&secret::random::<32>()?).ok_or(Fault::Chance)?;
    Ok(code.to_string())
}

/// A student who is entered by hand.
#[derive(Clone, Debug)]
pub struct NewStudent<'a> {
    /// What they are called.
    pub given_name: &'a str,
    /// The name of the family.
    pub family_name: &'a str,
    /// The birth date, as `2013-05-31`.
    pub born: &'a str,
    /// `en` or `es`.
    pub tongue: &'a str,
}

/// Enters a student of a class, a school or a cohort.
///
/// # Errors
/// A refusal; [`Wrong`]; a fault of the database.
pub async fn student(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    at: OrganisationId,
    new: &NewStudent<'_>,
) -> Result<PersonId, Stop<Wrong>> {
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<MakeStudent>(actor, organisation::place(&mut conn, at).await?)?;
    if !Role::Student.worn_at().contains(&permit.on().kind) {
        return Err(Stop::Wrong(Wrong::Kind));
    }
    let (given_name, family_name) = (named(new.given_name)?, named(new.family_name)?);
    let today = clock.today();
    let age = |born: Day| i32::from(today.year()) - i32::from(born.year());
    let born = new.born.trim().parse::<Day>().ok().filter(|born| (5..=25).contains(&age(*born)));
    let born = born.ok_or(Stop::Wrong(Wrong::Birth))?;
    if is_here(&mut conn, permit.on().id, given_name, family_name, born).await? {
        return Err(Stop::Wrong(Wrong::Twice));
    }
    let person =
        NewPerson { given_name, family_name, tongue: new.tongue, email: None, born: Some(born), demo: false };
    let person = person::insert(&mut conn, now, &person).await?;
    role::give(&mut conn, now, person, Role::Student, Some(permit.on().id), actor.person()).await?;
    let detail = format!("at {at}");
    let line = Line { at: now, actor, action: "MakeStudent", subject: Some(person), detail: &detail };
    audit::add(&mut conn, &line).await?;
    transaction.commit().await?;
    Ok(person)
}

async fn is_here(
    conn: &mut Conn<'_>,
    at: OrganisationId,
    given_name: &str,
    family_name: &str,
    born: Day,
) -> Result<bool, Fault> {
    let found = crate::database::query::fetch_optional!(
        conn,
        (String,),
        "select p.id from person p
         join role_grant g on g.person_id = p.id and g.role = 'student' and g.ended_at is null
         join birth b on b.person_id = p.id
         where g.organisation_id = $1 and p.sort_key = $2 and b.born = $3 limit 1",
        at.to_string(),
        organisation::sort_key(&format!("{family_name} {given_name}")),
        born.to_string(),
    )?;
    Ok(found.is_some())
}

/// The organisation of this name or identifier, for the command line.
///
/// # Errors
/// [`Fault::Database`].
pub async fn find_organisation(database: &Database, asked: &str) -> Result<Vec<Organisation>, Fault> {
    let mut lease = database.lease().await?;
    let all = organisation::within(&mut lease.conn(), domain::policy::Scope::All, None).await?;
    let key = organisation::sort_key(asked);
    Ok(all
        .into_iter()
        .filter(|place| place.id.to_string() == asked || organisation::sort_key(&place.name) == key)
        .collect())
}
