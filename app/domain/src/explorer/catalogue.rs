//! All schools and places, as the browser receives them.
//!
//! Two files, each named by a hash of its content and so cached for ever: the [`Catalogue`] (what lists, search and
//! filters need, fetched with the first view) and the [`Details`] (what school pages need, fetched after it).
//! The catalogue has a layout of its own (`wire`), since it stands between a person and the first key they type;
//! the details are postcard, by columns too.

mod columns;
mod wire;

use super::detail::{Detail, Reference, Source};
use super::place::Start;
use super::school::{Cds, School};
use serde::{Deserialize, Serialize};
pub use wire::on_grid;

/// What the list needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
pub struct Catalogue {
    /// High schools, by ascending code.
    pub schools: Vec<School>,
    /// ZIP codes, places and middle schools to start from.
    pub starts: Vec<Start>,
    /// The school year of the directory.
    pub year: u16,
}

/// What school pages need beyond the catalogue.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Details {
    /// One for each school of the catalogue, by ascending code.
    pub schools: Vec<Detail>,
    /// State and county values.
    pub references: Vec<Reference>,
    /// Where the figures come from.
    pub sources: Vec<Source>,
    /// The school year that the Dashboard's colors describe; 0 when there are none.
    pub dashboard: u16,
}

/// The file was not made by this version of Pathways, or is cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this catalogue file cannot be read by this version of Pathways")]
pub struct Unreadable;

impl Catalogue {
    /// The bytes the browser downloads.
    pub fn encode(&self) -> Vec<u8> {
        wire::encode(self)
    }

    /// Reads [`encode`](Catalogue::encode)d bytes; positions come back [on a grid](on_grid).
    ///
    /// # Errors
    /// [`Unreadable`] when the bytes are anything else.
    pub fn decode(bytes: &[u8]) -> Result<Catalogue, Unreadable> {
        wire::decode(bytes).ok_or(Unreadable)
    }

    /// The school with this code.
    pub fn school(&self, cds: Cds) -> Option<&School> {
        self.schools.binary_search_by_key(&cds, |school| school.cds).ok().map(|at| &self.schools[at])
    }
}

impl Details {
    /// The bytes the browser downloads.
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(&columns::Columns::of(self)).unwrap_or_default()
    }

    /// Reads [`encode`](Details::encode)d bytes.
    ///
    /// # Errors
    /// [`Unreadable`] when the bytes are anything else.
    pub fn decode(bytes: &[u8]) -> Result<Details, Unreadable> {
        let columns: columns::Columns = postcard::from_bytes(bytes).map_err(|_| Unreadable)?;
        columns.details().ok_or(Unreadable)
    }

    /// The detail of the school with this code.
    pub fn school(&self, cds: Cds) -> Option<&Detail> {
        self.schools.binary_search_by_key(&cds, |school| school.cds).ok().map(|at| &self.schools[at])
    }
}
