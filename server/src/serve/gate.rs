//! Who comes in here?
//!
//! Every address for people with accounts is a [`Way`]: a path, a [`Door`] and a handler. All stand in one list,
//! [`ways`](super::ways), so that none is forgotten: the router is made of it, and the tests try each with everybody.
//! What is asked for by a form is a deed below `/api`; one layer refuses every deed and page whose door stays shut,
//! every form of another site, and whoever asks too often.

use super::App;
use super::drawn::{leads_to, no_store};
use super::signed::{Signed, draw_halt};
use super::visitor::Visitor;
use app::site::plain_path;
use axum::extract::{FromRef, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use axum::{Extension, Router, handler::Handler, routing::get, routing::post};
use backend::people::device;
use backend::people::session::{self, Session};
use backend::secret::Token;
use backend::{Fault, Stop};
use domain::policy::{Refusal, Strength};
use std::error::Error;
use std::sync::Arc;

/// The cookie of a session. `__Host-` binds it to this host; a browser takes it over https, and on this machine.
pub(super) const SESSION: &str = "__Host-session";

/// The cookie by which a browser is known again.
pub(super) const DEVICE: &str = "__Host-device";

/// Who may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// Everybody.
    Open,
    /// Who has shown a password and owes the second factor, and who is signed in.
    Half,
    /// Who is signed in.
    In,
}

/// One address for people with accounts.
pub(super) struct Way {
    /// Without its language; `{id}` stands for a part.
    pub(super) path: &'static str,
    pub(super) door: Door,
    /// Asked for with POST, by a form.
    #[cfg_attr(not(test), expect(dead_code, reason = "the sweep of the tests reads it"))]
    pub(super) deed: bool,
    /// Its handler sees to it itself how much it reads, and may take minutes.
    pub(super) large: bool,
    /// Its handler asks itself whether there was too much.
    pub(super) counts: bool,
    answers: MethodRouter<App>,
}

impl Way {
    /// A page.
    pub(super) fn page<T: 'static>(path: &'static str, door: Door, handler: impl Handler<T, App>) -> Way {
        Way { path, door, deed: false, large: false, counts: false, answers: get(handler) }
    }

    /// A page whose address takes its own form, too: mail programs send what stops a mail to where its link leads
    /// (RFC 8058).
    pub(super) fn page_with_form<T: 'static, U: 'static>(
        path: &'static str,
        door: Door,
        page: impl Handler<T, App>,
        form: impl Handler<U, App>,
    ) -> Way {
        Way { path, door, deed: false, large: false, counts: false, answers: get(page).post(form) }
    }

    /// What a form does. Whoever loads its address again is led home.
    pub(super) fn deed<T: 'static>(path: &'static str, door: Door, handler: impl Handler<T, App>) -> Way {
        debug_assert!(path.starts_with("/api/"), "deeds stand below /api: {path}");
        Way { path, door, deed: true, large: false, counts: false, answers: post(handler).get(home) }
    }

    /// The same where a flood must not stop everybody: the handler asks [`is_often`] itself, after what it lets in all
    /// the same and before anything that costs more than drawing its page.
    pub(super) fn deed_that_counts<T: 'static>(
        path: &'static str,
        door: Door,
        handler: impl Handler<T, App>,
    ) -> Way {
        Way { counts: true, ..Way::deed(path, door, handler) }
    }

    /// The same with a file, or with work that takes minutes.
    pub(super) fn large_deed<T: 'static>(
        path: &'static str,
        door: Door,
        handler: impl Handler<T, App>,
    ) -> Way {
        Way { large: true, ..Way::deed(path, door, handler) }
    }
}

async fn home(visitor: Visitor) -> Response {
    leads_to(&visitor.href("/home"))
}

/// The router of all ways, in both languages, each behind its door.
pub(super) fn routes(app: &App, ways: Vec<Way>) -> Router<App> {
    let mut router = Router::new();
    for way in ways {
        let at = At { app: app.clone(), door: way.door, counts: way.counts };
        let answers = way.answers.layer(middleware::from_fn_with_state(at, admit));
        for prefix in text::Lang::ALL.map(text::Lang::prefix) {
            router = router.route(&format!("{prefix}{}", way.path), answers.clone());
        }
    }
    router
}

/// What stands below /api and is no way is no page either.
pub(super) fn nothing_else() -> Router<App> {
    text::Lang::ALL.map(text::Lang::prefix).into_iter().fold(Router::new(), |router, prefix| {
        router.route(&format!("{prefix}/api/{{*rest}}"), axum::routing::any(StatusCode::NOT_FOUND))
    })
}

/// Nothing came of it: for the layer, which draws the page that says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// The rules say no.
    Refused(Refusal),
    /// There is no such thing, or not for them.
    Missing,
    /// The form came from a page of another site.
    Elsewhere,
    /// Too many deeds in a short time.
    TooOften,
    /// Something broke, and is in the log.
    Broken,
}

impl Halt {
    fn status(self) -> StatusCode {
        match self {
            Halt::Refused(Refusal::SignIn) => StatusCode::UNAUTHORIZED,
            // What is not theirs looks like what is not there.
            Halt::Refused(Refusal::NotYours) | Halt::Missing => StatusCode::NOT_FOUND,
            Halt::Refused(_) | Halt::Elsewhere => StatusCode::FORBIDDEN,
            Halt::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Halt::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Halt {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Halt {
        Halt::Refused(refusal)
    }
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Halt {
        tracing::error!(%fault, "a request could not be served");
        Halt::Broken
    }
}

/// Splits what stopped a use case: what is wrong with the form comes back, to be told beside it; the rest halts.
pub(super) fn wrong<W: Error>(stop: Stop<W>) -> Result<W, Halt> {
    match stop {
        Stop::Wrong(wrong) => Ok(wrong),
        Stop::Refused(refusal) => Err(refusal.into()),
        Stop::Fault(fault) => Err(fault.into()),
    }
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Halt {
        match stop {
            Stop::Wrong(never) => match never {},
            Stop::Refused(refusal) => refusal.into(),
            Stop::Fault(fault) => fault.into(),
        }
    }
}

/// What every handler of a way answers.
pub(super) type Answer = Result<Response, Halt>;

/// The token of the session's cookie.
pub(super) fn token(visitor: &Visitor) -> Option<Token> {
    visitor.cookie(SESSION).and_then(|token| token.parse().ok())
}

/// What the layer of a way knows.
#[derive(Clone)]
struct At {
    app: App,
    door: Door,
    counts: bool,
}

impl FromRef<At> for App {
    fn from_ref(at: &At) -> App {
        at.app.clone()
    }
}

async fn admit(
    State(At { app, door, counts }): State<At>,
    visitor: Visitor,
    mut request: Request,
    next: Next,
) -> Response {
    let deed = request.method() == Method::POST;
    let session = match token(&visitor) {
        Some(token) => match session::load(&app.database, &app.clock, &token).await {
            Ok(session) => session.map(Arc::new),
            Err(fault) => return no_store(draw_halt(&app, &visitor, None, fault.into())),
        },
        None => None,
    };
    let counted = deed && !counts && visitor.may_post();
    let often = counted && is_often(&app, &visitor, session.as_deref()).await;
    let response = if let Some(shut) = shut(&visitor, door, deed, often, session.as_deref()) {
        shut.map_or_else(IntoResponse::into_response, |path| leads_to(&path))
    } else {
        request.extensions_mut().insert(session.clone());
        next.run(request).await
    };
    let half = session.as_deref().is_some_and(is_half);
    let response = match response.extensions().get::<Halt>() {
        Some(Halt::Refused(Refusal::ProveFirst)) => leads_to(&visitor.href(&prove(&visitor, deed))),
        Some(Halt::Refused(Refusal::SecondFactor)) if half => {
            leads_to(&visitor.href(&second(&visitor, deed)))
        }
        Some(halt) => draw_halt(&app, &visitor, session.as_deref(), *halt),
        None => response,
    };
    no_store(response)
}

/// Were there too many deeds of this account; or, of nobody's, from this address, and not with a browser that somebody
/// got in with before? Asking counts this one, too.
pub(super) async fn is_often(app: &App, visitor: &Visitor, session: Option<&Session>) -> bool {
    let who = session.map(|session| session.wearer.person);
    if app.limits.may_do(visitor.house, who) {
        return false;
    }
    let Some(device) = visitor.cookie(DEVICE).filter(|_| who.is_none()) else { return true };
    let known = match device.parse::<Token>() {
        Ok(token) => device::is_anybodys(&app.database, &token).await,
        Err(_) => return true,
    };
    match known {
        Ok(known) => !known || !app.limits.may_known(device),
        Err(fault) => Halt::from(fault) == Halt::Broken,
    }
}

/// Why the door stays shut: a halt, or another address to go to.
fn shut(
    visitor: &Visitor,
    door: Door,
    deed: bool,
    often: bool,
    session: Option<&Session>,
) -> Option<Result<String, Halt>> {
    if deed {
        if !visitor.may_post() {
            return Some(Err(Halt::Elsewhere));
        }
        if often {
            return Some(Err(Halt::TooOften));
        }
    }
    match (door, session) {
        (Door::Open, _) | (Door::Half, Some(_)) => None,
        (Door::In, Some(session)) if !is_half(session) => None,
        // They have a second step, and owe it.
        (Door::In, Some(_)) => Some(Ok(visitor.href(&second(visitor, deed)))),
        _ if deed => Some(Err(Halt::Refused(Refusal::SignIn))),
        _ => Some(Ok(visitor.href(&format!("/sign-in?then={}", then(visitor))))),
    }
}

fn is_half(session: &Session) -> bool {
    session.wearer.strength == Strength::Half
}

/// The page that was asked for, with what was asked of it, to come back to after signing in: an address of ours,
/// escaped for a query. Only pages lead here; what a form said is not repeated.
fn then(visitor: &Visitor) -> String {
    let path = plain_path(&visitor.path);
    let query = if visitor.query.is_empty() { String::new() } else { format!("?{}", visitor.query) };
    form_urlencoded::byte_serialize(format!("{path}{query}").as_bytes()).collect()
}

/// The page on which somebody shows once more who they are, to come back from it.
fn prove(visitor: &Visitor, deed: bool) -> String {
    format!("/account/prove?then={}", then_or_form(visitor, deed, "/account"))
}

/// The page on which half a sign-in becomes a whole one, to come back from it.
fn second(visitor: &Visitor, deed: bool) -> String {
    format!("/sign-in/second?then={}", then_or_form(visitor, deed, "/home"))
}

/// The page that was asked for; or, of a deed, the one on which its form stands, or else `otherwise`. Escaped for a
/// query.
fn then_or_form(visitor: &Visitor, deed: bool, otherwise: &'static str) -> String {
    if !deed {
        return then(visitor);
    }
    let page = visitor.header(&header::REFERER).strip_prefix(visitor.origin.trim_end_matches('/'));
    let page = page.filter(|page| page.starts_with('/')).map_or(otherwise, plain_path);
    // What it says was done last is not said again.
    let page = page.split('?').next().unwrap_or(page);
    form_urlencoded::byte_serialize(safe_then(Some(page)).as_bytes()).collect()
}

/// Where to go after signing in: only ever a page of ours that a person could have asked for.
pub(super) fn safe_then(asked: Option<&str>) -> &str {
    let local = |path: &&str| {
        let rest = path.strip_prefix('/').unwrap_or("/");
        !rest.starts_with(['/', '\\'])
            && !rest.starts_with("api/")
            && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    };
    asked.filter(local).unwrap_or("/home")
}

/// Who is signed in, if anybody, on a way whose door is open to all.
impl FromRequestParts<App> for Signed {
    type Rejection = Halt;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Signed, Halt> {
        let session = parts.extensions.get::<Option<Arc<Session>>>().cloned().flatten();
        let session = session.ok_or(Halt::Refused(Refusal::SignIn))?;
        let Ok(visitor) = Visitor::from_request_parts(parts, app).await;
        Ok(Signed { app: app.clone(), visitor, session })
    }
}

/// Who is signed in, on a way that is open to everybody.
pub(super) type Maybe = Extension<Option<Arc<Session>>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_nobody_is_led_away() {
        for path in ["/home", "/people?page=2", "/es/home", "/family/0198a5c2-1234-7abc-8def-0123456789ab"] {
            assert_eq!(safe_then(Some(path)), path);
        }
        for path in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "evil.example",
            "",
            "javascript:alert(1)",
            "/home\r\nSet-Cookie: a=b",
            "/\t/evil.example",
            "/api/people/sign-out",
            "/home evil",
            "\\\\evil.example",
        ] {
            assert_eq!(safe_then(Some(path)), "/home", "{path:?}");
        }
        assert_eq!(safe_then(None), "/home");
    }
}
