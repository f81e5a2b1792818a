//! How do I get in? `/sign-in`

use super::form::Form;
use super::second::show_passkey;
use crate::site::Site;
use maud::{Markup, html};
use text::ServerText;

/// What the page knows beside the forms.
#[derive(Clone, Debug, Default)]
pub struct Ways<'a> {
    /// Where to go afterwards: a path of ours.
    pub then: &'a str,
    /// Districts have their own sign-in here.
    pub district: bool,
    /// Browsers have passkeys for the address of this page.
    pub passkeys: bool,
    /// The made-up people of a demo.
    pub demo: Vec<Demo>,
}

/// A made-up person to walk as.
#[derive(Clone, Debug)]
pub struct Demo {
    /// Their name.
    pub name: String,
    /// What they are here for.
    pub what: String,
    /// What to ask for.
    pub id: String,
}

/// What is wrong when the field of the PIN asks for the backup code of the card.
pub const BACKUP: &str = "backup";

/// The page: a card for students, a password for adults.
pub fn page(site: &Site, student: &Form, adult: &Form, ways: &Ways<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let then = html! { input type="hidden" name="then" value=(ways.then); };
    html! {
        h1 { (text.sign_in_title()) }
        p.lead { (text.sign_in_lead()) }
        @if !ways.demo.is_empty() {
            // After a failed try what is wrong comes first.
            @if student.has_problem() || adult.has_problem() {
                details.more { summary { (text.demo_title()) } (demo(site, ways)) }
            } @else { (demo(site, ways)) }
        }
        div.doors {
            section.panel {
                h2 { (text.sign_in_student()) }
                p { (text.sign_in_student_why()) }
                (student.note())
                form method="post" action=(site.href("/api/people/card")) {
                    (card_fields(text, student))
                    (then)
                    button.btn.main { (text.sign_in_enter()) }
                }
                p.quiet { (text.sign_in_lost_card()) }
            }
            section.panel {
                h2 { (text.sign_in_adult()) }
                p { (text.sign_in_adult_why()) }
                (adult.note())
                form method="post" action=(site.href("/api/people/sign-in")) {
                    (adult.field("email", "email", text.sign_in_email(), "username"))
                    (adult.field("password", "password", text.sign_in_password(), "current-password"))
                    (then)
                    button.btn.main { (text.sign_in_enter()) }
                }
                @if ways.passkeys { (show_passkey(site, text.passkey_sign_in(), ways.then, false)) }
                p { a href=(site.href("/forgot")) { (text.forgot_title()) } }
                p { a href=(site.href("/join")) { (text.sign_in_family()) } }
                @if ways.district { p { a href=(site.href("/sign-in/district")) { (text.sign_in_district()) } } }
            }
        }
    }
}

/// The code of the class, and the PIN. Once PINs have to wait, its field asks for the backup code as well: it has the
/// focus and a keyboard with letters.
fn card_fields(text: ServerText, student: &Form) -> Markup {
    let (wrong, label, keys, example) = if student.is_wrong(BACKUP) {
        (BACKUP, text.sign_in_pin_or_backup(), "text", "K7QX-3MDH-9FTR")
    } else {
        ("pin", text.sign_in_pin(), "numeric", "417 203 882")
    };
    html! {
        label.field { (text.sign_in_class())
            input.code name="class" required maxlength="24" autocomplete="off" autocapitalize="characters"
                spellcheck="false" placeholder="K7QX-3MDH" value=(student.value("class"))
                aria-invalid=[student.mark("class")] aria-describedby=[student.told("class")] autofocus[student.is_wrong("class")];
        }
        (student.beside("class"))
        label.field { (label)
            input.code name="pin" required maxlength="24" inputmode=(keys) autocomplete="off" autocapitalize="characters"
                spellcheck="false" placeholder=(example) aria-invalid=[student.mark(wrong)]
                aria-describedby=[student.told(wrong)] autofocus[student.is_wrong(wrong)];
        }
        (student.beside(wrong))
    }
}

fn demo(site: &Site, ways: &Ways<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel.demo aria-labelledby="demo" {
            h2 #demo { (text.demo_title()) }
            p { (text.demo_why()) }
            ul.people {
                @for person in &ways.demo {
                    li { form method="post" action=(site.href("/api/people/demo")) {
                        input type="hidden" name="person" value=(person.id);
                        input type="hidden" name="then" value=(ways.then);
                        button.btn { (person.name) }
                        " " span.quiet { (person.what) }
                    } }
                }
            }
        }
    }
}
