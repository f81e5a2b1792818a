//! Who is in a story about people? Written straight into the tables, as a roster and invitations would have left it.

use super::world::World;
use backend::Database;
use backend::people::organisation::sort_key;
use backend::secret::Token;
use domain::people::{Band, Kind, OrganisationId, PersonId, Role};
use domain::policy::{Actor, Strength, Wearer};
use uuid::Uuid;

impl World {
    /// Runs a statement of the story itself.
    pub async fn put(&self, text: String) {
        match &self.database {
            Database::Sqlite(pool) => {
                sqlx::query(sqlx::AssertSqlSafe(text)).execute(pool).await.unwrap();
            }
            Database::Postgres(pool) => {
                sqlx::query(sqlx::AssertSqlSafe(text)).execute(pool).await.unwrap();
            }
        }
    }

    /// An organisation, below another or alone.
    pub async fn organisation(
        &self,
        kind: Kind,
        name: &str,
        above: Option<OrganisationId>,
    ) -> OrganisationId {
        let id = OrganisationId::new(Uuid::now_v7());
        let now = self.clock.now().0;
        let parent = above.map_or("null".to_owned(), |above| format!("'{above}'"));
        self.put(format!(
            "insert into organisation (id, kind, name, sort_key, parent_id, made_at)
             values ('{id}', '{}', '{name}', '{}', {parent}, {now})",
            kind.slug(),
            sort_key(name),
        ))
        .await;
        self.put(format!(
            "insert into organisation_above (organisation_id, above_id)
             select '{id}', above_id from organisation_above where organisation_id = {parent}
             union all select '{id}', '{id}'"
        ))
        .await;
        id
    }

    /// Somebody without any role.
    pub async fn person(&self, given: &str, family: &str) -> PersonId {
        let id = PersonId::new(Uuid::now_v7());
        self.put(format!(
            "insert into person (id, given_name, family_name, sort_key, tongue, demo, made_at)
             values ('{id}', '{given}', '{family}', '{}', 'en', false, {})",
            sort_key(&format!("{family} {given}")),
            self.clock.now().0,
        ))
        .await;
        id
    }

    /// Gives somebody a role, and a session in which it is worn.
    pub async fn role(&self, person: PersonId, role: Role, at: Option<OrganisationId>) {
        let (grant, session, now) = (Uuid::now_v7(), Uuid::now_v7(), self.clock.now().0);
        let at = at.map_or("null".to_owned(), |at| format!("'{at}'"));
        self.put(format!(
            "insert into role_grant (id, person_id, role, organisation_id, made_at)
             values ('{grant}', '{person}', '{}', {at}, {now})",
            role.slug(),
        ))
        .await;
        self.put(format!(
            "insert into session (id, token_hash, person_id, role_grant_id, strength, device, made_at, used_at, proved_at, ends_at)
             values ('{session}', '{session}', '{person}', '{grant}', 'two', 'Chrome', {now}, {now}, {now}, {now})"
        ))
        .await;
    }

    /// Signs somebody in, in a role of theirs, and gives what stands in their cookie.
    pub async fn signed_in(&self, person: PersonId, role: Role) -> Token {
        let (token, now) = (Token::new().unwrap(), self.clock.now().0);
        self.put(format!(
            "insert into session (id, token_hash, person_id, role_grant_id, strength, device, made_at, used_at, proved_at, ends_at)
             select '{}', '{}', '{person}', id, 'two', 'Chrome', {now}, {now}, {now}, {} from role_grant
             where person_id = '{person}' and role = '{}' and ended_at is null",
            Uuid::now_v7(),
            token.stored("session"),
            now + 1_000_000_000_000,
            role.slug(),
        ))
        .await;
        token
    }

    /// Somebody new with a role.
    pub async fn somebody(&self, name: &str, role: Role, at: Option<OrganisationId>) -> PersonId {
        let (given, family) = name.split_once(' ').unwrap_or((name, ""));
        let person = self.person(given, family).await;
        self.role(person, role, at).await;
        person
    }
}

/// Somebody in a role, who came in as surely as can be.
pub fn wearing(person: PersonId, role: Role, at: Option<OrganisationId>) -> Actor {
    Actor::Person(Wearer {
        person,
        role: Some(role),
        at,
        strength: Strength::Two,
        proved: true,
        band: Some(Band::Teen),
        allowed: true,
        cleared: true,
    })
}
