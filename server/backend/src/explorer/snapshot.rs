//! What does the database hold for the explorer, read once?

use crate::database::Conn;
use crate::fault::Fault;
use crate::record::Record;
use crate::record::fact::{DoubtRow, FactRow, ReferenceRow};
use crate::record::listing::{AliasRow, GoPassRow, PathwayRow};
use crate::record::place::{StationRow, ZipRow};
use crate::record::school::SchoolRow;
use crate::record::source::SourceRow;
use domain::explorer::place::Point;

/// All rows the explorer speaks of. Rows of schools are ordered by their code, so they are found by halving.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) schools: Vec<SchoolRow>,
    pub(crate) facts: Vec<FactRow>,
    pub(crate) doubts: Vec<DoubtRow>,
    pub(crate) references: Vec<ReferenceRow>,
    pub(crate) zips: Vec<ZipRow>,
    pub(crate) stations: Vec<StationRow>,
    pub(crate) gopass: Vec<GoPassRow>,
    pub(crate) pathways: Vec<PathwayRow>,
    pub(crate) aliases: Vec<AliasRow>,
    pub(crate) sources: Vec<SourceRow>,
}

/// A rail station as a point.
#[derive(Debug)]
pub(crate) struct Station {
    pub(crate) name: String,
    pub(crate) lines: String,
    pub(crate) point: Point,
}

impl Snapshot {
    pub(crate) async fn read(conn: &mut Conn<'_>) -> Result<Snapshot, Fault> {
        let mut snapshot = Snapshot {
            schools: SchoolRow::open(conn).await?,
            facts: FactRow::of_high_schools(conn).await?,
            doubts: DoubtRow::all(conn).await?,
            references: ReferenceRow::all(conn).await?,
            zips: ZipRow::all(conn).await?,
            stations: StationRow::all(conn).await?,
            gopass: GoPassRow::all(conn).await?,
            pathways: PathwayRow::all(conn).await?,
            aliases: AliasRow::all(conn).await?,
            sources: SourceRow::all(conn).await?,
        };
        // Databases order text by different rules; the order of a shipped file must not depend on them.
        snapshot.schools.sort_by(|a, b| a.cds.cmp(&b.cds));
        let order =
            |row: &FactRow| (row.cds.clone(), row.source.clone(), row.metric.clone(), row.dimension.clone());
        snapshot.facts.sort_by_cached_key(|row| (order(row), row.school_year));
        snapshot.doubts.sort_by_cached_key(Record::key);
        snapshot.references.sort_by_cached_key(Record::key);
        snapshot.stations.sort_by_cached_key(Record::key);
        snapshot.gopass.sort_by_cached_key(Record::key);
        snapshot.pathways.sort_by_cached_key(Record::key);
        snapshot.aliases.sort_by_cached_key(Record::key);
        snapshot.sources.sort_by_cached_key(Record::key);
        Ok(snapshot)
    }

    /// The schools with a 9th grade.
    pub(crate) fn high_schools(&self) -> impl Iterator<Item = &SchoolRow> {
        self.schools.iter().filter(|row| row.serves(9))
    }

    pub(crate) fn facts(&self, cds: &str) -> &[FactRow] {
        of(&self.facts, cds, |row| &row.cds)
    }

    pub(crate) fn doubts(&self, cds: &str) -> &[DoubtRow] {
        of(&self.doubts, cds, |row| &row.cds)
    }

    pub(crate) fn gopass(&self, cds: &str) -> Option<&GoPassRow> {
        of(&self.gopass, cds, |row| &row.cds).first()
    }

    pub(crate) fn pathways(&self, cds: &str) -> &[PathwayRow] {
        of(&self.pathways, cds, |row| &row.cds)
    }

    pub(crate) fn aliases(&self, cds: &str) -> impl Iterator<Item = &AliasRow> {
        of(&self.aliases, cds, |row| &row.cds).iter()
    }

    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn stations(&self) -> Vec<Station> {
        let station = |row: &StationRow| Station {
            name: row.name.clone(),
            lines: row.lines.clone(),
            point: Point { lat: row.lat as f32, lon: row.lon as f32 },
        };
        self.stations.iter().map(station).collect()
    }
}

/// The rows of one school among rows that are ordered by school.
fn of<'a, R>(rows: &'a [R], cds: &str, code: impl Fn(&R) -> &String) -> &'a [R] {
    let start = rows.partition_point(|row| code(row).as_str() < cds);
    let end = rows.partition_point(|row| code(row).as_str() <= cds);
    &rows[start..end]
}
