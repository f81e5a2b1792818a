//! What does a device keep, so that Pathways works on it without a network?
//!
//! A worker script names the files of the edition; among them is an empty page for each language, which the program
//! fills with whatever address is asked for.

use super::App;
use super::assets::content_hash;
use super::document::offline_document;
use super::library::Library;
use super::reload;
use axum::extract::State;
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use text::Lang;

/// What the worker does; the edition stands before it.
const WORKER: &str = include_str!("worker.js");
/// What it does under development: nothing kept may stand between a person and the next build, nor what a release at
/// the same address left behind.
const FORGETTING: &str = "self.addEventListener('install',()=>self.skipWaiting());\
    self.addEventListener('activate',event=>event.waitUntil(caches.keys()\
    .then(names=>Promise.all(names.map(name=>caches.delete(name)))).then(()=>self.registration.unregister())));";

/// Where a device fetches the empty page of a language.
pub(super) fn address(lang: Lang) -> String {
    format!("{}/offline", lang.prefix())
}

/// The worker of this edition: `/sw.js`.
pub(super) async fn worker(State(app): State<App>) -> Response {
    let library = app.shelf.library();
    let script = if reload::PORT.is_some() { FORGETTING.to_owned() } else { worker_script(&library) };
    answer(script, "text/javascript; charset=utf-8")
}

/// The empty page of this edition: `/offline`, `/es/offline`.
pub(super) async fn empty_page(State(app): State<App>, uri: Uri) -> Response {
    let library = app.shelf.library();
    let lang = Lang::of_path(uri.path());
    answer(offline_document(&library.names, lang, &app.clock.today().to_string()), "text/html; charset=utf-8")
}

fn answer(body: String, kind: &'static str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn worker_script(library: &Library) -> String {
    let mut files: Vec<String> =
        library.addresses().filter(|name| is_kept(name)).map(str::to_owned).collect();
    files.sort();
    files.extend(Lang::ALL.map(address));
    let quoted: Vec<_> = files.iter().map(|name| format!("'{name}'")).collect();
    // The empty pages carry the style and the names of all files; with a fixed day they change when the edition does.
    let pages = Lang::ALL.map(|lang| offline_document(&library.names, lang, ""));
    let edition = content_hash([pages.concat(), quoted.concat(), WORKER.to_owned()].concat().as_bytes());
    format!("const EDITION = '{edition}';\nconst FILES = [{}];\n{WORKER}", quoted.join(","))
}

/// Does a page need this file? Declarations for editors and the empty style sheet of the build are for nobody, and
/// nobody signs in without a network.
fn is_kept(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let built_style = name.starts_with("/pkg/") && ending == "css";
    !["ts", "txt"].contains(&ending) && !built_style && !name.starts_with("/pkg/split_passkeys.")
}
