//! What becomes of a database that another version of Pathways made.

use super::world::World;
use backend::{Database, Fault};
use sqlx::migrate::Migrator;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Applies only the first steps, as the version did that had no others.
async fn as_it_was(world: &World, last: i64) {
    let known = MIGRATIONS.iter().filter(|step| step.version <= last).cloned().collect();
    let earlier = Migrator::with_migrations(known);
    match &world.database {
        Database::Sqlite(pool) => earlier.run(pool).await.unwrap(),
        Database::Postgres(pool) => earlier.run(pool).await.unwrap(),
    }
}

#[tokio::test]
async fn people_stay_when_the_tables_grow_and_sign_in_again() {
    let world = World::bare().await;
    as_it_was(&world, 7).await;
    for row in [
        "insert into organisation (id, kind, name, sort_key, made_at) values ('d', 'district', 'Valley', '', 0)",
        "insert into person (id, given_name, family_name, sort_key, tongue, demo, made_at)
         values ('ana', 'Ana', 'Cruz', '', 'es', false, 0)",
        "insert into role_grant (id, person_id, role, organisation_id, made_at) values ('g', 'ana', 'teacher', 'd', 0)",
        "insert into invitation (id, token_hash, role, organisation_id, email, tongue, made_by, made_at, expires_at)
         values ('seen', 'a', 'teacher', 'd', 'a@valley.example', 'en', 'ana', 0, 1),
                ('typed', 'b', 'teacher', 'd', 'b@valley.example', 'en', null, 0, 1)",
        "insert into pin_card (person_id, organisation_id, number, hash, made_at) values ('ana', 'd', '123', 'x', 0)",
        "insert into session (id, token_hash, person_id, strength, device, made_at, used_at, ends_at)
         values ('s', 's', 'ana', 'two', '', 0, 0, 1)",
        "insert into organisation_sso (organisation_id, issuer, client_id, client_secret, role_claim, role_map)
         values ('d', 'https://a.example', 'us', 'x', 'role', '{}')",
    ] {
        world.run(row).await;
    }
    world.database.migrate().await.unwrap();
    assert_eq!(world.number("select count(*) from session").await, 0, "who proved what is not known");
    assert_eq!(world.text("select source from role_grant").await, "person");
    assert_eq!(world.text("select id from invitation where shown").await, "seen");
    assert_eq!(world.number("select count(*) from pin_card where backup_hash is null").await, 1);
    let narrow = "select count(*) from organisation_sso where domains = '[]' and not second";
    assert_eq!(world.number(narrow).await, 1, "nobody new comes in by a setting that named no addresses");
    world.end().await;
}

#[tokio::test]
async fn tables_of_another_version_are_left_alone_and_the_operator_reads_why() {
    for change in [
        "update _sqlx_migrations set checksum = (select checksum from _sqlx_migrations where version = 1)
         where version = 4",
        "update _sqlx_migrations set version = 9000 where version = 8",
    ] {
        let world = World::new().await;
        world.run(change).await;
        let fault = world.database.migrate().await.unwrap_err();
        assert!(matches!(fault, Fault::OtherTables(4 | 9000)), "{fault:?}");
        assert!(fault.to_string().contains("another version of Pathways"), "{fault}");
        world.end().await;
    }
}
