//! Districts, schools, classes, programmes and companies, and students entered by hand.

use super::super::form::{field, fields};
use super::super::gate::{Answer, Halt, wrong};
use super::super::signed::Signed;
use app::people::cards::Class;
use app::people::form::Form;
use app::people::organisations::{self as view, Listed, One};
use axum::extract::{Path, RawForm};
use axum::http::StatusCode;
use axum::response::Response;
use backend::people::making::{self, NewStudent, Wrong};
use backend::people::organisation::{self, Organisation};
use domain::people::{Kind, OrganisationId, Role};
use domain::policy::table::{SeeAdults, SeePeople};
use domain::policy::{Action, Everything, Object as _, Place, Refusal, absent, may, scope};
use text::ServerText;

/// All that this person reaches.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    draw(&signed, StatusCode::OK, &Form::default()).await
}

async fn draw(signed: &Signed, status: StatusCode, form: &Form) -> Result<Response, Halt> {
    let actor = signed.actor();
    let scope = scope::<SeeAdults>(&actor).or_else(|_| scope::<SeePeople>(&actor))?;
    let mut lease = signed.database().lease().await?;
    let all = organisation::within(&mut lease.conn(), scope, None).await?;
    drop(lease);
    let all: Vec<Listed> = all.into_iter().map(listed).collect();
    let alone = [Kind::District, Kind::School, Kind::Programme, Kind::Company];
    let may_make = may(&actor, Action::MakeOrganisation, Everything.on()).is_ok();
    let kinds = if may_make { &alone[..] } else { &[] };
    let title = all_called(signed);
    Ok(signed.page_with(status, title, |site| view::page(site, form, title, &all, kinds)))
}

/// What all of them are together: to a teacher, their classes.
fn all_called(signed: &Signed) -> &'static str {
    let text = signed.visitor.text();
    if signed.session.wearer.role == Some(Role::Teacher) {
        text.places_classes()
    } else {
        text.places_title()
    }
}

fn listed(place: Organisation) -> Listed {
    Listed { id: place.id.to_string(), kind: place.kind, name: place.name }
}

/// One of them.
pub(in super::super) async fn one(signed: Signed, Path(id): Path<String>) -> Answer {
    let text = signed.visitor.text();
    let done = match signed.visitor.asked("done").as_deref() {
        Some("made") => Some(text.places_made()),
        Some("student") => Some(text.places_entered()),
        _ => None,
    };
    draw_one(&signed, StatusCode::OK, &id, &Form::done(done)).await
}

async fn draw_one(signed: &Signed, status: StatusCode, id: &str, form: &Form) -> Result<Response, Halt> {
    let id: OrganisationId = id.parse().map_err(|_| Halt::Missing)?;
    let mut lease = signed.database().lease().await?;
    let mut conn = lease.conn();
    let place = seen(signed, organisation::place(&mut conn, id).await?)?;
    let found = organisation::by_id(&mut conn, id).await?.ok_or(Halt::Missing)?;
    let below: Vec<Listed> =
        organisation::below(&mut conn, Some(id)).await?.into_iter().map(listed).collect();
    drop(lease);
    let actor = signed.actor();
    let extend = may(&actor, Action::ExtendOrganisation, place.on()).is_ok();
    let kinds: Vec<Kind> =
        Kind::ALL.iter().copied().filter(|kind| extend && kind.parents().contains(&place.kind)).collect();
    let students =
        Role::Student.worn_at().contains(&place.kind) && may(&actor, Action::MakeStudent, place.on()).is_ok();
    let cards = place.kind == Kind::Class && may(&actor, Action::MakeCards, place.on()).is_ok();
    let code = found.code.clone().unwrap_or_default();
    let name = found.name.clone();
    let listed = listed(found);
    let here = if cards { super::cards::students(signed, id).await? } else { Vec::new() };
    let class = Class { id: &listed.id, name: &name, code: &code, students: &here };
    let class = cards.then_some(&class);
    let shown = One { listed: &listed, class, below: &below, kinds: &kinds, students };
    let all = all_called(signed);
    Ok(signed.page_with(status, &name, |site| view::one(site, form, all, &shown)))
}

/// Whoever sees its people sees an organisation; whoever does not is not told whether there is one.
fn seen(signed: &Signed, place: Option<Place>) -> Result<Place, Refusal> {
    const ANY: [Action; 3] = [Action::SeeAdults, Action::SeePeople, Action::MakeCards];
    let actor = signed.actor();
    let place = place.filter(|place| ANY.iter().any(|action| may(&actor, *action, place.on()).is_ok()));
    place.ok_or_else(|| absent(&actor, &ANY))
}

/// Makes one, alone or below another.
pub(in super::super) async fn make(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let kind = field(&form, "kind").and_then(Kind::from_slug).ok_or(Halt::Missing)?;
    let parent = field(&form, "parent").map(str::to_owned);
    let above = match parent.as_deref().map(str::parse) {
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => return Err(Halt::Missing),
        None => None,
    };
    let name = field(&form, "name").unwrap_or_default();
    match making::organisation(signed.database(), signed.clock(), &signed.actor(), kind, name, above).await {
        Ok(id) => Ok(signed.to(&format!("/organisations/{id}?done=made"))),
        Err(stop) => {
            let (at, sentence) = told(signed.visitor.text(), wrong(stop)?);
            let form = Form::wrong(form, at, sentence);
            match parent {
                Some(parent) => draw_one(&signed, StatusCode::UNPROCESSABLE_ENTITY, &parent, &form).await,
                None => draw(&signed, StatusCode::UNPROCESSABLE_ENTITY, &form).await,
            }
        }
    }
}

/// Enters a student.
pub(in super::super) async fn student(
    signed: Signed,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let form = fields(&form);
    let at: OrganisationId = id.parse().map_err(|_| Halt::Missing)?;
    let get = |name| field(&form, name).unwrap_or_default();
    let new = NewStudent {
        given_name: get("given-name"),
        family_name: get("family-name"),
        born: get("born"),
        tongue: if get("tongue") == "es" { "es" } else { "en" },
    };
    match making::student(signed.database(), signed.clock(), &signed.actor(), at, &new).await {
        Ok(_) => Ok(signed.to(&format!("/organisations/{id}?done=student"))),
        Err(stop) => {
            let (field, sentence) = told(signed.visitor.text(), wrong(stop)?);
            let field = match field {
                "name" => "given-name",
                "kind" => "",
                field => field,
            };
            let form = Form::wrong(form, field, sentence);
            draw_one(&signed, StatusCode::UNPROCESSABLE_ENTITY, &id, &form).await
        }
    }
}

fn told(text: ServerText, wrong: Wrong) -> (&'static str, &'static str) {
    match wrong {
        Wrong::Name => ("name", text.places_wrong_name()),
        Wrong::Kind => ("kind", text.places_wrong_kind()),
        Wrong::Birth => ("born", text.places_wrong_born()),
        Wrong::Twice => ("given-name", text.places_wrong_twice()),
    }
}
