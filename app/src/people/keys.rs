//! Which passkeys, apps and codes do I have, and how do I get more? `/account/keys`

use super::bar::back;
use super::form::Form;
use super::second::{digits, passkey_notes};
use crate::drawn::print_now;
use crate::site::Site;
use domain::people::RecoveryCode;
use domain::people::factor::Factors;
use domain::plan::Day;
use maud::{Markup, html};
use text::ServerText;
use text::day::day_words;

/// A passkey of the person.
#[derive(Clone, Debug)]
pub struct Key {
    /// What to ask for.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub made: Day,
    /// When it was used last.
    pub used: Option<Day>,
}

/// All that the person has.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The passkeys, oldest first.
    pub passkeys: Vec<Key>,
    /// What is set up.
    pub has: Factors,
    /// A role of theirs needs a second factor.
    pub must: bool,
    /// Browsers have passkeys for the address of this page.
    pub passkeys_work: bool,
}

/// The page.
pub fn page(site: &Site, form: &Form, keys: &Keys) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        (back(site, "/account", text.keys_back()))
        h1 { (text.keys_title()) }
        p.lead { (text.keys_lead()) }
        (form.note())
        @if keys.must && !keys.has.is_set_up() { p.keep { (text.keys_must()) } }
        (passkeys(site, text, form, keys))
        section.panel {
            h2 { (text.keys_app()) }
            @if keys.has.app {
                p { (text.keys_app_there()) }
                form method="post" action=(site.href("/api/people/app/remove")) { button.link { (text.keys_app_remove()) } }
            } @else {
                p { (text.keys_app_why()) }
                form method="post" action=(site.href("/api/people/app/begin")) { button.btn { (text.keys_app_begin()) } }
            }
        }
        @if keys.has.is_set_up() {
            section.panel {
                h2 { (text.keys_codes()) }
                p { (text.keys_codes_why()) }
                p { b {
                    @if keys.has.recovery == 0 { (text.keys_codes_none()) }
                    @else { (text.keys_codes_left(usize::try_from(keys.has.recovery).unwrap_or_default())) }
                } }
                form method="post" action=(site.href("/api/people/recovery")) { button.btn { (text.keys_codes_make()) } }
                @if keys.has.recovery > 0 { p.quiet { (text.keys_codes_replace()) } }
            }
        }
    }
}

fn passkeys(site: &Site, text: ServerText, form: &Form, keys: &Keys) -> Markup {
    html! {
        section.panel {
            h2 { (text.keys_passkeys()) }
            p { (text.keys_passkeys_why()) }
            @if keys.passkeys.is_empty() { p.quiet { (text.keys_passkeys_none()) } }
            @else {
                ul.lines.places {
                    @for key in &keys.passkeys { (passkey(site, text, key)) }
                }
            }
            @if keys.passkeys_work {
                form.stack method="post" action=(site.href("/api/people/passkey/made")) data-passkey-make="/api/people/passkey/make" {
                    (form.field("name", "text", text.keys_name(), "off"))
                    input type="hidden" name="answer";
                    button.btn { (text.keys_add()) }
                    (passkey_notes(text))
                }
            } @else { p.quiet { (text.keys_passkeys_here()) } }
        }
    }
}

fn passkey(site: &Site, text: ServerText, key: &Key) -> Markup {
    let said = |day: Day| day_words(site.text, &day.to_string());
    html! {
        li {
            b { (key.name) } " "
            span.quiet {
                @match key.used { Some(day) => (text.keys_used(&said(day))), None => (text.keys_made(&said(key.made))) }
            }
            details {
                summary { (text.keys_rename()) }
                form.stack method="post" action=(site.href("/api/people/passkey/rename")) {
                    input type="hidden" name="passkey" value=(key.id);
                    label.field { (text.keys_name()) input name="new-name" value=(key.name) required maxlength="60" autocomplete="off"; }
                    button.btn { (text.keys_save()) }
                }
            }
            form method="post" action=(site.href("/api/people/passkey/remove")) {
                input type="hidden" name="passkey" value=(key.id);
                button.link aria-label=(format!("{} {}", text.keys_remove(), key.name)) { (text.keys_remove()) }
            }
        }
    }
}

/// Setting up an app: its secret as a square and as letters, and a field for the first code. `/account/keys/app`
pub fn app(site: &Site, form: &Form, secret: &str) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.keys_app_title()) }
        (form.note())
        ol.todo {
            li { (text.keys_app_step_app()) }
            li { (text.keys_app_step_scan()) }
            li { (text.keys_app_step_code()) }
        }
        section.panel {
            img.square src=(site.href("/account/keys/app.svg")) width="200" height="200" alt=(text.keys_app_square());
            p { (text.keys_app_secret()) ":" }
            p.key.num { (secret) }
            form.stack method="post" action=(site.href("/api/people/app/confirm")) {
                (digits(form, text.keys_app_digits()))
                button.btn.main { (text.keys_app_done()) }
            }
        }
        p { a href=(site.href("/account/keys")) { (text.keys_app_cancel()) } }
    }
}

/// New recovery codes, to print; shown once.
pub fn codes(site: &Site, name: &str, form: &Form, codes: &[RecoveryCode]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.keys_codes_title()) }
        (form.note())
        p.lead.screen-only { (text.keys_codes_once()) }
        section.panel.recovery {
            h2 { (text.keys_codes_whose(name)) }
            p { (text.keys_codes_each()) }
            ol { @for code in codes { li.num { (code) } } }
        }
        p.row.screen-only { (print_now(site)) a.btn href=(site.href("/account/keys")) { (text.keys_codes_done()) } }
    }
}
