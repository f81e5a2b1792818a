//! `pathways import`: which files, in which order?

use super::{Stopped, say};
use crate::settings::{Cde, Import};
use backend::import::{self, Options};
use backend::{Clock, Database};
use std::path::Path;
use std::process::ExitCode;

/// Reads files and says what each changed.
pub(crate) async fn run(database: &Database, files: &Import) -> Result<ExitCode, Stopped> {
    let Import::Cde(asked) = files;
    let options = Options {
        dry_run: asked.dry_run,
        school_year: asked.school_year,
        many_may_close: asked.many_may_close,
    };
    let paths = in_order(asked)?;
    import::files(database, &Clock::System, &paths, options, |report| {
        say(&report.to_string());
        if asked.dry_run {
            say(report.listed().trim_end());
        }
    })
    .await?;
    if asked.dry_run {
        say("nothing was written (--dry-run)");
    }
    Ok(ExitCode::SUCCESS)
}

/// Directories come first, because figures of a school that is in none are left out.
fn in_order(asked: &Cde) -> Result<Vec<&Path>, Stopped> {
    for path in &asked.directory {
        if !import::is_directory(path)? {
            return Err(Stopped(format!(
                "{} is not a directory of schools; give it with --outcomes",
                path.display()
            )));
        }
    }
    let (mut first, mut then) = (Vec::new(), Vec::new());
    for path in asked.directory.iter().chain(&asked.outcomes).chain(&asked.files) {
        if import::is_directory(path)? { first.push(path.as_path()) } else { then.push(path.as_path()) }
    }
    first.append(&mut then);
    Ok(first)
}
