//! What may my children do, and who decides with me? `/family`

use super::{Asked, Member, words};
use crate::people::form::Form;
use crate::site::Site;
use domain::family::ConsentKind;
use maud::{Markup, html};
use text::ServerText;

/// A student with their family, as a member of it sees them.
#[derive(Clone, Debug)]
pub struct Child {
    /// What to ask for.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// They decide alone now, and nothing of them is shown.
    pub of_age: bool,
    /// Nothing is open before a first yes.
    pub waits: bool,
    /// The guardians.
    pub members: Vec<Member>,
    /// What can be allowed.
    pub asked: Vec<Asked>,
    /// The reader says yes and no.
    pub decides: bool,
    /// The reader may make a paper for one more guardian.
    pub may_make_code: bool,
}

/// A guardian's children.
pub fn children(site: &Site, form: &Form, children: &[Child]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.family_title()) }
        p.lead { (text.family_lead()) }
        (form.note())
        @if children.is_empty() {
            section.panel { p { b { (text.family_none()) } } p { (text.family_none_how()) } }
        }
        @for child in children {
            section.child id=(format!("c-{}", child.id)) aria-labelledby=(format!("n-{}", child.id)) {
                h2 id=(format!("n-{}", child.id)) { (child.name) }
                @if child.of_age { p { (text.family_of_age(&child.name)) } } @else { (inside(site, child, 3)) }
            }
        }
        p { a.btn href=(site.href("/join")) { (text.family_type_code()) } }
    }
}

/// A student's own family.
pub fn own(site: &Site, form: &Form, child: &Child) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        @if child.waits {
            (waiting(site))
        } @else {
            h1 { (text.family_own_title()) }
            p.lead { @if child.decides { (text.family_own_adult()) } @else { (text.family_own_lead()) } }
        }
        (form.note())
        (inside(site, child, 2))
    }
}

/// What a student under 13 does until a guardian says yes.
fn waiting(site: &Site) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.family_own_waits_title()) }
        p.lead { (text.family_own_waits_lead()) }
        ol.todo {
            li { (text.family_own_waits_1()) }
            li { (text.family_own_waits_2()) }
            li { (text.family_own_waits_3()) }
            li { (text.family_own_waits_4()) }
        }
        p { (text.family_own_waits_meanwhile()) }
        p { a.btn.main href=(site.href("/schools")) { (text.family_own_waits_explore()) } }
    }
}

fn inside(site: &Site, child: &Child, level: u8) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        @if child.waits && child.decides {
            p.note { b { (text.family_waits(&child.name)) } " " (text.family_waits_why(&child.name)) }
        }
        (heading(level, html! { (text.family_allows(&child.name)) }))
        ul.asks { @for asked in &child.asked { (ask(site, child, asked, level + 1)) } }
        (heading(level, html! { (text.family_members(&child.name)) }))
        (members(text, &child.members))
        @if child.may_make_code {
            details.more {
                summary { (text.family_code_title(&child.name)) }
                p { (text.family_code_why()) }
                form method="post" action=(site.href("/api/family/code")) {
                    input type="hidden" name="student" value=(child.id);
                    button.btn { (text.family_code_make()) }
                }
            }
        }
    }
}

/// A heading one below those around it: a student's own page has one level less than a list of children.
fn heading(level: u8, inside: Markup) -> Markup {
    match level {
        2 => html! { h2 { (inside) } },
        3 => html! { h3 { (inside) } },
        _ => html! { h4 { (inside) } },
    }
}

fn members(text: ServerText, members: &[Member]) -> Markup {
    html! {
        @if members.is_empty() { p.quiet { (text.family_members_none()) } }
        ul.lines {
            @for member in members {
                li {
                    b { (member.name) } " " span.quiet { (words::relation(text, member.relation)) }
                    @if member.you { " " span.tag { (text.family_you()) } }
                }
            }
        }
    }
}

fn ask(site: &Site, child: &Child, asked: &Asked, level: u8) -> Markup {
    let text = ServerText::of(site.lang());
    let name = words::kind(text, &asked.kind);
    // Who has said yes to today's text needs it less than the way back.
    let fold = asked.mine || !child.decides;
    html! {
        li.allow {
            (heading(level, html! { (name) " " (words::state(text, asked.open)) }))
            @if let Err(why) = asked.open {
                p.quiet { (words::closed(text, why)) }
            }
            @if fold { details.more { summary { (text.family_read()) } p { (words::wording(text, &asked.kind)) } } }
            @else { p { (words::wording(text, &asked.kind)) } }
            @if child.decides {
                p.row {
                    @if !asked.mine { (deed(site, child, asked, "give", yes(text, child), &name, true)) }
                    @if asked.stands { (deed(site, child, asked, "take-back", text.family_no(), &name, false)) }
                }
            }
            @if !asked.said.is_empty() {
                details.more { summary { (text.family_history()) } (words::history(text, &asked.said)) }
            }
        }
    }
}

fn yes(text: ServerText, child: &Child) -> &'static str {
    // A student of age reads their own page.
    if child.members.iter().any(|member| member.you) { text.family_yes() } else { text.family_yes_own() }
}

fn deed(
    site: &Site,
    child: &Child,
    asked: &Asked,
    deed: &str,
    label: &str,
    name: &str,
    main: bool,
) -> Markup {
    html! {
        form method="post" action=(site.href(&format!("/api/family/{deed}"))) {
            input type="hidden" name="student" value=(child.id);
            (kind_fields(&asked.kind))
            button.btn.main[main] aria-label=(format!("{label}: {name}")) { (label) }
        }
    }
}

/// What a form says about the thing that is allowed or taken back: its word, and the text that was on the page.
pub fn kind_fields(kind: &ConsentKind) -> Markup {
    html! {
        input type="hidden" name="kind" value=(kind.slug());
        @if let Some(object) = kind.object() { input type="hidden" name="object" value=(object); }
        input type="hidden" name="version" value=(kind.wording().version);
    }
}
