//! Nothing that names a person is left behind, in any column of any table.

use super::town::{ANA, BEN, FARID, MARTA, NOW, PLAN, SCHOOL, STELLA, actor, count, id, run, texts, town};
use crate::world::World;
use backend::Database;
use backend::admin::rights::deletion::{ask, delete_due, receipt};
use backend::admin::rights::traces::{Fate, TRACES};
use domain::people::Role;
use std::collections::BTreeSet;

/// Every column of every table, as `table.column`.
async fn columns(world: &World) -> Vec<String> {
    let query = match world.database {
        Database::Sqlite(_) => {
            "select m.name || '.' || c.name from sqlite_master m join pragma_table_info(m.name) c
             where m.type = 'table' and m.name not like 'sqlite_%'"
        }
        Database::Postgres(_) => {
            "select cast(table_name as text) || '.' || cast(column_name as text)
             from information_schema.columns where table_schema = 'public'"
        }
    };
    texts(world, query).await
}

/// Every column that the database says leads to a person.
async fn leads(world: &World) -> BTreeSet<String> {
    let query = match world.database {
        Database::Sqlite(_) => {
            "select m.name || '.' || f.\"from\" from sqlite_master m join pragma_foreign_key_list(m.name) f
             where m.type = 'table' and f.\"table\" = 'person'"
        }
        Database::Postgres(_) => {
            "select cast(k.table_name as text) || '.' || cast(k.column_name as text)
             from information_schema.key_column_usage k
             join information_schema.referential_constraints r using (constraint_schema, constraint_name)
             join information_schema.constraint_column_usage u
               on u.constraint_schema = r.constraint_schema and u.constraint_name = r.constraint_name
             where u.table_name = 'person'"
        }
    };
    texts(world, query).await.into_iter().collect()
}

/// Where a text stands anywhere in the database, however it is written.
async fn places(world: &World, needle: &str) -> Vec<String> {
    let needle = needle.to_lowercase();
    let mut found = Vec::new();
    for column in columns(world).await {
        let (table, name) = column.split_once('.').unwrap();
        let query = format!(
            "select count(*) from \"{table}\" where lower(cast(\"{name}\" as text)) like '%{needle}%'"
        );
        if count(world, query).await > 0 {
            found.push(column);
        }
    }
    found
}

/// Leaves a trace of somebody in every table there is.
async fn be_everywhere(world: &World, p: &str, name: &str, email: &str) {
    let (upper, grant) = (email.to_uppercase(), format!("g{p}"));
    for text in [
        format!("update person set suspended_why = 'what {name} did' where id = '{p}'"),
        format!("insert into birth values ('{p}', '2013-06-30') on conflict do nothing"),
        format!(
            "insert into role_grant (id, person_id, role, organisation_id, made_by, made_at) values ('made', '{BEN}', 'student', '{SCHOOL}', '{p}', 1)"
        ),
        format!(
            "insert into invitation (id, token_hash, role, email, tongue, made_by, made_at, expires_at, used_by) values ('i1', '1', 'mentor', 'new@example.org', 'en', '{p}', 1, 2, null), ('i2', '2', 'mentor', 'old-{name}@example.org', 'en', null, 1, 2, '{p}'), ('i3', '3', 'mentor', '{upper}', 'en', null, 1, 2, null)"
        ),
        format!("insert into password values ('{p}', 'x', 1)"),
        format!(
            "insert into password_reset values ('w1', '1', '{p}', false, null, 1, 2, null), ('w2', '2', '{BEN}', true, '{p}', 1, 2, null)"
        ),
        format!("insert into totp values ('{p}', 'x', 1, 1)"),
        format!("insert into passkey values ('k', '{p}', 'x', '{{}}', 'phone of {name}', 1, null)"),
        format!("insert into recovery_code values ('{p}', 'x', null)"),
        format!("insert into challenge values ('c', 'sso', '{p}', '{{\"name\":\"{name}\"}}', {NOW})"),
        format!(
            "insert into pin_card (person_id, organisation_id, number, hash, backup_hash, made_at) values ('{p}', '{SCHOOL}', '007', 'x', 'x', 1)"
        ),
        format!("insert into known_device values ('{p}', 'x', 1)"),
        format!(
            "insert into session (id, token_hash, person_id, role_grant_id, strength, device, made_at, used_at, proved_at, ends_at) values ('s', 'x', '{p}', '{grant}', 'pin', 'tablet of {name}', 1, 1, 1, 2)"
        ),
        format!(
            "insert into organisation_sso values ('{SCHOOL}', 'https://district', 'x', 'x', 'x', '{{}}', '[]', false, 'none')"
        ),
        format!("insert into sso_subject values ('https://district', '{name}', '{p}')"),
        format!(
            "insert into screening (id, person_id, step, actor_id, at, expires_on) values ('n1', '{p}', 'applied', null, 1, null), ('n2', '{FARID}', 'applied', '{p}', 1, null)"
        ),
        format!("insert into kept_plan values ('{p}', '{PLAN}', 1)"),
        format!(
            "insert into family_link values ('{p}', '{FARID}', 'other', false, 1, 1, null, null), ('{BEN}', '{p}', 'other', false, 1, 1, null, null), ('{BEN}', '{STELLA}', 'other', false, 1, 1, '{p}', null)"
        ),
        format!(
            "insert into family_code values ('f1', '{p}', '1', null, 1, 2, null, null), ('f2', '{BEN}', '2', '{p}', 1, 2, 2, '{p}')"
        ),
        format!(
            "insert into consent (id, student_id, kind, object, text_version, tongue, method, giver_id, actor_id, signer, given_at, revoked_at, revoked_by) values ('c1', '{p}', 'survey', 'of {name}', '1', 'en', 'paper', null, null, 'the mother of {name}', 1, null, null), ('c2', '{BEN}', 'photo', null, '1', 'en', 'paper', '{p}', '{p}', '{name} in ink', 1, 2, '{p}')"
        ),
        format!("insert into roster_source values ('r', '{SCHOOL}', 'District', 1)"),
        format!("insert into roster_run values ('r', 'r', '{p}', 'bulk', 1, 2, 0, 0, 0, 0, 0)"),
        format!(
            "insert into roster_link (source_id, kind, sourced_id, local_id, row_hash, word, adopted, run_id, seen_run, ended_at) values ('r', 'user', '{name}-77', '{p}', 'x', '', false, 'r', 'r', null), ('r', 'enrollment', '{name}-78', '{grant}', 'x', '', false, 'r', 'r', null), ('r', 'guardian', '{name}-79', '{p} {BEN}', 'x', '', false, 'r', 'r', null), ('r', 'user', '80', '{BEN}', 'x', '', false, 'r', 'r', null)"
        ),
        format!(
            "insert into outbox (id, person_id, address, tongue, kind, body, made_at, due_at, tries) values ('o1', '{p}', null, 'en', 'new-device', '{{\"device\":\"{name}\"}}', 1, 1, 0), ('o2', null, '{upper}', 'en', 'invited', '{{}}', 1, 1, 0)"
        ),
        format!("insert into notice_choice values ('{p}', 'deleted', 'never', 1)"),
        format!(
            "insert into correction (id, person_id, field, wanted, asked_by, asked_at, answered_by, answered_at) values ('x1', '{p}', 'given-name', 'not {name}', '{p}', 1, null, null), ('x2', '{BEN}', 'class', '', '{p}', 1, '{p}', 2)"
        ),
        format!(
            "insert into legal_hold values ('h1', '{p}', 'court', null, 1, 2, null), ('h2', '{BEN}', 'court', '{p}', 1, 2, '{p}')"
        ),
    ] {
        run(world, text).await;
    }
}

#[tokio::test]
async fn every_column_that_leads_to_a_person_has_its_fate() {
    let world = town().await;
    let known: BTreeSet<_> = TRACES.iter().map(|trace| format!("{}.{}", trace.table, trace.column)).collect();
    assert_eq!(
        leads(&world).await,
        known,
        "a new column stands in `admin/rights/traces.rs`, and in this story"
    );
    world.end().await;
}

#[tokio::test]
async fn after_a_deletion_nothing_anywhere_names_the_person() {
    for (person, role, given, family, email) in [
        (ANA, Role::Student, "Anabel", "Quintanilla", "anabel@example.org"),
        (MARTA, Role::Guardian, "Marta", "Madrigal", "marta@example.org"),
    ] {
        let world = town().await;
        be_everywhere(&world, person, given, email).await;
        let rows = async |table: &str, column: &str| {
            count(&world, format!("select count(*) from {table} where {column} = '{person}'")).await
        };
        for trace in TRACES {
            assert!(
                rows(trace.table, trace.column).await > 0,
                "no row of {trace:?}: the story proves nothing of it"
            );
        }
        let others =
            count(&world, format!("select count(*) from role_grant where person_id <> '{person}'")).await;
        let needles = [given, family, email, "19647331932888", "2013-06-30"];
        for needle in needles {
            assert!(!places(&world, needle).await.is_empty(), "{needle} is nowhere before");
        }

        let asked = ask(&world.database, &world.clock, &actor(person, role), id(person)).await.unwrap();
        run(&world, "update deletion set agreed_at = asked_at").await;
        world.clock.advance(asked.due_at.0 - NOW);
        assert_eq!(delete_due(&world.database, &world.clock).await.unwrap(), 1);

        for needle in needles {
            let left = places(&world, needle).await;
            // The one birth date of the town is Ana's.
            let others: &[&str] =
                if person == MARTA && needle.starts_with("2013") { &["birth.born"] } else { &[] };
            assert_eq!(left, others, "{needle} is still there");
        }
        for trace in TRACES {
            let left = rows(trace.table, trace.column).await;
            assert_eq!(left > 0, trace.fate == Fate::Stays, "{trace:?}: {left} rows");
        }
        assert_eq!(
            count(&world, format!("select count(*) from role_grant where person_id <> '{person}'")).await,
            others,
            "what others have stays"
        );
        assert_eq!(
            count(&world, "select count(*) from roster_link where row_hash <> ''").await,
            1,
            "of the roster, Ben's row"
        );
        let receipt = receipt(&world.database, &world.clock, asked.number).await.unwrap().unwrap();
        for table in TRACES.iter().filter(|trace| trace.fate != Fate::Stays).map(|trace| trace.table) {
            assert!(receipt.rows[table] > 0, "{table} is not on the receipt");
        }
        assert_eq!(
            (receipt.rows["roster_link"], receipt.rows["invitation"], receipt.rows["outbox"]),
            (3, 2, 3),
            "of the outbox with the letter that says it was asked for"
        );
        world.end().await;
    }
}
