//! What did a district send, and what came of it?
//!
//! | address | what it is |
//! |---|---|
//! | `/rosters` | all runs of the rosters that somebody may see, and a form for a file |
//! | `/rosters/template.csv` | the plain table to fill in |
//! | `/api/rosters/preview` | takes a file and says what it would change; the file waits |
//! | `/api/rosters/import`, `/api/rosters/leave` | takes in the file that waits, or deletes it |
//! | `/rosters/{run}` | the rows of one that wait, with file, line, column and reason |

mod bring;
mod receiving;
mod words;

use super::gate::{Answer, Door, Way};
use super::signed::Signed;
use app::people::form::Form;
use app::roster::{self as view, Row, Run};
use axum::extract::Path;
use axum::http::StatusCode;
use backend::clock::today_in_los_angeles;
use backend::roster::{self, Past, Waiting};
use text::ServerText;

/// The pages of this feature.
pub(super) fn ways() -> Vec<Way> {
    vec![
        Way::page("/rosters", Door::In, page),
        Way::page("/rosters/{run}", Door::In, run),
        Way::page("/rosters/template.csv", Door::In, bring::template),
        Way::large_deed("/api/rosters/preview", Door::In, bring::preview),
        Way::large_deed("/api/rosters/import", Door::In, bring::import),
        Way::deed("/api/rosters/leave", Door::In, bring::leave),
    ]
}

async fn page(signed: Signed) -> Answer {
    let done = signed.visitor.asked("done").map(|_| signed.visitor.text().roster_left());
    draw(&signed, StatusCode::OK, &Form::done(done)).await
}

/// All runs, with the form.
async fn draw(signed: &Signed, status: StatusCode, form: &Form) -> Answer {
    let runs = roster::runs(signed.database(), &signed.actor()).await?;
    let bring = bring::may(signed, runs.first().map(|run| run.source.as_str())).await?;
    let runs: Vec<Run> = runs.into_iter().map(shown).collect();
    let title = signed.visitor.text().roster_title();
    Ok(signed.page_with(status, title, |site| view::runs(site, &runs, form, bring.as_ref())))
}

async fn run(signed: Signed, Path(run): Path<String>) -> Answer {
    let from = signed.visitor.asked("from").and_then(|from| from.parse().ok()).unwrap_or(0_i64).max(0);
    let (past, rows) = roster::problems(signed.database(), &signed.actor(), &run, from).await?;
    let next = i64::try_from(rows.len()).ok().filter(|rows| *rows == roster::PAGE).map(|rows| from + rows);
    let text = signed.visitor.text();
    let rows: Vec<Row> = rows.into_iter().map(|row| shown_row(text, row)).collect();
    let run = shown(past);
    Ok(signed.page(text.roster_run_title(), |site| view::run(site, &run, &rows, next)))
}

fn shown(past: Past) -> Run {
    let number = |count: i64| usize::try_from(count).unwrap_or_default();
    Run {
        id: past.id,
        source: past.source,
        district: past.district,
        whole: past.mode == roster::Mode::Bulk.slug(),
        day: today_in_los_angeles(past.began_at),
        done: past.ended_at.is_some(),
        counts: [past.added, past.changed, past.ended, past.same].map(number),
        waiting: number(past.quarantined),
    }
}

fn shown_row(text: ServerText, row: Waiting) -> Row {
    Row { file: row.file, line: row.line, field: row.field, why: words::why(text, row.reason) }
}
