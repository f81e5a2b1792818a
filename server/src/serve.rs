//! How does Pathways answer the world?
//!
//! One request: `router` → a layer or two → [`pages`] draws the page of the address (or hands out the copy it drew
//! for the last person) → [`headers`] says what the browser may do with it. Everything that is the same for everyone
//! ([`library`]: catalogue, words, program, style) is in memory, compressed once.

mod address;
mod admin;
mod assets;
mod cache;
mod calendar;
mod classroom;
mod document;
mod drawn;
mod encoding;
mod factors;
mod family;
mod form;
mod gate;
mod headers;
mod health;
mod jobs;
mod library;
mod limits;
mod offline;
mod operations;
mod origin;
mod outbox;
mod pages;
mod people;
mod qr;
mod reload;
mod rights;
mod roster;
mod router;
mod signed;
#[cfg(test)]
mod tests;
mod visitor;
mod ways;

use crate::settings::Serve;
use backend::Clock;
use backend::database::Database;
use backend::people::sso::Providers;
use backend::people::totp;
use backend::roster::upload::Uploads;
use backend::rulebook::Editions;
use backend::seal::Key;
use domain::people::screening::Terms;
use library::{Library, Shelf};
use limits::Limits;
use origin::Origin;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How often a running server looks whether an import changed the catalogue.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// What every handler can reach.
#[derive(Clone)]
pub(crate) struct App {
    shelf: Shelf,
    database: Database,
    clock: Clock,
    rules: Arc<Editions>,
    origin: Origin,
    proxies: usize,
    limits: Arc<Limits>,
    terms: Terms,
    demo: bool,
    /// What secrets that are read again are sealed with.
    key: Arc<Key>,
    /// Mail reaches the world, so that links stand in nothing else.
    mailed: bool,
    providers: Arc<Providers>,
    uploads: Uploads,
}

/// Serves until the process is asked to stop, then lets running requests finish.
///
/// # Errors
/// When the catalogue cannot be read, the address is taken, or nobody said where people find what others can reach.
pub(crate) async fn run(settings: Serve, database: Database) -> Result<(), Box<dyn std::error::Error>> {
    _ = any_spawner::Executor::init_tokio();
    let listener =
        tokio::net::TcpListener::bind((settings.host.as_str(), settings.port)).await.map_err(|error| {
            format!(
                "cannot listen on {}:{} ({error}); choose another --port or --host",
                settings.host, settings.port
            )
        })?;
    let address = listener.local_addr()?;
    let origin = Origin::new(settings.origin.as_deref(), address)?;
    if origin.is_missing() {
        tracing::warn!(
            "other machines can reach this server: set --origin to the address people see, such as \
             https://pathways.example.org. Until then links begin with whatever a browser asked for"
        );
    }
    let rules = match &settings.rules {
        Some(file) => backend::rulebook::open(file)?,
        None => backend::rulebook::shipped().clone(),
    };
    let rules = Arc::new(rules);
    let library = match settings.synthetic {
        Some(schools) => Library::synthetic(&settings.site_root, schools)?,
        None => Library::open(&settings.site_root, &rules, &database).await?,
    };
    let shelf = Shelf::new(library);
    if settings.synthetic.is_none() {
        let following = shelf.clone().follow(
            database.clone(),
            settings.site_root.clone(),
            Arc::clone(&rules),
            LOOK_AGAIN,
        );
        tokio::spawn(following);
    }
    let uploads = Uploads::new(&settings.uploads);
    let key = Key::of_file(&key_file(settings.key_file.as_deref(), database.file().as_deref()))?;
    totp::unreadable(&database, &key).await?;
    let mail = jobs::mailroom(&settings, address)?;
    let app = App {
        shelf,
        database: database.clone(),
        clock: Clock::System,
        rules,
        origin,
        proxies: settings.proxies,
        limits: Arc::default(),
        terms: settings.terms.into(),
        demo: settings.demo,
        key: Arc::new(key),
        mailed: mail.leaves(),
        providers: Arc::new(Providers::new()?),
        uploads: uploads.clone(),
    };
    let router = router::router(app, &settings);
    let jobs = jobs::Running::start(&database, &Clock::System, jobs::all(mail, settings.mail_every.into()));
    tokio::spawn(jobs::sweep_uploads(uploads, Clock::System));
    announce(address);
    axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(asked_to_stop())
        .await?;
    jobs.stop().await;
    tracing::info!("stopped");
    Ok(())
}

/// Where the key stands: where the operator said, or beside an embedded database.
fn key_file(said: Option<&Path>, database: Option<&Path>) -> PathBuf {
    match (said, database) {
        (Some(said), _) => said.to_owned(),
        (None, Some(database)) => database.with_extension("key"),
        (None, None) => PathBuf::from("data/pathways.key"),
    }
}

/// The one line a newcomer waits for, on standard output so that it shows whatever the log level.
#[expect(clippy::print_stdout, reason = "it is for the person who typed the command")]
fn announce(address: SocketAddr) {
    tracing::info!(%address, "listening");
    println!("Pathways is open: http://{address}");
}

async fn asked_to_stop() {
    let interrupted = async { _ = tokio::signal::ctrl_c().await };
    #[cfg(unix)]
    let terminated = async {
        if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            signal.recv().await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! { () = interrupted => {}, () = terminated => {} }
    tracing::info!("asked to stop; finishing running requests");
}
