//! What may my children do, and who decides with me? `/family`

use super::{Asked, Member, words};
use crate::people::form::Form;
use crate::site::Site;
use domain::family::{Closed, ConsentKind};
use maud::{Markup, html};
use text::ServerText;

/// A student with their family, as a member of it sees them.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each shows or hides a part of the page by itself")]
pub struct Child {
    /// What to ask for.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// They decide alone now, and nothing of them is shown.
    pub of_age: bool,
    /// Nothing is open before a first yes.
    pub waits: bool,
    /// They are 13 or older and under 18: they take part without asking.
    pub old_enough: bool,
    /// What was just done for them.
    pub news: Option<&'static str>,
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
                (news(child))
                @if child.of_age { p { (text.family_of_age(&child.name)) } } @else { (inside(site, child, Whose::Child)) }
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
            (waiting(site, child))
        } @else {
            h1 { (text.family_own_title()) }
            p.lead { @if child.decides { (text.family_own_adult()) } @else { (text.family_own_lead()) } }
        }
        (form.note())
        (news(child))
        (inside(site, child, Whose::Own))
    }
}

/// What was just done stands where it was done: the page opens there.
fn news(child: &Child) -> Markup {
    html! { @if let Some(news) = child.news { p.done role="status" { (news) } } }
}

/// Who looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// A student, at their own page.
    Own,
    /// A guardian, at one of their children.
    Child,
}

/// What a student under 13 does until a guardian says yes: without one, a paper goes home.
fn waiting(site: &Site, child: &Child) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.family_own_waits_title()) }
        p.lead { (text.family_own_waits_lead()) }
        @if child.members.is_empty() {
            ol.todo {
                li { (text.family_own_waits_1()) }
                li { (text.family_own_waits_2()) }
                li { (text.family_own_waits_3()) }
                li { (text.family_own_waits_4()) }
            }
        } @else {
            p.note { b { (text.family_own_waits_ask()) } " " (text.family_own_waits_ask_how()) }
        }
        p { (text.family_own_waits_meanwhile()) }
        p { a.btn.main href=(site.href("/schools")) { (text.family_own_waits_explore()) } }
    }
}

fn inside(site: &Site, child: &Child, whose: Whose) -> Markup {
    let text = ServerText::of(site.lang());
    let own = whose == Whose::Own;
    // A student's own page has one level of headings less than a list of children.
    let level = if own { 2 } else { 3 };
    let record = if own { "/record".to_owned() } else { format!("/record/{}", child.id) };
    html! {
        @if child.waits && child.decides {
            p.note { b { (text.family_waits(&child.name)) } br; (text.family_waits_why(&child.name)) }
        }
        (heading(level, &html! { @if own { (text.family_own_allows()) } @else { (text.family_allows(&child.name)) } }))
        @if child.old_enough && !own { p { (text.family_old_enough(&child.name)) } }
        @if child.decides { (decisions(site, child, whose)) } @else {
            ul.asks { @for asked in &child.asked { (ask(text, child, asked, whose)) } }
        }
        (heading(level, &html! { @if own { (text.family_own_members()) } @else { (text.family_members(&child.name)) } }))
        (members(text, child, own))
        ul.lines {
            li { a href=(site.href(&record)) {
                @if own { (text.account_record()) } @else { (text.family_record_of(&child.name)) }
            } }
            li { a href=(site.href(&format!("/record/{}/reads", child.id))) { (text.family_reads()) } }
        }
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

fn heading(level: u8, inside: &Markup) -> Markup {
    match level {
        2 => html! { h2 { (inside) } },
        3 => html! { h3 { (inside) } },
        _ => html! { h4 { (inside) } },
    }
}

fn members(text: ServerText, child: &Child, own: bool) -> Markup {
    html! {
        @if child.members.is_empty() { p.quiet { (text.family_members_none()) } }
        ul.lines {
            @for member in &child.members {
                li {
                    b { (member.name) } " " span.quiet { (words::relation(text, member.relation)) }
                    @if member.you && !own { " " span.tag { (text.family_you()) } }
                }
            }
        }
    }
}

/// All that can be allowed, with one button: what is not touched stays as it is.
fn decisions(site: &Site, child: &Child, whose: Whose) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        form.decide method="post" action=(site.href("/api/family/decide")) {
            input type="hidden" name="student" value=(child.id);
            ul.asks { @for asked in &child.asked { (ask(text, child, asked, whose)) } }
            p.row {
                button.btn.main { @if whose == Whose::Own { (text.family_save()) } @else { (text.family_save_for(&child.name)) } }
                span.quiet { (text.family_no_closes()) }
            }
        }
    }
}

/// One thing that can be allowed. What waits for the reader's answer lies open; the rest is a line that opens.
fn ask(text: ServerText, child: &Child, asked: &Asked, whose: Whose) -> Markup {
    let name = match (whose, &asked.kind) {
        (Whose::Own, ConsentKind::Messages) => text.consent_messages_own().to_owned(),
        _ => words::kind(text, &asked.kind),
    };
    let level = if whose == Whose::Own { 3 } else { 4 };
    let title = html! { (name) " " (words::state(text, asked.open)) };
    html! {
        li.allow {
            @if waits_for_reader(child, asked) {
                (heading(level, &title))
                (asking(text, child, asked, &name))
            } @else {
                details.more {
                    summary { (heading(level, &title)) }
                    div { (asking(text, child, asked, &name)) }
                }
            }
        }
    }
}

/// Nobody whose word counts has answered today's text, and the reader can.
fn waits_for_reader(child: &Child, asked: &Asked) -> bool {
    child.decides && matches!(asked.open, Err(Closed::NotAsked | Closed::NewText | Closed::OwnWord))
}

fn asking(text: ServerText, child: &Child, asked: &Asked, name: &str) -> Markup {
    html! {
        // Where both answers stand below, it is plain that nobody has said yes.
        @if let Some(why) = asked.open.err().filter(|why| !child.decides || *why != Closed::NotAsked) {
            p.quiet { (words::closed(text, why)) }
        }
        p {
            @if child.decides { (words::wording(text, &asked.kind, &child.name)) } @else { (words::meaning(text, &asked.kind)) }
        }
        @if child.decides { (yes_or_no(text, child, asked, name)) }
        @if !asked.said.is_empty() {
            details.more { summary { (text.family_history()) } (words::history(text, &asked.said)) }
        }
    }
}

/// The two answers. The form also says which one stood there and which text was on the page, so that only what was
/// changed is said again.
fn yes_or_no(text: ServerText, child: &Child, asked: &Asked, name: &str) -> Markup {
    let word = kind_word(&asked.kind);
    let was = asked.answer();
    let choice = |value: &str, label: &str| {
        html! { label.pick { input type="radio" name={ "say " (word) } value=(value) checked[was == value]; (label) } }
    };
    html! {
        fieldset.picks aria-label=(name) {
            (choice("yes", yes(text, child)))
            (choice("no", text.family_no()))
        }
        input type="hidden" name={ "was " (word) } value=(was);
        input type="hidden" name={ "read " (word) } value=(asked.kind.wording().version);
    }
}

fn yes(text: ServerText, child: &Child) -> &'static str {
    // A student of age reads their own page.
    if child.members.iter().any(|member| member.you) { text.family_yes() } else { text.family_yes_own() }
}

/// A kind as the names of fields call it: its word, and of a survey which one.
fn kind_word(kind: &ConsentKind) -> String {
    kind.object().map_or_else(|| kind.slug().to_owned(), |object| format!("{} {object}", kind.slug()))
}

/// Reads the name of a field with an answer: its kind.
pub fn read_kind_word(word: &str) -> Option<ConsentKind> {
    match word.split_once(' ') {
        Some((slug, object)) => ConsentKind::from_words(slug, Some(object)),
        None => ConsentKind::from_words(word, None),
    }
}

/// What a form says about the thing that is taken back.
pub fn kind_fields(kind: &ConsentKind) -> Markup {
    html! {
        input type="hidden" name="kind" value=(kind.slug());
        @if let Some(object) = kind.object() { input type="hidden" name="object" value=(object); }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_by_the_word_it_is_written_by() {
        let survey = ConsentKind::Survey("wave-1".parse().unwrap());
        for kind in ConsentKind::PLAIN.into_iter().chain([survey]) {
            assert_eq!(read_kind_word(&kind_word(&kind)), Some(kind));
        }
        assert_eq!(read_kind_word("survey"), None);
    }
}
