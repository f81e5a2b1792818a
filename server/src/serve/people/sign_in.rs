//! Getting in and out.

use super::super::App;
use super::super::drawn::leads_to;
use super::super::form::{Fields, field, fields};
use super::super::gate::{Answer, DEVICE, Halt, Maybe, SESSION, is_often, safe_then, token, wrong};
use super::super::signed::within;
use super::super::visitor::Visitor;
use app::people::form::Form;
use app::people::sign_in::{self as view, BACKUP, Demo, Ways};
use app::people::words;
use axum::extract::{RawForm, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use backend::Fault;
use backend::people::passkey::Site;
use backend::people::sign_in::{self, Entered, From, Wrong};
use backend::people::{demo, session, sso};
use backend::secret::Token;
use domain::classroom::Code;
use domain::people::card::{NotTyped, Typed};
use domain::policy::Strength;
use text::ServerText;

/// How long a browser is known, in seconds: about a school year.
const KNOWN: u32 = 300 * 24 * 3600;

/// The two ways in; whoever is in already is led on.
pub(in super::super) async fn page(State(app): State<App>, session: Maybe, visitor: Visitor) -> Response {
    let then = visitor.asked("then");
    let whole = |strength| strength != Strength::Half;
    if session.0.as_ref().is_some_and(|session| whole(session.wearer.strength)) {
        return leads_to(&visitor.href(safe_then(then.as_deref())));
    }
    let reset = visitor.asked("done").as_deref() == Some("reset");
    let adult = Form::done(reset.then(|| visitor.text().forgot_done()));
    draw(&app, &visitor, StatusCode::OK, &Form::default(), &adult, then.as_deref()).await
}

pub(in super::super) async fn draw(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    student: &Form,
    adult: &Form,
    then: Option<&str>,
) -> Response {
    let text = visitor.text();
    let known = async {
        Ok::<_, Fault>((people_of_demo(app, text).await?, !sso::listed(&app.database).await?.is_empty()))
    };
    let (demo, district) = match known.await {
        Ok(known) => known,
        Err(fault) => return Halt::from(fault).into_response(),
    };
    let passkeys = Site::at(&visitor.origin).is_some();
    let ways = Ways { then: safe_then(then), district, passkeys, demo };
    let title = text.sign_in_title();
    within(app, visitor, None, status, title, |site| view::page(site, student, adult, &ways))
}

async fn people_of_demo(app: &App, text: ServerText) -> Result<Vec<Demo>, Fault> {
    if !app.demo {
        return Ok(Vec::new());
    }
    let shown = |offered: demo::Offered| {
        let role = words::role(text, offered.role);
        let what = offered.place.map_or_else(|| role.to_owned(), |place| format!("{role} · {place}"));
        Demo { name: offered.name, what, id: offered.id.to_string() }
    };
    Ok(demo::offered(&app.database).await?.into_iter().map(shown).collect())
}

/// As a made-up person, where there is a demo.
pub(in super::super) async fn as_demo(
    State(app): State<App>,
    visitor: Visitor,
    RawForm(form): RawForm,
) -> Answer {
    let form = fields(&form);
    let person = field(&form, "person").and_then(|person| person.parse().ok()).filter(|_| app.demo);
    let person = person.ok_or(Halt::Missing)?;
    let new = demo::walk_as(&app.database, &app.clock, person, &browser(&visitor)).await?;
    let new = new.ok_or(Halt::Missing)?;
    if let Some(before) = token(&visitor) {
        session::end(&app.database, &before).await?;
    }
    let mut response = leads_to(&visitor.href(safe_then(field(&form, "then"))));
    set_cookie(&mut response, SESSION, &new.to_string(), None);
    Ok(response)
}

/// With a password.
pub(in super::super) async fn with_password(
    State(app): State<App>,
    visitor: Visitor,
    RawForm(form): RawForm,
) -> Answer {
    let form = fields(&form);
    let (email, typed) =
        (field(&form, "email").unwrap_or_default(), field(&form, "password").unwrap_or_default());
    let name = browser(&visitor);
    let answer =
        sign_in::with_password(&app.database, &app.clock, email, typed, &from(&visitor, &name)).await;
    match answer {
        Ok(entered) => Ok(enter(&visitor, &form, &entered)),
        Err(stop) => {
            let text = visitor.text();
            let (status, sentence) = match wrong(stop)? {
                Wrong::NoMatch => {
                    (StatusCode::UNPROCESSABLE_ENTITY, text.sign_in_wrong_password().to_owned())
                }
                Wrong::Wait { minutes } => {
                    (StatusCode::TOO_MANY_REQUESTS, text.sign_in_wait_adult(count(minutes)))
                }
            };
            let then = field(&form, "then").map(str::to_owned);
            // Both may be wrong; the password is the one that has to be typed again.
            let adult = Form::wrong(form, "password", sentence);
            Ok(draw(&app, &visitor, status, &Form::default(), &adult, then.as_deref()).await)
        }
    }
}

/// With a card: its PIN, or its backup code in the same field.
///
/// This deed counts itself. A backup code is looked up before anybody asks how often this address came: that costs one
/// look into an index and a page, as `/sign-in` does that everybody may load, and so a flood of PINs from a school's own
/// address, or at all its cards, keeps nobody out who holds a card. All else is counted before a PIN is hashed.
pub(in super::super) async fn with_card(
    State(app): State<App>,
    session: Maybe,
    visitor: Visitor,
    RawForm(form): RawForm,
) -> Answer {
    const UNFIT: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
    const LATER: StatusCode = StatusCode::TOO_MANY_REQUESTS;
    let form = fields(&form);
    let text = visitor.text();
    let class = field(&form, "class").unwrap_or_default().parse::<Code>();
    let typed = field(&form, "pin").unwrap_or_default().parse::<Typed>();
    let name = browser(&visitor);
    let (from, database, clock) = (from(&visitor, &name), &app.database, &app.clock);
    let (status, at, sentence) = match (class, typed) {
        (Ok(class), Ok(Typed::Backup(backup))) => {
            match sign_in::with_backup_code(database, clock, class, &backup, &from).await {
                Ok(entered) => return Ok(enter(&visitor, &form, &entered)),
                Err(stop) => {
                    wrong(stop)?;
                    (UNFIT, BACKUP, text.sign_in_wrong_backup().to_owned())
                }
            }
        }
        _ if is_often(&app, &visitor, session.0.as_deref()).await => {
            (LATER, BACKUP, text.sign_in_flood().to_owned())
        }
        (Err(_), _) => (UNFIT, "class", text.class_wrong_code().to_owned()),
        (_, Err(NotTyped::Pin)) => (UNFIT, "pin", text.sign_in_wrong_pin().to_owned()),
        (_, Err(NotTyped::Backup)) => (UNFIT, BACKUP, text.sign_in_no_backup().to_owned()),
        (Ok(class), Ok(Typed::Pin(pin))) => {
            match sign_in::with_card(database, clock, class, &pin, &from).await {
                Ok(entered) => return Ok(enter(&visitor, &form, &entered)),
                Err(stop) => match wrong(stop)? {
                    Wrong::NoMatch => (UNFIT, "pin", text.sign_in_wrong_card().to_owned()),
                    Wrong::Wait { minutes } => (LATER, BACKUP, text.sign_in_wait(count(minutes))),
                },
            }
        }
    };
    let then = field(&form, "then").map(str::to_owned);
    let student = Form::wrong(form, at, sentence);
    Ok(draw(&app, &visitor, status, &student, &Form::default(), then.as_deref()).await)
}

fn count(minutes: i64) -> usize {
    usize::try_from(minutes).unwrap_or(1)
}

/// Out, on this browser.
pub(in super::super) async fn out(State(app): State<App>, visitor: Visitor) -> Answer {
    if let Some(token) = token(&visitor) {
        session::end(&app.database, &token).await?;
    }
    let mut response = leads_to(&visitor.href("/"));
    set_cookie(&mut response, SESSION, "", Some(0));
    Ok(response)
}

fn enter(visitor: &Visitor, form: &Fields, came: &Entered) -> Response {
    entered(visitor, safe_then(field(form, "then")), came)
}

/// Whoever got in is led on, with the cookies of the session and of a browser that is known. `then` is a safe path.
pub(in super::super) fn entered(visitor: &Visitor, then: &str, entered: &Entered) -> Response {
    let path = match entered.strength {
        Strength::Half => {
            let then: String = form_urlencoded::byte_serialize(then.as_bytes()).collect();
            format!("/sign-in/second?then={then}")
        }
        _ => then.to_owned(),
    };
    let mut response = leads_to(&visitor.href(&path));
    set_cookie(&mut response, SESSION, &entered.token.to_string(), None);
    remember(&mut response, &entered.device);
    response
}

/// Gives the browser the cookie by which it is known again.
pub(in super::super) fn remember(response: &mut Response, device: &Token) {
    set_cookie(response, DEVICE, &device.to_string(), Some(KNOWN));
}

/// Gives the browser a cookie that no script reads and no other site sends along. Without a life in seconds it goes
/// when the browser closes.
pub(in super::super) fn set_cookie(response: &mut Response, name: &str, value: &str, life: Option<u32>) {
    let life = life.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let cookie = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{life}");
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// What this browser is known by, and the session that it has.
pub(in super::super) fn from<'a>(visitor: &Visitor, name: &'a str) -> From<'a> {
    let device = visitor.cookie(DEVICE).and_then(|device| device.parse().ok());
    From { device, name, before: token(visitor) }
}

/// What a browser calls itself, in words of ours: nothing of the header is kept.
pub(in super::super) fn browser(visitor: &Visitor) -> String {
    let said = visitor.header(&header::USER_AGENT);
    let find = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| said.contains(mark)).map_or("?", |(_, name)| name)
    };
    let program =
        find(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = find(&[
        ("CrOS", "ChromeOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "Mac"),
        ("Windows", "Windows"),
        ("Linux", "Linux"),
    ]);
    format!("{program} · {system}")
}
