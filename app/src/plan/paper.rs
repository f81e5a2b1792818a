//! The list on one page to take home: reasons, dates, three questions, and a code that opens it again.
//!
//! The paper is drawn in one language; both together are two papers. It holds no name and no notes: schools and
//! settings only, as the code does.

use super::listed::{asked, href, own_of, schools_of};
use super::saying::{way_short, when_words};
use super::ways::Ways;
use crate::explorer::card::reason_words;
use crate::explorer::school::questions_of;
use crate::explorer::words::{fact_label, figure_note, figure_words, verdict_words};
use crate::qr::LONGEST;
use crate::room::RoomSite;
use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
use domain::explorer::query::Query;
use domain::explorer::school::School;
use domain::plan::calendar::{DatedStep, State, steps};
use domain::plan::check::check;
use domain::plan::door::{Own, doors_of, doors_of_list};
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

/// From so many rows on, the pinned school's among them, the type is smaller and each school has one reason.
const FULL: usize = 9;

/// On a full page a longer name takes the place of the reason.
const LONG_NAME: usize = 55;

/// The paper of a list, in the language of `site`. An empty list has none.
pub fn paper(site: &RoomSite, list: &ShortList) -> Markup {
    let text = site.text;
    let all = schools_of(site, list);
    let schools: Vec<&School> = all.iter().copied().take(SHOWN_MOST).collect();
    if schools.is_empty() {
        return Markup::default();
    }
    let own = own_of(site, list);
    let ways = Ways::new(site, &list.from);
    let link = in_code(site, list);
    let years = FACTS.map(|fact| schools.iter().filter_map(|school| school.figure(fact).year()).max());
    let pinned = own.is_some_and(|own| !schools.iter().any(|school| school.cds == own.school.cds));
    let rows = schools.len() + usize::from(pinned);
    let table = Table { site, ways: &ways, own, years, list, full: rows >= FULL };
    let left_out = all.len() - schools.len();
    html! {
        article.paper.full[table.full] lang=(site.lang().code()) {
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
                    figcaption { @if left_out == 0 { (text.list_code()) } @else { (text.paper_code_first(&schools.len().to_string())) } }
                }
            }
            p.quiet.swipe.screen-only { (text.paper_swipe()) }
            div.wide tabindex="0" role="region" aria-label=(text.list_side()) { (table.draw(&schools)) }
            (dates_and_questions(site, list, &schools, own))
            p.source { (text.list_source()) " " (rules_line(site)) }
        }
    }
}

/// The address in the code: the schools of this page with their settings. What makes it too long for a code is left
/// out: first the marks, then the start.
fn in_code(site: &RoomSite, list: &ShortList) -> String {
    let shown = list.with(ShortList::keep_shown);
    let unmarked = shown.with(ShortList::unmark);
    let bare = unmarked.with(|list| list.from.clear());
    let fits = |list: &ShortList| Some(href(site, "/list", list)).filter(|link| link.len() <= LONGEST);
    fits(&shown).or_else(|| fits(&unmarked)).unwrap_or_else(|| href(site, "/list", &bare))
}

/// What the rows of the table have in common.
struct Table<'a> {
    site: &'a RoomSite,
    ways: &'a Ways<'a>,
    own: Option<Own<'a>>,
    years: [Option<SchoolYear>; FACTS.len()],
    list: &'a ShortList,
    full: bool,
}

impl<'a> Table<'a> {
    fn pin(&self) -> Option<&'a School> {
        self.own.map(|own| own.school)
    }

    fn draw(&self, schools: &[&School]) -> Markup {
        let text = self.site.text;
        let others = schools.iter().filter(|school| self.pin().is_none_or(|pin| pin.cds != school.cds));
        html! {
            table {
                thead {
                    tr {
                        th.name scope="col" { (text.paper_order()) }
                        @if self.ways.start.is_some() { th.trip scope="col" { (text.paper_trip()) small { (text.paper_trip_how()) } } }
                        @for (fact, year) in FACTS.into_iter().zip(self.years) {
                            th scope="col" { (fact_label(*text, fact)) @if let Some(year) = year { small { (year) } } }
                        }
                        th.way scope="col" { (text.paper_way()) }
                    }
                }
                tbody {
                    @if let Some(pin) = self.pin() { (self.row(pin, None)) }
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
                td { (way_short(text, school, &doors_of(school, self.own))) }
            }
        }
    }

    /// The figure, how it stands against the pinned school, and its year where it is not that of the column.
    fn figure(&self, school: &School, fact: Fact, year: Option<SchoolYear>, compare: bool) -> Markup {
        let text = self.site.text;
        let figure = school.figure(fact);
        let plain = matches!(figure, Figure::Known { year: own, care: Care::Plain, .. } if Some(own) == year);
        let verdict = self
            .pin()
            .filter(|_| compare)
            .and_then(|pin| verdict_words(*text, fact, figure, pin.figure(fact)));
        html! {
            b { (figure_words(*text, fact, figure)) }
            @if let Some((words, _)) = verdict { small { (words) } }
            @if !plain { small { (figure_note(*text, figure)) } }
        }
    }

    fn reasons(&self, school: &School) -> String {
        let most = match (self.full, school.name.chars().count()) {
            (false, _) => REASONS,
            (true, ..=LONG_NAME) => 1,
            _ => 0,
        };
        let query = Query { from: self.list.from.clone(), ..Query::default() };
        let at = self.site.explorer.find(school.cds);
        let reasons =
            at.map(|at| self.site.explorer.fit_reasons(at, &query, self.ways.start)).unwrap_or_default();
        let words = reasons.into_iter().filter(|reason| reason.is_for()).take(most);
        words.map(|reason| reason_words(*self.site.text, reason)).collect::<Vec<_>>().join(" · ")
    }
}

fn dates_and_questions(
    site: &RoomSite,
    list: &ShortList,
    schools: &[&School],
    own: Option<Own<'_>>,
) -> Markup {
    let text = site.text;
    let warnings = check(site.rulebook(), &asked(site, list));
    let doors = doors_of_list(schools, own);
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
