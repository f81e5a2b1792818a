//! The inventory and the list of tables that the build made say what the databases say.

use super::world::World;
use backend::Database;
use backend::admin::inventory;
use backend::admin::schema::TABLES;
use std::collections::BTreeSet;

/// Every column that the database has, as table, column, kind and whether it belongs to the primary key.
async fn columns(database: &Database) -> BTreeSet<(String, String, String, bool)> {
    match database {
        Database::Sqlite(pool) => sqlx::query_as(
            "select m.name, c.name, lower(c.type), c.pk > 0 from sqlite_master m join pragma_table_info(m.name) c
             where m.type = 'table' and m.name not like 'sqlite_%' and m.name <> '_sqlx_migrations'",
        )
        .fetch_all(pool)
        .await
        .unwrap(),
        Database::Postgres(pool) => sqlx::query_as(
            "select c.table_name::text, c.column_name::text, c.data_type::text, exists (
                select 1 from information_schema.key_column_usage u
                join information_schema.table_constraints t using (constraint_schema, constraint_name)
                where t.constraint_type = 'PRIMARY KEY' and u.table_name = c.table_name
                  and u.column_name = c.column_name)
             from information_schema.columns c
             where c.table_schema = 'public' and c.table_name <> '_sqlx_migrations'",
        )
        .fetch_all(pool)
        .await
        .unwrap(),
    }
    .into_iter()
    .collect()
}

#[tokio::test]
async fn the_tables_of_the_program_are_those_of_the_database() {
    let world = World::new().await;
    let told: BTreeSet<_> = TABLES
        .iter()
        .flat_map(|table| {
            let of = |column: &backend::admin::schema::Column| {
                let key = table.key.contains(&column.name);
                (table.name.to_owned(), column.name.to_owned(), column.kind.sql().to_owned(), key)
            };
            table.columns.iter().map(of)
        })
        .collect();
    assert_eq!(told, columns(&world.database).await);
    assert!(TABLES.iter().all(|table| !table.key.is_empty()), "rows without a key have no order");
    world.end().await;
}

#[tokio::test]
async fn every_column_of_the_database_has_a_row_in_the_inventory() {
    let world = World::new().await;
    let rows: BTreeSet<(&str, &str)> =
        inventory::rows().iter().map(|row| (row.table.as_str(), row.column.as_str())).collect();
    let columns = columns(&world.database).await;
    for (table, column, ..) in &columns {
        assert!(rows.contains(&(table, "*")) || rows.contains(&(table, column)), "{table}.{column}");
    }
    for (table, column) in rows {
        assert!(
            columns.iter().any(|(name, one, ..)| name == table && (column == "*" || one == column)),
            "{table}.{column}"
        );
    }
    world.end().await;
}
