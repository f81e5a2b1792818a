//! Joins the style sheets of `style/` into three: what every document carries, what rooms carry beside it, and what
//! pages carry beside both which only the server draws.
//!
//! The order is that of the layers: tokens, base, parts, then one file for each feature by name.

#![expect(clippy::disallowed_methods, reason = "cargo speaks to build scripts through the environment")]

use std::path::{Path, PathBuf};

fn main() {
    // Asked when it runs: what a shared cache compiled may have been compiled in another checkout.
    let style = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../style");
    println!("cargo::rerun-if-changed={}", style.display());
    let base = ["tokens", "base", "parts"].map(|name| style.join(format!("base/{name}.css")));
    let first = base.into_iter().chain(folder(&style.join("first")));
    write("first.css", "@layer tokens,base,parts,feature,print;", first);
    write("rooms.css", "", folder(&style.join("rooms")));
    write("drawn.css", "", folder(&style.join("drawn")));
}

/// The sheets of a folder, by name.
fn folder(path: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = std::fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut sheets: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    sheets.sort();
    sheets.into_iter()
}

fn write(name: &str, begin: &str, sheets: impl Iterator<Item = PathBuf>) {
    let mut joined = String::from(begin);
    for sheet in sheets {
        println!("cargo::rerun-if-changed={}", sheet.display());
        let text =
            std::fs::read_to_string(&sheet).unwrap_or_else(|error| panic!("{}: {error}", sheet.display()));
        joined.push_str(&squeeze(&text));
    }
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it")).join(name);
    std::fs::write(out, joined).expect("OUT_DIR can be written");
}

/// Takes out comments and the white space between rules and declarations; nothing that could change a meaning.
fn squeeze(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, tail)| tail);
    }
    out.push_str(rest);
    let words: Vec<&str> = out.split_whitespace().collect();
    let mut out = words.join(" ");
    for (wide, narrow) in [("; ", ";"), (" {", "{"), ("{ ", "{"), (" }", "}"), ("} ", "}"), (";}", "}")] {
        out = out.replace(wide, narrow);
    }
    out
}
