//! What needs me now, and where do I go from here? `/home`

use crate::site::Site;
use maud::{Markup, html};
use text::ServerText;

/// Something that waits, or a room to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// Where it leads: a path without its language.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// A sentence on what it is for, or what waits there.
    pub why: String,
}

/// Home, as a role sees it.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// What needs them now, most pressing first.
    pub now: Vec<Door>,
    /// The rooms of their role.
    pub rooms: Vec<Door>,
    /// It is a student's.
    pub student: bool,
    /// Nothing is here yet: how it begins.
    pub empty: Option<&'static str>,
}

/// The page.
pub fn page(site: &Site, given_name: &str, home: &Home) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.own_home_hello(given_name)) }
        section aria-labelledby="now" {
            h2 #now { @if home.student { (text.own_home_now_student()) } @else { (text.own_home_now()) } }
            @if home.now.is_empty() { p.quiet { (text.own_home_nothing()) } } @else { (doors(site, &home.now, "now")) }
        }
        @if let Some(empty) = home.empty { p.note { (empty) } }
        @if !home.rooms.is_empty() {
            section aria-labelledby="rooms" {
                h2 #rooms { @if home.student { (text.own_home_rooms_student()) } @else { (text.own_home_rooms()) } }
                (doors(site, &home.rooms, "rooms"))
            }
        }
    }
}

fn doors(site: &Site, doors: &[Door], class: &str) -> Markup {
    html! {
        ul class={ "home-doors " (class) } {
            @for door in doors {
                li { a href=(site.href(&door.path)) { (door.title) } p { (door.why) } }
            }
        }
    }
}
