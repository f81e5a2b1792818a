//! The document around a drawn page: head, style, the way to the program.

use super::library::Names;
use app::head::{Head, full_title};
use app::room::Room;
use app::site::{localized, plain_path};
use base64::Engine as _;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use text::Lang;

/// The script that begins to fetch what the program needs, as soon as the page is there: the addresses stand in its
/// `data-early`, the program first. The others wait until that has begun to come, so that an answer to what is typed
/// meanwhile shares a slow line with one file, not with four. `<link rel="preload">` says the same, but WebKit fetches
/// such a file twice, and every browser does so without script.
pub(super) const EARLY: &str = "self.early={};{let first;for(const name of document.currentScript.dataset.early.split(\" \")){\
     const get=()=>fetch(name,{priority:\"low\"});early[name]=first?first.then(get,get):first=get()}}";

/// The script by which the server answers what is typed on `/schools` while the program is on its way: the page of
/// what the form asks takes the place of what stands around the form, under its own address. So the program, when it
/// comes, takes over a page as the server drew it. One question at a time; the newest follows the last answer. A start
/// is asked when it is typed to its end.
pub(super) const MEANWHILE: &str = include_str!("meanwhile.js");

/// The script that starts the program. Beside [`EARLY`] and [`MEANWHILE`] it is the only inline script of a document,
/// the same for every page of a language and an edition, so the security policy can name its hash and forbid every
/// other.
pub(super) fn boot(names: &Names, lang: Lang) -> String {
    // The first three names are the lists in which Leptos looks for inlined data; our pages have none.
    format!(
        "self.__RESOLVED_RESOURCES=[];self.__SERIALIZED_ERRORS=[];self.__INCOMPLETE_CHUNKS=[];\
         import start,{{hydrate}}from\"{}\";\
         await start({{module_or_path:early[\"{}\"]}});await hydrate([\"{}\"]);",
        names.script,
        names.program,
        // The order is that of `Files` in the program.
        [
            &names.catalogue,
            &names.details,
            &names.network,
            &names.words[lang as usize],
            &names.room_words[lang as usize],
            &names.rules[lang as usize],
            &names.words[lang.other() as usize],
            &names.room_words[lang.other() as usize],
            &names.rules[lang.other() as usize],
            &names.room_sheet,
        ]
        .map(String::as_str)
        .join("\",\""),
    )
}

/// The source expression by which a policy allows exactly this text: `'sha256-...'`.
pub(super) fn source_hash(text: &str) -> String {
    format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text)))
}

/// The whole document. `address` is the path with its query, as the page was asked for.
pub(super) fn document(names: &Names, lang: Lang, address: &str, head: &Head, body: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut out = String::with_capacity(body.len() + names.style.len() + 2048);
    begin(&mut out, names, lang, head);
    if head.drawn || Room::at(plain_path(path)) {
        room_style(&mut out, names);
    }
    if head.drawn {
        _ = write!(out, "<style>{}</style>", names.drawn_style);
    }
    if head.missing {
        out.push_str(NOT_FOR_SEARCH);
    } else {
        for other in Lang::ALL {
            let mut href = localized(other, plain_path(path));
            if !query.is_empty() {
                href.push('?');
                href.push_str(query);
            }
            _ = write!(
                out,
                "<link rel=\"alternate\" hreflang=\"{}\" href=\"{}\">",
                other.code(),
                escape(&href)
            );
        }
    }
    if let Some(reload) = &names.reload {
        _ = write!(out, "<script>{}</script>", reload.script);
    }
    _ = write!(out, "</head><body>{body}");
    // Last, so that on a slow line nothing is fetched beside the page before the page is there, and no script stands
    // between the style and what is painted first.
    program(&mut out, names, lang, path);
    out.push_str("</body></html>");
    out
}

/// The empty page that a device keeps for the time without a network; the program fills it. `day` is when it was
/// kept, as `2026-11-22`.
pub(super) fn offline_document(names: &Names, lang: Lang, day: &str) -> String {
    let mut out = String::with_capacity(names.style.len() + 2048);
    begin(&mut out, names, lang, &Head::default());
    // It may become a room.
    room_style(&mut out, names);
    out.push_str(NOT_FOR_SEARCH);
    _ = write!(out, "</head><body data-offline=\"{}\">", escape(day));
    program(&mut out, names, lang, "/offline");
    out.push_str("</body></html>");
    out
}

/// The style of rooms. The program looks for it before it fetches the same as a file.
fn room_style(out: &mut String, names: &Names) {
    _ = write!(out, "<style id=\"room-style\">{}</style>", names.room_style);
}

const NOT_FOR_SEARCH: &str = "<meta name=\"robots\" content=\"noindex\">";

fn begin(out: &mut String, names: &Names, lang: Lang, head: &Head) {
    _ = write!(
        out,
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><meta name=\"description\" content=\"{description}\">\
         <meta name=\"color-scheme\" content=\"light dark\"><style>{style}</style>\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
         <link rel=\"apple-touch-icon\" href=\"/icon-192.png\">\
         <link rel=\"manifest\" href=\"/manifest.webmanifest\">",
        lang = lang.code(),
        title = escape(&full_title(&head.title)),
        description = escape(&head.description),
        style = names.style,
    );
}

/// The way to the program, if it was built.
fn program(out: &mut String, names: &Names, lang: Lang, path: &str) {
    if names.program.is_empty() {
        return;
    }
    if plain_path(path) == "/schools" {
        _ = write!(out, "<script>{MEANWHILE}</script>");
    }
    for script in [&names.script, &names.splitter] {
        _ = write!(out, "<link rel=\"modulepreload\" href=\"{script}\">");
    }
    let mut early = vec![&names.program, &names.catalogue, &names.words[lang as usize]];
    if Room::at(plain_path(path)) {
        let (words, rules) = (&names.room_words[lang as usize], &names.rules[lang as usize]);
        early.extend([words, rules, &names.network]);
        // The splitter fetches it, and knows nothing of what began early.
        _ = write!(
            out,
            "<link rel=\"preload\" as=\"fetch\" crossorigin=\"anonymous\" href=\"{}\">",
            names.rooms
        );
    }
    let early = early.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    _ = write!(out, "<script data-early=\"{early}\">{EARLY}</script>");
    _ = write!(out, "<script type=\"module\">{}</script>", boot(names, lang));
}

/// Makes a text safe inside HTML text and double-quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::reload::Reload;

    #[test]
    fn what_a_person_typed_cannot_leave_its_place() {
        let head = Head { title: "</title><script>x</script>".into(), ..Head::default() };
        let html = document(&Names::default(), Lang::En, "/schools?q=\"><script>", &head, "");
        assert!(!html.contains("<script>"), "{html}");
        assert!(html.contains("&lt;script&gt;"));
    }

    #[test]
    fn only_a_document_under_development_waits_for_the_next_build() {
        let names = Names { reload: Some(Reload::at("4001")), ..Names::default() };
        let page = |names| document(names, Lang::En, "/", &Head::default(), "");
        assert!(page(&names).contains(":4001/live_reload"));
        assert!(!page(&Names::default()).contains("<script"));
    }

    #[test]
    fn each_document_names_its_twin() {
        let html = document(&Names::default(), Lang::Es, "/es/schools?q=a", &Head::default(), "");
        assert!(html.contains("<html lang=\"es\">"));
        assert!(html.contains("hreflang=\"en\" href=\"/schools?q=a\""));
        assert!(html.contains("hreflang=\"es\" href=\"/es/schools?q=a\""));
    }
}
