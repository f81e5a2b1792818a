//! How is something tried out without touching what is there?
//!
//! On a connection of its own some tables are copied into temporary tables of the same names. Both databases look for
//! a name among the temporary tables first, so the very statements that would change the live tables change the copies
//! instead, and everything is gone with the connection. Others go on writing meanwhile: on SQLite the write lock of the
//! file is never taken, on PostgreSQL the transaction may only read what is not temporary.

use super::{Conn, Database};
use crate::fault::Fault;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

/// Copies of some tables, as they were at one moment. Dropped, they are gone.
///
/// The connection is none of the pool: a statement that was prepared there would go on meaning the live tables.
#[derive(Debug)]
pub enum Rehearsal {
    /// On a file of SQLite.
    Sqlite(SqliteConnection),
    /// On a server of PostgreSQL.
    Postgres(PgConnection),
}

impl Database {
    /// Copies tables, each after those that it refers to. What is written through
    /// [`conn`](Rehearsal::conn) to a table that is not among them is an error on PostgreSQL, and lost on SQLite.
    ///
    /// # Errors
    /// [`Fault::Database`] when the database cannot be reached, or there is no room for the copies.
    pub async fn rehearse(&self, tables: &[&'static str]) -> Result<Rehearsal, Fault> {
        match self {
            Database::Sqlite(pool) => {
                let mut conn = SqliteConnection::connect_with(&pool.connect_options()).await?;
                conn.execute("begin").await?;
                for table in tables {
                    copy_in_sqlite(&mut conn, table).await?;
                }
                Ok(Rehearsal::Sqlite(conn))
            }
            Database::Postgres(pool) => {
                let mut conn = PgConnection::connect_with(&pool.connect_options()).await?;
                conn.execute("begin isolation level repeatable read").await?;
                let (schema,): (String,) =
                    sqlx::query_as("select cast(current_schema() as text)").fetch_one(&mut conn).await?;
                for table in tables {
                    let copied = format!(
                        "create temporary table {table} (like \"{schema}\".{table} including all) on commit drop;
                         insert into pg_temp.{table} select * from \"{schema}\".{table}; analyze {table}"
                    );
                    sqlx::raw_sql(AssertSqlSafe(copied)).execute(&mut conn).await?;
                }
                conn.execute("set transaction read only").await?;
                Ok(Rehearsal::Postgres(conn))
            }
        }
    }
}

/// The temporary table is made by the words that made the live one; its indexes are filled when the rows are there.
async fn copy_in_sqlite(conn: &mut SqliteConnection, table: &str) -> Result<(), Fault> {
    let made: Vec<(String,)> = sqlx::query_as(
        "select sql from main.sqlite_master where tbl_name = $1 and sql is not null order by type desc",
    )
    .bind(table)
    .fetch_all(&mut *conn)
    .await?;
    for (words,) in made {
        let (words, is_table) = match words.strip_prefix("CREATE TABLE ") {
            Some(rest) => (format!("create temporary table {rest}"), true),
            None => (words.replacen("INDEX ", "INDEX temp.", 1), false),
        };
        sqlx::raw_sql(AssertSqlSafe(words)).execute(&mut *conn).await?;
        if is_table {
            let rows = format!("insert into temp.{table} select * from main.{table}");
            sqlx::raw_sql(AssertSqlSafe(rows)).execute(&mut *conn).await?;
        }
    }
    Ok(())
}

impl Rehearsal {
    /// The connection on which the copies stand before the live tables.
    pub fn conn(&mut self) -> Conn<'_> {
        match self {
            Rehearsal::Sqlite(conn) => Conn::Sqlite(conn),
            Rehearsal::Postgres(conn) => Conn::Postgres(conn),
        }
    }
}
