//! What does each command of the command line do?
//!
//! | exit code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | problems were found, or it could not be done |
//! | 2 | the command line was not understood |

mod admin;
mod import;
mod roster;
mod rules;
mod sso;
mod user;

use crate::settings::import::Import;
use crate::settings::{Catalogue, Command, Serve, Settings};
use backend::catalogue::{self, Ensured};
use backend::{Clock, Database, Fault, check, rulebook, transit};
use std::borrow::Cow;
use std::fmt::Display;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Why a command stopped: a sentence that says what to do.
#[derive(Debug)]
pub(crate) struct Stopped(pub(crate) String);

impl Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Stopped(fault.to_string())
    }
}

/// Does what the command line asks.
pub(crate) async fn run(settings: Settings) -> Result<ExitCode, Stopped> {
    match &settings.command {
        Command::Serve(asked) => serve(open(&settings).await?, asked.clone()).await,
        Command::Migrate => {
            let database = open(&settings).await?;
            say(&format!("the tables of this {} database are up to date", database.engine()));
            Ok(ExitCode::SUCCESS)
        }
        Command::Seed => {
            let database = open(&settings).await?;
            load(&database, None).await?;
            say(check::run(&database).await?.to_string().trim_end());
            Ok(ExitCode::SUCCESS)
        }
        Command::Sso { asked } => sso::run(&in_use(&settings).await?, asked).await,
        Command::Import { files: Import::Roster(asked) } if asked.template => Ok(roster::template()),
        Command::User { asked } => user::run(&in_use(&settings).await?, asked).await,
        Command::Import { files } if files.makes_a_database() => {
            import::run(&open(&settings).await?, files).await
        }
        Command::Import { files } => import::run(&in_use(&settings).await?, files).await,
        Command::Rules { asked } => rules::run(asked),
        Command::Catalogue(asked) => write_catalogue(&in_use(&settings).await?, asked).await,
        Command::Check => {
            // Looks without changing: a database that is missing is not made, migrations that are missing are a finding.
            let findings = check::run(&existing(&settings).await?).await?;
            say(findings.to_string().trim_end());
            Ok(if findings.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::Audit { asked } => admin::audit(&existing(&settings).await?, asked).await,
        Command::Backup(asked) => admin::backup(&existing(&settings).await?, asked).await,
        Command::Restore { file } => admin::restore(&open(&settings).await?, file).await,
    }
}

/// Loads the catalogue, where it is needed, and serves.
async fn serve(database: Database, asked: Serve) -> Result<ExitCode, Stopped> {
    // A rule file that is wrong stops the server before anyone relies on it.
    if let Some(file) = &asked.rules {
        rulebook::open(file)?;
    }
    load(&database, asked.catalogue.as_deref()).await?;
    if asked.demo {
        backend::people::demo::ensure(&database, &Clock::System).await?;
    }
    crate::serve::run(asked, database).await.map_err(|error| Stopped(error.to_string()))?;
    Ok(ExitCode::SUCCESS)
}

/// Loads a catalogue file, or the shipped one, unless it is loaded or an operator's own imports are.
async fn load(database: &Database, file: Option<&Path>) -> Result<(), Stopped> {
    let text = match file {
        Some(path) => Cow::Owned(std::fs::read_to_string(path).map_err(|cause| Fault::file(path, cause))?),
        None => Cow::Borrowed(catalogue::SHIPPED),
    };
    let name = file.map_or_else(|| "shipped".to_owned(), |path| path.display().to_string());
    match catalogue::ensure(database, &Clock::System, &name, &text).await? {
        Ensured::Loaded(report) => tracing::info!(rows = report.rows, "loaded the catalogue"),
        Ensured::Same => tracing::debug!("the catalogue is loaded"),
        Ensured::OwnImports => {
            tracing::info!("keeping the imported files; the shipped catalogue was not loaded");
        }
    }
    Ok(())
}

/// Opens a database that is there already, and changes nothing in it.
async fn existing(settings: &Settings) -> Result<Database, Stopped> {
    Ok(Database::open_existing(&settings.database_url).await?)
}

/// Opens a database that is there already, and brings its tables up to date. For what makes no sense in a new one: a
/// mistyped path is told, and leaves no empty database behind.
async fn in_use(settings: &Settings) -> Result<Database, Stopped> {
    let database = existing(settings).await?;
    database.migrate().await?;
    Ok(database)
}

/// Opens the database, or makes it, and brings its tables up to date.
async fn open(settings: &Settings) -> Result<Database, Stopped> {
    let database = Database::open(&settings.database_url).await?;
    database.migrate().await?;
    Ok(database)
}

async fn write_catalogue(database: &Database, asked: &Catalogue) -> Result<ExitCode, Stopped> {
    if let Some(out) = &asked.out {
        let text = catalogue::write(database).await?;
        std::fs::write(out, &text).map_err(|cause| Fault::file(out, cause))?;
        say(&format!("{}: {} lines, {} bytes", out.display(), text.lines().count(), text.len()));
    }
    if let Some(out) = &asked.network {
        let Some(network) = transit::imported(database).await? else {
            return Err(Stopped("no timetable was imported; `pathways import gtfs FILE` does".to_owned()));
        };
        let bytes = network.encode();
        std::fs::write(out, &bytes).map_err(|cause| Fault::file(out, cause))?;
        let (lines, stations) = (network.lines().len(), network.stations().len());
        say(&format!("{}: {lines} lines, {stations} stations, {} bytes", out.display(), bytes.len()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a line of the answer. A reader that went away (`| head`) is no reason to fail.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    async fn typed(database: &Path, words: &[&str]) -> Result<ExitCode, Stopped> {
        let address = format!("sqlite:{}", database.display());
        let words = ["pathways", "--database-url", &address].into_iter().chain(words.iter().copied());
        run(Settings::parse_from(words)).await
    }

    #[tokio::test]
    async fn a_mistyped_database_is_told_and_leaves_everything_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (database, kept) = (folder.path().join("none/pathways.db"), folder.path().join("kept"));
        std::fs::write(&kept, "kept").unwrap();
        let file = kept.to_str().unwrap();
        for words in [
            ["catalogue", "--out", file].as_slice(),
            &["check"],
            &["audit", "verify"],
            &["backup", file],
            &["user", "invite", "--email", "you@example.org"],
            &["user", "reset", "--email", "you@example.org"],
            &["sso", "list"],
            &["import", "roster", file, "--source", "Valley"],
            &["import", "cde", file, "--dry-run"],
            &["import", "gtfs", file, "--dry-run"],
        ] {
            let stopped = typed(&database, words).await.unwrap_err();
            assert!(stopped.0.starts_with("there is no database at"), "{words:?}: {stopped}");
        }
        assert_eq!(std::fs::read_to_string(&kept).unwrap(), "kept");
        assert!(!database.parent().unwrap().exists(), "neither database nor folder");
    }

    #[tokio::test]
    async fn a_catalogue_without_schools_takes_the_place_of_none() {
        let folder = tempfile::tempdir().unwrap();
        let (database, out) = (folder.path().join("pathways.db"), folder.path().join("made.jsonl"));
        std::fs::write(&out, "kept").unwrap();
        assert_eq!(typed(&database, &["migrate"]).await.unwrap(), ExitCode::SUCCESS);
        let stopped = typed(&database, &["catalogue", "--out", out.to_str().unwrap()]).await.unwrap_err();
        assert!(stopped.0.contains("no school is loaded"), "{stopped}");
        assert_eq!(std::fs::read_to_string(&out).unwrap(), "kept");
    }
}
