//! Where are ZIP codes and rail stations?

use super::Record;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, insert_all};
use crate::fault::Fault;
use serde::{Deserialize, Serialize};

/// A ZIP code and its centre.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, Serialize, Deserialize)]
pub(crate) struct ZipRow {
    pub(crate) zip: String,
    pub(crate) city: String,
    pub(crate) place: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) source: String,
}

impl Record for ZipRow {
    const WORD: &'static str = "ZIP code";

    fn key(&self) -> String {
        self.zip.clone()
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("city", self.city.clone()),
            ("place", self.place.clone()),
            ("latitude", self.lat.to_string()),
            ("longitude", self.lon.to_string()),
        ]
    }

    async fn all(conn: &mut Conn<'_>) -> Result<Vec<Self>, Fault> {
        fetch_all!(conn, ZipRow, "select zip, city, place, lat, lon, source from zip order by zip")
    }

    async fn save(conn: &mut Conn<'_>, rows: &[Self]) -> Result<(), Fault> {
        insert_all!(
            conn,
            "insert into zip (zip, city, place, lat, lon, source)",
            rows,
            |row| [&row.zip, &row.city, &row.place, row.lat, row.lon, &row.source],
            "on conflict (zip) do update set city = excluded.city, place = excluded.place, lat = excluded.lat,
                 lon = excluded.lon, source = excluded.source"
        )
        .map(drop)
    }

    async fn remove(&self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        execute!(conn, "delete from zip where zip = $1", &self.zip).map(drop)
    }
}

/// A rail station.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, Serialize, Deserialize)]
pub(crate) struct StationRow {
    pub(crate) id: String,
    /// Without the word "Station".
    pub(crate) name: String,
    pub(crate) lines: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) source: String,
}

impl Record for StationRow {
    const WORD: &'static str = "rail station";

    fn key(&self) -> String {
        self.id.clone()
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("name", self.name.clone()),
            ("lines", self.lines.clone()),
            ("latitude", self.lat.to_string()),
            ("longitude", self.lon.to_string()),
        ]
    }

    async fn all(conn: &mut Conn<'_>) -> Result<Vec<Self>, Fault> {
        fetch_all!(conn, StationRow, "select id, name, lines, lat, lon, source from rail_station order by id")
    }

    async fn save(conn: &mut Conn<'_>, rows: &[Self]) -> Result<(), Fault> {
        insert_all!(
            conn,
            "insert into rail_station (id, name, lines, lat, lon, source)",
            rows,
            |row| [&row.id, &row.name, &row.lines, row.lat, row.lon, &row.source],
            "on conflict (id) do update set name = excluded.name, lines = excluded.lines, lat = excluded.lat,
                 lon = excluded.lon, source = excluded.source"
        )
        .map(drop)
    }

    async fn remove(&self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        execute!(conn, "delete from rail_station where id = $1", &self.id).map(drop)
    }
}
