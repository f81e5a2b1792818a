//! Which timetable are trips computed from?
//!
//! Each imported feed is a row with its network. What the browser receives is all of them in one: the network that
//! ships with the program, and over it the imported feeds, the newer of two with one name. So rail and buses that were
//! imported one after the other are travelled together.

use crate::clock::Millis;
use crate::database::query::{execute, fetch_all, fetch_optional};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::import::Change;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::trip::draft::{Draft, Unfit};
use domain::trip::{Day, Network};
use sha2::{Digest, Sha256};

/// The network of this version of Pathways: the rail lines of Los Angeles on a school morning, and the ways of the bus
/// lines.
pub const SHIPPED: &[u8] = include_bytes!("../../catalogue/los-angeles.network");

/// The network that trips are computed from.
///
/// # Errors
/// [`Fault::Database`]; [`Fault::Stored`] when a row was written by another version.
pub async fn network(database: &Database) -> Result<Network, Fault> {
    let shipped = Network::decode(SHIPPED).map_err(|_| stored("shipped"))?;
    join(Draft::of(&shipped), &FeedRow::all(&mut database.lease().await?.conn()).await?)
}

/// The network of the imported feeds alone; none if there is no such feed.
///
/// # Errors
/// As [`network`].
pub async fn imported(database: &Database) -> Result<Option<Network>, Fault> {
    let rows = FeedRow::all(&mut database.lease().await?.conn()).await?;
    if rows.is_empty() { Ok(None) } else { join(Draft::default(), &rows).map(Some) }
}

fn join(first: Draft, rows: &[FeedRow]) -> Result<Network, Fault> {
    let mut all = first;
    for row in rows {
        all = all.with(Draft::of(&row.decoded()?));
    }
    all.network().map_err(|Unfit| stored("all feeds together"))
}

fn stored(name: &str) -> Fault {
    Fault::Stored { what: "a timetable", value: name.to_owned() }
}

/// An imported feed.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(crate) struct FeedRow {
    pub(crate) name: String,
    agency: String,
    first_day: Option<i64>,
    last_day: Option<i64>,
    school_day: Option<i64>,
    /// [`Network::encode`], in base64.
    network: String,
    imported_at: Millis,
}

/// A day as eight digits.
fn digits(day: Day) -> i64 {
    i64::from(day.year) * 10_000 + i64::from(day.month) * 100 + i64::from(day.day)
}

impl FeedRow {
    /// The row of a network that was made of one feed.
    pub(crate) fn of(network: &Network, now: Millis) -> FeedRow {
        let feed = network.feeds().first();
        let service = feed.and_then(|feed| feed.service);
        FeedRow {
            name: feed.map(|feed| feed.name.clone()).unwrap_or_default(),
            agency: feed.map(|feed| feed.agency.clone()).unwrap_or_default(),
            first_day: service.map(|service| digits(service.from)),
            last_day: service.map(|service| digits(service.until)),
            school_day: service.map(|service| digits(service.day)),
            network: STANDARD.encode(network.encode()),
            imported_at: now,
        }
    }

    fn decoded(&self) -> Result<Network, Fault> {
        let bytes = STANDARD.decode(&self.network).map_err(|_| stored(&self.name))?;
        Network::decode(&bytes).map_err(|_| stored(&self.name))
    }

    /// SHA-256 of the network, hexadecimal.
    pub(crate) fn checksum(&self) -> String {
        format!("{:x}", Sha256::digest(&self.network))
    }

    /// What becomes of the loaded row of this name; none if it says the same.
    pub(crate) fn change(&self, loaded: Option<&FeedRow>) -> Option<Change> {
        let Some(loaded) = loaded else { return Some(Change::New) };
        if (FeedRow { imported_at: self.imported_at, ..loaded.clone() }) == *self {
            return None;
        }
        let fields = loaded.fields().into_iter().zip(self.fields());
        let differ = fields.filter(|(old, new)| old != new).map(|((name, old), (_, new))| (name, old, new));
        Some(Change::Changed(differ.collect()))
    }

    /// What a person compares: name and value.
    fn fields(&self) -> Vec<(&'static str, String)> {
        let shown = |day: Option<i64>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let (lines, stations) =
            self.decoded().map_or((0, 0), |network| (network.lines().len(), network.stations().len()));
        vec![
            ("agency", self.agency.clone()),
            ("first day", shown(self.first_day)),
            ("last day", shown(self.last_day)),
            ("school day", shown(self.school_day)),
            ("lines", lines.to_string()),
            ("stations", stations.to_string()),
            ("checksum", self.checksum().chars().take(12).collect()),
        ]
    }

    /// All of them, the oldest first.
    pub(crate) async fn all(conn: &mut Conn<'_>) -> Result<Vec<FeedRow>, Fault> {
        fetch_all!(
            conn,
            FeedRow,
            "select name, agency, first_day, last_day, school_day, network, imported_at
             from transit_feed order by imported_at, name"
        )
    }

    pub(crate) async fn named(conn: &mut Conn<'_>, name: &str) -> Result<Option<FeedRow>, Fault> {
        fetch_optional!(
            conn,
            FeedRow,
            "select name, agency, first_day, last_day, school_day, network, imported_at
             from transit_feed where name = $1",
            name,
        )
    }

    pub(crate) async fn save(&self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        execute!(
            conn,
            "insert into transit_feed (name, agency, first_day, last_day, school_day, network, imported_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (name) do update set agency = excluded.agency, first_day = excluded.first_day,
                 last_day = excluded.last_day, school_day = excluded.school_day, network = excluded.network,
                 imported_at = excluded.imported_at",
            &self.name,
            &self.agency,
            self.first_day,
            self.last_day,
            self.school_day,
            &self.network,
            self.imported_at,
        )
        .map(drop)
    }
}
