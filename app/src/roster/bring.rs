//! How is a roster brought, and what would it change? On `/rosters`, and the answer to its form.

use super::{Row, count_heads, waiting};
use crate::people::bar::back;
use crate::people::form::Form;
use crate::site::Site;
use maud::{Markup, html};
use text::{ServerText, number};

/// Who may bring rosters of what.
#[derive(Clone, Debug, Default)]
pub struct Bring {
    /// Districts by identifier and name.
    pub districts: Vec<(String, String)>,
    /// What the last roster was called.
    pub source: String,
}

/// What is asked of a roster; it comes again with each form.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What the source is called.
    pub source: String,
    /// The identifier of the district.
    pub district: String,
}

/// Much would end: somebody has to say that this is right.
#[derive(Clone, Debug)]
pub struct Many {
    /// What would end, in the language in use: `People: 29 of 68`.
    pub what: String,
    /// The same as the form brings it back, so that the yes is to these numbers and no others.
    pub value: String,
}

/// The rows of one kind.
#[derive(Clone, Debug)]
pub struct Counted {
    /// What they are, in the language in use.
    pub part: &'static str,
    /// New, changed, ended, unchanged, waiting.
    pub counts: [u64; 5],
}

/// One change.
#[derive(Clone, Debug)]
pub struct Told {
    /// Of what, in the language in use.
    pub part: &'static str,
    /// Their identifier.
    pub id: String,
    /// What, in the language in use.
    pub change: &'static str,
    /// The names of the columns that differ.
    pub fields: String,
}

/// What a roster would change.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Opens the file that waits.
    pub key: String,
    /// What was asked.
    pub asked: Asked,
    /// Whether it is a whole list, or news only.
    pub whole: bool,
    /// It would change nothing.
    pub nothing: bool,
    /// Lines could not be read, so that what is missing stays.
    pub unsure: bool,
    /// More than a quarter would end.
    pub many: Option<Many>,
    /// All kinds of which it tells.
    pub counted: Vec<Counted>,
    /// The first changes of each kind.
    pub told: Vec<Told>,
    /// The first rows that would wait.
    pub rows: Vec<Row>,
    /// How many more would.
    pub more: usize,
}

/// The form that takes a file.
pub fn form(site: &Site, form: &Form, bring: &Bring) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel {
            h2 { (text.roster_bring_title()) }
            p { (text.roster_bring_why()) }
            form.stack method="post" enctype="multipart/form-data" action=(site.href("/api/rosters/preview")) {
                @if let [(id, _)] = bring.districts.as_slice() {
                    input type="hidden" name="district" value=(id);
                    (form.instead("district"))
                } @else {
                    label.field { (text.roster_district())
                        select name="district" aria-invalid=[form.mark("district")] aria-describedby=[form.told("district")]
                            autofocus[form.is_wrong("district")] {
                            @for (id, name) in &bring.districts { option value=(id) selected[form.value("district") == id] { (name) } }
                        }
                    }
                    (form.beside("district"))
                }
                label.field { (text.roster_source_name())
                    input name="source" required maxlength="100" autocomplete="off" value=(form.value_or("source", &bring.source))
                        aria-invalid=[form.mark("source")] aria-describedby=[form.told("source")] autofocus[form.is_wrong("source")];
                }
                (form.beside("source"))
                p.quiet { (text.roster_source_why()) }
                label.field { (text.roster_choose())
                    input name="file" type="file" required accept=".zip,.csv,application/zip,text/csv"
                        aria-invalid=[form.mark("file")] aria-describedby=[form.told("file")] autofocus[form.is_wrong("file")];
                }
                (form.beside("file"))
                button.btn.main { (text.roster_look()) }
            }
            p { a href=(site.href("/rosters/template.csv")) download="pathways-roster.csv" { (text.roster_template()) } }
            p.quiet { (text.roster_never()) }
        }
    }
}

/// What a file would change, and the choice. `form` tells why the choice was not taken.
pub fn preview(site: &Site, form: &Form, preview: &Preview) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        (back(site, "/rosters", text.roster_title()))
        h1 { (text.roster_preview_title()) }
        (form.note())
        p.lead { (preview.asked.source) " · " (super::kind(text, preview.whole)) }
        p { @if preview.nothing { (text.roster_preview_nothing()) } @else { (text.roster_preview_lead()) } }
        @if preview.unsure { p.note { (text.roster_unsure()) } }
        div.wide tabindex="0" role="region" aria-label=(text.roster_preview_title()) { (counted(text, &preview.counted)) }
        @if let Some(many) = &preview.many { div.stack { (sure(text, form, many)) } }
        div.row {
            form #bring method="post" action=(site.href("/api/rosters/import")) {
                (hidden(preview))
                button.btn.main {
                    @if preview.many.is_some() { (text.roster_import_many()) } @else { (text.roster_import()) }
                }
            }
            form method="post" action=(site.href("/api/rosters/leave")) {
                input type="hidden" name="key" value=(preview.key);
                button.btn { (text.roster_leave()) }
            }
        }
        p.quiet { (text.roster_waits_here()) }
        @if !preview.told.is_empty() {
            h2 { (text.roster_differences()) }
            p.quiet { (text.roster_differences_some()) }
            div.wide tabindex="0" role="region" aria-label=(text.roster_differences()) { (told(text, &preview.told)) }
        }
        @if !preview.rows.is_empty() {
            h2 { (text.roster_run_title()) }
            p { (text.roster_preview_waiting()) }
            (waiting(site, &preview.rows))
            @if preview.more > 0 { p.quiet { (text.roster_and_more(preview.more)) } }
        }
    }
}

fn hidden(preview: &Preview) -> Markup {
    html! {
        input type="hidden" name="key" value=(preview.key);
        input type="hidden" name="source" value=(preview.asked.source);
        input type="hidden" name="district" value=(preview.asked.district);
    }
}

/// The yes without which no more than a quarter ends. It belongs to the form whose button stands below.
fn sure(text: ServerText, form: &Form, many: &Many) -> Markup {
    html! {
        p.note { (text.roster_many_lead()) }
        label.pick {
            input type="checkbox" name="ends" form="bring" value=(many.value) required
                aria-invalid=[form.mark("ends")] aria-describedby=[form.told("ends")] autofocus[form.is_wrong("ends")];
            (text.roster_many_yes(&many.what))
        }
        (form.beside("ends"))
    }
}

fn counted(text: ServerText, counted: &[Counted]) -> Markup {
    html! {
        table {
            thead { tr {
                th scope="col" { (text.roster_part()) }
                (count_heads(text))
            } }
            tbody {
                @for one in counted {
                    tr { th scope="row" { (one.part) } @for count in one.counts { td { (number(usize::try_from(count).unwrap_or(usize::MAX))) } } }
                }
            }
        }
    }
}

fn told(text: ServerText, told: &[Told]) -> Markup {
    html! {
        table {
            thead { tr {
                th scope="col" { (text.roster_part()) }
                th scope="col" { (text.roster_identifier()) }
                th scope="col" { (text.roster_change()) }
            } }
            tbody {
                @for one in told {
                    tr {
                        td { (one.part) }
                        th scope="row" { (one.id) }
                        td { (one.change) @if !one.fields.is_empty() { ": " code { (one.fields) } } }
                    }
                }
            }
        }
    }
}
