//! Is what the database holds sound?

use crate::database::query::{fetch_all, fetch_one};
use crate::database::{Conn, Database};
use crate::explorer;
use crate::fault::Fault;
use domain::explorer::figure::{Fact, Figure};
use domain::explorer::school::School;
use std::fmt;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What is there, as name and number.
    pub counts: Vec<(&'static str, i64)>,
    /// What is wrong, as sentences that say what to do.
    pub problems: Vec<String>,
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, count) in &self.counts {
            writeln!(f, "{count:>8} {name}")?;
        }
        for problem in &self.problems {
            writeln!(f, "problem: {problem}")?;
        }
        if self.problems.is_empty() { writeln!(f, "no problems found") } else { Ok(()) }
    }
}

/// Checks the migrations, the file, the references between rows and the figures.
///
/// # Errors
/// [`Fault::Database`] when the database cannot be asked at all.
pub async fn run(database: &Database) -> Result<Findings, Fault> {
    let mut findings = Findings::default();
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let Some(applied) = applied(&mut conn).await else {
        findings.problems.push("the tables were never made; run `pathways migrate`".to_owned());
        return Ok(findings);
    };
    let missing = Database::migrations().iter().filter(|version| !applied.contains(version)).count();
    if missing > 0 {
        findings.problems.push(format!("{missing} migrations are not applied; run `pathways migrate`"));
        return Ok(findings);
    }
    findings.problems.extend(integrity(&mut conn).await?);
    findings.counts = counts(&mut conn).await?;
    drop(lease);
    figures(database, &mut findings).await?;
    Ok(findings)
}

/// The migrations that were applied; none if there is no table of them.
pub(crate) async fn applied(conn: &mut Conn<'_>) -> Option<Vec<i64>> {
    let rows =
        fetch_all!(conn, (i64,), "select version from _sqlx_migrations where success order by version");
    Some(rows.ok()?.into_iter().map(|(version,)| version).collect())
}

/// What the engine says of its own file. A server checks as it writes; an embedded file can be damaged by a copy.
async fn integrity(conn: &mut Conn<'_>) -> Result<Vec<String>, Fault> {
    let Conn::Sqlite(conn) = conn else { return Ok(Vec::new()) };
    let mut problems = Vec::new();
    let said: Vec<(String,)> = sqlx::query_as("pragma integrity_check").fetch_all(&mut **conn).await?;
    for (line,) in said.into_iter().filter(|(line,)| line != "ok") {
        problems.push(format!(
            "the database file is damaged ({line}); put a copy of it aside and restore a backup"
        ));
    }
    let lost: Vec<(String,)> = sqlx::query_as("select distinct \"table\" from pragma_foreign_key_check")
        .fetch_all(&mut **conn)
        .await?;
    for (table,) in lost {
        problems.push(format!("rows of {table} refer to rows that are gone; import their files again"));
    }
    Ok(problems)
}

async fn counts(conn: &mut Conn<'_>) -> Result<Vec<(&'static str, i64)>, Fault> {
    let asked = [
        ("schools that are open", "select cast(count(*) as bigint) from school where closed_at is null"),
        (
            "schools that are closed",
            "select cast(count(*) as bigint) from school where closed_at is not null",
        ),
        ("figures", "select cast(count(*) as bigint) from fact"),
        ("figures that a review doubts", "select cast(count(*) as bigint) from doubt"),
        ("reference values", "select cast(count(*) as bigint) from reference_value"),
        ("ZIP codes", "select cast(count(*) as bigint) from zip"),
        ("rail stations", "select cast(count(*) as bigint) from rail_station"),
        ("schools in the GoPass listing", "select cast(count(*) as bigint) from gopass"),
        ("pathways", "select cast(count(*) as bigint) from pathway"),
        ("common names", "select cast(count(*) as bigint) from alias"),
        ("sources", "select cast(count(*) as bigint) from source"),
        ("files read", "select cast(count(*) as bigint) from import_run"),
    ];
    let mut counts = Vec::new();
    for (name, text) in asked {
        let (count,) = fetch_one!(&mut *conn, (i64,), text)?;
        counts.push((name, count));
    }
    Ok(counts)
}

/// Can the explorer be made from the rows, and is each figure possible?
async fn figures(database: &Database, findings: &mut Findings) -> Result<(), Fault> {
    let (catalogue, details) = match explorer::load_catalogue(database).await {
        Ok(loaded) => loaded,
        Err(Fault::Database(cause)) => return Err(cause.into()),
        Err(fault) => {
            findings.problems.push(fault.to_string());
            return Ok(());
        }
    };
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let default = catalogue.schools.iter().filter(|school| school.is_default()).count();
    findings.counts.push(("schools in the explorer", count(catalogue.schools.len())));
    findings.counts.push(("schools it shows by default", count(default)));
    findings.counts.push(("places to start from", count(catalogue.starts.len())));
    if catalogue.schools.is_empty() {
        let advice =
            "no school is loaded; `pathways serve` loads the shipped catalogue, `pathways import` your files";
        findings.problems.push(advice.to_owned());
    }
    if details.schools.len() != catalogue.schools.len() {
        findings.problems.push("some schools have no details; load the catalogue again".to_owned());
    }
    findings.problems.extend(catalogue.schools.iter().flat_map(impossible));
    Ok(())
}

fn impossible(school: &School) -> Vec<String> {
    let mut problems = Vec::new();
    for fact in Fact::ALL {
        if let Figure::Known { tenths, year, .. } = school.figure(fact)
            && fact.is_share()
            && !(0..=1000).contains(&tenths)
        {
            let (cds, slug) = (school.cds, fact.slug());
            problems.push(format!(
                "{cds}: {slug} of {year} is {tenths} tenths of a percent; import its file again"
            ));
        }
    }
    problems
}
