//! What do lists besides the state's say: transit, places, pathways, and our own reviewed tables?

use super::super::item::Item;
use super::super::likeness::same_school;
use super::super::problem::Problem;
use super::super::sheet::Row;
use super::{Context, Layout, Scope, Year};
use crate::record::listing::{AliasRow, GoPassRow, PathwayRow};
use crate::record::place::ZipRow;
use crate::record::source::{LINKED_LEARNING, METRO_GOPASS, SourceRow, ZIPCODES};

/// Metro's listing of schools in its student pass programme, matched to codes.
pub(super) static GOPASS: Layout = Layout {
    name: "GoPass listing",
    columns: &["CDSCode", "GoPassListedName", "Participating", "Phone", "MatchMethod"],
    without: None,
    scope: Scope::Whole,
    partial: false,
    year: Year::Rows,
    read: gopass,
};

/// Centres of ZIP codes.
pub(super) static ZIPS: Layout = Layout {
    name: "ZIP code centroids",
    columns: &["zip", "city", "lat", "lon", "place"],
    without: None,
    scope: Scope::Whole,
    partial: false,
    year: Year::Rows,
    read: zips,
};

/// Certified Linked Learning pathways.
pub(super) static PATHWAYS: Layout = Layout {
    name: "Linked Learning pathways",
    columns: &["CDSCode", "School", "Pathway", "GoldCertifiedYear", "SourceURL"],
    without: None,
    scope: Scope::Whole,
    partial: false,
    year: Year::Rows,
    read: pathways,
};

/// Names that students use, reviewed.
pub(super) static ALIASES: Layout = Layout {
    name: "common names",
    columns: &["cds", "alias", "basis"],
    without: None,
    scope: Scope::Whole,
    partial: false,
    year: Year::Rows,
    read: aliases,
};

/// Titles and publishers of sources, reviewed.
pub(super) static SOURCES: Layout = Layout {
    name: "titles of sources",
    columns: &["id", "title", "publisher"],
    without: None,
    scope: Scope::Some,
    partial: false,
    year: Year::Rows,
    read: sources,
};

fn gopass(row: &Row<'_>, _: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    if row.cell("MatchMethod") != "name+zip" && !same_school(row.cell("School"), row.cell("GoPassListedName"))
    {
        // A campus can hold several schools: one address does not make one school's pass another's.
        out.push(Item::LeftOut("GoPass entries matched by address to a school of another name"));
        return Ok(());
    }
    out.push(Item::GoPass(GoPassRow {
        cds: row.cds("CDSCode")?,
        participates: row.flag("Participating")?,
        phone: row.known("Phone").unwrap_or_default().to_owned(),
        source: METRO_GOPASS.to_owned(),
    }));
    Ok(())
}

fn zips(row: &Row<'_>, _: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    let zip = row.zip("zip")?;
    let (lat, lon) = row.point("lat", "lon")?.ok_or_else(|| row.problem("lat", "may not be blank"))?;
    out.push(Item::Zip(ZipRow {
        zip,
        city: row.required("city")?.to_owned(),
        place: row.known("place").unwrap_or_default().to_owned(),
        lat,
        lon,
        source: ZIPCODES.to_owned(),
    }));
    Ok(())
}

fn pathways(row: &Row<'_>, context: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    if row.known("CDSCode").is_none() {
        out.push(Item::LeftOut("pathways of schools that are no longer listed"));
        return Ok(());
    }
    out.push(Item::Pathway(PathwayRow {
        cds: row.cds("CDSCode")?,
        name: row.required("Pathway")?.to_owned(),
        certified_year: i64::from(row.spring("GoldCertifiedYear", context)?.0),
        address: row.known("SourceURL").unwrap_or_default().to_owned(),
        source: LINKED_LEARNING.to_owned(),
    }));
    Ok(())
}

fn aliases(row: &Row<'_>, _: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    out.push(Item::Alias(AliasRow {
        cds: row.cds("cds")?,
        alias: row.required("alias")?.to_owned(),
        basis: row.required("basis")?.to_owned(),
    }));
    Ok(())
}

fn sources(row: &Row<'_>, _: Context, out: &mut Vec<Item>) -> Result<(), Problem> {
    out.push(Item::Source(SourceRow {
        id: row.required("id")?.to_owned(),
        title: row.required("title")?.to_owned(),
        publisher: row.required("publisher")?.to_owned(),
    }));
    Ok(())
}
