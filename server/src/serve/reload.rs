//! How does an open page learn that a newer build is there? Only under `make dev`.
//!
//! `cargo leptos watch` sets two variables while it compiles the server. Without them (every release, every test) the
//! port below is `None` and the compiler drops the rest of this file.

use super::App;
use super::library::Library;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use tokio::sync::Mutex;

/// Where `cargo leptos watch` says that a build is done, if it made this build.
pub(super) const PORT: Option<&str> = if cfg!(debug_assertions) && option_env!("LEPTOS_WATCH").is_some() {
    option_env!("LEPTOS_RELOAD_PORT")
} else {
    None
};

/// What a document under development carries besides.
#[derive(Clone, Debug)]
pub(super) struct Reload {
    /// The inline script that waits for the word.
    pub(super) script: String,
    /// The source expression that lets it: the same port of whatever host the page was opened at.
    pub(super) source: String,
}

impl Reload {
    /// For this build.
    pub(super) fn of_this_build() -> Option<Reload> {
        PORT.map(Reload::at)
    }

    /// For a port. When the line breaks and comes back, the builder was started again: that is a reason too.
    pub(super) fn at(port: &str) -> Reload {
        let script = format!(
            "(()=>{{let broken=false;const wait=()=>{{\
             const line=new WebSocket(`ws://${{location.hostname}}:{port}/live_reload`);\
             line.onopen=()=>{{if(broken)location.reload()}};\
             line.onmessage=({{data}})=>{{if(JSON.parse(data).all)location.reload()}};\
             line.onclose=()=>{{broken=true;setTimeout(wait,500)}}}};wait()}})()"
        );
        Reload { script, source: format!("ws://*:{port}") }
    }
}

/// The built site, which a build of the browser's half changes under the running server.
pub(super) struct Watched {
    app: App,
    site: PathBuf,
    seen: Mutex<Vec<Seen>>,
}

/// A file and when it was written.
type Seen = (PathBuf, Option<SystemTime>);

impl Watched {
    /// Watches a site that was just read.
    pub(super) fn new(app: App, site: &Path) -> Arc<Watched> {
        Arc::new(Watched { app, site: site.to_owned(), seen: Mutex::new(look(site)) })
    }
}

/// Reads the site again before an answer, if it changed since the last one.
pub(super) async fn newest_site(
    State(watched): State<Arc<Watched>>,
    request: Request,
    next: Next,
) -> Response {
    let mut seen = watched.seen.lock().await;
    let now = look(&watched.site);
    if *seen != now {
        match Library::open(&watched.site, &watched.app.rules, &watched.app.database).await {
            Ok(library) => {
                watched.app.shelf.replace(library);
                *seen = now;
            }
            Err(error) => tracing::warn!(%error, "the site cannot be read yet"),
        }
    }
    drop(seen);
    next.run(request).await
}

/// Every file of a folder, in order.
fn look(folder: &Path) -> Vec<Seen> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path, entry.metadata().and_then(|about| about.modified()).ok()));
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn what_is_tested_and_released_does_not_reload() {
        assert!(Reload::of_this_build().is_none());
    }

    #[test]
    fn a_file_written_again_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pkg/pathways.js");
        std::fs::create_dir(folder.path().join("pkg")).unwrap();
        std::fs::write(&file, "old").unwrap();
        let before = look(folder.path());
        assert_eq!(before.len(), 1);
        assert_eq!(look(folder.path()), before, "looking changes nothing");
        let later = before[0].1.unwrap() + Duration::from_secs(2);
        std::fs::File::options().write(true).open(&file).unwrap().set_modified(later).unwrap();
        assert_ne!(look(folder.path()), before);
    }
}
