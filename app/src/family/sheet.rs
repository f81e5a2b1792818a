//! What goes home on paper? The sheet with the code, and the form to sign.

use super::words;
use crate::drawn::print_now;
use crate::people::bar::back;
use crate::site::Site;
use domain::family::ConsentKind;
use maud::{Markup, PreEscaped, html};
use text::day::day_words;
use text::{Lang, ServerText};

/// A paper that was just made.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// What the student is called.
    pub name: &'a str,
    /// The code, in groups of four.
    pub code: &'a str,
    /// The last day on which it works, `2027-01-21`.
    pub until: &'a str,
    /// What the family reads first.
    pub first: Lang,
    /// The drawn squares, for English and for Spanish: each opens the page in its language.
    pub squares: [String; 2],
    /// The address to type, without the language.
    pub host: &'a str,
    /// The page to go back to, and what it is called.
    pub back: (&'a str, &'a str),
}

/// One page with two halves, the family's language on top. It is shown once.
pub fn page(site: &Site, sheet: &Sheet<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        (back(site, sheet.back.0, sheet.back.1))
        h1.screen-only { (text.family_paper_title()) }
        p.problem.screen-only { (text.sheet_print()) }
        p.screen-only { (print_now(site)) }
        (half(sheet, sheet.first))
        (half(sheet, sheet.first.other()))
    }
}

fn half(sheet: &Sheet<'_>, lang: Lang) -> Markup {
    let text = ServerText::of(lang);
    let square = &sheet.squares[usize::from(lang == Lang::Es)];
    let address = format!("{}{}/join", sheet.host, lang.prefix());
    html! {
        section.home-sheet lang=(lang.code()) {
            div {
                h2 { (text.sheet_title(sheet.name)) }
                p { (text.sheet_why(sheet.name)) }
                ol {
                    li { (text.sheet_step_1()) }
                    li { (text.sheet_step_2(&address)) br; b.code-big { (sheet.code) } }
                    li { (text.sheet_step_3(sheet.name)) }
                }
                p { (text.sheet_once(&day_words(*text, sheet.until))) " " (text.sheet_no_email()) }
            }
            div.square-code role="img" aria-label=(text.sheet_square()) { (PreEscaped(square)) }
        }
    }
}

/// The form to sign, in what the family reads or in the other language: the texts of today, each with a yes and a no.
pub fn form(site: &Site, name: &str, lang: Lang, kinds: &[ConsentKind], above: (&str, &str)) -> Markup {
    let (path, title) = above;
    let (page, text) = (ServerText::of(site.lang()), ServerText::of(lang));
    let other = lang.other();
    html! {
        (back(site, path, title))
        p.row.screen-only {
            (print_now(site))
            a href={ "?tongue=" (other.code()) } {
                @if other == Lang::Es { (page.family_form_spanish()) } @else { (page.family_form_english()) }
            }
        }
        section.sign-sheet lang=(lang.code()) {
            h1 { "Pathways · " (text.family_form_lead(name)) }
            p { (text.family_form_how()) }
            @for kind in kinds {
                div.allow {
                    h2 { (words::kind(text, kind)) }
                    p { (words::wording(text, kind, name)) }
                    p.yes-no { span { "☐ " (text.family_form_yes()) } span { "☐ " (text.family_form_no()) } }
                }
            }
            dl.sign {
                div { dt { (text.family_form_name()) } dd {} }
                div { dt { (text.family_form_sign()) } dd {} }
                div { dt { (text.family_form_day()) } dd {} }
            }
            p.quiet { (text.family_record_date(ConsentKind::TakePart.wording().version)) }
        }
    }
}
