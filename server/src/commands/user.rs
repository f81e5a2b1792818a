//! `pathways user`: let people in.

use super::{Stopped, say};
use crate::settings::{InviteUser, ResetUser, User};
use backend::people::invitation::{self, Wanted};
use backend::people::{making, person, reset};
use backend::{Clock, Database, Stop};
use domain::people::OrganisationId;
use domain::policy::Actor;
use std::process::ExitCode;

/// Does what was asked.
pub(super) async fn run(database: &Database, asked: &User) -> Result<ExitCode, Stopped> {
    match asked {
        User::Invite(asked) => invite(database, asked).await,
        User::Reset(asked) => reset(database, asked).await,
    }
}

async fn invite(database: &Database, asked: &InviteUser) -> Result<ExitCode, Stopped> {
    let at = match &asked.organisation {
        Some(name) => Some(organisation(database, name).await?),
        None => None,
    };
    let wanted = Wanted { email: &asked.email, role: asked.role, at, tongue: &asked.language, mailed: false };
    match invitation::invite(database, &Clock::System, &Actor::Machine, &wanted).await {
        Ok(token) => {
            let prefix = if asked.language == "es" { "/es" } else { "" };
            say(&format!("{}{prefix}/invited/{token}", asked.origin.trim_end_matches('/')));
            say("The link works once, for 14 days, and is not shown again.");
            Ok(ExitCode::SUCCESS)
        }
        Err(Stop::Wrong(wrong)) => Err(Stopped(format!("{wrong}; see `pathways user invite --help`"))),
        Err(Stop::Refused(refusal)) => Err(Stopped(refusal.to_string())),
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

async fn reset(database: &Database, asked: &ResetUser) -> Result<ExitCode, Stopped> {
    let mut lease = database.lease().await?;
    let found = person::by_email(&mut lease.conn(), &asked.email).await?;
    drop(lease);
    let found = found.ok_or_else(|| Stopped(format!("nobody here has the address {:?}", asked.email)))?;
    match reset::renew(database, &Clock::System, &Actor::Machine, found.id).await {
        Ok(token) => {
            let prefix = if found.tongue == "es" { "/es" } else { "" };
            say(&format!("{}{prefix}/forgot/{token}", asked.origin.trim_end_matches('/')));
            say("The link works once, for two days, and is not shown again.");
            Ok(ExitCode::SUCCESS)
        }
        Err(Stop::Wrong(wrong)) => Err(Stopped(wrong.to_string())),
        Err(Stop::Refused(refusal)) => Err(Stopped(refusal.to_string())),
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

/// The one organisation that is called this, or has this identifier.
pub(super) async fn organisation(database: &Database, asked: &str) -> Result<OrganisationId, Stopped> {
    let found = making::find_organisation(database, asked).await?;
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Stopped(format!("no organisation is called {asked:?}"))),
        several => {
            let ids: Vec<String> =
                several.iter().map(|place| format!("  {} ({})", place.id, place.kind.slug())).collect();
            Err(Stopped(format!(
                "several organisations are called {asked:?}; name one by its identifier:\n{}",
                ids.join("\n")
            )))
        }
    }
}
