//! How do I come in with the code of a paper? `/join`

use super::words;
use crate::people::form::Form;
use crate::people::invite::tongues;
use crate::site::Site;
use domain::family::Relation;
use maud::{Markup, html};
use text::ServerText;

/// A good paper, and who holds it.
#[derive(Clone, Debug)]
pub struct Held<'a> {
    /// What stands on the paper.
    pub code: &'a str,
    /// What the student is called.
    pub name: &'a str,
    /// Who is looking.
    pub holder: Holder,
}

/// Who looks at a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Nobody who is signed in.
    New,
    /// An adult who is signed in.
    Adult,
    /// A student who is signed in.
    Student,
}

/// Typing the code.
pub fn code(site: &Site, form: &Form) -> Markup {
    let text = ServerText::of(site.lang());
    let wrong = form.is_wrong("code");
    html! {
        h1 { (text.join_title()) }
        p.lead { (text.join_lead()) }
        (form.note())
        form.stack method="get" action=(site.href("/join")) {
            label.field { (text.join_code())
                input.code name="code" required maxlength="40" autocomplete="off" autocapitalize="characters"
                    spellcheck="false" placeholder="K7QX-3MDH-9FTR" value=(form.value("code"))
                    aria-invalid=[form.mark("code")] aria-describedby=(if wrong { "problem" } else { "code-how" })
                    autofocus[wrong];
            }
            (form.beside("code"))
            p.quiet #code-how { (text.join_code_how()) }
            button.btn.main { (text.join_look()) }
        }
        (on_paper(text))
    }
}

/// A good paper: who is it for, and what next?
pub fn held(site: &Site, form: &Form, held: &Held<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.join_title()) }
        p.lead { (text.join_for(held.name)) " " (text.join_for_why(held.name)) }
        (form.note())
        @match held.holder {
            Holder::Student => { p.note { (text.join_student()) } }
            Holder::Adult => {
                p { (text.join_signed_in()) }
                form.stack method="post" action=(site.href("/api/family/join")) {
                    (paper(held)) (relation(text, form, held.name))
                    button.btn.main { (text.join_link(held.name)) }
                }
            }
            Holder::New => { (newcomer(site, form, held)) }
        }
    }
}

fn newcomer(site: &Site, form: &Form, held: &Held<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let back = format!("/join?code={}", held.code);
    let mut then = String::from("/sign-in?then=");
    domain::address::encode(&back, &mut then);
    html! {
        div.doors {
            section.panel {
                h2 { (text.join_new_title()) }
                p { (text.join_new_why()) }
                form.stack method="post" action=(site.href("/api/family/new")) {
                    (paper(held)) (relation(text, form, held.name))
                    (form.field("given-name", "text", text.invited_given_name(), "given-name"))
                    (form.field("family-name", "text", text.invited_family_name(), "family-name"))
                    (form.field("email", "email", text.sign_in_email(), "username"))
                    (form.field("password", "password", text.account_new_password(), "new-password"))
                    p.quiet { (text.invited_password_how()) }
                    (tongues(text, form, site.lang().code()))
                    button.btn.main { (text.join_make()) }
                }
            }
            div.stack {
                section.panel {
                    h2 { (text.join_known_title()) }
                    p { (text.join_known_why()) }
                    p { a.btn href=(site.href(&then)) { (text.people_sign_in()) } }
                }
                (on_paper(text))
            }
        }
    }
}

fn on_paper(text: ServerText) -> Markup {
    html! {
        section.panel {
            h2 { (text.join_paper_title()) }
            p { (text.join_paper_why()) }
        }
    }
}

fn paper(held: &Held<'_>) -> Markup {
    html! { input type="hidden" name="code" value=(held.code); }
}

fn relation(text: ServerText, form: &Form, name: &str) -> Markup {
    html! {
        label.field { (text.join_as(name))
            select name="relation" aria-invalid=[form.mark("relation")] aria-describedby=[form.told("relation")]
                autofocus[form.is_wrong("relation")] {
                @for relation in Relation::ALL {
                    option value=(relation.slug()) selected[form.value("relation") == relation.slug()] { (words::relation(text, relation)) }
                }
            }
        }
        (form.beside("relation"))
    }
}
