//! How are the machines? Health, jobs, mail, imports, storage, versions. `/operations`

use crate::outbox::words;
use crate::people::form::Form;
use crate::site::Site;
use domain::outbox::{Local, Unsent};
use maud::{Markup, html};
use text::ServerText;
use text::day::day_words;

/// What an operator sees.
#[derive(Clone, Debug)]
pub struct Operations {
    /// When it was looked at.
    pub at: Local,
    /// `SQLite` or `PostgreSQL`.
    pub engine: &'static str,
    /// How long the database took, in milliseconds.
    pub answered_in: u64,
    /// The version of the program.
    pub program: &'static str,
    /// The newest migration that the program carries, and the newest that the database has.
    pub migrations: (i64, i64),
    /// The version of the catalogue, and how many schools it shows.
    pub catalogue: (i64, usize),
    /// Bytes of the database.
    pub database: u64,
    /// Bytes that are free on its disk, if it is this machine's.
    pub free: Option<u64>,
    /// All jobs.
    pub jobs: Vec<Job>,
    /// What waits to be told.
    pub mail: Mail,
    /// The newest imports and rosters: what, when, and what came of it.
    pub imports: Vec<Import>,
    /// The newest rosters.
    pub rosters: Vec<Roster>,
}

/// A job.
#[derive(Clone, Debug)]
pub struct Job {
    /// What it is known by.
    pub name: String,
    /// When it began last.
    pub began: Option<Local>,
    /// It runs now.
    pub runs: bool,
    /// When it comes again.
    pub due: Local,
    /// What went wrong last.
    pub problem: Option<String>,
}

/// What waits to be told.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Not sent yet.
    pub waiting: usize,
    /// Of those: tried already.
    pub trying: usize,
    /// Since when the oldest that is due waits.
    pub late_since: Option<Local>,
    /// Sent, as far back as it is kept.
    pub sent: usize,
    /// Not sent, as far back as it is kept, and why.
    pub unsent: Vec<(Unsent, usize)>,
}

/// A reading of a public file.
#[derive(Clone, Debug)]
pub struct Import {
    /// The file.
    pub file: String,
    /// Its layout.
    pub kind: String,
    /// Its rows.
    pub rows: usize,
    /// `loaded`, `unchanged` or `refused`.
    pub outcome: String,
    /// When.
    pub at: Local,
}

/// A roster.
#[derive(Clone, Debug)]
pub struct Roster {
    /// Where it came from.
    pub source: String,
    /// When it began.
    pub began: Local,
    /// It was read to its end.
    pub ended: bool,
    /// Rows that were added, changed, ended, not taken in.
    pub rows: [usize; 4],
}

/// The page.
pub fn page(site: &Site, form: &Form, seen: &Operations) -> Markup {
    let text = ServerText::of(site.lang());
    let failed: usize =
        seen.mail.unsent.iter().filter(|(why, _)| why.is_failure()).map(|(_, count)| count).sum();
    html! {
        h1 { (text.operations_title()) }
        p.lead { (text.operations_lead(&time(text, seen.at))) }
        (form.note())
        section.panel {
            h2 { (text.operations_health()) }
            (facts(&health(text, seen)))
        }
        section.panel {
            h2 { (text.operations_jobs()) }
            (table(text, text.operations_jobs(), &[text.operations_job(), text.operations_began(), text.operations_due(), text.operations_outcome()],
                seen.jobs.iter().map(|job| vec![job_words(text, &job.name), began(text, job), time(text, job.due), outcome(text, job)])))
        }
        section.panel {
            h2 { (text.operations_mail()) }
            (facts(&[
                (text.operations_waiting(), text::number(seen.mail.waiting)),
                (text.operations_trying(), text::number(seen.mail.trying)),
                (text.operations_late(), seen.mail.late_since.map_or_else(|| text.operations_none().to_owned(), |since| time(text, since))),
                (text.operations_sent(), text::number(seen.mail.sent)),
            ]))
            @if !seen.mail.unsent.is_empty() {
                h3 { (text.operations_unsent()) }
                dl.facts { @for (why, count) in &seen.mail.unsent { div { dt { (words::unsent(text, *why)) } dd.num { (text::number(*count)) } } } }
            }
            @if failed > 0 {
                form method="post" action=(site.href("/api/operations/retry")) { button.btn.main { (text.operations_retry(failed)) } }
            }
        }
        section.panel {
            h2 { (text.operations_rosters()) }
            (table(text, text.operations_rosters(), &[text.operations_source(), text.operations_began(), text.operations_rows(), text.operations_outcome()],
                seen.rosters.iter().map(|roster| vec![roster.source.clone(), time(text, roster.began), changes(text, roster.rows), ended(text, roster.ended).to_owned()])))
        }
        section.panel {
            h2 { (text.operations_imports()) }
            (table(text, text.operations_imports(), &[text.operations_file(), text.operations_kind(), text.operations_at(), text.operations_outcome()],
                seen.imports.iter().map(|import| vec![import.file.clone(), import.kind.clone(), time(text, import.at), taken(text, &import.outcome, import.rows)])))
        }
    }
}

fn health(text: ServerText, seen: &Operations) -> Vec<(&'static str, String)> {
    let (carried, applied) = seen.migrations;
    let (version, schools) = seen.catalogue;
    let tables = if carried == applied {
        text.operations_tables_current(&applied.to_string())
    } else {
        text.operations_tables_differ(&applied.to_string(), &carried.to_string())
    };
    vec![
        (text.operations_database(), text.operations_answers(seen.engine, &seen.answered_in.to_string())),
        (text.operations_size(), bytes(seen.database)),
        (text.operations_free(), seen.free.map_or_else(|| text.operations_elsewhere().to_owned(), bytes)),
        (text.operations_program(), seen.program.to_owned()),
        (text.operations_tables(), tables),
        (text.operations_catalogue(), text.operations_schools(&text::number(schools), &version.to_string())),
    ]
}

fn facts(facts: &[(&str, String)]) -> Markup {
    html! { dl.facts { @for (name, value) in facts { div { dt { (name) } dd { (value) } } } } }
}

/// A table that scrolls by itself where the screen is narrow; a sentence when it has no rows.
fn table(text: ServerText, name: &str, heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Markup {
    let rows: Vec<Vec<String>> = rows.collect();
    html! {
        @if rows.is_empty() {
            p.quiet { (text.operations_nothing()) }
        } @else {
            div.wide tabindex="0" role="region" aria-label=(name) {
                table {
                    thead { tr { @for head in heads { th scope="col" { (head) } } } }
                    tbody { @for row in &rows { tr { @for cell in row { td { (cell) } } } } }
                }
            }
        }
    }
}

fn began(text: ServerText, job: &Job) -> String {
    job.began.map_or_else(|| text.operations_never().to_owned(), |began| time(text, began))
}

fn outcome(text: ServerText, job: &Job) -> String {
    match &job.problem {
        _ if job.runs => text.operations_runs().to_owned(),
        Some(problem) => text.operations_problem(problem),
        None => text.operations_fine().to_owned(),
    }
}

fn ended(text: ServerText, ended: bool) -> &'static str {
    if ended { text.operations_fine() } else { text.operations_unfinished() }
}

fn changes(text: ServerText, rows: [usize; 4]) -> String {
    let [added, changed, ended, refused] = rows.map(text::number);
    text.operations_changes(&added, &changed, &ended, &refused)
}

fn taken(text: ServerText, outcome: &str, rows: usize) -> String {
    match outcome {
        "loaded" => text.operations_loaded(rows),
        "unchanged" => text.operations_unchanged().to_owned(),
        _ => text.operations_refused().to_owned(),
    }
}

/// What a job does; one that has no words is called as it is known.
fn job_words(text: ServerText, name: &str) -> String {
    let words = match name {
        "mail" => text.operations_job_mail(),
        "classes" => text.operations_job_classes(),
        "sessions" => text.operations_job_sessions(),
        "screenings" => text.operations_job_screenings(),
        "deletions" => text.operations_job_deletions(),
        "retention" => text.operations_job_retention(),
        other => other,
    };
    words.to_owned()
}

/// November 22, 2026, 5:12 a.m., in Los Angeles.
fn time(text: ServerText, local: Local) -> String {
    let (hour, minute) = (local.minute / 60, local.minute % 60);
    let day = day_words(*text, &local.day.to_string());
    let clock = format!("{}:{minute:02}", if hour % 12 == 0 { 12 } else { hour % 12 });
    if hour < 12 { text.operations_morning(&day, &clock) } else { text.operations_afternoon(&day, &clock) }
}

/// 12.3 MB.
fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    let (mut tenths, mut unit) = (bytes / 100, 0);
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1_000;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;
    use text::Lang;

    #[test]
    fn sizes_are_said_in_their_unit() {
        for (size, said) in [
            (0, "0.0 kB"),
            (999_999, "999.9 kB"),
            (1_000_000, "1.0 MB"),
            (12_345_678, "12.3 MB"),
            (u64::MAX, "18446.7 PB"),
        ] {
            assert_eq!(bytes(size), said);
        }
    }

    #[test]
    fn a_time_is_said_as_people_say_it() {
        let said =
            |lang, minute| time(ServerText::of(lang), Local { day: "2026-11-02".parse().unwrap(), minute });
        assert_eq!(said(Lang::En, 65), "November 2, 2026, 1:05 a.m.");
        assert_eq!(said(Lang::Es, 720), "2 de noviembre de 2026, 12:00 p. m.");
        assert_eq!(said(Lang::En, 0), "November 2, 2026, 12:00 a.m.");
    }
}
