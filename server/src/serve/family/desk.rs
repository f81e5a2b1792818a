//! One family, for a teacher or staff; and the paper, for whoever may make one.

use super::super::form::{Fields, field, fields};
use super::super::gate::{Answer, Halt, wrong};
use super::super::qr;
use super::super::signed::Signed;
use super::mine::halted;
use super::show;
use app::family::desk::{self as view, Family, read_paper_word};
use app::family::sheet::{self, Sheet};
use app::people::form::Form;
use axum::extract::{Path, RawForm};
use axum::http::StatusCode;
use axum::response::Response;
use backend::clock::today_in_los_angeles;
use backend::family::{self, Paper, PaperSigner, Wrong};
use domain::family::Unfit;
use domain::people::{Band, PersonId, Role};
use text::{Lang, ServerText};

/// One family. A member of it finds it among their own.
pub(in super::super) async fn page(signed: Signed, Path(student): Path<String>) -> Answer {
    let student: PersonId = student.parse().map_err(|_| Halt::Missing)?;
    if of_family(&signed) {
        return Ok(signed.to(&format!("/family#c-{student}")));
    }
    let text = signed.visitor.text();
    let done = match signed.visitor.asked("done").as_deref() {
        Some("restricted") => Some(text.family_restricted_done()),
        Some("unrestricted") => Some(text.family_unrestricted_done()),
        Some("ended") => Some(text.family_paper_ended()),
        Some("recorded") => Some(text.family_record_done()),
        Some("back") => Some(text.family_record_back_done()),
        _ => None,
    };
    draw(&signed, student, StatusCode::OK, &Form::done(done)).await
}

fn of_family(signed: &Signed) -> bool {
    matches!(signed.session.wearer.role, Some(Role::Guardian | Role::Student))
}

async fn load(signed: &Signed, student: PersonId) -> Result<family::Family, Halt> {
    let family = family::of_student(signed.database(), signed.clock(), &signed.actor(), student).await;
    family.map_err(halted)
}

async fn draw(signed: &Signed, student: PersonId, status: StatusCode, form: &Form) -> Result<Response, Halt> {
    let family = load(signed, student).await?;
    let reader = signed.session.wearer.person;
    let shown = Family {
        id: student.to_string(),
        name: family.student.name(),
        tongue: show::lang(&family.student.tongue),
        waits: show::waits(&family),
        of_age: family.band == Some(Band::Adult),
        members: show::members(&family, reader),
        asked: show::asked(&family, reader),
        open_codes: family.open_codes,
        may_record: family.may.record,
        may_make_code: family.may.make_code,
        may_restrict: family.may.restrict,
    };
    let title = signed.visitor.text().family_of_title(&shown.name);
    Ok(signed.page_with(status, &title, |site| view::family(site, form, &shown)))
}

/// The form to sign, in what the family reads; in the other language when that is asked for.
pub(in super::super) async fn form(signed: Signed, Path(student): Path<String>) -> Answer {
    let student: PersonId = student.parse().map_err(|_| Halt::Missing)?;
    let family = load(&signed, student).await?;
    let asked = show::asked(&family, signed.session.wearer.person);
    let kinds: Vec<_> = asked.into_iter().map(|asked| asked.kind).collect();
    let (name, back) = (family.student.name(), format!("/family/{student}"));
    let lang = show::lang(signed.visitor.asked("tongue").as_deref().unwrap_or(&family.student.tongue));
    let text = signed.visitor.text();
    let family = text.family_of_title(&name);
    Ok(signed.page(text.family_form_title(), |site| sheet::form(site, &name, lang, &kinds, (&back, &family))))
}

/// Makes a paper, and shows it this once.
pub(in super::super) async fn code(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let student = show::student(&form)?;
    let made = family::make_code(signed.database(), signed.clock(), &signed.actor(), student).await;
    let printed = match made {
        Ok(printed) => printed,
        Err(stop) => {
            let sentence = match wrong(stop)? {
                Wrong::ManyPapers => signed.visitor.text().family_paper_many(),
                _ => return Err(Halt::Missing),
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            // A guardian has no page of one child; theirs says how many papers are too many, too.
            if of_family(&signed) {
                let title = signed.visitor.text().family_paper_title();
                let form = Form::wrong(form, "", sentence);
                return Ok(signed.page_with(status, title, |_| form.note()));
            }
            return draw(&signed, student, status, &Form::wrong(form, "", sentence)).await;
        }
    };
    let plain: String = printed.code.symbols().iter().copied().map(char::from).collect();
    let origin = signed.visitor.origin.as_str();
    let square = |lang: Lang| qr::inline(&format!("{origin}{}/join?code={plain}", lang.prefix()));
    let text = signed.visitor.text();
    let (back, family) = if of_family(&signed) {
        ("/family".to_owned(), text.family_title().to_owned())
    } else {
        (format!("/family/{student}"), text.family_of_title(&printed.given_name))
    };
    let sheet = Sheet {
        name: &printed.given_name,
        code: &printed.code.to_string(),
        until: &today_in_los_angeles(printed.expires_at).to_string(),
        first: show::lang(&printed.tongue),
        squares: Lang::ALL.map(square),
        host: origin.split_once("://").map_or(origin, |(_, host)| host),
        back: (&back, &family),
    };
    Ok(signed.page(text.family_paper_title(), |site| sheet::page(site, &sheet)))
}

/// Makes the papers that are out worthless.
pub(in super::super) async fn end_codes(signed: Signed, RawForm(form): RawForm) -> Answer {
    let student = show::student(&fields(&form))?;
    let ended = family::end_codes(signed.database(), signed.clock(), &signed.actor(), student).await;
    ended.map_err(halted)?;
    Ok(signed.to(&format!("/family/{student}?done=ended")))
}

/// Restricts a guardian, or lets them see again.
pub(in super::super) async fn restrict(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let student = show::student(&form)?;
    let guardian = field(&form, "guardian").and_then(|id| id.parse().ok()).ok_or(Halt::Missing)?;
    let restricted = field(&form, "restricted") == Some("yes");
    let (database, clock, actor) = (signed.database(), signed.clock(), signed.actor());
    let done = family::restrict(database, clock, &actor, student, guardian, restricted).await;
    done.map_err(halted)?;
    let word = if restricted { "restricted" } else { "unrestricted" };
    Ok(signed.to(&format!("/family/{student}?done={word}")))
}

/// Writes down a signed paper.
pub(in super::super) async fn record(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let student = show::student(&form)?;
    let ticked: Option<Vec<_>> =
        form.iter().filter(|(name, _)| name == "paper").map(|(_, word)| read_paper_word(word)).collect();
    let ticked = ticked.ok_or(Halt::Missing)?;
    let tongue = show::lang(field(&form, "tongue").unwrap_or_default()).code();
    let paper = Paper { ticked: &ticked, tongue, signer: signer(&form)? };
    let (database, clock, actor) = (signed.database(), signed.clock(), signed.actor());
    match family::record_paper(database, clock, &actor, student, paper).await {
        Ok(()) => Ok(signed.to(&format!("/family/{student}?done=recorded"))),
        Err(stop) => {
            let (at, sentence) = problem(signed.visitor.text(), wrong(stop)?);
            drop(ticked);
            let form = Form::wrong(form, at, sentence);
            draw(&signed, student, StatusCode::UNPROCESSABLE_ENTITY, &form).await
        }
    }
}

fn signer(form: &Fields) -> Result<PaperSigner<'_>, Halt> {
    Ok(match field(form, "signer") {
        Some("student") => PaperSigner::Student,
        Some("other") => PaperSigner::Named(field(form, "name").unwrap_or_default()),
        Some(guardian) => PaperSigner::Guardian(guardian.parse().map_err(|_| Halt::Missing)?),
        None => return Err(Halt::Missing),
    })
}

fn problem(text: ServerText, wrong: Wrong) -> (&'static str, &'static str) {
    match wrong {
        Wrong::Name => ("name", text.family_record_wrong_name()),
        Wrong::Unfit(Unfit::Restricted) => ("name", text.family_record_wrong_restricted()),
        Wrong::Unfit(Unfit::OfAge) => ("signer", text.family_record_wrong_age()),
        Wrong::Unfit(Unfit::NotOfAge) => ("signer", text.family_record_wrong_minor()),
        Wrong::Nothing => ("paper", text.family_record_wrong_nothing()),
        Wrong::TextChanged => ("paper", text.family_changed_text()),
        _ => ("signer", text.family_record_wrong_stranger()),
    }
}

/// Writes down that a signed paper was taken back.
pub(in super::super) async fn record_back(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let (student, kind) = (show::student(&form)?, show::kind(&form)?);
    let (database, clock, actor) = (signed.database(), signed.clock(), signed.actor());
    let taken = family::record_taken_back(database, clock, &actor, student, &kind).await;
    taken.map_err(halted)?;
    Ok(signed.to(&format!("/family/{student}?done=back")))
}
