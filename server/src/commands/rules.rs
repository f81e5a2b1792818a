//! `pathways rules`: is a rule file whole?

use super::{Stopped, say};
use crate::settings::Rules;
use backend::Fault;
use backend::rulebook;
use std::process::ExitCode;

/// Checks a rule file and says what it holds, or everything that is wrong with it. Needs no database.
pub(crate) fn run(asked: &Rules) -> Result<ExitCode, Stopped> {
    let Rules::Check { file } = asked;
    match rulebook::open(file) {
        Ok(editions) => {
            let book = editions.en;
            say(&format!(
                "{}: {}, {}: {} rules, {} steps, {} doors, {} sources; no problems found",
                file.display(),
                book.district,
                book.season,
                book.rules.len(),
                book.steps.len(),
                book.doors.len(),
                book.sources.len(),
            ));
            Ok(ExitCode::SUCCESS)
        }
        Err(Fault::Rules(refused)) => {
            say(&refused.to_string());
            Ok(ExitCode::FAILURE)
        }
        Err(fault) => Err(fault.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_file_passes_and_a_wrong_or_missing_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("rules.toml");
        let check = || run(&Rules::Check { file: file.clone() });
        assert!(check().unwrap_err().0.contains("rules.toml"));
        std::fs::write(&file, rulebook::SHIPPED).unwrap();
        assert_eq!(check().unwrap(), ExitCode::SUCCESS);
        std::fs::write(&file, rulebook::SHIPPED.replace("miles = 5", "miles = 0")).unwrap();
        assert_eq!(check().unwrap(), ExitCode::FAILURE);
    }
}
