//! What did a district send, and what came of it? `/rosters`, `/rosters/{run}`. Only the server draws these pages.

pub mod bring;

use crate::people::form::Form;
use crate::site::Site;
use bring::Bring;
use domain::plan::Day;
use maud::{Markup, html};
use text::day::day_words;
use text::{ServerText, Text, number};

/// A run, as the list shows it.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its part of the address.
    pub id: String,
    /// What the source is called.
    pub source: String,
    /// What the district is called.
    pub district: String,
    /// Whether it was a whole list, or news only.
    pub whole: bool,
    /// The day it began.
    pub day: Day,
    /// It came to its end.
    pub done: bool,
    /// New, changed, ended and unchanged rows.
    pub counts: [usize; 4],
    /// Rows that wait.
    pub waiting: usize,
}

/// A row that waits.
#[derive(Clone, Debug)]
pub struct Row {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: i64,
    /// The column; empty when the whole line is meant.
    pub field: String,
    /// Why, in the language in use.
    pub why: &'static str,
}

/// All runs, and how a roster is brought by whoever may.
pub fn runs(site: &Site, runs: &[Run], form: &Form, bring: Option<&Bring>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.roster_title()) }
        p.lead { (text.roster_lead()) }
        (form.note())
        @if runs.is_empty() { p.note { (text.roster_none()) } } @else {
            div.wide tabindex="0" role="region" aria-label=(text.roster_title()) { (table(site, runs)) }
        }
        @if let Some(bring) = bring {
            @if !bring.districts.is_empty() { (bring::form(site, form, bring)) }
            section.panel {
                h2 { (text.roster_how_title()) }
                p { (text.roster_how()) }
                p { code { "pathways import roster export.zip --source SIS --dry-run" } }
            }
        }
    }
}

fn table(site: &Site, runs: &[Run]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        table {
            thead { tr {
                th scope="col" { (text.roster_day()) }
                th scope="col" { (text.roster_source()) }
                (count_heads(text))
            } }
            tbody {
                @for run in runs {
                    tr {
                        th scope="row" { (day_words(Text::of(site.lang()), &run.day.to_string())) }
                        td {
                            b { (run.source) } br; (run.district) br;
                            span.quiet { (kind(text, run.whole)) }
                            @if !run.done { " " span.tag { (text.roster_unfinished()) } }
                        }
                        @for count in run.counts { td { (number(count)) } }
                        td {
                            @if run.waiting == 0 { "0" } @else {
                                a href=(site.href(&format!("/rosters/{}", run.id))) { (text.roster_rows(run.waiting)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The heads of the columns that count rows: new, changed, ended, unchanged, waiting.
fn count_heads(text: ServerText) -> Markup {
    let heads = [
        text.roster_new(),
        text.roster_changed(),
        text.roster_ended(),
        text.roster_same(),
        text.roster_waiting(),
    ];
    html! { @for head in heads { th scope="col" { (head) } } }
}

fn kind(text: ServerText, whole: bool) -> &'static str {
    if whole { text.roster_whole() } else { text.roster_news() }
}

/// The rows of a run that wait; `next` is the number of the first row of the next page.
pub fn run(site: &Site, run: &Run, rows: &[Row], next: Option<i64>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        p { a href=(site.href("/rosters")) { (text.roster_title()) } }
        h1 { @if run.waiting == 0 { (text.roster_run_done()) } @else { (text.roster_run_title()) } }
        p.lead { (run.source) ", " (run.district) ", " (day_words(Text::of(site.lang()), &run.day.to_string())) }
        (result(text, run))
        @if !run.done { p.note { (text.roster_unfinished_why()) } }
        @if run.waiting == 0 { p { (text.roster_all_in()) } } @else {
            p { (text.roster_run_lead()) }
            (waiting(site, rows))
            @if let Some(next) = next {
                p { a.btn href=(site.href(&format!("/rosters/{}?from={next}", run.id))) { (text.roster_more()) } }
            }
        }
    }
}

/// What came of a run.
fn result(text: ServerText, run: &Run) -> Markup {
    let words = [text.roster_new(), text.roster_changed(), text.roster_ended(), text.roster_same()];
    html! {
        dl.known {
            @for (word, count) in words.into_iter().zip(run.counts) { div { dt { (word) } dd { (number(count)) } } }
        }
    }
}

/// A table of rows that wait.
fn waiting(site: &Site, rows: &[Row]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        div.wide tabindex="0" role="region" aria-label=(text.roster_run_title()) {
            table {
                thead { tr {
                    th scope="col" { (text.roster_file()) }
                    th scope="col" { (text.roster_line()) }
                    th scope="col" { (text.roster_field()) }
                    th scope="col" { (text.roster_why()) }
                } }
                tbody {
                    @for row in rows {
                        tr {
                            td { (row.file) }
                            th scope="row" { (row.line) }
                            td { @if row.field.is_empty() { (text.roster_line_whole()) } @else { code { (row.field) } } }
                            td { (row.why) }
                        }
                    }
                }
            }
        }
    }
}
