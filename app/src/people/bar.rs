//! Who is signed in, and as what?

use super::words;
use crate::site::Site;
use domain::people::Role;
use maud::{Markup, html};
use text::ServerText;

/// Somebody who is signed in, as every page of theirs shows them.
#[derive(Clone, Debug)]
pub struct Me {
    /// Their name.
    pub name: String,
    /// A made-up person.
    pub demo: bool,
    /// They owe nothing more: the second factor was shown, or none is set up.
    pub whole: bool,
    /// The roles they can wear.
    pub roles: Vec<Worn>,
}

/// A role that can be worn.
#[derive(Clone, Debug)]
pub struct Worn {
    /// What to ask for.
    pub grant: String,
    /// The role.
    pub role: Role,
    /// Where.
    pub place: Option<String>,
    /// It is worn now.
    pub now: bool,
}

impl Worn {
    fn label(&self, text: ServerText) -> String {
        let role = words::role(text, self.role);
        self.place.as_ref().map_or_else(|| role.to_owned(), |place| format!("{role} · {place}"))
    }
}

impl Me {
    /// There is another role to wear. A student's school, class and cohort are one role at several places, and every
    /// page is the same in each.
    pub fn can_change(&self) -> bool {
        self.roles.len() > 1 && self.roles.iter().any(|worn| worn.role != Role::Student)
    }
}

/// The way back to the page that this one hangs below; it stands above the title.
pub fn back(site: &Site, path: &str, title: &str) -> Markup {
    html! { p.back.screen-only { a href=(site.href(path)) { "← " (title) } } }
}

/// The bar above every page: name, role with the others to change into, the way out.
pub fn bar(site: &Site, me: &Me) -> Markup {
    let text = ServerText::of(site.lang());
    let now = me.roles.iter().find(|worn| worn.now);
    let changes = me.whole && me.can_change();
    html! {
        section.me aria-label=(text.people_bar()) {
            p.who {
                b { (me.name) }
                @if me.demo { " " span.tag { (text.people_demo()) } }
                @if let Some(now) = now && !changes { span.quiet { (now.label(text)) } }
            }
            @if changes {
                details.roles {
                    summary {
                        @if let Some(now) = now { span { (now.label(text)) span.sr { ". " (text.people_other_role()) } } }
                        @else { (text.people_other_role()) }
                    }
                    ul {
                        @for worn in me.roles.iter().filter(|worn| !worn.now) {
                            li { form method="post" action=(site.href("/api/people/wear")) {
                                input type="hidden" name="grant" value=(worn.grant);
                                button.btn { (worn.label(text)) }
                            } }
                        }
                    }
                }
            }
            nav aria-label=(text.people_own()) {
                @if me.whole {
                    a href=(site.href("/home")) { (text.people_home()) }
                    a href=(site.href("/account")) { (text.people_account()) }
                }
                form method="post" action=(site.href("/api/people/sign-out")) { button.link { (text.people_sign_out()) } }
            }
        }
    }
}
