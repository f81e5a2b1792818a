//! Who are the made-up people of a demo?
//!
//! A newcomer walks as each of them with one tap. All names, places and numbers here are invented and say so; none of
//! them gets mail, and none has a password, so the only way in is the button that a demo shows.

use super::person::{self, NewPerson};
use super::role::Source;
use super::{making, organisation, role, session};
use crate::admin::audit::{self, Line};
use crate::clock::{Clock, Millis, today_in_los_angeles};
use crate::database::query::{execute, fetch_all, fetch_optional};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::secret::Token;
use domain::people::screening::{Step, Terms};
use domain::people::{Kind, OrganisationId, PersonId, Role};
use domain::plan::Day;
use domain::policy::{Actor, Strength};
use uuid::Uuid;

/// A made-up person, as the sign-in page offers them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Who it is.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their first role.
    pub role: Role,
    /// Where.
    pub place: Option<String>,
}

/// Students: given name, family name, age in years, language.
const STUDENTS: [(&str, &str, i16, &str); 8] = [
    ("Maya", "Okafor", 13, "en"),
    ("Diego", "Salazar", 13, "es"),
    ("Lucía", "Salazar", 11, "es"),
    ("Aaron", "Petrosyan", 14, "en"),
    ("Jasmine", "Tran", 13, "en"),
    ("Mateo", "Ruiz", 12, "es"),
    ("Naomi", "Feldman", 18, "en"),
    ("Kofi", "Mensah", 13, "en"),
];

/// Makes the demo people, once.
///
/// # Errors
/// [`Fault::Database`].
pub async fn ensure(database: &Database, clock: &Clock) -> Result<(), Fault> {
    let now = clock.now();
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let there = fetch_optional!(&mut conn, (String,), "select id from person where demo limit 1")?;
    if there.is_some() {
        return Ok(());
    }
    let district = making::place(&mut conn, now, Kind::District, "Jacaranda Unified (demo)", None).await?;
    let school =
        making::place(&mut conn, now, Kind::School, "Arroyo Seco Middle (demo)", Some(district)).await?;
    let class = making::place(&mut conn, now, Kind::Class, "Pathways, period 3 (demo)", Some(school)).await?;
    let programme = making::place(&mut conn, now, Kind::Programme, "Spark Mentors (demo)", None).await?;
    let cohort = making::place(&mut conn, now, Kind::Cohort, "Spring cohort (demo)", Some(programme)).await?;
    let company = making::place(&mut conn, now, Kind::Company, "Sepulveda Design Works (demo)", None).await?;
    let site = making::place(&mut conn, now, Kind::Site, "Downtown studio (demo)", Some(company)).await?;

    let mut students = Vec::new();
    for (given, family, age, tongue) in STUDENTS {
        let born = Day::new(clock.today().year() - age, 1, 15);
        let id = made(&mut conn, now, given, family, tongue, born).await?;
        for place in [school, class, cohort] {
            role::give(&mut conn, now, id, Role::Student, Some(place), Source::Person(None)).await?;
        }
        students.push(id);
    }
    for (given, family, tongue, role, at) in [
        ("Elena", "Salazar", "es", Role::Guardian, None),
        ("Chidi", "Okafor", "en", Role::Guardian, None),
        ("Priya", "Nair", "en", Role::Mentor, Some(cohort)),
        ("Tom", "Becker", "en", Role::Mentor, Some(cohort)),
        ("Rosa", "Delgado", "en", Role::Teacher, Some(school)),
        ("Sam", "Whitfield", "en", Role::Staff, Some(programme)),
        ("Grace", "Liu", "en", Role::Safety, Some(programme)),
        ("Victor", "Amari", "en", Role::Ambassador, Some(site)),
        ("Hana", "Yoshida", "en", Role::Analyst, Some(district)),
        ("Omar", "Haddad", "en", Role::Operator, None),
    ] {
        let id = made(&mut conn, now, given, family, tongue, None).await?;
        role::give(&mut conn, now, id, role, at, Source::Person(None)).await?;
        match (given, role) {
            ("Elena", _) => {
                link(&mut conn, now, students[1], id).await?;
                link(&mut conn, now, students[2], id).await?;
            }
            ("Chidi", _) => link(&mut conn, now, students[0], id).await?,
            ("Priya", _) => {
                screened(&mut conn, now, id, Step::ALL).await?;
                // One person, two roles: she also has a child here.
                role::give(&mut conn, now, id, Role::Guardian, None, Source::Person(None)).await?;
                link(&mut conn, now, students[4], id).await?;
            }
            ("Tom", _) => screened(&mut conn, now, id, &Step::ALL[..2]).await?,
            _ => {}
        }
    }
    transaction.commit().await
}

async fn made(
    conn: &mut Conn<'_>,
    now: Millis,
    given_name: &str,
    family_name: &str,
    tongue: &str,
    born: Option<Day>,
) -> Result<PersonId, Fault> {
    let new = NewPerson { given_name, family_name, tongue, email: None, born, demo: true };
    person::insert(conn, now, &new).await
}

async fn link(conn: &mut Conn<'_>, now: Millis, student: PersonId, guardian: PersonId) -> Result<(), Fault> {
    execute!(
        conn,
        "insert into family_link (student_id, guardian_id, relation, restricted, made_at, changed_at)
         values ($1, $2, 'parent', $3, $4, $4)",
        student.to_string(),
        guardian.to_string(),
        false,
        now,
    )
    .map(drop)
}

async fn screened(conn: &mut Conn<'_>, now: Millis, person: PersonId, steps: &[Step]) -> Result<(), Fault> {
    let today = today_in_los_angeles(now);
    for (at, step) in (0_i64..).zip(steps) {
        execute!(
            conn,
            "insert into screening (id, person_id, step, at, expires_on) values ($1, $2, $3, $4, $5)",
            Uuid::now_v7().to_string(),
            person.to_string(),
            step.slug(),
            Millis(now.0 + at),
            Terms::DEFAULT.ends_on(*step, today).map(|day| day.to_string()),
        )?;
    }
    Ok(())
}

/// Whom a demo offers to walk as: adults first, then students, one line for each person.
///
/// # Errors
/// [`Fault::Database`].
pub async fn offered(database: &Database) -> Result<Vec<Offered>, Fault> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let people = fetch_all!(
        &mut conn,
        (String, String, String),
        "select id, given_name, family_name from person where demo and deleted_at is null order by id",
    )?;
    let mut offered = Vec::new();
    for (id, given, family) in people {
        let id: PersonId = organisation::parsed("a person", &id)?;
        if let Some(grant) = role::of(&mut conn, id).await?.into_iter().next() {
            offered.push(Offered {
                id,
                name: format!("{given} {family}"),
                role: grant.role,
                place: grant.place,
            });
        }
    }
    offered.sort_by_key(|offered| (offered.role == Role::Student, offered.role));
    Ok(offered)
}

/// Signs in as a made-up person; nobody else can be walked as.
///
/// # Errors
/// [`Fault::Database`].
pub async fn walk_as(
    database: &Database,
    clock: &Clock,
    person: PersonId,
    device: &str,
) -> Result<Option<Token>, Fault> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let found = person::by_id(&mut conn, person).await?;
    if !found.is_some_and(|person| person.demo && person.suspended_at.is_none()) {
        return Ok(None);
    }
    let student = role::of(&mut conn, person).await?.iter().any(|grant| grant.role == Role::Student);
    let strength = if student { Strength::Pin } else { Strength::Two };
    let token = session::begin(&mut conn, clock.now(), person, strength, device).await?;
    let line = Line {
        at: clock.now(),
        actor: &Actor::Machine,
        action: "WalkAsDemo",
        subject: Some(person),
        detail: strength.slug(),
    };
    audit::add(&mut conn, &line).await?;
    transaction.commit().await?;
    Ok(Some(token))
}

/// The class of the demo, for its tests and its teacher.
///
/// # Errors
/// [`Fault::Database`].
pub async fn class(database: &Database) -> Result<Option<OrganisationId>, Fault> {
    let mut lease = database.lease().await?;
    let text = "select o.id from organisation o join role_grant g on g.organisation_id = o.id
                join person p on p.id = g.person_id where o.kind = 'class' and p.demo limit 1";
    let row = fetch_optional!(&mut lease.conn(), (String,), text)?;
    row.map(|(id,)| organisation::parsed("an organisation", &id)).transpose()
}
