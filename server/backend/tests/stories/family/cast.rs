//! Who plays in the stories of families?

use crate::world::World;
use backend::{Database, people::person};
use domain::family::{FamilyCode, Relation};
use domain::people::{Band, OrganisationId, PersonId, Role};
use domain::policy::{Actor, Strength, Wearer};
use uuid::Uuid;

/// A school with a teacher, staff of its district, and nobody's child yet.
pub struct Cast {
    pub world: World,
    pub school: OrganisationId,
    pub teacher: Actor,
    pub staff: Actor,
}

impl Cast {
    pub async fn new() -> Cast {
        let world = World::new().await;
        let school = school(&world.database, "A").await;
        let mut cast = Cast { world, school, teacher: Actor::Machine, staff: Actor::Machine };
        cast.teacher = cast.somebody("Tess", "en", Role::Teacher).await;
        cast.staff = cast.somebody("Sol", "en", Role::Staff).await;
        cast
    }

    /// Another school.
    pub async fn elsewhere(&self) -> OrganisationId {
        school(&self.world.database, "B").await
    }

    /// Somebody in a role at the school.
    pub async fn somebody(&self, name: &str, tongue: &str, role: Role) -> Actor {
        let person = PersonId::new(Uuid::now_v7());
        let at = (role != Role::Guardian).then_some(self.school);
        let place = at.map_or("null".to_owned(), |at| format!("'{at}'"));
        let grant = Uuid::now_v7();
        run(
            &self.world.database,
            format!(
                "insert into person (id, given_name, family_name, sort_key, tongue, demo, made_at)
                 values ('{person}', '{name}', 'Soto', 'soto {key}', '{tongue}', false, 0);
                 insert into role_grant (id, person_id, role, organisation_id, made_at)
                 values ('{grant}', '{person}', '{role}', {place}, 0)",
                key = name.to_lowercase(),
                role = role.slug()
            ),
        )
        .await;
        actor(person, role, at)
    }

    /// A student of the school, born on a day.
    pub async fn student(&self, name: &str, born: Option<&str>) -> PersonId {
        let Actor::Person(wearer) = self.somebody(name, "en", Role::Student).await else { unreachable!() };
        if let Some(born) = born {
            let text = format!("insert into birth (person_id, born) values ('{}', '{born}')", wearer.person);
            run(&self.world.database, text).await;
        }
        wearer.person
    }

    /// The student as one who is signed in today.
    pub async fn as_student(&self, student: PersonId) -> Actor {
        let mut lease = self.world.database.lease().await.unwrap();
        let band = person::band(&mut lease.conn(), &self.world.clock, student).await.unwrap();
        let allowed = backend::family::allowed(&mut lease.conn(), &self.world.clock, student).await.unwrap();
        let Actor::Person(wearer) = actor(student, Role::Student, Some(self.school)) else { unreachable!() };
        Actor::Person(Wearer { strength: Strength::Pin, band, allowed, ..wearer })
    }

    /// A guardian who joined by a paper that the teacher printed.
    pub async fn guardian(&self, name: &str, tongue: &str, student: PersonId) -> Actor {
        let guardian = self.somebody(name, tongue, Role::Guardian).await;
        self.join(&guardian, student).await;
        guardian
    }

    /// Somebody who wears the role of a guardian instead.
    pub fn as_guardian(somebody: &Actor) -> Actor {
        actor(somebody.person().unwrap(), Role::Guardian, None)
    }

    pub async fn join(&self, guardian: &Actor, student: PersonId) {
        let code = self.paper(student).await;
        let (database, clock) = (&self.world.database, &self.world.clock);
        backend::family::join(database, clock, guardian, code, Relation::default()).await.unwrap();
    }

    pub async fn paper(&self, student: PersonId) -> FamilyCode {
        let (database, clock) = (&self.world.database, &self.world.clock);
        backend::family::make_code(database, clock, &self.teacher, student).await.unwrap().code
    }

    /// The kinds and languages of the notices to somebody, oldest first.
    pub async fn notices(&self, to: &Actor) -> Vec<String> {
        let id = to.person().unwrap();
        let text = format!(
            "select kind || ' ' || tongue || ' ' || body from outbox where person_id = '{id}' order by made_at, id"
        );
        texts(&self.world.database, text).await
    }

    /// The audit's lines about a student, oldest first: the role, the deed, the words.
    pub async fn audit(&self, student: PersonId) -> Vec<String> {
        let text = format!(
            "select coalesce(role, '-') || ' ' || action || ' ' || detail from audit
             where subject_id = '{student}' order by seq"
        );
        texts(&self.world.database, text).await
    }

    pub async fn end(self) {
        self.world.end().await;
    }
}

async fn school(database: &Database, name: &str) -> OrganisationId {
    let id = OrganisationId::new(Uuid::now_v7());
    run(
        database,
        format!(
            "insert into organisation (id, kind, name, sort_key, made_at) values ('{id}', 'school', '{name}', '', 0);
             insert into organisation_above (organisation_id, above_id) values ('{id}', '{id}')"
        ),
    )
    .await;
    id
}

fn actor(person: PersonId, role: Role, at: Option<OrganisationId>) -> Actor {
    let band: Option<Band> = None;
    let strength = Strength::Two;
    Actor::Person(Wearer {
        person,
        role: Some(role),
        at,
        strength,
        proved: true,
        band,
        allowed: false,
        cleared: false,
    })
}

/// Runs statements of a story.
pub async fn run(database: &Database, text: String) {
    match database {
        Database::Sqlite(pool) => {
            sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(pool).await.unwrap();
        }
        Database::Postgres(pool) => {
            sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(pool).await.unwrap();
        }
    }
}

pub async fn texts(database: &Database, text: String) -> Vec<String> {
    let text = sqlx::AssertSqlSafe(text);
    match database {
        Database::Sqlite(pool) => sqlx::query_scalar(text).fetch_all(pool).await.unwrap(),
        Database::Postgres(pool) => sqlx::query_scalar(text).fetch_all(pool).await.unwrap(),
    }
}
