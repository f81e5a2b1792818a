//! Which organisations are there, and who is entered in them? `/organisations`

use super::bar::back;
use super::form::Form;
use super::invite::tongues;
use super::{cards, words};
use crate::site::Site;
use domain::people::Kind;
use maud::{Markup, html};
use text::ServerText;

/// An organisation in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What to ask for.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// What people call it.
    pub name: String,
}

/// One organisation, and what may be done there.
#[derive(Clone, Debug)]
pub struct One<'a> {
    /// It.
    pub listed: &'a Listed,
    /// What stands directly below.
    pub below: &'a [Listed],
    /// The kinds that may be made below it by this person.
    pub kinds: &'a [Kind],
    /// Students may be entered here.
    pub students: bool,
    /// Of a class where cards may be made: who is in it.
    pub class: Option<&'a cards::Class<'a>>,
}

/// All that this person reaches.
pub fn page(site: &Site, form: &Form, title: &str, all: &[Listed], kinds: &[Kind]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (title) }
        @if !kinds.is_empty() { p.lead { (text.places_lead()) } }
        (form.note())
        (list(site, all))
        @if !kinds.is_empty() { (new(site, form, kinds, None)) }
    }
}

fn list(site: &Site, all: &[Listed]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        @if all.is_empty() { p.quiet { (text.places_none()) } }
        ul.lines.places {
            @for listed in all {
                li {
                    a href=(site.href(&format!("/organisations/{}", listed.id))) { (listed.name) }
                    span.quiet { (words::kind(text, listed.kind)) }
                }
            }
        }
    }
}

fn new(site: &Site, form: &Form, kinds: &[Kind], parent: Option<&str>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel {
            h2 { (text.places_new()) }
            form.stack method="post" action=(site.href("/api/people/organisation")) {
                @if let Some(parent) = parent { input type="hidden" name="parent" value=(parent); }
                label.field { (text.places_kind())
                    select name="kind" aria-invalid=[form.mark("kind")] aria-describedby=[form.told("kind")] autofocus[form.is_wrong("kind")] { @for kind in kinds { option value=(kind.slug()) selected[form.value("kind") == kind.slug()] { (words::kind(text, *kind)) } } }
                }
                (form.beside("kind"))
                (form.field("name", "text", text.places_name(), "off"))
                button.btn.main { (text.places_make()) }
            }
        }
    }
}

/// One of them.
pub fn one(site: &Site, form: &Form, title: &str, one: &One<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let listed = one.listed;
    html! {
        (back(site, "/organisations", title))
        h1 { (listed.name) }
        p.lead { (words::kind(text, listed.kind)) }
        (form.note())
        @if let Some(class) = one.class { p { (text.sign_in_class()) ": " b.num { (class.code) } } }
        @if let Some(class) = one.class {
            h2 { (text.role_students()) }
            @if class.students.is_empty() { p.quiet { (text.cards_none()) } }
            (cards::students(site, class))
            p { a.btn.main href=(site.href(&format!("/cards/{}", listed.id))) { (text.places_cards()) } }
        }
        @if !one.below.is_empty() { h2 { (text.places_below()) } (list(site, one.below)) }
        @if one.students { (student(site, form, &listed.id)) }
        @if !one.kinds.is_empty() { (new(site, form, one.kinds, Some(&listed.id))) }
    }
}

fn student(site: &Site, form: &Form, at: &str) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel {
            h2 { (text.places_student()) }
            p { (text.places_student_why()) }
            form.stack method="post" action=(site.href(&format!("/api/people/student/{at}"))) {
                (form.field("given-name", "text", text.invited_given_name(), "off"))
                (form.field("family-name", "text", text.invited_family_name(), "off"))
                (form.field("born", "date", text.places_born(), "off"))
                p.quiet { (text.places_born_why()) }
                (tongues(text, form, "en"))
                button.btn.main { (text.places_enter()) }
            }
        }
    }
}
