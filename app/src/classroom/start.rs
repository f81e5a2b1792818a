//! How do I join, or open, a class? `/class`

use super::words::{lines, span};
use crate::site::Site;
use domain::classroom::Span;
use maud::{Markup, html};
use text::ServerText;

/// What is wrong, said above the forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// What was typed is no code.
    NoCode,
    /// There is no such class (any more).
    NoClass,
    /// Too many wrong codes came from this address.
    TooManyGuesses,
    /// Too many classes were opened from this address.
    TooManyClasses,
    /// Too much was sent to this class in a short time.
    TooFast,
    /// The class has taken all it takes.
    Full,
    /// The form was sent from another site.
    Elsewhere,
}

/// The page with both doors: a code for students, a button for the counselor. `typed` is the code that was no use.
pub fn page(site: &Site, trouble: Option<Trouble>, typed: &str) -> Markup {
    let text = ServerText::of(site.lang());
    let at_code = trouble.filter(|trouble| trouble.is_of_code());
    let wrong = at_code.is_some();
    html! {
        h1 { (text.class_title()) }
        p.lead { (text.class_lead()) }
        @if let Some(trouble) = trouble.filter(|_| !wrong) { p.problem role="alert" tabindex="-1" autofocus { (told(site, trouble)) } }
        div.doors {
            section.panel {
                h2 { (text.class_join_title()) }
                p { (text.class_join_why()) }
                form method="post" action=(site.href("/class/join")) {
                    label.field { (text.class_code())
                        input.code name="code" required maxlength="24" autocomplete="off" autocapitalize="characters"
                            spellcheck="false" placeholder="K7QX-3MDH" value=(typed) aria-invalid=[wrong.then_some("true")]
                            aria-describedby=[wrong.then_some("problem")] autofocus[wrong];
                    }
                    @if let Some(trouble) = at_code { p.problem #problem role="alert" { (told(site, trouble)) } }
                    button.btn.main { (text.class_join()) }
                }
            }
            section.panel {
                h2 { (text.class_open_title()) }
                p { (text.class_open_why()) }
                form method="post" action=(site.href("/class/open")) {
                    label.field { (text.class_open_span())
                        select name="hours" { @for choice in Span::ALL { option value=(choice.hours()) selected[choice == Span::default()] { (span(text, choice)) } } }
                    }
                    button.btn.main { (text.class_open()) }
                }
                p.quiet { a href=(site.href("/class/script")) rel="external" { (text.class_script_title()) } }
            }
        }
        section.private {
            h2 { (text.class_private_title()) }
            (lines([text.class_private_device(), text.class_private_send(), text.class_private_small(), text.class_private_end()]))
        }
    }
}

impl Trouble {
    /// Is it about the code that was typed?
    fn is_of_code(self) -> bool {
        matches!(self, Trouble::NoCode | Trouble::NoClass | Trouble::TooManyGuesses)
    }
}

fn told(site: &Site, trouble: Trouble) -> &'static str {
    let text = ServerText::of(site.lang());
    match trouble {
        Trouble::NoCode => text.class_wrong_code(),
        Trouble::NoClass => text.class_wrong_class(),
        Trouble::TooManyGuesses => text.class_wrong_guesses(),
        Trouble::TooManyClasses => text.class_wrong_classes(),
        Trouble::TooFast => text.class_wrong_fast(),
        Trouble::Full => text.class_wrong_full(),
        Trouble::Elsewhere => text.class_wrong_elsewhere(),
    }
}

/// After the counselor ended the class.
pub fn ended(site: &Site) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.plain {
            h1 { (text.class_ended_title()) }
            p { (text.class_ended_why()) }
            p.row {
                a.btn.main href=(site.href("/")) rel="external" { (text.missing_home()) }
                a.btn href=(site.href("/class")) rel="external" { (text.class_again()) }
            }
        }
    }
}
