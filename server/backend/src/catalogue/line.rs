//! How does one line of the catalogue file read?

use crate::explorer::snapshot::Snapshot;
use crate::import::Problem;
use crate::import::item::Item;
use crate::record::fact::{DoubtRow, FactRow, ReferenceRow, status};
use crate::record::listing::{AliasRow, GoPassRow, PathwayRow};
use crate::record::place::{StationRow, ZipRow};
use crate::record::school::SchoolRow;
use crate::record::source::SourceRow;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The name of the format, and the version of it that is read and written.
const FORMAT: &str = "pathways-catalogue";
const VERSION: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    format: String,
    version: u32,
    /// How many lines follow; a file that is cut short has fewer.
    lines: usize,
}

/// One of the other lines.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Line {
    Source(SourceRow),
    Reference(ReferenceRow),
    Zip(ZipRow),
    Station(StationRow),
    School(Box<SchoolLine>),
}

/// A school with all that is known of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SchoolLine {
    #[serde(flatten)]
    school: SchoolRow,
    /// Common names, with the reason why each is right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<(String, String)>,
    /// Participates, phone, source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gopass: Option<(bool, String, String)>,
    /// Name, year, address, source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pathways: Vec<(String, i64, String, String)>,
    /// Figures by source.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    figures: BTreeMap<String, Vec<Figure>>,
    /// Metric, school year, reason, source of figures that were published and cannot be true.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    doubts: Vec<(String, i64, String, String)>,
}

/// Metric (and dimension, after a stroke), school year, value, numerator, denominator, and the status unless it is the
/// usual one, reliable.
#[derive(Debug, Serialize, Deserialize)]
struct Figure(
    String,
    i64,
    Option<Value>,
    Option<i64>,
    Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")] Option<String>,
);

/// A value as the state writes it: 22 or 93.8.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Value {
    Whole(i64),
    Tenths(f64),
}

impl Value {
    #[allow(clippy::cast_precision_loss)] // a published figure has at most seven digits
    fn from_tenths(tenths: i64) -> Value {
        if tenths % 10 == 0 { Value::Whole(tenths / 10) } else { Value::Tenths(tenths as f64 / 10.0) }
    }

    #[allow(clippy::cast_possible_truncation)] // as above
    fn tenths(&self) -> i64 {
        match self {
            Value::Whole(whole) => whole.saturating_mul(10),
            Value::Tenths(value) => (value * 10.0).round() as i64,
        }
    }
}

impl Header {
    /// Is this the first line of a whole catalogue that this version reads?
    pub(super) fn check(line: &str, text: &str) -> Result<(), Problem> {
        let header: Header = serde_json::from_str(line).map_err(|_| {
            Problem::whole(1, "not a catalogue of Pathways; make one with `pathways catalogue --out FILE`")
        })?;
        if header.format != FORMAT || header.version != VERSION {
            let Header { format, version, .. } = header;
            return Err(Problem::whole(
                1,
                format!("{format} {version}, but this program reads {FORMAT} {VERSION}"),
            ));
        }
        let lines = text.lines().count() - 1;
        if lines != header.lines {
            let reason =
                format!("the file is cut short: {lines} lines after the first, not {}", header.lines);
            return Err(Problem::whole(lines as u64 + 1, reason));
        }
        Ok(())
    }
}

impl Line {
    /// Reads one line, counted from 1.
    pub(super) fn parse(text: &str, number: u64) -> Result<Line, Problem> {
        serde_json::from_str(text)
            .map_err(|cause| Problem::whole(number, format!("not a line of a catalogue: {cause}")))
    }

    /// What the line brings into the database.
    pub(super) fn items(self) -> Vec<Item> {
        match self {
            Line::Source(row) => vec![Item::Source(row)],
            Line::Reference(row) => vec![Item::Reference(row)],
            Line::Zip(row) => vec![Item::Zip(row)],
            Line::Station(row) => vec![Item::Station(row)],
            Line::School(line) => line.items(),
        }
    }
}

impl SchoolLine {
    fn of(school: &SchoolRow, snapshot: &Snapshot) -> SchoolLine {
        let cds = school.cds.as_str();
        let mut line = SchoolLine {
            school: school.clone(),
            aliases: Vec::new(),
            gopass: None,
            pathways: Vec::new(),
            figures: BTreeMap::new(),
            doubts: Vec::new(),
        };
        if !school.serves(9) {
            return line; // a place to start from
        }
        line.aliases = snapshot.aliases(cds).map(|row| (row.alias.clone(), row.basis.clone())).collect();
        line.gopass =
            snapshot.gopass(cds).map(|row| (row.participates, row.phone.clone(), row.source.clone()));
        let pathway = |row: &PathwayRow| {
            (row.name.clone(), row.certified_year, row.address.clone(), row.source.clone())
        };
        line.pathways = snapshot.pathways(cds).iter().map(pathway).collect();
        for row in snapshot.facts(cds) {
            line.figures.entry(row.source.clone()).or_default().push(Figure::of(row));
        }
        let spoken: BTreeSet<_> =
            snapshot.facts(cds).iter().map(|row| (&row.metric, row.school_year)).collect();
        let doubts =
            snapshot.doubts(cds).iter().filter(|row| spoken.contains(&(&row.metric, row.school_year)));
        line.doubts = doubts
            .map(|row| (row.metric.clone(), row.school_year, row.reason.clone(), row.source.clone()))
            .collect();
        line
    }

    fn items(self) -> Vec<Item> {
        let cds = self.school.cds.clone();
        let mut items = vec![Item::School(Box::new(self.school))];
        for (source, figures) in self.figures {
            items.extend(figures.into_iter().map(|figure| Item::Fact(figure.row(&cds, &source))));
        }
        for (metric, school_year, reason, source) in self.doubts {
            items.push(Item::Doubt(DoubtRow { cds: cds.clone(), metric, school_year, reason, source }));
        }
        if let Some((participates, phone, source)) = self.gopass {
            items.push(Item::GoPass(GoPassRow { cds: cds.clone(), participates, phone, source }));
        }
        for (name, certified_year, address, source) in self.pathways {
            items.push(Item::Pathway(PathwayRow { cds: cds.clone(), name, certified_year, address, source }));
        }
        for (alias, basis) in self.aliases {
            items.push(Item::Alias(AliasRow { cds: cds.clone(), alias, basis }));
        }
        items
    }
}

impl Figure {
    fn of(row: &FactRow) -> Figure {
        let stroke = if row.dimension.is_empty() { "" } else { "/" };
        Figure(
            format!("{}{stroke}{}", row.metric, row.dimension),
            row.school_year,
            row.tenths.map(Value::from_tenths),
            row.numerator,
            row.denominator,
            (row.status != status::RELIABLE).then(|| row.status.clone()),
        )
    }

    fn row(self, cds: &str, source: &str) -> FactRow {
        let Figure(name, school_year, value, numerator, denominator, status) = self;
        let status = status.unwrap_or_else(|| status::RELIABLE.to_owned());
        let (metric, dimension) = name.split_once('/').unwrap_or((&name, ""));
        FactRow {
            cds: cds.to_owned(),
            metric: metric.to_owned(),
            dimension: dimension.to_owned(),
            school_year,
            tenths: value.map(|value| value.tenths()).filter(|_| status != status::NOT_REPORTED),
            numerator,
            denominator,
            status,
            source: source.to_owned(),
        }
    }
}

/// The whole file.
pub(super) fn write(snapshot: &Snapshot) -> String {
    let used = used_sources(snapshot);
    let lines: Vec<Line> = snapshot
        .sources
        .iter()
        .filter(|row| used.contains(row.id.as_str()))
        .cloned()
        .map(Line::Source)
        .chain(snapshot.references.iter().cloned().map(Line::Reference))
        .chain(snapshot.zips.iter().cloned().map(Line::Zip))
        .chain(snapshot.stations.iter().cloned().map(Line::Station))
        .chain(snapshot.schools.iter().map(|row| Line::School(Box::new(SchoolLine::of(row, snapshot)))))
        .collect();
    let header = Header { format: FORMAT.to_owned(), version: VERSION, lines: lines.len() };
    let mut text = serde_json::to_string(&header).unwrap_or_default();
    text.push('\n');
    for line in lines {
        text.push_str(&serde_json::to_string(&line).unwrap_or_default());
        text.push('\n');
    }
    text
}

/// The sources that the lines name; the others would be noise.
fn used_sources(snapshot: &Snapshot) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    used.extend(snapshot.schools.iter().map(|row| row.source.as_str()));
    used.extend(snapshot.facts.iter().map(|row| row.source.as_str()));
    used.extend(snapshot.references.iter().map(|row| row.source.as_str()));
    used.extend(snapshot.zips.iter().map(|row| row.source.as_str()));
    used.extend(snapshot.stations.iter().map(|row| row.source.as_str()));
    for row in snapshot.high_schools() {
        let cds = row.cds.as_str();
        used.extend(snapshot.gopass(cds).map(|row| row.source.as_str()));
        used.extend(snapshot.pathways(cds).iter().map(|row| row.source.as_str()));
        used.extend(snapshot.doubts(cds).iter().map(|row| row.source.as_str()));
    }
    used
}
