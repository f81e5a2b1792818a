//! The list on one page to take home: reasons, dates, three questions, and a code that opens it again.
//!
//! The paper is drawn in one language; both together are two papers. It holds no name and no notes: schools and
//! settings only, as the code does.

use super::listed::{asked, href, pin_of, schools_of};
use super::saying::when_words;
use super::ways::Ways;
use crate::explorer::card::reason_words;
use crate::explorer::school::{door_short, questions_of};
use crate::explorer::words::{fact_label, figure_note, figure_words, verdict_words};
use crate::room::RoomSite;
use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
use domain::explorer::query::Query;
use domain::explorer::school::School;
use domain::plan::calendar::{DatedStep, State, steps};
use domain::plan::check::check;
use domain::plan::door::doors_of_list;
use domain::plan::short_list::{SHOWN_MOST, ShortList};
use maud::{Markup, html};
use text::day::day_words;

/// The facts in the table.
const FACTS: [Fact; 3] = [Fact::Graduation, Fact::AgReady, Fact::Absence];

/// What one page has room for, beside twelve schools.
const STEPS: usize = 5;
const QUESTIONS: usize = 3;
const WARNINGS: usize = 2;
const REASONS: usize = 2;

/// From so many schools on each has one reason, or the page would be full.
const TIGHT: usize = 9;

/// The paper of a list, in the language of `site`. An empty list has none.
pub fn paper(site: &RoomSite, list: &ShortList) -> Markup {
    let text = site.text;
    let all = schools_of(site, list);
    let schools: Vec<&School> = all.iter().copied().take(SHOWN_MOST).collect();
    if schools.is_empty() {
        return Markup::default();
    }
    let pin = pin_of(site, list);
    let ways = Ways::new(site, &list.from);
    let link = href(site, "/list", list);
    let years = FACTS.map(|fact| schools.iter().filter_map(|school| school.figure(fact).year()).max());
    let table = Table { site, ways: &ways, pin, years, list, tight: schools.len() >= TIGHT };
    let left_out = all.len() - schools.len();
    html! {
        article.paper lang=(site.lang().code()) {
            div.paper-head {
                div {
                    h2.paper-title { (text.list_title()) }
                    p {
                        @let day = day_words(*text, &site.today.to_string());
                        @if let Some(start) = ways.start { (text.paper_made_from(&day, &start.name)) } @else { (text.paper_made(&day)) }
                    }
                    @if left_out > 0 { p.problem { (text.list_left_out(left_out)) } }
                }
                figure.qr {
                    (crate::qr::code(&link, text.list_code_alt()))
                    figcaption { (text.list_code()) }
                }
            }
            p.quiet.swipe.screen-only { (text.paper_swipe()) }
            div.wide tabindex="0" role="region" aria-label=(text.list_side()) { (table.draw(&schools)) }
            (dates_and_questions(site, list, &schools, pin))
            p.source { (text.list_source()) " " (rules_line(site)) }
        }
    }
}

/// What the rows of the table have in common.
struct Table<'a> {
    site: &'a RoomSite,
    ways: &'a Ways<'a>,
    pin: Option<&'a School>,
    years: [Option<SchoolYear>; FACTS.len()],
    list: &'a ShortList,
    tight: bool,
}

impl Table<'_> {
    fn draw(&self, schools: &[&School]) -> Markup {
        let text = self.site.text;
        let others = schools.iter().filter(|school| self.pin.is_none_or(|pin| pin.cds != school.cds));
        html! {
            table {
                thead {
                    tr {
                        th scope="col" { (text.paper_order()) }
                        @if self.ways.start.is_some() { th scope="col" { (text.paper_trip()) small { (text.paper_trip_how()) } } }
                        @for (fact, year) in FACTS.into_iter().zip(self.years) {
                            th scope="col" { (fact_label(*text, fact)) @if let Some(year) = year { small { (year) } } }
                        }
                        th scope="col" { (text.paper_way()) }
                    }
                }
                tbody {
                    @if let Some(pin) = self.pin { (self.row(pin, None)) }
                    @for (at, school) in others.enumerate() { (self.row(school, Some(at + 1))) }
                }
            }
        }
    }

    fn row(&self, school: &School, number: Option<usize>) -> Markup {
        let (site, text) = (self.site, self.site.text);
        let [miles, minutes] = self.ways.short(school);
        let reasons = self.reasons(school);
        html! {
            tr.base[number.is_none()] {
                th scope="row" {
                    @if let Some(number) = number { (number) ". " }
                    a href=(site.href(&format!("/schools/{}", school.cds))) { (school.name) }
                    @if number.is_none() { small { (text.card_pinned()) } } @else if !reasons.is_empty() { small { (reasons) } }
                }
                @if self.ways.start.is_some() {
                    td { b { (miles) } small { (minutes) } }
                }
                @for (fact, year) in FACTS.into_iter().zip(self.years) { td { (self.figure(school, fact, year, number.is_some())) } }
                td { (door_short(*text, school)) }
            }
        }
    }

    /// The figure, how it stands against the pinned school, and its year where it is not that of the column.
    fn figure(&self, school: &School, fact: Fact, year: Option<SchoolYear>, compare: bool) -> Markup {
        let text = self.site.text;
        let figure = school.figure(fact);
        let plain = matches!(figure, Figure::Known { year: own, care: Care::Plain, .. } if Some(own) == year);
        let verdict =
            self.pin.filter(|_| compare).and_then(|pin| verdict_words(*text, fact, figure, pin.figure(fact)));
        html! {
            b { (figure_words(*text, fact, figure)) }
            @if let Some((words, _)) = verdict { small { (words) } }
            @if !plain { small { (figure_note(*text, figure)) } }
        }
    }

    fn reasons(&self, school: &School) -> String {
        let query = Query { from: self.list.from.clone(), ..Query::default() };
        let at = self.site.explorer.find(school.cds);
        let reasons = at.map(|at| self.site.explorer.fit_reasons(at, &query)).unwrap_or_default();
        let words =
            reasons.into_iter().filter(|reason| reason.is_for()).take(if self.tight { 1 } else { REASONS });
        words.map(|reason| reason_words(*self.site.text, reason)).collect::<Vec<_>>().join(" · ")
    }
}

fn dates_and_questions(
    site: &RoomSite,
    list: &ShortList,
    schools: &[&School],
    pin: Option<&School>,
) -> Markup {
    let text = site.text;
    let warnings = check(site.rulebook(), &asked(site, list));
    let doors = doors_of_list(schools, pin);
    let coming = steps(site.rulebook(), doors.known, site.today);
    let coming: Vec<_> = coming.iter().filter(|step| step.state != State::Past).take(STEPS).collect();
    html! {
        @if !warnings.is_empty() {
            section.careful {
                h3 { (text.paper_careful()) }
                @for warning in warnings.iter().take(WARNINGS) { p { (warning.says()) " " (warning.why()) } }
            }
        }
        div.paper-end {
            section {
                h3 { (text.paper_dates()) }
                ul.boxes { @for dated in coming { li { (step_line(site, dated)) } } }
            }
            section {
                h3 { (text.paper_questions()) }
                ul.lines { @for question in questions(site, schools) { li { (question) } } }
            }
        }
    }
}

fn step_line(site: &RoomSite, dated: &DatedStep<'_>) -> Markup {
    let text = site.text;
    html! {
        b { (when_words(text, dated.step.when)) ": " } (dated.step.name) ". "
        i { (super::saying::owner_words(text, dated.step.owner)) }
    }
}

/// Questions for the whole list: those that more of its schools leave open come first.
pub fn questions(site: &RoomSite, schools: &[&School]) -> Vec<String> {
    let mut counted: Vec<(usize, String)> = Vec::new();
    for question in schools.iter().flat_map(|school| questions_of(*site.text, school)) {
        match counted.iter_mut().find(|(_, known)| *known == question) {
            Some((times, _)) => *times += 1,
            None => counted.push((1, question)),
        }
    }
    let most_first =
        (1..=schools.len()).rev().flat_map(|times| counted.iter().filter(move |(many, _)| *many == times));
    most_first.take(QUESTIONS).map(|(_, question)| question.clone()).collect()
}

fn rules_line(site: &RoomSite) -> String {
    let source = site.rulebook().sources.first().map(|source| source.url.as_str()).unwrap_or_default();
    site.text.paper_rules(source)
}
