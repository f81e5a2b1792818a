//! Who read this record? On the record itself, and all of it at `/record/{student}/reads`

use super::words;
use crate::people::words as people_words;
use crate::site::Site;
use domain::people::Role;
use domain::plan::Day;
use maud::{Markup, html};
use text::ServerText;

/// Somebody read a record.
pub struct Read {
    /// When.
    pub day: Day,
    /// In which role.
    pub role: Option<Role>,
    /// Who.
    pub reader: Reader,
    /// They took a copy.
    pub copied: bool,
}

/// Who read.
pub enum Reader {
    /// Whoever looks at the page, an adult.
    You,
    /// The student, who looks at their own record.
    Own,
    /// A guardian.
    Guardian,
    /// Somebody by name.
    Named(String),
    /// Somebody who is deleted.
    Gone,
    /// Whoever runs the server.
    Machine,
}

/// The newest reads of others, on the record.
pub fn section(site: &Site, person: &str, reads: &[Read]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel #reads {
            h2 { (text.rights_reads()) }
            (list(site, reads))
            @if !reads.is_empty() {
                p.screen-only { a href=(site.href(&format!("/record/{person}/reads"))) { (text.rights_reads_older()) } }
            }
        }
    }
}

/// A page of reads; `before` is where the next one begins, `first` whether this is the newest.
pub fn page(site: &Site, person: &str, reads: &[Read], before: Option<i64>, first: bool) -> Markup {
    let text = ServerText::of(site.lang());
    let at = site.href(&format!("/record/{person}/reads"));
    html! {
        h1 { (text.rights_reads()) }
        (list(site, reads))
        p.row {
            @if !first { a.btn href=(at) { (text.rights_reads_newest()) } }
            @if let Some(before) = before { a.btn href=(format!("{at}?before={before}")) { (text.rights_reads_older()) } }
        }
    }
}

fn list(site: &Site, reads: &[Read]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        p { (text.rights_reads_why()) }
        p.quiet { (text.rights_reads_safety()) }
        @if reads.is_empty() { p { (text.rights_reads_none()) } }
        ul.lines { @for read in reads {
            li {
                (words::day(site, read.day)) " · " b { (reader(text, &read.reader)) }
                @if let (Some(role), Reader::Named(_) | Reader::Gone) = (read.role, &read.reader) { " · " (people_words::role(text, role)) }
                @if read.copied { " · " (text.rights_reads_copied()) }
            }
        } }
    }
}

fn reader(text: ServerText, reader: &Reader) -> &str {
    match reader {
        Reader::You => text.rights_reader_you(),
        Reader::Own => text.rights_reader_own(),
        Reader::Guardian => text.rights_reader_guardian(),
        Reader::Named(name) => name,
        Reader::Gone => text.rights_reader_gone(),
        Reader::Machine => text.rights_reader_machine(),
    }
}
