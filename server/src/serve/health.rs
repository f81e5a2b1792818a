//! Is the process alive, and can it do its work?

use super::App;
use axum::extract::State;
use axum::http::StatusCode;

/// Alive: it answers.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// Ready: the database answers and there are schools to show.
pub(super) async fn readyz(State(app): State<App>) -> (StatusCode, String) {
    let schools = app.shelf.library().schools();
    if let Err(error) = backend::explorer::catalogue_version(&app.database).await {
        tracing::error!(%error, "not ready: the database does not answer");
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n".into());
    }
    if schools == 0 {
        return (StatusCode::SERVICE_UNAVAILABLE, "there are no schools; import a catalogue\n".into());
    }
    (StatusCode::OK, format!("ready with {schools} schools\n"))
}
