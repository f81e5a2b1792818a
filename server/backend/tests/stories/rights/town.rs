//! Who lives in these stories?

use crate::world::World;
use backend::Database;
use backend::stop::Stop;
use domain::people::{Band, OrganisationId, PersonId, Role};
use domain::policy::{Actor, Refusal, Strength, Wearer};

pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;

/// When these stories begin.
pub const NOW: i64 = 1_780_000_000_000;

/// A student of Room 8, twelve years old, allowed to take part.
pub const ANA: &str = "0198a5c2-0000-7000-8000-000000000001";
/// Ana's mother.
pub const MARTA: &str = "0198a5c2-0000-7000-8000-000000000002";
/// Ana's father, who may not see her.
pub const HUGO: &str = "0198a5c2-0000-7000-8000-000000000003";
/// Who teaches Room 8.
pub const TOM: &str = "0198a5c2-0000-7000-8000-000000000004";
/// Who runs things at the school.
pub const STELLA: &str = "0198a5c2-0000-7000-8000-000000000005";
/// The safety officer of the school.
pub const SOL: &str = "0198a5c2-0000-7000-8000-000000000006";
/// Another student of Room 8.
pub const BEN: &str = "0198a5c2-0000-7000-8000-000000000007";
/// Who runs things elsewhere.
pub const FARID: &str = "0198a5c2-0000-7000-8000-000000000008";

pub const SCHOOL: &str = "0198a5c2-0000-7000-8000-0000000000a1";
pub const ROOM: &str = "0198a5c2-0000-7000-8000-0000000000a2";
pub const ELSEWHERE: &str = "0198a5c2-0000-7000-8000-0000000000a3";

pub const PLAN: &str = "s=19647331932888,19647331937424&pin=19647331937424";

pub fn id(text: &str) -> PersonId {
    text.parse().unwrap()
}

/// Somebody who wears a role and came in as surely as that role asks.
pub fn actor(person: &str, role: Role) -> Actor {
    let at = match person {
        MARTA | HUGO => None,
        FARID => Some(ELSEWHERE),
        ANA | TOM | BEN => Some(ROOM),
        _ => Some(SCHOOL),
    };
    Actor::Person(Wearer {
        person: id(person),
        role: Some(role),
        at: at.map(|at| at.parse::<OrganisationId>().unwrap()),
        strength: if role == Role::Student { Strength::Pin } else { Strength::Two },
        proved: true,
        band: (role == Role::Student).then_some(Band::Under13),
        allowed: role == Role::Student,
        cleared: false,
    })
}

/// The school with its people.
pub async fn town() -> World {
    let world = World::new().await;
    for (id, kind, name, parent) in [
        (SCHOOL, "school", "Vista School", None),
        (ROOM, "class", "Room 8", Some(SCHOOL)),
        (ELSEWHERE, "school", "Far School", None),
    ] {
        let parent = parent.map_or("null".to_owned(), |parent| format!("'{parent}'"));
        run(&world, format!("insert into organisation (id, kind, name, sort_key, parent_id, made_at) values ('{id}', '{kind}', '{name}', '', {parent}, {NOW})")).await;
    }
    for (place, above) in [(SCHOOL, SCHOOL), (ROOM, ROOM), (ROOM, SCHOOL), (ELSEWHERE, ELSEWHERE)] {
        run(&world, format!("insert into organisation_above values ('{place}', '{above}')")).await;
    }
    for (id, given, family, email, role, place) in [
        (ANA, "Anabel", "Quintanilla", Some("Anabel@example.org"), "student", Some(ROOM)),
        (MARTA, "Marta", "Madrigal", Some("marta@example.org"), "guardian", None),
        (HUGO, "Hugo", "Verastegui", None, "guardian", None),
        (TOM, "Tom", "Teller", None, "teacher", Some(ROOM)),
        (STELLA, "Stella", "Stone", None, "staff", Some(SCHOOL)),
        (SOL, "Sol", "Sanders", None, "safety", Some(SCHOOL)),
        (BEN, "Ben", "Bright", None, "student", Some(ROOM)),
        (FARID, "Farid", "Far", None, "staff", Some(ELSEWHERE)),
    ] {
        let sort_key = format!("{family} {given}").to_lowercase();
        let (key, email) = (
            email.map_or("null".to_owned(), |email| format!("'{}'", email.to_lowercase())),
            email.map_or("null".to_owned(), |email| format!("'{email}'")),
        );
        let place = place.map_or("null".to_owned(), |place| format!("'{place}'"));
        run(&world, format!("insert into person (id, given_name, family_name, sort_key, tongue, email, email_key, demo, made_at) values ('{id}', '{given}', '{family}', '{sort_key}', 'en', {email}, {key}, false, {NOW})")).await;
        run(&world, format!("insert into role_grant (id, person_id, role, organisation_id, made_at) values ('g{id}', '{id}', '{role}', {place}, {NOW})")).await;
    }
    run(&world, format!("insert into birth values ('{ANA}', '2013-06-30'), ('{BEN}', '2012-01-01')")).await;
    for (guardian, restricted) in [(MARTA, false), (HUGO, true)] {
        run(&world, format!("insert into family_link (student_id, guardian_id, relation, restricted, made_at, changed_at) values ('{ANA}', '{guardian}', 'parent', {restricted}, {NOW}, {NOW})")).await;
    }
    world
}

/// Runs a statement as it stands.
pub async fn run(world: &World, text: impl Into<String>) {
    let text = sqlx::AssertSqlSafe(text.into());
    match &world.database {
        Database::Sqlite(pool) => drop(sqlx::query(text).execute(pool).await.unwrap()),
        Database::Postgres(pool) => drop(sqlx::query(text).execute(pool).await.unwrap()),
    }
}

/// The only number of a query.
pub async fn count(world: &World, text: impl Into<String>) -> i64 {
    let text = sqlx::AssertSqlSafe(text.into());
    match &world.database {
        Database::Sqlite(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
        Database::Postgres(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
    }
}

/// The texts of a query's only column.
pub async fn texts(world: &World, text: impl Into<String>) -> Vec<String> {
    let text = sqlx::AssertSqlSafe(text.into());
    match &world.database {
        Database::Sqlite(pool) => sqlx::query_scalar(text).fetch_all(pool).await.unwrap(),
        Database::Postgres(pool) => sqlx::query_scalar(text).fetch_all(pool).await.unwrap(),
    }
}

/// What the audit says of a person: action and detail, in order.
pub async fn told(world: &World, person: &str) -> Vec<String> {
    texts(
        world,
        format!("select action || ' ' || detail from audit where subject_id = '{person}' order by seq"),
    )
    .await
}

pub fn refused<T, W: std::error::Error>(answer: Result<T, Stop<W>>) -> Refusal {
    match answer {
        Err(Stop::Refused(refusal)) => refusal,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was allowed"),
    }
}

pub fn wrong<T, W: std::error::Error>(answer: Result<T, Stop<W>>) -> W {
    match answer {
        Err(Stop::Wrong(wrong)) => wrong,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was allowed"),
    }
}
