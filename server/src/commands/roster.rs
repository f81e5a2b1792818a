//! `pathways import roster`: what came of a district's roster?

use super::{Stopped, say};
use crate::settings::import::Roster;
use backend::roster::{self, Asked, MayEnd};
use backend::{Clock, Database, Stop};
use domain::policy::Actor;
use std::process::ExitCode;

/// Prints a table to fill in.
pub(super) fn template() -> ExitCode {
    say(roster::TEMPLATE.trim_end());
    ExitCode::SUCCESS
}

/// Takes a roster in and says what that changed. Was it a preview?
pub(super) async fn run(database: &Database, asked: &Roster) -> Result<bool, Stopped> {
    let (Some(file), Some(source)) = (&asked.file, &asked.source) else {
        return Err(Stopped("name a file and --source".to_owned()));
    };
    let wanted = Asked {
        source,
        district: asked.district.as_deref(),
        dry_run: asked.dry_run,
        may_end: if asked.many_may_end { MayEnd::All } else { MayEnd::Quarter },
    };
    let clock = Clock::System;
    let began = clock.now();
    let report = roster::import(database, &clock, &Actor::Machine, file, &wanted).await.map_err(stopped)?;
    if asked.dry_run {
        for difference in &report.differences {
            say(&difference.to_string());
        }
    }
    for problem in &report.problems {
        say(&problem.to_string());
    }
    let untold = usize::try_from(report.total().quarantined).unwrap_or(usize::MAX) - report.problems.len();
    if untold > 0 {
        say(&format!("and {untold} more rows that were put aside"));
    }
    let tenths = (clock.now().0 - began.0) / 100;
    say(&format!("{report}{}.{} seconds", tenths / 10, tenths % 10));
    Ok(asked.dry_run)
}

fn stopped(stop: Stop<roster::Wrong>) -> Stopped {
    match stop {
        Stop::Wrong(wrong @ roster::Wrong::ManyEnd(_)) => {
            Stopped(format!("{wrong} (--many-may-end); nothing was written"))
        }
        Stop::Wrong(wrong @ roster::Wrong::NoDistrict) => Stopped(format!("{wrong} (--district)")),
        other => Stopped(other.to_string()),
    }
}
