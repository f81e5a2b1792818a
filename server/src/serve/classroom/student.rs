//! The student's page: look, send, take back. The device is known by a random number in a cookie of this class.

use super::super::App;
use super::super::drawn::{leads_to, page};
use super::super::form::{Fields, field, fields};
use super::super::visitor::Visitor;
use super::answer::{with_code, with_trouble};
use super::stopped;
use app::classroom::join::{self, Seat};
use app::classroom::start::Trouble;
use axum::extract::{Path, RawForm, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use backend::classroom::{Device, Joined, Stop};
use domain::classroom::summary::{MOST_SCHOOLS, codes_in};
use domain::classroom::{Code, Refusal, Summary, Tongue};
use domain::explorer::school::Cds;
use text::Lang;

/// The class with this code, as this device sees it.
pub(super) async fn seat(State(app): State<App>, visitor: Visitor, Path(typed): Path<String>) -> Response {
    let Ok(code) = typed.parse::<Code>() else {
        return with_code(&app, &visitor, Trouble::NoCode, &typed);
    };
    if typed != code.to_string() {
        let query = if visitor.query.is_empty() { String::new() } else { format!("?{}", visitor.query) };
        return leads_to(&visitor.href(&format!("/class/{code}{query}")));
    }
    let known = visitor.cookie(&cookie_name(&app, code)).and_then(|number| number.parse::<Device>().ok());
    let joined = match enter(&app, &visitor, code, known.as_ref()).await {
        Ok(joined) => joined,
        Err(response) => return response,
    };
    let device = match known.map_or_else(Device::new, Ok) {
        Ok(device) => device,
        Err(fault) => return stopped(&app, &visitor, fault.into()),
    };
    draw(&app, &visitor, code, &device, &joined)
}

/// The class with this code. A wrong code costs the address it came from, and one that used up its tries is only told
/// of codes that were right there, and by devices that the class knows.
pub(super) async fn enter(
    app: &App,
    visitor: &Visitor,
    code: Code,
    device: Option<&Device>,
) -> Result<Joined, Response> {
    let (codes, symbols) = (&app.limits.codes, *code.symbols());
    let may_try = codes.may_try(visitor.house, symbols);
    let again = |trouble| with_code(app, visitor, trouble, &code.to_string());
    let too_many = || again(Trouble::TooManyGuesses);
    if !may_try && device.is_none() {
        return Err(too_many());
    }
    match backend::classroom::join(&app.database, &app.clock, code, device).await {
        Ok(joined) if may_try || joined.sent.is_some() => {
            codes.opened(visitor.house, symbols);
            Ok(joined)
        }
        Err(Stop::Refused(Refusal::NoClass)) if may_try => {
            codes.missed(visitor.house);
            Err(again(Trouble::NoClass))
        }
        Ok(_) | Err(Stop::Refused(_)) => Err(too_many()),
        Err(fault) => Err(stopped(app, visitor, fault)),
    }
}

fn draw(app: &App, visitor: &Visitor, code: Code, device: &Device, joined: &Joined) -> Response {
    let (code, device, tag) = (code.to_string(), device.to_string(), device.tag().to_string());
    let mut list: Vec<Cds> = Vec::new();
    for cds in codes_in(&visitor.query.replace("%2C", ",")) {
        if list.len() < MOST_SCHOOLS && !list.contains(&cds) {
            list.push(cds);
        }
    }
    let seat = Seat {
        code: &code,
        left: joined.expires_at.0 - app.clock.now().0,
        device: &device,
        tag: &tag,
        sent: joined.sent.as_ref(),
        list: &list,
    };
    page(app, visitor, StatusCode::OK, visitor.text().class_join(), |site| join::page(site, &seat))
}

/// Takes in a summary and leads back to the page, which then says so.
pub(super) async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    RawForm(form): RawForm,
) -> Response {
    let (code, device, form) = match read(&app, &visitor, &typed, &form).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    if !app.limits.may_send(*code.symbols()) {
        return with_trouble(&app, &visitor, Trouble::TooFast);
    }
    let device = match device.map_or_else(Device::new, Ok) {
        Ok(device) => device,
        Err(fault) => return stopped(&app, &visitor, fault.into()),
    };
    let library = app.shelf.library();
    let tongue = if visitor.lang == Lang::Es { Tongue::Spanish } else { Tongue::English };
    let mut summary = Summary { tongue, ..Summary::default() };
    for (name, value) in &form {
        summary.set(name, value, &|cds| library.knows(cds));
    }
    match backend::classroom::send(&app.database, &app.clock, code, &device, &summary).await {
        Ok(until) => {
            let seconds = (until.0 - app.clock.now().0) / 1000;
            remembering(&app, &visitor, code, &device.to_string(), seconds)
        }
        Err(stop) => stopped(&app, &visitor, stop),
    }
}

/// Deletes what this device sent.
pub(super) async fn back(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    RawForm(form): RawForm,
) -> Response {
    let (code, device, _) = match read(&app, &visitor, &typed, &form).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    if let Some(device) = device
        && let Err(stop) = backend::classroom::take_back(&app.database, &app.clock, code, &device).await
    {
        return stopped(&app, &visitor, stop);
    }
    remembering(&app, &visitor, code, "", 0)
}

/// For whoever loads the address of a form again.
pub(super) async fn to_seat(visitor: Visitor, Path(typed): Path<String>) -> Response {
    match typed.parse::<Code>() {
        Ok(code) => leads_to(&visitor.href(&format!("/class/{code}"))),
        Err(_) => leads_to(&visitor.href("/class")),
    }
}

/// The class, the device and the rest of a form. The cookie counts before the field: it is the device's, the field
/// the page's, which may be an old one.
async fn read(
    app: &App,
    visitor: &Visitor,
    typed: &str,
    form: &[u8],
) -> Result<(Code, Option<Device>, Fields), Response> {
    let code: Code = typed.parse().map_err(|_| with_trouble(app, visitor, Trouble::NoCode))?;
    let form = fields(form);
    let number = visitor.cookie(&cookie_name(app, code)).or_else(|| field(&form, "device"));
    let device = number.and_then(|number| number.parse().ok());
    enter(app, visitor, code, device.as_ref()).await?;
    Ok((code, device, form))
}

/// Leads back to the page, and leaves the device its number for so many seconds; for none it is forgotten.
fn remembering(app: &App, visitor: &Visitor, code: Code, number: &str, seconds: i64) -> Response {
    let mut response = leads_to(&visitor.href(&format!("/class/{code}")));
    let secure = if app.origin.is_secure() { "; Secure" } else { "" };
    let name = cookie_name(app, code);
    let cookie = format!("{name}={number}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Each class has a cookie of its own, so that nothing ties two classes together. `__Host-` binds it to this host,
/// and is only possible where people come by https.
fn cookie_name(app: &App, code: Code) -> String {
    let code: String = code.symbols().iter().map(|symbol| char::from(*symbol)).collect();
    format!("{}class-{code}", if app.origin.is_secure() { "__Host-" } else { "" })
}
