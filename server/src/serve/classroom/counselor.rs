//! The counselor's page, its sheets of paper and its end; and the wall.

use super::super::App;
use super::super::drawn::{leads_to, page, part};
use super::super::qr;
use super::super::visitor::Visitor;
use super::answer::no_referrer;
use super::stopped;
use app::classroom::counts;
use app::classroom::counts::Eyes;
use app::classroom::projector::{self, Wall};
use app::classroom::room::{self as desk_page, Desk as DeskPage};
use app::classroom::sheets::{self as paper, Sheet};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::classroom::{Room, Screen, Secret, Stop};
use domain::classroom::{Refusal, Tongue};
use text::Lang;

/// The class as the counselor sees it.
pub(super) async fn room(State(app): State<App>, visitor: Visitor, Path(secret): Path<String>) -> Response {
    let (secret, room) = match enter(&app, &visitor, &secret).await {
        Ok(entered) => entered,
        Err(response) => return response,
    };
    let (code, key, screen) = (room.code.to_string(), secret.to_string(), secret.screen().to_string());
    let shown = DeskPage {
        code: &code,
        secret: &key,
        screen: &screen,
        origin: &visitor.origin,
        left: room.expires_at.0 - app.clock.now().0,
        counts: &room.counts,
        version: room.version,
    };
    let title = visitor.text().class_room_title();
    no_referrer(page(&app, &visitor, StatusCode::OK, title, |site| desk_page::page(site, &shown)))
}

/// The counts alone, when there is news.
pub(super) async fn room_counts(
    State(app): State<App>,
    visitor: Visitor,
    Path(secret): Path<String>,
) -> Response {
    match enter(&app, &visitor, &secret).await {
        Ok((_, room)) => no_referrer(news(&app, &visitor, &room, Eyes::Counselor)),
        Err(response) => response,
    }
}

/// The lists for paper.
pub(super) async fn sheets(State(app): State<App>, visitor: Visitor, Path(secret): Path<String>) -> Response {
    let Ok(secret) = secret.parse::<Secret>() else { return refused(&app, &visitor) };
    let sheets = match backend::classroom::sheets(&app.database, &app.clock, &secret).await {
        Ok(sheets) => sheets,
        Err(stop) => return no_referrer(stopped(&app, &visitor, stop)),
    };
    let sheet = |sheet: backend::classroom::Sheet| Sheet {
        tag: sheet.tag.to_string(),
        schools: sheet.schools,
        lang: if sheet.tongue == Tongue::Spanish { Lang::Es } else { Lang::En },
    };
    let sheets: Vec<Sheet> = sheets.into_iter().map(sheet).collect();
    let (title, key) = (visitor.text().class_sheets_title(), secret.to_string());
    no_referrer(page(&app, &visitor, StatusCode::OK, title, |site| paper::page(site, &key, &sheets)))
}

/// Deletes the class.
pub(super) async fn end(State(app): State<App>, visitor: Visitor, Path(secret): Path<String>) -> Response {
    let Ok(secret) = secret.parse::<Secret>() else { return refused(&app, &visitor) };
    match backend::classroom::end(&app.database, &app.clock, &secret).await {
        Ok(()) => leads_to(&visitor.href("/class/ended")),
        Err(stop) => no_referrer(stopped(&app, &visitor, stop)),
    }
}

/// The class as the wall shows it.
pub(super) async fn wall(State(app): State<App>, visitor: Visitor, Path(screen): Path<String>) -> Response {
    let (screen, room) = match look(&app, &visitor, &screen).await {
        Ok(seen) => seen,
        Err(response) => return response,
    };
    let (code, key) = (room.code.to_string(), screen.to_string());
    let square = qr::inline(&format!("{}{}", visitor.origin, visitor.href(&format!("/class/{code}"))));
    let shown = Wall {
        square: &square,
        code: &code,
        screen: &key,
        origin: &visitor.origin,
        counts: &room.counts,
        version: room.version,
    };
    let title = visitor.text().class_projector();
    no_referrer(page(&app, &visitor, StatusCode::OK, title, |site| projector::page(site, &shown)))
}

/// The wall's counts alone, when there is news.
pub(super) async fn wall_counts(
    State(app): State<App>,
    visitor: Visitor,
    Path(screen): Path<String>,
) -> Response {
    match look(&app, &visitor, &screen).await {
        Ok((_, room)) => no_referrer(news(&app, &visitor, &room, Eyes::Class)),
        Err(response) => response,
    }
}

fn news(app: &App, visitor: &Visitor, room: &Room, eyes: Eyes) -> Response {
    part(app, visitor, room.version, |site| counts(site, &room.counts, room.version, eyes))
}

async fn enter(app: &App, visitor: &Visitor, secret: &str) -> Result<(Secret, Room), Response> {
    let secret = secret.parse::<Secret>().map_err(|_| refused(app, visitor))?;
    match backend::classroom::room(&app.database, &app.clock, &secret).await {
        Ok(room) => Ok((secret, known_here(app, visitor, room))),
        Err(stop) => Err(no_referrer(stopped(app, visitor, stop))),
    }
}

async fn look(app: &App, visitor: &Visitor, screen: &str) -> Result<(Screen, Room), Response> {
    let screen = screen.parse::<Screen>().map_err(|_| refused(app, visitor))?;
    match backend::classroom::screen(&app.database, &app.clock, &screen).await {
        Ok(room) => Ok((screen, known_here(app, visitor, room))),
        Err(stop) => Err(no_referrer(stopped(app, visitor, stop))),
    }
}

/// A class whose own page is open at this address is not closed to its students by wrong codes from there.
fn known_here(app: &App, visitor: &Visitor, room: Room) -> Room {
    app.limits.codes.opened(visitor.house, *room.code.symbols());
    room
}

/// The key is of no form that opens anything. Nothing is counted: nobody guesses 256 bits.
fn refused(app: &App, visitor: &Visitor) -> Response {
    no_referrer(stopped(app, visitor, Stop::Refused(Refusal::NoClass)))
}
