//! Which families are here, and what did one allow? `/family`, `/family/<student>`, for a teacher or staff

use super::mine::kind_fields;
use super::{Asked, Member, words};
use crate::people::bar::back;
use crate::people::form::Form;
use crate::people::invite::tongues;
use crate::site::Site;
use domain::family::{ConsentKind, Wording};
use maud::{Markup, html};
use text::{Lang, ServerText};

/// A student in the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What to ask for.
    pub id: String,
    /// The name.
    pub name: String,
    /// How many guardians may see them.
    pub guardians: usize,
    /// Nothing is open before a first yes.
    pub waits: bool,
}

/// A student's family on its own page.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each shows or hides a part of the page by itself")]
pub struct Family {
    /// What to ask for.
    pub id: String,
    /// Given name and family name.
    pub name: String,
    /// What the family reads: the paper goes home in it.
    pub tongue: Lang,
    /// Nothing is open before a first yes.
    pub waits: bool,
    /// The student is of age, and signs alone.
    pub of_age: bool,
    /// The guardians, also those who are restricted.
    pub members: Vec<Member>,
    /// What can be allowed.
    pub asked: Vec<Asked>,
    /// How many papers are out.
    pub open_codes: usize,
    /// The reader may write down a paper.
    pub may_record: bool,
    /// The reader may make a paper for a guardian.
    pub may_make_code: bool,
    /// The reader may restrict a guardian.
    pub may_restrict: bool,
}

/// All families, with who waits.
pub fn list(site: &Site, search: &str, waiting: bool, students: &[Listed], most: usize) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { @if waiting { (text.family_desk_waiting()) } @else { (text.family_desk_title()) } }
        p.lead { (text.family_desk_lead()) }
        @if waiting { (back(site, "/family", text.family_of_back())) }
        form.row.find method="get" action=(site.href("/family")) role="search" {
            label.field { (text.family_desk_search()) input name="q" value=(search) maxlength="60" autocomplete="off"; }
            button.btn { (text.family_desk_find()) }
        }
        @if students.is_empty() { p { (text.family_desk_none()) } }
        ul.lines.places {
            @for student in students {
                li {
                    a href=(site.href(&format!("/family/{}", student.id))) { (student.name) }
                    " " span.quiet { (text.family_desk_guardians(student.guardians)) }
                    @if student.waits { " " span.tag { (text.family_desk_waits()) } }
                }
            }
        }
        @if students.len() >= most { p.quiet { (text.family_desk_most(&most.to_string())) } }
    }
}

/// One family.
pub fn family(site: &Site, form: &Form, family: &Family) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        (back(site, "/family", text.family_of_back()))
        h1 { (text.family_of_title(&family.name)) }
        @if family.waits { p.note { (text.family_of_waits(&family.name)) } }
        (form.note())
        section.panel {
            h2 { (text.family_members(&family.name)) }
            @if family.members.is_empty() { p.quiet { (text.family_members_none()) } }
            ul.lines.places { @for member in &family.members { (guardian(site, family, member)) } }
        }
        @if family.may_make_code { (papers(site, family)) }
        section.panel {
            h2 { (text.family_allows(&family.name)) }
            ul.asks { @for asked in &family.asked { (ask(site, family, asked)) } }
        }
        @if family.may_record { (record(site, form, family)) }
    }
}

fn guardian(site: &Site, family: &Family, member: &Member) -> Markup {
    let text = ServerText::of(site.lang());
    let deed = |on: bool, label: &str| {
        html! {
            form method="post" action=(site.href("/api/family/restrict")) {
                input type="hidden" name="student" value=(family.id);
                input type="hidden" name="guardian" value=(member.id);
                input type="hidden" name="restricted" value=(if on { "yes" } else { "no" });
                button.btn { (label) }
            }
        }
    };
    html! {
        li {
            b { (member.name) } " " span.quiet { (words::relation(text, member.relation)) }
            @if member.restricted { " " span.tag { (text.family_restricted()) } }
            @if family.may_restrict {
                @if member.restricted { (deed(false, text.family_unrestrict())) } @else {
                    details.more {
                        summary { (text.family_restrict_title(&member.name)) }
                        p { (text.family_restrict_why()) }
                        (deed(true, text.family_restrict_yes()))
                    }
                }
            }
        }
    }
}

fn papers(site: &Site, family: &Family) -> Markup {
    let text = ServerText::of(site.lang());
    let deed = |path: &str, label: &str| {
        html! {
            form method="post" action=(site.href(path)) {
                input type="hidden" name="student" value=(family.id);
                button.btn { (label) }
            }
        }
    };
    html! {
        section.panel {
            h2 { (text.family_paper_title()) }
            @if family.open_codes > 0 { p.quiet { (text.family_paper_out(family.open_codes)) } }
            (deed("/api/family/code", text.family_code_make()))
            @if family.open_codes > 0 {
                details.more {
                    summary { (text.family_paper_end()) }
                    p { (text.family_paper_end_why()) }
                    (deed("/api/family/end-codes", text.family_paper_end()))
                }
            }
        }
    }
}

fn ask(site: &Site, family: &Family, asked: &Asked) -> Markup {
    let text = ServerText::of(site.lang());
    let name = words::kind(text, &asked.kind);
    html! {
        li.allow {
            h3 { (name) " " (words::state(text, asked.open)) }
            @if let Err(why) = asked.open { p.quiet { (words::closed(text, why)) } }
            (words::history(text, &asked.said))
            @if family.may_record && asked.stands {
                form method="post" action=(site.href("/api/family/record-back")) {
                    input type="hidden" name="student" value=(family.id);
                    (kind_fields(&asked.kind))
                    button.link aria-label=(format!("{}: {name}", text.family_record_back())) { (text.family_record_back()) }
                }
            }
        }
    }
}

fn record(site: &Site, form: &Form, family: &Family) -> Markup {
    let text = ServerText::of(site.lang());
    let papers = family
        .asked
        .iter()
        .flat_map(|asked| asked.kind.wordings().iter().map(move |wording| (asked, wording)));
    let papers = papers.enumerate().map(|(at, (asked, wording))| (at == 0, asked, wording));
    let chosen = form.value("signer");
    let pick = |value: &str, label: &str, first: bool| {
        let checked = if chosen.is_empty() { first } else { chosen == value };
        let wrong = checked && form.is_wrong("signer");
        html! {
            label.pick {
                input type="radio" name="signer" value=(value) checked[checked] autofocus[wrong]
                    aria-invalid=[form.mark("signer")] aria-describedby=[form.told("signer")];
                (label)
            }
        }
    };
    let free: Vec<&Member> = family.members.iter().filter(|member| !member.restricted).collect();
    html! {
        section.panel {
            h2 { (text.family_record_title()) }
            p { (text.family_record_why()) }
            form.stack method="post" action=(site.href("/api/family/record")) {
                input type="hidden" name="student" value=(family.id);
                fieldset.picks {
                    legend { (text.family_record_kind()) }
                    @for (first, asked, wording) in papers {
                        @let word = paper_word(&asked.kind, wording);
                        label.pick {
                            input type="checkbox" name="paper" value=(word) checked[form.has("paper", &word)]
                                aria-invalid=[form.mark("paper")] aria-describedby=[form.told("paper")] autofocus[first && form.is_wrong("paper")];
                            (words::kind(text, &asked.kind)) " · " (text.family_record_date(wording.version))
                        }
                    }
                }
                (form.beside("paper"))
                fieldset.picks {
                    legend { (text.family_record_signer()) }
                    @if family.of_age { (pick("student", text.family_record_student(), true)) } @else {
                        @for (at, member) in free.iter().enumerate() { (pick(&member.id, &member.name, at == 0)) }
                        (pick("other", text.family_record_other(), free.is_empty()))
                    }
                }
                (form.beside("signer"))
                @if !family.of_age {
                    label.field { (text.family_record_other())
                        input name="name" maxlength="60" autocomplete="off" value=(form.value("name"))
                            aria-invalid=[form.mark("name")] aria-describedby=[form.told("name")] autofocus[form.is_wrong("name")];
                    }
                    (form.beside("name"))
                }
                (tongues(text, form, family.tongue.code()))
                button.btn.main { (text.family_record_save()) }
            }
            p { a href=(site.href(&format!("/family/{}/form", family.id))) { (text.family_form_title()) } " " span.quiet { (text.family_form_why()) } }
        }
    }
}

/// What a form says about a paper: the word of what it allows, the version of its text, and of a survey which one.
fn paper_word(kind: &ConsentKind, wording: &Wording) -> String {
    let object = kind.object().map(|object| format!(" {object}")).unwrap_or_default();
    format!("{} {}{object}", kind.slug(), wording.version)
}

/// Reads it: the kind, and the version.
pub fn read_paper_word(word: &str) -> Option<(ConsentKind, &str)> {
    let mut parts = word.split(' ');
    let (slug, version, object) = (parts.next()?, parts.next()?, parts.next());
    ConsentKind::from_words(slug, object).map(|kind| (kind, version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_read_by_the_word_it_is_written_by() {
        let survey = ConsentKind::Survey("wave-1".parse().unwrap());
        for kind in ConsentKind::PLAIN.into_iter().chain([survey]) {
            let word = paper_word(&kind, &kind.wording());
            let version = kind.wording().version;
            assert_eq!(read_paper_word(&word), Some((kind, version)), "{word}");
        }
        assert_eq!(read_paper_word("messages"), None);
        assert_eq!(read_paper_word("nothing 2026-11"), None);
    }
}
