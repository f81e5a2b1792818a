//! Which tables do the migrations make, with which columns? Read from their text, without a database.
//!
//! It reads what these migrations are written in (`create table` with text, bigint, boolean and double precision
//! columns, `alter table .. add column` and `drop column`, `drop table`) and stops the build at what it does not know,
//! so that no table is overlooked. A story compares what it reads with what both databases made.

/// A table as the migrations leave it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// The columns of the primary key, in its order.
    pub key: Vec<String>,
    /// A migration puts rows into it.
    pub seeded: bool,
}

/// A column as the migrations leave it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// `text`, `bigint`, `boolean` or `double precision`.
    pub kind: &'static str,
    /// It refers to a row of the same table.
    pub to_itself: bool,
}

const KINDS: [&str; 4] = ["text", "bigint", "boolean", "double precision"];

/// Reads migrations in their order. Tables come in the order in which they were made, so each stands after those it
/// refers to.
///
/// # Errors
/// The statement that could not be read.
pub fn tables<'a>(migrations: impl IntoIterator<Item = &'a str>) -> Result<Vec<Table>, String> {
    let mut tables = Vec::new();
    for text in migrations {
        for statement in statements(text) {
            apply(&mut tables, &statement).ok_or_else(|| format!("cannot read: {statement}"))?;
        }
    }
    Ok(tables)
}

/// The statements without their comments, each on one line. No text of ours holds a semicolon or two dashes.
fn statements(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.split_once("--").map_or(line, |(code, _)| code));
    let code: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    code.join(" ").split(';').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

fn apply(tables: &mut Vec<Table>, statement: &str) -> Option<()> {
    let find = |tables: &[Table], name: &str| tables.iter().position(|table| table.name == name);
    if let Some(rest) = statement.strip_prefix("create table ") {
        let (name, body) = rest.split_once(" (")?;
        let mut table = Table { name: name.to_owned(), ..Table::default() };
        for part in parts(body.strip_suffix(')')?) {
            declare(&mut table, part)?;
        }
        tables.push(table);
    } else if let Some(rest) = statement.strip_prefix("alter table ") {
        let (name, change) = rest.split_once(' ')?;
        let at = find(tables, name)?;
        if let Some(column) = change.strip_prefix("add column ") {
            declare(&mut tables[at], column)?;
        } else {
            let gone = change.strip_prefix("drop column ")?;
            tables[at].columns.retain(|column| column.name != gone);
        }
    } else if let Some(name) = statement.strip_prefix("drop table ") {
        let at = find(tables, name)?;
        tables.remove(at);
    } else if let Some(rest) = statement.strip_prefix("insert into ") {
        let at = find(tables, rest.split_once(' ')?.0)?;
        tables[at].seeded = true;
    } else if !["create index ", "create unique index ", "drop index ", "update ", "delete from "]
        .iter()
        .any(|known| statement.starts_with(known))
    {
        return None;
    }
    Some(())
}

/// Splits at commas that stand in no brackets.
fn parts(body: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, letter) in body.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(body[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(body[from..].trim());
    parts
}

/// Takes in a column or a rule of a table.
fn declare(table: &mut Table, part: &str) -> Option<()> {
    if let Some(rest) = part.strip_prefix("primary key (") {
        table.key = rest.strip_suffix(')')?.split(',').map(|name| name.trim().to_owned()).collect();
        return Some(());
    }
    if part.starts_with("check (") || part.starts_with("unique (") {
        return Some(());
    }
    let (name, rest) = part.split_once(' ')?;
    let kind = KINDS.into_iter().find(|kind| rest == *kind || rest.starts_with(&format!("{kind} ")))?;
    if rest.contains("primary key") {
        table.key = vec![name.to_owned()];
    }
    let to_itself = rest.contains(&format!("references {} (", table.name));
    table.columns.push(Column { name: name.to_owned(), kind, to_itself });
    Some(())
}

/// Says of each column that the inventory lacks, and of each row of the inventory that has no column, that it is so.
/// `*` stands for all columns of a table, `-` for the title of a table whose columns are listed.
pub fn differences(tables: &[Table], inventory: &str) -> Vec<String> {
    let rows: Vec<(&str, &str)> = inventory
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some((cells.next()?, cells.next()?))
        })
        .collect();
    let mut found = Vec::new();
    for table in tables {
        let listed = |column: &str| rows.contains(&(&table.name, column));
        for column in table.columns.iter().filter(|column| !listed("*") && !listed(&column.name)) {
            found.push(format!("inventory.csv has no row for {}.{}", table.name, column.name));
        }
        if !listed("*") && !listed("-") {
            found.push(format!("inventory.csv has no title for {0}: a row {0},-,..", table.name));
        }
    }
    for (at, (name, column)) in rows.iter().enumerate() {
        let table = tables.iter().find(|table| table.name == *name);
        let there = |table: &Table| {
            matches!(*column, "*" | "-") || table.columns.iter().any(|one| one.name == *column)
        };
        if !table.is_some_and(there) {
            found.push(format!("inventory.csv has a row for {name}.{column}, which is no column"));
        }
        let twice = rows[..at].iter().any(|(other, one)| other == name && (one == column || *one == "*"));
        if twice || (*column == "*" && rows[..at].iter().any(|(other, _)| other == name)) {
            found.push(format!("inventory.csv has two rows for {name}.{column}"));
        }
    }
    found
}
