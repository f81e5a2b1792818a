//! How does a row become a line, and a line a row?
//!
//! The texts of these queries are made from the names in [`TABLES`](super::super::schema::TABLES), which are ours; what
//! a file holds is only ever bound.

use super::super::schema::{Kind, Table};
use crate::database::Conn;
use crate::database::query::{execute, fetch_optional};
use crate::fault::Fault;
use futures_util::TryStreamExt as _;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Postgres, QueryBuilder, Row as _, Sqlite};

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(Option<String>),
    Bigint(Option<i64>),
    Boolean(Option<bool>),
    Double(Option<f64>),
}

/// How many values go into one statement; SQLite takes 32,766.
const AT_ONCE: usize = 8_000;

/// How many rows of a table go into one statement.
pub(super) fn rows_at_once(table: &Table) -> usize {
    (AT_ONCE / table.columns.len().max(1)).max(1)
}

/// Hands on each row as a line, in the order of the primary key.
pub(super) async fn read(
    conn: &mut Conn<'_>,
    table: &Table,
    mut each: impl FnMut(&[u8]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let text = AssertSqlSafe(select(table, matches!(conn, Conn::Postgres(_))));
    let mut line = Vec::new();
    macro_rules! stream {
        ($database:ty, $conn:expr) => {{
            let mut rows = sqlx::query::<$database>(text).fetch(&mut **$conn);
            while let Some(row) = rows.try_next().await? {
                let mut values = Vec::with_capacity(table.columns.len());
                for (at, column) in table.columns.iter().enumerate() {
                    values.push(match column.kind {
                        Kind::Text => Cell::Text(row.try_get(at)?),
                        Kind::Bigint => Cell::Bigint(row.try_get(at)?),
                        Kind::Boolean => Cell::Boolean(row.try_get(at)?),
                        Kind::Double => Cell::Double(row.try_get(at)?),
                    });
                }
                write(&values, &mut line);
                each(&line)?;
            }
        }};
    }
    match conn {
        Conn::Sqlite(conn) => stream!(Sqlite, conn),
        Conn::Postgres(conn) => stream!(Postgres, conn),
    }
    Ok(())
}

/// Writes rows with one statement. What refers to a row of the same table is left out: [`relate`] writes it when all
/// rows are there.
pub(super) async fn insert(conn: &mut Conn<'_>, table: &Table, rows: Vec<Vec<Cell>>) -> Result<(), Fault> {
    if rows.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let head = format!("insert into {} ({}) ", table.name, names.join(", "));
    macro_rules! put {
        ($database:ty, $conn:expr) => {{
            let mut text = QueryBuilder::<$database>::new(head);
            text.push_values(rows, |mut tuple, row| {
                for (cell, column) in row.into_iter().zip(table.columns) {
                    match cell {
                        Cell::Text(text) => tuple.push_bind(text.filter(|_| !column.to_itself)),
                        Cell::Bigint(number) => tuple.push_bind(number),
                        Cell::Boolean(yes) => tuple.push_bind(yes),
                        Cell::Double(number) => tuple.push_bind(number),
                    };
                }
            });
            text.build().execute(&mut **$conn).await?;
        }};
    }
    match conn {
        Conn::Sqlite(conn) => put!(Sqlite, conn),
        Conn::Postgres(conn) => put!(Postgres, conn),
    }
    Ok(())
}

/// Writes what a row says of another row of its table.
pub(super) async fn relate(conn: &mut Conn<'_>, table: &Table, row: &[Cell]) -> Result<(), Fault> {
    let [key] = table.key else { return Ok(()) };
    let value = |name: &str| {
        let at = table.columns.iter().position(|column| column.name == name);
        match at.and_then(|at| row.get(at)) {
            Some(Cell::Text(text)) => text.as_deref(),
            _ => None,
        }
    };
    for column in table.columns.iter().filter(|column| column.to_itself) {
        if let Some(other) = value(column.name) {
            let text = format!("update {} set {} = $1 where {key} = $2", table.name, column.name);
            execute!(&mut *conn, AssertSqlSafe(text), other, value(key))?;
        }
    }
    Ok(())
}

/// Deletes what a migration put into a table.
pub(super) async fn clear(conn: &mut Conn<'_>, table: &Table) -> Result<(), Fault> {
    execute!(conn, AssertSqlSafe(format!("delete from {}", table.name))).map(drop)
}

/// Does a table hold no row?
pub(super) async fn is_empty(conn: &mut Conn<'_>, table: &Table) -> Result<bool, Fault> {
    let text = format!("select cast(1 as bigint) from {} limit 1", table.name);
    Ok(fetch_optional!(conn, (i64,), AssertSqlSafe(text))?.is_none())
}

/// The query of all rows. PostgreSQL is told to order text by its bytes, as SQLite does.
fn select(table: &Table, postgres: bool) -> String {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let order = |name: &&str| {
        let text = table.columns.iter().any(|column| column.name == *name && column.kind == Kind::Text);
        if text && postgres { format!("{name} collate \"C\"") } else { (*name).to_owned() }
    };
    let order: Vec<String> = table.key.iter().map(order).collect();
    format!("select {} from {} order by {}", names.join(", "), table.name, order.join(", "))
}

/// A row as a line. A floating-point number stands as text, which gives the same number again to the last bit.
fn write(cells: &[Cell], line: &mut Vec<u8>) {
    let value = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone().map(Value::String),
        Cell::Bigint(number) => number.map(Value::from),
        Cell::Boolean(yes) => yes.map(Value::Bool),
        Cell::Double(number) => number.map(|number| Value::String(number.to_string())),
    };
    let values: Vec<Value> = cells.iter().map(|cell| value(cell).unwrap_or(Value::Null)).collect();
    line.clear();
    line.extend_from_slice(Value::Array(values).to_string().as_bytes());
    line.push(b'\n');
}

/// A line as a row of this table; none if it is not one.
pub(super) fn parse(table: &Table, line: &[u8]) -> Option<Vec<Cell>> {
    let values: Vec<Value> = serde_json::from_slice(line).ok()?;
    if values.len() != table.columns.len() {
        return None;
    }
    let cell = |(value, kind): (Value, Kind)| {
        Some(match (kind, value) {
            (Kind::Text, Value::Null) => Cell::Text(None),
            (Kind::Text, Value::String(text)) => Cell::Text(Some(text)),
            (Kind::Bigint, Value::Null) => Cell::Bigint(None),
            (Kind::Bigint, Value::Number(number)) => Cell::Bigint(Some(number.as_i64()?)),
            (Kind::Boolean, Value::Null) => Cell::Boolean(None),
            (Kind::Boolean, Value::Bool(yes)) => Cell::Boolean(Some(yes)),
            (Kind::Double, Value::Null) => Cell::Double(None),
            (Kind::Double, Value::String(text)) => Cell::Double(Some(text.parse().ok()?)),
            _ => return None,
        })
    };
    values.into_iter().zip(table.columns.iter().map(|column| column.kind)).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::schema::Column;
    use super::*;

    const TABLE: Table = Table {
        name: "made",
        columns: &[
            Column { name: "id", kind: Kind::Text, to_itself: false },
            Column { name: "n", kind: Kind::Bigint, to_itself: false },
            Column { name: "yes", kind: Kind::Boolean, to_itself: false },
            Column { name: "x", kind: Kind::Double, to_itself: false },
        ],
        key: &["id", "n"],
        seeded: false,
    };

    #[test]
    fn a_row_is_the_same_after_it_was_a_line() {
        for row in [
            [
                Cell::Text(Some("ñ \"\n\u{1}".to_owned())),
                Cell::Bigint(Some(i64::MIN)),
                Cell::Boolean(Some(true)),
                Cell::Double(Some(0.1 + 0.2)),
            ],
            [
                Cell::Text(Some(String::new())),
                Cell::Bigint(Some(i64::MAX)),
                Cell::Boolean(Some(false)),
                Cell::Double(Some(f64::MIN_POSITIVE)),
            ],
            [Cell::Text(None), Cell::Bigint(None), Cell::Boolean(None), Cell::Double(None)],
        ] {
            let mut line = Vec::new();
            write(&row, &mut line);
            assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1, "a row is one line");
            assert_eq!(parse(&TABLE, &line), Some(row.to_vec()));
        }
    }

    #[test]
    fn what_is_no_row_of_the_table_is_not_taken_for_one() {
        for line in [
            "",
            "{}",
            "[]",
            r#"["a",1,true]"#,
            r#"["a","1",true,null]"#,
            r#"["a",1.5,true,null]"#,
            r#"["a",1,1,null]"#,
            r#"["a",1,true,2.5]"#,
            r#"["a",1,true,null,0]"#,
        ] {
            assert_eq!(parse(&TABLE, line.as_bytes()), None, "{line}");
        }
    }

    #[test]
    fn rows_come_in_the_order_of_bytes_from_both() {
        assert_eq!(select(&TABLE, false), "select id, n, yes, x from made order by id, n");
        assert_eq!(select(&TABLE, true), "select id, n, yes, x from made order by id collate \"C\", n");
    }
}
