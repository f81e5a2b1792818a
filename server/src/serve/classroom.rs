//! Class mode: plain forms and pages, the same with and without script.
//!
//! | address | what it does |
//! |---|---|
//! | `GET /class`, `/class/script`, `/class/ended` | pages for everyone |
//! | `POST /class/open` | opens a class, leads to the counselor's page |
//! | `POST /class/join` | reads a code, leads to the student's page |
//! | `GET /class/<code>`, `POST .../send`, `.../back` | the student's page and what it sends |
//! | `GET /class/projector/<screen>`, `.../counts` | the wall |
//! | `GET /class/room/<secret>`, `.../counts`, `.../sheets`, `POST .../end` | the counselor's page |
//!
//! Nothing here is kept by a browser, a proxy or the log: every answer is `no-store`, and pages whose address is a
//! key send no referrer. A wrong code costs the address it came from ([`limits`](super::limits)); a right one costs
//! nothing, so that a class of forty behind one address comes in within a minute, whoever plays with codes beside it.

mod answer;
mod counselor;
mod student;

use super::App;
use super::drawn::{leads_to, no_store, page};
use super::form::{field, fields};
use super::visitor::Visitor;
use answer::{with_code, with_trouble};
use app::classroom::start::Trouble;
use axum::Router;
use axum::extract::{RawForm, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use backend::classroom::Stop;
use domain::classroom::{Code, Refusal, Span};

/// Everything below `/class`, in both languages.
pub(super) fn routes(app: &App) -> Router<App> {
    let mut router = Router::new();
    for prefix in text::Lang::ALL.map(text::Lang::prefix) {
        let at = |path: &str| format!("{prefix}/class{path}");
        router = router
            .route(&at(""), get(start))
            .route(&at("/"), get(to_start))
            .route(&at("/script"), get(script))
            .route(&at("/ended"), get(ended))
            .route(&at("/open"), post(open).get(to_start))
            .route(&at("/join"), post(join).get(to_start))
            .route(&at("/projector/{screen}"), get(counselor::wall))
            .route(&at("/projector/{screen}/counts"), get(counselor::wall_counts))
            .route(&at("/room/{secret}"), get(counselor::room))
            .route(&at("/room/{secret}/counts"), get(counselor::room_counts))
            .route(&at("/room/{secret}/sheets"), get(counselor::sheets))
            .route(&at("/room/{secret}/end"), post(counselor::end).get(to_start))
            .route(&at("/{code}"), get(student::seat))
            .route(&at("/{code}/send"), post(student::send).get(student::to_seat))
            .route(&at("/{code}/back"), post(student::back).get(student::to_seat))
            .route(&at("/{code}/{deed}"), get(nowhere))
            .route(&at("/{code}/{deed}/{*rest}"), get(nowhere));
    }
    router.layer(middleware::from_fn_with_state(app.clone(), private))
}

/// What holds for every answer, and for every form that is sent here.
async fn private(State(app): State<App>, visitor: Visitor, request: Request, next: Next) -> Response {
    let response = if request.method() == Method::POST && !visitor.may_post() {
        with_trouble(&app, &visitor, Trouble::Elsewhere)
    } else {
        next.run(request).await
    };
    no_store(response)
}

async fn start(State(app): State<App>, visitor: Visitor) -> Response {
    page(&app, &visitor, StatusCode::OK, visitor.text().class_title(), |site| {
        app::classroom::start::page(site, None, "")
    })
}

async fn script(State(app): State<App>, visitor: Visitor) -> Response {
    let title = visitor.text().class_script_title();
    page(&app, &visitor, StatusCode::OK, title, app::classroom::script::page)
}

async fn ended(State(app): State<App>, visitor: Visitor) -> Response {
    let title = visitor.text().class_ended_title();
    page(&app, &visitor, StatusCode::OK, title, app::classroom::start::ended)
}

async fn nowhere(State(app): State<App>, visitor: Visitor) -> Response {
    with_trouble(&app, &visitor, Trouble::NoClass)
}

/// For whoever loads the address of a form again.
async fn to_start(visitor: Visitor) -> Response {
    leads_to(&visitor.href("/class"))
}

async fn open(State(app): State<App>, visitor: Visitor, RawForm(form): RawForm) -> Response {
    if !app.limits.may_open(visitor.house) {
        return with_trouble(&app, &visitor, Trouble::TooManyClasses);
    }
    let hours = field(&fields(&form), "hours").unwrap_or_default().to_owned();
    let span = Span::from_hours(&hours).unwrap_or_default();
    match backend::classroom::open(&app.database, &app.clock, span).await {
        Ok(secret) => leads_to(&visitor.href(&format!("/class/room/{secret}"))),
        Err(fault) => stopped(&app, &visitor, fault.into()),
    }
}

async fn join(State(app): State<App>, visitor: Visitor, RawForm(form): RawForm) -> Response {
    let form = fields(&form);
    let typed = field(&form, "code").unwrap_or_default();
    let Ok(code) = typed.parse::<Code>() else {
        return with_code(&app, &visitor, Trouble::NoCode, typed);
    };
    match student::enter(&app, &visitor, code, None).await {
        Ok(_) => leads_to(&visitor.href(&format!("/class/{code}"))),
        Err(response) => response,
    }
}

/// What a person is told when nothing came of it.
fn stopped(app: &App, visitor: &Visitor, stop: Stop) -> Response {
    match stop {
        Stop::Refused(Refusal::NoClass) => with_trouble(app, visitor, Trouble::NoClass),
        Stop::Refused(Refusal::Full) => with_trouble(app, visitor, Trouble::Full),
        Stop::Fault(fault) => {
            tracing::error!(%fault, "a class could not be served");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
