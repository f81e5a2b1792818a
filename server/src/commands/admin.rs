//! `pathways audit`, `backup`, `restore`: is all of it still there, and could it be made again?

use super::{Stopped, say};
use crate::settings::{Audit, Backup};
use backend::admin::audit::{self, Verdict};
use backend::admin::backup;
use backend::admin::rights::deletion;
use backend::{Clock, Database, Fault, Millis};
use domain::admin::rights::{COOLING_OFF, DAY};
use std::path::Path;
use std::process::ExitCode;

/// Reads the whole audit. Fails when it is broken.
pub(crate) async fn audit(database: &Database, asked: &Audit) -> Result<ExitCode, Stopped> {
    let Audit::Verify { mark } = asked;
    Ok(told(&audit::verify(database, mark.as_ref()).await?))
}

fn told(verdict: &Verdict) -> ExitCode {
    say(&verdict.to_string());
    if matches!(verdict, Verdict::Whole { .. }) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Writes a backup, and proves it when asked to.
pub(crate) async fn backup(database: &Database, asked: &Backup) -> Result<ExitCode, Stopped> {
    let (path, manifest) = backup::write(database, &Clock::System, &asked.to).await?;
    let bytes = std::fs::metadata(&path).map_err(|cause| Fault::file(&path, cause))?.len();
    let (rows, tables) = (manifest.rows(), manifest.tables.len());
    say(&format!("{}: {rows} rows of {tables} tables, {bytes} bytes", path.display()));
    if !asked.verify {
        return Ok(ExitCode::SUCCESS);
    }
    let restored = backup::prove(&path).await?;
    say("restored into a database that was thrown away: the same rows, the same hashes");
    Ok(told(&restored.audit))
}

/// Makes a database again. Fails when its audit is broken, as it was when the backup was made.
pub(crate) async fn restore(database: &Database, file: &Path) -> Result<ExitCode, Stopped> {
    let restored = backup::restore(database, file).await?;
    let (rows, engine) = (restored.manifest.rows(), database.engine());
    say(&format!("{rows} rows are in this {engine} database, the same as in {}", file.display()));
    forget_again(database, &Clock::System, Millis(restored.manifest.made_at)).await?;
    Ok(told(&restored.audit))
}

/// Nobody who was deleted comes back with a backup: what waited for its day in it is done before anybody signs in. A
/// deletion waits a week, so only an older backup can hold somebody who asked after it was made.
async fn forget_again(database: &Database, clock: &Clock, made_at: Millis) -> Result<(), Stopped> {
    let gone = deletion::delete_due(database, clock).await?;
    if gone > 0 {
        say(&format!("{gone} of the people in it had asked to be deleted by now, and are"));
    }
    let age = clock.now().0 - made_at.0;
    if age > COOLING_OFF {
        let days = age / DAY;
        say(&format!(
            "The backup is {days} days old. Who asked for deletion after it was made, and was deleted since, is back: \
             ask them for their receipts, and delete them again."
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_backup_is_proved_and_restored_and_a_broken_audit_fails() {
        let folder = tempfile::tempdir().unwrap();
        let open = async |name: &str| {
            let address = format!("sqlite:{}", folder.path().join(name).display());
            let database = Database::open(&address).await.unwrap();
            database.migrate().await.unwrap();
            database
        };
        let (one, two) = (open("one.db").await, open("two.db").await);
        let verify = Audit::Verify { mark: None };
        assert_eq!(audit(&one, &verify).await.unwrap(), ExitCode::SUCCESS);
        let asked = Backup { to: folder.path().join("all.zip"), verify: true };
        assert_eq!(backup(&one, &asked).await.unwrap(), ExitCode::SUCCESS);
        assert!(backup(&one, &asked).await.unwrap_err().0.contains("all.zip"), "nothing is overwritten");
        assert_eq!(restore(&two, &asked.to).await.unwrap(), ExitCode::SUCCESS);
        let verify = Audit::Verify { mark: Some(format!("7:{}", "0".repeat(64)).parse().unwrap()) };
        assert_eq!(audit(&two, &verify).await.unwrap(), ExitCode::FAILURE);
    }
}
