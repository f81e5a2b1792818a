//! The fields of the plan. Rows that are filled come first, so that the first class of a year goes with its first
//! length and its first grade; an empty row is one field, to add a class.

use super::words::{along, class_words, grade_words, whole_years, year_words, years_href};
use crate::room::RoomSite;
use domain::years::{Class, Course, CourseNote, Grade, Length, Year, YearPlan};
use maud::{Markup, html};
use text::RoomText;

/// Empty rows under the filled ones of a year.
const EMPTY: usize = 2;

/// The name of a year, with the school year of who is in grade 8 now.
pub fn legend(text: RoomText, year: Year) -> Markup {
    html! {
        (year_words(text, year))
        @if let Some(school_year) = year.school_year() { " " span.quiet { (school_year) } }
    }
}

/// The rows of a year. `drawn` tells one drawing from the next, so that fields a person changed are drawn again.
pub fn rows(text: RoomText, plan: &YearPlan, year: Year, drawn: u32) -> Markup {
    let courses = plan.courses(year);
    let filled = courses.iter().copied().map(Some);
    let empty = if year == Year::Middle { 1 } else { EMPTY };
    let all: Vec<Option<Course>> =
        filled.chain(std::iter::repeat_n(None, empty)).take(YearPlan::MOST).collect();
    html! {
        @for (at, course) in all.into_iter().enumerate() {
            li data-drawn=(drawn) { (row(text, year, at, course)) }
        }
    }
}

fn row(text: RoomText, year: Year, at: usize, course: Option<Course>) -> Markup {
    let (slug, spoken, number) = (year.slug(), year_words(text, year), (at + 1).to_string());
    html! {
        select.class id=(format!("c{slug}-{at}")) name=(format!("c{slug}")) aria-label=(text.years_class(&number, &spoken)) {
            option value="" { @if course.is_some() { (text.years_take_out()) } @else { (text.years_add()) } }
            @for class in Class::all().filter(|class| year.takes(*class)) {
                option value=(class.slug()) selected[course.is_some_and(|course| course.class == class)] {
                    (class_words(text, class))
                }
            }
        }
        @if let Some(course) = course {
            select id=(format!("l{slug}-{at}")) name=(format!("l{slug}")) aria-label=(text.years_length(&number, &spoken)) {
                @for length in Length::ALL {
                    @let words = if length == Length::Half { text.years_half() } else { text.years_whole() };
                    option value=(length.slug()) selected[course.length == length] { (words) }
                }
            }
            select id=(format!("g{slug}-{at}")) name=(format!("g{slug}")) aria-label=(text.years_mark(&number, &spoken)) {
                @for grade in Grade::ALL {
                    option value=(grade.slug()) selected[course.grade == grade] { (grade_words(text, grade)) }
                }
            }
        }
    }
}

/// What is said under the rows of a year: what single grades mean, and what is left at its end.
pub fn said(text: RoomText, plan: &YearPlan, year: Year) -> Markup {
    let courses = plan.courses(year);
    let notes = (0..courses.len()).filter_map(|at| Some((courses[at].class, plan.note(year, at)?)));
    let notes: Vec<String> = notes.map(|(class, note)| note_words(text, class, note)).collect();
    let tally = plan.tally_through(year);
    let overfull = plan.overfull(year);
    html! {
        @if year == Year::Middle && courses.is_empty() { p.quiet { (text.years_middle_hint()) } }
        @if !notes.is_empty() { ul.lines { @for note in notes { li { (note) } } } }
        @if overfull > 0 {
            p.problem { (text.years_overfull(&whole_years(plan.filled(year)), &plan.room().to_string())) }
        }
        @if !courses.is_empty() {
            p.quiet {
                (text.years_after(&whole_years(tally.college().left), &tally.credits.left.to_string()))
            }
        }
    }
}

fn note_words(text: RoomText, class: Class, note: CourseNote) -> String {
    let class = class_words(text, class);
    match note {
        CourseNote::BelowC { again: false } => text.years_note_d(&class),
        CourseNote::BelowC { again: true } => text.years_note_d_again(&class),
        CourseNote::Failed { again: false } => text.years_note_f(&class),
        CourseNote::Failed { again: true } => text.years_note_f_again(&class),
        CourseNote::Pass => text.years_note_pass(&class),
        CourseNote::Twice => text.years_note_twice(&class),
        CourseNote::Middle => text.years_note_middle(&class),
    }
}

/// What we assume, for the student to change.
pub fn settings(text: RoomText, plan: &YearPlan, drawn: u32) -> Markup {
    let credits = (2..=YearPlan::CREDITS_MOST).step_by(2);
    html! {
        legend data-drawn=(drawn) { (text.years_assume()) }
        p.quiet { (text.years_assume_why()) }
        div.row {
            label.field {
                (text.years_credits())
                select id="credits" name="credits" {
                    @for n in credits { option value=(n) selected[plan.credits() == n] { (n) } }
                }
            }
            label.field {
                (text.years_room())
                select id="room" name="room" {
                    @for n in YearPlan::ROOMS { option value=(n) selected[plan.room() == n] { (n) } }
                }
            }
        }
    }
}

/// What the form carries along when it is sent without script.
pub fn carried(search: &str) -> Markup {
    html! { @for (name, value) in along(search) { input type="hidden" name=(name) value=(value); } }
}

/// While the four years are empty: a link to a plan that does it all.
pub fn example(site: &RoomSite, plan: &YearPlan, search: &str) -> Markup {
    let text = site.text;
    html! {
        @if plan.all().all(|(year, _)| year == Year::Middle) {
            a.btn href=(years_href(site, &plan.example(), search)) data-noscroll { (text.years_example()) }
            span.quiet { (text.years_example_why()) }
        }
    }
}

/// A link to the same plan, to bookmark or to send.
pub fn link(site: &RoomSite, plan: &YearPlan, search: &str) -> Markup {
    html! {
        @if !plan.is_empty() {
            p { a href=(years_href(site, plan, search)) data-noscroll { (site.text.years_link()) } }
        }
    }
}
