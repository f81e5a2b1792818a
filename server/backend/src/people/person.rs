//! Who is somebody, and what do the rules need to know about them?

use super::organisation::{parsed, sort_key};
use crate::clock::{Clock, Millis};
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, fetch_optional};
use crate::fault::Fault;
use domain::people::{Band, PersonId};
use domain::plan::Day;
use domain::policy::Subject;
use uuid::Uuid;

/// Somebody, as pages show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who it is.
    pub id: PersonId,
    /// What they are called.
    pub given_name: String,
    /// The name of the family.
    pub family_name: String,
    /// `en` or `es`.
    pub tongue: String,
    /// Where mail goes, if they have an address.
    pub email: Option<String>,
    /// Since when they cannot sign in.
    pub suspended_at: Option<Millis>,
    /// A made-up person of the demo.
    pub demo: bool,
}

/// Somebody new.
#[derive(Clone, Debug)]
pub struct NewPerson<'a> {
    /// What they are called.
    pub given_name: &'a str,
    /// The name of the family.
    pub family_name: &'a str,
    /// `en` or `es`.
    pub tongue: &'a str,
    /// Where mail goes.
    pub email: Option<&'a str>,
    /// The birth date, which goes into a table of its own.
    pub born: Option<Day>,
    /// A made-up person of the demo.
    pub demo: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    given_name: String,
    family_name: String,
    tongue: String,
    email: Option<String>,
    suspended_at: Option<Millis>,
    demo: bool,
}

impl Row {
    fn read(self) -> Result<Person, Fault> {
        Ok(Person {
            id: parsed("a person", &self.id)?,
            given_name: self.given_name,
            family_name: self.family_name,
            tongue: self.tongue,
            email: self.email,
            suspended_at: self.suspended_at,
            demo: self.demo,
        })
    }
}

impl Person {
    /// Given name and family name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name).trim().to_owned()
    }
}

/// What an address is known by: small letters, no spaces around it.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Writes somebody new. The caller holds a permit for the place, an invitation or a roster.
pub(crate) async fn insert(conn: &mut Conn<'_>, now: Millis, new: &NewPerson<'_>) -> Result<PersonId, Fault> {
    let id = PersonId::new(Uuid::now_v7());
    execute!(
        conn,
        "insert into person (id, given_name, family_name, sort_key, tongue, email, email_key, demo, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id.to_string(),
        new.given_name,
        new.family_name,
        sort_key(&format!("{} {}", new.family_name, new.given_name)),
        new.tongue,
        new.email,
        new.email.map(email_key),
        new.demo,
        now,
    )?;
    if let Some(born) = new.born {
        execute!(
            conn,
            "insert into birth (person_id, born) values ($1, $2)",
            id.to_string(),
            born.to_string()
        )?;
    }
    Ok(id)
}

/// Somebody who is not deleted.
///
/// # Errors
/// [`Fault::Database`].
pub async fn by_id(conn: &mut Conn<'_>, id: PersonId) -> Result<Option<Person>, Fault> {
    let row = fetch_optional!(
        conn,
        Row,
        "select id, given_name, family_name, tongue, email, suspended_at, demo
         from person where id = $1 and deleted_at is null",
        id.to_string(),
    )?;
    row.map(Row::read).transpose()
}

/// Somebody by their e-mail address, however it is written.
///
/// # Errors
/// [`Fault::Database`].
pub async fn by_email(conn: &mut Conn<'_>, email: &str) -> Result<Option<Person>, Fault> {
    let row = fetch_optional!(
        conn,
        Row,
        "select id, given_name, family_name, tongue, email, suspended_at, demo
         from person where email_key = $1 and deleted_at is null",
        email_key(email),
    )?;
    row.map(Row::read).transpose()
}

/// The age band today: all that ever leaves the table of birth dates.
///
/// # Errors
/// [`Fault::Database`].
pub async fn band(conn: &mut Conn<'_>, clock: &Clock, id: PersonId) -> Result<Option<Band>, Fault> {
    let born =
        fetch_optional!(conn, (String,), "select born from birth where person_id = $1", id.to_string())?;
    let Some((born,)) = born else { return Ok(None) };
    let born: Day = parsed("a birth date", &born)?;
    Ok(Some(Band::on(clock.today(), born)))
}

/// The facts that the rules ask for; none when there is nobody (any more).
///
/// # Errors
/// [`Fault::Database`].
pub async fn subject(conn: &mut Conn<'_>, clock: &Clock, id: PersonId) -> Result<Option<Subject>, Fault> {
    if by_id(conn, id).await?.is_none() {
        return Ok(None);
    }
    let key = id.to_string();
    let student = fetch_optional!(
        conn,
        (i64,),
        "select cast(1 as bigint) from role_grant where person_id = $1 and role = 'student' limit 1",
        &key,
    )?;
    let places = fetch_all!(
        conn,
        (String,),
        "select distinct a.above_id from role_grant g
         join organisation_above a on a.organisation_id = g.organisation_id
         where g.person_id = $1 and g.ended_at is null",
        &key,
    )?;
    let guardians = fetch_all!(
        conn,
        (String,),
        "select guardian_id from family_link
         where student_id = $1 and ended_at is null and not restricted",
        &key,
    )?;
    Ok(Some(Subject {
        id,
        student: student.is_some(),
        band: band(conn, clock, id).await?,
        places: places.iter().map(|(id,)| parsed("an organisation", id)).collect::<Result<_, _>>()?,
        guardians: guardians.iter().map(|(id,)| parsed("a person", id)).collect::<Result<_, _>>()?,
        // Nobody is matched before mentorship is there.
        mentors: Vec::new(),
    }))
}
