//! `pathways sso`: which organisations sign their own people in?

use super::user::organisation;
use super::{Stopped, say};
use crate::settings::sso::{Set, Sso};
use backend::people::sso::{self, BadSetting, Setting};
use backend::{Clock, Database, Stop};
use domain::policy::Actor;
use std::process::ExitCode;

/// Does what was asked.
pub(super) async fn run(database: &Database, asked: &Sso) -> Result<ExitCode, Stopped> {
    match asked {
        Sso::Set(asked) => set(database, asked).await?,
        Sso::Remove { organisation: name } => {
            let at = organisation(database, name).await?;
            sso::unset(database, &Clock::System, &Actor::Machine, at).await.map_err(told)?;
            say("Its people sign in here from now on.");
        }
        Sso::List => {
            for organisation in sso::listed(database).await? {
                say(&format!("{} {} ({})", organisation.id, organisation.name, organisation.kind.slug()));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn set(database: &Database, asked: &Set) -> Result<(), Stopped> {
    let setting = Setting {
        organisation: organisation(database, &asked.organisation).await?,
        issuer: asked.issuer.clone(),
        client_id: asked.client_id.clone(),
        client_secret: asked.client_secret.clone(),
        role_claim: asked.role_claim.clone(),
        role_map: asked.map.iter().cloned().collect(),
        domains: asked.domains.iter().map(|domain| domain.trim().to_lowercase()).collect(),
        vouches_second_factor: asked.vouches_second_factor,
        prompt: asked.prompt,
    };
    sso::set(database, &Clock::System, &Actor::Machine, &setting).await.map_err(told)?;
    say("Set. Give the provider this address to send people back to. It is this organisation's alone:");
    say(&format!("{}/sign-in/district/{}/back", asked.origin.trim_end_matches('/'), setting.organisation));
    Ok(())
}

fn told(stop: Stop<BadSetting>) -> Stopped {
    match stop {
        Stop::Wrong(wrong) => Stopped(format!("{wrong}; see `pathways sso set --help`")),
        Stop::Refused(refusal) => Stopped(refusal.to_string()),
        Stop::Fault(fault) => fault.into(),
    }
}
