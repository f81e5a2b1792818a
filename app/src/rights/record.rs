//! What is kept about me, or about my child, and what can I do with it? `/record`, `/record/{student}`

use super::correct::{self, Asked};
use super::going::{self, Going};
use super::kept::{self, Kept};
use super::reads::{self, Read};
use super::words;
use crate::people::form::Form;
use crate::people::words as people_words;
use crate::site::Site;
use domain::people::{Band, Role};
use domain::plan::Day;
use maud::{Markup, html};
use text::ServerText;

/// A record as its page shows it.
pub struct Shown<'a> {
    /// Whose, for addresses.
    pub id: &'a str,
    /// It is the reader's own.
    pub own: bool,
    /// It is a student's.
    pub student: bool,
    /// Given name and family name.
    pub name: &'a str,
    /// `en` or `es`.
    pub tongue: &'a str,
    /// Where mail goes.
    pub email: Option<&'a str>,
    /// The age band.
    pub band: Option<Band>,
    /// Roles and places.
    pub roles: Vec<Worn>,
    /// The family.
    pub family: Vec<Kin>,
    /// What was allowed, by its word.
    pub consents: Vec<Spell>,
    /// Steps of a screening, by their word.
    pub screening: Vec<Spell>,
    /// How many of each way in: passwords, authenticators, passkeys, recovery codes, cards, browsers, districts.
    pub ways_in: [i64; 7],
    /// Browsers that are signed in, and since when.
    pub sessions: Vec<(String, Day)>,
    /// How many choices about notices there are.
    pub notices: usize,
    /// The list that is kept here.
    pub plan: Option<Kept>,
    /// What was said to be wrong.
    pub corrections: Vec<Asked>,
    /// Who read it; none for somebody who is no student.
    pub reads: Option<Vec<Read>>,
    /// The deletion that waits.
    pub going: Option<Going>,
}

/// A role at a place.
pub struct Worn {
    /// The role.
    pub role: Role,
    /// Where.
    pub place: Option<String>,
    /// Since when.
    pub from: Day,
    /// Until when.
    pub until: Option<Day>,
}

/// Somebody of the family.
pub struct Kin {
    /// Whose record, for its address.
    pub id: String,
    /// Given name and family name.
    pub name: String,
    /// A child, or else a guardian.
    pub child: bool,
}

/// Something with a beginning and perhaps an end.
pub struct Spell {
    /// What, by the word it is kept by.
    pub word: String,
    /// Since when.
    pub from: Day,
    /// Until when.
    pub until: Option<Day>,
}

/// The page.
pub fn page(site: &Site, shown: &Shown<'_>, form: &Form) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { @if shown.own { (text.rights_title()) } @else { (text.rights_title_of(shown.name)) } }
        p.lead { (text.rights_lead()) }
        (form.note())
        @if let Some(going) = &shown.going { (form.instead("sure")) (going::waits(site, shown.id, going, shown.own)) }
        (children(site, shown))
        (kept_here(site, shown))
        @if shown.student { (kept::section(site, form, shown.own, shown.plan.as_ref())) }
        (correct::section(site, shown.id, &shown.corrections, form))
        @if let Some(reads) = &shown.reads { (reads::section(site, shown.id, reads)) }
        section.panel.screen-only {
            h2 { (text.rights_copy()) }
            p { (text.rights_copy_why()) }
            p { a.btn href=(site.href(&format!("/record/{}/copy", shown.id))) download { (text.rights_copy_get()) } }
        }
        @if shown.going.is_none() { (going::ask(site, form, shown.id, shown.student)) }
    }
}

/// The way to the records of one's children.
fn children(site: &Site, shown: &Shown<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let children: Vec<_> = shown.family.iter().filter(|kin| kin.child && shown.own).collect();
    html! {
        @if !children.is_empty() {
            section.panel {
                h2 { (text.rights_children()) }
                ul.lines { @for kin in children { li { a href=(site.href(&format!("/record/{}", kin.id))) { (kin.name) } } } }
            }
        }
    }
}

fn kept_here(site: &Site, shown: &Shown<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel {
            h2 { (text.rights_who()) }
            dl.facts {
                div { dt { (text.rights_name()) } dd { (shown.name) } }
                div { dt { (text.rights_language()) } dd { (words::tongue(text, shown.tongue)) } }
                div { dt { (text.rights_email()) } dd { (shown.email.unwrap_or(text.rights_none())) } }
                @if shown.student || shown.band.is_some() {
                    div { dt { (text.rights_age()) } dd { (words::band(text, shown.band)) } }
                }
            }
            @if shown.band.is_some() { p.quiet { (text.rights_age_apart()) } }
            h3 { (text.rights_roles()) }
            ul.lines { @for worn in &shown.roles { (role(site, worn)) } }
            @if !shown.family.is_empty() {
                h3 { (text.rights_family()) }
                ul.lines { @for kin in &shown.family {
                    li { (kin.name) " · " @if kin.child { (text.rights_kin_child()) } @else { (text.rights_kin_guardian()) } }
                } }
            }
            (spells(site, text.rights_allowed(), &shown.consents, words::consent))
            (spells(site, text.rights_screening(), &shown.screening, words::step))
            (ways_in(site, shown))
            @if shown.notices > 0 { p { a href=(site.href("/notices")) { (text.rights_notices(shown.notices)) } } }
        }
    }
}

fn role(site: &Site, worn: &Worn) -> Markup {
    let text = ServerText::of(site.lang());
    let from = words::day(site, worn.from);
    html! {
        li {
            b { (people_words::role(text, worn.role)) }
            @if let Some(place) = &worn.place { " · " (place) }
            " · "
            span.quiet {
                @if let Some(until) = worn.until { (text.rights_from_to(&from, &words::day(site, until))) }
                @else { (text.rights_since(&from)) }
            }
        }
    }
}

fn spells(
    site: &Site,
    title: &str,
    spells: &[Spell],
    word: for<'a> fn(ServerText, &'a str) -> &'a str,
) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        @if !spells.is_empty() {
            h3 { (title) }
            ul.lines { @for spell in spells {
                li {
                    (word(text, &spell.word)) " · "
                    span.quiet {
                        (text.rights_since(&words::day(site, spell.from)))
                        @if let Some(until) = spell.until { ", " (text.rights_allowed_back(&words::day(site, until))) }
                    }
                }
            } }
        }
    }
}

fn ways_in(site: &Site, shown: &Shown<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let names = [
        text.rights_way_password(),
        text.rights_way_authenticator(),
        text.rights_way_passkey(),
        text.rights_way_recovery(),
        text.rights_way_card(),
        text.rights_way_device(),
        text.rights_way_district(),
    ];
    let there: Vec<_> = names.into_iter().zip(shown.ways_in).filter(|(_, count)| *count > 0).collect();
    html! {
        @if !there.is_empty() {
            h3 { (text.rights_ways()) }
            ul.lines { @for (name, count) in there { li { (name) ": " span.num { (count) } } } }
        }
        @if !shown.sessions.is_empty() {
            h3 { (text.rights_signed_in()) }
            ul.lines { @for (device, day) in &shown.sessions {
                li { (device) " · " span.quiet { (text.rights_since(&words::day(site, *day))) } }
            } }
        }
    }
}
