//! What is known of this school, and what should I ask? `/schools/<code>`

mod college;
mod people;

use super::asking::schools_href;
use super::card::save_button;
use super::chart::{change_sentence, chart, doubt_sentence};
use super::device::bring_back;
use super::saved::{Saved, write_codes};
use super::words::{
    care_class, exact, fact_label, fact_meaning, figure_note, figure_words, miles_number, only_words,
    subtitle, verdict_words,
};
use crate::frame::Missing;
use crate::head::{Head, set_head};
use crate::site::Site;
use domain::explorer::StartAnswer;
use domain::explorer::catalogue::Details;
use domain::explorer::detail::{Detail, Level, Reference, Series};
use domain::explorer::figure::{Care, Fact, Figure};
use domain::explorer::query::Query;
use domain::explorer::school::{Cds, School};
use leptos::either::Either;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use maud::{Markup, html};
use text::Text;

/// The page of one school.
#[component]
pub fn SchoolPage() -> impl IntoView {
    let site = Site::here();
    let params = use_params_map();
    let search = use_location().search;
    let code = move || params.with(|params| params.get("cds").and_then(|code| code.parse::<Cds>().ok()));
    let saved = Saved::here();
    bring_back();
    move || {
        let Some(at) = code().and_then(|cds| site.explorer.find(cds)) else {
            return Either::Left(Missing());
        };
        let school = site.explorer.school(at);
        let query = search.with(|search| Query::parse(search));
        let pin = query.pin.filter(|pin| *pin != school.cds);
        let pinned = pin.and_then(|pin| site.explorer.find(pin)).map(|at| site.explorer.school(at));
        let (title, description) = (school.name.clone(), subtitle(site.text, school));
        set_head(move || Head { title: title.clone(), description: description.clone(), ..Head::default() });
        let details = site.details.get();
        let details = details.as_deref();
        let detail = details.and_then(|details| details.school(school.cds));
        let markup =
            draw(&Page { site: &site, school, pinned, detail, details, query: &query }, saved).into_string();
        Either::Right(view! { <article class="school" inner_html=markup></article> })
    }
}

/// Where LAUSD tells its own rules and dates.
const CHOICES: &str = "https://echoices.lausd.net/Home/GeneralInformation";

/// What a school page is drawn from.
struct Page<'a> {
    site: &'a Site,
    school: &'a School,
    pinned: Option<&'a School>,
    detail: Option<&'a Detail>,
    details: Option<&'a Details>,
    query: &'a Query,
}

fn draw(page: &Page<'_>, saved: Saved) -> Markup {
    let (site, school, text) = (page.site, page.school, page.site.text);
    let pin_href = schools_href(
        site,
        &Query { from: page.query.from.clone(), pin: Some(school.cds), page: 1, ..Query::default() },
    );
    let mut compared = vec![school.cds];
    compared.extend(page.pinned.map(|school| school.cds));
    let compare_href = format!("{}?s={}", site.href("/compare"), write_codes(&compared));
    html! {
        header.school-head {
            div {
                h1 { (school.name) }
                p.lead { (subtitle(text, school)) }
                @if !school.aliases.is_empty() { p.quiet { (text.school_also(&school.aliases.join(", "))) } }
                // The line above names that of another district.
                @if school.charter || school.cds.is_lausd() { p.quiet { (school.district) } }
            }
            p.row {
                (save_button(text, saved, school.cds, &school.name))
                a.btn.unscripted href={ (site.href("/list")) "?s=" (school.cds) } { (text.school_list()) }
                a.btn href=(compare_href) { (text.school_compare()) }
                a.btn href=(pin_href) data-keep-pin=(school.cds) { (text.card_pin()) }
            }
        }
        @if let Some(pinned) = page.pinned { p.note { (text.school_against(&pinned.name)) } }
        div.two.of-school {
            div.aside {
                (panel(text.school_doors(), &html! {
                    (lines(&doors_of(text, school)))
                    @if has_choices(school) { p { a href=(CHOICES) rel="external noopener" { (text.door_official()) } } }
                }))
                (getting_there(page))
            }
            section.facts-of aria-labelledby="facts" {
                h2 id="facts" { (text.school_facts()) }
                div.fact-list { @for fact in Fact::ALL { (fact_section(page, fact)) } }
            }
            div.aside {
                (panel(text.ask_them_title(), &html! {
                    p.quiet { (text.ask_them_why()) }
                    (lines(&questions_of(text, school)))
                }))
                @if let Some(detail) = page.detail {
                    (people::panel_of(text, detail))
                    (college::applied(text, detail))
                    (college::supported(text, detail))
                    (people::students(text, detail))
                    (college::colors(page, detail))
                }
                (panel(text.school_wrong_title(), &html! {
                    p { (text.school_wrong()) " " a href=(site.href("/sources#wrong")) { (text.school_wrong_how()) } }
                }))
            }
        }
    }
}

fn panel(title: &str, inside: &Markup) -> Markup {
    html! { section.panel { h2 { (title) } (inside) } }
}

fn lines(lines: &[impl maud::Render]) -> Markup {
    html! { ul.lines { @for line in lines { li { (line) } } } }
}

fn fact_section(page: &Page<'_>, fact: Fact) -> Markup {
    let text = page.site.text;
    let figure = page.school.figure(fact);
    let verdict = page.pinned.and_then(|pinned| verdict_words(text, fact, figure, pinned.figure(fact)));
    let series = page.detail.and_then(|detail| detail.years.iter().find(|series| series.fact == fact));
    let references: Vec<Reference> = page
        .details
        .map(|details| {
            details.references.iter().filter(|reference| reference.fact == fact).copied().collect()
        })
        .unwrap_or_default();
    let level =
        if references.iter().any(|r| r.level == Level::County) { Level::County } else { Level::State };
    let drawn: Vec<Reference> =
        references.iter().filter(|reference| reference.level == level).copied().collect();
    html! {
        section.fact-row id=(fact.slug()) {
            div {
                h3 { (fact_label(text, fact)) }
                p.big.(if figure.tenths().is_some() { "num" } else { "unknown" }) { (figure_words(text, fact, figure)) }
                p.quiet.(care_class(figure)) { (figure_note(text, figure)) }
                @if let Some(caution) = caution(text, figure, series) { p.note { (caution) } }
                @if let Some((words, class)) = verdict { p.(class) { b { (words) } } }
                @for line in reference_lines(text, fact, figure, &references) { p.quiet { (line) } }
            }
            div {
                @if let Some(series) = series {
                    (chart(text, series, &drawn))
                    @if let Some(sentence) = change_sentence(text, series) { p { (sentence) } }
                    @if let Some(doubt) = doubt_sentence(text, series, figure) { p.note { (doubt) } }
                }
                details.source {
                    summary { (text.fact_what()) }
                    p { (fact_meaning(text, fact)) }
                    @if let Some(source) = source_line(page, fact, figure) { p { (source) } }
                }
            }
        }
    }
}

/// What to keep in mind with a figure, as a sentence. The year that is missing is the last of the series.
fn caution(text: Text, figure: Figure, series: Option<&Series>) -> Option<String> {
    let Figure::Known { year, care, .. } = figure else { return None };
    let newer = || Some(series?.points.last()?.0.to_string());
    match care {
        Care::Plain | Care::Few => None,
        Care::Doubted => Some(text.caution_doubted().to_owned()),
        Care::NewerHidden => Some(text.caution_newer_hidden(&newer()?, &year.to_string())),
        Care::NewerUnreported => Some(text.caution_newer_unreported(&newer()?, &year.to_string())),
    }
}

/// The county's and the state's value of the same year.
fn reference_lines(text: Text, fact: Fact, figure: Figure, references: &[Reference]) -> Vec<String> {
    let Some(year) = figure.year() else { return Vec::new() };
    let of = |level: Level| {
        let reference =
            references.iter().find(|reference| reference.level == level && reference.year == year)?;
        let value =
            figure_words(text, fact, Figure::Known { tenths: reference.tenths, year, care: Care::Plain });
        Some(match level {
            Level::County => text.reference_county(&value),
            Level::State => text.reference_state(&value),
        })
    };
    [Level::County, Level::State].into_iter().filter_map(of).collect()
}

fn source_line(page: &Page<'_>, fact: Fact, figure: Figure) -> Option<String> {
    let (year, tenths) = (figure.year()?, figure.tenths()?);
    let source = page.details?.sources.iter().find(|source| source.covers.contains(&(fact, year)))?;
    Some(page.site.text.fact_source(&source.title, &exact(fact, tenths)))
}

fn getting_there(page: &Page<'_>) -> Markup {
    let (text, school) = (page.site.text, page.school);
    let rail = match &school.rail {
        Some(rail) => text.rail_near(&rail.lines, &rail.station),
        None => text.rail_none().to_owned(),
    };
    let gopass = match school.gopass {
        Some(true) => text.gopass_yes(),
        Some(false) => text.gopass_no(),
        None => text.gopass_unknown(),
    };
    let phones = page.detail.map(|detail| phones(&detail.phone)).unwrap_or_default();
    panel(
        text.school_there(),
        &html! {
            @if let Some(detail) = page.detail { p { (detail.address) } }
            @if !phones.is_empty() {
                p {
                    @for (shown, dialed) in phones { a href=(format!("tel:+1{dialed}")) { (shown) } " " }
                    span.quiet { (text.phone_source()) }
                }
            }
            ul.lines {
                @if let Some(trip) = trip(page) { li { (trip) } }
                li { (rail) }
                li { (gopass) }
            }
        },
    )
}

/// The numbers of a listing, which may hold several, each as it stands and as its ten digits: an extension is not dialed.
fn phones(listed: &str) -> Vec<(&str, String)> {
    let numbers = listed.split(';').map(str::trim);
    let dialed = |number: &str| number.chars().filter(char::is_ascii_digit).take(10).collect::<String>();
    numbers.map(|number| (number, dialed(number))).filter(|(_, digits)| digits.len() == 10).collect()
}

/// How far it is from the start in the address.
fn trip(page: &Page<'_>) -> Option<String> {
    let text = page.site.text;
    let StartAnswer::Found(start) = page.site.explorer.start(&page.query.from) else { return None };
    let at = page.site.explorer.find(page.school.cds)?;
    let miles = miles_number(page.site.explorer.thousandths_to(start.point, at)?);
    Some(text.school_trip(&text.miles_short(&miles), &start.name))
}

/// How one gets in, as far as the public data tell.
pub fn doors_of(text: Text, school: &School) -> Vec<String> {
    let (lausd, area) = (school.cds.is_lausd(), school.has_area());
    let plain = !school.charter && !school.magnet;
    let doors = [
        school.charter.then(|| text.door_charter()),
        school.magnet.then(|| if lausd { text.door_magnet() } else { text.door_magnet_elsewhere() }),
        school.only().map(|only| only_words(text, only)),
        (plain && !area).then(|| text.door_no_area()),
        (plain && area && lausd).then(|| text.door_resident()),
    ];
    let elsewhere = (area && !lausd).then(|| text.door_elsewhere(&school.district));
    doors.into_iter().flatten().map(str::to_owned).chain(elsewhere).collect()
}

/// Does one ask for a place by LAUSD Choices? For a magnet, and where there is an area others apply from outside. Which
/// charters Los Angeles Unified runs itself no public file tells; most have a form of their own.
fn has_choices(school: &School) -> bool {
    school.cds.is_lausd() && (school.magnet || school.has_area())
}

/// What to ask at the open house: what is unknown of this school first, then what no public file tells of any.
pub fn questions_of(text: Text, school: &School) -> Vec<String> {
    let mut questions = Vec::new();
    for fact in Fact::ALL.into_iter().take(4) {
        if school.figure(fact).tenths().is_none() {
            questions.push(text.question_fact(fact_label(text, fact)));
        }
    }
    if school.gopass != Some(true) {
        questions.push(text.question_gopass().to_owned());
    }
    questions.extend(
        [text.question_ag(), text.question_clubs(), text.question_language(), text.question_classes()]
            .map(str::to_owned),
    );
    if school.magnet && !school.charter {
        questions.push(text.question_magnet().to_owned());
    }
    questions.truncate(6);
    questions
}

#[cfg(test)]
mod tests {
    use super::phones;

    #[test]
    fn each_number_of_a_listing_is_dialed_by_itself() {
        for (listed, dialed) in [
            ("323-550-2000; 323-550-2078", &["3235502000", "3235502078"][..]),
            ("(213) 241-1000 ext. 1234", &["2132411000"]),
            ("(213) 241.1000 x99;213-555-0100 ; 310-555-0101", &["2132411000", "2135550100", "3105550101"]),
            ("No Data", &[]),
            ("", &[]),
        ] {
            let found = phones(listed);
            assert_eq!(
                found.iter().map(|(_, digits)| digits.as_str()).collect::<Vec<_>>(),
                dialed,
                "{listed}"
            );
            assert!(found.iter().all(|(shown, _)| listed.contains(shown) && !shown.contains(';')));
        }
    }
}
