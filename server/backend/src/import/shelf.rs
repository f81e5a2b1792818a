//! How do the rows of a file meet the rows that are loaded?

use super::report::{Change, Report};
use crate::database::Conn;
use crate::fault::Fault;
use crate::record::{BATCH, Record};
use std::collections::HashMap;

/// The rows of one kind: those loaded that the file has not spoken of yet, and those waiting to be written.
#[derive(Debug)]
pub(crate) struct Shelf<R> {
    /// Read from the database at the first row of this kind.
    loaded: Option<HashMap<String, R>>,
    waiting: Vec<R>,
}

impl<R> Default for Shelf<R> {
    fn default() -> Self {
        Shelf { loaded: None, waiting: Vec::new() }
    }
}

impl<R: Record> Shelf<R> {
    async fn loaded(&mut self, conn: &mut Conn<'_>) -> Result<&mut HashMap<String, R>, Fault> {
        if self.loaded.is_none() {
            let rows = R::all(conn).await?;
            self.loaded = Some(rows.into_iter().map(|row| (row.key(), row)).collect());
        }
        Ok(self.loaded.get_or_insert_default())
    }

    /// Knows the loaded rows even if the file does not bring one of this kind.
    pub(crate) async fn open(&mut self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        self.loaded(conn).await.map(drop)
    }

    /// The loaded row with a key that the file has not spoken of yet.
    pub(crate) async fn find(&mut self, conn: &mut Conn<'_>, key: &str) -> Result<Option<&R>, Fault> {
        Ok(self.loaded(conn).await?.get(key))
    }

    /// Compares a row with the loaded one and writes it, in time, if they differ.
    pub(crate) async fn put(
        &mut self,
        conn: &mut Conn<'_>,
        mut row: R,
        partial: bool,
        report: &mut Report,
        change: impl FnOnce(&R, &R) -> Option<Change>,
    ) -> Result<(), Fault> {
        let key = row.key();
        match self.loaded(conn).await?.remove(&key) {
            None => report.note(R::WORD, row.title(), Change::New),
            Some(loaded) => {
                row.inherit(&loaded, partial);
                if row == loaded {
                    report.unchanged += 1;
                    return Ok(());
                }
                let change =
                    change(&loaded, &row).unwrap_or_else(|| Change::Changed(differing(&loaded, &row)));
                report.note(R::WORD, loaded.title(), change);
            }
        }
        self.waiting.push(row);
        if self.waiting.len() >= BATCH {
            self.flush(conn).await?;
        }
        Ok(())
    }

    /// Writes what waits.
    pub(crate) async fn flush(&mut self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        if !self.waiting.is_empty() {
            R::save(conn, &self.waiting).await?;
            self.waiting.clear();
        }
        Ok(())
    }

    /// The loaded rows that the file did not speak of, in order of their keys; only if it spoke of this kind at all.
    pub(crate) fn missing(&mut self) -> Vec<R> {
        let mut rows: Vec<(String, R)> = self.loaded.take().unwrap_or_default().into_iter().collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// Removes what a complete list no longer has.
    pub(crate) async fn remove_missing(
        &mut self,
        conn: &mut Conn<'_>,
        report: &mut Report,
    ) -> Result<(), Fault> {
        for row in self.missing() {
            row.remove(conn).await?;
            report.note(R::WORD, row.title(), Change::Removed);
        }
        Ok(())
    }
}

fn differing<R: Record>(loaded: &R, new: &R) -> Vec<(&'static str, String, String)> {
    let pairs = loaded.fields().into_iter().zip(new.fields());
    pairs.filter(|(old, new)| old.1 != new.1).map(|(old, new)| (old.0, old.1, new.1)).collect()
}
