//! How does somebody take back that a district answers for them?

use super::town::{Town, rosa, wrong};
use crate::factors::run;
use backend::Stop;
use backend::people::sso::{self, Came, Wrong};
use domain::people::{OrganisationId, PersonId, Role};
use domain::policy::{Actor, Refusal, Strength, Wearer};
use serde_json::json;

impl Town {
    async fn part(&self, actor: &Actor, from: OrganisationId) -> Result<(), Stop<Wrong>> {
        sso::disconnect(&self.world.database, &self.world.clock, actor, from).await
    }

    async fn connected(&self, person: PersonId) -> Vec<OrganisationId> {
        let all = sso::connected(&self.world.database, person).await.unwrap();
        all.into_iter().map(|organisation| organisation.id).collect()
    }
}

const ROLES: &str = "select count(*) from role_grant where ended_at is null";
const LINES: &str = "select count(*) from audit where detail like 'disconnected from the sign-in of %'";

#[tokio::test]
async fn who_has_own_keys_is_apart_from_a_district_at_once() {
    let town = Town::new().await;
    let person = town.person("rosa@valley.example", Role::Teacher, Some(town.school)).await;
    let mut says = rosa();
    says["job"] = json!(["data", "teacher"]);
    let (session, token) = town.session(says.clone()).await.unwrap();
    assert_eq!((town.connected(person).await, session.roles.len()), (vec![town.district], 2));
    run(&town.world, &format!("insert into password values ('{person}', 'x', 0)")).await;
    // Somebody else for whom the district answers, and a session of her own keys that wears what the district gave.
    let other = json!({"sub": "s-2", "email": "ben@valley.example", "email_verified": true, "job": "data"});
    let (_, bens) = town.session(other).await.unwrap();
    let analyst = session.roles.iter().find(|grant| grant.role == Role::Analyst).unwrap();
    run(
        &town.world,
        &format!(
            "insert into session (id, token_hash, person_id, role_grant_id, strength, device, made_at, used_at,
                                  proved_at, ends_at)
             values ('own', 'own', '{person}', '{}', 'password', '', 0, 0, 0, 9000000000000)",
            analyst.id
        ),
    )
    .await;

    let (role, at, band, strength) = (None, None, None, Strength::Password);
    let own = Wearer { person, role, at, strength, band, proved: true, allowed: false, cleared: false };
    let stale = Actor::Person(Wearer { proved: false, ..own });
    assert!(matches!(town.part(&stale, town.district).await, Err(Stop::Refused(Refusal::ProveFirst))));
    for strength in [Strength::Half, Strength::Pin, Strength::District, Strength::Sso] {
        let by = Actor::Person(Wearer { strength, ..own });
        let answer = town.part(&by, town.district).await;
        assert!(matches!(answer, Err(Stop::Refused(_))), "{strength:?} {answer:?}");
    }
    let own = Actor::Person(own);
    assert_eq!(wrong(town.part(&own, town.elsewhere).await), Wrong::NoDistrict);
    assert_eq!((town.world.number(ROLES).await, town.world.number(LINES).await), (3, 0), "nothing so far");

    town.part(&own, town.district).await.unwrap();
    assert!(town.connected(person).await.is_empty());
    assert!(town.open(&token).await.is_none(), "what its word opened is closed");
    assert!(town.open(&bens).await.is_some(), "of nobody else");
    assert_eq!(town.world.number(ROLES).await, 2, "what it gave ended; what the school gave stays");
    let left = town.world.number("select count(*) from session where id = 'own'").await;
    assert_eq!(left, 1, "her own sign-in goes on");
    let told = "select count(*) from outbox where kind = 'keys-changed'";
    assert_eq!((town.world.number(LINES).await, town.world.number(told).await), (1, 1), "and she is told");
    town.part(&own, town.district).await.expect("pressed twice");
    assert_eq!(town.world.number(LINES).await, 1);

    assert!(matches!(town.come(says).await.unwrap(), Came::Proves(_)), "it is asked for again");
    town.world.end().await;
}

#[tokio::test]
async fn nobody_loses_their_only_way_in() {
    let town = Town::new().await;
    let (session, token) = town
        .session(json!({"email": "ana@valley.example", "email_verified": true, "job": "data"}))
        .await
        .unwrap();
    let person = session.wearer.person;
    let refused = town.part(&session.actor(), town.district).await;
    assert!(matches!(refused, Err(Stop::Refused(Refusal::OwnKeys))), "{refused:?}");
    // A code of an app is no way in by itself.
    run(&town.world, &format!("insert into totp values ('{person}', 'x', 1, 0)")).await;
    let sure = Actor::Person(Wearer { strength: Strength::Two, ..session.wearer });
    let refused = town.part(&sure, town.district).await;
    assert!(matches!(refused, Err(Stop::Refused(Refusal::OwnKeys))), "{refused:?}");
    run(&town.world, "delete from totp").await;
    assert_eq!(town.connected(person).await, [town.district]);
    assert!(town.open(&token).await.is_some());
    town.world.end().await;
}
