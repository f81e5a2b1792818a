//! What is known of what my schools offer, and what must I ask them?

use crate::explorer::saved::{Saved, codes_in};
use crate::explorer::words::{fact_label, figure_note, figure_words};
use crate::room::RoomSite;
use domain::explorer::figure::Fact;
use domain::explorer::query::Query;
use domain::explorer::school::{Cds, School};
use domain::years::{CourseNote, Subject, Year, YearPlan};
use maud::{Markup, html};
use text::RoomText;

/// Most schools that are named.
const MOST: usize = 12;

/// The pinned school and those of the address, or else of this device's list.
pub fn asked(site: &RoomSite, search: &str, saved: Saved) -> Vec<Cds> {
    let mut codes: Vec<Cds> = Query::parse(search).pin.into_iter().collect();
    let listed = codes_in(search);
    for cds in if listed.is_empty() { saved.codes() } else { listed } {
        if !codes.contains(&cds) {
            codes.push(cds);
        }
    }
    codes.retain(|cds| site.explorer.find(*cds).is_some());
    codes.truncate(MOST);
    codes
}

/// What we know of each school, and the questions that this plan needs answered.
pub fn draw(site: &RoomSite, plan: &YearPlan, codes: &[Cds]) -> Markup {
    let text = site.text;
    let schools: Vec<&School> =
        codes.iter().filter_map(|cds| site.explorer.find(*cds)).map(|at| site.explorer.school(at)).collect();
    html! {
        h2 { (text.years_offers()) }
        @if schools.is_empty() {
            p { (text.years_offers_none()) }
            p.screen-only { a href=(site.href("/schools")) { (text.missing_schools()) } }
        } @else {
            ul.offers { @for school in &schools { li { (offer(site, school)) } } }
        }
        h3 { (text.years_ask()) }
        ul.lines { @for question in questions(text, plan, &schools) { li { (question) } } }
    }
}

fn offer(site: &RoomSite, school: &School) -> Markup {
    let text = site.text;
    let ready = school.figure(Fact::AgReady);
    html! {
        a href=(site.href(&format!("/schools/{}", school.cds))) { b { (school.name) } }
        p.quiet {
            (fact_label(*text, Fact::AgReady)) ": " (figure_words(*text, Fact::AgReady, ready)) " (" (figure_note(*text, ready)) "). "
            @if has_own_rules(school) { (text.years_own_rules()) " " }
            (text.years_unknown_classes(&school.name))
        }
    }
}

/// The 210 credits are the district's; another district and a charter can ask for other ones.
fn has_own_rules(school: &School) -> bool {
    school.charter || !school.cds.is_lausd()
}

/// What to ask: what this plan needs first, then what it rests on.
fn questions(text: RoomText, plan: &YearPlan, schools: &[&School]) -> Vec<String> {
    let high = |subject: Subject| {
        let of_subject =
            plan.all().filter(|(year, course)| *year > Year::Middle && course.class.subject() == subject);
        of_subject.filter_map(|(_, course)| course.class.level()).max()
    };
    let noted = |wanted: fn(CourseNote) -> bool| {
        Year::ALL
            .into_iter()
            .any(|year| (0..plan.courses(year).len()).any(|at| plan.note(year, at).is_some_and(wanted)))
    };
    let mut questions = Vec::new();
    if !plan.courses(Year::Middle).is_empty() {
        questions.push(text.years_ask_middle().to_owned());
    }
    if noted(|note| matches!(note, CourseNote::BelowC { .. } | CourseNote::Failed { .. })) {
        questions.push(text.years_ask_again().to_owned());
    }
    if high(Subject::Math) == Some(4) {
        questions.push(text.years_ask_math().to_owned());
    }
    if let Some(level) = high(Subject::Language).filter(|level| *level > 2) {
        questions.push(text.years_ask_language(&level.to_string()));
    }
    questions.push(text.question_ag().to_owned());
    questions.push(text.years_ask_start().to_owned());
    questions.push(text.years_ask_credits().to_owned());
    if schools.iter().any(|school| has_own_rules(school)) {
        questions.push(text.years_ask_diploma().to_owned());
    }
    questions
}
