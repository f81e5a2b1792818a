//! Which tables are there, with which columns? As the build read them from the migrations.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number of 64 bits.
    Bigint,
    /// True or false.
    Boolean,
    /// A floating-point number of 64 bits.
    Double,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// It refers to a row of its own table.
    pub to_itself: bool,
}

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in their order.
    pub columns: &'static [Column],
    /// The columns of its primary key.
    pub key: &'static [&'static str],
    /// A migration puts rows into it, so it is never empty.
    pub seeded: bool,
}

/// All tables, each after those that it refers to.
pub static TABLES: &[Table] = include!(concat!(env!("OUT_DIR"), "/tables.rs"));

impl Kind {
    /// The word of the migrations, and of PostgreSQL.
    pub const fn sql(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Bigint => "bigint",
            Kind::Boolean => "boolean",
            Kind::Double => "double precision",
        }
    }
}

#[cfg(test)]
#[path = "../../build/migration.rs"]
mod migration;

#[cfg(test)]
mod tests {
    use super::migration::{differences, tables};

    const MADE: &str = "-- A comment; with a semicolon\ncreate table a (\n id text primary key, -- its id\n \
        n bigint check (n in (1, 2)),\n up text references a (id)\n);\ncreate index a_n on a (n);\n\
        create table b (x double precision not null, y boolean, primary key (x, y), unique (y));\n\
        insert into b (x, y) values (1, true);";

    #[test]
    fn tables_are_read_from_the_text_of_migrations() {
        let read = tables([MADE, "alter table a add column more text;\ndrop table b;"]).unwrap();
        let names: Vec<&str> = read[0].columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!((read.len(), names), (1, vec!["id", "n", "up", "more"]));
        let read = tables([MADE]).unwrap();
        assert_eq!(read[0].key, ["id"]);
        assert!(read[0].columns[2].to_itself && !read[0].seeded);
        assert_eq!(
            (read[1].key.as_slice(), read[1].seeded),
            (["x".to_owned(), "y".to_owned()].as_slice(), true)
        );
        assert_eq!(read[1].columns[0].kind, "double precision");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for wrong in
            ["create view v as select 1", "create table t (id uuid)", "alter table t add column x text"]
        {
            assert!(tables([wrong]).unwrap_err().contains(wrong), "{wrong}");
        }
    }

    #[test]
    fn each_difference_from_the_inventory_is_named() {
        let read = tables([MADE]).unwrap();
        assert_eq!(differences(&read, "table,column\na,-\na,id\na,n\na,up\nb,*\n"), Vec::<String>::new());
        assert_eq!(
            differences(&read, "table,column\na,id\na,id\na,up\na,gone\nb,*\nb,x\nc,*\n"),
            [
                "inventory.csv has no row for a.n",
                "inventory.csv has no title for a: a row a,-,..",
                "inventory.csv has two rows for a.id",
                "inventory.csv has a row for a.gone, which is no column",
                "inventory.csv has two rows for b.x",
                "inventory.csv has a row for c.*, which is no column",
            ]
        );
    }
}
