//! How does one file get into the database, all of it or nothing?

use super::item::{Item, Matched};
use super::layout::Scope;
use super::likeness::{same_place, same_school};
use super::problem::Problem;
use super::report::{Change, Report};
use super::shelf::Shelf;
use super::together::{GRADES, Named, Together};
use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::fetch_all;
use crate::fault::Fault;
use crate::record::Record;
use crate::record::fact::{DoubtRow, FactRow, ReferenceRow};
use crate::record::listing::{AliasRow, GoPassRow, PathwayRow};
use crate::record::place::{StationRow, ZipRow};
use crate::record::school::SchoolRow;
use crate::record::source::SourceRow;
use std::collections::{HashMap, HashSet};

/// The work on one file, inside one transaction that the caller commits or takes back.
#[derive(Debug)]
pub(crate) struct Loading {
    pub(crate) report: Report,
    partial: bool,
    now: Millis,
    directory: Option<HashMap<String, Known>>,
    known_sources: HashSet<String>,
    named: Named,
    sources: Shelf<SourceRow>,
    schools: Shelf<SchoolRow>,
    facts: Shelf<FactRow>,
    doubts: Shelf<DoubtRow>,
    references: Shelf<ReferenceRow>,
    zips: Shelf<ZipRow>,
    stations: Shelf<StationRow>,
    gopass: Shelf<GoPassRow>,
    pathways: Shelf<PathwayRow>,
    aliases: Shelf<AliasRow>,
}

/// What the directory says of a school, to compare other lists with.
#[derive(Debug, sqlx::FromRow)]
struct Known {
    cds: String,
    name: String,
    city: String,
    place: String,
}

impl Loading {
    pub(crate) fn new(report: Report, partial: bool, now: Millis) -> Loading {
        Loading {
            report,
            partial,
            now,
            directory: None,
            known_sources: HashSet::new(),
            named: Named::default(),
            sources: Shelf::default(),
            schools: Shelf::default(),
            facts: Shelf::default(),
            doubts: Shelf::default(),
            references: Shelf::default(),
            zips: Shelf::default(),
            stations: Shelf::default(),
            gopass: Shelf::default(),
            pathways: Shelf::default(),
            aliases: Shelf::default(),
        }
    }

    /// Takes one item. A figure of a school that is in no directory is left out, and counted.
    pub(crate) async fn put(&mut self, conn: &mut Conn<'_>, item: Item) -> Result<(), Fault> {
        if let Some(cds) = item.of_school()
            && !self.in_directory(conn, cds).await?
        {
            self.report.leave_out("rows of schools that are not in the directory");
            return Ok(());
        }
        if let Some(id) = item.source() {
            self.source(conn, id).await?;
        }
        let (partial, report) = (self.partial, &mut self.report);
        match item {
            Item::LeftOut(reason) => report.leave_out(reason),
            Item::Source(row) => {
                self.known_sources.insert(row.id.clone());
                self.sources.put(conn, row, partial, report, |_, _| None).await?;
                self.sources.flush(conn).await?;
            }
            Item::School(row) => self.school(conn, *row).await?,
            Item::Fact(row) => self.facts.put(conn, row, partial, report, |_, _| None).await?,
            Item::Spare(row) => self.spare(conn, row).await?,
            Item::Matched(matched) => self.matched(conn, *matched).await?,
            Item::Doubt(row) => self.doubts.put(conn, row, partial, report, |_, _| None).await?,
            Item::Reference(row) => self.references.put(conn, row, partial, report, |_, _| None).await?,
            Item::Zip(row) => self.zips.put(conn, row, partial, report, |_, _| None).await?,
            Item::Station(row) => self.stations.put(conn, row, partial, report, |_, _| None).await?,
            Item::GoPass(row) => self.gopass.put(conn, row, partial, report, |_, _| None).await?,
            Item::Pathway(row) => self.pathways.put(conn, row, partial, report, |_, _| None).await?,
            Item::Alias(row) => self.aliases.put(conn, row, partial, report, |_, _| None).await?,
        }
        Ok(())
    }

    /// Takes a figure that another source does not give.
    async fn spare(&mut self, conn: &mut Conn<'_>, row: FactRow) -> Result<(), Fault> {
        match self.facts.find(conn, &row.key()).await? {
            Some(loaded) if loaded.source != row.source => {
                let same = loaded.tenths == row.tenths;
                self.report.leave_out(if same {
                    "figures that the state's own file gives, too"
                } else {
                    "figures that differ from the state's own file, which stands"
                });
                Ok(())
            }
            _ => {
                self.source(conn, &row.source).await?;
                self.facts.put(conn, row, self.partial, &mut self.report, |_, _| None).await
            }
        }
    }

    /// Takes a figure of a school that others found by name, if the directory agrees.
    async fn matched(&mut self, conn: &mut Conn<'_>, matched: Matched) -> Result<(), Fault> {
        let Matched { row, name, place } = matched;
        let known = self.directory.as_ref().and_then(|directory| directory.get(&row.cds));
        if !known.is_some_and(|known| same_place(&place, &known.city, &known.place)) {
            self.report.leave_out("figures matched to a school in another place");
        } else if !known.zip(name).is_none_or(|(known, name)| same_school(&known.name, &name)) {
            self.report.leave_out("figures matched to a school of another name");
        } else {
            self.facts.put(conn, row, self.partial, &mut self.report, |_, _| None).await?;
        }
        Ok(())
    }

    async fn school(&mut self, conn: &mut Conn<'_>, mut row: SchoolRow) -> Result<(), Fault> {
        row.first_seen_at = self.now;
        self.named.add(&row);
        if let Some(directory) = &mut self.directory {
            let SchoolRow { cds, name, city, place, .. } = row.clone();
            directory.insert(cds.clone(), Known { cds, name, city, place });
        }
        let reopened = |old: &SchoolRow, _: &SchoolRow| old.closed_at.map(|_| Change::Reopened);
        self.schools.put(conn, row, self.partial, &mut self.report, reopened).await
    }

    /// Is this school in a directory that was loaded, or in this file?
    async fn in_directory(&mut self, conn: &mut Conn<'_>, cds: &str) -> Result<bool, Fault> {
        // A file can bring schools and their figures; a school must be written before a figure can refer to it.
        self.schools.flush(conn).await?;
        if self.directory.is_none() {
            let rows = fetch_all!(conn, Known, "select cds, name, city, place from school")?;
            self.directory = Some(rows.into_iter().map(|known| (known.cds.clone(), known)).collect());
        }
        Ok(self.directory.as_ref().is_some_and(|known| known.contains_key(cds)))
    }

    /// Makes sure that a source is there before a row refers to it. A title that was reviewed is not overwritten.
    async fn source(&mut self, conn: &mut Conn<'_>, id: &str) -> Result<(), Fault> {
        if self.known_sources.is_empty() {
            self.known_sources.extend(SourceRow::all(conn).await?.into_iter().map(|row| row.id));
        }
        if self.known_sources.insert(id.to_owned()) {
            let row = SourceRow::cde(id).unwrap_or_else(|| SourceRow::other(id));
            SourceRow::save(conn, &[row]).await?;
        }
        Ok(())
    }

    /// Writes what waits, and deals with what is missing in the file; `together` are the directories that came with
    /// it.
    ///
    /// The inner error is a directory that would close so many schools that it must be cut short.
    pub(crate) async fn finish(
        mut self,
        conn: &mut Conn<'_>,
        scope: Scope,
        together: &mut Together,
    ) -> Result<Result<Report, Problem>, Fault> {
        self.schools.flush(conn).await?;
        self.facts.flush(conn).await?;
        self.doubts.flush(conn).await?;
        self.references.flush(conn).await?;
        self.zips.flush(conn).await?;
        self.stations.flush(conn).await?;
        self.gopass.flush(conn).await?;
        self.pathways.flush(conn).await?;
        self.aliases.flush(conn).await?;
        match scope {
            Scope::Some => {}
            Scope::Whole => self.remove_missing(conn).await?,
            Scope::Everything => {
                self.open(conn).await?;
                self.facts.remove_missing(conn, &mut self.report).await?;
                self.references.remove_missing(conn, &mut self.report).await?;
                self.remove_missing(conn).await?;
                let mut missing = self.schools.missing();
                missing.retain(|school| {
                    school.closed_at.is_none() && GRADES.iter().any(|at| school.serves(*at))
                });
                self.close(conn, missing).await?;
            }
            Scope::Directory => {
                if let Err(problem) = self.close_directory(conn, together).await? {
                    return Ok(Err(problem));
                }
            }
        }
        Ok(Ok(self.report))
    }

    /// A file that is everything removes also the kinds that it has none of.
    async fn open(&mut self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        self.schools.open(conn).await?;
        self.facts.open(conn).await?;
        self.references.open(conn).await?;
        self.doubts.open(conn).await?;
        self.zips.open(conn).await?;
        self.stations.open(conn).await?;
        self.gopass.open(conn).await?;
        self.pathways.open(conn).await?;
        self.aliases.open(conn).await
    }

    async fn remove_missing(&mut self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        let report = &mut self.report;
        self.doubts.remove_missing(conn, report).await?;
        self.zips.remove_missing(conn, report).await?;
        self.stations.remove_missing(conn, report).await?;
        self.gopass.remove_missing(conn, report).await?;
        self.pathways.remove_missing(conn, report).await?;
        self.aliases.remove_missing(conn, report).await
    }

    /// Closes the open schools that the directories should have and do not, once the last of them is read.
    async fn close_directory(
        &mut self,
        conn: &mut Conn<'_>,
        together: &mut Together,
    ) -> Result<Result<(), Problem>, Fault> {
        together.add(std::mem::take(&mut self.named));
        if together.left > 0 {
            return Ok(Ok(()));
        }
        let mut missing = self.schools.missing();
        missing.retain(|school| school.closed_at.is_none() && together.lack(school));
        let (gone, read) = (missing.len(), together.schools.len());
        if !together.many_may_close && gone > 10 && gone * 4 > read {
            let reason = format!(
                "the directory has {read} schools and would close {gone} that are open: it seems cut short, or to be \
                 one file of several. Give all files of a directory in one command (--directory ONE TWO THREE). Only \
                 when those {gone} schools are truly closed, add --many-may-close"
            );
            return Ok(Err(Problem::whole(self.report.rows + 1, reason)));
        }
        self.close(conn, missing).await.map(Ok)
    }

    async fn close(&mut self, conn: &mut Conn<'_>, schools: Vec<SchoolRow>) -> Result<(), Fault> {
        for school in schools {
            school.close(conn, self.now).await?;
            self.report.note(SchoolRow::WORD, school.title(), Change::Closed);
        }
        Ok(())
    }
}
