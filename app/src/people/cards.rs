//! Which students of a class have a card, and what stands on a new one? `/cards/<class>`

use super::bar::back;
use super::form::Form;
use crate::drawn::print_now;
use crate::site::Site;
use maud::{Markup, html};
use text::{Lang, ServerText};

/// A student of the class.
#[derive(Clone, Debug)]
pub struct Student {
    /// What to ask for.
    pub id: String,
    /// The name.
    pub name: String,
    /// There is a card.
    pub has_card: bool,
}

/// A class as the page of its cards shows it.
#[derive(Clone, Debug)]
pub struct Class<'a> {
    /// What to ask for.
    pub id: &'a str,
    /// What people call it.
    pub name: &'a str,
    /// What stands on every card.
    pub code: &'a str,
    /// By name.
    pub students: &'a [Student],
}

/// A card that was just made.
#[derive(Clone, Debug)]
pub struct Card {
    /// Whose.
    pub name: String,
    /// What to type, in groups of three digits.
    pub pin: String,
    /// What to type when PINs have to wait, in groups of four letters and digits.
    pub backup: String,
    /// The language of the card.
    pub lang: Lang,
}

/// The class, and a button that makes the cards that are missing.
pub fn page(site: &Site, form: &Form, class: &Class<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let missing = class.students.iter().filter(|student| !student.has_card).count();
    let at = |rest: &str| site.href(&format!("/api/people/card{rest}"));
    html! {
        (back(site, &format!("/organisations/{}", class.id), class.name))
        h1 { (text.cards_title(class.name)) }
        p.lead { (text.cards_lead()) }
        (form.note())
        p { (text.sign_in_class()) ": " b.num { (class.code) } }
        @if class.students.is_empty() {
            p { (text.cards_none()) }
        } @else {
            @if missing > 0 {
                form method="post" action=(at(&format!("s/{}", class.id))) { button.btn.main { (text.cards_make(missing)) } }
                p.quiet { (text.cards_once()) }
            } @else { p { (text.cards_all()) } }
            (students(site, class))
            @if missing < class.students.len() {
                p.quiet { (text.cards_let_in()) }
                form method="post" action=(at(&format!("s/{}/let-in", class.id))) { button.btn { (text.cards_let_in_do()) } }
                details.more {
                    summary { (text.cards_again_all()) }
                    p { (text.cards_again_all_why()) }
                    form method="post" action=(at(&format!("s/{}/again", class.id))) { button.btn { (text.cards_again_all_do()) } }
                }
            }
        }
    }
}

/// The students of a class, each with whether there is a card, and a button that makes another.
pub fn students(site: &Site, class: &Class<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let at = |student: &Student| site.href(&format!("/api/people/card/{}/{}", class.id, student.id));
    html! {
        ul.lines.places {
            @for student in class.students {
                li {
                    b { (student.name) } " "
                    span.quiet { @if student.has_card { (text.cards_has()) } @else { (text.cards_has_not()) } }
                    @if student.has_card {
                        form method="post" action=(at(student)) {
                            button.link aria-label=(format!("{}: {}", text.cards_again(), student.name)) { (text.cards_again()) }
                        }
                    }
                }
            }
        }
    }
}

/// The new cards, to print and cut: each leads to the page in its own language. `host` is what comes before the path.
pub fn printed(site: &Site, class: &Class<'_>, cards: &[Card], host: &str) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        (back(site, &format!("/cards/{}", class.id), text.cards_back()))
        h1.screen-only { (text.cards_new(cards.len())) }
        p.lead.screen-only { (text.cards_print_now()) }
        p.screen-only { (print_now(site)) }
        div.pin-cards {
            @for card in cards {
                @let text = ServerText::of(card.lang);
                section.pin-card lang=(card.lang.code()) {
                    h2 { (card.name) }
                    p.quiet { (text.cards_go_to()) " " b { (host) (card.lang.prefix()) "/sign-in" } }
                    dl {
                        div { dt { (text.sign_in_class()) } dd.num { (class.code) } }
                        div { dt { (text.sign_in_pin()) } dd.num { (card.pin) } }
                        div.backup { dt { (text.cards_backup()) } dd.num { (card.backup) } }
                    }
                    p.quiet { (text.cards_backup_why()) }
                    p.quiet { (text.cards_secret()) }
                }
            }
        }
    }
}
