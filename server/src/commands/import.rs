//! `pathways import`: which files, in which order?

use super::{Stopped, say};
use crate::settings::import::{Cde, Gtfs, Import};
use backend::import::gtfs::{self, GtfsOptions};
use backend::import::{self, Options, Report};
use backend::{Clock, Database};
use std::path::Path;
use std::process::ExitCode;

/// Reads files and says what each changed.
pub(crate) async fn run(database: &Database, files: &Import) -> Result<ExitCode, Stopped> {
    let dry_run = match files {
        Import::Cde(asked) => cde(database, asked).await?,
        Import::Gtfs(asked) => timetable(database, asked).await?,
        Import::Roster(asked) => super::roster::run(database, asked).await?,
    };
    if dry_run {
        say("nothing was written (--dry-run)");
    }
    Ok(ExitCode::SUCCESS)
}

async fn cde(database: &Database, asked: &Cde) -> Result<bool, Stopped> {
    let options = Options {
        dry_run: asked.dry_run,
        school_year: asked.school_year,
        many_may_close: asked.many_may_close,
        may_be_older: asked.older_directory,
    };
    let paths = in_order(asked)?;
    import::files(database, &Clock::System, &paths, options, |report| tell(report, asked.dry_run)).await?;
    Ok(asked.dry_run)
}

async fn timetable(database: &Database, asked: &Gtfs) -> Result<bool, Stopped> {
    let options = GtfsOptions { dry_run: asked.dry_run, lines: asked.lines.as_deref() };
    gtfs::feed(database, &Clock::System, &asked.file, options, |report| tell(report, asked.dry_run)).await?;
    Ok(asked.dry_run)
}

fn tell(report: &Report, dry_run: bool) {
    say(&report.to_string());
    if dry_run {
        say(report.listed().trim_end());
    }
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
