//! What do lists besides the directory say of a school: GoPass, pathways, common names?

use super::Record;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, insert_all};
use crate::fault::Fault;

/// What Metro's GoPass listing says of a school.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(crate) struct GoPassRow {
    pub(crate) cds: String,
    pub(crate) participates: bool,
    pub(crate) phone: String,
    pub(crate) source: String,
}

impl Record for GoPassRow {
    const WORD: &'static str = "GoPass school";

    fn key(&self) -> String {
        self.cds.clone()
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![("participates", self.participates.to_string()), ("phone", self.phone.clone())]
    }

    async fn all(conn: &mut Conn<'_>) -> Result<Vec<Self>, Fault> {
        fetch_all!(conn, GoPassRow, "select cds, participates, phone, source from gopass order by cds")
    }

    async fn save(conn: &mut Conn<'_>, rows: &[Self]) -> Result<(), Fault> {
        insert_all!(
            conn,
            "insert into gopass (cds, participates, phone, source)",
            rows,
            |row| [&row.cds, row.participates, &row.phone, &row.source],
            "on conflict (cds) do update set participates = excluded.participates, phone = excluded.phone,
                 source = excluded.source"
        )
        .map(drop)
    }

    async fn remove(&self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        execute!(conn, "delete from gopass where cds = $1", &self.cds).map(drop)
    }
}

/// A pathway with a certificate.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(crate) struct PathwayRow {
    pub(crate) cds: String,
    pub(crate) name: String,
    pub(crate) certified_year: i64,
    pub(crate) address: String,
    pub(crate) source: String,
}

impl Record for PathwayRow {
    const WORD: &'static str = "pathway";

    fn key(&self) -> String {
        format!("{} {}", self.cds, self.name)
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![("certified", self.certified_year.to_string()), ("address", self.address.clone())]
    }

    async fn all(conn: &mut Conn<'_>) -> Result<Vec<Self>, Fault> {
        fetch_all!(
            conn,
            PathwayRow,
            "select cds, name, certified_year, address, source from pathway order by cds, certified_year, address"
        )
    }

    async fn save(conn: &mut Conn<'_>, rows: &[Self]) -> Result<(), Fault> {
        insert_all!(
            conn,
            "insert into pathway (cds, name, certified_year, address, source)",
            rows,
            |row| [&row.cds, &row.name, row.certified_year, &row.address, &row.source],
            "on conflict (cds, name) do update set certified_year = excluded.certified_year,
                 address = excluded.address, source = excluded.source"
        )
        .map(drop)
    }

    async fn remove(&self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        execute!(conn, "delete from pathway where cds = $1 and name = $2", &self.cds, &self.name).map(drop)
    }
}

/// A name that students use, reviewed by a person.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(crate) struct AliasRow {
    pub(crate) cds: String,
    pub(crate) alias: String,
    pub(crate) basis: String,
}

impl Record for AliasRow {
    const WORD: &'static str = "common name";

    fn key(&self) -> String {
        format!("{} {}", self.cds, self.alias)
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![("basis", self.basis.clone())]
    }

    async fn all(conn: &mut Conn<'_>) -> Result<Vec<Self>, Fault> {
        fetch_all!(conn, AliasRow, "select cds, alias, basis from alias")
    }

    async fn save(conn: &mut Conn<'_>, rows: &[Self]) -> Result<(), Fault> {
        insert_all!(
            conn,
            "insert into alias (cds, alias, basis)",
            rows,
            |row| [&row.cds, &row.alias, &row.basis],
            "on conflict (cds, alias) do update set basis = excluded.basis"
        )
        .map(drop)
    }

    async fn remove(&self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        execute!(conn, "delete from alias where cds = $1 and alias = $2", &self.cds, &self.alias).map(drop)
    }
}
