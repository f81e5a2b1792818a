//! What is wrong in this record, and what came of saying so?

use super::words;
use crate::people::form::Form;
use crate::site::Site;
use domain::admin::rights::{Answer, Field, NAME_MOST, WORDS_MOST};
use domain::plan::Day;
use maud::{Markup, html};
use text::ServerText;

/// Something that was said to be wrong.
pub struct Asked {
    /// In which field.
    pub field: Field,
    /// What should stand there, while it waits.
    pub wanted: Option<String>,
    /// When it was said.
    pub asked: Day,
    /// What came of it, and when.
    pub answer: Option<(Answer, Day)>,
}

/// What is said in words; a birth date and a language have forms of their own.
const IN_WORDS: [Field; 4] = [Field::GivenName, Field::FamilyName, Field::Class, Field::Other];

/// What was said before, and the forms to say more.
pub fn section(site: &Site, person: &str, asked: &[Asked], form: &Form) -> Markup {
    let text = ServerText::of(site.lang());
    let to = site.href(&format!("/api/rights/correct/{person}"));
    let typed = |of: Field| if form.value("field") == of.slug() { form.value("wanted") } else { "" };
    html! {
        section.panel #correct {
            h2 { (text.rights_correct()) }
            p { (text.rights_correct_why()) }
            @if !asked.is_empty() { ul.lines { @for asked in asked { (said(site, asked)) } } }
            form.stack.screen-only method="post" action=(to) {
                label.field { (text.rights_correct_what())
                    select name="field" { @for field in IN_WORDS {
                        option value=(field.slug()) selected[form.value("field") == field.slug()] { (words::field(text, field)) }
                    } }
                }
                label.field { (text.rights_correct_wanted())
                    input name="wanted" required maxlength=(WORDS_MOST.max(NAME_MOST)) autocomplete="off"
                        value=(IN_WORDS.into_iter().map(typed).find(|typed| !typed.is_empty()).unwrap_or_default())
                        aria-invalid=[form.mark("wanted")] aria-describedby=[form.told("wanted")]
                        autofocus[form.is_wrong("wanted")];
                }
                (form.beside("wanted"))
                button.btn { (text.rights_correct_send()) }
            }
            form.stack.screen-only method="post" action=(to) {
                input type="hidden" name="field" value=(Field::BirthDate.slug());
                label.field { (text.rights_correct_birth())
                    input name="wanted" type="date" required autocomplete="off" value=(typed(Field::BirthDate))
                        aria-invalid=[form.mark("born")] aria-describedby=[form.told("born")]
                        autofocus[form.is_wrong("born")];
                }
                (form.beside("born"))
                p.quiet { (text.rights_correct_birth_how()) }
                button.btn { (text.rights_correct_send()) }
            }
            form.stack.screen-only method="post" action=(to) {
                input type="hidden" name="field" value=(Field::Language.slug());
                label.field { (text.rights_language())
                    select name="wanted" aria-invalid=[form.mark("language")] aria-describedby=[form.told("language")]
                        autofocus[form.is_wrong("language")] {
                        option value="en" { (text.rights_language_en()) }
                        option value="es" { (text.rights_language_es()) }
                    }
                }
                (form.beside("language"))
                button.btn { (text.rights_correct_send()) }
            }
        }
    }
}

fn said(site: &Site, asked: &Asked) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        li {
            b { (words::field(text, asked.field)) }
            @if let Some(wanted) = &asked.wanted { ": “" (words::wanted(text, asked.field, wanted)) "”" }
            " · "
            @match asked.answer {
                None => (text.rights_asked_waits(&words::day(site, asked.asked))),
                Some((Answer::Done, day)) => (text.rights_asked_done(&words::day(site, day))),
                Some((Answer::Refused(why), day)) => { (text.rights_asked_refused(&words::day(site, day))) ". " (words::why(text, why)) }
            }
        }
    }
}
