//! What did a district send, and what came of it?
//!
//! | address | what it is |
//! |---|---|
//! | `/rosters` | all runs of the rosters that somebody may see |
//! | `/rosters/{run}` | the rows of one that wait, with file, line, column and reason |

use super::gate::{Answer, Door, Way};
use super::signed::Signed;
use app::roster::{self as view, Row, Run};
use axum::extract::Path;
use backend::clock::today_in_los_angeles;
use backend::roster::{self, Past, Reason};
use text::ServerText;

/// The pages of this feature.
pub(super) fn ways() -> Vec<Way> {
    vec![Way::page("/rosters", Door::In, page), Way::page("/rosters/{run}", Door::In, run)]
}

async fn page(signed: Signed) -> Answer {
    let runs = roster::runs(signed.database(), &signed.actor()).await?;
    let runs: Vec<Run> = runs.into_iter().map(shown).collect();
    Ok(signed.page(signed.visitor.text().roster_title(), |site| view::runs(site, &runs)))
}

async fn run(signed: Signed, Path(run): Path<String>) -> Answer {
    let from = signed.visitor.asked("from").and_then(|from| from.parse().ok()).unwrap_or(0_i64).max(0);
    let (past, rows) = roster::problems(signed.database(), &signed.actor(), &run, from).await?;
    let next = i64::try_from(rows.len()).ok().filter(|rows| *rows == roster::PAGE).map(|rows| from + rows);
    let text = signed.visitor.text();
    let row = |row: roster::Waiting| Row {
        file: row.file,
        line: row.line,
        field: row.field,
        why: why(text, row.reason),
    };
    let rows: Vec<Row> = rows.into_iter().map(row).collect();
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

fn why(text: ServerText, reason: Reason) -> &'static str {
    match reason {
        Reason::Cells => text.roster_why_cells(),
        Reason::Encoding => text.roster_why_encoding(),
        Reason::Blank => text.roster_why_blank(),
        Reason::Text => text.roster_why_text(),
        Reason::Status => text.roster_why_status(),
        Reason::Date => text.roster_why_date(),
        Reason::Email => text.roster_why_email(),
        Reason::Language => text.roster_why_language(),
        Reason::Role => text.roster_why_role(),
        Reason::Kind => text.roster_why_kind(),
        Reason::Duplicate => text.roster_why_duplicate(),
        Reason::NoPlace => text.roster_why_no_place(),
        Reason::Nobody => text.roster_why_nobody(),
        Reason::NotWornThere => text.roster_why_not_worn_there(),
        Reason::NoRole => text.roster_why_no_role(),
        Reason::NoFamily => text.roster_why_no_family(),
        Reason::EmailTaken => text.roster_why_email_taken(),
        Reason::Deleted => text.roster_why_deleted(),
        Reason::Elsewhere => text.roster_why_elsewhere(),
        Reason::Contradiction => text.roster_why_contradiction(),
    }
}
