//! The table of the comparison: one school in each column, one fact in each row.

use super::super::asking::{page_href, school_href};
use super::super::school::doors_of;
use super::super::words::{
    care_class, fact_label, fact_meaning, figure_note, figure_words, grade_span, kinds_of, miles_number,
    subject_words, verdict_words,
};
use super::Side;
use domain::explorer::detail::{Detail, Level};
use domain::explorer::figure::{Care, Fact, Figure};
use domain::explorer::query::Query;
use domain::explorer::school::School;
use maud::{Markup, Render, html};
use text::number;

/// A row without a comparison: its name, and what it says of a school.
type Row<'a> = (&'static str, &'a dyn Fn(&School) -> Markup);

/// The whole table.
pub(super) fn draw(side: &Side<'_>) -> Markup {
    let text = side.site.text;
    let unknown = || html! { span.unknown { (text.unknown_short()) } };
    let students = |school: &School| match school.students {
        Some(students) => html! { (number(students as usize)) },
        None => unknown(),
    };
    let gopass = |school: &School| match school.gopass {
        Some(true) => html! { (text.yes()) },
        Some(false) => html! { (text.gopass_not_yet()) },
        None => unknown(),
    };
    let rail = |school: &School| {
        html! {
            @if let Some(rail) = &school.rail { (text.rail_near(&rail.lines, &rail.station)) } @else { (text.rail_none()) }
        }
    };
    let detail = |school: &School| side.details.as_deref().and_then(|details| details.school(school.cds));
    let classes =
        |school: &School| detail(school).and_then(|detail| classes(side, detail)).unwrap_or_else(unknown);
    let counselor = |school: &School| match detail(school).and_then(|detail| detail.counselor) {
        Some((students, year)) => html! { span.num { (number(usize::from(students))) } small { (year) } },
        None => unknown(),
    };
    let doors =
        |school: &School| html! { ul.lines { @for door in doors_of(*text, school) { li { (door) } } } };
    let plain: [Row<'_>; 9] = [
        (text.compare_classes(), &classes),
        (text.compare_counselor(), &counselor),
        (text.compare_place(), &|school| html! { (school.place) }),
        (text.compare_kind(), &|school| html! { (kinds_of(*text, school)) }),
        (text.compare_students(), &students),
        (text.compare_grades(), &|school| html! { (grade_span(school.grades)) }),
        (text.compare_gopass(), &gopass),
        (text.compare_rail(), &rail),
        (text.compare_door(), &doors),
    ];
    html! {
        table.compare.(format!("of-{}", side.schools.len())) role="table" {
            caption.sr { (text.compare_caption()) }
            thead role="rowgroup" {
                tr role="row" {
                    th scope="col" role="columnheader" { (text.compare_fact()) }
                    @for school in &side.schools { (head(side, school)) }
                }
            }
            tbody role="rowgroup" {
                @if let Some(start) = side.start {
                    (row(side, &html! { (text.card_from(&start.name)) }, &|school| {
                        let at = side.site.explorer.find(school.cds);
                        match at.and_then(|at| side.site.explorer.thousandths_to(start.point, at)) {
                            Some(far) => html! { span.num { (text.miles_short(&miles_number(far))) } },
                            None => unknown(),
                        }
                    }))
                }
                @for fact in Fact::ALL { (row(side, &fact_head(side, fact), &|school| figure(side, fact, school))) }
                @for (label, cell) in plain { (row(side, &label, cell)) }
            }
        }
    }
}

fn row(side: &Side<'_>, head: &dyn Render, cell: &dyn Fn(&School) -> Markup) -> Markup {
    html! {
        tr role="row" {
            th scope="row" role="rowheader" { (head.render()) }
            @for school in &side.schools { td role="cell" { (cell(school)) } }
        }
    }
}

/// The head of a column: the school, and the way to take it out.
fn head(side: &Side<'_>, school: &School) -> Markup {
    let (site, text, is_pin) = (side.site, side.site.text, side.is_pin(school));
    let without = if is_pin {
        let others: Vec<_> =
            side.schools.iter().map(|school| school.cds).filter(|cds| *cds != school.cds).collect();
        page_href(site, "/compare", &Query { pin: None, picked: others, ..side.along.clone() })
    } else {
        side.href("/compare", |other| other.cds != school.cds)
    };
    html! {
        th.pin[is_pin] scope="col" role="columnheader" {
            @if is_pin { span.tag { (text.card_pinned()) } }
            a href=(school_href(site, school.cds, &side.along)) { (school.name) }
            small { (school.place) }
            a.off.screen-only href=(without) data-noscroll data-forget=[is_pin.then_some("pin")] aria-label=(text.compare_off_name(&school.name)) {
                @if is_pin { (text.card_unpin()) } @else { (text.compare_off()) }
            }
        }
    }
}

/// The name of a fact, what it means, and the values to read it against: of the county, of the state, and of the pinned
/// school where it has no column. All are of the newest year in the row; a figure of another year says so itself.
fn fact_head(side: &Side<'_>, fact: Fact) -> Markup {
    let text = side.site.text;
    let pin = side.pin.filter(|_| !side.pin_has_column()).map(|pin| pin.figure(fact));
    let year = side.schools.iter().filter_map(|school| school.figure(fact).year()).max();
    let reference = |level: Level| {
        let references = &side.details.as_ref()?.references;
        let found =
            references.iter().find(|of| of.level == level && of.fact == fact && Some(of.year) == year)?;
        let known = Figure::Known { tenths: found.tenths, year: found.year, care: Care::Plain };
        let value = figure_words(*text, fact, known);
        Some(match level {
            Level::County => text.reference_county(&value),
            Level::State => text.reference_state(&value),
        })
    };
    let lines: Vec<String> = [Level::County, Level::State].into_iter().filter_map(reference).collect();
    html! {
        (fact_label(*text, fact))
        small { (fact_meaning(*text, fact)) }
        @if let (false, Some(year)) = (lines.is_empty(), year) {
            small.refs { @for line in &lines { span { (line) } " " } span { (year) } }
        }
        @if let Some(pin) = pin {
            small.refs { span { (text.compare_own(&figure_words(*text, fact, pin))) } " " span.(care_class(pin)) { (figure_note(*text, pin)) } }
        }
    }
}

fn figure(side: &Side<'_>, fact: Fact, school: &School) -> Markup {
    let (text, figure) = (side.site.text, school.figure(fact));
    let pin = side.pin.filter(|_| !side.is_pin(school));
    let verdict = pin.and_then(|pin| verdict_words(*text, fact, figure, pin.figure(fact)));
    html! {
        span.(if figure.tenths().is_some() { "num" } else { "unknown" }) { (figure_words(*text, fact, figure)) }
        @if let Some((words, class)) = verdict { small.(class) { (words) } }
        small.(care_class(figure)) { (figure_note(*text, figure)) }
    }
}

/// The average class of each subject; a year that is not the newest stands at its subject.
fn classes(side: &Side<'_>, detail: &Detail) -> Option<Markup> {
    let classes = || detail.classes.iter().filter(|class| class.is_usual());
    let newest = classes().map(|class| class.year).max()?;
    Some(html! {
        @for class in classes() {
            span.class {
                (subject_words(*side.site.text, class.subject)) " " b { (class.students) }
                @if class.year != newest { " (" (class.year) ")" }
            }
        }
        small { (newest) }
    })
}
