//! Stops the build when a column of a table has no row in the data inventory, and tells the program its tables.

#![expect(clippy::disallowed_methods, reason = "cargo speaks to build scripts through the environment")]

#[path = "build/migration.rs"]
mod migration;

use migration::{Column, Table};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    // Asked when it runs: what a shared cache compiled may have been compiled in another checkout.
    let here = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let (folder, inventory) = (here.join("migrations"), here.join("inventory.csv"));
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed={}", inventory.display());
    let listed = std::fs::read_dir(&folder).expect("migrations/ is there");
    let mut files: Vec<PathBuf> = listed.map(|entry| entry.expect("it can be read").path()).collect();
    files.sort();
    let texts: Vec<String> = files.iter().map(|file| read(file)).collect();
    let tables =
        migration::tables(texts.iter().map(String::as_str)).unwrap_or_else(|why| panic!("\n{why}\n"));
    let found = migration::differences(&tables, &read(&inventory));
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it")).join("tables.rs");
    std::fs::write(out, code(&tables)).expect("OUT_DIR can be written");
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The tables as Rust, for `admin::schema`.
fn code(tables: &[Table]) -> String {
    let mut out = String::from("&[\n");
    for Table { name, columns, key, seeded } in tables {
        let kind = |kind: &str| match kind {
            "text" => "Text",
            "bigint" => "Bigint",
            "boolean" => "Boolean",
            _ => "Double",
        };
        let columns: Vec<String> = columns
            .iter()
            .map(|Column { name, kind: of, to_itself }| {
                let kind = kind(of);
                format!("Column {{ name: {name:?}, kind: Kind::{kind}, to_itself: {to_itself} }}")
            })
            .collect();
        let columns = columns.join(", ");
        _ = writeln!(
            out,
            "Table {{ name: {name:?}, columns: &[{columns}], key: &{key:?}, seeded: {seeded} }},"
        );
    }
    out.push(']');
    out
}
