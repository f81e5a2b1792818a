//! What is kept about somebody, and what may be done? `/people/<id>`

use super::bar::back;
use super::form::Form;
use super::list::{Worn, worn_words};
use crate::site::Site;
use domain::people::suspension::Why;
use domain::people::{Band, Role};
use maud::{Markup, html};
use text::ServerText;
use text::day::day_words;

/// How somebody gets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// They have nothing to get in with.
    None,
    /// A card.
    Card,
    /// A password, and nothing else.
    Password,
    /// A password or a passkey, with a second step.
    Two,
}

/// A role that the reader may take away.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The role and its place.
    pub worn: Worn,
    /// The place, as the form sends it.
    pub at: String,
}

/// What the reader of a record may do.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    /// Suspend them and take roles away.
    pub suspend: bool,
    /// Let them set up password and second step anew.
    pub renew: bool,
    /// Write down a guardian's yes to the deletion that the student asked for.
    pub agree: bool,
}

/// Somebody's record.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    /// What the page is called.
    pub id: &'a str,
    /// Given name and family name.
    pub name: &'a str,
    /// It is a student's: the family sees that it was read.
    pub student: bool,
    /// Of a student.
    pub band: Option<Band>,
    /// `en` or `es`.
    pub tongue: &'a str,
    /// Where mail goes.
    pub email: Option<&'a str>,
    /// What they are here.
    pub roles: &'a [Grant],
    /// How they get in.
    pub keys: Keys,
    /// The day since which they are signed in somewhere, as `2026-11-22`.
    pub seen_on: Option<&'a str>,
    /// The day since which they are suspended, and why.
    pub suspended: Option<(&'a str, Option<Why>)>,
    /// What the reader may do.
    pub may: May,
    /// Other pages about them: a path and what it is called.
    pub doors: &'a [(String, String)],
}

/// The page.
pub fn page(site: &Site, form: &Form, record: &Record<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        (back(site, "/people", text.who_back()))
        h1 { (record.name) }
        (form.note())
        @if let Some((day, why)) = record.suspended {
            p.problem { (text.who_suspended_since(&day_words(site.text, day), why.map_or("", |why| why_words(text, why)))) }
            @if why == Some(Why::Concern) && !record.may.suspend { p.note { (text.who_wrong_concern()) } }
        }
        (facts(site, record))
        @if record.student { p.quiet { (text.who_read_note()) } }
        @if !record.doors.is_empty() {
            p.row { @for (path, title) in record.doors { a.btn href=(site.href(path)) { (title) } } }
        }
        @if record.may.agree { (wished(site, record)) }
        @if record.may.renew && record.suspended.is_none() { (renew(site, record)) }
        @if record.may.suspend { (deeds(site, record)) }
    }
}

fn facts(site: &Site, record: &Record<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        dl.known {
            div { dt { (text.who_roles()) } dd {
                @if record.roles.is_empty() { (text.who_roles_none()) }
                @for grant in record.roles { div { (worn_words(text, &grant.worn)) } }
            } }
            @if record.student { div { dt { (text.who_age()) } dd { (band_words(text, record.band)) } } }
            div { dt { (text.who_tongue()) } dd { @if record.tongue == "es" { (text.who_tongue_es()) } @else { (text.who_tongue_en()) } } }
            @if let Some(email) = record.email { div { dt { (text.who_mail()) } dd { (email) } } }
            div { dt { (text.who_keys()) } dd { (keys_words(text, record.keys)) } }
            @if let Some(day) = record.seen_on { div { dt { (text.who_seen()) } dd { (day_words(site.text, day)) } } }
        }
    }
}

/// A student without a guardian here asked that the record is deleted.
fn wished(site: &Site, record: &Record<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel {
            h2 { (text.rights_wished()) }
            p { (text.rights_wished_place()) }
            form method="post" action=(site.href(&format!("/api/rights/agree/{}", record.id))) {
                button.btn { (text.rights_wished_paper()) }
            }
        }
    }
}

/// For somebody who lost everything that let them in.
fn renew(site: &Site, record: &Record<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        details.end-class {
            summary { (text.who_renew_title()) }
            p { (text.who_renew_why()) }
            p.quiet { (text.who_renew_sure()) }
            form method="post" action=(site.href(&format!("/api/people/renew/{}", record.id))) {
                button.btn { (text.who_renew()) }
            }
        }
    }
}

/// What only somebody with good reason opens: both stand behind a line that says what they do.
fn deeds(site: &Site, record: &Record<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let at = |deed: &str| site.href(&format!("/api/people/{deed}/{}", record.id));
    html! {
        @if record.suspended.is_some() {
            section.panel {
                h2 { (text.who_reinstate()) }
                p { (text.who_reinstate_why()) }
                form method="post" action=(at("reinstate")) { button.btn.main { (text.who_reinstate()) } }
            }
        } @else {
            details.end-class {
                summary { (text.who_suspend_title()) }
                p { (text.who_suspend_why()) }
                form.stack method="post" action=(at("suspend")) {
                    label.field { (text.who_suspend_reason())
                        select name="cause" { @for why in Why::ALL { option value=(why.slug()) { (why_words(text, *why)) } } }
                    }
                    button.btn { (text.who_suspend()) }
                }
            }
        }
        @let roles: Vec<_> = record.roles.iter().filter(|grant| grant.worn.0 != Role::Student).collect();
        @if !roles.is_empty() {
            details.end-class {
                summary { (text.who_end_title()) }
                p { (text.who_end_why()) }
                @for grant in roles {
                    form method="post" action=(at("end-role")) {
                        input type="hidden" name="role" value=(grant.worn.0.slug());
                        input type="hidden" name="at" value=(grant.at);
                        button.btn { (text.who_end(&worn_words(text, &grant.worn))) }
                    }
                }
            }
        }
    }
}

fn band_words(text: ServerText, band: Option<Band>) -> &'static str {
    match band {
        None => text.who_age_unknown(),
        Some(Band::Under13) => text.who_age_under_13(),
        Some(Band::Teen) => text.who_age_teen(),
        Some(Band::Adult) => text.who_age_adult(),
    }
}

fn keys_words(text: ServerText, keys: Keys) -> &'static str {
    match keys {
        Keys::None => text.who_keys_none(),
        Keys::Card => text.who_keys_card(),
        Keys::Password => text.who_keys_password(),
        Keys::Two => text.who_keys_two(),
    }
}

fn why_words(text: ServerText, why: Why) -> &'static str {
    match why {
        Why::Concern => text.who_suspend_concern(),
        Why::Conduct => text.who_suspend_conduct(),
        Why::Keys => text.who_suspend_keys(),
        Why::Left => text.who_suspend_left(),
        Why::Asked => text.who_suspend_asked(),
    }
}
