//! How do I show that it is me, once my password was right? `/sign-in/second`

use super::form::Form;
use crate::site::Site;
use domain::people::factor::Factors;
use maud::{Markup, html};
use text::ServerText;

/// The page: a panel for each second factor that is set up, and the codes on paper behind a fold.
pub fn page(site: &Site, has: Factors, passkeys: bool, code: &Form, then: &str) -> Markup {
    let text = ServerText::of(site.lang());
    let to = Codes { app: "/api/people/second/code", paper: "/api/people/second/recovery", then };
    html! {
        h1 { (text.second_title()) }
        p.lead { (text.second_lead()) }
        (code.note())
        div.doors {
            @if has.passkeys > 0 && passkeys {
                section.panel {
                    h2 { (text.second_passkey()) }
                    p { (text.second_passkey_why()) }
                    (show_passkey(site, text.second_passkey(), then, true))
                }
            }
            @if has.app { (of_app(site, code, &to)) }
        }
        @if has.recovery > 0 { (on_paper(site, text.second_recovery(), code, &to)) }
        p.quiet { (text.second_stuck()) }
    }
}

/// Where codes are sent, and the page that follows.
pub(super) struct Codes<'a> {
    /// Those of an app.
    pub(super) app: &'a str,
    /// Those from paper.
    pub(super) paper: &'a str,
    /// The page that follows.
    pub(super) then: &'a str,
}

/// The panel for a code of an app.
pub(super) fn of_app(site: &Site, code: &Form, to: &Codes<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel {
            h2 { (text.second_code()) }
            p { (text.second_code_why()) }
            form method="post" action=(site.href(to.app)) {
                (digits(code, text.keys_app_digits()))
                input type="hidden" name="then" value=(to.then);
                button.btn.main { (text.second_go()) }
            }
        }
    }
}

/// The fold for a code from paper, below its label.
pub(super) fn on_paper(site: &Site, label: &str, code: &Form, to: &Codes<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let wrong = code.is_wrong("recovery");
    html! {
        details.panel open[wrong] {
            summary { (label) }
            p { (text.second_recovery_why()) }
            form.stack method="post" action=(site.href(to.paper)) {
                label.field { (text.second_recovery_code())
                    input.code name="recovery" required maxlength="24" autocomplete="off" autocapitalize="characters"
                        spellcheck="false" placeholder="K7QX3-MD5HT" value=(code.value("recovery"))
                        aria-invalid=[code.mark("recovery")] aria-describedby=[code.told("recovery")] autofocus[wrong];
                }
                (code.beside("recovery"))
                input type="hidden" name="then" value=(to.then);
                button.btn.main { (text.second_go()) }
            }
        }
    }
}

/// The six digits of an app.
pub(super) fn digits(form: &Form, label: &str) -> Markup {
    html! {
        label.field { (label)
            input.code name="digits" required maxlength="16" inputmode="numeric" autocomplete="one-time-code"
                placeholder="123 456" aria-invalid=[form.mark("digits")] aria-describedby=[form.told("digits")]
                autofocus[form.is_wrong("digits")];
        }
        (form.beside("digits"))
    }
}

/// A form that the script fills with the answer of a passkey. Without a script it says why it cannot.
pub fn show_passkey(site: &Site, label: &str, then: &str, main: bool) -> Markup {
    passkey(site, "/api/people/passkey/use", "/api/people/passkey/used", label, then, main)
}

/// The same, asked of `from` and sent to `to`.
pub(super) fn passkey(site: &Site, from: &str, to: &str, label: &str, then: &str, main: bool) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        form method="post" action=(site.href(to)) data-passkey-use=(from) {
            input type="hidden" name="answer";
            input type="hidden" name="then" value=(then);
            button.btn.main[main] { (label) }
            (passkey_notes(text))
        }
    }
}

/// What a form of a passkey says when it cannot.
pub(super) fn passkey_notes(text: ServerText) -> Markup {
    html! {
        p.problem data-passkey-failed role="alert" hidden { (text.passkey_failed()) }
        noscript { p.quiet { (text.passkey_script()) } }
    }
}
