//! How is one query text run by the driver of whichever database is there?
//!
//! Each macro takes a `&mut Conn`, for reads the row type it fills, the text and what is bound to `$1`, `$2` ...

/// All rows: `fetch_all!(conn, Row, "select ..", a, b)`, a `Result<Vec<Row>, Fault>`.
macro_rules! fetch_all {
    ($conn:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $conn {
            $crate::database::Conn::Sqlite(conn) => {
                sqlx::query_as::<sqlx::Sqlite, $row>($sql)$(.bind($bind))*.fetch_all(&mut **conn).await
            }
            $crate::database::Conn::Postgres(conn) => {
                sqlx::query_as::<sqlx::Postgres, $row>($sql)$(.bind($bind))*.fetch_all(&mut **conn).await
            }
        }
        .map_err($crate::fault::Fault::from)
    };
}

/// Exactly one row, as an aggregate gives it.
macro_rules! fetch_one {
    ($conn:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $conn {
            $crate::database::Conn::Sqlite(conn) => {
                sqlx::query_as::<sqlx::Sqlite, $row>($sql)$(.bind($bind))*.fetch_one(&mut **conn).await
            }
            $crate::database::Conn::Postgres(conn) => {
                sqlx::query_as::<sqlx::Postgres, $row>($sql)$(.bind($bind))*.fetch_one(&mut **conn).await
            }
        }
        .map_err($crate::fault::Fault::from)
    };
}

/// The first row, if there is one.
macro_rules! fetch_optional {
    ($conn:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $conn {
            $crate::database::Conn::Sqlite(conn) => {
                sqlx::query_as::<sqlx::Sqlite, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **conn).await
            }
            $crate::database::Conn::Postgres(conn) => {
                sqlx::query_as::<sqlx::Postgres, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **conn).await
            }
        }
        .map_err($crate::fault::Fault::from)
    };
}

/// Runs a statement and gives the number of rows it touched.
macro_rules! execute {
    ($conn:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $conn {
            $crate::database::Conn::Sqlite(conn) => {
                sqlx::query::<sqlx::Sqlite>($sql)$(.bind($bind))*.execute(&mut **conn).await.map(|done| done.rows_affected())
            }
            $crate::database::Conn::Postgres(conn) => {
                sqlx::query::<sqlx::Postgres>($sql)$(.bind($bind))*.execute(&mut **conn).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::fault::Fault::from)
    };
}

/// Writes many rows with one statement: `insert_all!(conn, "insert into t (a, b)", rows, |row| [row.a, row.b], "on
/// conflict ..")`. Without rows nothing is run. The text is ours; what comes from outside is bound.
macro_rules! insert_all {
    ($conn:expr, $head:literal, $rows:expr, |$row:ident| [$($bind:expr),+ $(,)?], $tail:literal $(,)?) => {
        if $rows.is_empty() {
            Ok(0)
        } else {
            match $conn {
                $crate::database::Conn::Sqlite(conn) => {
                    let mut text = sqlx::QueryBuilder::<sqlx::Sqlite>::new(concat!($head, " "));
                    text.push_values($rows, |mut tuple, $row| { $(tuple.push_bind($bind);)+ });
                    text.push(concat!(" ", $tail));
                    text.build().execute(&mut **conn).await.map(|done| done.rows_affected())
                }
                $crate::database::Conn::Postgres(conn) => {
                    let mut text = sqlx::QueryBuilder::<sqlx::Postgres>::new(concat!($head, " "));
                    text.push_values($rows, |mut tuple, $row| { $(tuple.push_bind($bind);)+ });
                    text.push(concat!(" ", $tail));
                    text.build().execute(&mut **conn).await.map(|done| done.rows_affected())
                }
            }
            .map_err($crate::fault::Fault::from)
        }
    };
}

/// All rows of which a column is one of many texts, so that a batch is looked up with one question:
/// `fetch_in!(conn, Row, names, "select .. where kind = " (kind) " and name in " [])`. What comes from outside stands in
/// round brackets and is bound there; square ones are the place of the list. Without a list nothing is asked.
macro_rules! fetch_in {
    ($conn:expr, $row:ty, $keys:expr, $($piece:tt)+) => {
        if $keys.is_empty() {
            Ok(Vec::new())
        } else {
            match $conn {
                $crate::database::Conn::Sqlite(conn) => {
                    let mut text = sqlx::QueryBuilder::<sqlx::Sqlite>::new("");
                    $crate::database::query::pieces!(text, $keys; $($piece)+);
                    text.build_query_as::<$row>().fetch_all(&mut **conn).await
                }
                $crate::database::Conn::Postgres(conn) => {
                    let mut text = sqlx::QueryBuilder::<sqlx::Postgres>::new("");
                    $crate::database::query::pieces!(text, $keys; $($piece)+);
                    // Planned anew each time: a plan that was made while the table was empty reads all of it for ever.
                    text.build_query_as::<$row>().persistent(false).fetch_all(&mut **conn).await
                }
            }
            .map_err($crate::fault::Fault::from)
        }
    };
}

/// Runs a statement on the rows of which a column is one of many texts, written as for [`fetch_in`].
macro_rules! execute_in {
    ($conn:expr, $keys:expr, $($piece:tt)+) => {
        if $keys.is_empty() {
            Ok(0)
        } else {
            match $conn {
                $crate::database::Conn::Sqlite(conn) => {
                    let mut text = sqlx::QueryBuilder::<sqlx::Sqlite>::new("");
                    $crate::database::query::pieces!(text, $keys; $($piece)+);
                    text.build().execute(&mut **conn).await.map(|done| done.rows_affected())
                }
                $crate::database::Conn::Postgres(conn) => {
                    let mut text = sqlx::QueryBuilder::<sqlx::Postgres>::new("");
                    $crate::database::query::pieces!(text, $keys; $($piece)+);
                    text.build().persistent(false).execute(&mut **conn).await.map(|done| done.rows_affected())
                }
            }
            .map_err($crate::fault::Fault::from)
        }
    };
}

/// Puts a statement together: texts, what is bound between them, and the list.
macro_rules! pieces {
    ($to:ident, $keys:expr;) => {};
    ($to:ident, $keys:expr; ($bind:expr) $($rest:tt)*) => {
        $to.push_bind($bind);
        $crate::database::query::pieces!($to, $keys; $($rest)*);
    };
    ($to:ident, $keys:expr; [] $($rest:tt)*) => {
        $to.push("(");
        let mut list = $to.separated(", ");
        for key in $keys {
            list.push_bind(key);
        }
        $to.push(")");
        $crate::database::query::pieces!($to, $keys; $($rest)*);
    };
    ($to:ident, $keys:expr; $text:literal $($rest:tt)*) => {
        $to.push($text);
        $crate::database::query::pieces!($to, $keys; $($rest)*);
    };
}

pub(crate) use {execute, execute_in, fetch_all, fetch_in, fetch_one, fetch_optional, insert_all, pieces};
