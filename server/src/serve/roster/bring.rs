//! A file comes in, shows what it would change, and is taken in or left.

use super::super::App;
use super::super::form::{field, fields};
use super::super::gate::{Answer, Halt, wrong};
use super::super::signed::Signed;
use super::receiving::{self, Bad, Sent};
use super::{draw, shown_row, words};
use app::people::form::Form;
use app::roster::bring::{self as view, Asked, Bring, Counted, Preview, Told};
use axum::extract::{RawForm, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use backend::Stop;
use backend::people::organisation;
use backend::roster::upload::{Taken, Uploads};
use backend::roster::{self, Change, Count, Ending, MayEnd, Part, Report};
use backend::secret::Token;
use domain::people::Kind;
use domain::policy::table::ImportRoster;
use domain::policy::{Refusal, scope};

/// The longest name of a roster, in characters.
const LONGEST_SOURCE: usize = 100;

/// What may be brought, for whoever may bring anything.
pub(super) async fn may(signed: &Signed, source: Option<&str>) -> Result<Option<Bring>, Halt> {
    let Ok(scope) = scope::<ImportRoster>(&signed.actor()) else { return Ok(None) };
    let mut lease = signed.database().lease().await?;
    let districts = organisation::within(&mut lease.conn(), scope, Some(Kind::District)).await?;
    let source = source.or_else(|| districts.first().map(|district| district.name.as_str()));
    Ok(Some(Bring {
        source: source.unwrap_or_default().to_owned(),
        districts: districts
            .iter()
            .map(|district| (district.id.to_string(), district.name.clone()))
            .collect(),
    }))
}

/// The plain table, to fill in.
pub(super) async fn template(signed: Signed) -> Answer {
    scope::<ImportRoster>(&signed.actor())?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"pathways-roster.csv\""),
        ),
    ];
    Ok((headers, roster::TEMPLATE).into_response())
}

/// Takes a file and says what it would change.
pub(super) async fn preview(signed: Signed, request: Request) -> Answer {
    // Before a byte of the file is read.
    scope::<ImportRoster>(&signed.actor())?;
    let text = signed.visitor.text();
    let mut sent = match receiving::receive(&signed, request).await? {
        Ok(sent) => sent,
        Err(bad) => {
            let (status, sentence) = match bad {
                Bad::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, text.roster_wrong_large()),
                Bad::Cut => (StatusCode::BAD_REQUEST, text.roster_wrong_cut()),
            };
            return draw(&signed, status, &Form::wrong(Vec::new(), "file", sentence)).await;
        }
    };
    let Some(asked) = asked(&sent.fields) else {
        return again(&signed, sent.fields, "source", text.roster_wrong_source()).await;
    };
    let Some(path) = sent.path().await? else {
        return again(&signed, sent.fields, "file", text.roster_wrong_file()).await;
    };
    let (database, clock, actor) = (signed.database(), signed.clock(), signed.actor());
    match roster::import(database, clock, &actor, path, &to_look(&asked)).await {
        Ok(report) => {
            let Sent { file, .. } = sent;
            let key = file.map(|file| file.keep().to_string()).unwrap_or_default();
            Ok(draw_preview(
                &signed,
                StatusCode::OK,
                &Form::default(),
                &previewed(&signed, key, asked, report),
            ))
        }
        Err(stop) => told(&signed, sent.fields, stop).await,
    }
}

fn draw_preview(signed: &Signed, status: StatusCode, form: &Form, preview: &Preview) -> Response {
    let title = signed.visitor.text().roster_preview_title();
    signed.page_with(status, title, |site| view::preview(site, form, preview))
}

fn asked(form: &super::super::form::Fields) -> Option<Asked> {
    let source = field(form, "source").unwrap_or_default().trim();
    let fits = !source.is_empty()
        && source.chars().count() <= LONGEST_SOURCE
        && !source.chars().any(char::is_control);
    fits.then(|| Asked {
        source: source.to_owned(),
        district: field(form, "district").unwrap_or_default().to_owned(),
    })
}

/// A preview shows also that much would end.
fn to_look(asked: &Asked) -> roster::Asked<'_> {
    roster::Asked {
        source: &asked.source,
        district: Some(&asked.district),
        dry_run: true,
        may_end: MayEnd::All,
    }
}

/// What somebody said may end: what stood beside the box that they ticked.
fn sure(form: &super::super::form::Fields) -> Vec<Ending> {
    let said = field(form, "ends").unwrap_or_default().split(", ");
    said.filter_map(|one| one.parse().ok()).collect()
}

/// The form once more, with what is wrong.
async fn again(
    signed: &Signed,
    form: super::super::form::Fields,
    at: &'static str,
    sentence: impl Into<String>,
) -> Answer {
    draw(signed, StatusCode::UNPROCESSABLE_ENTITY, &Form::wrong(form, at, sentence)).await
}

async fn told(signed: &Signed, form: super::super::form::Fields, stop: Stop<roster::Wrong>) -> Answer {
    let wrong = match stop {
        // A district of others, or none: told alike, and there is another one to choose.
        Stop::Refused(Refusal::NotYours) => roster::Wrong::NoDistrict,
        stop => wrong(stop)?,
    };
    let (at, sentence) = words::wrong(signed.visitor.text(), &wrong);
    again(signed, form, at, sentence).await
}

fn previewed(signed: &Signed, key: String, asked: Asked, report: Report) -> Preview {
    let text = signed.visitor.text();
    let counted = |part: Part| {
        let Count { added, changed, ended, same, quarantined } = report.of(part);
        Counted { part: words::part(text, part), counts: [added, changed, ended, same, quarantined] }
    };
    let change = |difference: &roster::Difference| {
        let (change, fields) = match &difference.change {
            Change::Added => (text.roster_is_new(), String::new()),
            Change::Changed(fields) => (text.roster_is_changed(), fields.join(", ")),
            Change::Ended => (text.roster_is_ended(), String::new()),
        };
        let id = difference.sourced_id.replace('\t', " ");
        Told { part: words::part(text, difference.part), id, change, fields }
    };
    let many = |many: &[Ending]| view::Many {
        what: many.iter().map(|one| words::ending(text, one)).collect::<Vec<_>>().join("; "),
        value: many.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    };
    Preview {
        key,
        asked,
        many: Some(report.many.as_slice()).filter(|ends| !ends.is_empty()).map(many),
        whole: report.mode == roster::Mode::Bulk,
        nothing: report.is_unchanged(),
        unsure: !report.unsure.is_empty(),
        counted: Part::ALL.into_iter().map(counted).filter(|one| one.counts != [0; 5]).collect(),
        told: report.differences.iter().map(change).collect(),
        more: usize::try_from(report.total().quarantined).unwrap_or(usize::MAX) - report.problems.len(),
        rows: report.problems.into_iter().map(|problem| shown_row(text, problem.into())).collect(),
    }
}

/// Takes in the file that waits.
pub(super) async fn import(signed: Signed, RawForm(form): RawForm) -> Answer {
    scope::<ImportRoster>(&signed.actor())?;
    let (form, text) = (fields(&form), signed.visitor.text());
    let (taken, asked) = (take(&signed, &form).await?, asked(&form));
    let (Some(taken), Some(asked)) = (taken, asked) else {
        return again(&signed, form, "file", text.roster_wrong_gone()).await;
    };
    let App { database, clock, .. } = signed.app.clone();
    let (said, actor, now) = (sure(&form), signed.actor(), asked.clone());
    // Whoever closes the page does not stop it in the middle.
    let work = tokio::spawn(async move {
        let may_end = MayEnd::These(&said);
        let asked = roster::Asked { may_end, dry_run: false, ..to_look(&now) };
        (roster::import(&database, &clock, &actor, &taken.path(), &asked).await, taken)
    });
    let (ended, taken) = work.await.map_err(|cause| {
        tracing::error!(%cause, "an import broke");
        Halt::Broken
    })?;
    match ended {
        Ok(report) => Ok(signed.to(&format!("/rosters/{}", report.run))),
        Err(Stop::Wrong(roster::Wrong::ManyEnd(_))) => ask_again(&signed, form, taken, asked).await,
        Err(stop) => told(&signed, form, stop).await,
    }
}

/// Much would end, and nobody said yes to just that: the file waits on, and its preview comes again.
async fn ask_again(signed: &Signed, form: super::super::form::Fields, taken: Taken, asked: Asked) -> Answer {
    let text = signed.visitor.text();
    let (database, clock, actor) = (signed.database(), signed.clock(), signed.actor());
    let report = match roster::import(database, clock, &actor, &taken.path(), &to_look(&asked)).await {
        Ok(report) => report,
        Err(stop) => return told(signed, form, stop).await,
    };
    taken.put_back().await?;
    let said = field(&form, "ends").is_some();
    let sentence = if said { text.roster_wrong_moved() } else { text.roster_wrong_sure() };
    let key = field(&form, "key").unwrap_or_default().to_owned();
    let preview = previewed(signed, key, asked, report);
    let form = Form::wrong(Vec::new(), "ends", sentence);
    Ok(draw_preview(signed, StatusCode::UNPROCESSABLE_ENTITY, &form, &preview))
}

/// Deletes the file that waits.
pub(super) async fn leave(signed: Signed, RawForm(form): RawForm) -> Answer {
    scope::<ImportRoster>(&signed.actor())?;
    drop(take(&signed, &fields(&form)).await?);
    Ok(signed.to("/rosters?done=left"))
}

async fn take(signed: &Signed, form: &super::super::form::Fields) -> Result<Option<Taken>, Halt> {
    let key = field(form, "key").and_then(|key| key.parse::<Token>().ok());
    let Some(key) = key else { return Ok(None) };
    let uploads: &Uploads = &signed.app.uploads;
    Ok(uploads.take(signed.clock(), signed.session.wearer.person, &key).await?)
}
