//! A guardian's children, a student's own family, and, for who works with students, all families.

use super::super::form::fields;
use super::super::gate::{Answer, Halt, wrong};
use super::super::signed::Signed;
use super::show;
use app::family::desk::{self, Listed};
use app::family::mine::{self as view, Child};
use app::people::form::Form;
use axum::extract::RawForm;
use axum::http::StatusCode;
use axum::response::Response;
use backend::family::{self, Wrong};
use backend::stop::Stop;
use domain::people::Role;
use text::ServerText;

/// The page, as the role that is worn needs it.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    match signed.session.wearer.role {
        Some(Role::Guardian | Role::Student) => {
            let form = Form::done(done(&signed).await?);
            draw(&signed, StatusCode::OK, &form).await
        }
        _ => all(&signed).await,
    }
}

async fn done(signed: &Signed) -> Result<Option<String>, Halt> {
    let text = signed.visitor.text();
    Ok(match signed.visitor.asked("done").as_deref() {
        Some("join") => {
            // The newest child is the one that the paper was for, or the only one.
            let of = signed.visitor.asked("of");
            let children = children(signed).await?;
            let joined = children.iter().find(|child| of.is_none() || of == Some(child.id.to_string()));
            joined.map(|child| text.family_done_join(&child.given_name))
        }
        _ => None,
    })
}

/// The child whose answers were just saved.
fn saved(signed: &Signed) -> Option<String> {
    signed.visitor.asked("done").filter(|done| done == "saved").and_then(|_| signed.visitor.asked("of"))
}

async fn children(signed: &Signed) -> Result<Vec<family::Child>, Halt> {
    match family::children(signed.database(), signed.clock(), &signed.actor()).await {
        Ok(children) => Ok(children),
        Err(stop) => Err(halted(stop)),
    }
}

/// A read has nothing that could be wrong with it.
pub(super) fn halted(stop: Stop<Wrong>) -> Halt {
    wrong(stop).map_or_else(|halt| halt, |_| Halt::Missing)
}

async fn draw(signed: &Signed, status: StatusCode, form: &Form) -> Result<Response, Halt> {
    let (actor, reader) = (signed.actor(), signed.session.wearer.person);
    let mut shown = Vec::new();
    for child in children(signed).await? {
        let own = child.id == reader;
        if child.of_age && !own {
            shown.push(of_age(&child));
            continue;
        }
        let family = family::of_student(signed.database(), signed.clock(), &actor, child.id).await;
        shown.push(show::child(&family.map_err(halted)?, reader));
    }
    let text = signed.visitor.text();
    if let Some(of) = saved(signed)
        && let Some(child) = shown.iter_mut().find(|child| child.id == of)
    {
        child.news = Some(text.family_done_saved());
    }
    // Who waits for a yes stands first; the others keep their order.
    shown.sort_by_key(|child| !child.waits);
    if signed.session.wearer.role == Some(Role::Student) {
        let own = shown.first().ok_or(Halt::Missing)?;
        let title = if own.waits { text.family_own_waits_title() } else { text.family_own_title() };
        return Ok(signed.page_with(status, title, |site| view::own(site, form, own)));
    }
    Ok(signed.page_with(status, text.family_title(), |site| view::children(site, form, &shown)))
}

fn of_age(child: &family::Child) -> Child {
    Child {
        id: child.id.to_string(),
        name: child.given_name.clone(),
        of_age: true,
        waits: false,
        old_enough: false,
        news: None,
        members: Vec::new(),
        asked: Vec::new(),
        decides: false,
        may_make_code: false,
    }
}

async fn all(signed: &Signed) -> Answer {
    let search = signed.visitor.asked("q").unwrap_or_default();
    let waiting = signed.visitor.asked("waits").is_some();
    let students = family::students(signed.database(), signed.clock(), &signed.actor(), &search).await;
    let listed: Vec<Listed> = students
        .map_err(halted)?
        .into_iter()
        .filter(|student| student.waits || !waiting)
        .map(|student| Listed {
            id: student.id.to_string(),
            name: student.name,
            guardians: student.guardians,
            waits: student.waits,
        })
        .collect();
    let most = usize::try_from(family::MOST_LISTED).unwrap_or(usize::MAX);
    let title = signed.visitor.text().family_desk_title();
    Ok(signed.page(title, |site| desk::list(site, &search, waiting, &listed, most)))
}

/// Yes and no.
pub(in super::super) async fn decide(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let student = show::student(&form)?;
    let decisions = show::decisions(&form, signed.visitor.lang)?;
    let (database, clock, actor) = (signed.database(), signed.clock(), signed.actor());
    match family::decide(database, clock, &actor, student, &decisions).await {
        Ok(()) => Ok(signed.to(&format!("/family?done=saved&of={student}#c-{student}"))),
        Err(stop) => {
            wrong(stop)?;
            let sentence = ServerText::of(signed.visitor.lang).family_changed_text();
            draw(&signed, StatusCode::UNPROCESSABLE_ENTITY, &Form::wrong(Vec::new(), "", sentence)).await
        }
    }
}
